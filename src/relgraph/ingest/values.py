"""Values: the mapping language's *value* compiled into a function from a row's cells to what the graph will hold.

A mapping is compiled once for each table, and its functions then take whole columns (`columns.each_once`). A cell
that cannot be read is an issue and the value absent; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from relgraph.errors import DataError
from relgraph.ingest.columns import Cells, Make, One, cell, each_once
from relgraph.ingest.conversions import CONSTANTS, CONVERSIONS, Unreadable, date_part, dates_of_form
from relgraph.ingest.declaration import FILE, Known, TableMapping
from relgraph.ingest.issues import KNOWN, Issues, Level, fault
from relgraph.ingest.language import GROUP, HOLE, Flags, Value, When
from relgraph.ingest.lookups import through
from relgraph.ingest.patterns import searching
from relgraph.model.dates import ONGOING, BadDate
from relgraph.model.names import close

Text = Callable[[Cells], "str | None"]
OF_A_LIST = ("each", "each column")
"""Columns that a list adds to its rows: the value, and the name of the column that it stands in, of several."""


class AsSaid(str):
    """A cell with a known defect: no value of its property, and kept in the source's own words."""

    __slots__ = ()


class Compiler:
    """Compiles the values of one table; knows its columns, its lookups and its known defects."""

    def __init__(
        self,
        mapping: TableMapping,
        header: list[str],
        lookups: Mapping[str, Mapping[str, str]],
        known: tuple[Known, ...],
        issues: Issues,
    ) -> None:
        self.file, self.header, self.lookups, self.issues = mapping.name, header, lookups, issues
        self.missing = frozenset(mapping.missing)
        self.index = {name: at for at, name in enumerate(header)}
        self.used: set[str] = set()
        self.added: Mapping[str, str] = {}
        self._absent: set[str] = set()
        self._known = {(k.record, k.column, k.value): k.reason for k in known if k.file in (None, mapping.file)}
        self.knows = bool(self._known)  # of defects
        self.met: set[tuple[str, str, str]] = set()  # those of them that were there
        self._suspects = {value for _, _, value in self._known}
        self.record: Text = self.text(mapping.record) if mapping.record else (lambda cells: None)
        of_record = looked_at(mapping.record) if mapping.record else ()
        self._of_record = [self.index[name] for name in of_record if name in self.index]

    def go_through(self, added: Mapping[str, str]) -> None:
        """From here on rows have these columns, too, behind their last cell, each made from others: those of a list."""
        self.added = added
        self.index = {name: at for at, name in enumerate([*self.header, *added])}

    # --- what a value is made from ---

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

    def places(self, *values: Value) -> list[int]:
        """The places of all cells that these values may depend on."""
        places = [at for value in values for name in looked_at(value) if (at := self.index.get(name)) is not None]
        return places + (self._of_record if any(map(self._defective, values)) else [])

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

    # --- what it becomes ---

    def make(self, value: Value, kind: str, *, keep: bool = False, said: bool = False) -> Make:
        """A function from rows to their values: see `one`."""
        one = self.one(value, kind, keep=keep, said=said)
        bare = _BARE.fullmatch(value.template or "")
        if bare and kind == "text" and bare[1] in self.index and not (value.when or self._defective(value)):
            return cell(self.index[bare[1]])
        return each_once(one, self.places(value), self.issues)

    def one(self, value: Value, kind: str, *, keep: bool = False, said: bool = False) -> One:
        """A function from cells and row number to the value, of the type that the ontology gives its property.

        A cell with a known defect is absent, or (`keep`) `AsSaid`; what is `said` anyway stays as it is.
        """
        if value.flags:
            return self._where(value, self._flagged(value, kind))
        if value.value is not None and not isinstance(value.value, str):
            constant = self._constant(value.value, kind)
            return self._where(value, lambda cells, row: constant)
        text, convert = self.text(value), self._typed(value, kind)
        column = self.columns(value)
        defective = not said and self._defective(value)

        def made(cells: Cells, row: int) -> Any:
            found = None
            try:
                found = text(cells)
                if found is None:
                    return None
                if defective:
                    self._refuse_known(cells, column, found)
                return convert(found)
            except (Unreadable, BadDate) as error:
                known = self.unreadable(error, cells, row, column, found)
                return AsSaid(known) if known and keep else None

        return made

    def _where(self, value: Value, make: One) -> One:
        """The same, in the rows that are meant."""
        if not value.when:
            return make
        conditions = [self.condition(when) for when in value.when]
        return lambda cells, row: make(cells, row) if all(holds(cells) for holds in conditions) else None

    def _flagged(self, value: Value, kind: str) -> One:
        if kind != "list":
            raise self._misfit(", ".join(value.flags), f"flags make a list, and this is to be a {kind}", "use a column")
        return self.flagged(value)

    def flagged(self, flags: Flags) -> Callable[[Cells, int], list[str]]:
        """A function from a row to the words whose columns say yes."""
        places = [(at, name, word) for name, word in flags.flags.items() if (at := self.column(name)) is not None]
        yes, no = frozenset(flags.yes), frozenset(flags.no)

        def words(cells: Cells, row: int) -> list[str]:
            found = []
            for at, name, word in places:
                cell = cells[at]
                if cell in yes:
                    found.append(word)
                elif cell is not None and cell not in no:
                    remedy = f"write {' or '.join((*flags.yes, *flags.no))}, or list it under yes or no"
                    self.unreadable(Unreadable("is neither yes nor no", remedy), cells, row, name, cell)
            if not found and flags.none and all(cells[at] in no for at, _, _ in places):
                return [flags.none]
            return found

        return words

    def _defective(self, value: Value) -> bool:
        """Whether a defect is known of the columns that a value is made from."""
        column = self.columns(value)
        return any(named == column for _, named, _ in self._known)

    def _refuse_known(self, cells: Cells, column: str | None, said: str) -> None:
        """A defect that is named is kept out, though it can be read."""
        for value in (said, self._raw(cells, column)):
            if value in self._suspects and (self.record(cells) or "", column or "", value or "") in self._known:
                raise Unreadable("is known to be wrong", "", value=value)

    def _typed(self, value: Value, kind: str) -> Callable[[str], Any]:
        if value.split is None:
            return CONVERSIONS[kind]
        separator, lookup = value.split, self._lookup(value.lookup)
        if kind != "list":
            raise self._misfit(value.column, f"split makes a list, and this is to be a {kind}", "take out split")

        def split(text: str) -> list[str]:
            parts = [part.strip() for part in text.split(separator) if part.strip()]
            return [lookup(part) for part in parts] if lookup else parts

        return split

    def _constant(self, constant: Any, kind: str) -> Any:
        if isinstance(constant, bool) or not isinstance(constant, CONSTANTS.get(kind, ())):
            raise self._misfit(constant, f"is to be a {kind}", "write it as one")
        return constant

    def _misfit(self, value: object, problem: str, remedy: str) -> DataError:
        return fault(problem, remedy, file=FILE, column=self.file, value=value)

    def unreadable(
        self, error: Exception, cells: Cells, row: int, column: str | None, said: str | None
    ) -> str | None:
        """Note an issue; a known defect of the publisher's file is a warning, and returned as it stands there."""
        column = getattr(error, "column", None) or column
        raw = getattr(error, "value", None) or said or self._raw(cells, column)
        problem = getattr(error, "problem", None) or str(error).removeprefix(f"{said!r} ")
        at = (self.record(cells) or "", column or "", raw or "")
        if reason := self._known.get(at):
            self.met.add(at)
        usual = "mend the cell, or map it by format, match or a lookup"
        remedy = f"{KNOWN}{reason}" if reason else getattr(error, "remedy", usual)
        level: Level = "warning" if reason else "error"
        self.issues.add(problem, remedy, file=self.file, row=row, column=column, value=raw, level=level)
        return raw if reason else None

    def warn(self, problem: str, cells: Cells, row: int, column: str | None, said: str) -> None:
        """Note what was read, but not as it stands."""
        remedy = "the nearest in time was taken"
        self.issues.add(problem, remedy, file=self.file, row=row, column=column, value=said, level="warning")

    def flags(self, flags: Flags) -> Make:
        """A function from rows to the words whose columns say yes."""
        places = [self.index[name] for name in flags.flags if name in self.index]
        return each_once(self.flagged(flags), places, self.issues)

    def _raw(self, cells: Cells, column: str | None) -> str | None:
        at = self.index.get(column or "")
        return cells[at] if at is not None and at < len(cells) else None

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


_BARE = re.compile(r"\{([^{}|]+)\}")


def looked_at(value: Value) -> Iterator[str]:
    """The columns that a value, or whether it is there, depends on."""
    yield from (name for name, _ in HOLE.findall(value.template or ""))
    yield from (name for name in (value.column, value.year, value.month, value.day, *value.flags) if name)
    yield from (when.column for when in value.when)
    for each in value.first:
        yield from looked_at(each)


def _above(cell: str | None, other: str | None) -> bool:
    """Whether a cell comes after another: numbers by their size, other texts by their letters."""
    if cell is None or other is None:
        return False
    if cell.isdecimal() and other.isdecimal():
        return int(cell) > int(other)
    return cell > other
