/* The page without a network. `start` gets the parts that the site loads and the single file brings along: how seals are
   read (`credential`), how codes are seen (`scanner`), where keys and lists come from (`source`). */

import { bitOf, judge } from "./judging.js";

const TEXT_AT_MOST = 20000;
const PDF_AT_MOST = 10 * 1024 * 1024;
const MARKS = { good: "m3.5 8.5 3 3 6-7", warn: "M8 2.2 14.5 13.5h-13zM8 6.5v3.2m0 1.7v.1", bad: "m4 4 8 8m0-8-8 8", open: "M3.5 8h9" };
const SIGNS = { holds: "good", fails: "bad", open: "open" };
const CLASSES = { holds: "check-held", fails: "check-failed", open: "check-open" };

export function start(root, { credential, scanner, source, words, language, files, goesOnline }) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const say = (name, filled = {}) => Object.entries(filled).reduce((said, [key, value]) => said.replace(`{${key}}`, value), words[language][name]);
  // A calendar day (2026-11-28) is the same day everywhere; a moment is told by the clock of this device.
  const calendar = (text) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", ...(text.length === 10 && { timeZone: "UTC" }) });
  const day = (text) => (text ? calendar(text).format(new Date(text)) : "");
  let camera;
  let shown;

  async function showKeys() {
    const keys = await source.keys();
    part("keys").textContent = keys.set.keys.length ? say("keys_kept", { day: day(keys.at) }) : say("keys_none");
    return keys;
  }

  async function check(read) {
    const keys = await showKeys();
    if (!keys.set.keys.length) return;
    const found = (await read(keys.set).catch(() => null)) ?? { checks: [{ check: "form", held: false }], facts: null };
    const revoked = found.facts?.status ? await revokedBy(found.facts.status, keys.set) : null;
    show(judge(found, keys, revoked), found.facts);
  }

  async function revokedBy({ statusListCredential: address, statusListIndex }, set) {
    try {
      const known = await source.list(address);
      const list = known && (await credential.verifyStatusList(known.jwt, address, set));
      return list ? { value: await bitOf(list.encodedList, Number(statusListIndex)), at: known.at } : null;
    } catch {
      return null;
    }
  }

  function show(judgement, facts) {
    shown = [judgement, facts];
    part("verdict").className = `verdict verdict-${judgement.tone}`;
    part("mark").replaceChildren(drawing(judgement.tone));
    part("verdict-words").textContent = say(judgement.verdict, { day: day(judgement.at) });
    part("checks").replaceChildren(...judgement.checks.map(line));
    part("facts").replaceChildren(...(facts ? rows(facts) : []));
    part("says").hidden = !facts || judgement.verdict === "verdict_bad";
    part("checks-frame").hidden = !judgement.checks.length;
    const code = goesOnline && facts ? codeOf(facts) : "";
    part("online").hidden = !code;
    if (code) part("online-link").href = `/v/${code}`;
    part("answer").hidden = false;
    part("answer").focus({ preventScroll: false });
  }

  function line([state, name, moment]) {
    const item = element("li", "", CLASSES[state]);
    const text = element("span");
    text.append(element("strong", say(state)), ` ${say(name, { day: day(moment) })}`);
    item.append(drawing(SIGNS[state]), text);
    return item;
  }

  function rows(facts) {
    const [first, last] = [facts.startsOn, facts.endsOn ?? facts.startsOn];
    const dates = first ? calendar(first).formatRange(new Date(first), new Date(last)) : "";
    const code = codeOf(facts);
    return [
      ["name", [...new Set(Object.values(facts.names))]], ["certificate", [words[language][`kind_${facts.kind}`]]],
      ["event", [facts.title]], ["dates", [dates]], ["issued_by", [facts.issuer]], ["issued_on", [day(facts.issuedOn)]],
      ["valid_until", [day(facts.validUntil)]], ["number", [facts.number]], ["code", [code]],
    ].map(([name, told]) => [name, told.filter(Boolean)]).filter(([, told]) => told.length).map(([name, told]) => row(name, told));
  }

  function row(name, told) {
    const frame = element("div", "", "summary-row");
    const value = element("dd");
    value.append(...told.map((text) => element("bdi", String(text), "d-block")));
    frame.append(element("dt", say(name)), value);
    return frame;
  }

  const checkText = (text) => check((set) => {
    const said = text.slice(0, TEXT_AT_MOST).trim();
    return said.startsWith("eyJ") ? credential.verifyJwt(said, set) : credential.verifyCompact(said, set);
  });

  async function checkFile(event) {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) await check(async (set) => {
      const jwt = file.size > PDF_AT_MOST ? null : await credential.credentialInPdf(await file.arrayBuffer());
      return jwt && credential.verifyJwt(jwt, set);
    });
  }

  function trouble(sentence) {
    part("trouble").textContent = sentence;
    part("trouble").hidden = !sentence;
  }

  function stop() {
    camera?.stop();
    part("video").hidden = true;
    part("camera").textContent = say("start");
  }

  async function toggle() {
    if (camera?.isOn) return stop();
    const { Camera } = await scanner();
    if (!Camera.isPossible) return trouble(say("no_camera"));
    camera ??= new Camera(part("video"), files, async (text) => { stop(); await checkText(text); });
    part("video").hidden = false;
    try {
      await camera.start();
      part("camera").textContent = say("stop");
      trouble("");
    } catch (error) {
      stop();
      trouble(say(error?.name === "NotAllowedError" ? "denied" : "no_camera"));
    }
  }

  async function look(event) {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    trouble(say("reading"));
    const { readPicture } = await scanner();
    const text = await readPicture(file, files).catch(() => "");
    trouble(text ? "" : say("no_code"));
    if (text) await checkText(text);
  }

  function speak(code) {
    language = code;
    document.documentElement.lang = code;
    for (const one of document.querySelectorAll("[data-word]")) one.textContent = say(one.dataset.word);
    showKeys();
    if (shown) show(...shown);
  }

  part("camera").addEventListener("click", toggle);
  part("picture").addEventListener("change", look);
  part("pdf").addEventListener("change", checkFile);
  part("text-form").addEventListener("submit", (event) => {
    event.preventDefault();
    checkText(root.querySelector("textarea").value);
  });
  const fromAddress = () => { if (location.hash.length > 40) checkText(location.href); };
  window.addEventListener("hashchange", fromAddress);
  const ready = showKeys().then(fromAddress);
  return { speak, ready, showReady: () => { part("ready").hidden = false; }, hideCamera: () => { part("camera-ways").hidden = true; } };
}

/* The code in the address that a seal tells, for a link of our own making; nothing where it is none. */
function codeOf(facts) {
  return /\/v\/([0-9A-Z]{4}(?:-[0-9A-Z]{4}){4})$/.exec(facts.stateAt ?? "")?.[1] ?? "";
}

function element(tag, text = "", className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function drawing(name) {
  const space = "http://www.w3.org/2000/svg";
  const [frame, path] = ["svg", "path"].map((tag) => document.createElementNS(space, tag));
  frame.setAttribute("viewBox", "0 0 16 16");
  frame.setAttribute("class", "icon");
  frame.setAttribute("aria-hidden", "true");
  path.setAttribute("d", MARKS[name]);
  frame.append(path);
  return frame;
}
