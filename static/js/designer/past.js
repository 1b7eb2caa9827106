// Undo and redo: each step is a copy of the list of elements as it stood, with everything typed.

/** Write what controls hold now into their attributes, so that a copy of the list holds it too. */
function settle(list) {
  for (const control of list.querySelectorAll("input, textarea, select")) {
    if (control.type === "checkbox" || control.type === "radio") control.toggleAttribute("checked", control.checked);
    else if (control.tagName === "TEXTAREA") control.defaultValue = control.value;
    else if (control.tagName === "SELECT") {
      for (const option of control.options) option.toggleAttribute("selected", option.selected);
    } else control.setAttribute("value", control.value);
  }
}

/** What somebody would call the same state: names and values, in their order. */
function told(list) {
  return [...list.querySelectorAll("input, textarea, select")]
    .map((control) => `${control.name}=${control.type === "checkbox" ? control.checked : control.value}`)
    .join("\n");
}

const MOST = 100;

export class Past {
  constructor(list, changed) {
    this.list = list;
    this.changed = changed;
    this.steps = [this.copy()];
    this.at = 0;
  }

  copy() {
    settle(this.list);
    return { told: told(this.list), nodes: [...this.list.children].map((child) => child.cloneNode(true)) };
  }

  /** Remember how it stands now, unless nothing is different; says whether anything was. */
  note() {
    const step = this.copy();
    if (step.told === this.steps[this.at].told) return false;
    this.steps.splice(this.at + 1, Infinity, step);
    if (this.steps.length > MOST) this.steps.shift();
    this.at = this.steps.length - 1;
    return true;
  }

  /** One step back (-1) or forward (1); says whether there was one. */
  go(by) {
    this.note();
    const step = this.steps[this.at + by];
    if (step === undefined) return false;
    this.at += by;
    this.list.replaceChildren(...step.nodes.map((node) => node.cloneNode(true)));
    this.changed();
    return true;
  }

  get canUndo() { return this.at > 0; }
  get canRedo() { return this.at < this.steps.length - 1; }
}
