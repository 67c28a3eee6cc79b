// From the state to what is seen, and from what is done to the state.
let left = [];

function apply(refit) {
  left = filtered();
  const pairs = pairsTied(left), lines = linesOf(pairs, left), shown = strongest(lines);
  toControls();
  showStatus(pairs.length);
  showTable(left);
  overview(left);
  showDetails(left, pairs);
  $("limit").hidden = shown.length === lines.length;
  $("limit").firstChild.textContent = `The strongest ${shown.length} of ${counted(lines.length, "line")} are drawn.`;
  $("empty").hidden = left.length > 0;
  draw(shown, refit);
  toAddress();
}

function showStatus(pairs) {
  const status = $("status"), count = answer => left.filter(one => one[1] === answer).length;
  const possibly = count("possibly"), undated = count("undated"), apart = joined([possibly && `${number(possibly)} possibly`, undated && `${number(undated)} undated`], ", ");
  const words = `${number(left.length)} of ${counted(engagements.length, "engagement")}, ${counted(pairs, "pair")}`;
  Object.assign(status.dataset, { engagements: left.length, pairs, possibly, undated, words });
  $("time").textContent = time() && time() + " · ";
  status.replaceChildren(words, make("small", {}, apart && "of these " + apart));
}

// What the legend among the filters does not say of the picture.
function showKey() {
  const looks = alsoDrawn(scene);
  $("key").hidden = !looks.length;
  $("key").replaceChildren(...looks.map(look => make("li", {}, swatch(look), look.plural)));
}

function replace(next, refit = true) { state = tidy(next); apply(refit); }
function alter(changes, refit) { replace({ ...state, ...changes }, refit); }
function open(id) { alter({ open: id }, false); panel.parentElement.scrollTop = 0; panel.focus({ preventScroll: true }); }
function close() { alter({ open: "" }, false); (all("#overview button")[0] ?? controls.find).focus(); }

function listen() {
  form.oninput = ({ target }) => {
    if (target === controls.find) return showFound();
    const next = changes(target);
    if (next) alter(next, target === controls.focus);
  };
  form.onsubmit = () => false;
  form.onreset = () => { controls.find.value = ""; showFound(); replace({ view: state.view }); return false; };
  $("all").onclick = () => alter({ all: 1 });
  $("print").onclick = () => print();
  for (const button of all("[data-view]")) button.onclick = () => alter({ view: button.dataset.view }, false);
  for (const button of all("[data-save]")) button.onclick = () => save(button.dataset.save);
  const zoom = factor => { moved = true; show({ ...view(), scale: network.getScale() * factor }); };
  [() => zoom(1.3), () => zoom(1 / 1.3), () => show(whole() ?? view())].forEach((act, n) => { $("zoom").children[n].onclick = act; });
  onhashchange = () => { const said = fromAddress(); if (said) replace(said); };
  onbeforeprint = () => {
    $("figure").replaceChildren(figure("")); // every page of the print has the marking
    all("h1")[0].dataset.facts = facts();
  };
  onkeydown = keys;
  dark.onchange = () => { all("#kinds .box").forEach((row, n) => row.querySelector("svg").replaceWith(swatch(record.labels[n]))); apply(); };
}

function keys(event) {
  const { key, target } = event, typing = target.matches("input:not([type=checkbox], [type=radio], [type=range]), select");
  const found = target === controls.find && $("found").querySelector("button");
  if (key === "Escape") $("found").hidden ? state.open && close() : ($("found").hidden = true, controls.find.focus());
  else if (key === "Enter" && found) found.click();
  else if (key === "ArrowDown" && found) found.focus();
  else if (key === "/" && !typing) controls.find.select();
  else return arrows(event);
  event.preventDefault();
}

function watchPicture() {
  network.on("click", ({ nodes: [id], edges: [edge], pointer: { DOM: { x, y } } }) => {
    const name = boxes.find(({ sides: [l, t, r, b] }) => x > l && x < r && y > t && y < b), node = scene.byId.get(id) ?? name?.node, line = scene.lines[edge] ?? name?.line;
    if (node || line) open(node?.at.id ?? (line.end.square ? line.end.id : `${nodes[line.a].id} ${line.end.id}`));
    else if (state.open) close();
  });
  const tip = $("tip"), hide = () => { tip.hidden = true; };
  const tell = (at, also, count, { pointer: { DOM: { x, y } } }) => {
    tip.textContent = at.square ? nameOf(at) : `${also}${at.label}\n${counted(count, "engagement")}`;
    tip.hidden = false;
    Object.assign(tip.style, { left: Math.min(x + 14, frame.clientWidth - tip.offsetWidth - 8) + "px", top: y + 16 + "px" });
  };
  network.on("hoverNode", event => { const { at } = scene.byId.get(event.node); tell(at, "", left.filter(([e]) => e.parties.includes(places.get(at.id))).length, event); });
  network.on("hoverEdge", event => { const { a, end, count } = scene.lines[event.edge]; tell(end, nodes[a].label + " – ", count, event); });
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, hide);
}

// Ready once the first picture is drawn and the browser has had a turn to answer input.
let pictures = 0;
function drawn() { if (!pictures++) setTimeout(() => { root.dataset.ready = Math.round(performance.now()); }); }

window.relgraph = {
  state: () => { const { open, ...filters } = structuredClone(state); return filters; },
  set: replace,
  shown: () => left.map(([e]) => e.id),
  positions: () => Object.fromEntries([...nodes, ...engagements.filter(e => e.square)].map(at => [at.id, pointOf(at)])),
};

buildControls();
buildTable();
listen();
replace(fromAddress() ?? page.state);
watchPicture();
