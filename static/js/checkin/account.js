/* Whose the things on this device are: what one account left here is not for the next one. */

const PAGES = "checkin-pages";

/* Take the device over for an account. Of somebody else's, lists, sent scans and pages go, and what waits stays; tells
   whether something of somebody else waits. */
export async function takeOver(store, account) {
  if (await store.claim(account)) await forgetPages({ but: window.location.pathname });
  return store.hasForeign();
}

/* Forget the pages kept for when there is no network; the one that is open now is the new account's own. */
export async function forgetPages({ but = "" } = {}) {
  if (!(await caches.has(PAGES))) return;
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) if (new URL(request.url).pathname !== but) await cache.delete(request);
}
