"""A register that contradicts itself is an error with file and row, and says what to do."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from relgraph.errors import OntologyError
from relgraph.model.countries import load_countries
from relgraph.model.organizations import load_organizations
from relgraph.model.register import COLUMNS, ORGANIZATION_COLUMNS

FRANCE = {
    "id": "FRA",
    "name": "France",
    "kind": "state",
    "start": "../1816-01-01",
    "iso2": "FR",
    "cow": "220",
    "cow_start": "../1816-01-01",
    "cowc": "FRN",
    "lat": "46.57",
    "lon": "2.46",
}
OTHER = {"id": "XXX", "name": "Elsewhere", "kind": "state", "start": "1900-01-01", "lat": "0", "lon": "0"}
ARF = {"id": "arf", "name": "ASEAN Regional Forum", "aliases": "ARF", "kind": "forum"}


def written(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def countries(tmp_path: Path):
    return lambda *rows: load_countries(written(tmp_path / "countries.csv", COLUMNS, list(rows)))


@pytest.fixture
def organizations(tmp_path: Path):
    return lambda *rows: load_organizations(
        written(tmp_path / "organizations.csv", ORGANIZATION_COLUMNS, list(rows))
    )


def test_a_register_of_ones_own(countries) -> None:
    register = countries(OTHER, FRANCE)
    assert [country.id for country in register] == ["FRA", "XXX"]
    assert register.find("france").spells[0].end == ".."


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        (
            {**FRANCE, "start": "1944-08-25"},
            "row 3: this spell of FRA overlaps with that of row 2; correct start or end",
        ),
        (
            {**OTHER, "cow": "220", "cow_start": "1900"},
            "row 3: cow 220 is France in row 2 already; correct one",
        ),
        ({**OTHER, "iso2": "FR"}, "row 3: iso2 FR is France in row 2 already"),
        ({**OTHER, "cowc": "FRN"}, "row 3: cowc FRN is France in row 2 already"),
        ({**OTHER, "kind": "kingdom"}, "row 3: kind 'kingdom' must be one of state, territory"),
        ({**OTHER, "lat": "91"}, "row 3: lat '91' must be degrees, from -90 to 90"),
        ({**OTHER, "lon": "east"}, "row 3: lon 'east' must be degrees, from -180 to 180"),
        ({**OTHER, "lat": "nan"}, "row 3: lat 'nan' must be degrees"),
        ({**OTHER, "id": "xx"}, "row 3: id 'xx' must be three or four capital letters"),
        ({**OTHER, "name": ""}, "row 3: XXX has no name"),
        ({**OTHER, "start": "1.1.1900"}, "row 3: start '1.1.1900' is no date: write 1990-10-03"),
        ({**OTHER, "start": "1900-02-30"}, "row 3: start or end: '1900-02-30' is no date"),
        ({**OTHER, "end": "1899-12-31"}, "row 3: start 1900-01-01 is later than end 1899-12-31"),
        ({**OTHER, "gw": "999"}, "row 3: gw and gw_start must both be given, or neither"),
        ({**OTHER, "gw_start": "1900"}, "row 3: gw and gw_start must both be given, or neither"),
        ({**FRANCE, "name": "Gaul"}, "row 3: name 'Gaul' of FRA must be 'France', as in row 2"),
    ],
)
def test_a_row_at_fault_is_named(countries, second: dict[str, str], problem: str) -> None:
    with pytest.raises(OntologyError) as caught:
        countries(FRANCE, second)
    assert str(caught.value).startswith(f"countries.csv, {problem}")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "countries.csv, row 1: the columns must be id, name, aliases, "),
        (b"id;name;aliases\n", "countries.csv, row 1: the columns must be id, name, aliases, "),
        (
            ",".join(COLUMNS).encode() + b"\nFRA,France\n",
            "countries.csv, row 2: has 2 cells, not 20; quote those",
        ),
        (b"\xff\xfe", "cannot be read as CSV in UTF-8"),
        (b'id,"name', "cannot be read as CSV in UTF-8"),
    ],
)
def test_a_file_that_is_no_register_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "countries.csv").write_bytes(content)
    with pytest.raises(OntologyError) as caught:
        load_countries(tmp_path / "countries.csv")
    assert problem in str(caught.value)


def test_a_file_that_a_spreadsheet_saved_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "countries.csv", COLUMNS, [FRANCE])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b"," * (len(COLUMNS) - 1) + b"\r\n")
    assert len(load_countries(path)) == 1


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.csv: cannot be read"):
        load_countries(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        (
            {**ARF, "id": "other"},
            "row 3: 'ASEAN Regional Forum' is arf in row 2 already; name only one of them so",
        ),
        ({**ARF, "name": "Another"}, "row 3: 'arf' is arf in row 2 already"),
        ({"id": "nato", "name": "NATO", "kind": "club"}, "row 3: kind 'club' must be one of alliance, "),
        (
            {"id": "NATO", "name": "NATO", "kind": "alliance"},
            "row 3: id 'NATO' must be lower case, with hyphens",
        ),
        ({"id": "nato", "name": "", "kind": "alliance"}, "row 3: nato has no name"),
    ],
)
def test_an_organization_at_fault_is_named(organizations, second: dict[str, str], problem: str) -> None:
    with pytest.raises(OntologyError) as caught:
        organizations(ARF, second)
    assert str(caught.value).startswith(f"organizations.csv, {problem}")
