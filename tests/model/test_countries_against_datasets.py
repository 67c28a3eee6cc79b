"""The country register against the lists that it was compiled from and the datasets that it must serve."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from relgraph.model.countries import UnknownCountry, load_countries
from relgraph.model.spells import FIRST, LAST

COUNTRIES = load_countries()
DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the research datasets are not beside the checkout")


def rows(path: str, encoding: str = "utf-8") -> Iterator[dict[str, str]]:
    with (DATA / path).open(encoding=encoding, newline="") as file:
        yield from csv.DictReader(file)


def listed_days(scheme: str) -> dict[str, list[tuple[int, int]]]:
    """For each code of a list of states the days in which the register has it, contiguous rows joined."""
    listed: dict[str, list[tuple[int, int]]] = {}
    for code, bearings in COUNTRIES.codes(scheme).items():
        days = listed.setdefault(code, [])
        for first, last in sorted(bearing[:2] for bearing in bearings):
            if days and first == days[-1][1] + 1:
                days[-1] = (days[-1][0], last)
            else:
                days.append((first, last))
    return listed


def as_days(start: date, end: date) -> tuple[int, int]:
    still = end in (date(2016, 12, 31), date.max)  # COW's list ends in 2016, which is no end of a state
    return FIRST if start == date(1816, 1, 1) else start.toordinal(), LAST if still else end.toordinal()


def test_days_of_the_cow_codes_are_those_of_the_state_system_list() -> None:
    listed: dict[str, list[tuple[int, int]]] = {}
    for row in rows("cow-states/states2016.csv"):
        start, end = (
            date(*(int(row[f"{k}{part}"]) for part in ("year", "month", "day"))) for k in ("st", "end")
        )
        listed.setdefault(row["ccode"], []).append(as_days(start, end))
        assert row["stateabb"] in COUNTRIES.codes("cowc")
    assert listed_days("cow") == {code: sorted(days) for code, days in listed.items()}


def test_state_years_are_those_of_the_cow_system() -> None:
    by_year: dict[int, set[str]] = {}
    for row in rows("cow-states/system2016.csv"):
        by_year.setdefault(int(row["year"]), set()).add(row["ccode"])
    for year, codes in by_year.items():
        days = (date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
        cow = COUNTRIES.codes("cow")
        assert {
            code for code, bearings in cow.items() if any(b.within(days) > 0 for b in bearings)
        } == codes, year


def test_days_of_the_gleditsch_ward_codes_are_those_of_the_list() -> None:
    listed: dict[str, list[tuple[int, int]]] = {}
    for row in rows("country-crosswalk/gwstates.csv"):
        start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        listed.setdefault(row["gwcode"], []).append(as_days(start, end))
        assert row["gwc"] in COUNTRIES.codes("gwc")
    assert listed_days("gw") == {code: sorted(days) for code, days in listed.items()}


def test_every_iso_code_is_registered() -> None:
    listed = {
        (r["iso3c"], r["iso2c"]) for r in rows("country-crosswalk/codelist_without_cldr.csv") if r["iso3c"]
    }
    assert {(id, getattr(COUNTRIES.get(id), "iso2", None)) for id, _ in listed} == listed
    assert len(listed) == 249


def test_every_participant_of_mme_is_known_or_no_country() -> None:
    unknown, warned = set(), set()
    for row in rows("mme-v7/mme_v7.csv"):
        for label in {value for key, value in row.items() if re.fullmatch("State[A-Z]+", key) and value}:
            try:
                if COUNTRIES.resolve("name", label, row["s.year"]).warning:
                    warned.add((label, row["s.year"]))
            except UnknownCountry:
                unknown.add(label)
    assert unknown == {"-9", "Baltic States", "NATO"}
    changed = {("Russia", "1991"), ("Serbia", "2006")}  # the years in which the name changed hands
    assert warned == {("South Sudan", "2010")} | changed


def test_every_country_of_the_training_reports_and_of_the_factbook_is_known() -> None:
    labels = {row["country"] for row in rows("us-fmtrpt/fmtrpt_2018_2021_flat.csv")}
    assert len({COUNTRIES.find(label).id for label in labels}) == len(labels)
    for row in rows("factbook-orgs/CountrycodesOrgs.csv"):
        assert COUNTRIES.find(row["NAME.EN"]).id == row["ISO_3166_3"] == COUNTRIES.find(row["ISO_3166_2"]).id


def test_letters_and_numbers_of_dcad_mean_the_same_country_but_for_the_known_slips() -> None:
    differ, outside = set(), set()
    for row in rows("dcad-v1.0/DCAD-v1.0-main.csv", "latin-1"):
        for side in "12":
            number, letters, year = row[f"ccode{side}"], row[f"cowName{side}"], row["signYear"]
            by_number, by_letters = (
                COUNTRIES.resolve(*c, year) for c in (("cow", number), ("cowc", letters))
            )
            if by_number.country is not by_letters.country:
                differ.add((row["DCAid"], number, letters))
            if not by_number.exact:
                outside.add((number, year))
    assert differ == {("DCADv1.0-0108", "652", "EGY"), ("DCADv1.0-0297", "145", "VEN")}
    assert outside == {("316", "1991"), ("316", "1992"), ("835", "1981"), ("345", "2006")}


def test_every_member_of_an_alliance_is_known_but_atops_8152() -> None:
    for row in rows("cow-alliances-v4.1/alliance_v4.1_by_member.csv", "latin-1"):
        on = f"{int(row['mem_st_year'])}-{int(row['mem_st_month']):02}-{int(row['mem_st_day']):02}"
        by_code = COUNTRIES.resolve("cow", row["ccode"], on).country
        assert by_code is COUNTRIES.resolve("name", row["state_name"], on).country or row["ccode"] == "345"
    unknown = set()
    for row in rows("atop-v5.1/atop5_1m.csv"):
        try:
            COUNTRIES.resolve("cow", row["member"], row["yrent"])
        except UnknownCountry:
            unknown.add(row["member"])
    assert unknown == {"8152"}
