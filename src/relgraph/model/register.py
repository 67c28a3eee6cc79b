"""Reads the registers, `countries.csv` and `organizations.csv`, and holds their rows against each other."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from itertools import groupby, pairwise
from pathlib import Path

from relgraph.errors import OntologyError
from relgraph.model.dates import ONGOING, BadDate
from relgraph.model.names import fold
from relgraph.model.ontology import load_ontology
from relgraph.model.spells import CODES, SYSTEMS, Bearing, Country, Spell, days_between

Cells = dict[str, str]
Row = tuple[int, Cells]
COLUMNS = (
    *("id", "name", "aliases", "era_name", "kind", "start", "end", "iso3", "iso2"),
    *("cow", "cow_start", "cow_end", "cowc", "gw", "gw_start", "gw_end", "gwc", "lat", "lon", "note"),
)
ORGANIZATION_COLUMNS = ("id", "name", "aliases", "kind")
SAME = ("name", "kind", "lat", "lon")  # what all spells of a country have in common
KINDS = ("state", "territory")
_ID = re.compile(r"[A-Z]{3,4}")
_ORGANIZATION_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"(\.\./)?\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


class Table:
    """The rows of a register, numbered as a spreadsheet does: row 1 is the header."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self.path, self.columns = Path(path), columns
        try:
            with Path(path).open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.reader(file, strict=True)) or [[]]
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise OntologyError(f"{path}: cannot be read as CSV in UTF-8 ({error}); mend it") from error
        if tuple(rows[0]) != columns:
            raise self.fail(1, f"the columns must be {', '.join(columns)}")
        self.rows: list[Row] = [
            (n, self._cells(n, cells)) for n, cells in enumerate(rows[1:], 2) if any(cells)
        ]

    def _cells(self, row: int, cells: list[str]) -> Cells:
        if len(cells) != len(self.columns):
            raise self.fail(row, f"has {len(cells)} cells, not {len(self.columns)}; quote those with commas")
        return dict(zip(self.columns, map(str.strip, cells), strict=True))

    def fail(self, row: int, problem: str) -> OntologyError:
        return _fault(self.path, row, problem)


def _fault(path: Path, row: int, problem: str) -> OntologyError:
    return OntologyError(f"{path.name}, row {row}: {problem}")


def split(cell: str) -> tuple[str, ...]:
    """The parts of a cell that lists several things, `A|B`."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def read_countries(path: Path) -> list[Country]:
    """The countries in a file, by id, each row checked; `check_codes` holds them against each other."""
    table = Table(path, COLUMNS)
    return [_country(table, list(spells)) for _, spells in groupby(sorted(table.rows, key=_id), key=_id)]


def _id(row: Row) -> str:
    return row[1]["id"]


def _country(table: Table, rows: list[Row]) -> Country:
    row, cells = rows[0]
    _check_thing(table, rows)
    spells = tuple(sorted((_spell(table, *row) for row in rows), key=lambda spell: spell.days()))
    _check_spells(table, cells["id"], spells)
    names = [name for spell in spells for name in (spell.era_name, *spell.aliases) if name]
    aliases = tuple(dict.fromkeys(name for name in names if name != cells["name"]))
    lat, lon = _degrees(table, row, cells, "lat", 90), _degrees(table, row, cells, "lon", 180)
    return Country(cells["id"], cells["name"], aliases, cells["kind"], spells, lat, lon, spells[-1].iso2)


def _check_thing(table: Table, rows: list[Row]) -> None:
    (first, cells), *others = rows
    if not _ID.fullmatch(cells["id"]):
        raise table.fail(first, f"id {cells['id']!r} must be three or four capital letters")
    if not cells["name"]:
        raise table.fail(first, f"{cells['id']} has no name")
    if cells["kind"] not in KINDS:
        raise table.fail(first, f"kind {cells['kind']!r} must be one of {', '.join(KINDS)}")
    for row, other in others:
        for column in SAME:
            if other[column] != cells[column]:
                wanted = f"must be {cells[column]!r}, as in row {first}"
                raise table.fail(row, f"{column} {other[column]!r} of {cells['id']} {wanted}")


def _degrees(table: Table, row: int, cells: Cells, column: str, most: int) -> float:
    try:
        value = float(cells[column])
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise table.fail(row, f"{column} {cells[column]!r} must be degrees, from -{most} to {most}")
    return value


def _spell(table: Table, row: int, cells: Cells) -> Spell:
    said = {column: cells[column] or None for column in COLUMNS}
    for prefix in ("", *(f"{system}_" for system in SYSTEMS)):
        _check_dates(table, row, said, f"{prefix}start", f"{prefix}end")
    for system in SYSTEMS:
        if bool(said[system]) != bool(said[f"{system}_start"]):
            raise table.fail(row, f"{system} and {system}_start must both be given, or neither")
    listed = {scheme: split(cells[scheme]) for scheme in CODES[1:]}
    said |= {scheme: codes[0] if codes else None for scheme, codes in listed.items()}
    also = tuple((scheme, code) for scheme, codes in listed.items() for code in codes[1:])
    own = {column: value for column, value in said.items() if column not in ("id", "aliases", *SAME)}
    return Spell(row=row, aliases=split(cells["aliases"]), also=also, **own)


def _check_dates(table: Table, row: int, said: dict[str, str | None], start: str, end: str) -> None:
    """Both are dates, in order; an end that is not said but has a start becomes `..`."""
    for column in (start, end):
        if said[column] and not _DAY.fullmatch(said[column]):
            wanted = "write 1990-10-03, or ../1816-01-01 for by that day"
            raise table.fail(row, f"{column} {said[column]!r} is no date: {wanted}")
    try:
        first, last = days_between(said[start], said[end])
    except BadDate as error:
        raise table.fail(row, f"{start} or {end}: {error}") from error
    if first > last:
        raise table.fail(row, f"{start} {said[start]} is later than {end} {said[end]}")
    said[end] = said[end] or (ONGOING if said[start] else None)


def _check_spells(table: Table, id_: str, spells: tuple[Spell, ...]) -> None:
    for earlier, later in pairwise(spells):
        if earlier.days()[1] >= later.days()[0]:
            problem = f"this spell of {id_} overlaps with that of row {earlier.row}; correct start or end"
            raise table.fail(later.row, problem)


def check_codes(path: Path, scheme: str, codes: Mapping[str, list[Bearing]]) -> None:
    """Raise an `OntologyError` where a code of a scheme means two countries on one day."""
    for code, bearings in codes.items():
        for earlier, later in pairwise(sorted(bearings, key=lambda bearing: bearing[:2])):
            if earlier.last >= later.first and earlier.country is not later.country:
                problem = f"{scheme} {code} is {earlier} in row {earlier.row} already; correct one of both"
                raise _fault(path, later.row, problem)


def read_organizations(path: Path) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Id, name, aliases and kind of each organization in a file, by id, checked."""
    table = Table(path, ORGANIZATION_COLUMNS)
    kinds = tuple(load_ontology().labels["Organization"].kinds)
    named: dict[str, tuple[int, str]] = {}
    for row, cells in table.rows:
        _check_organization(table, row, cells, kinds)
        for name in (cells["id"], cells["name"], *split(cells["aliases"])):
            first, id_ = named.setdefault(fold(name), (row, cells["id"]))
            if first != row:
                raise table.fail(row, f"{name!r} is {id_} in row {first} already; name only one of them so")
    return [
        (cells["id"], cells["name"], split(cells["aliases"]), cells["kind"]) for _, cells in sorted(table.rows, key=_id)
    ]


def _check_organization(table: Table, row: int, cells: Cells, kinds: tuple[str, ...]) -> None:
    if not _ORGANIZATION_ID.fullmatch(cells["id"]):
        raise table.fail(row, f"id {cells['id']!r} must be lower case, with hyphens between its words")
    if not cells["name"]:
        raise table.fail(row, f"{cells['id']} has no name")
    if cells["kind"] not in kinds:
        raise table.fail(row, f"kind {cells['kind']!r} must be one of {', '.join(kinds)}")
