"""Crosswalk: which things of a source are things that another source has, by `crosswalk.csv` beside `source.toml`.

One beside the data that a user brings counts, too: what comes with relgraph is not the user's to edit.
"""

from __future__ import annotations

from relgraph.ingest.claims import Claims
from relgraph.ingest.declaration import TableMapping
from relgraph.ingest.issues import Level
from relgraph.ingest.read import Row, Table, read_table
from relgraph.ingest.source import Source
from relgraph.model.ontology import COUNTRY, SOURCE, Ontology
from relgraph.model.records import ID, Ref

CROSSWALK = "crosswalk.csv"
COLUMNS = ("label", "id", "same_as")  # and any others, such as the reason


class Crosswalk:
    """The thing `id` of this source is the thing `same_as`, whether or not the source that has it is loaded."""

    def __init__(self, claims: Claims, ontology: Ontology) -> None:
        self._claims, self._labels = claims, set(ontology.labels) - {COUNTRY, SOURCE}
        self._rows: dict[Ref, int] = {}
        self._meant: dict[Ref, Ref] = {}
        source = claims.source
        sources = [Source(source.folder, source.declared)]
        if source.path(CROSSWALK) != source.folder / CROSSWALK:
            sources.append(source)
        for each in sources:
            table = read_table(each, TableMapping(file=CROSSWALK, optional=True), claims.issues)
            if table and self._has_columns(table):
                places = [table.header.index(name) for name in COLUMNS]
                for row in table.rows:
                    self._add(row, *(row.cells[at] for at in places))

    def meaning(self, ref: Ref) -> Ref:
        """The thing that this one is."""
        return self._meant.get(ref, ref)

    def add(self, ref: Ref, same_as: str) -> None:
        """What a row itself says; `crosswalk.csv`, which a person has written, goes before it."""
        self._meant.setdefault(ref, Ref(ref.label, same_as))

    def report_unused(self) -> None:
        """Note each row about a thing that this source does not have."""
        for ref, number in self._rows.items():
            if self._meant[ref] not in self._claims.citations:
                self._issue(number, "id", ref.id, "is defined by no row", "mend it, or take it out", level="warning")

    def _has_columns(self, table: Table) -> bool:
        missing = [name for name in COLUMNS if name not in table.header]
        for name in missing:
            self._issue(1, name, None, "is missing", f"the file has {', '.join(table.header)}")
        return not missing

    def _add(self, row: Row, label: str, id_: str, same_as: str) -> None:
        ref = Ref(label, id_)
        if label not in self._labels:
            self._issue(row.number, "label", label, "is no label that rows can define", "see ontology.toml")
        elif not ID.fullmatch(same_as):
            remedy = "use lower-case letters, digits and hyphens"
            self._issue(row.number, "same_as", same_as, "is no id", remedy)
        elif ref in self._rows:
            self._issue(row.number, "id", id_, f"stands in row {self._rows[ref]} already", "keep one of them")
        else:
            self._rows[ref], self._meant[ref] = row.number, Ref(label, same_as)

    def _issue(
        self, row: int, column: str, value: str | None, problem: str, remedy: str, level: Level = "error"
    ) -> None:
        self._claims.issues.add(problem, remedy, file=CROSSWALK, row=row, column=column, value=value, level=level)
