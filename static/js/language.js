// On a form that was begun, the language links take along what was typed: the page answers with it in the other language.

const form = document.querySelector("form[data-keeps-typed]");
let isBegun = form?.dataset.keepsTyped === "typed";

function takeAlong(event) {
  if (!isBegun || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const only = document.createElement("input");
  Object.assign(only, { type: "hidden", name: "only", value: "language" });
  form.append(only);
  form.action = event.currentTarget.href;
  form.submit();
}

if (form) {
  form.addEventListener("input", () => { isBegun = true; });
  for (const link of document.querySelectorAll(".languages a")) link.addEventListener("click", takeAlong);
}
