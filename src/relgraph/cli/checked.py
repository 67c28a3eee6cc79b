"""What `check`, and a load that is refused, show: issues, and what became of every row and cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

from relgraph.ingest.issues import Issue, alike, summary
from relgraph.query.results import Rows

if TYPE_CHECKING:
    from relgraph.ingest.claims import Claims, Counts

FEW = 3  # numbers of rows, after which the others are counted


def issues(found: Iterable[Issue]) -> Rows:
    """A row for each issue."""
    return Rows(Issue._fields, [list(issue) for issue in found], title="Issues")


def at_a_glance(found: Iterable[Issue], most: int | None = None) -> Rows:
    """A row for all issues that differ in nothing but the row of the file; the first `most` of these."""
    together = alike(found)
    columns = tuple("rows" if name == "row" else name for name in Issue._fields)
    shown = [issue._asdict() | {"row": _several(rows)} for issue, rows in islice(together.items(), most)]
    left = len(together) - len(shown)
    notes = (f"{left:,} more are left out.",) if left else ()
    return Rows(columns, [list(each.values()) for each in shown], title="Issues", notes=notes)


def _several(numbers: list[int]) -> str:
    """The first few, and how many more.

    >>> _several([2, 5]), _several(list(range(2, 2_000)))
    ('2, 5', '2, 3, 4 and 1,995 more')
    """
    first, more = ", ".join(map(str, numbers[:FEW])), len(numbers) - FEW
    return f"{first} and {more:,} more" if more > 0 else first


def accounted(claims: Claims) -> list[Rows]:
    """What became of every row and cell of a source's files, then its issues by kind."""
    columns = ("file", "rows", "skipped", "cells", "handled", "empty", "ignored")
    files = Rows(columns, [_file(name, counts) for name, counts in claims.counts.items()], f"{claims.source.id}: cells")
    left = [("rows skipped", name, reason, n) for name, c in claims.counts.items() for reason, n in c.skipped.items()]
    ignored = {name: counts.ignored for name, counts in claims.counts.items() if counts.ignored}
    left += [("columns ignored", name, ", ".join(columns), len(columns)) for name, columns in ignored.items()]
    kinds = Counter((issue.level, issue.file, issue.kind) for issue in claims.issues)
    found = [(f"{level}s", file, kind, number) for (level, file, kind), number in sorted(kinds.items())]
    by_name = Rows(("what", "file", "which", "number"), [*left, *found], f"{claims.source.id}: left out, and issues")
    return [table for table in (files, by_name) if table.rows]


def summed_up(claims: Claims) -> str:
    """All of that in one line."""
    files = [_file(name, counts) for name, counts in claims.counts.items()]
    rows, skipped, _, handled, _, ignored = (sum(row[at] for row in files) for at in range(1, 7))
    read = f"{rows:,} rows read, {skipped:,} skipped by name; {handled:,} cells handled, {ignored:,} ignored by name"
    records = f"{len(claims.citations):,} things and {len(claims.ties):,} ties"
    return f"{claims.source.id}: {read}; {records}; {summary(claims.issues)}"


def _file(name: str, counts: Counts) -> tuple[Any, ...]:
    """Rows read and skipped; the cells of the others: all, in columns that are handled (without a value), ignored."""
    cells, handled, ignored = (counts.mapped * n for n in (counts.columns, len(counts.handled), len(counts.ignored)))
    return name, counts.rows, counts.skipped.total(), cells, handled, counts.empty, ignored
