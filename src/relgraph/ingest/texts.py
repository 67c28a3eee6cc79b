"""Texts: what a value is made from: cells, through templates, lookups, patterns and forms, as one text of a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from relgraph.errors import DataError
from relgraph.ingest.columns import Cells
from relgraph.ingest.conversions import Unreadable, date_part, dates_of_form
from relgraph.ingest.declaration import FILE, TableMapping
from relgraph.ingest.issues import Issues, fault
from relgraph.ingest.language import GROUP, HOLE, Value, When
from relgraph.ingest.lookups import through
from relgraph.ingest.patterns import searching
from relgraph.model.dates import ONGOING
from relgraph.model.names import close

Text = Callable[[Cells], "str | None"]
OF_A_LIST = ("each", "each column")
"""Columns that a list adds to its rows: the value, and the name of the column that it stands in, of several."""


class Texts:
    """Makes the texts and the conditions of one table; knows its columns and its lookups."""

    def __init__(
        self, mapping: TableMapping, header: list[str], lookups: Mapping[str, Mapping[str, str]], issues: Issues
    ) -> None:
        self.file, self.header, self.lookups, self.issues = mapping.name, header, lookups, issues
        self.missing = frozenset(mapping.missing)
        self.index = {name: at for at, name in enumerate(header)}
        self.used: set[str] = set()
        self.added: Mapping[str, str] = {}
        self._absent: set[str] = set()

    def go_through(self, added: Mapping[str, str]) -> None:
        """From here on rows have these columns, too, behind their last cell, each made from others: those of a list."""
        self.added = added
        self.index = {name: at for at, name in enumerate([*self.header, *added])}

    def column(self, name: str) -> int | None:
        """The place of a column, marked as used."""
        self.used.add(name)
        return self.place(name)

    def place(self, name: str) -> int | None:
        """The place of a column; one that is not there is an issue, once."""
        if name not in self.index and name not in self._absent:
            self._absent.add(name)
            near = close(name, self.header, cutoff=0.5) or self.header[:8]
            self.issues.add("is missing", f"the file has {', '.join(near)}", file=self.file, row=1, column=name)
        return self.index.get(name)

    def columns(self, value: Value) -> str | None:
        """The names of the columns that a value is made from, for issues."""
        return ", ".join(dict.fromkeys(self._columns(value))) or None

    def _columns(self, value: Value) -> Iterator[str]:
        holes = (name for name, _ in HOLE.findall(value.template or ""))
        for name in (value.column, value.year, value.month, value.day, *holes, *value.flags):
            if name:
                yield self.added.get(name, name)
        for each in value.first:
            yield from self._columns(each)

    def text(self, value: Value) -> Text:
        """The value as text, before it is given its type."""
        made = self._text(value)
        if not value.when:
            return made
        conditions = [self.condition(when) for when in value.when]
        return lambda cells: made(cells) if all(holds(cells) for holds in conditions) else None

    def _text(self, value: Value) -> Text:
        if value.value is not None:
            constant = str(value.value)
            return lambda cells: constant
        if value.year is not None:
            return self._parts(value)
        if value.flags:
            raise self._misfit(", ".join(value.flags), "flags make a list", "use them for one alone")
        if value.first:
            return self._first(value)
        base = self._template(value.template) if value.template is not None else self._cell(str(value.column))
        return self._refine(base, value)

    def _first(self, value: Value) -> Text:
        """The first that the row has; one cell that none of them reads, in whatever form, is not to be lost."""
        texts, columns = [self.text(each) for each in value.first], set(self._columns(value))
        at = self.index.get(columns.pop()) if len(columns) == 1 else None

        def first(cells: Cells) -> str | None:
            for made in texts:
                if (text := made(cells)) is not None:
                    return text
            if at is not None and cells[at] is not None:
                raise Unreadable("is none of what first tells apart", "add what reads it", value=cells[at])
            return None

        return first

    def _cell(self, name: str) -> Text:
        at = self.column(name)
        return (lambda cells: None) if at is None else (lambda cells: cells[at])

    def _template(self, template: str) -> Text:
        holes = [self._hole(name, lookups.lstrip("|")) for name, lookups in HOLE.findall(template)]
        words = re.split(r"\{[^{}]+\}", template)
        if not holes:
            return lambda cells: template
        if words == ["", ""]:
            return holes[0]

        def filled(cells: Cells) -> str | None:
            parts = [words[0]]
            for hole, word in zip(holes, words[1:], strict=True):
                text = hole(cells)
                if text is None:
                    return None
                parts += (text, word)
            return "".join(parts)

        return filled

    def _hole(self, name: str, lookup: str) -> Text:
        """A cell of a template, looked up; an error says which of the cells it is about."""
        cell, look_up = self._cell(name), self._lookup(lookup)
        if look_up is None:
            return cell

        def found(cells: Cells) -> str | None:
            text = cell(cells)
            try:
                return None if text is None else look_up(text)
            except Unreadable as error:
                raise Unreadable(error.problem, error.remedy, name, text) from None

        return found

    def _lookup(self, names: str | None) -> Callable[[str], str] | None:
        return through(names or "", self.lookups, self.file)

    def _refine(self, base: Text, value: Value) -> Text:
        lookup = None if value.split else self._lookup(value.lookup)  # of a list, each item is looked up
        form = dates_of_form(value.format) if value.format else None
        steps = [step for step in (self._match(value), lookup, form) if step]
        ongoing = frozenset(value.ongoing)
        if not steps and not ongoing:
            return base

        def refined(cells: Cells) -> str | None:
            text = base(cells)
            if (text or "") in ongoing:
                return ONGOING
            for step in steps:
                text = None if text is None else step(text)
            return text

        return refined

    def _match(self, value: Value) -> Callable[[str], str] | None:
        if value.match is None:
            return None
        search = searching(value.match)

        def matched(text: str) -> str:
            found = search(text)
            if found is None:
                raise Unreadable(f"does not match {value.match!r}", "mend the cell or the pattern")
            if value.into is not None:
                return GROUP.sub(lambda group: found[int(group[1])] or "", value.into)
            return found[1] if found.re.groups else found[0]

        return matched

    def _parts(self, value: Value) -> Text:
        year = self._cell(str(value.year))
        named = (("year", value.year), ("month", value.month), ("day", value.day))
        parts = [self._part(name, part) for part, name in named if name]
        ongoing = frozenset(value.ongoing)

        def date_of(cells: Cells) -> str | None:
            if (year(cells) or "") in ongoing:
                return ONGOING
            read = []
            for part in parts:
                text = part(cells)
                if text is None:
                    break
                read.append(text)
            return "-".join(read) or None

        return date_of

    def _part(self, name: str, which: str) -> Text:
        cell = self._cell(name)

        def part(cells: Cells) -> str | None:
            text = cell(cells)
            try:
                return None if text is None else date_part(text, which)
            except Unreadable as error:
                raise Unreadable(error.problem, error.remedy, name, text) from None

        return part

    def _refuse_missing(self, when: When) -> None:
        """A cell that `missing` empties is never the word for it, so a condition on that never holds."""
        asked = {*(when.among or ()), *(when.unless or ())}
        for word in sorted(self.missing & asked if when.column not in self.added else ()):
            problem, remedy = "is asked for by a condition, but is empty by missing", 'write "" for it in the condition'
            self.issues.add(problem, remedy, file=self.file, column=when.column, value=word)

    def condition(self, when: When) -> Callable[[Cells], bool]:
        """Whether a row is meant."""
        at = self.column(when.column)
        if at is None:
            return lambda cells: False
        among, unless = when.among, frozenset(when.unless or ())
        self._refuse_missing(when)
        search = searching(when.matches) if when.matches else None
        wanted = frozenset(among) if among is not None else None
        if when.above is not None:
            other = self.column(when.above)
            return lambda cells: other is not None and _above(cells[at], cells[other])

        def holds(cells: Cells) -> bool:
            cell = cells[at] or ""
            return (
                cell not in unless
                and (wanted is None or cell in wanted)
                and (search is None or bool(search(cell)))
            )

        return holds

    def _misfit(self, value: object, problem: str, remedy: str) -> DataError:
        return fault(problem, remedy, file=FILE, column=self.file, value=value)


def looked_at(value: Value) -> Iterator[str]:
    """The columns that a value, or whether it is there, depends on."""
    yield from (name for name, _ in HOLE.findall(value.template or ""))
    yield from (name for name in (value.column, value.year, value.month, value.day, *value.flags) if name)
    yield from (name for when in value.when for name in when.columns)
    for each in value.first:
        yield from looked_at(each)


def _above(cell: str | None, other: str | None) -> bool:
    """Whether a cell comes after another: whole numbers by their size, other texts by their letters.

    >>> _above("100", "020"), _above("b", "a"), _above("9" * 5_000, "1" * 5_001)
    (True, True, False)
    """
    if cell is None or other is None:
        return False
    if cell.isdecimal() and other.isdecimal():  # however many digits they have
        cell, other = cell.lstrip("0"), other.lstrip("0")
        return (len(cell), cell) > (len(other), other)
    return cell > other
