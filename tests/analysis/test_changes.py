from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.making import claim, engagement, reading, spell
from tests.analysis.storing import store

from relgraph.analysis.changes import CHANGES, changes, diff, what_happened
from relgraph.analysis.policy import Policy
from relgraph.errors import UsageError
from relgraph.model.dates import Bounds

FIRST, LAST = date(2015, 12, 31), date(2020, 6, 30)


def happened(when, **options) -> list[str]:
    return list(what_happened(spell(when, **options), FIRST, LAST))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, []),
        ("2016-01-01 / 2030", ["began"]),
        ("2015-12-31 / 2030", []),
        ("2015 / 2030", []),
        ("2015-06 / 2016", ["ended"]),
        ("2020 / 2030", ["possibly began"]),
        ("2010 / 2015-12-31", ["ended"]),
        ("2010 / 2015-12-30", []),
        ("2010 / 2020-06-30", []),
        ("2010 / 2020", ["possibly ended"]),
        ("2010", ["possibly ended"]),
        ("2017 / 2018", ["began", "ended"]),
    ],
)
def test_between_two_days(when, expected):
    assert happened(when) == expected


def test_an_event_begins_and_ends():
    assert happened("2017-05-12", event=True) == ["began", "ended"]
    assert happened("2007", event=True) == []


def test_ongoing_is_sure_as_far_as_the_source_sees():
    assert happened("2010 / ..", seen_until=date(2012, 12, 31)) == ["possibly ended"]
    assert happened("2010 / ..", seen_until=date(2020, 6, 30)) == []


DAYS = st.dates(date(2015, 1, 1), date(2015, 1, 20))


@given(st.lists(DAYS, min_size=4, max_size=4), st.tuples(DAYS, DAYS), st.tuples(DAYS, DAYS))
def test_what_happened_is_what_would_have_been_seen(ends, days, truth):
    """Whatever the true days within the bounds: what began was not there before and there, or gone, by then."""
    first, last = sorted(days)
    a, b, c, d = ends
    bounds = Bounds(min(a, b), max(a, b), max(min(c, d), min(a, b)), max(c, d, a, b))
    start = min(max(truth[0], bounds.startFrom), bounds.startBy)
    end = min(max(truth[1], bounds.endFrom), bounds.endBy)
    found = set(what_happened(bounds, first, last))
    assert len(found & {"began", "possibly began"}) < 2
    if "began" in found:
        assert first < start <= last
    if not found & {"began", "possibly began"}:
        assert not first < start <= last
    if "ended" in found:
        assert first <= end < last
    if not found & {"ended", "possibly ended"}:
        assert not first <= end < last


PACT = engagement(
    "pact",
    "USA",
    label="Agreement",
    kind="alliance",
    when="1949 / 2030",
    claims=[
        claim(
            "pact", "MNE", label="Agreement", n=4, source="list", bounds=spell("2017-06-05 / 2030"), start="2017-06-05"
        ),
        claim("pact", "USA", label="Agreement", n=5, source="list", bounds=spell("1949 / 2030"), start="1949"),
    ],
)
ACSA = engagement("acsa", "JPN AUS", label="Agreement", kind="acsa", when="2017-09-06 / 2030")
CALL = engagement("call", "JPN PHL:observer", label="Dialogue", when="2020-05-12", event=True)
UNSAID = engagement("unsaid", "JPN USA")
WHOLE = reading(PACT, ACSA, CALL, UNSAID)


def test_engagements_and_parties():
    found = changes(WHOLE, Policy(), FIRST, LAST)
    assert [(one.change, one.id, one.party) for one in found.changes] == [
        ("began", "acsa", None),
        ("began", "pact", "MNE"),
        ("began", "call", None),
        ("ended", "call", None),
    ]
    acsa, joined, *_ = found.changes
    assert acsa.claims == ("JPN signatory: paper", "AUS signatory: paper")
    assert (joined.start, joined.claims) == ("2017-06-05", ("MNE signatory: list",))
    assert found.undated == 1
    assert [one.id for one in found.of("ended")] == ["call"]


def test_a_part_of_it():
    only = changes(WHOLE, Policy.of(kinds="Agreement"), FIRST, LAST, countries=["JPN"])
    assert [one.id for one in only.changes] == ["acsa"]
    assert not changes(WHOLE, Policy(), FIRST, LAST, countries=["PHL"]).changes


def test_on_an_engine(connection):
    store(connection.write, WHOLE)
    found = diff(connection, "2015-12-31", "2020-06-30", countries=["Japan"])
    assert {one.id for one in found.changes} == {"acsa", "call"}
    table = found.table()
    assert set(table["change"]) <= set(CHANGES)
    assert table.attrs["undated"] == 1
    assert found.rows().notes == ("Claims of list, paper; 1 undated engagements left out.",)
    with pytest.raises(UsageError, match="earlier and a later"):
        diff(connection, "2020-06-30", "2020-06-30")


test_on_an_engine = pytest.mark.filterwarnings(r"ignore:(.|\n)*(does not exist|parameter missing)")(test_on_an_engine)
