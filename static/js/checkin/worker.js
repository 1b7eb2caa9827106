/* The worker of the app at the door. The server puts SHELL in front: the version and its files.
   Files are kept by version; pages are asked for anew and kept for when there is no network; names and scans never pass
   through here: the app asks for them itself and keeps them encrypted. */

const FILES = `checkin-files-${SHELL.version}`;
const PAGES = "checkin-pages";
const PAGE = /^\/checkin\/([^/.]+)?$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(SHELL.files)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("checkin-files-") && name !== FILES;
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(page(request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});

async function file(request) {
  const known = await caches.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(FILES)).put(request, answer.clone());
  return answer;
}

async function page(request, url) {
  const cache = await caches.open(PAGES);
  const name = url.pathname;
  try {
    const answer = await Promise.race([fetch(request), tooLong(6000)]);
    if (answer.ok && isPage(answer)) await cache.put(name, answer.clone());
    if (answer.status === 403 || answer.status === 404) await cache.delete(name);
    if (answer.status < 500) return answer;
    return (await cache.match(name)) ?? answer;
  } catch (error) {
    const known = (await cache.match(name)) ?? (await cache.match("/checkin/"));
    if (known) return known;
    throw error;
  }
}

function isPage(answer) {
  return (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
}

function tooLong(milliseconds) {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error("too slow")), milliseconds));
}
