"""Workbooks: the rows of a sheet as texts, as a person sees them there."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from relgraph.ingest.declaration import TableMapping
from relgraph.ingest.issues import Issues, fault

# A workbook is packed a thousandfold and read as a tree: what it may take is bounded before it is read.
UNPACKED = 300_000_000  # bytes
TAGS = 10_000_000  # of which a filled cell has four
CELLS = 20_000_000  # empty ones between filled ones, too
ROWS, COLUMNS, LENGTH = 1_048_576, 16_384, 32_767  # as many rows and columns, and as long a cell, as Excel has
_CHUNK = 1_000_000


def rows_of_workbook(path: Path, mapping: TableMapping, issues: Issues) -> list[list[str]]:
    """The rows of the sheet that is named, else of the first; none, with an issue, where they cannot be read."""
    try:
        with _opened(path) as book:
            return _rows(book, mapping)
    except _Refused as refusal:
        problem, remedy = refusal.args
    except Exception as error:  # noqa: BLE001 - what zip files, XML and openpyxl raise over a damaged file has no root
        problem, remedy = f"is no Excel workbook ({error})", "save it as .xlsx or .csv"
    issues.add(problem, remedy, file=mapping.name)
    return []


def sheets_of_workbook(path: Path) -> list[str]:
    """The names of its sheets; a `DataError` where it is none."""
    try:
        with _opened(path) as book:
            return [sheet.title for sheet in book.worksheets]
    except _Refused as refusal:
        problem, remedy = refusal.args
    except Exception as error:  # noqa: BLE001 - as above
        problem, remedy = f"is no Excel workbook ({error})", "save it as .xlsx or .csv"
    raise fault(problem, remedy, file=path.name)


class _Refused(Exception):
    """What is wrong with a workbook that can be read, and the remedy."""


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The workbook, if reading it is within bounds. It warns of what it leaves out, such as pictures, on the screen."""
    import openpyxl

    _check_size(path)
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(file, read_only=True, data_only=False)
        try:
            yield book
        finally:
            book.close()


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())  # no more of it is ever read
        if unpacked > UNPACKED:
            raise _Refused(f"unpacks to {unpacked:,} bytes, more than {UNPACKED:,}", "save it as CSV")
        tags = 0
        for chunk in _chunks(archive):
            tags += chunk.count(b"<")
            if tags > TAGS:
                raise _Refused(f"has more than {TAGS // 4:,} cells", "save it as CSV")
            if b"<!DOCTYPE" in chunk.replace(b"\0", b""):
                raise _Refused("declares entities, which no workbook does", "save it as .xlsx or .csv")


def _chunks(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """What is packed, piece by piece, each with the end of the one before."""
    for entry in archive.infolist():
        with archive.open(entry) as part:
            last = b""
            while chunk := part.read(_CHUNK):
                yield last + chunk
                last = chunk[-20:]


def _rows(book: Any, mapping: TableMapping) -> list[list[str]]:
    if mapping.sheet and mapping.sheet not in book.sheetnames:
        raise _Refused("is not there", f"the workbook has {', '.join(book.sheetnames)}")
    sheet = book[mapping.sheet] if mapping.sheet else book.worksheets[0]
    sheet.reset_dimensions()  # which a file may state wrongly, and rows beyond them would be lost
    rows: list[list[str]] = []
    cells = 0
    for row in sheet.iter_rows(values_only=True):
        cells += len(row)
        if len(row) > COLUMNS or len(rows) == ROWS or cells > CELLS:
            bounds = f"{ROWS:,} rows, {COLUMNS:,} columns or {CELLS:,} cells"
            raise _Refused(f"has more than {bounds}", "save it as CSV")
        rows.append([_short(as_shown(value)) for value in row])
    return rows


def _short(cell: str) -> str:
    if len(cell) > LENGTH:
        raise _Refused(f"has a cell of more than {LENGTH:,} characters", "save the file again")
    return cell


def as_shown(value: Any) -> str:
    """A cell as text: 5.0 is `5`, a day is `2017-05-12`, a formula of many cells begins with `=`."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "ref"):
        return str(getattr(value, "text", None) or "=TABLE()")
    return str(value)
