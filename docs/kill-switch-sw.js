// The way out when a service worker of ours does harm: serve this file as /sw.js (and /personal/sw.js) instead. Every browser
// that comes by drops the kept program, unregisters the worker and loads its page again from the network. Drafts and what
// waits to be sent lie in IndexedDB and are not touched. The setting `withdraw_workers` serves it; see docs/runbooks/kept-program.md.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("skolstart-shell-")) await caches.delete(name);
  }
  await self.registration.unregister();
  for (const page of await self.clients.matchAll({ type: "window" })) page.navigate(page.url);
})()));
