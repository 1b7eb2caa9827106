// On a cell of the attendance grid: P, L, E and A mark present, late, excused and absent, by the key's place on the board.

const states = { KeyP: "present", KeyL: "late", KeyE: "excused", KeyA: "absent" };

// Every press is kept at once: a button that saves would only raise doubts. Where htmx did not come, it stays.
if (window.htmx) for (const row of document.querySelectorAll("[data-without-script]")) row.hidden = true;

document.addEventListener("keydown", (event) => {
  const state = states[event.code];
  const from = event.target.closest("[data-grid] [data-cell]");
  if (!state || !from || event.altKey || event.ctrlKey || event.metaKey) return;
  const list = from.closest("td").querySelector("select");
  if (list.value === state || ![...list.options].some((option) => option.value === state)) return;
  event.preventDefault();
  list.value = state;
  list.dispatchEvent(new Event("change", { bubbles: true }));
});
