// Questions that are asked only after a certain answer come and go with it. Without this script all of them are in
// sight, each with a sentence that says when it is asked; the server asks in the same way.

const conditional = [...document.querySelectorAll("[data-asked-if]")];

/** The answers that a question has now; none while it is not asked itself. */
function answersTo(name) {
  const controls = [...document.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  const asked = controls.filter((control) => !control.closest("[data-asked-if][hidden]"));
  return asked.filter((control) => control.checked || control.matches("select")).map((control) => control.value);
}

/** In the order of the form: a question can only hang on one that stands before it. */
function settle() {
  for (const part of conditional) {
    const wanted = part.dataset.askedFor.split(" ");
    part.hidden = !answersTo(part.dataset.askedIf).some((answer) => wanted.includes(answer));
  }
}

if (conditional.length) {
  for (const words of document.querySelectorAll("[data-asked-words]")) words.hidden = true;
  document.addEventListener("change", settle);
  settle();
}
