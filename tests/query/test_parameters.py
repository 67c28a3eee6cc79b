from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.query.parameters import TYPES, BadValue, Parameter, split


class Known:
    """A graph that knows one organization, and a country by an alias of its own."""

    def id(self, type_: str, text: str) -> str | None:
        return {"asean": "asean", "the host": "JPN"}.get(text.lower())

    def nearest(self, type_: str, text: str) -> Sequence[str]:
        return ["asean"]

    def members(self, organization: str, day: date | None) -> Sequence[str]:
        return ["PHL", "VNM"] if day and day.year > 1990 else []


def convert(type_: str, value: object, **options: object) -> object:
    return Parameter("p", type_).convert(value, **options)


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("country", "jpn", "JPN"),
        ("country", " viet nam ", "VNM"),
        ("country", "Turkey", "TUR"),
        ("countries", "JPN, viet nam,JPN", ["JPN", "VNM"]),
        ("countries", ["USA", "Japan"], ["JPN", "USA"]),
        ("countries", "Korea, Republic of", ["KOR"]),
        ("countries", '"Korea, Republic of", japan', ["JPN", "KOR"]),
        ("actor", "Japan", "JPN"),
        ("actor", "asean", "asean"),
        ("agreement", "acsa-jpn-aus", "acsa-jpn-aus"),
        ("date", "2019-06-30", date(2019, 6, 30)),
        ("date", datetime(2019, 6, 30, 12), date(2019, 6, 30)),
        ("first_day", "2015", date(2015, 1, 1)),
        ("last_day", "2016-02", date(2016, 2, 29)),
        ("last_day", date(2016, 2, 3), date(2016, 2, 3)),
        ("year", 2019, 2019),
        ("year", "2019", 2019),
        ("integer", "-3", -3),
        ("boolean", "Yes", True),
        ("boolean", False, False),
        ("certainties", "implied,stated", ["stated", "implied"]),
        ("certainties", ("ambiguous",), ["ambiguous"]),
        ("kind", "exercise", "exercise"),
        ("kind", "Exercise", "Exercise"),
        ("kind", "AGREEMENT", "Agreement"),
        ("kind", "Joint Declaration", "joint-declaration"),
        ("label", "engagement", "Engagement"),
        ("kinds", "exercise, AGREEMENT", ["exercise", "Agreement"]),
        ("text", " a b ", "a b"),
        ("texts", "b, a", ["b", "a"]),
    ],
)
def test_values_that_are_taken(type_, value, expected):
    assert convert(type_, value) == expected


@pytest.mark.parametrize(
    ("type_", "value", "message"),
    [
        ("country", "Phillipines", "is no country of the register; near it: Philippines"),
        ("country", "Korea", "may be "),
        ("countries", "JPN, Narnia", "has 'Narnia', which is no country of the register"),
        ("countries", '"JPN', "has a quotation mark that is not closed"),
        ("countries", " , ", "is empty"),
        ("countries", "org:asean", "has org:asean, whose members only a graph knows; give the countries"),
        ("countries", "@/no/such/file", "names the file /no/such/file, which cannot be read"),
        ("date", "2019", "is no day; write it as YYYY-MM-DD"),
        ("date", "30.6.2019", "is no date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("first_day", "2019-13", "is no date"),
        ("year", "19", "is no year; write four digits"),
        ("year", True, "is no year"),
        ("integer", "1.5", "is no whole number"),
        ("boolean", "maybe", "is neither true nor false"),
        ("certainties", "sure", "must be one or more of stated, implied, ambiguous"),
        ("kind", "exercize", "is no label or kind of ontology.toml; near it: exercise"),
        ("kinds", "Exercise, exercize", "is no label or kind of ontology.toml; near it: exercise"),
        ("text", "", "is empty"),
        ("domain", " ", "is empty"),
    ],
)
def test_values_that_are_refused(type_, value, message):
    with pytest.raises(BadValue) as error:
        convert(type_, value)
    assert str(error.value).startswith(message)


def test_a_graph_knows_its_own_names():
    assert convert("actor", "The Host", names=Known()) == "JPN"
    assert convert("actor", "viet nam", names=Known()) == "VNM"  # of the register, not in the graph
    with pytest.raises(BadValue, match="names no domain in this graph; near it: asean"):
        convert("domain", "japan", names=Known())


def test_an_organization_stands_for_its_members_of_that_day():
    assert convert("countries", "ORG:ASEAN", names=Known(), day=date(2000, 1, 1)) == ["PHL", "VNM"]
    assert convert("countries", "org:ASEAN, JPN", names=Known(), day=date(2000, 1, 1)) == ["JPN", "PHL", "VNM"]
    with pytest.raises(BadValue, match="has org:asean, of which no loaded source names a member"):
        convert("countries", "org:asean", names=Known())


def test_countries_may_stand_in_a_file(tmp_path):
    file = tmp_path / "countries.txt"
    file.write_text("# of the study\nJapan\n\nKorea, Republic of\n", "utf-8")
    assert convert("countries", f"@{file}, USA") == ["JPN", "KOR", "USA"]
    file.write_text(f"@{file}\n", "utf-8")
    with pytest.raises(BadValue, match="no country"):
        convert("countries", f"@{file}")


@given(st.sampled_from(sorted(TYPES)), st.text() | st.integers() | st.lists(st.text()) | st.dates() | st.booleans())
def test_any_value_is_taken_or_refused(type_, value):
    with suppress(BadValue):
        convert(type_, value)


@given(st.lists(st.text(alphabet="abé ,-'", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_split_undoes_quoting(names):
    assert split(",".join(f'"{name}"' for name in names)) == names
