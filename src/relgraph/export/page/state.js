// The state of the controls, which is what the address holds: #focus=JPN&since=2015&kinds=Exercise
const LISTS = ["kinds", "certainty", "compare"], FLAGS = ["undated", "possibly"];
const TEXTS = ["focus", "since", "until", "day", "parties", "domain", "place", "source", "view", "all", "open"];
const { possibly: loose, as_of: theDay } = page.policy, between = page.policy.between ?? (theDay && [theDay, theDay]); // what the file itself is of
let state = {};

// Only known keys, in one form: lists as lists, years as numbers, flags only where they are off.
function tidy(given) {
  const tidied = {};
  for (const key of TEXTS) {
    const value = given[key] ?? "";
    if (value !== "" && value !== "map") tidied[key] = /^(since|until) \d+$/.test(`${key} ${value}`) ? +value : String(value);
  }
  for (const key of LISTS) {
    const value = given[key]?.split ? given[key].split(",").filter(Boolean) : given[key];
    if (Array.isArray(value)) tidied[key] = value.map(String);
  }
  for (const key of FLAGS) if ([false, "false", "no", "0"].includes(given[key])) tidied[key] = false;
  if (tidied.compare?.filter(day => /^\d{4}/.test(day)).length !== 2) delete tidied.compare;
  if (tidied.focus) tidied.focus = called(tidied.focus)?.id;
  if (!tidied.focus) delete tidied.focus;
  return tidied;
}

function called(name) {
  const same = one => one.toLowerCase() === name.toLowerCase();
  return nodes[places.get(name)] ?? nodes.find(node => [node.id, node.label, ...node.aliases ?? []].some(same));
}

function fromAddress() {
  return location.hash.includes("=") ? Object.fromEntries(new URLSearchParams(location.hash.slice(1))) : null;
}

function toAddress() {
  const said = Object.entries(relgraph.state()).map(([key, value]) => `${key}=${[value].flat().map(encodeURIComponent)}`);
  try { history.replaceState(null, "", "#" + said.join("&")); } catch { /* a frame in a notebook has no address */ }
}

// What the state leaves of the engagements: [engagement, "yes" | "possibly" | "undated" | "began" | "ended"] each.
function filtered() {
  const { kinds, certainty, parties, focus, source } = state, tests = [];
  if (kinds) tests.push(e => kinds.includes(e.kind.label) || kinds.includes(e.kind.kind));
  if (certainty) tests.push(e => certainty.includes(e.certainty));
  if (parties) tests.push(e => (e.get("bilateral") ?? e.size === 2) === (parties === "bilateral"));
  if (focus) tests.push(e => e.parties.includes(places.get(focus)));
  for (const key of ["domain", "place"]) if (state[key]) tests.push(e => e[key].includes(state[key]));
  if (source) tests.push(e => e.claims.some(claim => sources[claim[0]]?.id === source));
  return engagements.filter(e => tests.every(test => test(e))).map(e => [e, dated(e.bounds)]).filter(one => one[1] !== "no");
}

// Whether it is a day or a period that is shown.
const timed = () => state.day || state.since || state.until || between;

// The time that is shown, in words.
function time() {
  const { since, until, day, compare } = state;
  return compare ? `compared: ${compare.join(" and ")}` : joined([since && `from ${since}`, until && `to ${until}`, day !== page.asOf && day && `on ${day}`], " ");
}

// Whether an engagement stays for its dates, and how.
function dated(bounds) {
  const { since = "0001", until = 9999, day, compare } = state, year = one => String(one).padStart(4, "0");
  if (!bounds) return state.undated === false || compare ? "no" : "undated";
  if (compare) return change(bounds, ...compare.map(lastDay));
  const answers = [inPeriod(bounds, firstDay(year(since)), lastDay(year(until)))];
  if (loose && between && inPeriod(bounds, firstDay(between[0] ?? "0001"), lastDay(between[1] ?? "9999")) !== "yes") answers.push("possibly");
  if (day) answers.push(inPeriod(bounds, firstDay(day), lastDay(day)));
  const answer = ["no", "possibly"].find(one => answers.includes(one)) ?? "yes";
  return answer === "possibly" && state.possibly === false ? "no" : answer;
}
