// The page true to scale: boxes over the picture that the server drew of it.

import { guides, resized, round, snapMove, snapResize, within } from "./geometry.js";

const SVG = "http://www.w3.org/2000/svg";
const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const REACH = 8; // pixels on the screen within which a line attracts

function make(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

export class Stage {
  /** `svg` holds the picture and the boxes; `on` is told what happens: select, change (while dragging), settle, remove. */
  constructor(svg, page, on) {
    Object.assign(this, { svg, page, on, items: [], selected: null, drag: null });
    this.boxes = svg.querySelector("[data-boxes]");
    this.lines = svg.querySelector("[data-guides]");
    svg.addEventListener("pointerdown", (event) => this.press(event));
    svg.addEventListener("pointermove", (event) => this.move(event));
    svg.addEventListener("pointerup", () => this.release());
    svg.addEventListener("pointercancel", () => this.release());
    svg.addEventListener("keydown", (event) => this.key(event));
    svg.addEventListener("focusin", (event) => {
      const key = event.target.closest("[data-key]")?.dataset.key;
      if (key && key !== this.selected) this.on.select(key);
    });
  }

  /** Millimetres for one pixel on the screen. */
  get scale() { return this.page.width / this.svg.getBoundingClientRect().width; }

  /** Draw the boxes anew; the one that had the focus keeps it. */
  show(items, selected) {
    const focused = this.svg.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.items = items;
    this.selected = selected;
    // What is selected lies on top, so that its handles can be reached.
    const order = [...items].sort((one, other) => (one.key === selected) - (other.key === selected));
    this.boxes.replaceChildren(...order.map((item) => this.draw(item)));
    if (focused) this.boxes.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  draw(item) {
    const { x, y, width, height } = item.box;
    const isSelected = item.key === this.selected;
    const group = make("g", {
      class: `design-box${isSelected ? " is-selected" : ""}${item.isFaulty ? " is-faulty" : ""}`,
      "data-key": item.key, tabindex: 0, role: "button", "aria-pressed": String(isSelected),
      "aria-label": `${item.label}: ${round(x)} × ${round(y)} mm, ${round(width)} × ${round(height)} mm`,
    });
    group.append(make("rect", { x, y, width, height }));
    if (!isSelected || item.isLocked) return group;
    const radius = 5 * this.scale;
    for (const handle of HANDLES) {
      const across = handle.includes("w") ? x : handle.includes("e") ? x + width : x + width / 2;
      const down = handle.includes("n") ? y : handle.includes("s") ? y + height : y + height / 2;
      group.append(make("circle", { cx: across, cy: down, r: radius, "data-handle": handle, class: `handle-${handle}` }));
    }
    return group;
  }

  place(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return { x: point.x, y: point.y };
  }

  press(event) {
    const group = event.target.closest("[data-key]");
    if (!group) {
      this.on.select(null);
      return;
    }
    const { key } = group.dataset;
    const item = this.items.find((one) => one.key === key);
    if (key !== this.selected) this.on.select(key);
    this.boxes.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
    const others = this.items.filter((one) => one.key !== key).map((one) => one.box);
    this.drag = {
      item, from: this.place(event), box: { ...item.box }, handle: event.target.dataset.handle ?? "",
      guides: guides(this.page, others),
    };
    this.svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  move(event) {
    if (!this.drag) return;
    const { item, from, box, handle } = this.drag;
    const at = this.place(event);
    const [dx, dy] = [at.x - from.x, at.y - from.y];
    const reach = event.altKey ? -1 : REACH * this.scale; // with Alt nothing attracts
    const keeps = item.keeps !== event.shiftKey;
    const snapped = handle
      ? snapResize(resized(box, handle, dx, dy, keeps), handle, this.drag.guides, reach, keeps)
      : snapMove({ ...box, x: box.x + dx, y: box.y + dy }, this.drag.guides, reach);
    this.showLines(snapped.lines);
    this.on.change(item.key, within(snapped.box, this.page));
  }

  showLines({ across, down }) {
    const lines = [];
    if (across !== undefined) lines.push(make("line", { x1: across, x2: across, y1: 0, y2: this.page.height }));
    if (down !== undefined) lines.push(make("line", { x1: 0, x2: this.page.width, y1: down, y2: down }));
    this.lines.replaceChildren(...lines);
  }

  release() {
    if (!this.drag) return;
    this.drag = null;
    this.lines.replaceChildren();
    this.on.settle();
  }

  /** Arrows move by 1 mm, with Shift by 0.1 mm; with Ctrl they change the size. Delete removes. */
  key(event) {
    const key = event.target.closest("[data-key]")?.dataset.key;
    const item = this.items.find((one) => one.key === key);
    if (!item) return;
    if (event.key === "Delete") this.on.remove(key);
    else if (event.key === "Enter" || event.key === " ") this.on.open(key);
    else if (event.key in ARROWS && !event.altKey) {
      const [across, down] = ARROWS[event.key].map((step) => step * (event.shiftKey ? 0.1 : 1));
      const { x, y, width, height } = item.box;
      const box = event.ctrlKey || event.metaKey
        ? resized(item.box, across ? "e" : "s", across, down, item.keeps)
        : { x: x + across, y: y + down, width, height };
      this.on.change(key, within(box, this.page));
      this.on.settle();
    } else return;
    event.preventDefault();
  }
}
