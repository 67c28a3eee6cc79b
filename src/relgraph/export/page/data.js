// What the page holds: the rows of its table, its nodes, and the record behind each row.
const root = document.documentElement, $ = id => document.getElementById(id), all = selector => [...document.querySelectorAll(selector)];
const { page, nodes, record } = JSON.parse($("data").textContent);
const { sources } = page, actors = nodes.concat(record.others); // the others are never drawn: groups, the unnamed
const places = new Map(actors.map((actor, n) => [actor.id, n]));
const labels = new Map(record.labels.map(label => [label.label, label]));
const tbody = all("#engagements tbody")[0];

const engagements = Array.from(tbody.rows, (row, n) => {
  const kind = record.kinds[record.kind[n]], get = column => record[column]?.[n];
  const bounds = get("bounds"), parties = record.parties[n];
  return {
    row, n, kind, get, parties, id: row.dataset.id, label: labels.get(kind.label), claims: record.claims[n],
    bounds: bounds === undefined ? told(text(row, 2), text(row, 3), kind.event) : bounds,
    certainty: record.certainties[get("certainty") ?? 0], size: get("size") ?? parties.length,
    domain: words("domain"), place: words("place"), square: get("square"), wholes: get("partOf") ?? [],
  };
  function words(name) { return (get(name) ?? []).map(word => record[name + "s"][word]); }
});

function text(row, column) { return row.cells[column].textContent; }
const cells = row => Array.from(row.cells, one => one.textContent);
function nameOf(engagement) { return text(engagement.row, 0); }
const drawnParties = e => e.drawn ??= [...new Set(e.parties)].filter(party => party < nodes.length);

// The pairs of actors that an engagement ties: all of its parties that are nodes, unless the record lists them.
function pairsOf(engagement) {
  const every = () => drawnParties(engagement).flatMap((a, n, ends) => ends.slice(n + 1).map(b => [a, b]));
  return engagement.pairs ??= (engagement.get("pairs") ?? every()).map(([a, b]) => page.directed || a < b ? [a, b] : [b, a]);
}

// An element with properties and children; a child that is text stays text.
function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), tag === "button" && { type: tag }, properties);
  element.append(...children.flat().filter(child => child));
  return element;
}

const joined = (words, between = " · ") => words.filter(Boolean).join(between);
const number = new Intl.NumberFormat("en").format;
const counted = (count, word) => `${number(count)} ${word}${count === 1 ? "" : "s"}`;
