// The entry screen of tests: one key goes on to the next answer, Enter and the arrow keys to the next person.

const cells = (table) => [...table.querySelectorAll("tbody input")];

function below(from, step) {
  const row = from.closest("tr");
  const place = from.closest("td").cellIndex;
  let next = row;
  do {
    next = step > 0 ? next.nextElementSibling : next.previousElementSibling;
  } while (next && !next.cells[place]?.querySelector("input"));
  return next?.cells[place].querySelector("input");
}

function go(to) {
  to?.focus();
  to?.select();
}

document.addEventListener("input", (event) => {
  const from = event.target;
  const table = from.closest("[data-entry]");
  if (!table || !("oneKey" in from.dataset) || from.value === "") return;
  const all = cells(table);
  go(all[all.indexOf(from) + 1]);
});

document.addEventListener("keydown", (event) => {
  const from = event.target.closest("[data-entry] input");
  if (!from || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (event.key === "ArrowUp") go(below(from, -1));
  else if (event.key === "ArrowDown") go(below(from, 1));
  else if (event.key === "Enter") go(from.closest("tr").nextElementSibling?.querySelector("input"));
  else return;
  event.preventDefault();
});
