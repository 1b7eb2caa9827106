/* The page with the events: it only looks whose device this is. */

import { isLeaving, leave, takeOver } from "./account.js";
import { openStore } from "./store.js";

const page = document.querySelector("[data-account]");

async function start() {
  if (isLeaving(page.dataset.account) && (await leave())) {
    window.location.assign("/login?next=/checkin/");
    return;
  }
  if (!window.isSecureContext || !window.indexedDB) return;
  const store = await openStore();
  page.querySelector("[data-part=foreign]").hidden = !(await takeOver(store, page.dataset.account));
  page.dataset.ready = "yes";
}

start();
