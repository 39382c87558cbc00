// A copy of the built programs that a test brings out new versions of while the server serves it.
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
export const WEB = process.env.SKOLSTART_WEB_DIR || join(ROOT, "target/web-dist");
const PROGRAM = /\/guardian-([0-9a-f]+)\.js/;
// Of the worker: the names of its constants are not those of the source.
const FILES = /(\{"\/":[^}]*\})/;
const BUILD = /"(guardian\.[0-9a-f]+)"/;

/** A version that came out. */
export interface Release {
  /** The file of its program. */
  program: string;
  /** What the worker calls what it keeps of it. */
  generation: string;
}

export class Web {
  private constructor(readonly folder: string) {}

  static async copy(): Promise<Web> {
    const folder = await mkdtemp(join(tmpdir(), "skolstart-web-"));
    await cp(WEB, folder, { recursive: true });
    return new Web(folder);
  }

  /** Brings out the next version of the guardian's program, as a build does: new names, a new list, a new worker. The former files stay. */
  async release(): Promise<Release> {
    const page = await this.read("index.html");
    const worker = await this.read("sw.js");
    const hash = found(PROGRAM, page);
    const next = [...hash].reverse().join("");
    const files: Record<string, string> = {};
    for (const path of Object.keys(JSON.parse(found(FILES, worker)) as object)) {
      if (path === "/") continue;
      const name = path.slice(1);
      const renamed = name.replaceAll(hash, next);
      // The program's own files name each other.
      if (renamed.endsWith(".js") && renamed !== name) {
        await this.write(renamed, `${(await this.read(name)).replaceAll(hash, next)}\n// The next version.\n`);
      } else if (renamed !== name) {
        await cp(this.path(name), this.path(renamed));
      }
      files[`/${renamed}`] = await this.hash(renamed);
    }
    await this.write("index.html", page.replaceAll(hash, next));
    files["/"] = await this.hash("index.html");
    const build = `${found(BUILD, worker)}-next`;
    const list = JSON.stringify(files);
    await this.write("sw.js", worker.replace(FILES, () => list).replace(BUILD, () => JSON.stringify(build)));
    return { program: `guardian-${next}.js`, generation: `skolstart-shell-${build}` };
  }

  /** Serves the worker that ends workers, as the setting `withdraw_workers` does. */
  async withdraw(): Promise<void> {
    await this.write("sw.js", await readFile(join(ROOT, "docs/kill-switch-sw.js"), "utf8"));
  }

  async discard(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private path(name: string): string { return join(this.folder, "guardian", name); }

  private read(name: string): Promise<string> { return readFile(this.path(name), "utf8"); }

  private async write(name: string, text: string): Promise<void> {
    // The packed forms hold the former version.
    for (const packed of [".br", ".gz"]) await rm(this.path(name + packed), { force: true });
    await writeFile(this.path(name), text);
  }

  private async hash(name: string): Promise<string> {
    return createHash("sha256").update(await readFile(this.path(name))).digest("hex");
  }
}

function found(what: RegExp, where: string): string {
  const text = what.exec(where)?.[1];
  if (text === undefined) throw new Error(`the build has no ${what}`);
  return text;
}
