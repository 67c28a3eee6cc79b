// What is drawn of the engagements that are left: a line a pair, and a square for what has more than five parties.
const MOST_LINES = 200, MOST_NODES = 60;

// Every pair that the engagements tie, with what counts on its line; around a focus, only its own pairs.
function pairsTied(left) {
  const pairs = new Map(), focus = places.get(state.focus);
  for (const one of left) {
    for (const [a, b] of pairsOf(one[0])) {
      if (focus >= 0 && a !== focus && b !== focus) continue;
      const key = a * nodes.length + b, pair = pairs.get(key);
      if (pair) pair.all.push(one); else pairs.set(key, { a, b, all: [one] });
    }
  }
  for (const pair of pairs.values()) {
    let wholes; // a whole adds nothing to a pair that a part of it ties already
    const climb = e => { for (const whole of e.wholes) if (!(wholes ??= new Set()).has(whole)) climb(engagements[whole], wholes.add(whole)); };
    for (const [engagement] of pair.all) climb(engagement);
    pair.drawn = pair.all.filter(([e]) => !e.square && !wholes?.has(e.n));
  }
  return [...pairs.values()];
}

// All lines, the strongest first, those of squares last.
function linesOf(pairs, left) {
  const lines = pairs.filter(pair => pair.drawn.length).map(({ a, b, drawn }) => ({ a, drawn, count: drawn.length, end: nodes[b] }));
  lines.sort((one, other) => other.count - one.count);
  for (const one of left) if (one[0].square) lines.push(...drawnParties(one[0]).map(a => ({ a, drawn: [one], count: 1, end: one[0] })));
  return lines;
}

// At most 200 of them between at most 60 nodes, unless all are wanted.
function strongest(lines) {
  if (state.all) return lines;
  const ends = new Set();
  let chosen = 0;
  return lines.filter(({ a, end }) => {
    const more = [nodes[a], end].filter(one => !ends.has(one));
    if (chosen === MOST_LINES || ends.size + more.length > MOST_NODES) return false;
    more.forEach(one => ends.add(one));
    return ++chosen;
  });
}

// How a line looks: the colour and dash of its kind, neutral where kinds are mixed, pale where it is only possible.
function styleOf({ drawn, end, count }, most) {
  const answers = new Set(drawn.map(one => one[1])), kinds = new Set(drawn.map(([e]) => e.label));
  const [look] = (state.compare ? answers : kinds).size > 1 ? [MIXED] : state.compare ? [...answers].map(answer => CHANGES[answer.split(" ")[0]]) : kinds;
  const pale = !state.compare && drawn.every(unsure);
  return { ...look, pale, share: count / most, width: end.square ? 1 : 1 + 4.5 * Math.sqrt(count / most), label: end.square ? "" : written(drawn) };
}

// Whether it may not have been there at the time asked for: it says too little of its dates, or nothing.
const unsure = ([, answer]) => answer === "possibly" || answer === "undated" && timed();

// The colour of a square: of its kind, where colours tell kinds.
const tint = ({ label }) => (state.compare ? MIXED : label).colour;

const PALE = .35, MIXED = { plural: "of several kinds", colour: "#8A929B", dash: [] };
const CHANGES = {
  began: { plural: "began", colour: "#0072B2", dash: [] }, ended: { plural: "ended", colour: "#D55E00", dash: [9, 5] },
  possibly: { plural: "possibly began or ended", colour: "#6E7781", dash: [2, 4] },
};

// What is drawn beside the kinds: changes, mixtures, squares, what is no country, what is only possible.
function alsoDrawn({ lines, nodes }) {
  const others = [...new Set(nodes.map(({ at }) => !at.square && at.kind))].filter(Boolean).join(", ").toLowerCase();
  const large = { plural: page.policy.mode === "two-mode" ? "engagement" : "more than five parties", colour: MIXED.colour, square: true };
  const met = [lines.some(line => line.plural === MIXED.plural) && { ...MIXED, plural: state.compare ? "more than one of these" : MIXED.plural }, lines.some(line => line.end.square) && large,
    others && { plural: others + (page.coast ? ": no place on the map" : ""), colour: MIXED.colour, ring: true },
    !state.compare && lines.some(line => line.drawn.some(unsure)) && { ...CHANGES.possibly, plural: timed() ? "possibly or undated (?)" : "possibly (?)", dash: "", pale: true }];
  return [...state.compare ? Object.values(CHANGES) : [], ...met.filter(Boolean)];
}

// What is written on a line: how many, and how many of them possibly or undated.
function written(drawn) {
  const possibly = drawn.filter(unsure).length, sure = drawn.length - possibly;
  return (possibly ? sure || "" : sure > 1 ? sure : "") + (possibly ? `${sure ? "+" : ""}${possibly > 1 || sure ? possibly : ""}?` : "");
}
