// Where names and counts stand: each where there is room, the strongest first; what has no room is left out.
const NAME = 12, COUNT = 11, MANY_LINES = 120, fontFamily = getComputedStyle(root).fontFamily;
const pen = make("canvas").getContext("2d"), widths = new Map();

function textWidth(text, size) {
  const key = size + text;
  if (!widths.has(key)) {
    pen.font = `${size}px ${fontFamily}`;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

// Boxes {text, x, y, size, …} inside a map of this size; `at` gives the pixel of a point, `scale` that of a radius,
// `em` the size of letters. In a thicket of lines only the strongest have their number.
function placed(scene, at, { width, height }, scale, em = 1) {
  const boxes = [], cells = new Map(); // what is taken, by cells of 64 pixels
  const near = (l, t, r, b, visit) => {
    for (let x = l >> 6; x <= r >> 6; x++) for (let y = t >> 6; y <= b >> 6; y++) {
      const key = x * 4096 + y;
      if (!cells.has(key)) cells.set(key, []);
      if (visit(cells.get(key))) return true;
    }
  };
  const take = (...box) => near(...box, cell => { cell.push(box); });
  const free = (l, t, r, b) => l > 2 && t > 2 && r < width - 2 && b < height - 2 &&
    !near(l, t, r, b, cell => cell.some(box => box[0] < r && box[2] > l && box[1] < b && box[3] > t));
  const put = (box, spots) => {
    const half = textWidth(box.text, box.size) / 2 + 2, high = box.size * .62;
    for (const spot of spots(half, high)) {
      const sides = [spot[0] - half, spot[1] - high, spot[0] + half, spot[1] + high];
      if (free(...sides)) return take(...sides) || boxes.push({ ...box, x: spot[0], y: spot[1], sides });
    }
  };
  const drawn = scene.nodes.map(node => [node, at(node), node.r * scale]);
  for (const [, { x, y }, r] of drawn) take(x - r, y - r, x + r, y + r);
  for (const [node, { x, y }, r] of drawn)
    put({ text: node.name, size: NAME * em, node, soft: node.at.square }, (w, h) =>
      [[0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [-1, 1], [1, -1], [-1, -1]].map(([i, j]) => [x + i * (j ? w : w + r), y + j * (r + h)]));
  for (const line of scene.lines.slice(0, scene.lines.length > MANY_LINES ? MANY_LINES / 2 : MANY_LINES)) {
    const a = at(nodes[line.a]), b = at(line.to);
    if (line.label && Math.hypot(a.x - b.x, a.y - b.y) > 46 * em)
      put({ text: line.label, size: COUNT * em, line, soft: true }, () => [.5, .4, .6, .3, .7].map(part => [a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part]));
  }
  return boxes;
}
