// The visual editor: the form below it is the truth, and works without this; here its boxes can be seen and dragged.

import { Past } from "./past.js";
import { Preview } from "./preview.js";
import { Stage } from "./stage.js";

const form = document.querySelector("[data-designer]");
const list = form.querySelector("[data-elements]");
const words = JSON.parse(form.dataset.words);
const page = { width: Number(form.dataset.pageWidth), height: Number(form.dataset.pageHeight) };
const frame = document.querySelector("[data-stage]");
const svg = frame.querySelector("svg");
const picture = svg.querySelector("image");
const status = document.querySelector("[data-status]");
const problems = document.querySelector("[data-problems]");
const undo = document.querySelector("[data-undo]");
const redo = document.querySelector("[data-redo]");
const SIDES = ["x", "y", "width", "height"];
let selected = null;
let isChanged = false;

const rows = () => [...list.querySelectorAll(":scope > [data-row]")];
const row = (key) => rows().find((one) => one.dataset.row === key);
const control = (element, name) => element.querySelector(`[data-field="${name}"]`);
const number = (element, name) => Number.parseFloat(control(element, name)?.value.replace(",", "."));
const say = (text) => { status.textContent = text; };

function box(element) {
  const [x, y, width, height] = SIDES.map((name) => number(element, name));
  return { x: x || 0, y: y || 0, width: width || 1, height: height || 1 };
}

function items() {
  return rows().filter((one) => control(one, "x")).map((one) => ({
    key: one.dataset.row, box: box(one), label: one.querySelector("[data-label]").textContent.trim(),
    keeps: one.dataset.keeps === "yes", isFaulty: one.querySelector(".field-error") !== null,
  }));
}

function redraw() {
  stage.show(items(), selected);
  undo.disabled = !past.canUndo;
  redo.disabled = !past.canRedo;
}

/** Open the row of what is selected and close the others. */
function select(key, { opens = true } = {}) {
  selected = key;
  for (const one of rows()) {
    const is = one.dataset.row === key;
    one.classList.toggle("is-selected", is);
    const details = one.querySelector("details");
    if (opens && details.open !== is) details.open = is;
  }
  redraw();
}

function changed() {
  isChanged = true;
  past.note();
  redraw();
  preview.soon();
}

function change(key, { x, y, width, height }) {
  const element = row(key);
  for (const [name, value] of Object.entries({ x, y, width, height })) {
    const input = control(element, name);
    if (input && !input.readOnly) input.value = String(value);
  }
  say(`${x} × ${y} mm, ${width} × ${height} mm`);
  stage.show(items(), selected);
}

function remove(key) {
  const element = row(key);
  const next = element.nextElementSibling ?? element.previousElementSibling;
  element.remove();
  select(next?.dataset.row ?? null);
  changed();
  say(words.removed);
  if (next) svg.querySelector(`[data-key="${CSS.escape(next.dataset.row)}"]`)?.focus();
}

/** A new row from the template of its kind, under a number that no row has. */
function add(kind) {
  const key = String(Math.max(0, ...rows().map((one) => Number(one.dataset.row))) + 1);
  const template = document.querySelector(`template[data-kind="${CSS.escape(kind)}"]`);
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML.replaceAll("__row__", key);
  list.append(holder.content);
  select(key);
  changed();
  say(words.added);
  row(key).querySelector("summary").focus();
}

function shift(element, by) {
  const other = by < 0 ? element.previousElementSibling : element.nextElementSibling;
  if (!other) return;
  if (by < 0) other.before(element);
  else other.after(element);
  changed();
  say(words.moved.replace("{n}", rows().indexOf(element) + 1));
}

/** What a button of the form does here, without asking the server; false when it is one for the server. */
function act(button) {
  const [verb, key] = button.value.split(/-(.*)/s);
  const element = button.closest("[data-row]");
  if (verb === "add") add(key);
  else if (verb === "up" || verb === "down") {
    shift(element, verb === "up" ? -1 : 1);
    button.focus();
  } else if (verb === "remove") remove(element.dataset.row);
  else return false;
  return true;
}

const past = new Past(list, () => {
  if (!row(selected)) selected = null;
  isChanged = true;
  preview.soon();
});
const stage = new Stage(svg, page, { select, change, remove, settle: changed, open: (key) => { select(key); control(row(key), "x")?.closest("details").querySelector("summary").focus(); } });
const preview = new Preview(form, form.dataset.preview, (is) => frame.setAttribute("aria-busy", String(is)), (answer) => {
  if (answer === null) { say(words.unreachable); return; }
  if (answer.image) picture.setAttribute("href", answer.image);
  problems.replaceChildren(...answer.problems.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
  problems.closest("[data-problem-box]").hidden = answer.problems.length === 0;
});

function step(by) {
  if (!past.go(by)) return;
  select(selected);
  say(by < 0 ? words.undone : words.redone);
}

list.addEventListener("input", (event) => {
  if (SIDES.includes(event.target.dataset.field)) redraw();
  isChanged = true;
  preview.soon();
});
list.addEventListener("change", changed);
list.addEventListener("toggle", (event) => {
  const element = event.target.closest("[data-row]");
  if (event.target.open && element && element.dataset.row !== selected) select(element.dataset.row);
}, true);
list.addEventListener("click", (event) => {
  const placeholder = event.target.closest("[data-placeholder]");
  if (!placeholder) return;
  event.preventDefault();
  const area = document.getElementById(placeholder.dataset.placeholder);
  area.setRangeText(placeholder.value, area.selectionStart, area.selectionEnd, "end");
  area.focus();
  changed();
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=action]");
  if (button && act(button)) event.preventDefault();
});
form.addEventListener("change", (event) => { if (!list.contains(event.target)) { isChanged = true; preview.soon(); } });
form.addEventListener("submit", () => { isChanged = false; });
undo.addEventListener("click", () => step(-1));
redo.addEventListener("click", () => step(1));
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, textarea, select");
  if (isTyping || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key === "z" || key === "y") {
    event.preventDefault();
    step(key === "y" || event.shiftKey ? 1 : -1);
  }
});

let zoom = 1;
function setZoom(value) {
  zoom = Math.min(4, Math.max(0.5, value));
  svg.style.width = `${zoom * 100}%`;
  document.querySelector("[data-zoom-now]").textContent = `${Math.round(zoom * 100)} %`;
  redraw();
}
for (const button of document.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => setZoom(button.dataset.zoom === "fit" ? 1 : zoom * Number(button.dataset.zoom)));
}
document.querySelector("[data-wireframe]").addEventListener("change", (event) => svg.classList.toggle("shows-boxes", event.target.checked));

window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
window.addEventListener("resize", redraw);
for (const one of document.querySelectorAll("[data-with-script]")) one.hidden = false;
select(rows().find((one) => one.querySelector("[aria-invalid=true]"))?.dataset.row ?? null, { opens: false });
preview.soon();
