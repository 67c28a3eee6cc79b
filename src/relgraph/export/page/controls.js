// The controls: what they say is the state, and the state is what they show. Their names are its keys.
const form = $("controls"), controls = form.elements;

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const key in attributes) if (attributes[key] !== "") element.setAttribute(key, attributes[key]);
  element.append(...children);
  return element;
}

function swatch({ colour, dash }) {
  const line = svg("line", { x1: 1, x2: 33, y1: 5, y2: 5, stroke: ink(colour), "stroke-width": 3, "stroke-dasharray": dash });
  return svg("svg", { width: 34, height: 10, "aria-hidden": true }, line);
}

function box(name, value, key, ...words) {
  const count = number(engagements.filter(e => e[key] === (labels.get(value) ?? value)).length);
  return make("div", { className: "box" }, make("label", {}, make("input", { type: "checkbox", name, value }), words), make("small", { textContent: count }));
}

function buildControls() {
  for (const label of record.labels) {
    const only = make("button", { type: "button", onclick: () => alter({ kinds: [label.label] }) }, "only", make("span", { className: "unseen" }, " " + label.plural));
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

// The state that the controls say; a list of which all are chosen is no filter.
function fromControls(target) {
  const said = new FormData(form), next = { ...state, ...Object.fromEntries(said) };
  for (const name of LISTS) {
    next[name] = said.getAll(name);
    if (name === "compare" || next[name].length === all(`input[name=${name}]`).length) delete next[name];
  }
  for (const flag of FLAGS) next[flag] = said.has(flag);
  const [low, high] = [$("first"), $("last")];
  if (target === low) next.since = low.value === low.min ? "" : Math.min(low.value, high.value);
  if (target === high) next.until = high.value === high.max ? "" : Math.max(low.value, high.value);
  if (said.get("before") && said.get("after")) next.compare = [said.get("before"), said.get("after")].sort();
  return next;
}

function toControls() {
  const values = { ...state, before: state.compare?.[0], after: state.compare?.[1] };
  for (const { name, type } of controls) {
    if (!name || name === "find") continue;
    if (LISTS.includes(name)) for (const one of all(`input[name=${name}]`)) one.checked = state[name]?.includes(one.value) ?? true;
    else if (type === "checkbox") controls[name].checked = state[name] !== false;
    else if (type !== "radio") controls[name].value = values[name] ?? "";
  }
  for (const one of controls.parties) one.checked = one.value === (state.parties ?? "");
  $("first").value = state.since ?? 0;
  $("last").value = state.until ?? 9999;
  document.body.classList.toggle("table", state.view === "table");
  document.body.classList.toggle("changes", Boolean(state.compare));
  for (const button of all("[data-view]")) button.ariaPressed = button.dataset.view === (state.view ?? "map");
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

function item(name, more, onclick) { return make("li", {}, make("button", { type: "button", onclick }, make("bdi", {}, name), make("small", {}, more))); }

// Up and down go through the buttons of a list, or the rows of the table.
function arrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], list = step && event.target.closest("#found, .nodes, tbody");
  if (!list) return;
  const items = [...list.querySelectorAll("button, tr")];
  items[items.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}
