"""Rows: a table as its mapping sees it, with every cell handled, ignored by name, or reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from relgraph.errors import DataError
from relgraph.ingest.claims import Claims, Counts
from relgraph.ingest.columns import Cells, Chosen, Make, cell
from relgraph.ingest.conversions import Unreadable
from relgraph.ingest.declaration import FILE, TableMapping, ThingMapping, TieMapping
from relgraph.ingest.issues import Level, fault
from relgraph.ingest.language import Each, When
from relgraph.ingest.read import SPREADSHEET_ERRORS, Table, is_formula, read_table
from relgraph.ingest.texts import OF_A_LIST, looked_at
from relgraph.ingest.totals import Sums
from relgraph.ingest.values import Compiler
from relgraph.model.records import Properties, Ref

_MAY_COMPUTE = frozenset("=+-@#")


def open_rows(claims: Claims, mapping: TableMapping) -> Rows | None:
    """The rows of one of a source's tables, or None (with an issue) where it cannot be read."""
    table = read_table(claims.source, mapping, claims.issues)
    return Rows(claims, mapping, table) if table else None


class Rows:
    """The rows of a table, without those skipped by name; a missing value is None."""

    def __init__(self, claims: Claims, mapping: TableMapping, table: Table) -> None:
        declared = claims.source.declared
        self.claims, self.mapping, self.header = claims, mapping, table.header
        self.compiler = Compiler(mapping, table.header, declared.lookups, declared.known, claims.issues)
        self.counts = claims.counts[mapping.name] = Counts()
        self.heard: set[int] = set()  # the rows that said something
        self.defined: dict[str, dict[int, Ref]] = {}  # label and row -> the thing that the row is
        self.raw: dict[int, list[str]] = {}  # the rows as they stand, where ids are made from them
        self._columns_of: dict[str, str] = {}
        self._of_table: dict[str, Make] = {}
        with claims.issues.by_row():
            self.rows = self._kept(self._read(table))
            self._report_computed()
            self._report_empty()

    def _read(self, table: Table) -> Chosen:
        missing, rows = frozenset(("", *self.mapping.missing)), list(table.rows)
        self.counts.rows = len(rows)
        if any(thing.id is None for thing in self.mapping.things):
            self.raw = {row.number: row.cells for row in rows}
        texts = self._filled([row.cells for row in rows])
        cells = [[None if cell in missing else cell for cell in row] for row in texts]
        return Chosen([row.number for row in rows], cells)

    def _filled(self, rows: list[list[str]]) -> list[list[str]]:
        """The same, with what stands above an empty cell of the columns that are to be filled."""
        if not self.mapping.fill:
            return rows
        places = [at for name in self.mapping.fill if (at := self.compiler.place(name)) is not None]
        filled, above = [], dict.fromkeys(places, "")
        for row in rows:
            above |= {at: row[at] for at in places if row[at]}
            filled.append([above.get(at, cell) for at, cell in enumerate(row)])
        return filled

    def _kept(self, chosen: Chosen) -> Chosen:
        """Those rows that no condition leaves out, which are held against the totals that are left out."""
        skips = [(skip, [self.compiler.condition(when) for when in skip.conditions]) for skip in self.mapping.skip]
        totals = {skip: Sums(self.compiler, skip.totals) for skip in self.mapping.skip if skip.totals}
        if not skips:
            return chosen
        kept, unmet = Chosen([], []), {skip for skip, _ in skips}
        for number, cells in zip(*chosen, strict=True):
            if skip := next((skip for skip, meant in skips if all(holds(cells) for holds in meant)), None):
                self.counts.skipped[skip.reason] += 1
                unmet.discard(skip)
                if skip in totals:
                    totals[skip].state(number, cells)
                continue
            for sums in totals.values():
                sums.add(number, cells)
            kept.numbers.append(number)
            kept.cells.append(cells)
        for sums in totals.values():
            sums.compare()
        for skip, _ in skips:
            if skip in unmet:
                asked = ", ".join(dict.fromkeys(str(when.column) for when in skip.conditions))
                remedy = "mend the condition, or take it out"
                self.issue(self.mapping.header, "is skipped by no row", remedy, asked, skip.reason, "warning")
        return kept

    def _report_computed(self) -> None:
        ignored = self._ignored()
        for number, cells in zip(*self.rows, strict=True):
            if _MAY_COMPUTE.isdisjoint([text[0] for text in cells if text]):
                continue
            computed = [(at, text) for at, text in enumerate(cells) if text and _is_computed(text)]
            for at, text in computed:
                if self.header[at] in ignored or self._refuse_computed(number, cells, self.header[at], text):
                    cells[at] = None

    def _refuse_computed(self, number: int, cells: Cells, column: str, text: str) -> str | None:
        what = "an error of a spreadsheet" if text in SPREADSHEET_ERRORS else "a formula"
        computed = Unreadable(f"is {what}", "write the value itself, or name the column under ignore")
        return self.compiler.unreadable(computed, cells, number, column, text)

    def _report_empty(self) -> None:
        needed = [(name, at) for name in self.mapping.needed if (at := self.compiler.column(name)) is not None]
        for name, at in needed:
            for number, cells in zip(*self.rows, strict=True):
                if cells[at] is None:
                    self.issue(number, "is empty", "fill it in: every row needs it", name)

    def report_unhandled(self) -> None:
        """Note each column that no mapping uses and no `ignore` names, and each row that says nothing."""
        ignored = self._ignored()
        for name in self.header:
            if name and name not in self.compiler.used | ignored:
                self.issue(self.mapping.header, "is handled by nothing", "map it, or name it under ignore", name)
            elif name in self.compiler.used and name in self.mapping.ignore and name not in self.mapping.needed:
                self.issue(self.mapping.header, "is mapped and ignored at once", "take it out of ignore", name)
        for name in sorted({*ignored, *self._patterns_of_nothing()} - set(self.header)):
            self.issue(self.mapping.header, "is to be ignored but is not there", "take it out of ignore", name)
        self._count(ignored)
        if not (self.mapping.things or self.mapping.ties):
            remedy = "add [[tables.things]] or [[tables.ties]] that say what its rows are, or take the table out"
            self.issue(self.mapping.header, "has rows that become nothing", remedy)
            return
        reported = {issue.row for issue in self.claims.issues if issue.file == self.mapping.name}
        for number in self.rows.numbers:
            if number not in self.heard and number not in reported:
                self.issue(number, "makes neither a thing nor a tie", "fill in what it lacks, or name it under skip")

    def begin(self, mapping: ThingMapping | TieMapping) -> None:
        """Get ready for a mapping: which columns its list and its properties come from, for issues."""
        self.compiler.go_through(_added(mapping.each) if mapping.each else {})
        stated = {name: getattr(mapping, name) or getattr(self.mapping, name) for name in ("certainty", "quote")}
        stated |= mapping.properties | ({"id": mapping.id} if isinstance(mapping, ThingMapping) else {})
        self._columns_of = {name: self.compiler.columns(value) or name for name, value in stated.items() if value}

    def meant_by(self, mapping: ThingMapping | TieMapping) -> Chosen:
        """The rows that a mapping is about, once for each value of its list, which stands behind the last cell."""
        if not mapping.each:
            return self._where(self.rows, mapping.when)
        of_the_row = [when for when in mapping.when if set(OF_A_LIST).isdisjoint(when.columns)]
        chosen = self._where(self.rows, of_the_row)
        longer = Chosen([], [])
        for number, cells, listed in zip(*chosen, self._list(mapping.each)(chosen), strict=True):
            longer.numbers.extend([number] * len(listed))
            longer.cells.extend([[*cells, *more] for more in listed])
        return self._where(longer, (when for when in mapping.when if when not in of_the_row))

    def _where(self, chosen: Chosen, whens: Iterable[When]) -> Chosen:
        for holds in map(self.compiler.condition, whens):
            held = [(number, cells) for number, cells in zip(*chosen, strict=True) if holds(cells)]
            chosen = Chosen([number for number, _ in held], [cells for _, cells in held])
        return chosen

    def _list(self, each: Each) -> Make:
        """A function from rows to their lists: what each value adds to the cells of its row."""
        if each.flags:
            words = self.compiler.flags(each)
            return lambda chosen: [[(word,) for word in row] for row in words(chosen)]
        if each.columns:
            named = [column for name in each.columns for column in self._columns(name)]
            places = [(at, name) for name in named if (at := self.compiler.column(name)) is not None]
            return lambda chosen: [
                [(value, name) for at, name in places if (value := cells[at]) is not None] for cells in chosen.cells
            ]
        at, mark = self.compiler.column(str(each.column)), str(each.split)
        texts = (lambda chosen: [None] * len(chosen.cells)) if at is None else cell(at)
        return lambda chosen: [
            [(part.strip(),) for part in (text or "").split(mark) if part.strip()] for text in texts(chosen)
        ]

    def _count(self, ignored: set[str]) -> None:
        self.counts.handled = tuple(name for name in self.header if name in self.compiler.used and name not in ignored)
        self.counts.ignored = tuple(name for name in self.header if name in ignored)
        places = [self.header.index(name) for name in self.counts.handled]
        self.counts.empty = sum([cells[at] is None for cells in self.rows.cells for at in places])
        self.counts.columns = len(self.header)

    def _ignored(self) -> set[str]:
        return {column for name in self.mapping.ignore for column in self._columns(name)}

    def _patterns_of_nothing(self) -> list[str]:
        return [name for name in self.mapping.ignore if not self._columns(name)]

    def _columns(self, name: str) -> list[str]:
        """`State*` stands for every column that begins so; any other name for itself."""
        return [c for c in self.header if c.startswith(name[:-1])] if name.endswith("*") else [name]

    def columns_of(self, name: str) -> str:
        """The columns that a property of what a row says comes from."""
        return self._columns_of.get(name, name)

    def of_the_table(self, name: str) -> Make:
        """Place, certainty or quote as the table has them: the same for every claim of a row, so made once."""
        value = getattr(self.mapping, name)
        if not set(OF_A_LIST).isdisjoint(looked_at(value)):  # another for each value of a list
            return self.compiler.make(value, "text")
        return self._of_table.setdefault(name, _once_a_row(self.compiler.make(value, "text")))

    def define(self, mapping: ThingMapping, label: str, rows: Mapping[int, Ref]) -> None:
        """Remember what rows are: what one defines before what it repeats; not what a list in it names."""
        defined = self.defined.setdefault(label, {})
        if mapping.rows == "repeats":
            self.defined[label] = {**rows, **defined}
        elif mapping.rows == "defines":
            defined.update(rows)

    def wrong(self, row: int, name: str, value: Any, problem: str, remedy: str) -> None:
        """Note something wrong in a property of what a row says, at the columns that it comes from."""
        self.issue(row, problem, remedy, self.columns_of(name), value)

    def misdated(
        self,
        row: int,
        problem: str,
        properties: Properties,
        dates: tuple[str, ...],
        level: Level = "error",
        remedy: str = "mend the dates, or name the wrong ones as known",
    ) -> None:
        """Note dates that cannot be, at the columns that they come from."""
        stated = [name for name in dates if name in properties]
        columns = ", ".join(dict.fromkeys(self.columns_of(name) for name in stated))
        said = ", ".join(str(properties[name]) for name in stated)
        self.issue(row, problem, remedy, columns, said, level)

    def issue(
        self,
        row: int,
        problem: str,
        remedy: str,
        column: str | None = None,
        value: Any = None,
        level: Level = "error",
    ) -> None:
        """Note something wrong in this table."""
        add = self.claims.issues.add
        add(problem, remedy, file=self.mapping.name, row=row, column=column, value=value, level=level)

    def bad_mapping(self, problem: str, remedy: str, value: Any) -> DataError:
        """An error of `source.toml` itself, for the caller to raise."""
        return fault(problem, remedy, file=FILE, column=self.mapping.name, value=value)


def _added(each: Each) -> dict[str, str]:
    """The columns that a list adds to its rows, each with the names of those that it is made from."""
    names = OF_A_LIST if each.columns else OF_A_LIST[:1]
    return dict.fromkeys(names, ", ".join(each.columns or each.flags) or str(each.column))


def _is_computed(text: str) -> bool:
    return text[0] in _MAY_COMPUTE and (is_formula(text) or text in SPREADSHEET_ERRORS)


def _once_a_row(make: Make) -> Make:
    """The same, made once for a row, whichever mappings ask for it: then it has its issue once."""
    held: dict[int, Any] = {}

    def made(chosen: Chosen) -> list[Any]:
        new = {number: cells for number, cells in zip(*chosen, strict=True) if number not in held}
        held.update(zip(new, make(Chosen(list(new), list(new.values()))), strict=True))
        return [held[number] for number in chosen.numbers]

    return made
