"""Writes the answer to a query: `csv`, `json`, `jsonl`, `markdown`, or a `table` for a terminal.

All are made from plain data (`relgraph.query.results`), so that a date, a list or a node looks the same to
everyone who reads it. Where a cell can hold no list or object (csv, markdown, table), a list is joined by
`; `, a node or relationship stands as its id, a path as the ids along it, any other object as JSON.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from relgraph.errors import UsageError
from relgraph.query.cells import cell, dumped, guarded, visible
from relgraph.query.results import Rows

_MARKDOWN = str.maketrans({"\\": "\\\\", "|": "\\|", "`": "\\`", "*": "\\*", "<": "&lt;"})


def render(rows: Rows, format_: str = "table", *, width: int = 80, raw_cells: bool = False) -> str:
    """The answer as text in one of `FORMATS`; `write` says what the options do."""
    return "".join(_chunks(rows, format_, width, raw_cells))


def write(rows: Rows, stream: TextIO, format_: str = "table", *, width: int = 80, raw_cells: bool = False) -> None:
    """Write the answer to a text stream row by row; a file for csv is opened with `newline=""`.

    `width`: columns of the terminal, for `table`. `raw_cells`: leave csv cells that a spreadsheet would run
    (`=1+1`) as they are, where otherwise an apostrophe is put before them.
    """
    for chunk in _chunks(rows, format_, width, raw_cells):
        stream.write(chunk)


def _chunks(rows: Rows, format_: str, width: int, raw_cells: bool) -> Iterator[str]:
    writer = _WRITERS.get(format_)
    if writer is None:
        raise UsageError(f"{format_!r} is no format; use one of {', '.join(FORMATS)}")
    return writer(rows, width, raw_cells)


def _json(rows: Rows, width: int, raw_cells: bool) -> Iterator[str]:
    """One array of objects, an object a line: valid JSON that diffs by row."""
    yield "["
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n  {dumped(row)}"
    yield "\n]\n" if rows.rows else "]\n"


def _jsonl(rows: Rows, width: int, raw_cells: bool) -> Iterator[str]:
    return (f"{dumped(row)}\n" for row in rows)


def _csv(rows: Rows, width: int, raw_cells: bool) -> Iterator[str]:
    """RFC 4180: a header, CRLF at the end of each line, quotes where needed, nothing for null."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    guard = (lambda text: text) if raw_cells else guarded
    yield _flush(writer, line, [guard(name) for name in rows.columns])
    for row in rows.plain():
        yield _flush(writer, line, [guard(cell(value)) if _is_text(value) else cell(value) for value in row])


def _flush(writer: Any, line: io.StringIO, cells: list[str]) -> str:
    line.seek(0)
    line.truncate()
    writer.writerow(cells)
    return line.getvalue()


def _is_text(value: Any) -> bool:
    return not isinstance(value, (int, float))


def _markdown(rows: Rows, width: int, raw_cells: bool) -> Iterator[str]:
    from relgraph.query.footnotes import numbered

    shown, notes = numbered(rows)
    yield _line(shown.columns)
    yield _line(["---"] * len(shown.columns), _unchanged)
    for row in shown.plain():
        yield _line([cell(value) for value in row])
    listed = [f"{number}. {escaped(note)}" for number, note in enumerate(notes, 1)]
    for paragraph in ("\n".join(listed), *map(escaped, rows.notes)):
        if paragraph:
            yield f"\n{paragraph}\n"


def _line(cells: Any, change: Callable[[str], str] | None = None) -> str:
    return f"| {' | '.join(map(change or escaped, cells))} |\n"


def _unchanged(text: str) -> str:
    return text


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line.

    >>> print(escaped("a|b\\n*c*"))
    a\\|b<br>\\*c\\*
    """
    return "<br>".join(visible(text).translate(_MARKDOWN).split("\n"))


def _table(rows: Rows, width: int, raw_cells: bool) -> Iterator[str]:
    from relgraph.query.table import lines

    return lines(rows, width)


_WRITERS: dict[str, Callable[[Rows, int, bool], Iterator[str]]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "jsonl": _jsonl,
    "markdown": _markdown,
}
FORMATS = tuple(_WRITERS)
