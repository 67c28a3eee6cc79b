"""A party's dates against those of what it is a party of: open ones are bounded by them, others must agree."""

from __future__ import annotations

from datetime import date

import pytest
from tests.ingest.making import PACT, PACT_TABLES, make_source, pact, problems, read, sound, where

DATED = """
[[tables]]
file = "agreements.csv"
ignore = ["name", "kind"]
[[tables.things]]
label = "Agreement"
id = "{id}"
signed = "{signed}"
start = "{start}"
end = { column = "end", ongoing = [".."] }
[[tables]]
file = "parties.csv"
[[tables.ties]]
type = "PARTY_TO"
from = { label = "Country", id = "{party}" }
to = { label = "Agreement", id = "{agreement}" }
start = "{since}"
end = "{until}"
attested = "{seen}"
[coverage]
until = "2012-12-31"
"""
HEADER = PACT_TABLES["agreements.csv"].partition("\n")[0] + "\n"
SEATO = "seato,SEATO,treaty,1954-09-08,1955-02-19,1977-06-30\n"


def party(tmp_path, dates, agreement=SEATO):
    """A source with one party of SEATO, which began, ended and was seen on these dates."""
    parties = f"agreement,party,since,until,seen\n{agreement.partition(',')[0]},THA,{dates}\n"
    return pact(tmp_path, toml=DATED, agreements=HEADER + agreement, parties=parties)


@pytest.mark.parametrize(
    ("dates", "bounds"),
    [
        ("1955-02-19,,", ("1955-02-19", "1955-02-19", "1955-02-19", "1977-06-30")),
        (",1973,", ("1955-02-19", "1973-12-31", "1973-01-01", "1973-12-31")),
        (",,1960", ("1955-02-19", "1960-12-31", "1960-01-01", "1977-06-30")),
        ("1955/1956,1977,", ("1955-01-01", "1956-12-31", "1977-01-01", "1977-12-31")),
    ],
    ids=["no end", "no start", "neither", "what is stated stays"],
)
def test_what_a_partys_dates_leave_open_its_agreement_bounds(tmp_path, dates, bounds):
    (tie,) = sound(party(tmp_path, dates)).ties.values()
    names = ("startFrom", "startBy", "endFrom", "endBy")
    assert tuple(tie.properties[name].isoformat() for name in names) == bounds


@pytest.mark.parametrize(
    ("dates", "value", "problem"),
    [
        ("1955-02-19,..,", "1955-02-19, ..", "goes on after seato did (end 1977-06-30)"),
        ("1980,,", "1980", "goes on after seato did (end 1977-06-30)"),
        ("1954-05-01,,", "1954-05-01", "starts before seato did (start 1955-02-19)"),
        (",1950,", "1950", "starts before seato did (start 1955-02-19)"),
    ],
    ids=["still", "since", "before", "until before"],
)
def test_a_party_of_what_is_not_there_is_told(tmp_path, dates, value, problem):
    (issue,) = problems(party(tmp_path, dates))
    assert (issue.level, issue.problem) == ("warning", problem)
    assert where(issue)[3] == value
    assert ("as signed" if "before" in problem else "not still going on") in issue.remedy


@pytest.mark.parametrize(
    ("dates", "value", "problem"),
    [
        ("2109-02-18,,", "2109-02-18, 2109-02-18", "is after until, the last day that the source covers"),
        ("1815-06-09,1945,", "1815-06-09, 1815-06-09, 1945", "is before since, the first day that the source covers"),
    ],
)
def test_what_a_source_cannot_have_seen_is_told(tmp_path, dates, value, problem):
    toml = DATED.replace('until = "2012-12-31"', 'since = "1946"\nuntil = "2012-12-31"')
    signed, end, _ = dates.split(",")
    source = pact(tmp_path, toml=toml, agreements=f"{HEADER}a,A,treaty,{signed},{signed},{end}\n")
    issue = next(issue for issue in problems(source) if issue.file == "agreements.csv")
    assert (issue.level, issue.problem, issue.value) == ("warning", problem, value)


def test_both_ends_may_contradict_its_agreement(tmp_path):
    assert len(problems(party(tmp_path, "1954,..,"))) == 2


def test_what_contradicts_its_agreement_is_kept_as_it_is_said(tmp_path):
    (tie,) = read(party(tmp_path, "1955-02-19,..,")).ties.values()
    assert (tie.properties["endFrom"], tie.properties["end"]) == (date(2012, 12, 31), "..")


def test_without_dates_of_its_own_it_takes_those_of_its_agreement(tmp_path):
    (tie,) = sound(party(tmp_path, ",,")).ties.values()
    assert not {"startFrom", "endBy"} & tie.properties.keys()


def test_an_agreement_without_dates_bounds_nothing(tmp_path):
    (tie,) = sound(party(tmp_path, "1955,,", "seato,SEATO,treaty,,,\n")).ties.values()
    assert tie.properties["endBy"] == date.max


def test_that_a_party_signed_before_the_pact_began_says_nothing_of_its_own_time(tmp_path):
    parties = PACT_TABLES["parties.csv"].replace("quote", "quote,on", 1)
    parties = parties.replace("stated,", "stated,,1951-09-08").replace("implied,", "implied,,1954-05-03")
    toml = PACT.replace('role = "{role}"', 'role = "{role}"\nsigned = "{on}"')
    claims = sound(make_source(tmp_path, "pacts", toml, {**PACT_TABLES, "parties.csv": parties}))
    own = {tie.start.id: (tie.properties["signed"], tie.properties.get("startFrom")) for tie in claims.ties.values()}
    assert own == {"JPN": ("1951-09-08", None), "USA": ("1954-05-03", date(1954, 5, 3))}
