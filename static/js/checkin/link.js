/* The way to the server: fetch the list, hand scans in, again and again until each is answered. */

import { openStore } from "./store.js";

const LONGEST_WAIT = 60_000;
const PATIENCE = 20_000;

export class Link extends EventTarget {
  constructor(store, language) {
    super();
    Object.assign(this, { store, language, token: "", state: navigator.onLine ? "unknown" : "offline", tries: 0, refused: new Map() });
  }

  set(state) {
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }

  address(slug, name) {
    return `/checkin/${encodeURIComponent(slug)}/${name}?lang=${this.language}`;
  }

  async ask(url, options) {
    const answer = await fetch(url, {
      credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...options,
    });
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new Away("signed_out");
    if (answer.status === 403 || answer.status === 404) throw new Away("denied");
    if (answer.status >= 500 || answer.status === 429) throw new Away("busy");
    return answer;
  }

  /* Fetch the list if there is a newer one; tells whether there was. */
  async refresh(slug) {
    try {
      const known = await this.store.list(slug);
      const headers = known?.tag && known.language === this.language ? { "If-None-Match": known.tag } : {};
      const answer = await this.ask(this.address(slug, "list.json"), { headers });
      this.token = answer.headers.get("X-Form-Token") ?? this.token;
      const at = Date.now();
      const offset = Number(answer.headers.get("X-Now")) - at;
      if (answer.status === 304) await this.store.touchList(slug, { at, offset });
      else if (answer.ok) await this.take(slug, answer, { at, offset });
      this.set("online");
      return answer.status === 200;
    } catch (error) {
      this.failed(error);
      if (error.state === "denied") await this.store.forgetList(slug);
      return error.state === "denied";
    }
  }

  async take(slug, answer, facts) {
    const list = await answer.json();
    if (list.over) await this.store.forgetList(slug);
    else await this.store.keepList(slug, { ...list, language: this.language }, { ...facts, tag: answer.headers.get("ETag") });
    this.dispatchEvent(new CustomEvent("list", { detail: { slug, over: list.over } }));
  }

  /* Hand in everything that waits; of several tabs one does it. A try that is no retry makes the next wait no longer. */
  async sync({ isRetry = false } = {}) {
    const act = (lock) => (lock ? this.handIn(isRetry) : null);
    return navigator.locks ? navigator.locks.request("trainreg-checkin-sync", { ifAvailable: true }, act) : act(true);
  }

  /* There is a network again: no need to wait any longer. */
  wake() {
    this.tries = 0;
  }

  close() {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  async handIn(isRetry) {
    if (this.isClosed) return;
    if (this.busy) { this.again = true; return; }
    this.busy = true;
    clearTimeout(this.timer);
    try {
      await this.round();
      this.dispatchEvent(new Event("sent"));
      if (this.refused.size) throw new Away("");
    } catch (error) {
      this.failed(error);
      if (isRetry) this.tries += 1;
      this.later();
    } finally {
      this.busy = false;
    }
    if (this.again) { this.again = false; await this.handIn(false); }
  }

  /* Event by event: one whose scans are refused keeps them, and holds up no other. */
  async round() {
    this.refused.clear();
    for (const slug of await this.store.waitingSlugs()) {
      try {
        await this.handInOf(slug);
      } catch (error) {
        if (!(error instanceof Away) || error.state === "signed_out") throw error;
        this.refused.set(slug, error.state);
      }
    }
  }

  async handInOf(slug) {
    for (;;) {
      const scans = await this.store.waiting(slug);
      if (!scans.length) return;
      await this.send(slug, scans);
      this.tries = 0;
    }
  }

  async send(slug, scans, isSecondTry = false) {
    if (!this.token) await this.fetchToken(slug);
    const body = JSON.stringify({ device: this.store.device, now: Date.now(), language: this.language, scans: scans.map(asSent) });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    const answer = await this.ask(this.address(slug, "sync"), { method: "POST", headers, body });
    if (answer.status === 400 && !isSecondTry) {
      this.token = "";
      return this.send(slug, scans, true);
    }
    if (answer.status === 413) return this.tooLarge(slug, scans);
    if (!answer.ok) throw new Away("refused");
    const said = await answer.json();
    if (!said.scans.length && !said.odd.length) throw new Away("refused");
    for (const one of said.scans) {
      await this.store.answered(one.id, one);
      this.dispatchEvent(new CustomEvent("answer", { detail: one }));
    }
    for (const id of said.odd) {
      const one = { id, code: "incomplete", tone: "bad" };
      await this.store.answered(id, one);
      this.dispatchEvent(new CustomEvent("answer", { detail: one }));
    }
    await this.store.prune(slug);
    this.set("online");
    return undefined;
  }

  /* Half of it at a time; one scan that is too large by itself is no pass. */
  async tooLarge(slug, scans) {
    if (scans.length > 1) {
      const half = Math.ceil(scans.length / 2);
      await this.send(slug, scans.slice(0, half));
      return this.send(slug, scans.slice(half));
    }
    const said = { id: scans[0].id, code: "unknown_code", tone: "bad" };
    await this.store.answered(said.id, said);
    this.dispatchEvent(new CustomEvent("answer", { detail: said }));
    return undefined;
  }

  async fetchToken(slug) {
    const answer = await this.ask(this.address(slug, "list.json"), {});
    this.token = answer.headers.get("X-Form-Token") ?? "";
  }

  failed(error) {
    if (error instanceof Away) this.set(error.state || this.state);
    else if (error instanceof TypeError || error.name === "TimeoutError" || error.name === "AbortError") this.set("offline");
    else throw error;
  }

  /* Try again by itself, after longer and longer waits. */
  later() {
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(this.tries, 6)) * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.sync({ isRetry: true }), wait);
  }
}

function asSent({ verdict: _verdict, answer: _answer, ...scan }) {
  return scan;
}

class Away extends Error {
  constructor(state) {
    super(state);
    this.state = state;
  }
}

const PAGES = "checkin-pages";
const LEAVING = "trainreg-leaving";

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

/* End the sign-in; tells whether the server did. */
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

/* Whether this account's signing out is still to be done. */
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
  const answer = await fetch("/desk/", { ...usual(), cache: "no-store" });
  const text = await answer.text();
  return new DOMParser().parseFromString(text, "text/html").querySelector("[name=csrf_token]")?.value ?? "";
}

function usual() {
  return { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) };
}

async function start(page) {
  if (isLeaving(page.dataset.account) && (await leave())) {
    window.location.assign("/login?next=/checkin/");
    return;
  }
  if (!window.isSecureContext || !window.indexedDB) return;
  page.querySelector("[data-part=foreign]").hidden = !(await takeOver(await openStore(), page.dataset.account));
  page.dataset.ready = "yes";
}

const events = document.querySelector("[data-events]");
if (events) start(events);
