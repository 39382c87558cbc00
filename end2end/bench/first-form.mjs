// How long a guardian with a cheap phone on a weak network waits for her first form, and what she downloads.
// `cargo xtask bench` starts it and says where the program and the browser are; writes JSON to the file it is given.
//
// Cold: a new browser profile each time, so an empty cache. Slow: 150 ms, 1.6 Mbit/s down and 0.75 up, processor slowed
// down four times (the browser's own throttling). The figures are medians.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { serve } from "./demo-server.mjs";

const [out, runs = "5"] = process.argv.slice(2);
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const SLOWER = 4;
// A field or a button inside the form of the step: what she came to use. Not the buttons of the frame around it.
const USABLE = "#main .stack :is(input, select, textarea, button):not([disabled])";

// Runs in the page before anything of it: notes when something usable is on the screen, and what the browser says itself.
function observe(selector) {
  // She has said that the device is her own.
  try { localStorage.setItem("skolstart.device", "own"); } catch { /* The empty page before the first one. */ }
  const seen = { usable: null, lcp: 0, fcp: 0, tasks: [] };
  globalThis.__bench = seen;
  const watch = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
  watch("paint", (entry) => { if (entry.name === "first-contentful-paint") seen.fcp = entry.startTime; });
  watch("longtask", (entry) => seen.tasks.push([entry.startTime, entry.duration]));
  const look = () => {
    const found = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());
    // The frame after it is laid out is the one in which it is drawn.
    if (found) {
      seen.what = `${found.localName}${found.type ? `[${found.type}]` : ""}`;
      requestAnimationFrame(() => { seen.usable = performance.now(); });
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function firstForm(browser, origin, person, path) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: "sv-SE",
    timezoneId: "Europe/Stockholm", serviceWorkers: "block",
  });
  try {
    const signedIn = await context.request.put(`${origin}/api/demo/session/${person}`, { data: {}, headers: { origin } });
    if (!signedIn.ok()) throw new Error(`sign-in answered ${signedIn.status()}`);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send("Network.enable");
    await cdp.send("Network.emulateNetworkConditions", NETWORK);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    const sizes = new Map();
    const names = new Map();
    cdp.on("Network.requestWillBeSent", ({ requestId, request }) => names.set(requestId, new URL(request.url).pathname));
    cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
      sizes.set(names.get(requestId) ?? requestId, encodedDataLength));
    await page.addInitScript(observe, USABLE);
    await page.goto(origin + path, { waitUntil: "commit" });
    await page.waitForFunction(() => globalThis.__bench.usable, undefined, { timeout: 60_000 });
    await page.waitForLoadState("networkidle");
    const seen = await page.evaluate(() => globalThis.__bench);
    // What blocks between the first paint and the end of loading, beyond 50 ms a piece.
    const blocking = seen.tasks.filter(([start]) => start >= seen.fcp);
    return {
      usable_ms: seen.usable, lcp_ms: seen.lcp, first_paint_ms: seen.fcp, what: seen.what,
      blocking_ms: blocking.reduce((sum, [, took]) => sum + Math.max(0, took - 50), 0),
      bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0), files: Object.fromEntries(sizes),
    };
  } finally {
    await context.close();
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const folder = await mkdtemp(join(tmpdir(), "skolstart-browser-bench-"));
const server = await serve(folder);
const browser = await chromium.launch({
  executablePath: process.env.SKOLSTART_CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
try {
  const personas = await (await fetch(`${server.origin}/api/demo/personas`)).json();
  const guardian = personas.find((persona) => persona.kind === "guardian");
  const path = "/svara/contact-details/own";
  const found = [];
  for (let run = 0; run < Number(runs); run += 1) {
    found.push(await firstForm(browser, server.origin, guardian.person, path));
  }
  const of = (name) => median(found.map((one) => one[name]));
  const result = {
    runs: found.length, path, usable: found[0].what, browser: browser.version(),
    first_input_ms: of("usable_ms"), lcp_ms: of("lcp_ms"), first_paint_ms: of("first_paint_ms"),
    blocking_ms: of("blocking_ms"), bytes: of("bytes"), files: found[0].files,
    spread: { first_input_ms: found.map((one) => Math.round(one.usable_ms)) },
  };
  await writeFile(out, JSON.stringify(result, null, 1));
} finally {
  await browser.close();
  server.stop();
  await rm(folder, { recursive: true, force: true });
}
