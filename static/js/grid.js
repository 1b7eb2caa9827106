// Arrow keys between the controls of a grid; Tab still works and nothing else changes.

const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** The control in that cell of the table, unless it is disabled or there is none. */
function control(table, row, col) {
  return table.rows[row]?.cells[col]?.querySelector("[data-cell]:not(:disabled)");
}

/** The nearest control in the direction of the key, passing over gaps. */
function neighbour(table, from, [down, right]) {
  const columns = table.rows[0].cells.length;
  let row = from.parentElement.rowIndex;
  let col = from.cellIndex;
  for (;;) {
    row += down;
    col += right;
    if (row < 0 || col < 0 || row >= table.rows.length || col >= columns) return null;
    const found = control(table, row, col);
    if (found) return found;
  }
}

function edge(from, key) {
  const row = [...from.parentElement.querySelectorAll("[data-cell]:not(:disabled)")];
  return key === "Home" ? row.at(0) : row.at(-1);
}

document.addEventListener("keydown", (event) => {
  const from = event.target.closest("[data-grid] [data-cell]");
  if (!from || event.altKey || event.ctrlKey || event.metaKey || from.matches("select, input[type=text]")) return;
  const cell = from.closest("td, th");
  let to = null;
  if (moves[event.key]) to = neighbour(from.closest("table"), cell, moves[event.key]);
  else if (event.key === "Home" || event.key === "End") to = edge(cell, event.key);
  else return;
  event.preventDefault();
  to?.focus();
});
