// A demo municipality of its own for a measurement, on a free port.
import { spawn } from "node:child_process";
import { createServer } from "node:net";

function freePort() {
  return new Promise((found) => {
    const socket = createServer().listen(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => found(port));
    });
  });
}

export async function serve(folder) {
  const address = `127.0.0.1:${await freePort()}`;
  const program = spawn(process.env.SKOLSTART_BIN, ["demo", "--data", folder, "--children", "400", "--listen", address], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, SKOLSTART_LOG: "warn", SKOLSTART_DATABASE_URL: "" },
  });
  const ended = new Promise((_, fail) => program.once("exit", (code) => fail(new Error(`the server ended (${code})`))));
  ended.catch(() => {});
  const origin = `http://${address}`;
  const answers = async () => {
    for (;;) {
      const pinged = await fetch(`${origin}/api/ping`).catch(() => null);
      if (pinged?.ok) return;
      await new Promise((again) => setImmediate(again));
    }
  };
  await Promise.race([answers(), ended]);
  return { origin, stop: () => program.kill("SIGTERM") };
}
