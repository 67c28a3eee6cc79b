"""Values: the mapping language's *value* compiled into a function from a row's cells to what the graph will hold.

A mapping is compiled once for each table, because it then runs for each of a hundred thousand rows. A cell that
cannot be read is an issue and the value absent; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from relgraph.errors import DataError
from relgraph.ingest.declaration import FILE, HOLE, Known, TableMapping, Value, When
from relgraph.ingest.issues import Issues, Level, fault
from relgraph.model.dates import ONGOING, BadDate, parse

Cells = list["str | None"]
Text = Callable[[Cells], "str | None"]
Make = Callable[[Cells, int], Any]
EACH = "each"


class Unreadable(ValueError):
    """A cell that does not hold what its mapping expects; `column` and `value` where it is one of several."""

    def __init__(self, problem: str, remedy: str, column: str | None = None, value: str | None = None) -> None:
        super().__init__(problem)
        self.problem, self.remedy, self.column, self.value = problem, remedy, column, value


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
        self.file, self.header, self.lookups, self.issues = mapping.file, header, lookups, issues
        self.index = {name: at for at, name in enumerate(header)} | {EACH: len(header)}
        self.used: set[str] = set()
        self._absent: set[str] = set()
        self._known = {(k.record, k.column, k.value): k.reason for k in known if k.file in (None, mapping.file)}
        self.record: Text = self.text(mapping.record) if mapping.record else (lambda cells: None)

    # --- what a value is made from ---

    def column(self, name: str) -> int | None:
        """The place of a column, marked as used; one that is not there is an issue, once."""
        self.used.add(name)
        if name not in self.index and name not in self._absent:
            self._absent.add(name)
            near = get_close_matches(name, self.header, n=3, cutoff=0.5) or self.header[:8]
            self.issues.add("is missing", f"the file has {', '.join(near)}", file=self.file, row=1, column=name)
        return self.index.get(name)

    def text(self, value: Value) -> Text:
        """The value as text, before it is given its type."""
        if value.value is not None:
            constant = str(value.value)
            return lambda cells: constant
        if value.year is not None:
            return self._parts(value)
        base = self._template(value.template) if value.template is not None else self._cell(str(value.column))
        return self._refine(base, value)

    def _cell(self, name: str) -> Text:
        at = self.column(name)
        return (lambda cells: None) if at is None else (lambda cells: cells[at])

    def _template(self, template: str) -> Text:
        holes = [self._hole(name, lookup) for name, lookup in HOLE.findall(template)]
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

    def _lookup(self, name: str | None) -> Callable[[str], str] | None:
        if not name:
            return None
        if name == "slug":
            return slug
        if name not in self.lookups:
            raise fault(f"is used for {self.file} but not there", "add it", file=FILE, column=f"lookups.{name}")
        table = self.lookups[name]

        def look_up(word: str) -> str:
            try:
                return table[word]
            except KeyError:
                near = get_close_matches(word, table, n=3, cutoff=0.4) or list(table)[:5]
                raise Unreadable(f"is not in [lookups.{name}]", f"it has {', '.join(near)}; add the word") from None

        return look_up

    def _refine(self, base: Text, value: Value) -> Text:
        lookup = None if value.split else self._lookup(value.lookup)  # of a list, each item is looked up
        steps = [step for step in (self._match(value), lookup, _formatted(value)) if step]
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
        pattern = re.compile(value.match)

        def matched(text: str) -> str:
            found = pattern.search(text)
            if found is None:
                raise Unreadable(f"does not match {pattern.pattern!r}", "mend the cell or the pattern")
            return found[1] if pattern.groups else found[0]

        return matched

    def _parts(self, value: Value) -> Text:
        year, month, day = (self._cell(name) if name else None for name in (value.year, value.month, value.day))
        ongoing = frozenset(value.ongoing)

        def date_of(cells: Cells) -> str | None:
            stated = year(cells) if year else None
            if (stated or "") in ongoing:
                return ONGOING
            if stated is None:
                return None
            text = _number(stated, 4)
            for part in (month, day):
                finer = part(cells) if part else None
                if finer is None:
                    break
                text += "-" + _number(finer, 2)
            return text

        return date_of

    # --- what it becomes ---

    def make(self, value: Value, kind: str) -> Make:
        """A function from cells and row number to the value, of the type that the ontology gives its property."""
        if value.value is not None and not isinstance(value.value, str):
            constant = self._constant(value.value, kind)
            return lambda cells, row: constant
        text, convert = self.text(value), self._typed(value, kind)
        column = value.column or value.year or ", ".join(n for n, _ in HOLE.findall(value.template or "")) or None

        def made(cells: Cells, row: int) -> Any:
            said = None
            try:
                said = text(cells)
                return None if said is None else convert(said)
            except (Unreadable, BadDate) as error:
                self.unreadable(error, cells, row, column, said)
                return None

        return made

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

    def unreadable(self, error: Exception, cells: Cells, row: int, column: str | None, said: str | None) -> None:
        """Note an issue; a known defect of the publisher's file is a warning."""
        column = getattr(error, "column", None) or column
        raw = getattr(error, "value", None) or said or self._raw(cells, column)
        problem = getattr(error, "problem", None) or str(error).removeprefix(f"{said!r} ")
        reason = self._known.get((self.record(cells) or "", column or "", raw or ""))
        remedy = f"known: {reason}" if reason else getattr(error, "remedy", "mend the cell")
        level: Level = "warning" if reason else "error"
        self.issues.add(problem, remedy, file=self.file, row=row, column=column, value=raw, level=level)

    def warn(self, problem: str, cells: Cells, row: int, column: str, said: str) -> None:
        """Note what was read, but not as it stands."""
        remedy = "the nearest in time was taken"
        self.issues.add(problem, remedy, file=self.file, row=row, column=column, value=said, level="warning")

    def _raw(self, cells: Cells, column: str | None) -> str | None:
        at = self.index.get(column or "")
        return cells[at] if at is not None and at < len(cells) else None

    def condition(self, when: When) -> Callable[[Cells], bool]:
        """Whether a row is meant."""
        at = self.column(when.column)
        if at is None:
            return lambda cells: False
        among, unless = when.among, frozenset(when.unless or ())
        pattern = re.compile(when.matches) if when.matches else None
        wanted = frozenset(among) if among is not None else None

        def holds(cells: Cells) -> bool:
            cell = cells[at] or ""
            return (
                cell not in unless
                and (wanted is None or cell in wanted)
                and (pattern is None or bool(pattern.search(cell)))
            )

        return holds


def _formatted(value: Value) -> Callable[[str], str] | None:
    if value.format is None:
        return None
    form = value.format
    parts = "-".join(code for code, asked in (("%Y", "%Y%y"), ("%m", "%m%b%B"), ("%d", "%d")) if _asks(form, asked))

    def to_edtf(text: str) -> str:
        try:
            return datetime.strptime(text, form).strftime(parts)
        except ValueError:
            raise Unreadable(f"is no date of the form {form}", "mend the cell, or name the defect as known") from None

    return to_edtf


def _asks(form: str, codes: str) -> bool:
    return any(code in form for code in re.findall("%.", codes))


def _number(text: str, width: int) -> str:
    try:
        return f"{int(float(text)):0{width}d}"
    except ValueError:
        raise Unreadable("is no number", "mend the part of the date, or list it under missing") from None


def slug(text: str) -> str:
    """A text as part of an id: lower case, hyphens.

    >>> slug("Joint Exercise (2019)")
    'joint-exercise-2019'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _as_date(text: str) -> str:
    if text != ONGOING:
        parse(text)
    return text


def _as_number(text: str) -> float | int:
    plain = text.replace(",", "").lstrip("$€£¥")
    try:
        return int(plain)
    except ValueError:
        pass
    try:
        number = float(plain)
    except ValueError:
        raise Unreadable("is no number", "write digits, with a point before decimals") from None
    if number != number or number in (float("inf"), float("-inf")):
        raise Unreadable("is no number", "write digits, with a point before decimals")
    return number


def _as_integer(text: str) -> int:
    number = _as_number(text)
    if number != int(number) or abs(number) >= 2**63:
        raise Unreadable("is no whole number", "write digits only")
    return int(number)


CONSTANTS: dict[str, tuple[type, ...]] = {"number": (int, float), "integer": (int,), "list": (list,)}
CONVERSIONS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "date": _as_date,
    "number": _as_number,
    "integer": _as_integer,
    "list": lambda text: [text],
}
