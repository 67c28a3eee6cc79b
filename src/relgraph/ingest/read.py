"""Read: a file as a header and rows of text, nothing guessed; what cannot be read is an issue with its row."""

from __future__ import annotations

import csv
import importlib.util
import itertools
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from relgraph.errors import DataError
from relgraph.ingest.declaration import TableMapping
from relgraph.ingest.issues import Issues
from relgraph.ingest.source import Source

LINE_LIMIT = 1_000_000  # characters: a longer line is a damaged file, and must not fill the memory
EXCEL_LIMIT = 500_000_000  # bytes that a workbook may unpack to
SPREADSHEET_ERRORS = frozenset(("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"))
_FORMULA = re.compile(r"=|[@+-][A-Za-z_.]+[(!|]")
_ENDINGS = {".csv": "csv", ".tsv": "tsv", ".txt": "tsv", ".tab": "tsv", ".xlsx": "excel", ".xlsm": "excel"}


class Row(NamedTuple):
    """One row: its number as a spreadsheet counts, and a text for each column of the header."""

    number: int
    cells: list[str]


class Table(NamedTuple):
    """A file's header and its rows; the rows are read as they are asked for."""

    header: list[str]
    rows: Iterator[Row]


def read_table(source: Source, mapping: TableMapping, issues: Issues) -> Table | None:
    """The rows of one file, or None (with an issue) where it is not there or has no header."""
    path = source.path(mapping.file)
    if not path.is_file():
        if not mapping.optional:
            issues.add("is not there", "put it beside source.toml or name its folder with --data", file=mapping.name)
        return None
    before = len(issues)
    records = _records(source, path, mapping, issues)
    first = next(records, None)
    if first is None and len(issues) > before:
        return None
    header = _header(first, mapping, issues)
    return Table(header, _rows(records, len(header), mapping.name, issues)) if header else None


def _records(source: Source, path: Path, mapping: TableMapping, issues: Issues) -> Iterator[list[str]]:
    if mapping.reader:
        return _from_python(source.folder / mapping.reader, path, mapping)
    kind = mapping.format or _ENDINGS.get(path.suffix.lower())
    if kind == "excel":
        return _from_excel(path, mapping, issues)
    if kind is None:
        remedy = "state format = csv, tsv or excel in source.toml"
        issues.add("has an ending that does not say what it is", remedy, file=mapping.name)
        return iter(())
    return _from_text(path, mapping, mapping.delimiter or ("\t" if kind == "tsv" else ","), issues)


def _header(record: list[str] | None, mapping: TableMapping, issues: Issues) -> list[str] | None:
    if record is None or not any(record):
        issues.add("is empty", "it needs a first row with the names of its columns", file=mapping.name)
        return None
    header = [name.strip() for name in record]
    while header and not header[-1]:
        header.pop()
    for name, count in Counter(header).items():
        if not name:
            issues.add("a column has no name", "name it in the first row", file=mapping.name, row=1)
        elif count > 1:
            remedy = "give each column a name of its own"
            issues.add(f"stands {count} times in the first row", remedy, file=mapping.name, row=1, column=name)
    return header


def _rows(records: Iterator[list[str]], width: int, file: str, issues: Issues) -> Iterator[Row]:
    for number, cells in enumerate(records, 2):
        if not any(cells):
            continue
        if len(cells) != width:
            if any(cell.strip() for cell in cells[width:]):
                problem = f"has {len(cells)} cells where the first row names {width}"
                issues.add(problem, "put values with a comma in quotation marks", file=file, row=number)
            cells = (cells + [""] * width)[:width]
        yield Row(number, [cell.strip() if cell[:1].isspace() or cell[-1:].isspace() else cell for cell in cells])


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute this cell instead of showing it."""
    return bool(_FORMULA.match(cell))


# --- text files ------------------------------------------------------------------------------------------------


def _from_text(path: Path, mapping: TableMapping, delimiter: str, issues: Issues) -> Iterator[list[str]]:
    encoding = "utf-8-sig" if mapping.encoding == "utf-8" else mapping.encoding
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        reader = csv.reader(_lines(file, mapping, issues), delimiter=delimiter, strict=True)
        csv.field_size_limit(LINE_LIMIT)
        for number in itertools.count(1):
            try:
                yield next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                issues.add(f"cannot be read ({error})", "mend the quotation marks", file=mapping.name, row=number)
                return


def _lines(file: TextIO, mapping: TableMapping, issues: Issues) -> Iterator[str]:
    """The lines of a text file; ends with an issue where one is too long, is broken text or holds a NUL."""
    for number in itertools.count(1):
        line = file.readline(LINE_LIMIT + 1)
        if not line:
            return
        problem = remedy = ""
        if len(line) > LINE_LIMIT:
            problem, remedy = (
                f"is longer than {LINE_LIMIT:,} characters",
                "this is no table, or has lost its line ends",
            )
        elif "\0" in line:
            problem, remedy = "holds a NUL byte", "save the file as text again"
        elif not line.isascii() and any("\udc80" <= character <= "\udcff" for character in line):
            problem, remedy = (
                f"is no {mapping.encoding}",
                "state the file's encoding in source.toml, or save it as UTF-8",
            )
        if problem:
            issues.add(problem, remedy, file=mapping.name, row=number)
            return
        yield line


# --- Excel -----------------------------------------------------------------------------------------------------


def _from_excel(path: Path, mapping: TableMapping, issues: Issues) -> Iterator[list[str]]:
    import openpyxl

    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > EXCEL_LIMIT:
            raise DataError(f"{mapping.name}: unpacks to {unpacked:,} bytes, more than {EXCEL_LIMIT:,}; save it as CSV")
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    except (zipfile.BadZipFile, OSError, KeyError, ValueError) as error:
        raise DataError(f"{mapping.name}: is no Excel workbook ({error}); save it as .xlsx or .csv") from error
    try:
        if mapping.sheet and mapping.sheet not in book.sheetnames:
            names = ", ".join(book.sheetnames)
            raise DataError(f"{mapping.name}: has no sheet {mapping.sheet!r}; it has {names}")
        sheet = book[mapping.sheet] if mapping.sheet else book.worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield [_as_shown(value) for value in row]
    finally:
        book.close()


def _as_shown(value: Any) -> str:
    """A cell of a workbook as text: 5.0 is `5`, a day is `2017-05-12`."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# --- read.py ---------------------------------------------------------------------------------------------------


def _from_python(script: Path, path: Path, mapping: TableMapping) -> Iterator[list[str]]:
    """What the source's own `read.py` yields: `rows(path)` gives dictionaries of texts with the same keys."""
    spec = importlib.util.spec_from_file_location(f"relgraph_source_{script.parent.name}", script)
    if spec is None or spec.loader is None or not script.is_file():
        raise DataError(f"{mapping.name}: {script.name} is not beside source.toml")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield from _as_lists(module.rows(path))


def _as_lists(rows: Iterable[dict[str, Any]]) -> Iterator[list[str]]:
    header: Sequence[str] | None = None
    for row in rows:
        if header is None:
            header = list(row)
            yield list(header)
        yield [_as_shown(row.get(name)) for name in header]
