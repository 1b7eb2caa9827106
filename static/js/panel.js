// The desk's list with the keyboard, and one person beside it. Without this script each name leads to a page.

const list = document.getElementById("registrations");
const panel = document.getElementById("panel");
const narrow = window.matchMedia("(max-width: 47.99rem)");
const links = list ? [...list.querySelectorAll("tbody th a")] : [];
let opened = -1;

/** Shows one person beside the list; on a narrow screen over it, with the list out of reach. */
async function show(at) {
  mark(at);
  panel.setAttribute("aria-busy", "true");
  try {
    await window.htmx.ajax("GET", links[at].href, { target: "#panel", swap: "innerHTML" });
  } finally {
    panel.removeAttribute("aria-busy");
  }
  const title = document.getElementById("panel-title");
  if (!title) {
    location.href = links[at].href; // signed out, or the person is gone: the page itself says so
    return;
  }
  if (!panel.open) {
    if (narrow.matches) panel.showModal();
    else panel.show();
  }
  panel.scrollTop = 0;
  title.focus();
}

function mark(at) {
  links[opened]?.closest("tr").classList.remove("is-open");
  opened = at;
  links[opened]?.closest("tr").classList.add("is-open");
}

/** The panel is gone: back to the row it was opened from. */
function onClosed() {
  const from = links[opened];
  mark(-1);
  panel.replaceChildren();
  from?.focus();
}

function step(by) {
  const from = panel.open ? opened : links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const at = Math.min(Math.max(from + by, 0), links.length - 1);
  if (from < 0 && by < 0) return;
  if (!panel.open) links[at].focus();
  else if (at !== opened) show(at);
  links[at].scrollIntoView({ block: "nearest" });
}

const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function isTyping(element) {
  return element.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");
}

/** Keys act on the list, the panel, or when nothing has the focus; never while somebody types or is asked something. */
function onKey(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("dialog:not(#panel)")) return;
  if (key === "Escape" && panel.open) {
    event.preventDefault();
    panel.close();
    return;
  }
  if (isTyping(target) || !(target === document.body || target.closest("#main"))) return;
  if (key === "/") {
    event.preventDefault();
    if (panel.open) panel.close();
    document.querySelector("[data-search]")?.focus();
  } else if (key in STEPS) {
    // In the panel the arrows scroll its text, as everywhere; the letters go on to the next person.
    const isArrow = key.startsWith("Arrow");
    if (isArrow && (panel.contains(target) || !target.closest("#registrations"))) return;
    event.preventDefault();
    step(STEPS[key]);
  }
}

function onClick(event) {
  const at = links.indexOf(event.target.closest("a"));
  if (at < 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  show(at);
}

if (panel && window.HTMLDialogElement && window.htmx) {
  list.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  panel.addEventListener("close", onClosed);
}
