// How long a guardian waits who has been here before: on a weak network, and without any. `cargo xtask bench` starts it and says
// where the program and the browser are; writes JSON to the file it is given.
//
// A new profile for each turn. First the first visit, slow: 150 ms, 1.6 Mbit/s down and 0.75 up, processor slowed down four times.
// Then the program is on the device, and the same page is opened again in a new tab: as slow, and then with no network at all.
// The browser's throttling does not reach the service worker, so one round trip for the page itself is added to the repeat visit.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { serve } from "./demo-server.mjs";

const [out, runs = "5"] = process.argv.slice(2);
const ROUND_TRIP_MS = 150;
const NETWORK = { offline: false, latency: ROUND_TRIP_MS, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const SLOWER = 4;
// Her children, with what is left: what she opens the page for.
const USABLE = "#main .childcard a";

function observe(selector) {
  // She has said that the device is her own.
  try { localStorage.setItem("skolstart.device", "own"); } catch { /* The empty page before the first one. */ }
  const look = () => {
    const found = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());
    if (found) requestAnimationFrame(() => { globalThis.__usable = performance.now(); });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function visit(context, origin, network) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  if (network) await cdp.send("Network.emulateNetworkConditions", network);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(observe, USABLE);
  await page.goto(origin, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.__usable, undefined, { timeout: 60_000 });
  return { page, usable: await page.evaluate(() => globalThis.__usable) };
}

async function turn(browser, origin, person) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: "sv-SE",
    timezoneId: "Europe/Stockholm", serviceWorkers: "allow",
  });
  try {
    const signedIn = await context.request.put(`${origin}/api/demo/session/${person}`, { data: {}, headers: { origin } });
    if (!signedIn.ok()) throw new Error(`sign-in answered ${signedIn.status()}`);
    const first = await visit(context, origin, NETWORK);
    await first.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((again) => setTimeout(again, 50));
    });
    // What the school said is kept by now too.
    await first.page.waitForTimeout(1000);
    await first.page.close();
    const again = await visit(context, origin, NETWORK);
    await again.page.close();
    await context.setOffline(true);
    const offline = await visit(context, origin);
    await offline.page.close();
    return { first: first.usable, again: again.usable + ROUND_TRIP_MS, offline: offline.usable };
  } finally {
    await context.close();
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const folder = await mkdtemp(join(tmpdir(), "skolstart-repeat-bench-"));
const server = await serve(folder);
const browser = await chromium.launch({
  executablePath: process.env.SKOLSTART_CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
try {
  const personas = await (await fetch(`${server.origin}/api/demo/personas`)).json();
  const guardian = personas.find((persona) => persona.kind === "guardian");
  const found = [];
  for (let run = 0; run < Number(runs); run += 1) found.push(await turn(browser, server.origin, guardian.person));
  const of = (name) => median(found.map((one) => one[name]));
  await writeFile(out, JSON.stringify({
    runs: found.length, first_ms: of("first"), again_ms: of("again"), offline_ms: of("offline"),
    ratio: of("again") / of("first"), spread: found,
  }, null, 1));
} finally {
  await browser.close();
  server.stop();
  await rm(folder, { recursive: true, force: true });
}
