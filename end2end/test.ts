// The fixtures. Each test has a server with the demo municipality; one that changes something says
// `test.use({ own: true })` and has a copy for itself, so that tests do not see each other and can be run again.
import { type BrowserContext, type BrowserContextOptions, type Page, test as base, expect } from "@playwright/test";
import { PREPARED } from "./municipality/prepare.ts";
import type { Identity } from "./municipality/identity.ts";
import { Server } from "./municipality/server.ts";
import { Watch } from "./guard/watch.ts";
import { Web } from "./municipality/web.ts";

export { expect };

/** The one option of a test. */
export interface Own {
  /** The test changes something: a server of its own. */
  own: boolean;
  /** Lines of the settings of a server of its own. */
  settings: string;
  /** Everybody stopped so many days ago: a server of its own, on a municipality of its own. */
  age: number;
  /** Reached by its name, as passkeys need: a server of its own. */
  byName: boolean;
  /** People can sign in at a provider of identity: a server of its own, and the provider beside it. */
  withIdentity: boolean;
  /** New versions of the programs come out while they are used: a server of its own. */
  ownWeb: boolean;
}

interface Fixtures {
  server: Server;
  /** The provider of identity of `withIdentity`. */
  identity: Identity;
  /** Both, where there is a provider. */
  both: [Server, Identity] | undefined;
  /** The programs of `ownWeb`. */
  web: Web;
  /** The same, where there are any. */
  programs: Web | undefined;
  watch: Watch;
  /** Another device: a page of its own that shares nothing with the first but the server. */
  device: (options?: BrowserContextOptions) => Promise<Page>;
}

interface Shared {
  shared: Server;
}

function prepared(): string {
  const folder = process.env[PREPARED];
  if (!folder) throw new Error("the municipality was not prepared");
  return folder;
}

async function watched(context: BrowserContext, origin: string): Promise<Watch> {
  const watch = new Watch(context, origin);
  await watch.start(context);
  return watch;
}

export const test = base.extend<Own & Fixtures, Shared>({
  own: [false, { option: true }],
  settings: ["", { option: true }],
  age: [0, { option: true }],
  byName: [false, { option: true }],
  withIdentity: [false, { option: true }],
  ownWeb: [false, { option: true }],

  programs: async ({ ownWeb }, use) => {
    const programs = ownWeb ? await Web.copy() : undefined;
    await use(programs);
    await programs?.discard();
  },

  web: async ({ programs }, use) => {
    if (!programs) throw new Error("say test.use({ ownWeb: true })");
    await use(programs);
  },

  both: async ({ withIdentity }, use) => {
    if (!withIdentity) return use(undefined);
    const [server, identity] = await Server.startWithIdentity(prepared());
    await use([server, identity]);
    await identity.close();
    await server.discard();
  },

  identity: async ({ both }, use) => {
    if (!both) throw new Error("say test.use({ withIdentity: true })");
    await use(both[1]);
  },

  shared: [async ({}, use) => {
    const server = await Server.startOnCopy(prepared());
    await use(server);
    await server.discard();
  }, { scope: "worker" }],

  server: async ({ own, age, byName, settings, both, shared, programs }, use) => {
    if (both) return use(both[0]);
    if (!own && !programs && !byName && !age) return use(shared);
    const begin = () => {
      if (programs) return Server.startWithWeb(prepared(), programs);
      if (age) return Server.startAged(age);
      if (byName) return Server.startByName(prepared());
      return settings ? Server.startWith(prepared(), settings) : Server.startOnCopy(prepared());
    };
    const server = await begin();
    await use(server);
    await server.discard();
  },

  baseURL: async ({ server }, use) => use(server.origin),

  watch: [async ({ context, server, both }, use) => {
    const watch = await watched(context, server.origin);
    if (both) watch.expectProvider(both[1].issuer);
    await use(watch);
    expect(watch.found).toEqual([]);
  }, { auto: true }],

  device: async ({ browser, server, contextOptions, locale, timezoneId, viewport }, use) => {
    const opened: [BrowserContext, Watch][] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({
        ...contextOptions, locale, timezoneId, viewport, baseURL: server.origin, ...options,
      });
      opened.push([context, await watched(context, server.origin)]);
      return context.newPage();
    });
    for (const [context, watch] of opened) {
      expect(watch.found).toEqual([]);
      await context.close();
    }
  },
});
