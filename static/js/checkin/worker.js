/* The worker of the app at the door. The server puts SHELL and worker-files.js in front: the version and its files.
   Files are kept by version; pages are asked for anew and kept for when there is no network; names and scans never pass
   through here: the app asks for them itself and keeps them encrypted. */

const FILES = `checkin-files-${SHELL.version}`;
const PAGES = "checkin-pages";
const PAGE = /^\/checkin\/([^/.]+)?$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(SHELL.files)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(forgetOtherSets("checkin-files-")));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(page(request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});

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
