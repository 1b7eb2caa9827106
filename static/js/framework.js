// An indicator offers the filters and breakdowns that its rule knows. Without this script all of them are in sight, and
// what a rule does not know is refused with a sentence; so what holds an answer stays in sight, to be taken out.

const holdsAnswer = (control) => (control.type === "checkbox" ? control.checked : control.value !== "");

/** Whether a part stays: no rule is chosen yet, the rule knows it, or it holds an answer. */
function stays(part, rule) {
  if (!rule || part.dataset.fits.split(" ").includes(rule)) return true;
  const controls = part.matches("input") ? [part] : [...part.querySelectorAll("input, select")];
  return controls.some(holdsAnswer);
}

function settle(card) {
  const rule = card.querySelector(`[name="${CSS.escape(card.dataset.rule)}"]`).value;
  for (const part of card.querySelectorAll("[data-fits]")) {
    (part.matches("input") ? part.closest(".form-check") : part).hidden = !stays(part, rule);
  }
  for (const group of card.querySelectorAll("[data-fitting]")) {
    const parts = [...group.querySelectorAll("[data-fits]")];
    group.hidden = parts.every((part) => (part.matches("input") ? part.closest(".form-check") : part).hidden);
  }
}

/** Folded away, a part says what is ticked in it. */
function tell(card) {
  for (const says of card.querySelectorAll(".fold-says")) {
    const ticked = says.closest("details").querySelectorAll("input:checked");
    says.textContent = [...ticked].map((one) => one.closest(".form-check").textContent.trim()).join(", ");
  }
}

for (const card of document.querySelectorAll("[data-rule]")) {
  card.addEventListener("change", () => {
    settle(card);
    tell(card);
  });
  settle(card);
}
