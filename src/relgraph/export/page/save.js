// Downloads: the picture as PNG and SVG, the table as CSV, the network as JSON.
const SAVES = {
  png: async () => {
    const image = new Image(), canvas = make("canvas", { width: 2 * WIDE, height: 2 * HIGH });
    image.src = "data:image/svg+xml," + encodeURIComponent(SAVES.svg());
    await image.decode();
    canvas.getContext("2d").drawImage(image, 0, 0, 2 * WIDE, 2 * HIGH);
    return new Promise(done => canvas.toBlob(done));
  },
  svg: () => new XMLSerializer().serializeToString(figure()),
  csv: () => {
    const titles = ["id", ...heads.map(head => head.textContent), "Certainty", "Domains", "Places", "As of", ...page.marking ? ["Marking"] : []];
    const rows = order.filter(e => e.row.isConnected).map(({ id, row, claims, certainty, domain, place }) =>
      [id, ...cells(row).slice(0, 5), new Set(claims.map(said => sources[said[0]]?.name)), certainty, domain, place, page.asOf, page.marking]);
    return "\ufeff" + [titles, ...rows].map(row => titles.map((_, n) => cell(row[n])).join(",") + "\r\n").join("");
  },
  json: () => JSON.stringify({ ...page, coast: undefined, options: undefined, nodes, table: engagements.map(({ id, row }) => [id, ...cells(row)]), record }, null, 1),
};

async function save(kind) {
  const href = URL.createObjectURL(new Blob([await SAVES[kind]()])), name = page.title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60);
  make("a", { href, download: `${name}.${kind}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1e4);
}

// A list is joined; what a spreadsheet would take for a formula gets an apostrophe.
function cell(value) {
  const words = (value?.forEach ? [...value] : [value]).join("; ").replace(/^(?='*[=+\-@\t\r\n＝＋－＠])/, "'");
  return /[",\n\r]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
}
