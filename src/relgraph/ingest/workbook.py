"""Workbooks: the rows of a sheet as texts, as a person sees them there."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from relgraph.ingest.declaration import TableMapping
from relgraph.ingest.issues import Issues, fault

LIMIT = 500_000_000  # bytes that a workbook may unpack to
# What zip files, XML and openpyxl raise over a damaged file; an XML error is a SyntaxError.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, LookupError, ValueError, TypeError, SyntaxError)


def rows_of_workbook(path: Path, mapping: TableMapping, issues: Issues) -> list[list[str]]:
    """The rows of the sheet that is named, else of the first; none, with an issue, where they cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > LIMIT:
            issues.add(f"unpacks to {unpacked:,} bytes, more than {LIMIT:,}", "save it as CSV", file=mapping.name)
            return []
        # It warns of what it leaves out, such as pictures and drop-down lists, on the user's screen.
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _rows(file, mapping, issues)
    except _DAMAGED as error:
        issues.add(f"is no Excel workbook ({error})", "save it as .xlsx or .csv", file=mapping.name)
        return []


def sheets_of_workbook(path: Path) -> list[str]:
    """The names of its sheets; a `DataError` where it is none."""
    import openpyxl

    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True)
            names = [sheet.title for sheet in book.worksheets]
            book.close()
            return names
    except _DAMAGED as error:
        raise fault(f"is no Excel workbook ({error})", "save it as .xlsx or .csv", file=path.name) from error


def _rows(file: Any, mapping: TableMapping, issues: Issues) -> list[list[str]]:
    import openpyxl

    book = openpyxl.load_workbook(file, read_only=True, data_only=False)
    try:
        if mapping.sheet and mapping.sheet not in book.sheetnames:
            issues.add("is not there", f"the workbook has {', '.join(book.sheetnames)}", file=mapping.name)
            return []
        sheet = book[mapping.sheet] if mapping.sheet else book.worksheets[0]
        sheet.reset_dimensions()  # which a file may state wrongly, and rows beyond them would be lost
        return [[as_shown(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    finally:
        book.close()


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
