// Boxes in millimetres: moving, resizing and snapping, without a page.

export const SMALLEST = 1;

export const round = (value) => Math.round(value * 10) / 10;

/** The lines that boxes snap to: edges, margins and middle of the page, edges and middles of the other boxes. */
export function guides(page, others, margin = 10) {
  const across = [0, margin, page.width / 2, page.width - margin, page.width];
  const down = [0, margin, page.height / 2, page.height - margin, page.height];
  for (const box of others) {
    across.push(box.x, box.x + box.width / 2, box.x + box.width);
    down.push(box.y, box.y + box.height / 2, box.y + box.height);
  }
  return { across, down };
}

/** How far the nearest of `lines` is from one of `places`, and which line it is; null when none is near. */
function nearest(places, lines, reach) {
  let best = null;
  for (const place of places) {
    for (const line of lines) {
      const off = line - place;
      if (Math.abs(off) <= reach && (best === null || Math.abs(off) < Math.abs(best.off))) best = { off, line };
    }
  }
  return best;
}

/** The box moved onto near lines, with the lines it came to lie on. */
export function snapMove(box, { across, down }, reach) {
  const x = nearest([box.x, box.x + box.width / 2, box.x + box.width], across, reach);
  const y = nearest([box.y, box.y + box.height / 2, box.y + box.height], down, reach);
  return {
    box: { ...box, x: box.x + (x?.off ?? 0), y: box.y + (y?.off ?? 0) },
    lines: { across: x?.line, down: y?.line },
  };
}

/** The box with one corner or edge ("nw", "e", ...) dragged by so much; `keeps` holds the sides' proportion. */
export function resized(box, handle, dx, dy, keeps) {
  let { x, y, width, height } = box;
  if (handle.includes("e")) width = Math.max(SMALLEST, box.width + dx);
  if (handle.includes("s")) height = Math.max(SMALLEST, box.height + dy);
  if (handle.includes("w")) width = Math.max(SMALLEST, box.width - dx);
  if (handle.includes("n")) height = Math.max(SMALLEST, box.height - dy);
  if (keeps) {
    const ratio = box.width / box.height;
    if (handle === "n" || handle === "s") width = height * ratio;
    else height = width / ratio;
  }
  if (handle.includes("w")) x = box.x + box.width - width;
  if (handle.includes("n")) y = box.y + box.height - height;
  return { x, y, width, height };
}

/** The resized box with its dragged edges on near lines. */
export function snapResize(box, handle, { across, down }, reach, keeps) {
  const side = handle.includes("e") ? box.x + box.width : handle.includes("w") ? box.x : null;
  const end = handle.includes("s") ? box.y + box.height : handle.includes("n") ? box.y : null;
  const x = side === null ? null : nearest([side], across, reach);
  const y = end === null || keeps ? null : nearest([end], down, reach);
  return { box: resized(box, handle, x?.off ?? 0, y?.off ?? 0, keeps), lines: { across: x?.line, down: y?.line } };
}

/** The box held within the page. */
export function within(box, page) {
  const width = Math.min(box.width, page.width);
  const height = Math.min(box.height, page.height);
  return {
    x: round(Math.min(Math.max(0, box.x), page.width - width)),
    y: round(Math.min(Math.max(0, box.y), page.height - height)),
    width: round(width),
    height: round(height),
  };
}
