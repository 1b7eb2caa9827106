/* The page without a network, as the site gives it: a service worker keeps it, its keys and the lists it has seen. */

import { start } from "./offline.js";

const root = document.querySelector("[data-offline]");
const files = { reader: root.dataset.reader, wasm: root.dataset.wasm };
const words = JSON.parse(root.dataset.words);
const scanner = () => import(root.dataset.scanner);
const LIST = /^\/credentials\/status\/\d{1,9}$/;

async function answerOf(path) {
  const answer = await fetch(path, { credentials: "omit", cache: "no-cache" }); // what was revoked a minute ago counts
  if (!answer.ok) throw new Error(String(answer.status));
  return { answer, at: answer.headers.get("Date") ?? "" };
}

const source = {
  async keys() {
    try {
      const { answer, at } = await answerOf("/.well-known/jwks.json");
      return { set: await answer.json(), at };
    } catch {
      return { set: { keys: [] }, at: "" };
    }
  },
  async list(address) {
    const { pathname } = new URL(address);
    if (!LIST.test(pathname)) return null;
    const { answer, at } = await answerOf(`${pathname}?as=jwt`);
    return { jwt: (await answer.text()).trim(), at };
  },
};

const page = start(root, {
  credential: await import(root.dataset.credential), scanner, source, words, files, language: Object.keys(words)[0], goesOnline: true,
});

async function keep() {
  await navigator.serviceWorker.register("/v/offline/sw.js", { scope: "/v/offline" });
  await navigator.serviceWorker.ready;
  await page.ready;
  await (await scanner()).prepareWhereNeeded(files);
  page.showReady();
}

if (navigator.serviceWorker) keep().catch(() => {}); // without it the page checks all the same, with a network
