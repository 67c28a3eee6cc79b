"""Sources as footnotes: a table a person reads has `[1, 3]` in its `sources` column and the list under it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from relgraph.query.results import Rows, plain

COLUMN = "sources"


def numbered(rows: Rows) -> tuple[Rows, list[str]]:
    """The rows with the numbers of footnotes in place of the texts in their `sources`, and the footnotes.

    Footnotes are numbered from 1 in the order in which the rows come to them. Rows without a `sources` column
    come back as they are.

    >>> shown, notes = numbered(Rows(("id", "sources"), [["a", ["s, p. 2", "s, p. 3"]], ["b", ["s, p. 3"]]]))
    >>> shown.column("sources"), notes
    (['[1, 2]', '[2]'], ['s, p. 2', 's, p. 3'])
    """
    if COLUMN not in rows.columns:
        return rows, []
    position = rows.columns.index(COLUMN)
    notes: dict[str, int] = {}
    changed = [[*row[:position], _marks(row[position], notes), *row[position + 1 :]] for row in rows.rows]
    return Rows(rows.columns, changed, rows.title, rows.notes), list(notes)


def _marks(value: Any, notes: dict[str, int]) -> Any:
    texts = plain(value)
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        return value
    numbers = [notes.setdefault(text, len(notes) + 1) for text in texts]
    return f"[{', '.join(_ranges(numbers))}]" if numbers else None


def _ranges(numbers: Iterable[int]) -> Iterable[str]:
    """Numbers with three or more in a row drawn together: 1-3, 7."""
    for _, run in groupby(enumerate(sorted(set(numbers))), lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield from [f"{found[0]}-{found[-1]}"] if len(found) > 2 else map(str, found)
