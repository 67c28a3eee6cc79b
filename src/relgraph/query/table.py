"""The answer to a query as a table for a terminal, or as one block a row where a table could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relgraph.query.cells import cell, visible
from relgraph.query.footnotes import numbered
from relgraph.query.results import Rows
from relgraph.query.wrapping import breadth, padded, shared, wrapped

LEAST = 12  # a word of up to so many letters is not broken to make room
GAP = "  "
NARROWEST = 20


def lines(rows: Rows, width: int = 80) -> Iterator[str]:
    """The title, the table, and under it footnotes and notes; no line is wider than `width` (at least 20).

    Columns that are empty in every row are left out, and named. No rows: a sentence says so.
    """
    width = max(width, NARROWEST)
    shown, footnotes = numbered(rows)
    columns = [visible(name) for name in shown.columns]
    cells = [[visible(cell(value)) for value in row] for row in shown.plain()]
    kept = [n for n in range(len(columns)) if any(row[n] for row in cells)] or list(range(len(columns)))
    empty = [name for n, name in enumerate(columns) if n not in kept]
    if rows.title:
        yield from _paragraph(rows.title, width)
        yield "\n"
    kept_columns, kept_cells = [columns[n] for n in kept], [[row[n] for n in kept] for row in cells]
    yield from _body(kept_columns, kept_cells, [_is_number(shown, n) for n in kept], width)
    listed = [f"[{number}] {note}" for number, note in enumerate(footnotes, 1)]
    under = [*([f"Empty in every row: {', '.join(empty)}."] if empty else []), *rows.notes]
    for number, note in enumerate([*listed, *under]):
        yield "" if number else "\n"
        yield from _paragraph(note, width)


def _paragraph(text: str, width: int) -> Iterator[str]:
    return (f"{line}\n" for line in wrapped(visible(text), width))


def _is_number(rows: Rows, column: int) -> bool:
    kinds = {type(row[column]) for row in rows.rows} - {type(None)}
    return bool(kinds) and kinds <= {int, float}


def _body(columns: list[str], cells: list[list[str]], numbers: list[bool], width: int) -> Iterator[str]:
    if not cells:
        return iter(["No rows.\n"])
    natural = [max(map(breadth, column)) for column in zip(columns, *cells, strict=True)]
    least = [_least(column) for column in zip(columns, *cells, strict=True)]
    widths = shared(natural, least, width - len(GAP) * (len(columns) - 1))
    return _table(columns, cells, numbers, widths) if widths else _blocks(columns, cells, width)


def _least(column: Sequence[str]) -> int:
    """How narrow a column may become: its name and every shorter word stay whole."""
    longest = max((breadth(word) for text in column for word in text.split()), default=0)
    return max(breadth(column[0]), min(LEAST, longest))


def _table(columns: list[str], cells: list[list[str]], numbers: list[bool], widths: list[int]) -> Iterator[str]:
    yield from _row(columns, widths, numbers)
    yield "─" * (sum(widths) + len(GAP) * (len(widths) - 1)) + "\n"
    for row in cells:
        yield from _row(row, widths, numbers)


def _row(cells: list[str], widths: list[int], numbers: list[bool]) -> Iterator[str]:
    columns = [wrapped(text, width) for text, width in zip(cells, widths, strict=True)]
    for n in range(max(map(len, columns))):
        parts = zip((column[n] if n < len(column) else "" for column in columns), widths, numbers, strict=True)
        yield GAP.join(padded(*part) for part in parts).rstrip() + "\n"


def _blocks(columns: list[str], cells: list[list[str]], width: int) -> Iterator[str]:
    """One block a row: a line for each column that is not empty."""
    names = min(max(map(breadth, columns)), width // 2)
    for number, row in enumerate(cells, 1):
        yield f"── {number} ".ljust(min(width, 40), "─") + "\n"
        for pair in zip(columns, row, strict=True):
            if pair[1]:
                yield from _row(list(pair), [names, width - names - len(GAP)], [False, False])
