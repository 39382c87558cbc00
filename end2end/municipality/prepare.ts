// Makes the demo municipality once for all tests. Each worker and each test that changes something copies it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Server } from "./server.ts";

/** Where the workers find the prepared folder. */
export const PREPARED = "SKOLSTART_E2E_PREPARED";

export default async function prepare(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "skolstart-e2e-prepared-"));
  const server = await Server.start(folder);
  await server.stop();
  process.env[PREPARED] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
