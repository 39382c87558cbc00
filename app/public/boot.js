// Starts the program named by #app-js and #app-wasm. A file of its own because the page allows no inline script.
// When it cannot start, one of two sections of the page says why and how to reach the school instead.

function show(id) {
  document.getElementById("app").hidden = true;
  document.getElementById(id).hidden = false;
}

function cannotRun(error) {
  return error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
}

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // Storage is blocked.
  }
}

// What the first view needs is asked for while the program is on its way: each round trip after it would be waited for. The
// program takes each answer once (src/api/transport.rs), and asks itself for what is not there, was refused or got old.
// The same choice of language as in src/i18n/load.rs; a wrong guess costs a few kilobytes, nothing else.
const EARLY_MS = 10_000;

function askEarly() {
  const early = {};
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
  const wanted = [remembered("skolstart.locale"), ...navigator.languages.map((tag) => tag.split("-")[0]), "sv"];
  const language = wanted.find((name) => name && meta(`texts-${name}`));
  const headers = { Accept: "application/json", "Accept-Language": language };
  const ask = (path) => {
    early[path] = fetch(path, { headers }).then((answer) => (answer.ok ? answer : undefined), () => undefined);
  };
  if (language) ask(meta(`texts-${language}`));
  // Who has not been here before is not signed in, a locked device names nobody, and without a network nobody answers.
  const isAsked = navigator.onLine && remembered("skolstart.device") && !remembered("skolstart.locked");
  if (isAsked) meta("early")?.split(" ").forEach(ask);
  globalThis.skolstartEarly = early;
  setTimeout(() => delete globalThis.skolstartEarly, EARLY_MS);
}

// A chosen theme holds from the first paint on, not from the program's start.
const theme = remembered("skolstart.theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;

// This script waits neither for the styles nor for the rest of the page: what it asks for is under way a tenth of a second
// earlier on a slow telephone. What needs the page waits for it.
const page = new Promise((whole) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", whole, { once: true });
  else whole();
});

async function start() {
  if (typeof WebAssembly !== "object") {
    await page;
    show("no-wasm");
    return;
  }
  askEarly();
  try {
    await page;
    const program = await import(document.getElementById("app-js").href);
    await program.default({ module_or_path: document.getElementById("app-wasm").href });
  } catch (error) {
    show(cannotRun(error) ? "no-wasm" : "not-loaded");
    throw error;
  }
}

// Keeps the program on the device, so that it starts without a network (sw.js). The program hears `skolstart-newer` when a
// newer one is ready, and says `skolstart-update` when the person wants it; by then it has kept what she wrote.
async function keepProgram() {
  if (!navigator.serviceWorker) return;
  const program = document.getElementById("app-js").href;
  const workers = navigator.serviceWorker;
  let wanted = false;
  workers.addEventListener("message", ({ data, source }) => {
    if (data === "newer") dispatchEvent(new Event("skolstart-newer"));
    // From the worker that ends workers (docs/kill-switch-sw.js), which does not know where this page stands.
    if (data === "reload") {
      source.postMessage("reloading");
      location.reload();
    }
  });
  workers.addEventListener("controllerchange", () => wanted && location.reload());
  const registration = await workers.register(new URL("sw.js", program), { updateViaCache: "none" });
  const tell = (more) => registration.waiting?.postMessage({ program: new URL(program).pathname, ...more });
  addEventListener("skolstart-update", () => {
    wanted = true;
    tell({ now: true });
  });
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", () => tell());
  });
  tell();
  // A page that stays open for weeks hears of a new version too.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") registration.update().catch(() => {});
  });
}

// On a device that others use too the program asks at stage 1 whether anybody is still there, and locks at stage 2. There are
// always two minutes between; whoever works in another tab is there. Once asked, only an answer counts (`skolstart-here`): the touch that
// closed the question would land on what lies under it.
const HERE = "skolstart.here";
const MINUTE_MS = 60_000;

function watchIdle() {
  let last = Date.now();
  let asked = 0;
  let said = 0;
  const tell = (stage) => {
    if (stage === said) return;
    said = stage;
    dispatchEvent(new CustomEvent("skolstart-idle", { detail: stage }));
  };
  const here = () => {
    last = Date.now();
    try {
      localStorage.setItem(HERE, last);
    } catch { /* Storage is blocked: each tab for itself. */ }
    asked = 0;
    tell(0);
  };
  const active = () => said || here();
  for (const kind of ["pointerdown", "keydown", "click", "wheel"]) addEventListener(kind, active, { capture: true, passive: true });
  addEventListener("skolstart-here", here);
  setInterval(() => {
    const now = Date.now();
    const idle = now - Math.max(last, Number(remembered(HERE)));
    if (idle < 8 * MINUTE_MS) {
      asked = 0;
      tell(0);
    } else {
      asked ||= now;
      tell(now - asked >= 2 * MINUTE_MS ? 2 : 1);
    }
  }, 1000);
}

start();
watchIdle();
// Something waits to be sent: the browser is asked not to throw it away when space is short.
addEventListener("skolstart-unsent", () => navigator.storage?.persist?.().catch(() => {}), { once: true });
// After the first view, and without a word when the browser does not want to: then the network is needed, as before.
addEventListener("load", () => keepProgram().catch(() => {}));
