"""Writes the answer to a query: `csv`, `json`, `jsonl`, `markdown`, or a `table` for a terminal.

All are made from plain data (`relgraph.query.results`), so that a date, a list or a node looks the same to
everyone who reads it. Where a cell can hold no list or object (csv, markdown, table), a list is joined by
`; `, a node or relationship stands as its id, a path as the ids along it, any other object as JSON.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from relgraph.errors import UsageError
from relgraph.query.results import Rows

# A spreadsheet runs a cell that begins with one of these.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_ENTITIES = ({"labels", "properties"}, {"type", "start", "end", "properties"})
# What moves a cursor, changes colors or turns the direction of what follows.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = str.maketrans({"\\": "\\\\", "|": "\\|", "`": "\\`", "*": "\\*", "<": "&lt;"})


def render(rows: Rows, format_: str = "table", *, width: int = 80, formulas: bool = False) -> str:
    """The answer as text in one of `FORMATS`; `write` says what the options do."""
    return "".join(_chunks(rows, format_, width, formulas))


def write(rows: Rows, stream: TextIO, format_: str = "table", *, width: int = 80, formulas: bool = False) -> None:
    """Write the answer to a text stream row by row; a file for csv is opened with `newline=""`.

    `width`: columns of the terminal, for `table`. `formulas`: leave csv cells that a spreadsheet would run
    (`=1+1`) as they are, where otherwise an apostrophe is put before them.
    """
    for chunk in _chunks(rows, format_, width, formulas):
        stream.write(chunk)


def _chunks(rows: Rows, format_: str, width: int, formulas: bool) -> Iterator[str]:
    writer = _WRITERS.get(format_)
    if writer is None:
        raise UsageError(f"{format_!r} is no format; use one of {', '.join(FORMATS)}")
    return writer(rows, width, formulas)


def _json(rows: Rows, width: int, formulas: bool) -> Iterator[str]:
    """One array of objects, an object a line: valid JSON that diffs by row."""
    yield "["
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n  {_dumps(row)}"
    yield "\n]\n" if rows.rows else "]\n"


def _jsonl(rows: Rows, width: int, formulas: bool) -> Iterator[str]:
    return (f"{_dumps(row)}\n" for row in rows)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _csv(rows: Rows, width: int, formulas: bool) -> Iterator[str]:
    """RFC 4180: a header, CRLF at the end of each line, quotes where needed, nothing for null."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    guard = (lambda text: text) if formulas else _guarded
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


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def cell(value: Any) -> str:
    """A plain value as the text of one cell.

    >>> cell(["a", "b"]), cell(True), cell(None), cell({"labels": ["Country"], "properties": {"id": "JPN"}})
    ('a; b', 'true', '', 'JPN')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(_dumps(item) if isinstance(item, list) else cell(item) for item in value)
    return _object(value) if isinstance(value, dict) else str(value)


def _object(value: dict[str, Any]) -> str:
    keys, properties = set(value), value.get("properties")
    if keys in _ENTITIES and isinstance(properties, dict) and properties.get("id"):
        return str(properties["id"])
    if keys == {"nodes", "relationships"}:
        return "; ".join(cell(node) for node in value["nodes"])
    return _dumps(value)


def _markdown(rows: Rows, width: int, formulas: bool) -> Iterator[str]:
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


def visible(text: str) -> str:
    """The text with the characters that would act on a terminal or page made visible, and tabs as spaces."""
    return _UNSEEN.sub("�", text.replace("\r\n", "\n").replace("\t", " "))


def _table(rows: Rows, width: int, formulas: bool) -> Iterator[str]:
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
