// How long a key takes to be on the screen in a form of two hundred fields with groups in groups, on a processor slowed
// down four times. `cargo xtask bench` starts it as it starts first-form.mjs; writes JSON to the file it is given.
//
// The form stands in for those of the round in the answer of the server. A key is counted from the moment the browser got
// it until the frame that shows what follows from it is laid out: handlers, what is derived, style and layout.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { serve } from "./demo-server.mjs";

const [out, keys = "200"] = process.argv.slice(2);
const SLOWER = 4;
const words = (text) => ({ sv: text });

/** Fields in all: 120 by themselves, and four groups whose rows hold groups of their own. */
function form() {
  const fields = [];
  const kinds = [{ text: { max: 80 } }, { "yes-no": {} }, { number: { min: 0, max: 99 } }, { phone: {} }, { date: {} }];
  for (let at = 0; at < 120; at += 1) {
    const field = { key: `f${at}`, label: words(`Fråga ${at + 1}`), kind: kinds[at % kinds.length], required: at % 3 === 0 };
    // Each sixth field hangs on the yes or no before it.
    const yes = at - ((at - 1) % 5);
    if (at % 6 === 5 && yes !== at) field["visible-if"] = { not: { is: [`f${yes}`, { flag: true }] } };
    fields.push(field);
  }
  const column = (key, kind) => ({ key, label: words(key), kind });
  const rows = (fields_, most) => ({ rows: { fields: fields_, least: 0, most, add: words("Lägg till"), row: words("Rad") } });
  for (let group = 0; group < 4; group += 1) {
    const inner = ["a", "b", "c", "d", "e"].map((key) => column(key, { text: { max: 80 } }));
    const outer = ["g", "h", "i"].map((key) => column(key, { text: { max: 80 } }));
    fields.push({ ...column(`group${group}`, rows([...outer, column("times", rows(inner, 9))], 9)), label: words(`Grupp ${group + 1}`) });
  }
  fields.push({ ...column("sum", { calculated: { how: { sum: { plus: fields.filter((f) => f.kind.number).map((f) => f.key) } } } }), label: words("Summa") });
  return {
    key: "long", version: 1, title: words("Lång"), intro: words("Lång."),
    acts: [{
      key: "all", kind: "notification", subject: "child", title: words("Lång"), purpose: words("Mäts."), readers: words("Ingen."),
      "legal-basis": "public-interest", law: words("Skollagen"), signers: "any-guardian", retention: "x", fields,
    }],
  };
}

/** How long each key took in these fields, one after the other. */
async function typed(page, places, keys) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.evaluate(() => {
    const seen = { work: [] };
    globalThis.__keys = seen;
    let began = 0;
    addEventListener("keydown", () => { began = performance.now(); }, true);
    addEventListener("input", () => {
      // After every microtask of the handlers.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        document.body.getBoundingClientRect();
        seen.work.push(performance.now() - began);
      };
      channel.port2.postMessage(null);
    }, true);
  });
  for (let key = 0; key < keys; key += 1) {
    const place = page.locator(places[Math.floor((key * places.length) / keys)]);
    await place.press("abcdefgh"[key % 8]);
  }
  const { work } = await page.evaluate(() => globalThis.__keys);
  if (work.length < keys * 0.9) throw new Error(`only ${work.length} keys were seen`);
  return work;
}

const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

const folder = await mkdtemp(join(tmpdir(), "skolstart-form-bench-"));
const server = await serve(folder);
const { origin } = server;
const browser = await chromium.launch({
  executablePath: process.env.SKOLSTART_CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
try {
  const personas = await (await fetch(`${origin}/api/demo/personas`)).json();
  const guardian = personas.find((persona) => persona.kind === "guardian");
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "sv-SE", serviceWorkers: "block" });
  const signedIn = await context.request.put(`${origin}/api/demo/session/${guardian.person}`, { data: {}, headers: { origin } });
  if (!signedIn.ok()) throw new Error(`sign-in answered ${signedIn.status()}`);
  // She has said that the device is her own.
  await context.addInitScript(() => { localStorage.setItem("skolstart.device", "own"); });
  const page = await context.newPage();
  let child;
  await page.route("**/api/guardian/home", async (route) => {
    const response = await route.fetch();
    const home = await response.json();
    child = home.children[0].person;
    const task = home.tasks.find((one) => one.child === child);
    await route.fulfill({ response, json: { ...home, forms: [form()], tasks: [{
      ...task, form: { key: "long", version: 1 }, act: "all", mine: "to-do", status: "not-started", answered: null, known: {},
      purposes: {}, progress: { known: 0, new: 200 },
    }] } });
  });
  await page.goto(origin, { waitUntil: "networkidle" });
  await page.goto(`${origin}/svara/long/all/${child}`, { waitUntil: "networkidle" });
  await page.locator("#f-f0").waitFor();
  // Rows in rows: three in each group, each with three of its own.
  for (let group = 0; group < 4; group += 1) {
    const outer = page.locator(`#f-group${group}`);
    for (let row = 0; row < 2; row += 1) await outer.click();
    await page.locator(`#f-group${group}-0-times`).click();
  }
  const fields = await page.locator("main :is(input, textarea, select)").count();
  const places = ["#f-f0", "#f-f60", "#f-group1-0-g", "#f-group2-0-times-1-c"];
  const work = await typed(page, places, Number(keys));
  // What of it is the browser's own: the same page with nobody to hear the keys, and as many fields with no style at all.
  const still = (await page.content()).replaceAll(/<script[\s\S]*?<\/script>/g, "");
  const bare = Array.from({ length: fields }, (_, at) => `<p><label for="b${at}">Fråga</label> <input id="b${at}"></p>`).join("");
  const silent = async (html, places_) => {
    const other = await context.newPage();
    await other.route("**/still", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
    await other.goto(`${origin}/still`);
    const found = await typed(other, places_, Number(keys));
    await other.close();
    return quantile(found, 0.95);
  };
  const still_p95_ms = await silent(still, places);
  const bare_p95_ms = await silent(`<!doctype html><title>Fält</title><main>${bare}</main>`, ["#b0", "#b60", "#b120", "#b180"]);
  const result = {
    fields, keys: work.length, slower: SLOWER, browser: browser.version(),
    median_ms: quantile(work, 0.5), p95_ms: quantile(work, 0.95), worst_ms: Math.max(...work), still_p95_ms, bare_p95_ms,
  };
  await writeFile(out, JSON.stringify(result, null, 1));
} finally {
  await browser.close();
  server.stop();
  await rm(folder, { recursive: true, force: true });
}
