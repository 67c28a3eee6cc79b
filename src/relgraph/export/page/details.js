// The panel on the right: everyone who takes part, or what was chosen with every claim about it.
const panel = $("details"), FEW = 40;

const line = (...content) => make("p", {}, ...content);
const soft = text => text && make("span", { className: "soft" }, text);
const list = (counts, pick) => make("ul", { className: "nodes" }, few(counts, ([node, count], n) => {
  const row = item(node.label, number(count), () => open(pick(node)));
  row.firstChild.tabIndex = n ? -1 : 0;
  return row;
}, "li"));

// The first of many, and a button in whose place come the others: a list of thousands is slow to lay out.
function few(things, build, tag = "p") {
  const rest = things.slice(FEW), more = make(tag, { hidden: !rest.length }, make("button", { onclick() {
    const added = rest.map(build);
    more.replaceWith(...added);
    (added[0].querySelector("button, a") ?? panel).focus();
  } }, `Show ${number(rest.length)} more`));
  return [...things.slice(0, FEW).map(build), more];
}

function overview(left) {
  const counts = new Map();
  for (const [engagement] of left) for (const party of drawnParties(engagement)) counts.set(nodes[party], (counts.get(nodes[party]) ?? 0) + 1);
  const most = [...counts].sort((one, other) => other[1] - one[1]), changed = Object.entries(CHANGES);
  $("overview").replaceChildren(make("h2", {}, state.compare ? `From ${state.compare[0]} to ${state.compare[1]}` : "Who takes part"),
    line(soft("Choose a name, line or square to see what is behind it.")),
    ...state.compare ? changed.flatMap(([key, look]) => group(look, left.filter(one => one[1].includes(key)))) : [], list(most, node => node.id));
}

// What is open: one or two nodes (ids with a space between), or an engagement.
function chosen() {
  const ids = (state.open ?? "").split(" ").map(id => places.get(id));
  return ids.every(at => at < nodes.length) ? { ends: ids } : { engagement: state.open && engagements.find(e => e.id === state.open) };
}

// The nodes that every line must have at its ends which stays as strong as it is.
function selected() {
  const { ends, engagement } = chosen();
  return engagement?.square ? [engagement] : (ends ?? []).map(end => nodes[end]);
}

function showDetails(left, pairs) {
  const { ends, engagement } = chosen();
  panel.hidden = !ends && !engagement;
  $("overview").hidden = !panel.hidden;
  panel.replaceChildren(make("button", { className: "plain", onclick: close }, "← Everyone"));
  if (engagement) panel.append(make("h2", {}, "Engagement"), card([engagement, left.find(one => one[0] === engagement)?.[1] ?? "left out by the filters"]));
  if (!ends) return;
  const found = left.filter(one => ends.every(end => one[0].parties.includes(end)));
  panel.append(make("h2", {}, ends.map(end => nodes[end].label).join(" – ")), line(soft(`${counted(found.length, "engagement")} of ${number(left.length)}`)));
  const mine = pairs.filter(pair => ends.length === 1 && ends.some(end => pair.a === end || pair.b === end)).sort((one, other) => other.all.length - one.all.length);
  const partners = mine.map(pair => [nodes[pair.a === ends[0] ? pair.b : pair.a], pair.all.length]);
  if (mine.length) panel.append(make("details", {}, make("summary", {}, counted(mine.length, "partner")), list(partners, node => `${nodes[ends[0]].id} ${node.id}`)));
  for (const label of record.labels) panel.append(...group(label, found.filter(one => one[0].label === label)));
}

function group(look, found) {
  if (!found.length) return [];
  return [make("h3", {}, swatch(look), `${look.plural} (${number(found.length)})`), ...few(found, card)];
}

function card([engagement, answer]) {
  const { get, row, size, parties, domain, place, wholes, claims, certainty } = engagement, dates = when(engagement);
  const who = parties.flatMap((party, n) => [n && ", ", make("bdi", {}, actors[party].label), soft(roles(get, n))]);
  const amounts = [["quantity", "unit"], ["value", "currency"]].map(keys => joined(keys.map(get), " "));
  const more = [[...domain, ...place].join(" · "), [get("obligations") ?? []].flat().join(", "), ...amounts, get("note"),
    wholes.length && "Part of " + wholes.map(n => nameOf(engagements[n])).join(", "), claims.length && "Certainty: " + (certainty ?? "not said")];
  const article = make("article", {}, make("h4", {}, nameOf(engagement)),
    line(joined([text(row, 1), dates, !["yes", dates].includes(answer) && answer])), line(who, size > parties.length && ` (${size} in all)`),
    more.filter(Boolean).map(words => line(soft(words))), claims.length ? claims.map(values => claim(values, parties)) : unsourced());
  article.style.borderColor = ink(engagement.label.colour);
  return article;
}

function when({ row, get }) {
  const [start, end, signed] = [text(row, 2), text(row, 3), get("signed")];
  const span = !end || end === start ? start : `${start || "?"} to ${end === "ongoing" ? "now, as far as its source sees" : end}`;
  return joined([span, signed && !start.endsWith(signed) && "signed " + signed], ", ") || "undated";
}

function roles(get, n) {
  const said = [...get("roles")?.[n] ?? [], ...(get("via")?.[n] ?? []).map(name => "through " + name)];
  return said.length && ` (${said.join(", ")})`;
}

const unsourced = () => make("p", { className: "warn" }, "No source: this claim has none.");

function claim(values, parties) {
  const { source, locator, who, quote, certainty, start, end, note } = Object.fromEntries(record.claim.map((column, n) => [column, values[n]]));
  const from = sources[source], about = (who ?? []).map(said => [said].flat()).map(([one, role]) => (actors[parties[one]]?.label ?? one) + (role ? ` (${role})` : ""));
  const more = [about.length && "on " + about.join(", "), record.certainties[certainty], joined([start, end], " to "), note];
  return make("div", { className: "claim" }, quote && line(make("q", {}, quote)),
    from ? line(from.marking && make("b", { className: "mark" }, from.marking), linked(from), locator && ", " + locator) : unsourced(), line(soft(joined(more))));
}

// A source's title; a link where its address is http or https, and nothing else.
function linked({ url, name }) {
  return /^https?:\/\/\S+$/i.test(url) ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, name) : make("cite", {}, name);
}
