/* The page at the door: what it shows and what is pressed on it. No rule and no network here. */

const TONES = { in: "good", let_in: "good", already_in: "warn", kept: "warn" };
const SIGNS = { good: "✓", warn: "!", bad: "✕" };

const part = (tag, text, className) => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (className) element.className = className;
  return element;
};

export class View {
  constructor(page, words) {
    Object.assign(this, { page, words, shown: null });
    this.parts = Object.fromEntries([...page.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]));
    this.video = page.querySelector("video");
    this.bind();
  }

  fill(name, values = {}) {
    return Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), this.words[name] ?? "");
  }

  bind() {
    const { page } = this;
    const on = (selector, kind, act) => page.querySelector(selector).addEventListener(kind, act);
    on("[data-form=code]", "submit", (event) => {
      event.preventDefault();
      const { code } = event.target.elements;
      if (code.value.trim()) this.onCode(code.value.trim());
      code.value = "";
      code.focus();
    });
    on("[data-form=name]", "submit", (event) => { event.preventDefault(); this.search(event.target.elements.name.value); });
    on("[data-form=name] input", "input", (event) => this.search(event.target.value));
    on("[data-form=walk-in]", "submit", (event) => this.walkIn(event));
    on("[data-part=session]", "change", (event) => this.onSession(event.target.value ? Number(event.target.value) : null));
    on("[data-press=camera]", "click", () => this.camera());
    on("[data-press=sign-out]", "click", () => this.onSignOut());
    const sound = page.querySelector("[data-press=sound]");
    sound.checked = localStorage.getItem("trainreg-sound") === "yes";
    sound.addEventListener("change", () => localStorage.setItem("trainreg-sound", sound.checked ? "yes" : "no"));
    page.querySelectorAll("[data-tab]").forEach((tab) => tab.addEventListener("click", () => this.tab(tab.dataset.tab)));
    this.tab("scan");
  }

  tab(wanted) {
    this.page.querySelectorAll("[data-tab]").forEach((tab) => tab.setAttribute("aria-pressed", String(tab.dataset.tab === wanted)));
    this.page.querySelectorAll("[data-panel]").forEach((panel) => { panel.hidden = panel.dataset.panel !== wanted; });
    if (wanted !== "scan" && this.isFilming) this.cameraOff();
    this.page.querySelector(`[data-panel="${wanted}"] input:not([type=hidden])`)?.focus({ preventScroll: true });
  }

  async camera() {
    if (this.isFilming) return this.cameraOff();
    try {
      this.video.hidden = false;
      await this.onCamera(true);
      this.isFilming = true;
      this.label("camera", this.words.camera_stop);
      this.trouble("");
    } catch (error) {
      this.video.hidden = true;
      this.trouble(error?.name === "NotAllowedError" ? this.words.camera_denied : this.words.camera_none);
    }
    return undefined;
  }

  cameraOff() {
    this.onCamera(false);
    this.isFilming = false;
    this.video.hidden = true;
    this.label("camera", this.words.camera_start);
  }

  label(press, text) {
    this.page.querySelector(`[data-press=${press}]`).textContent = text;
  }

  trouble(text) {
    this.parts.trouble.textContent = text;
    this.parts.trouble.hidden = !text;
  }

  /* Nothing of this page is left but a sentence: no name, no form. */
  close(text) {
    if (this.isFilming) this.cameraOff();
    this.trouble(text);
    this.page.replaceChildren(this.page.querySelector("h1"), this.parts.trouble);
  }

  note(name, text) {
    this.parts[name].textContent = text;
    this.parts[name].hidden = !text;
  }

  /* Whether there is a network, how old the list is, and how many scans wait: always in sight. */
  status({ state, list, waiting }) {
    const isOnline = state === "online";
    this.parts.online.textContent = this.words[`state_${state}`] ?? this.words.state_offline;
    this.parts.online.dataset.tone = isOnline ? "good" : state === "unknown" ? "" : "warn";
    this.parts.age.textContent = list ? this.ageOf(Date.now() - list.at) : this.words.no_list;
    this.waits(waiting);
    this.parts["sign-in"].hidden = state !== "signed_out";
    this.page.dataset.state = state;
  }

  waits(count) {
    this.parts.waiting.textContent = count ? this.fill("waiting", { n: count }) : this.words.none_waiting;
    this.parts.waiting.dataset.tone = count ? "warn" : "good";
    this.page.dataset.waiting = count;
  }

  /* One more is kept on the device: told before its answer, so that "All sent" never stands beside a scan that waits. */
  oneMoreWaits() {
    this.waits(Number(this.page.dataset.waiting ?? 0) + 1);
  }

  ageOf(milliseconds) {
    const minutes = Math.floor(milliseconds / 60_000);
    if (minutes < 1) return this.words.list_now;
    return minutes < 120 ? this.fill("list_minutes", { n: minutes }) : this.fill("list_hours", { n: Math.floor(minutes / 60) });
  }

  clock(moment, timeZone) {
    return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(moment);
  }

  sessions(near, wished) {
    const label = (one) => `${this.clock(one.starts, one.zone)}–${this.clock(one.ends, one.zone)}${one.title ? ` ${one.title}` : ""}`;
    const options = [["", this.words.session_auto], ...near.map((one) => [one.id, label(one)])];
    const key = JSON.stringify(options);
    if (key === this.sessionsKey) return;
    this.sessionsKey = key;
    this.parts.session.replaceChildren(...options.map(([value, text]) => Object.assign(part("option", text), { value })));
    this.parts.session.value = wished ?? "";
  }

  presence(list, here, session) {
    const expected = list.people.filter((one) => one.s === "confirmed" || (session && here.has(`${one.r}/${session.id}`)));
    const isIn = (one) => Boolean(session) && here.has(`${one.r}/${session.id}`);
    const [inside, missing] = [expected.filter(isIn), expected.filter((one) => !isIn(one))];
    this.parts.counts.textContent = session ? this.fill("counts", { in: inside.length, missing: missing.length }) : this.words.no_session;
    this.parts["in-list"].replaceChildren(...(session ? inside : []).map((one) => this.row(one, this.clock(here.get(`${one.r}/${session.id}`), session.zone))));
    this.parts["missing-list"].replaceChildren(...(session ? missing : []).map((one) => this.row(one)));
  }

  row(person, note) {
    const row = part("li");
    const name = part("span", person.n ?? person.r, "door-name");
    name.append(part("span", person.a, "sub"));
    row.append(name);
    if (note) row.append(part("span", note, "number"));
    return row;
  }

  search(typed) {
    const people = this.find(typed);
    const rows = people.map((person) => {
      const row = this.row(person);
      if (person.s !== "confirmed") row.firstChild.append(part("span", this.words[`status_${person.s}`], "sub door-standing"));
      const press = Object.assign(part("button", this.isIn(person) ? this.words.is_in : this.words.check_in, "btn btn-secondary btn-sm"), { type: "button" });
      press.setAttribute("aria-label", `${press.textContent}: ${person.n ?? person.r}`);
      press.addEventListener("click", () => this.onPerson(person));
      row.append(press);
      return row;
    });
    if (!rows.length && typed.trim()) rows.push(part("li", this.words.nobody, "quiet"));
    this.parts.found.replaceChildren(...rows);
  }

  walkIn(event) {
    event.preventDefault();
    const { elements } = event.target;
    const missing = ["given_name", "agency"].filter((name) => !elements[name].value.trim());
    if (!elements.consent.checked) missing.push("consent");
    ["given_name", "agency", "consent"].forEach((name) => elements[name].setAttribute("aria-invalid", String(missing.includes(name))));
    const problem = event.target.querySelector("[data-part=problem]");
    problem.hidden = !missing.length;
    if (missing.length) { elements[missing[0]].focus(); return; }
    this.onWalkIn({
      given_name: elements.given_name.value.trim(), family_name: elements.family_name.value.trim(),
      agency: elements.agency.value, sex: elements.sex.value, age_band: elements.age_band?.value ?? "", consent: true,
    }, this.completing);
    this.completing = "";
    event.target.reset();
  }

  /* People new at the door whom the server could not register. */
  toComplete(scans) {
    this.parts["complete-list"].replaceChildren(...scans.map((one) => {
      const row = this.row({ n: one.verdict.name, a: this.words.said_incomplete });
      const press = Object.assign(part("button", this.words.complete, "btn btn-secondary btn-sm"), { type: "button" });
      press.setAttribute("aria-label", `${press.textContent}: ${one.verdict.name}`);
      press.addEventListener("click", () => this.refill(one));
      row.append(press);
      return row;
    }));
    this.parts["complete-frame"].hidden = !scans.length;
  }

  refill({ id, person }) {
    const { elements } = this.page.querySelector("[data-form=walk-in]");
    for (const name of ["family_name", "given_name", "agency", "sex"]) elements[name].value = person[name] ?? "";
    if (elements.age_band) elements.age_band.value = person.age_band || "not_stated";
    elements.consent.checked = person.consent === true;
    this.completing = id;
    this.tab("new");
    elements.given_name.focus();
  }

  lost(text) {
    this.shown = null;
    this.parts.answer.replaceChildren();
    this.trouble(text);
    this.isLost = true;
    this.signal("bad");
  }

  /* The answer to a scan: a colour, a sign, a word and a sentence, and the person. */
  answer(said, scan) {
    this.shown = { id: said.id, scan };
    if (this.isLost) this.trouble("");
    this.isLost = false;
    this.draw(said, this.sentence(said));
    this.signal(TONES[said.code] ?? "bad");
  }

  /* The server knows more than the device, such as that another device was quicker. */
  correct(said) {
    if (said.code === "incomplete") this.signal("bad");
    if (this.shown?.id === said.id) this.draw(said, said.words ?? this.sentence(said));
  }

  sentence(said) {
    if (said.words === "walk_in") return this.words.walk_in_kept;
    if (said.code === "already_in" && said.since) return this.fill("already_at", { time: this.clock(said.since, said.zone) });
    return this.words[`said_${said.code}`];
  }

  draw(said, sentence) {
    const tone = said.tone ?? TONES[said.code] ?? "bad";
    const box = part("div", "", `door-answer door-${tone}`);
    box.dataset.code = said.code;
    const sign = part("p", SIGNS[tone], "door-sign");
    sign.setAttribute("aria-hidden", "true");
    const text = part("div");
    text.append(part("p", this.words[`title_${said.code}`], "door-title"));
    if (said.name) text.append(part("p", said.name, "door-person"));
    if (said.agency) text.append(part("p", said.agency));
    text.append(part("p", sentence));
    if (tone === "bad" && said.code !== "incomplete") text.append(this.letInForm());
    box.append(sign, text);
    this.parts.answer.replaceChildren(box);
    box.scrollIntoView({ block: "nearest" });
  }

  letInForm() {
    const { scan } = this.shown;
    const form = this.page.querySelector("[data-template=let-in]").content.firstElementChild.cloneNode(true);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const reason = form.elements.reason.value.trim();
      if (reason) this.onLetIn(scan, reason);
      else form.elements.reason.focus();
    });
    return form;
  }

  signal(tone) {
    navigator.vibrate?.(tone === "good" ? 60 : [120, 80, 120]);
    if (!this.page.querySelector("[data-press=sound]").checked) return;
    this.audio ??= new AudioContext();
    const tones = { good: [880], warn: [660, 660], bad: [220, 220, 220] }[tone];
    tones.forEach((pitch, place) => {
      const sound = this.audio.createOscillator();
      sound.frequency.value = pitch;
      sound.connect(this.audio.destination);
      sound.start(this.audio.currentTime + place * 0.18);
      sound.stop(this.audio.currentTime + place * 0.18 + 0.12);
    });
  }

  recent(scans, timeZone) {
    const rows = scans.map((one) => {
      const said = one.answer ?? one.verdict;
      const row = part("li");
      const name = part("span", said.name ?? one.verdict.name ?? said.reference ?? "–", "door-name");
      name.append(part("span", `${this.clock(one.verdict.at, timeZone)} · ${this.words[`title_${said.code}`]}`, "sub"));
      row.append(name, part("span", one.waiting ? this.words.scan_waits : this.words.scan_sent, "quiet"));
      return row;
    });
    this.parts.recent.replaceChildren(...rows);
    this.parts["recent-frame"].hidden = !rows.length;
  }
}
