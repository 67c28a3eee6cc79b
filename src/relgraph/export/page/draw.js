// The picture: vis-network draws lines and nodes; the coast is drawn under them, names and counts over them.
const frame = $("network"), coast = page.coast && new Path2D(page.coast), dark = matchMedia("(prefers-color-scheme: dark)");
const styles = getComputedStyle(root), css = name => styles.getPropertyValue(name);
let network, scene, unfit, moved, unit = 1, em = 1, boxes = [];

// A colour of the ontology as it is, or lightened where the page is dark and it would drown.
function ink(colour) {
  const parts = colour.match(/\w\w/g).map(part => parseInt(part, 16)), [r, g, b] = parts;
  const lift = dark.matches && 3 * r + 6 * g + b < 1500 ? .4 : 0;
  return `rgb(${parts.map(part => Math.round(part + (255 - part) * lift))})`;
}

// The nodes that lines need, the strongest first, and the lines with their looks.
function compose(lines) {
  const strength = new Map();
  const add = (at, count) => strength.set(at, (strength.get(at) ?? 0) + count);
  for (const { a, end, count } of lines) { add(nodes[a], count); add(end, end.square ? 0 : count); }
  const most = Math.max(8, ...lines.slice(0, 1).map(line => line.count));
  if (state.focus) add(nodes[places.get(state.focus)], 1e6);
  if (page.policy.query && left.length === engagements.length && nodes.length <= MOST_NODES) nodes.forEach(at => add(at, 0)); // what it returned
  const drawn = [...strength].sort((one, other) => other[1] - one[1]).map(([at, count]) => ({
    at, id: keyOf(at), ...pointOf(at), name: shortened(at),
    r: at.square ? 4 : Math.min(3.5 + Math.sqrt(count) / 3, 8),
  }));
  return { nodes: drawn, byId: new Map(drawn.map(node => [node.id, node])), lines: lines.map(line => ({ ...line, ...styleOf(line, most), to: pointOf(line.end) })) };
}

const keyOf = at => at.square ? " " + at.id : at.id; // an engagement may be called as a country is
const pointOf = at => at.square ? { x: at.square[0], y: at.square[1] } : { x: at.x, y: at.y };

// A long name as its first short alias, if it has one.
function shortened(at) {
  const name = at.square ? nameOf(at) : at.label, short = [name, ...at.aliases ?? []].find(one => one.length < 25);
  return short ?? name.slice(0, 24) + "…";
}

function draw(lines, refit) {
  scene = compose(lines);
  showKey();
  if (!network) start();
  unfit ||= refit;
  fit();
}

// Shows the scene: all of it where that is due, else where the reader has moved it.
function fit() {
  em = parseFloat(styles.fontSize) / 14; // letters, lines and nodes are larger on a large screen
  if (state.view) return drawn(); // the table is shown
  const next = unfit && whole();
  if (next) unfit = moved = false;
  show(next || view());
}

// Clear of what lies along the edges: above how much is drawn, below the legend and the buttons.
const highest = (...ids) => Math.max(...ids.map(id => $(id).offsetHeight));
const whole = () => fitted(scene, frame.clientWidth, frame.clientHeight, em, highest("limit", "empty"), highest("key", "zoom"));

const view = () => ({ position: network.getViewPosition(), scale: network.getScale() });

// Lines and nodes keep their width on the screen at any scale. All data at once: far faster than to change a thousand.
function show(next) {
  unit = em / next.scale;
  const { length } = scene.lines, plain = length > 3000, dash = length > MANY_LINES ? 1.6 * unit : unit, chosen = selected(); // a dash takes time
  const edges = scene.lines.map((line, id) => ({
    id, from: nodes[line.a].id, to: keyOf(line.end), width: line.width * unit, arrows: page.directed && !line.end.square ? "to" : "",
    dashes: line.dash.length && !plain ? line.dash.map(part => part * dash) : false, color: { color: ink(line.colour), inherit: false, opacity: opacity(line, scene, chosen) },
  }));
  network.setData({ nodes: scene.nodes.map(({ id, x, y }) => ({ id, x, y })), edges });
  network.moveTo(next);
}

// The more lines, the paler each but the strongest.
function opacity({ a, end, pale, share }, { lines }, chosen) {
  if (chosen.some(one => nodes[a] !== one && end !== one)) return .12;
  const least = lines.length > MANY_LINES ? .5 : .75;
  return pale ? PALE : end.square ? least - .1 : least + (.95 - least) * share;
}

// The view in which all that is drawn fits into a frame, but for so much of it above and below.
function fitted({ nodes }, width, height, em = 1, above = 0, below = 0) {
  if (!nodes.length || !width) return null; // nothing to show, or the table is shown
  const [l, r, t, b] = ["x", "y"].flatMap(axis => [Math.min, Math.max].map(most => most(...nodes.map(node => node[axis]))));
  const scale = Math.min((width - 120 * em) / (r - l + 1), (height - above - below - 60 * em) / (b - t + 1), 1.6 * em);
  return { position: { x: (l + r) / 2, y: (t + b + (below - above) / scale) / 2 }, scale };
}

function start() {
  const wider = by => width => width + by * unit;
  Object.assign(page.options.edges, { hoverWidth: wider(1), selectionWidth: wider(2) });
  network = new vis.Network(frame, {}, { ...page.options, nodes: { shape: "custom", ctxRenderer: nodeShape } });
  frame.firstChild.tabIndex = -1; // the list beside the picture is the keyboard's way in
  for (const event of ["zoom", "dragEnd"]) network.on(event, () => { moved = true; });
  network.on("resize", () => queueMicrotask(() => { unfit ||= !moved; fit(); })); // after vis has put its own view back, before it is seen
  network.on("beforeDrawing", drawCoast);
  network.on("afterDrawing", drawNames);
  network.on("zoom", () => { clearTimeout(start.later); if (scene.lines.length < 3000) start.later = setTimeout(() => show(view()), 150); });
}

function nodeShape({ ctx, id, x, y, state: { selected, hover } }) {
  const { at, r } = scene.byId.get(id), radius = r * unit, strong = selected || hover || at.id === state.open;
  const drawNode = () => {
    ctx.beginPath();
    if (at.square) ctx.rect(x - radius, y - radius, 2 * radius, 2 * radius); else ctx.arc(x, y, radius, 0, 7);
    const ring = at.kind && !at.square;
    ctx.fillStyle = at.square ? ink(tint(at)) : css(at.id === state.focus ? "--accent" : ring ? "--paper" : "--ink");
    ctx.fill();
    ctx.lineWidth = (strong ? 3 : ring ? 2 : 1.2) * unit;
    ctx.strokeStyle = css(strong ? "--accent" : ring ? "--soft" : "--paper");
    ctx.stroke();
  };
  return { drawNode, nodeDimensions: { width: 2 * radius, height: 2 * radius } };
}

function drawCoast(ctx) {
  if (!coast) return;
  Object.assign(ctx, { fillStyle: css("--land"), strokeStyle: css("--coast"), lineWidth: .7 / network.getScale() });
  ctx.fill(coast);
  ctx.stroke(coast);
}

function drawNames(ctx) {
  const { position, scale } = view(), width = frame.clientWidth, height = frame.clientHeight;
  const left = position.x - width / 2 / scale, top = position.y - height / 2 / scale;
  boxes = placed(scene, ({ x, y }) => ({ x: (x - left) * scale, y: (y - top) * scale }), { width, height }, scale * unit, em);
  ctx.save();
  ctx.translate(left, top);
  ctx.scale(1 / scale, 1 / scale);
  Object.assign(ctx, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 4 * em, strokeStyle: css("--paper") });
  for (const { text, x, y, size, soft } of boxes) {
    Object.assign(ctx, { font: `${size}px ${fontFamily}`, fillStyle: css(soft ? "--soft" : "--ink") });
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
  }
  ctx.restore();
  drawn();
}
