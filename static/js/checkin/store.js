/* What the device keeps: the lists and the scans, encrypted with a key that no script can read out, in IndexedDB.

   The key itself lies in IndexedDB as an object that can only be used: whoever copies the files of a running browser
   profile can use it too, so this is a lock on a drawer, not a safe. See docs/attendance.md. */

const NAME = "trainreg-checkin";
const KEPT_SENT = 300;

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const finished = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = () => resolve();
  transaction.onerror = transaction.onabort = () => reject(transaction.error);
});

function openDatabase() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    const database = request.result;
    database.createObjectStore("own");
    database.createObjectStore("lists");
    const scans = database.createObjectStore("scans", { keyPath: "id" });
    scans.createIndex("waiting", ["waiting", "made"]);
  };
  return done(request);
}

export async function openStore() {
  const database = await openDatabase();
  const anew = () => window.location.reload();
  database.onversionchange = () => { database.close(); anew(); };
  database.onclose = anew;
  const own = await ownThings(database);
  navigator.storage?.persist?.().catch(() => {});
  return new Store(database, own.key, own.device);
}

async function ownThings(database) {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const transaction = database.transaction("own", "readwrite");
  const things = transaction.objectStore("own");
  const known = await done(things.get("own"));
  const own = known ?? { key, device: crypto.randomUUID() };
  if (!known) things.put(own, "own");
  await finished(transaction);
  return own;
}

class Store {
  constructor(database, key, device) {
    Object.assign(this, { database, key, device });
  }

  /* From now on this device is that account's. Tells whether it was another's: then lists and sent scans are gone. */
  async claim(account) {
    const transaction = this.database.transaction(["own", "lists", "scans"], "readwrite");
    const [own, scans] = [transaction.objectStore("own"), transaction.objectStore("scans")];
    const known = await done(own.get("own"));
    const isOther = Boolean(known?.account) && known.account !== account;
    if (known?.account !== account) own.put({ key: this.key, device: this.device, ...known, account }, "own");
    if (isOther) {
      transaction.objectStore("lists").clear();
      for (const one of await done(scans.getAll())) {
        if (one.waiting) scans.put({ ...one, foreign: true });
        else scans.delete(one.id);
      }
    }
    await finished(transaction);
    return isOther;
  }

  async hasForeign() {
    return (await this.allWaiting()).some((one) => one.foreign);
  }

  async seal(name, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const additionalData = new TextEncoder().encode(name);
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, this.key, plain) };
  }

  async open(name, { iv, data }) {
    const additionalData = new TextEncoder().encode(name);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, this.key, data);
    return JSON.parse(new TextDecoder().decode(plain));
  }

  async write(store, value, key) {
    const transaction = this.database.transaction(store, "readwrite", { durability: "strict" });
    transaction.objectStore(store).put(value, ...(key === undefined ? [] : [key]));
    await finished(transaction);
  }

  async list(slug) {
    const kept = await done(this.database.transaction("lists").objectStore("lists").get(slug));
    return kept ? { ...await this.open(`list ${slug}`, kept), at: kept.at, offset: kept.offset, tag: kept.tag } : null;
  }

  async keepList(slug, list, { at, offset, tag }) {
    await this.write("lists", { ...await this.seal(`list ${slug}`, list), at, offset, tag, overAt: list.over_at }, slug);
  }

  /* The same list, seen again just now. */
  async touchList(slug, { at, offset }) {
    const transaction = this.database.transaction("lists", "readwrite");
    const lists = transaction.objectStore("lists");
    const kept = await done(lists.get(slug));
    if (kept) lists.put({ ...kept, at, offset }, slug);
    await finished(transaction);
  }

  async forgetList(slug) {
    const transaction = this.database.transaction("lists", "readwrite");
    transaction.objectStore("lists").delete(slug);
    await finished(transaction);
    await this.prune(slug, 0);
  }

  /* Lists of events that are over go, also where there was never a network again. */
  async forgetOver(now) {
    const lists = this.database.transaction("lists").objectStore("lists");
    const [slugs, kept] = [await done(lists.getAllKeys()), await done(lists.getAll())];
    const over = slugs.filter((_slug, place) => kept[place].overAt < now + (kept[place].offset ?? 0));
    for (const slug of over) await this.forgetList(slug);
    return over;
  }

  async add(slug, scan) {
    const sealed = await this.seal(scan.id, scan);
    await this.write("scans", { id: scan.id, slug, waiting: 1, made: scan.at, ...sealed });
  }

  async answered(id, answer) {
    const kept = await done(this.database.transaction("scans").objectStore("scans").get(id));
    if (!kept) return undefined;
    if (kept.foreign) return this.drop(id);
    const scan = await this.open(id, kept);
    const sealed = await this.seal(id, { ...scan, answer });
    return this.write("scans", { ...kept, ...sealed, waiting: 0 });
  }

  async completed(id) {
    const kept = await done(this.database.transaction("scans").objectStore("scans").get(id));
    if (!kept) return;
    const scan = await this.open(id, kept);
    await this.write("scans", { ...kept, ...await this.seal(id, { ...scan, isCompleted: true }) });
  }

  async drop(id) {
    const transaction = this.database.transaction("scans", "readwrite");
    transaction.objectStore("scans").delete(id);
    await finished(transaction);
  }

  allWaiting() {
    const index = this.database.transaction("scans").objectStore("scans").index("waiting");
    return done(index.getAll(IDBKeyRange.bound([1, 0], [1, Infinity])));
  }

  /* The events with scans that are not handed in yet. */
  async waitingSlugs() {
    return [...new Set((await this.allWaiting()).map((one) => one.slug))];
  }

  /* An event's scans that are not handed in yet, the first made first. */
  async waiting(slug, most = 50) {
    const kept = (await this.allWaiting()).filter((one) => one.slug === slug).slice(0, most);
    return Promise.all(kept.map((one) => this.open(one.id, one)));
  }

  countWaiting() {
    const index = this.database.transaction("scans").objectStore("scans").index("waiting");
    return done(index.count(IDBKeyRange.bound([1, 0], [1, Infinity])));
  }

  /* Every scan of one event that this account made here and that is still on the device, the last made first. */
  async scans(slug) {
    const kept = await done(this.database.transaction("scans").objectStore("scans").getAll());
    const own = kept.filter((one) => one.slug === slug && !one.foreign).sort((a, b) => b.made - a.made);
    return Promise.all(own.map(async (one) => ({ ...await this.open(one.id, one), waiting: one.waiting === 1 })));
  }

  /* Sent scans are kept to look at for a while; what waits is never dropped. */
  async prune(slug, most = KEPT_SENT) {
    const kept = await done(this.database.transaction("scans").objectStore("scans").getAll());
    const sent = kept.filter((one) => one.slug === slug && !one.waiting).sort((a, b) => b.made - a.made).slice(most);
    if (!sent.length) return;
    const transaction = this.database.transaction("scans", "readwrite");
    sent.forEach((one) => transaction.objectStore("scans").delete(one.id));
    await finished(transaction);
  }

  /* Everything, the key too: what a copy of the files still holds cannot be read by anybody. */
  async wipe() {
    const transaction = this.database.transaction(["own", "lists", "scans"], "readwrite");
    ["own", "lists", "scans"].forEach((name) => transaction.objectStore(name).clear());
    await finished(transaction);
    this.database.close();
    await done(indexedDB.deleteDatabase(NAME)).catch(() => {});
  }
}
