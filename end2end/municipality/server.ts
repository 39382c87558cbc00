// The real program on a data folder and a free port of its own. Called by the set-up and by the fixtures.
import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Identity } from "./identity.ts";
import { WEB, type Web } from "./web.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const PROGRAM = process.env.SKOLSTART_BIN || join(ROOT, "target/debug/skolstart");
/** Enough for every class of the story to have classmates, few enough to be made in seconds. */
const CHILDREN = "120";
const START_LIMIT_MS = 120_000;
const TICK_MS = 20;

/** What differs from one server to another. */
interface Start {
  /** The file with its settings. */
  settings?: string;
  /** Reached by its name: passkeys belong to names. */
  named?: boolean;
  /** The folder of the browser programs. */
  web?: string;
  /** How the municipality is made, as `skolstart demo` takes it. */
  made?: string[];
}

/** A running server. */
export class Server {
  private constructor(
    /** Where it answers: `http://127.0.0.1:PORT`, or by its name. */
    readonly origin: string,
    readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  /** Starts on a folder; makes the demo municipality when the folder is empty. */
  static async start(folder: string, { settings, named = false, web = WEB, made = [] }: Start = {}): Promise<Server> {
    const port = await freePort();
    const origin = `http://${named ? "localhost" : "127.0.0.1"}:${port}`;
    const child = spawn(PROGRAM, ["demo", "--data", folder, "--listen", `127.0.0.1:${port}`, "--children", CHILDREN, ...made], {
      env: {
        ...process.env, SKOLSTART_WEB_DIR: web, SKOLSTART_DATABASE_URL: undefined, SKOLSTART_CONFIG: settings, RUST_LOG: "warn",
        SKOLSTART_PUBLIC_URL: named ? origin : undefined,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    const hear = (text: Buffer) => { said = (said + text).slice(-4000); };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    const server = new Server(origin, folder, child);
    await server.answers(() => said);
    return server;
  }

  /** Starts on a copy of a prepared folder: what a test does there, no other test sees. */
  static async startOnCopy(of: string): Promise<Server> {
    return Server.start(await copyOf(of));
  }

  /** The same, with programs of its own, of which the test brings out new versions. */
  static async startWithWeb(of: string, web: Web): Promise<Server> {
    return Server.start(await copyOf(of), { web: web.folder });
  }

  /** The same, with these lines in its settings. */
  static async startWith(of: string, settings: string): Promise<Server> {
    const folder = await copyOf(of);
    const file = join(folder, "settings.toml");
    await writeFile(file, settings, { mode: 0o600 });
    return Server.start(folder, { settings: file });
  }

  /** Starts on a municipality of its own in which everybody stopped so many days ago: from 22 on this year's round has closed. */
  static async startAged(days: number): Promise<Server> {
    return Server.start(await mkdtemp(join(tmpdir(), "skolstart-e2e-")), { made: ["--age", `${days}`] });
  }

  /** The same, reached by its name: passkeys belong to names, and numbers have none. */
  static async startByName(of: string): Promise<Server> {
    return Server.start(await copyOf(of), { named: true });
  }

  /** The same, with a provider of identity that people can sign in at. */
  static async startWithIdentity(of: string): Promise<[Server, Identity]> {
    const folder = await copyOf(of);
    const [identity, settings] = await Identity.prepare(folder, await freePort());
    const server = await Server.start(folder, { settings });
    await identity.open(server.origin);
    return [server, identity];
  }

  /** Asks it to stop and waits until it has. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    await ended;
  }

  /** Ends it without waiting for connections, and removes its folder. */
  async discard(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = new Promise((done) => this.child.once("exit", done));
      this.child.kill("SIGKILL");
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async answers(said: () => string): Promise<void> {
    const until = Date.now() + START_LIMIT_MS;
    while (Date.now() < until) {
      if (this.child.exitCode !== null) throw new Error(`the server ended:\n${said()}`);
      const answer = await fetch(`${this.origin}/api/ping`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((tick) => setTimeout(tick, TICK_MS));
    }
    this.child.kill("SIGKILL");
    throw new Error(`the server did not answer in time:\n${said()}`);
  }
}

async function copyOf(folder: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "skolstart-e2e-"));
  await cp(folder, copy, { recursive: true });
  return copy;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((open) => probe.listen(0, "127.0.0.1", open));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
