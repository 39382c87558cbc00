// Keeps the program itself on the device, so that it starts without a network. Never touches /api: no answer about a
// person is ever stored here.
//
// The build fills in the two constants: which build this is, and each file with the SHA-256 of its content. So the bytes
// of this worker change when any file of the program does, and a file that somebody has changed on the device is not run.
// By hand and in JavaScript: a worker's listeners must be there at the first turn of the loop, before wasm can be.
const BUILD = "unbuilt";
const FILES = {};

const CACHE = `skolstart-shell-${BUILD}`;
const PAGE = new URL("./", self.location).pathname;
// A page from the network is newer; one that does not come is worth this long a wait.
const PAGE_LIMIT_MS = 3000;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
// A waiting worker hears from each page which program it runs. One of this build gains from being taken over and loses
// nothing; one of a former build is told, and the person in front of it decides when.
self.addEventListener("message", (event) => {
  const { program, now } = event.data;
  if (now || program in FILES) self.skipWaiting();
  else event.source.postMessage("newer");
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || !isMine(url.pathname)) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname in FILES && url.pathname !== PAGE) event.respondWith(file(url.pathname));
});

// The staff program has a worker of its own, and what is about a person is nobody's.
function isMine(path) {
  return path.startsWith(PAGE) && !path.startsWith("/api/") && (PAGE !== "/" || !/^\/personal(\/|$)/.test(path));
}

// All or nothing: a half-filled cache looks healthy until the network is gone.
async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.keys(FILES).map((path) => renew(cache, path)));
}

// Other generations go when this one takes over; until then the pages of the former version use theirs.
async function tidy() {
  // "guardian." or "staff.": the other program keeps its own.
  const mine = CACHE.slice(0, CACHE.indexOf(".") + 1);
  const names = await caches.keys();
  const gone = names.filter((name) => name.startsWith(mine) && name !== CACHE);
  await Promise.all(gone.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function renew(cache, path) {
  const answer = await fetch(path, { cache: "no-cache", credentials: "same-origin" });
  const whole = await whole_of(answer, path);
  if (!answer.ok || !whole) throw new Error(`${path} is not of this build`);
  await cache.put(path, whole.clone());
  return whole;
}

// The response, if its content is what the build made; otherwise nothing.
async function whole_of(answer, path) {
  const bytes = await answer.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hash !== FILES[path]) return undefined;
  const headers = new Headers(answer.headers);
  // The content is unpacked here.
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  return new Response(bytes, { status: 200, headers });
}

async function kept(path) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(path);
  return found && whole_of(found, path);
}

async function file(path) {
  try {
    const found = await kept(path);
    if (found) return found;
    return await renew(await caches.open(CACHE), path);
  } catch {
    // No storage, or another build on the server by now: the network decides.
    return fetch(path);
  }
}

async function page(request) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PAGE_LIMIT_MS);
  try {
    const answer = await fetch(request, { signal: limit.signal });
    if (answer.status < 500) return answer;
  } catch {
    // No network, or one that is too slow.
  } finally {
    clearTimeout(timer);
  }
  const found = await kept(PAGE).catch(() => undefined);
  // Without a kept page the browser says what it always says.
  return found ?? fetch(request);
}
