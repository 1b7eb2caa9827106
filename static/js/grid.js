// Arrow keys between the controls of a grid; Tab still works and nothing else changes.

const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function cell(grid, row, col) {
  return grid.querySelector(`[data-row="${row}"][data-col="${col}"]:not(:disabled)`);
}

/** The nearest control in the direction of the key, passing over gaps. */
function neighbour(grid, from, [down, right]) {
  let row = Number(from.dataset.row);
  let col = Number(from.dataset.col);
  const all = [...grid.querySelectorAll("[data-row][data-col]")];
  const lastRow = Math.max(...all.map((item) => Number(item.dataset.row)));
  const lastCol = Math.max(...all.map((item) => Number(item.dataset.col)));
  for (;;) {
    row += down;
    col += right;
    if (row < 0 || col < 0 || row > lastRow || col > lastCol) return null;
    const found = cell(grid, row, col);
    if (found) return found;
  }
}

function edge(grid, from, key) {
  const row = [...grid.querySelectorAll(`[data-row="${from.dataset.row}"]:not(:disabled)`)];
  return key === "Home" ? row.at(0) : row.at(-1);
}

document.addEventListener("keydown", (event) => {
  const from = event.target.closest("[data-grid] [data-row][data-col]");
  if (!from || event.altKey || event.ctrlKey || event.metaKey || from.matches("select, input[type=text]")) return;
  const grid = from.closest("[data-grid]");
  let to = null;
  if (moves[event.key]) to = neighbour(grid, from, moves[event.key]);
  else if (event.key === "Home" || event.key === "End") to = edge(grid, from, event.key);
  else return;
  event.preventDefault();
  to?.focus();
});
