"""Every query of the library, asked of the small graph on every engine."""

from __future__ import annotations

from typing import Any

import pytest
from tests.query.cases import CASES
from tests.query.small_graph import TIES

from relgraph.errors import UsageError
from relgraph.query.answer import answer
from relgraph.query.library import load_library

LIBRARY = load_library()


def asked(connection: Any, name: str, values: dict[str, Any], columns: str) -> list[tuple[Any, ...]]:
    rows = answer(connection, LIBRARY[name], values)
    return [tuple(frozen(row[column]) for column in columns.split()) for row in rows]


def frozen(value: Any) -> Any:
    return tuple(map(frozen, value)) if isinstance(value, list) else value


@pytest.mark.parametrize(("name", "values", "columns", "expected"), CASES)
def test_each_query_answers(small, name, values, columns, expected):
    assert asked(small, name, values, columns) == expected


def test_each_query_is_asked_something():
    assert {name for name, *_ in CASES} == set(LIBRARY)


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_each_query_returns_the_columns_that_it_declares(small, name):
    values = next(values for case, values, _, rows in CASES if case == name and (rows or name == "unsourced"))
    result = small.read(LIBRARY[name].cypher, bound(small, name, values))
    if result.rows:
        assert tuple(result.keys) == LIBRARY[name].returns
        assert {len(row) for row in result.rows} == {len(LIBRARY[name].returns)}


def bound(connection: Any, name: str, values: dict[str, Any]) -> dict[str, Any]:
    from relgraph.query.names import GraphNames

    return LIBRARY[name].bind(values, GraphNames(connection))


def test_all_uncertain_claims_are_found(small):
    doubted = {about["certainty"] for *_, about in TIES if "certainty" in about}
    rows = answer(small, LIBRARY["uncertain"], {})
    assert doubted == {"implied", "ambiguous"} == set(rows.column("certainty"))
    assert len(rows) == sum("certainty" in about for *_, about in TIES)
    assert all(row["source"] and row["locator"] for row in rows)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        (
            "parties_of",
            {"agreement": "alliance-jpn-us"},
            "no engagement in this graph; near it: alliance",
        ),
        ("parties_of", {"agreement": "JPN"}, "names no engagement in this graph"),
        ("domains_of", {"country": "Japn"}, "names no actor in this graph; near it: JPN"),
        ("only_these_countries", {"countries": "org:nato"}, "names no organization in this graph"),
        ("only_these_countries", {"countries": "JPN, Atlantis"}, "'Atlantis', which is no country of the"),
        ("members_of", {}, "members_of needs organization (organization), for example -p organization="),
    ],
)
def test_a_name_that_means_nothing_is_an_error_that_names_the_nearest(small, name, values, message):
    with pytest.raises(UsageError) as error:
        answer(small, LIBRARY[name], values)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("name", "values", "note"),
    [
        ("agreements_between", {"a": "PHL", "b": "IND", "as_of": "2015-01-01"},
         "Not covered, which is not none: list ends on 2012-12-31, paper was gathered around JPN."),
        ("agreements_between", {"a": "JPN", "b": "IND"},
         "Not found, which is not none: list, paper cover this in part only."),
        ("agreements_of", {"country": "IND", "kind": "alliance", "as_of": "1990-01-01"},
         "None: list covers this completely from 1816-01-01 until 2012-12-31."),
        ("agreements_of", {"country": "Fiji", "kind": "alliance"},
         "None: list covers this completely from 1816-01-01 until 2012-12-31."),
        ("exercises_between", {"a": "AUS", "b": "PHL"},
         "Not covered, which is not none: list covers Agreement only, paper was gathered around JPN."),
        ("exercises_in", {"year": 2021, "undated": False, "country": "AUS"},
         "Not covered, which is not none: list covers Agreement only, paper was gathered around JPN."),
    ],
)  # fmt: skip
def test_an_absence_says_whether_a_source_covers_it(small, name, values, note):
    rows = answer(small, LIBRARY[name], values)
    assert (list(rows.rows), rows.notes) == ([], (note,))


def test_what_is_found_needs_no_note(small):
    assert answer(small, LIBRARY["agreements_between"], {"a": "JPN", "b": "AUS"}).notes == ()


def test_what_is_written_without_a_source_is_found(connection):
    stray = "CREATE (:Domain {id: 'stray'})-[:COVERS {id: 't1', source: 'gone'}]->(:Domain {id: 'd'})"
    connection.write(stray)
    rows = asked(connection, "unsourced", {}, "what id label problem")
    assert rows == [
        ("thing", "d", "Domain", "no source cites it"),
        ("thing", "stray", "Domain", "no source cites it"),
        ("tie", "t1", "COVERS", "its source gone is not loaded"),
    ]
    note = answer(connection, LIBRARY["agreements_between"], {"a": "JPN", "b": "AUS"}).notes
    assert note == ("Not covered, which is not none: no source is loaded.",)


@pytest.mark.parametrize(
    ("name", "values"), [("agreements_of", {"country": "JPN"}), ("agreements_between", {"a": "JPN", "b": "AUS"})]
)
def test_the_newest_first_by_what_is_known_of_start_signature_and_attestation(connection, name, values):
    """Without a start, what is only signed or attested stands where its own date puts it; without any, last."""
    dated = [("c", "start", "2000"), ("a", "signed", "1999-05"), ("b", "attested", "1998"), ("e", "start", "1997")]
    connection.write("UNWIND ['JPN', 'AUS'] AS id CREATE (:Country:Actor {id: id, name: id})")
    for id, property, day in [*dated, ("d", "note", "undated")]:
        made = {"id": id, "name": id, property: day}
        connection.write("CREATE (e:Agreement:Engagement) SET e = $made", {"made": made})
    connection.write(
        "MATCH (e:Agreement) MATCH (c:Country) CREATE (c)-[:PARTY_TO {id: c.id + e.id, source: 's', locator: 'p. 1', "
        "role: 'signatory', certainty: 'stated'}]->(e)"
    )
    assert asked(connection, name, values, "id") == [("c",), ("a",), ("b",), ("e",), ("d",)]
