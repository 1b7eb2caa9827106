// Ticking many rows: a box that ticks them all, Shift for a range, and "N selected" on the bar below.

function enhance(form) {
  const boxes = [...form.querySelectorAll("tbody .tick input[type=checkbox]")];
  const all = form.querySelector("[data-select-all]");
  const bar = form.querySelector(".bulk-bar");
  const count = form.querySelector("[data-selected-count]");
  const atRest = count?.textContent;
  let last = null;

  function update() {
    const ticked = boxes.filter((box) => box.checked).length;
    if (all) {
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    bar?.classList.toggle("is-active", ticked > 0);
    if (count) count.textContent = ticked ? count.dataset.words.replace("{n}", ticked) : atRest;
  }

  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      update();
    });
  }
  form.addEventListener("click", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0) return;
    if (event.shiftKey && last !== null) {
      const [from, to] = [Math.min(at, last), Math.max(at, last)];
      for (const box of boxes.slice(from, to + 1)) box.checked = event.target.checked;
    }
    last = at;
    update();
  });
  // A browser that goes back restores ticks after the page has loaded.
  window.addEventListener("pageshow", update);
  update();
}

document.querySelectorAll("form[data-bulk]").forEach(enhance);
