// What every page with a form may use: dialogs, focus on what is wrong, and htmx with the form token.

/** Turns each disclosure `details[data-dialog]` into a button and a native modal dialog. */
function upgradeDialogs(root) {
  for (const source of root.querySelectorAll("details[data-dialog]")) {
    const id = source.dataset.dialog;
    const summary = source.querySelector("summary");
    const button = document.createElement("button");
    button.type = "button";
    button.className = summary.className;
    button.dataset.opens = id;
    button.setAttribute("aria-haspopup", "dialog");
    button.append(...summary.childNodes);
    const dialog = document.createElement("dialog");
    dialog.id = id;
    dialog.className = "dialog";
    dialog.setAttribute("aria-labelledby", `${id}-title`);
    dialog.append(source.querySelector(".dialog-body"));
    for (const closer of dialog.querySelectorAll("[data-closes]")) closer.hidden = false;
    const wasOpen = source.open;
    source.replaceWith(button, dialog);
    if (wasOpen) open(dialog);
  }
}

/** Opens a dialog with the focus on its first field, else on the answer that changes nothing. */
function open(dialog) {
  dialog.showModal();
  const field = dialog.querySelector("input:not([type=hidden]), select, textarea");
  (field ?? dialog.querySelector("[data-closes]"))?.focus();
}

function onClick(event) {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    open(dialog);
  }
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
}

/** Says something in the region for messages, which screen readers follow. */
function say(sentence, tone) {
  const line = document.createElement("p");
  line.className = `message notice-${tone}`;
  line.textContent = sentence;
  const region = document.getElementById("messages");
  region.replaceChildren(line);
  region.classList.add("is-live");
}

/** Keeps a whole error page out of a fragment's place and shows only its sentence. */
function onBeforeSwap(event) {
  const { xhr, isError } = event.detail;
  if (!isError || !/<html/i.test(xhr.responseText)) return;
  event.detail.shouldSwap = false;
}

function onFailure(event) {
  const text = event.detail.xhr?.responseText ?? "";
  if (text && !/<html/i.test(text) && [409, 422].includes(event.detail.xhr.status)) return;
  const page = new DOMParser().parseFromString(text, "text/html");
  const sentence = page.querySelector("[data-error-sentence]")?.textContent.trim();
  say(sentence || document.body.dataset.failed, "bad");
  // A tick or a choice that was not saved must not stay, or it would look saved and could not be made again.
  const control = event.detail.elt;
  if (control.matches("input[type=checkbox]")) control.checked = !control.checked;
  if (control.matches("select")) for (const option of control.options) option.selected = option.defaultSelected;
}

function addToken(event) {
  const token = document.querySelector("meta[name=csrf-token]");
  if (token) event.detail.headers["X-CSRFToken"] = token.content;
}

upgradeDialogs(document);
document.addEventListener("click", onClick);
document.getElementById("error-summary")?.focus();
document.body.addEventListener("htmx:configRequest", addToken);
document.body.addEventListener("htmx:beforeSwap", onBeforeSwap);
document.body.addEventListener("htmx:responseError", onFailure);
document.body.addEventListener("htmx:sendError", onFailure);
document.body.addEventListener("htmx:load", (event) => upgradeDialogs(event.detail.elt));
