// Entering a signed sheet: one key a row, in the order of the paper. Without this file the page is a plain form.

const states = { KeyP: "present", KeyL: "late", KeyE: "excused", KeyA: "absent", Space: "present", Delete: "", Backspace: "" };
const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** The list so many rows and columns away; rows without one are passed over. */
function neighbour(from, [down, right]) {
  const cell = from.closest("td");
  let row = cell.parentElement;
  let column = cell.cellIndex + right;
  for (;;) {
    if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
    const found = row?.cells[column]?.querySelector("[data-entry]");
    if (!row || found || !down) return found ?? null;
  }
}

document.addEventListener("keydown", (event) => {
  const from = event.target.closest("[data-sheet] [data-entry]");
  if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
  const state = states[event.code];
  if (moves[event.key]) neighbour(from, moves[event.key])?.focus();
  else if (state !== undefined) {
    if (![...from.options].some((option) => option.value === state)) return;
    from.value = state;
    if (state) neighbour(from, [1, 0])?.focus();
  } else if (event.key === "Enter") from.form.requestSubmit(from.form.querySelector("button.btn-primary"));
  else return;
  event.preventDefault();
});

document.querySelector("[data-sheet] [data-entry]")?.focus({ preventScroll: true });
