from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.query.coverage import Coverage, Question, coverage, question_of, sentence
from relgraph.query.coverage import reach as sources_reach
from relgraph.query.library import load_library

LIST = {
    "id": "list",
    "coversFrom": date(1816, 1, 1),
    "coversUntil": date(2012, 12, 31),
    "coversLabels": ["Agreement"],
    "coversKinds": ["alliance", "treaty"],
    "coversCompletely": ["alliance"],
}
PAPER = {"id": "paper", "coversUntil": date(2020, 6, 2), "ego": ["JPN"], "coversCompletely": None}
PANEL = {"id": "panel", "coversCountries": ["JPN", "USA"], "coversCompletely": ["*"]}


def asks(*labels: str, **rest: Any) -> Question:
    sets = {key: frozenset(value) for key, value in rest.items() if key in ("kinds", "countries")}
    return Question(frozenset(labels), **{**rest, **sets})


@pytest.mark.parametrize(
    ("source", "question", "reach", "why"),
    [
        (LIST, asks("Agreement"), "in part", "from 1816-01-01 until 2012-12-31"),
        (LIST, asks("Agreement", kinds=["alliance"]), "completely", "from 1816-01-01 until 2012-12-31"),
        (LIST, asks("Agreement", kinds=["treaty"]), "in part", "from 1816-01-01 until 2012-12-31"),
        (LIST, asks("Agreement", kinds=["acsa"]), "not", "covers alliance and treaty only"),
        (LIST, asks("Exercise"), "not", "covers Agreement only"),
        (LIST, asks("Agreement", "Exercise"), "in part", "from 1816-01-01 until 2012-12-31"),
        (LIST, asks("Agreement", first=date(2015, 1, 1)), "not", "ends on 2012-12-31"),
        (LIST, asks("Agreement", last=date(1800, 1, 1)), "not", "begins on 1816-01-01"),
        (LIST, asks("Agreement", kinds=["alliance"], first=date(2012, 1, 1), last=date(2013, 1, 1)), "in part",
         "from 1816-01-01 until 2012-12-31"),
        ({**LIST, "coversCompletely": ["*"]}, asks("Agreement"), "in part", "from 1816-01-01 until 2012-12-31"),
        ({**LIST, "coversCompletely": ["Agreement"]}, asks("Agreement"), "completely",
         "from 1816-01-01 until 2012-12-31"),
        (PAPER, asks("Exercise", countries=["JPN", "PHL"]), "in part", "until 2020-06-02"),
        (PAPER, asks("Exercise", countries=["USA", "PHL"]), "not", "was gathered around JPN"),
        (PAPER, asks("Exercise"), "in part", "until 2020-06-02"),
        ({**PAPER, "coversCompletely": ["Exercise"]}, asks("Exercise"), "in part", "until 2020-06-02"),
        ({**PAPER, "coversCompletely": ["Exercise"]}, asks("Exercise", countries=["JPN"]), "completely",
         "until 2020-06-02"),
        (PANEL, asks("Program", countries=["JPN", "USA"]), "completely", ""),
        (PANEL, asks("Program", countries=["JPN", "PHL"]), "not", "does not cover PHL"),
        (PANEL, asks(), "in part", ""),
    ],
)  # fmt: skip
def test_how_far_a_source_reaches(source, question, reach, why):
    found = coverage(source, question)
    assert (found.source, found.reach, found.why) == (source["id"], reach, why)


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("agreements_between", {"a": "JPN", "b": "USA", "as_of": "2019-06-01"},
         asks("Agreement", countries=["JPN", "USA"], first=date(2019, 6, 1), last=date(2019, 6, 1))),
        ("agreements_of", {"country": "JPN", "kind": "treaty"},
         asks("Agreement", kinds=["treaty"], countries=["JPN"])),
        ("agreements_of", {"country": "asean", "kind": "edition"}, asks(kinds=["edition"])),
        ("exercises_in", {"year": 2019}, asks("Exercise", first=date(2019, 1, 1), last=date(2019, 12, 31))),
        ("began_between", {"since": "2015", "until": "2016-06", "kind": "Exercise"},
         asks("Exercise", first=date(2015, 1, 1), last=date(2016, 6, 30))),
        ("only_these_countries", {"countries": "JPN,USA", "kind": "edition"},
         asks("Exercise", "Program", kinds=["edition"], countries=["JPN", "USA"])),
        ("things", {}, None),
    ],
)  # fmt: skip
def test_what_a_query_asks(name, values, expected):
    query = load_library()[name]
    assert question_of(query, query.bind(values)) == expected


@pytest.mark.parametrize(
    ("coverages", "expected"),
    [
        ([], "Not covered, which is not none: no source is loaded."),
        ([Coverage("a", "in part"), Coverage("b", "completely")], "None: b covers this completely."),
        ([Coverage("a", "in part"), Coverage("b", "not", "ends on 2012-12-31")],
         "Not found, which is not none: a covers this in part only."),
        ([Coverage("a", "in part"), Coverage("b", "in part", complete="for acsa until 2012-12-31")],
         "Not found, which is not none: a, b cover this in part only, b complete for acsa until 2012-12-31."),
        ([Coverage("a", "not", "covers Policy only"), Coverage("b", "not", "ends on 2012-12-31")],
         "Not covered, which is not none: a covers Policy only, b ends on 2012-12-31."),
        ([Coverage(letter, "not", "covers Policy only") for letter in "abcdef"],
         "Not covered, which is not none: a covers Policy only, b covers Policy only, c covers Policy only; "
         "3 more do not reach it either."),
    ],
)  # fmt: skip
def test_the_sentence(coverages, expected):
    assert sentence(coverages) == expected


SOURCES = st.fixed_dictionaries(
    {
        "id": st.just("s"),
        "coversLabels": st.none() | st.lists(st.sampled_from(["Agreement", "Exercise"])),
        "coversKinds": st.none() | st.lists(st.sampled_from(["alliance", "edition"])),
        "coversCountries": st.none() | st.lists(st.sampled_from(["JPN", "USA"])),
        "coversFrom": st.none() | st.dates(),
        "coversUntil": st.none() | st.dates(),
        "coversCompletely": st.none() | st.lists(st.sampled_from(["*", "Agreement", "alliance"])),
        "ego": st.none() | st.lists(st.sampled_from(["JPN"])),
    }
)
QUESTIONS = st.builds(
    Question,
    st.frozensets(st.sampled_from(["Agreement", "Exercise"])),
    st.frozensets(st.sampled_from(["alliance", "edition"])),
    st.frozensets(st.sampled_from(["JPN", "USA"])),
    st.none() | st.dates(),
    st.none() | st.dates(),
)


@given(SOURCES, QUESTIONS)
def test_a_source_that_declares_nothing_complete_never_proves_an_absence(source, question):
    assert coverage({**source, "coversCompletely": None}, question).reach != "completely"


BY_KIND = {
    "id": "by-kind",
    "coversUntil": date(2026, 5, 31),
    "coversKinds": ["acsa", "gsomia", "sofa"],
    "coversCompletely": ["acsa", "gsomia"],
    "coversCompletelyUntil": ["2026-01-15", "2024-11-16"],
}


@pytest.mark.parametrize(
    ("kinds", "day", "reach", "why"),
    [
        (["acsa"], date(2026, 1, 15), "completely", "until 2026-01-15"),
        (["acsa"], date(2026, 1, 16), "in part", "until 2026-05-31"),
        (["gsomia"], date(2024, 11, 16), "completely", "until 2024-11-16"),
        (["gsomia"], date(2024, 11, 17), "in part", "until 2026-05-31"),
        (["gsomia"], date(2026, 6, 1), "not", "ends on 2026-05-31"),
        (["gsomia"], None, "completely", "until 2024-11-16"),
        (["acsa", "gsomia"], date(2024, 11, 16), "completely", "until 2024-11-16"),
        (["acsa", "gsomia"], date(2025, 1, 1), "in part", "until 2026-05-31"),
        (["acsa", "sofa"], date(2024, 1, 1), "in part", "until 2026-05-31"),
    ],
)
def test_a_kind_is_complete_up_to_its_own_day(kinds, day, reach, why):
    found = coverage(BY_KIND, asks("Agreement", kinds=kinds, first=day, last=day))
    assert (found.reach, found.why) == (reach, why)


@pytest.mark.parametrize(
    ("kinds", "day", "complete"),
    [
        (["gsomia"], date(2024, 11, 17), "until 2024-11-16"),
        (["acsa", "sofa"], date(2026, 2, 1), "for acsa until 2026-01-15"),
        (["acsa", "sofa"], date(2026, 1, 15), ""),
        (["sofa"], date(2026, 2, 1), ""),
        ([], date(2025, 1, 1), "for gsomia until 2024-11-16"),
        ([], None, "for acsa until 2026-01-15, gsomia until 2024-11-16"),
    ],
)
def test_what_is_covered_in_part_tells_the_days_up_to_which_it_is_complete(kinds, day, complete):
    found = coverage(BY_KIND, asks("Agreement", kinds=kinds, first=day, last=day))
    assert (found.reach, found.complete) == ("in part", complete)


def test_of_countries_that_are_not_named_a_list_around_one_tells_no_day():
    assert coverage({**BY_KIND, "ego": ["JPN"]}, asks("Agreement")).complete == ""
    assert coverage({**BY_KIND, "ego": ["JPN"]}, asks("Agreement", countries=["JPN"])).complete


def test_a_wider_declaration_may_reach_further_than_that_of_the_kind():
    source = {**BY_KIND, "coversCompletely": ["gsomia", "Agreement"]}
    assert coverage(source, asks("Agreement", kinds=["gsomia"], last=date(2024, 1, 1))).why == "until 2026-01-15"


def test_a_source_is_told_with_the_days_of_its_kinds():
    assert "complete for acsa until 2026-01-15 and gsomia until 2024-11-16" in sources_reach([BY_KIND])


@given(SOURCES, QUESTIONS, st.dates())
def test_days_of_the_kinds_that_are_the_day_of_the_source_change_nothing(source, question, day):
    dated = {**source, "coversUntil": day}
    days = [day.isoformat()] * len(source["coversCompletely"] or ())
    assert coverage({**dated, "coversCompletelyUntil": days}, question) == coverage(dated, question)


@given(SOURCES, QUESTIONS, st.dates())
def test_no_absence_is_proved_beyond_the_last_day_of_any_kind(source, question, day):
    days = [day.isoformat()] * len(source["coversCompletely"] or ())
    found = coverage({**source, "coversCompletelyUntil": days}, question)
    assert found.reach != "completely" or question.last is None or question.last <= day


@given(SOURCES, QUESTIONS, st.dates())
def test_on_the_day_that_it_tells_an_absence_is_none(source, question, day):
    days = [day.isoformat()] * len(source["coversCompletely"] or ())
    dated = {**source, "coversCompletelyUntil": days}
    told = coverage(dated, question).complete
    assert not told or question.last is None or day < question.last
    if told == f"until {day}":
        first = question.first and min(question.first, day)
        assert coverage(dated, replace(question, first=first, last=day)).reach == "completely"
