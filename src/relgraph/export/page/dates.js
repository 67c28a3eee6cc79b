// Days as numbers that read as dates: 12 May 2017 is 20170512. The first and the last day stand for "unknown".
const FIRST = 10101, LAST = 99991231;

const firstDay = date => +`${date}-01-01`.slice(0, 10).replaceAll("-", "");

function lastDay(date) {
  const [year, month, day] = String(date).split("-");
  if (day) return firstDay(date);
  return month ? firstDay(date) - 1 + new Date(Date.UTC(year, month, 0)).getUTCDate() : +`${year}1231`;
}

// The bounds that follow from plain dates, as relgraph.model.dates tells them; null: undated.
function told(start, end, event) {
  if (!start && !end) return null;
  const [from, by] = start ? [firstDay(start), lastDay(start)] : [FIRST, LAST];
  const [endFrom, endBy] = end ? [firstDay(end), lastDay(end)] : event ? [from, by] : [from, LAST];
  return [from, Math.min(by, endBy), Math.max(endFrom, from), endBy];
}

// Whether it was there at some time from `first` to `last`.
function inPeriod([startFrom, startBy, endFrom, endBy], first, last) {
  if (startBy <= last && endFrom >= first) return "yes";
  return startFrom > last || endBy < first ? "no" : "possibly";
}

// What happened to it after `before`, up to `after`: it began, ended, did both, or possibly one of the two.
function change([startFrom, startBy, endFrom, endBy], before, after) {
  const said = [startFrom > before && startBy <= after && "began", endFrom >= before && endBy < after && "ended"].filter(Boolean);
  return said.length ? said.join(" and ") : startFrom <= after && startBy > before || endFrom < after && endBy >= before ? "possibly" : "no";
}
