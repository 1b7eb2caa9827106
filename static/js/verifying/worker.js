/* The worker of the page without a network. The server puts SHELL (the version, its files and its pages) and
   worker-files.js in front.
   Keys and lists are asked for anew and kept for when there is no network; what is checked never passes through here. */

const FILES = `verifying-files-${SHELL.version}`;
const KEPT = "verifying-kept";
const PAGE = /^\/v\/offline$/;
const ASKED_ANEW = /^\/(?:\.well-known\/jwks\.json|credentials\/status\/\d{1,9})$/;
const MOST_PATIENT = 5000;

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(forgetOtherSets("verifying-files-")));

/* Pages are asked for without cookies: they are the same for everybody, and asking chooses no language for anybody. */
async function keepAll() {
  await (await caches.open(FILES)).addAll(SHELL.files);
  await (await caches.open(KEPT)).addAll([...SHELL.pages, "/.well-known/jwks.json"].map((path) => new Request(path, { credentials: "omit", cache: "no-cache" })));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(anew(request, pageName(url)));
  else if (ASKED_ANEW.test(url.pathname)) event.respondWith(anew(request, url.pathname));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});

async function anew(request, name) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await Promise.race([fetch(request), tooLong(MOST_PATIENT)]);
    if (answer.ok) await kept.put(name, answer.clone());
    if (answer.status < 500) return answer;
    return (await kept.match(name, { ignoreVary: true })) ?? answer;
  } catch (error) {
    const known = (await kept.match(name, { ignoreVary: true })) ?? (PAGE.test(name) && (await kept.match(SHELL.pages[0], { ignoreVary: true })));
    if (known) return known;
    throw error;
  }
}

/* A page by its language; without one, as this reader was answered last. */
function pageName(url) {
  const language = url.searchParams.get("lang");
  return SHELL.pages.find((page) => page.endsWith(`=${language}`)) ?? url.pathname;
}
