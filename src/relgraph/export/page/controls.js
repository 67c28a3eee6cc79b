// The controls: what they say is the state, and the state is what they show. Their names are its keys.
const form = $("controls"), controls = form.elements;

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const key in attributes) if (attributes[key] !== "") element.setAttribute(key, attributes[key]);
  element.append(...children);
  return element;
}

const swatch = look => svg("svg", { width: 34, height: 10, "aria-hidden": true }, sample({ ...look, colour: ink(look.colour) }, 1, 5));

// A piece of a line as it is drawn, a square or a ring.
function sample({ colour, dash, square, ring, pale }, x, y) {
  if (ring) return svg("circle", { cx: x + 16, cy: y, r: 3.5, fill: "none", stroke: colour, "stroke-width": 2 });
  if (square) return svg("rect", { x: x + 12, y: y - 4, width: 8, height: 8, fill: colour });
  return svg("line", { x1: x, x2: x + 32, y1: y, y2: y, stroke: colour, "stroke-width": 3, "stroke-dasharray": dash, opacity: pale ? PALE : 1 });
}

function box(name, value, key, ...words) {
  const count = number(engagements.filter(e => e[key] === (labels.get(value) ?? value)).length);
  return make("div", { className: "box" }, make("label", {}, make("input", { type: "checkbox", name, value }), words), make("small", {}, count));
}

function buildControls() {
  for (const label of record.labels) {
    const only = make("button", { onclick: () => alter({ kinds: [label.label] }) }, "only", make("i", {}, " " + label.plural));
    const row = box("kinds", label.label, "label", swatch(label), label.plural);
    row.append(only);
    $("kinds").append(row);
  }
  $("certainty").append(...record.certainties.map(word => box("certainty", word, "certainty", word)));
  const options = (name, list) => {
    controls[name].append(...list.sort((a, b) => collator.compare(a[1], b[1])).map(([value, words]) => make("option", { value }, words)));
    controls[name].parentElement.hidden = !list.length;
  };
  options("focus", nodes.map(node => [node.id, node.label]));
  options("source", sources.map(source => [source.id, source.name]));
  for (const name of ["domain", "place"]) options(name, record[name + "s"].map(word => [word, word]));
  const days = engagements.flatMap(({ bounds }) => bounds ? [bounds[0], bounds[2]] : []).filter(day => day > FIRST && day < LAST);
  const [min, max] = days.reduce(([low, high], day) => [Math.min(low, day / 1e4 | 0), Math.max(high, day / 1e4 | 0)], [9999, 0]);
  $("times").hidden = !days.length;
  for (const id of ["first", "last"]) Object.assign($(id), { min, max });
  controls.since.placeholder = min;
  controls.until.placeholder = max;
}

// What the state becomes by one control; a list of which all are chosen is no filter, one of two days no comparison.
function changes({ id, name, type, value, checked }) {
  const [low, high] = [$("first"), $("last")];
  if (id === "first") return { ...ONE_TIME, since: low.value === low.min ? "" : Math.min(low.value, high.value) };
  if (id === "last") return { ...ONE_TIME, until: high.value === high.max ? "" : Math.max(low.value, high.value) };
  if (name === "before" || name === "after") {
    const days = [controls.before.value, controls.after.value].sort();
    return days[0] ? { compare: days, since: "", until: "", day: "" } : state.compare && !days[1] && { compare: null };
  }
  if (!LISTS.includes(name)) return { ...["since", "until", "day"].includes(name) && ONE_TIME, [name]: type === "checkbox" ? checked : value };
  const boxes = all(`input[name=${name}]`), on = boxes.filter(one => one.checked);
  return { [name]: on.length === boxes.length ? null : on.map(one => one.value) };
}

const ONE_TIME = { compare: null }; // who asks for a day or for years has left the comparison

function toControls() {
  const values = { ...state, before: state.compare?.[0], after: state.compare?.[1] };
  for (const one of controls) {
    const { name, type } = one;
    if (!name || name === "find") continue;
    if (LISTS.includes(name)) check(one, state[name]);
    else if (type === "checkbox") one.checked = state[name] !== false;
    else if (type === "radio") one.checked = one.value === (state[name] ?? "");
    else one.value = values[name] ?? "";
  }
  $("first").value = firstDay(state.since ?? 0) / 1e4;
  $("last").value = lastDay(state.until ?? 9999) / 1e4;
  document.body.classList.toggle("table", state.view === "table");
  document.body.classList.toggle("changes", Boolean(state.compare));
  for (const button of all("[data-view]")) button.ariaPressed = button.dataset.view === (state.view ?? "map");
}

// A box whose label is not chosen, but a kind of it, is neither on nor off.
function check(one, chosen) {
  one.checked = chosen?.includes(one.value) ?? true;
  one.indeterminate = !one.checked && record.kinds.some(({ label, kind }) => label === one.value && chosen.includes(kind));
}

// Find: names, aliases and engagements that hold the words, those that begin with them first.
function showFound() {
  const wanted = controls.find.value.trim().toLowerCase(), hits = [], list = $("found");
  const rate = (names, name, what, id) => {
    const at = Math.min(...names.map(one => one.toLowerCase().indexOf(wanted) >>> 0));
    if (at < 1e6) hits.push({ at: at > 0, name, what, id });
  };
  for (const { id, label, aliases, kind } of nodes) rate([label, id, ...aliases ?? []], label, kind ?? "country", id);
  for (const e of engagements) rate([nameOf(e), e.id, ...e.get("aliases") ?? []], nameOf(e), e.label.caption, e.id);
  hits.sort((a, b) => a.at - b.at);
  list.hidden = !wanted;
  list.replaceChildren(...hits.slice(0, 30).map(({ name, what, id }) => item(name, what.toLowerCase(), () => { list.hidden = true; open(id); })));
  if (!hits.length) list.append(make("li", {}, "Nothing by that name."));
}

const item = (name, more, onclick) => make("li", {}, make("button", { onclick }, make("bdi", {}, name), make("small", {}, more)));

// Up and down go through the buttons of a list, or the rows of the table.
function arrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], list = step && event.target.closest("#found, .nodes, tbody");
  if (!list) return;
  const items = [...list.querySelectorAll("button, tr")];
  items[items.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}
