/* The app at the door: ties together the page, what the device keeps, and the way to the server. */

import { Link, forgetPages, isLeaving, leave, leaveLater, takeOver } from "./link.js";
import { openStore } from "./store.js";
import { Camera, prepareWhereNeeded } from "./scanner.js";
import { ADMITTED, judge, recognise, sessionAt } from "./verdict.js";
import { View } from "./view.js";

const EVERY = 20_000;
const LONGEST_CODE = 200; // as in checkin/batches.py
const page = document.querySelector("[data-checkin]");
const slug = page.dataset.checkin;
const words = JSON.parse(page.dataset.words);
const files = { reader: page.dataset.reader, wasm: page.dataset.wasm };
const view = new View(page, words);

let store;
let link;
let list = null;
let here = new Map();
let names = new Map();
let wished = null;

start().catch((error) => {
  view.trouble(words.cannot_keep);
  throw error;
});

async function start() {
  if (!window.isSecureContext || !window.indexedDB || !crypto.subtle) {
    view.trouble(words.insecure);
    return;
  }
  navigator.serviceWorker?.register("/checkin/sw.js", { scope: "/checkin/" }).catch(() => {});
  if (isLeaving(page.dataset.account)) {
    await goOut();
    return;
  }
  store = await openStore();
  await takeOver(store, page.dataset.account);
  link = new Link(store, document.documentElement.lang);
  const over = await store.forgetOver(Date.now());
  await load();
  if (over.includes(slug)) view.trouble(words.over);
  listen();
  page.dataset.ready = "yes";
  await link.refresh(slug);
  await link.sync();
  await prepare();
}

/* What will be wanted without a network after this first visit: the app's pages, and a reader of codes. */
async function prepare() {
  if (link.state !== "online" || page.dataset.prepared) return;
  await prepareNow().catch(() => {});
}

async function prepareNow() {
  for (const address of ["/checkin/", window.location.pathname]) {
    const answer = await fetch(address, { redirect: "manual", credentials: "same-origin" });
    if (answer.ok) await (await caches.open("checkin-pages")).put(address, answer);
  }
  await prepareWhereNeeded(files);
  await navigator.serviceWorker.ready;
  page.dataset.prepared = "yes";
}

const now = () => Date.now() + (list && Math.abs(list.offset) > 30_000 ? list.offset : 0);

/* Read list and scans from the device, and show how things stand. */
async function load() {
  const kept = await store.list(slug);
  list = kept && { ...kept, byReference: new Map(kept.people.map((one) => [one.r, one])) };
  here = new Map((list?.here ?? []).map(([reference, session, at]) => [`${reference}/${session}`, at]));
  const scans = await store.scans(slug);
  for (const one of scans) {
    const said = one.answer ?? one.verdict;
    if (ADMITTED.has(said.code) && said.reference && said.session) note(said.reference, said.session, one.verdict.at);
  }
  names = new Map(scans.map((one) => [one.id, one]));
  view.recent(scans.slice(0, 12), zone());
  view.toComplete(scans.filter((one) => one.kind === "walk_in" && one.answer?.code === "incomplete" && !one.isCompleted));
  await status();
}

function note(reference, session, at) {
  const cell = `${reference}/${session}`;
  here.set(cell, Math.min(at, here.get(cell) ?? at));
}

function zone() {
  return list?.sessions[0]?.zone;
}

async function status() {
  if (link.isClosed) return;
  const waiting = await store.countWaiting();
  localStorage.setItem("trainreg-waiting", String(waiting));
  const others = [...link.refused.keys()].some((one) => one !== slug);
  view.status({ state: link.refused.get(slug) ?? link.state, list, waiting });
  view.note("foreign", (await store.hasForeign()) ? words.foreign_waits : "");
  view.note("others", others ? words.others_refused : "");
  if (!list) return;
  view.sessions(list.sessions.filter((one) => one.near), wished);
  view.presence(list, here, sessionAt(list.sessions, now(), wished) ?? list.sessions.find((one) => one.id === wished));
}

function listen() {
  link.addEventListener("state", status);
  link.addEventListener("sent", load);
  link.addEventListener("list", async ({ detail }) => {
    if (detail.slug === slug && detail.over) view.trouble(words.over);
    await load();
  });
  link.addEventListener("answer", ({ detail }) => view.correct(detail));
  view.onCode = (code) => take({ kind: "qr", code });
  view.onPerson = (person) => take({ kind: "name", reference: person.r });
  view.onWalkIn = async (person, instead) => {
    const isKept = await take({ kind: "walk_in", person });
    if (isKept && instead) await store.completed(instead);
    if (instead) await load();
  };
  view.onLetIn = ({ kind, code, reference }, reason) => take({ kind, code, reference, reason });
  view.onSession = (id) => { wished = id; status(); };
  view.onSignOut = signOut;
  view.find = (typed) => (list ? find(typed) : []);
  view.isIn = (person) => {
    const session = sessionAt(list.sessions, now(), wished);
    return Boolean(session) && here.has(`${person.r}/${session.id}`);
  };
  const camera = new Camera(view.video, files, (code) => take({ kind: "qr", code }));
  view.onCamera = async (wanted) => { if (wanted) await camera.start(); else camera.stop(); };
  window.addEventListener("online", () => { link.wake(); again(); });
  window.addEventListener("offline", () => link.set("offline"));
  document.addEventListener("visibilitychange", () => (document.hidden ? camera.isOn && view.cameraOff() : again()));
  setInterval(() => (document.hidden ? null : again()), EVERY);
}

async function again() {
  if (link.isClosed) return;
  for (const gone of await store.forgetOver(Date.now())) if (gone === slug) view.trouble(words.over);
  await link.sync();
  await link.refresh(slug);
  await prepare();
  await status();
}

/* One scan: kept, shown, and then handed in. */
async function take(scanned) {
  let kept;
  try {
    kept = await keep(scanned);
  } catch {
    view.lost(words.not_kept);
    return false;
  }
  view.oneMoreWaits();
  const { verdict, scan, code, moment } = kept;
  if (ADMITTED.has(verdict.code) && verdict.reference && verdict.session) note(verdict.reference, verdict.session, moment);
  view.answer({ ...verdict, id: scan.id }, { kind: scan.kind, code, reference: scan.reference ?? "", person: scan.person ?? null });
  await load();
  link.sync();
  return true;
}

async function keep({ kind, code: read = "", reference = "", person = null, reason = "" }) {
  const code = read.length > LONGEST_CODE ? "(long code)" : read; // never cut: its beginning could be a reference
  const at = Date.now();
  const moment = now();
  const known = reference ? list?.byReference.get(reference) : code && list ? await recognise(list, code) : null;
  const verdict = judged({ kind, known, person, moment, reason });
  const scan = { id: crypto.randomUUID(), kind, at, session: wished ?? undefined, verdict };
  if (code) scan.code = code;
  if (reference) scan.reference = reference;
  if (person) scan.person = person;
  if (reason) scan.reason = reason;
  await store.add(slug, scan);
  return { verdict, scan, code, moment };
}

function judged({ kind, known, person, moment, reason }) {
  if (kind === "walk_in") return { code: "in", at: moment, words: "walk_in", name: `${person.family_name} ${person.given_name}`.trim() };
  if (!list) return { code: "kept", at: moment };
  const found = judge(list, here, known, moment, { wished, reason });
  const cell = known && found.session && here.get(`${known.r}/${found.session.id}`);
  return {
    code: found.code, at: moment, reference: known?.r, session: found.session?.id, name: known?.n, agency: known?.a,
    standing: known?.s, since: cell || undefined, zone: found.session?.zone,
  };
}

function find(typed) {
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const parts = folded(typed).split(/\s+/).filter(Boolean);
  if (!parts.length) return [];
  const text = (one) => folded(`${one.n ?? ""} ${one.l ?? ""} ${one.a ?? ""} ${one.r}`);
  return list.people.filter((one) => parts.every((part) => text(one).includes(part))).slice(0, 20);
}

/* List and scans go; what was not handed in is told first. */
async function signOut() {
  await link.sync();
  if (!link.token) await link.refresh(slug);
  const waiting = await store.countWaiting();
  if (waiting && !window.confirm(words.sign_out_waiting.replace("{n}", waiting))) return;
  await forgetPages();
  await store.wipe();
  localStorage.removeItem("trainreg-waiting");
  await goOut(link.token);
}

/* The last thing: the server ends the sign-in. Without a network that is said, and done as soon as there is one. */
async function goOut(token = "") {
  if (await leave(token)) {
    window.location.assign("/login?next=/checkin/");
    return;
  }
  leaveLater(page.dataset.account);
  link?.close();
  view.close(words.still_signed_in);
  window.addEventListener("online", () => goOut(), { once: true });
}
