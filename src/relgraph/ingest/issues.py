"""What is wrong with a source, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from relgraph.errors import DataError, sentence

Level = Literal["error", "warning"]
KNOWN = "known: "  # begins the remedy of a defect that source.toml names
_PARTICULAR = re.compile(r"'[^']*'|\[[^]]*\]|\d[\d,.:-]*\d|\d|[A-Z]{2,}\b")
MOST = 5_000  # errors, after which nobody reads on
SHOWN = 60  # characters of a value that an issue repeats


class Issue(NamedTuple):
    """One thing wrong in a source's files; `row` counts as a spreadsheet does, the header being row 1."""

    level: Level
    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    remedy: str

    def sentence(self) -> str:
        """The issue in one line: where, what, remedy."""
        where = self.file + (f", row {self.row}" if self.row else "") + (f", {self.column}" if self.column else "")
        said = f" {self.value!r}" if self.value is not None else ""
        return f"{where}:{said} {self.problem}; {self.remedy}"

    @property
    def kind(self) -> str:
        """What kind of issue it is: its problem without the names and numbers of this one.

        >>> Issue("warning", "a.csv", 2, "ccode", "260", "COW code 260 is …; the nearest spell is taken", "").kind
        'the nearest spell is taken'
        """
        if self.remedy.startswith(KNOWN):
            return "known defect of the file"
        return _PARTICULAR.sub("…", self.problem.rpartition("; ")[2])


class Issues(list[Issue]):
    """The issues of one source, in the order in which they were found; after too many errors it is read no further."""

    _errors = 0

    def add(
        self,
        problem: str,
        remedy: str,
        *,
        file: str,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        level: Level = "error",
    ) -> None:
        """Note one; a long value is cut, so that a hostile file cannot flood the terminal."""
        shown = None if value is None else str(value)
        if shown is not None and len(shown) > SHOWN:
            shown = f"{shown[:SHOWN]}… ({len(shown):,} characters)"
        place = (sentence(file, 200), row, None if column is None else sentence(column, 200))
        self.append(Issue(level, *place, shown, sentence(problem, 800), sentence(remedy, 800)))
        self._errors += level == "error"
        if level == "error" and self._errors == MOST:
            raise fault(f"has {MOST:,} errors, and was read no further", "mend these first", file=file)

    @contextmanager
    def by_row(self) -> Iterator[None]:
        """Puts what is noted meanwhile, column by column, in the order of the rows."""
        before = len(self)
        yield
        self[before:] = sorted(self[before:], key=lambda issue: issue.row or 0)

    @property
    def errors(self) -> list[Issue]:
        return [issue for issue in self if issue.level == "error"]

    @property
    def warnings(self) -> list[Issue]:
        return [issue for issue in self if issue.level == "warning"]


def fault(problem: str, remedy: str, **place: Any) -> DataError:
    """The error of a single issue, for where nothing can go on; `place` as for `Issues.add`."""
    issues = Issues()
    issues.add(problem, remedy, **place)
    return DataError(issues[0].sentence(), issues)


def alike(issues: Iterable[Issue]) -> dict[Issue, list[int]]:
    """Issues that differ in their row alone, as one without a row, with these rows in order."""
    together: dict[Issue, set[int]] = {}
    for issue in issues:
        together.setdefault(issue._replace(row=None), set()).update({issue.row} if issue.row else ())
    return {issue: sorted(rows) for issue, rows in together.items()}


def summary(issues: Iterable[Issue]) -> str:
    """How many errors and warnings, in words.

    >>> summary([])
    'no issues'
    """
    levels = [issue.level for issue in issues]
    parts = [f"{n:,} {word}{'' if n == 1 else 's'}" for word in ("error", "warning") if (n := levels.count(word))]
    return " and ".join(parts) or "no issues"
