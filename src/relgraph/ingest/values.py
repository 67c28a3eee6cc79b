"""Values: the mapping language's *value* compiled into a function from a row's cells to what the graph will hold.

A mapping is compiled once for each table, and its functions then take whole columns (`columns.each_once`). A cell
that cannot be read is an issue and the value absent; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from relgraph.ingest.columns import Cells, Make, One, cell, each_once
from relgraph.ingest.conversions import CONSTANTS, CONVERSIONS, Unreadable
from relgraph.ingest.declaration import Known, TableMapping
from relgraph.ingest.issues import KNOWN, Issues, Level
from relgraph.ingest.language import Flags, Value
from relgraph.ingest.texts import Text, Texts, looked_at
from relgraph.model.dates import BadDate


class AsSaid(str):
    """A cell with a known defect: no value of its property, and kept in the source's own words."""

    __slots__ = ()


class Compiler(Texts):
    """Compiles the values of one table; knows its known defects, too."""

    def __init__(
        self,
        mapping: TableMapping,
        header: list[str],
        lookups: Mapping[str, Mapping[str, str]],
        known: tuple[Known, ...],
        issues: Issues,
    ) -> None:
        super().__init__(mapping, header, lookups, issues)
        self._known = {(k.record, k.column, k.value): k.reason for k in known if k.file in (None, mapping.file)}
        self.knows = bool(self._known)  # of defects
        self.met: set[tuple[str, str, str]] = set()  # those of them that were there
        self._suspects = {value for _, _, value in self._known}
        self.record: Text = self.text(mapping.record) if mapping.record else (lambda cells: None)
        of_record = looked_at(mapping.record) if mapping.record else ()
        self._of_record = [self.index[name] for name in of_record if name in self.index]

    def places(self, *values: Value) -> list[int]:
        """The places of all cells that these values may depend on."""
        places = [at for value in values for name in looked_at(value) if (at := self.index.get(name)) is not None]
        return places + (self._of_record if any(map(self._defective, values)) else [])

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

_BARE = re.compile(r"\{([^{}|]+)\}")
