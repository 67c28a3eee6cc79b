"""The answer to a query as a table for a terminal, or as one block a row where a table would be too wide."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from relgraph.query.footnotes import numbered
from relgraph.query.formats import cell, visible
from relgraph.query.results import Rows

if TYPE_CHECKING:
    from rich.console import RenderableType

LEAST = 7  # columns of a terminal that a column of text needs so that it can be read
GAP = 2
_PLAIN = {"force_terminal": False, "highlight": False, "markup": False, "emoji": False}


def lines(rows: Rows, width: int = 80) -> Iterator[str]:
    """The title, the table, and under it footnotes and notes; no line is wider than `width` (at least 20).

    Columns that are empty in every row are left out, and named. No rows: a sentence says so.
    """
    width = max(width, 20)
    shown, footnotes = numbered(rows)
    columns = [visible(name) for name in shown.columns]
    cells = [[visible(cell(value)) for value in row] for row in shown.plain()]
    kept = [n for n in range(len(columns)) if not cells or any(row[n] for row in cells)]
    empty = [name for n, name in enumerate(columns) if n not in kept]
    if rows.title:
        yield from _printed(_paragraph(rows.title), width)
        yield "\n"
    kept_columns, kept_cells = [columns[n] for n in kept], [[row[n] for n in kept] for row in cells]
    yield from _body(kept_columns, kept_cells, _numeric(shown, kept), width)
    listed = [f"[{number}] {note}" for number, note in enumerate(footnotes, 1)]
    under = [*([f"Empty in every row: {', '.join(empty)}."] if empty else []), *rows.notes]
    for number, note in enumerate([*listed, *under]):
        yield "" if number else "\n"
        yield from _printed(_paragraph(note), width)


def _numeric(rows: Rows, kept: Sequence[int]) -> list[bool]:
    found = []
    for n in kept:
        kinds = {type(row[n]) for row in rows.rows} - {type(None)}
        found.append(bool(kinds) and kinds <= {int, float})
    return found


def _body(columns: list[str], cells: list[list[str]], numeric: list[bool], width: int) -> Iterator[str]:
    if not cells:
        yield "No rows.\n"
        return
    natural = [max(map(_breadth, column)) for column in zip(columns, *cells, strict=True)]
    if sum(min(LEAST, breadth) for breadth in natural) + GAP * (len(columns) - 1) > width:
        yield from _blocks(columns, cells, width)
    else:
        yield from _printed(_table(columns, cells, numeric), width)


def _breadth(text: str) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, text.split("\n")))


def _table(columns: list[str], cells: list[list[str]], numeric: list[bool]) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1), collapse_padding=True)
    for name, right in zip(columns, numeric, strict=True):
        least = min(LEAST, _breadth(name))
        table.add_column(Text(name), justify="right" if right else "left", overflow="fold", min_width=least)
    for row in cells:
        table.add_row(*map(Text, row))
    return table


def _blocks(columns: list[str], cells: list[list[str]], width: int) -> Iterator[str]:
    """One block a row: a line for each column that is not empty."""
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(cells, 1):
        yield f"── {number} ".ljust(min(width, 40), "─") + "\n"
        block = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
        block.add_column(overflow="fold", max_width=width // 2)
        block.add_column(overflow="fold")
        for name, text in zip(columns, row, strict=True):
            if text:
                block.add_row(Text(name), Text(text))
        yield from _printed(block, width)


def _paragraph(text: str) -> RenderableType:
    from rich.text import Text

    return Text(visible(text), overflow="fold")


def _printed(renderable: RenderableType, width: int) -> Iterator[str]:
    from rich.console import Console

    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None, **_PLAIN).print(renderable)
    for line in stream.getvalue().splitlines():
        yield f"{line.rstrip()}\n"
