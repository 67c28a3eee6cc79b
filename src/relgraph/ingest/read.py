"""Read: a file as a header and rows of text, nothing guessed; what cannot be read is an issue with its row."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from os.path import isfile
from pathlib import Path
from typing import NamedTuple, TextIO

from relgraph.ingest.declaration import TableMapping
from relgraph.ingest.issues import Issues
from relgraph.ingest.script import rows_of_script
from relgraph.ingest.source import Source
from relgraph.ingest.workbook import rows_of_workbook

COLUMNS = 16_384  # as many as Excel has
BLOCK = 65_536  # characters that are looked at at once
LINE_LIMIT = 1_000_000  # characters: a longer line is a damaged file, and must not fill the memory
SPREADSHEET_ERRORS = frozenset(("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"))
OTHER_DELIMITERS = (";", "\t", "|")  # of spreadsheets in lands where a comma marks decimals, and of databases
_BROKEN = re.compile("[\udc80-\udcff]")  # what cannot be read in the encoding
_UNHELD = re.compile("[\0\ud800-\udfff]")  # what no graph can hold
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
    if not isfile(path):
        if not mapping.optional:
            issues.add("is not there", "put it beside source.toml or name its folder with --data", file=mapping.name)
        return None
    for link in (path, source.folder / mapping.reader) if mapping.reader else (path,):
        if source.strays(link):
            remedy = "put the file itself there, or name the folder where it is with --data"
            issues.add("is a link that leads out of the source's folder", remedy, file=link.name)
            return None
    before = len(issues)
    records = itertools.islice(records_of(source, path, mapping, issues), mapping.header - 1, None)
    first = next(records, None)
    if first is None and len(issues) > before:
        return None
    header = _header(first, mapping, issues)
    text = not mapping.reader and _format(path, mapping) != "excel"
    return Table(header, _rows(records, len(header), mapping, issues, text=text)) if header else None


def _format(path: Path, mapping: TableMapping) -> str | None:
    return mapping.format or _ENDINGS.get(path.suffix.lower())


def records_of(source: Source, path: Path, mapping: TableMapping, issues: Issues) -> Iterator[list[str]]:
    """Every row of a file, what stands above the header among them."""
    if mapping.reader:
        return rows_of_script(source.folder / mapping.reader, path, mapping.name, issues)
    kind = _format(path, mapping)
    if kind == "excel":
        return iter(rows_of_workbook(path, mapping, issues))
    if kind is None:
        remedy = "state format = csv, tsv or excel in source.toml"
        issues.add("has an ending that does not say what it is", remedy, file=mapping.name)
        return iter(())
    return _from_text(path, mapping, mapping.delimiter or ("\t" if kind == "tsv" else ","), issues)


def _header(record: list[str] | None, mapping: TableMapping, issues: Issues) -> list[str] | None:
    if record is None or not any(record):
        problem, needed = "is empty", "it needs a first row with the names of its columns"
        if mapping.header > 1:
            problem, needed = f"has nothing in row {mapping.header}", "state the row of the names under header"
        issues.add(problem, needed, file=mapping.name)
        return None
    other = next((mark for mark in OTHER_DELIMITERS if len(record) == 1 and mark in record[0]), None)
    if other:
        problem = f"is one column, whose cells are parted by {other!r}"
        remedy = f"save it with commas, or state delimiter = {json.dumps(other)} in source.toml"
        issues.add(problem, remedy, file=mapping.name, row=mapping.header)
        return None
    if len(record) > COLUMNS:
        problem = f"has {len(record):,} columns, more than {COLUMNS:,}"
        issues.add(problem, "this is no table, or has lost its line ends", file=mapping.name, row=mapping.header)
        return None
    header = [name.strip() for name in record]
    while header and not header[-1]:
        header.pop()
    for name, count in Counter(header).items():
        if not name:
            issues.add("a column has no name", f"name it in {_named(mapping)}", file=mapping.name, row=mapping.header)
        elif count > 1:
            remedy = "give each column a name of its own"
            problem = f"stands {count} times in {_named(mapping)}"
            issues.add(problem, remedy, file=mapping.name, row=mapping.header, column=name)
    return header


def _named(mapping: TableMapping) -> str:
    return "the first row" if mapping.header == 1 else f"row {mapping.header}"


def _rows(
    records: Iterator[list[str]], width: int, mapping: TableMapping, issues: Issues, *, text: bool
) -> Iterator[Row]:
    file, names = mapping.name, f"where {_named(mapping)} names {width}"
    remedy = "put values with a comma in quotation marks" if text else "give each column a name"
    for number, cells in enumerate(records, mapping.header + 1):
        if not any(cells):
            continue
        if _UNHELD.search("".join(cells)):
            problem = "holds a NUL or half a character"
            issues.add(problem, "save the file as text again", file=file, row=number)
            continue
        if len(cells) != width:
            if any(cell.strip() for cell in cells[width:]):
                more = f"{remedy}, or state header = N where row N has the names of the columns"
                issues.add(f"has {len(cells)} cells {names}", more, file=file, row=number)
            elif len(cells) < width and text:  # a sheet of a workbook has no cells behind the last that is filled
                problem = f"has {len(cells)} cells {names}; the others are taken for empty"
                issues.add(problem, "see that the row is whole", file=file, row=number, level="warning")
            cells = (cells + [""] * width)[:width]
        yield Row(number, [cell.strip() for cell in cells])


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute this cell instead of showing it."""
    return bool(_FORMULA.match(cell))


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
            except UnicodeError as error:
                problem, remedy = f"is no {mapping.encoding} ({error})", "state the file's encoding in source.toml"
                issues.add(problem, remedy, file=mapping.name, row=number)
                return


def _lines(file: TextIO, mapping: TableMapping, issues: Issues) -> Iterator[str]:
    """The lines of a text file; ends with an issue where one is too long, is broken text or holds a NUL."""
    number = 0
    while block := file.read(BLOCK) + file.readline(LINE_LIMIT + 1):
        lines = io.StringIO(block, newline="").readlines()
        if _problem(block, mapping):  # then it is one of a line
            for at, line in enumerate(lines, number + 1):
                if problem := _problem(line, mapping):
                    issues.add(*problem, file=mapping.name, row=at)
                    return
                yield line
        else:
            yield from lines
        number += len(lines)


def _problem(text: str, mapping: TableMapping) -> tuple[str, str] | None:
    if len(text) > LINE_LIMIT:
        return f"is longer than {LINE_LIMIT:,} characters", "this is no table, or has lost its line ends"
    if "\0" in text:
        return "holds a NUL byte", "save the file as text again"
    if not text.isascii() and _BROKEN.search(text):
        return f"is no {mapping.encoding}", "state the file's encoding in source.toml, or save it as UTF-8"
    return None
