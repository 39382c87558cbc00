// The way out when a service worker of ours does harm: serve this file as /sw.js (and /personal/sw.js) instead. Every browser
// that comes by drops the kept program, unregisters the worker and loads its page again from the network. Drafts and what
// waits to be sent lie in IndexedDB and are not touched. The setting `withdraw_workers` serves it; see docs/runbooks/kept-program.md.
//
// A worker knows the address that a page began with, and not where somebody has gone in it since. So the page is asked to load
// itself again where it stands (boot.js); one that does not answer, because it hangs or is too old to know how, is loaded from here.
const ANSWER_MS = 2000;
const answered = new Set();

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("message", ({ data, source }) => data === "reloading" && answered.add(source.id));
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("skolstart-shell-")) await caches.delete(name);
  }
  await self.registration.unregister();
  const pages = await self.clients.matchAll({ type: "window" });
  for (const page of pages) page.postMessage("reload");
  if (pages.length > 0) await new Promise((over) => setTimeout(over, ANSWER_MS));
  for (const page of pages) {
    // A page that has gone meanwhile takes no address any more.
    if (!answered.has(page.id)) await page.navigate(page.url).catch(() => {});
  }
})()));
