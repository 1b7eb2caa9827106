// A long native select becomes a box that filters while one types (the ARIA combobox pattern with a list).
// The select stays in the form and keeps the answer: without this script it is simply used as it is.

const marks = /\p{M}/gu;
const looksLike = { "є": "ө", "ѳ": "ө", "v": "ү", "ї": "ү", "ё": "е" };

/** Folds case, accents and the letters people type in place of Ө and Ү. */
function fold(text) {
  const plain = text.normalize("NFD").replace(marks, "").toLowerCase();
  return [...plain].map((letter) => looksLike[letter] ?? letter).join("");
}

function words(text) {
  return fold(text).split(/\s+/).filter(Boolean);
}

class Combo {
  constructor(select) {
    this.select = select;
    this.options = [...select.options].filter((option) => option.value !== "");
    this.active = -1;
    this.build();
    this.listen();
    this.showChoice();
  }

  build() {
    const { select } = this;
    const id = select.id;
    const box = document.createElement("div");
    box.className = "combo";
    this.input = document.createElement("input");
    this.input.type = "text";
    this.input.id = `${id}-search`;
    this.input.className = select.className.replace("form-select", "form-control form-select");
    this.input.autocomplete = "off";
    this.input.spellcheck = false;
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list` };
    for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
    for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
      if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
    }
    // A hidden select that is required would stop the form without a word.
    if (select.required) this.input.setAttribute("aria-required", "true");
    select.required = false;
    this.input.placeholder = select.options[0]?.value === "" ? select.options[0].text : "";
    this.list = document.createElement("ul");
    this.list.id = `${id}-list`;
    this.list.className = "combo-list";
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    this.none = document.createElement("div");
    this.none.className = "visually-hidden";
    this.none.setAttribute("role", "status");
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
    if (label) {
      label.htmlFor = this.input.id;
      label.id ||= `${id}-label`;
      this.list.setAttribute("aria-labelledby", label.id);
    }
    select.after(box);
    box.append(this.input, this.list, this.none, select);
    select.hidden = true;
    // An error summary leads to the select's id; lead it on to the box people see.
    for (const link of document.querySelectorAll(`a[href="#${CSS.escape(id)}"]`)) link.hash = this.input.id;
  }

  listen() {
    this.input.addEventListener("input", () => this.open(this.input.value));
    this.input.addEventListener("click", () => (this.list.hidden ? this.open("") : this.close()));
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.settle());
    // pointerdown would take the focus from the box before the click arrives.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.choose(this.options[Number(item.dataset.at)]);
    });
    this.select.addEventListener("change", () => this.showChoice());
    this.select.form?.addEventListener("reset", () => setTimeout(() => this.showChoice()));
    window.addEventListener("pageshow", () => this.showChoice());
  }

  matches(typed) {
    const asked = words(typed);
    const found = this.options.map((option, at) => ({ option, at, folded: fold(`${option.text} ${option.dataset.also ?? ""}`) }));
    return found.filter(({ folded }) => asked.every((word) => folded.includes(word)));
  }

  open(typed) {
    const found = this.matches(typed);
    const items = found.map(({ option, at }) => {
      const item = document.createElement("li");
      item.id = `${this.select.id}-option-${at}`;
      item.dataset.at = at;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(option.selected));
      item.textContent = option.text;
      if (option.lang) item.lang = option.lang;
      return item;
    });
    this.list.replaceChildren(...items);
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    this.none.textContent = this.counted(items.length);
    this.move(typed && items.length ? 0 : items.findIndex((item) => item.getAttribute("aria-selected") === "true"));
  }

  counted(count) {
    const { none, some } = this.select.dataset;
    return count ? (some ?? "{n}").replace("{n}", count) : (none ?? "0");
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.none.textContent = "";
  }

  move(to) {
    const items = [...this.list.children];
    items[this.active]?.classList.remove("is-active");
    this.active = to;
    const item = items[to];
    if (!item) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    item.classList.add("is-active");
    item.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", item.id);
  }

  onKey(event) {
    const shown = !this.list.hidden;
    const last = this.list.children.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!shown) this.open("");
      else if (event.key === "ArrowDown") this.move(this.active < last ? this.active + 1 : 0);
      else this.move(this.active > 0 ? this.active - 1 : last);
    } else if (event.key === "Enter" && shown && this.active >= 0) {
      event.preventDefault();
      this.choose(this.options[Number(this.list.children[this.active].dataset.at)]);
    } else if (event.key === "Escape" && (shown || this.input.value)) {
      event.preventDefault();
      if (shown || this.input.value !== this.chosenText()) this.showChoice();
      else this.choose(null);
    }
  }

  choose(option) {
    this.select.value = option ? option.value : "";
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Leaving the box: an emptied box empties the answer, one single match is taken, anything else goes back. */
  settle() {
    const typed = this.input.value.trim();
    const found = typed ? this.matches(typed) : [];
    const exact = found.find(({ option }) => fold(option.text) === fold(typed));
    if (!typed && this.select.value) this.choose(null);
    else if (exact || found.length === 1) this.choose((exact ?? found[0]).option);
    else this.showChoice();
  }

  chosenText() {
    const chosen = this.select.selectedOptions[0];
    return chosen && chosen.value !== "" ? chosen.text : "";
  }

  showChoice() {
    this.input.value = this.chosenText();
    this.close();
  }
}

for (const select of document.querySelectorAll("select[data-combo]:not([multiple])")) new Combo(select);
