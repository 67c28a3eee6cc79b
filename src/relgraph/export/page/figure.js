// The picture to take away: an SVG with text as text, on white paper whatever the reader's colours.
const WIDE = 1600, HIGH = 900, INK = "#1c2127", SOFT = "#545d68";

function figure(marking = page.marking) {
  const band = marking ? 34 : 0, top = band + 74, map = { width: WIDE, height: 640 };
  const text = (x, y, words, more) => svg("text", { x, y, fill: INK, "font-size": 15, ...more }, words);
  const bands = marking ? [0, HIGH - band].flatMap(y => [svg("rect", { y, width: WIDE, height: band, fill: "#0b3d2e" }),
    text(WIDE / 2, y + 23, marking, { fill: "#fff", "font-weight": 700, "text-anchor": "middle" })]) : [];
  const filters = Object.entries(relgraph.state()).filter(([key]) => !["view", "all"].includes(key)).map(([key, value]) => `${key}: ${[value].flat().join(", ")}`);
  const facts = [page.asOf && "As of " + page.asOf, $("status").dataset.words, ...filters].filter(Boolean).join(" · ");
  const notes = [page.policy.text, "Sources: " + sources.map(source => source.name).join("; "), all("footer .small")[0].textContent];
  const inner = svg("svg", { y: top, ...map }, ...mapped(map)), below = top + map.height + 30;
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH, "font-family": fontFamily },
    svg("title", {}, page.title), svg("rect", { width: WIDE, height: HIGH, fill: "#fff" }), inner,
    text(24, band + 34, page.title, { "font-size": 25, "font-weight": 700 }), text(24, band + 60, cut(facts, 15), { fill: SOFT }), ...legend(below, text),
    ...notes.map((words, n) => text(24, below + 28 + n * 21, cut(words, 13), { "font-size": 13, fill: SOFT })), ...bands);
}

function mapped(map) {
  const { position, scale } = fitted(scene, map.width, map.height) ?? { position: { x: 0, y: 0 }, scale: 1 };
  const left = map.width / 2 - position.x * scale, top = map.height / 2 - position.y * scale, chosen = selected();
  const at = ({ x, y }) => ({ x: Math.round(left + x * scale), y: Math.round(top + y * scale) });
  const shapes = page.coast ? [svg("path", { d: page.coast, transform: `translate(${left} ${top}) scale(${scale})`, fill: "#edf0f3", stroke: "#cdd4db", "stroke-width": 0.8 / scale })] : [];
  for (const line of scene.lines) {
    const from = at(nodes[line.a]), to = at(line.to);
    shapes.push(svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: line.colour, "stroke-width": line.width, "stroke-dasharray": line.dash, opacity: opacity(line, chosen) }));
  }
  for (const node of scene.nodes) {
    const { x, y } = at(node), r = node.r, look = { stroke: "#fff", fill: node.at.square ? node.at.label.colour : INK };
    shapes.push(node.at.square ? svg("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r, ...look }) : svg("circle", { cx: x, cy: y, r, ...look }));
  }
  for (const { x, y, text, size, soft } of placed(scene, at, map, 1))
    shapes.push(svg("text", { x, y: y + size / 3, fill: soft ? SOFT : INK, "font-size": size, "text-anchor": "middle", stroke: "#fff", "stroke-width": 3, "paint-order": "stroke" }, text));
  return shapes;
}

function legend(y, text) {
  let x = 24;
  const looks = [...state.compare ? Object.values(CHANGES) : new Set(scene.lines.flatMap(line => line.drawn.map(([engagement]) => engagement.label))), MIXED];
  return looks.flatMap(({ plural, colour, dash }) => {
    const sample = svg("line", { x1: x, x2: x + 40, y1: y - 5, y2: y - 5, stroke: colour, "stroke-width": 3, "stroke-dasharray": dash }), name = text(x + 48, y, plural);
    x += 76 + textWidth(plural, 15);
    return [sample, name];
  });
}

function cut(words, size) {
  let kept = words;
  while (textWidth(kept, size) > WIDE - 60) kept = kept.slice(0, kept.length * 0.97 - 1) + "…";
  return kept;
}
