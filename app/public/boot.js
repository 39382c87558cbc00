// Starts the program named by #app-js and #app-wasm. A file of its own because the page allows no inline script.
// When it cannot start, one of two sections of the page says why and how to reach the school instead.

function show(id) {
  document.getElementById("app").hidden = true;
  document.getElementById(id).hidden = false;
}

function cannotRun(error) {
  return error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
}

// The texts are needed for the first view: ask for them while the program is on its way.
function preloadTexts() {
  let locale = null;
  try {
    locale = localStorage.getItem("skolstart.locale");
  } catch {
    // Storage is blocked: the page's own language is used.
  }
  const named = (name) => document.querySelector(`meta[name="texts-${name}"]`);
  const texts = named(locale) ?? named(document.documentElement.lang);
  if (!texts) return;
  const link = document.createElement("link");
  link.rel = "preload";
  link.as = "fetch";
  link.type = "application/json";
  link.crossOrigin = "anonymous";
  link.href = texts.content;
  document.head.append(link);
}

async function start() {
  if (typeof WebAssembly !== "object") {
    show("no-wasm");
    return;
  }
  preloadTexts();
  try {
    const program = await import(document.getElementById("app-js").href);
    await program.default({ module_or_path: document.getElementById("app-wasm").href });
  } catch (error) {
    show(cannotRun(error) ? "no-wasm" : "not-loaded");
    throw error;
  }
}

start();
