// The table: the rows of the engagements that are left, sorted by a column.
const collator = new Intl.Collator("en", { numeric: true }), heads = all("#engagements th");
const MANY = 300; // rows that are laid out at once; the rest follow as the reader scrolls
let sorted = { column: 2, down: true }, order = engagements;

function buildTable() {
  heads.forEach((head, column) => head.replaceChildren(make("button", { onclick: () => sortBy(column) }, head.textContent)));
  tbody.onclick = event => open(event.target.closest("tr").dataset.id);
  $("listing").onscroll = ({ target }) => {
    if (target.scrollTop + 2 * target.clientHeight > target.scrollHeight) all("tr.later").slice(0, MANY).forEach(row => { row.className = ""; });
  };
  tbody.onkeydown = event => { if (event.key === "Enter") open(event.target.dataset.id); };
}

function sortBy(column) {
  const down = sorted.column === column && !sorted.down, way = down ? -1 : 1;
  const key = engagements.map(e => text(e.row, column).replace(column === 2 || column === 3 ? /^\D+/ : "", ""));
  order = [...engagements].sort(({ n }, { n: m }) => !key[n] - !key[m] || way * collator.compare(key[n], key[m]) || n - m);
  sorted = { column, down };
  apply();
}

// Rows that stay where they are are not touched: to take all of them out and in again costs more than all else here.
function showTable(left) {
  const kept = new Set(left.map(([e]) => e));
  heads.forEach((head, n) => { head.ariaSort = n === sorted.column ? sorted.down ? "descending" : "ascending" : "none"; });
  let next = tbody.firstElementChild, n = 0;
  for (const e of order) {
    const { row, id } = e, stays = kept.has(e);
    if (row === next) next = row.nextElementSibling;
    else if (stays) tbody.insertBefore(row, next);
    if (stays) look(row, { className: n < MANY ? "" : "later", tabIndex: n++ ? -1 : 0, ariaSelected: String(id === state.open) });
    else row.remove();
  }
}

function look(row, properties) {
  for (const name in properties) if (row[name] !== properties[name]) row[name] = properties[name];
}
