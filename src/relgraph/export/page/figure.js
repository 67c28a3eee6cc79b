// The picture to take away: an SVG with text as text, on white paper whatever the reader's colours.
const WIDE = 1600, HIGH = 900, INK = "#1c2127", SOFT = "#545d68", RING = { stroke: SOFT, fill: "#fff", "stroke-width": 2 };

function figure(marking = page.marking) {
  const band = marking ? 34 : 0, top = band + 74;
  const text = (x, y, words, more) => svg("text", { x, y, fill: INK, "font-size": 15, ...more }, words);
  const bands = marking ? [0, HIGH - band].flatMap(y => [svg("rect", { y, width: WIDE, height: band, fill: css("--mark") }),
    text(WIDE / 2, y + 23, marking, { fill: css("--on-mark"), "font-weight": 700, "text-anchor": "middle" })]) : [];
  const notes = [...broken(page.policy.text, 3), ...broken("Sources: " + sources.map(source => source.name).join("; "), 3), all("footer .small")[0].textContent];
  const key = legend(), end = HIGH - band - 6 - notes.length * 20, map = { width: WIDE, height: end - top - 24 - key.length * 22 };
  const inner = svg("svg", { y: top, ...map }, ...mapped(map));
  return svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH, "font-family": fontFamily },
    svg("title", {}, page.title), svg("rect", { width: WIDE, height: HIGH, fill: "#fff" }), inner,
    text(24, band + 34, page.title, { "font-size": 25, "font-weight": 700 }), text(24, band + 60, cut(facts(), 15), { fill: SOFT }),
    ...key.flatMap((row, n) => row.flatMap(({ look, x }) => [sample(look, x, top + map.height + 21 + n * 22), text(x + 40, top + map.height + 26 + n * 22, look.plural)])),
    ...notes.map((words, n) => text(24, end + n * 20, cut(words, 13), { "font-size": 13, fill: SOFT })), ...bands);
}

// What a slide or a print says of the state: as of when, how many of how many, under which filters.
function facts() {
  const status = $("status");
  return joined([all("header p")[0].textContent.split(" · data")[0], status.dataset.words, status.lastChild.textContent, ...filters(),
    !$("limit").hidden && $("limit").firstChild.textContent.slice(0, -1)]);
}

// What the controls say, in words.
function filters() {
  const word = { focus: id => called(id)?.label, source: id => sources.find(source => source.id === id)?.name };
  const { view, all, open, since, until, day, compare, ...said } = state; // the header has the time
  return Object.entries(said).map(([key, value]) => `${key}: ${[value].flat().map(one => word[key]?.(one) ?? one).join(", ")}`);
}

function mapped(map) {
  const { position, scale } = fitted(scene, map.width, map.height) ?? { position: { x: 0, y: 0 }, scale: 1 };
  const left = map.width / 2 - position.x * scale, top = map.height / 2 - position.y * scale, chosen = selected();
  const at = ({ x, y }) => ({ x: Math.round(left + x * scale), y: Math.round(top + y * scale) });
  const shapes = page.coast ? [svg("path", { d: page.coast, transform: `translate(${left} ${top}) scale(${scale})`, fill: "#edf0f3", stroke: "#cdd4db", "stroke-width": .8 / scale })] : [];
  for (const line of scene.lines) {
    const from = at(nodes[line.a]), to = at(line.to);
    shapes.push(svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: line.colour, "stroke-width": line.width, "stroke-dasharray": line.dash, opacity: opacity(line, scene, chosen) }));
  }
  for (const node of scene.nodes) {
    const { x, y } = at(node), r = node.r, look = node.at.square ? { stroke: "#fff", fill: tint(node.at) } : node.at.kind ? RING : { stroke: "#fff", fill: INK };
    shapes.push(node.at.square ? svg("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r, ...look }) : svg("circle", { cx: x, cy: y, r, ...look }));
  }
  for (const { x, y, text, size, soft } of placed(scene, at, map, 1))
    shapes.push(svg("text", { x, y: y + size / 3, fill: soft ? SOFT : INK, "font-size": size, "text-anchor": "middle", stroke: "#fff", "stroke-width": 3, "paint-order": "stroke" }, text));
  return shapes;
}

// What the legend tells, in rows that are not too long.
function legend() {
  const met = new Set(scene.lines.flatMap(line => line.drawn.map(([e]) => e.label))), rows = [[]];
  let x = 24;
  for (const look of [...state.compare ? [] : record.labels.filter(label => met.has(label)), ...alsoDrawn(scene)]) {
    const wide = 52 + textWidth(look.plural, 15);
    if (x + wide > WIDE - 12) { rows.push([]); x = 24; }
    rows.at(-1).push({ look, x });
    x += wide;
  }
  return rows;
}

// Words on at most so many lines.
function broken(words, most) {
  let kept = words;
  while (most > 1 && kept.includes(" ") && textWidth(kept, 13) > WIDE - 60) kept = kept.slice(0, kept.lastIndexOf(" "));
  return kept === words ? [words] : [kept, ...broken(words.slice(kept.length + 1), most - 1)];
}

function cut(words, size) {
  let kept = words;
  while (textWidth(kept, size) > WIDE - 60) kept = kept.slice(0, kept.length * .97 - 1) + "…";
  return kept;
}
