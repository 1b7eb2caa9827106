/* Whose the things on this device are: what one account left here is not for the next one. */

const PAGES = "checkin-pages";
const LEAVING = "trainreg-leaving";
const PATIENCE = 10_000;

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

/* End the sign-in; tells whether the server did. A token that is not taken any more is asked for anew, once. */
export async function leave(token = "") {
  try {
    const isGone = (token && (await signedOut(token))) || (await signedOut(await freshToken()));
    if (isGone) localStorage.removeItem(LEAVING);
    return isGone;
  } catch {
    return false;
  }
}

/* Signing out that could not reach the server is done first of all when there is a network again. */
export function leaveLater(account) {
  localStorage.setItem(LEAVING, account);
}

/* Whether this account's signing out is still to be done; somebody else who signed in since is not signed out. */
export function isLeaving(account) {
  const known = localStorage.getItem(LEAVING);
  if (known && known !== account) localStorage.removeItem(LEAVING);
  return known === account;
}

async function signedOut(token) {
  const body = new URLSearchParams({ csrf_token: token });
  const answer = await fetch("/logout", { method: "POST", body, ...usual(), redirect: "manual" });
  return answer.type === "opaqueredirect" || answer.status === 401;
}

async function freshToken() {
  const answer = await fetch("/desk/", { ...usual(), cache: "no-store" }); // any page with the form for signing out
  const text = await answer.text();
  return new DOMParser().parseFromString(text, "text/html").querySelector("[name=csrf_token]")?.value ?? "";
}

function usual() {
  return { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) };
}
