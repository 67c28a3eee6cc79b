"""What is asked of several countries, days and sources at once: matrix, diff, dyads, conflicts, measures of years."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import relgraph

ALLIES = """[source]
title = "{name}"
licence = "CC0-1.0"
redistributable = true
citation = "@misc{{{name}, title = {{{name}}}}}"
priority = {priority}

[coverage]
until = "2012-12-31"
labels = ["Agreement", "Organization"]
completely = ["alliance"]

[[tables]]
file = "pacts.csv"
record = "{{id}}"
[[tables.things]]
label = "Agreement"
id = "{{id}}"
name = "{{name}}"
kind = "alliance"
start = "{{start}}"
end = {{ column = "end", ongoing = ["-"] }}

[[tables]]
file = "members.csv"
[[tables.ties]]
type = "PARTY_TO"
from = {{ label = "Country", id = "{{who}}", scheme = "iso3" }}
to = {{ label = "Agreement", id = "{{id}}" }}
start = "{{start}}"

[[tables]]
file = "clubs.csv"
[[tables.things]]
label = "Organization"
id = "{{id}}"
name = "The {{id}}"
rows = "repeats"
[[tables.ties]]
type = "MEMBER_OF"
from = {{ label = "Country", id = "{{who}}", scheme = "iso3" }}
to = {{ label = "Organization", id = "{{id}}" }}
start = "{{start}}"
"""


def source(folder: Path, name: str, priority: int, pacts: str, members: str) -> Path:
    place = folder / name
    place.mkdir()
    (place / "source.toml").write_text(ALLIES.format(name=name, priority=priority), "utf-8")
    (place / "pacts.csv").write_text(f"id,name,start,end\n{pacts}", "utf-8")
    (place / "members.csv").write_text(f"id,who,start\n{members}", "utf-8")
    (place / "clubs.csv").write_text("id,who,start\nclub,JPN,\nclub,USA,\nclub,PHL,1999\n", "utf-8")
    return place


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A graph with the paper alone: what it answers does not change with what else is bundled."""
    folder = tmp_path_factory.mktemp("paper") / "graph"
    with relgraph.open(folder) as graph:
        graph.load("csis-hayashi-2020")
        yield folder


@pytest.fixture(scope="module")
def disagreeing(tmp_path_factory: pytest.TempPathFactory):
    """Two lists of alliances: they differ on a pact's start, end, name, parties, and on when one party joined."""
    folder = tmp_path_factory.mktemp("two")
    one = source(
        folder,
        "one",
        60,
        "pact,The Pact,1951-09-08,1960\nsame,The Same,1960,-\n",
        "pact,JPN,1951-09-08\npact,USA,\nsame,JPN,\nsame,USA,\n",
    )
    two = source(
        folder,
        "two",
        40,
        "pact,Pact of 1951,1952,-\nsame,THE same!,1960-01-19,-\n",
        "pact,JPN,1952-04\npact,USA,\npact,PHL,\nsame,JPN,\nsame,USA,\n",
    )
    with relgraph.open(folder / "graph") as graph:
        graph.load(one, two)
        yield folder / "graph"


def test_conflicts_are_what_cannot_both_be_so(run, disagreeing):
    ran = run("conflicts", "--graph", disagreeing, "--format", "json")
    found = {(row["id"], row["differs"]): row["says"] for row in json.loads(ran.out)}
    assert found == {
        ("pact", "start"): ["one: 1951-09-08", "two: 1952"],
        ("pact", "end"): ["one: 1960", "two: .."],
        ("pact", "parties"): ["one: JPN, USA", "two: JPN, PHL, USA"],
        ("pact", "JPN: start"): ["one: 1951-09-08", "two: 1952-04"],
        ("pact", "name"): ["one: The Pact", "two: Pact of 1951"],
    }
    assert "Dates differ where no day fits both" in ran.err


def test_conflicts_are_footnoted_with_their_places(run, disagreeing):
    shown = run("conflicts", "--graph", disagreeing).out
    assert "one: 1951-09-08" in shown
    assert "[1] one, " in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--country", "philippines"], {"pact"}),
        (["--country", "AUS"], set()),
        (["--kind", "Exercise"], set()),
        (["--kind", "alliance"], {"pact"}),
        (["--source", "one"], set()),
    ],
)
def test_conflicts_are_narrowed(run, disagreeing, options, ids):
    ran = run("conflicts", *options, "--graph", disagreeing, "--format", "json")
    assert {row["id"] for row in json.loads(ran.out)} == ids


def test_where_nothing_differs_it_is_said_how_much_was_compared(run, disagreeing):
    shown = run("conflicts", "--country", "AUS", "--graph", disagreeing).out
    assert "No rows." in shown
    assert "0 things are cited by two or more sources, or dated more than once." in shown


def test_a_matrix_has_a_column_for_each_pair_with_footnotes(run, folder):
    shown = run("matrix", "Japan", "phl", "AUS", "--as-of", "2019-12-31", "--graph", folder).out
    lines = shown.splitlines()
    assert lines[0] == "By kind on 2019-12-31"
    assert lines[2].split() == ["kind", "JPN", "PHL", "JPN", "AUS", "PHL", "AUS", "sources"]
    assert "joint-declaration  not covered  signed" in shown
    assert "[1] acsa-jpn-aus: csis-hayashi-2020, S4.2" in shown
    assert "not covered: which is not none" in shown.replace("\n", " ")
    assert "gathered around JPN" in shown
    assert max(map(len, lines)) <= 80


def test_a_matrix_of_many_has_a_square_for_each_column(run, folder):
    shown = run("matrix", "JPN", "USA", "AUS", "IND", "--kind", "Exercise", "--graph", folder).out
    square = shown.partition("By kind: edition\n\n")[2].splitlines()
    assert [line.split() for line in square[:4]] == [
        ["JPN", "USA", "AUS", "IND", "sources"],
        ["─" * len(square[1])],
        ["JPN", "yes", "yes", "yes", "[1,", "2]"],
        ["USA", "yes", "yes", "–", "[1]"],
    ]
    assert "–: not covered, which is not none" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_matrix_as_data_has_a_row_for_each_pair(run, folder):
    ran = run("matrix", "JPN", "PHL", "--by", "year", "--years", "2016-2017", "--graph", folder, "--format", "json")
    assert json.loads(ran.out) == [{"a": "JPN", "b": "PHL", "2016": "possibly", "2017": "yes"}]


def test_what_a_source_covers_completely_is_none(run, disagreeing):
    ran = run("matrix", "JPN", "AUS", "--kind", "alliance", "--by", "year", "--years", "2011-2013", "--graph",
              disagreeing, "--format", "json")  # fmt: skip
    assert json.loads(ran.out) == [{"a": "JPN", "b": "AUS", "2011": "none", "2012": "none", "2013": "not covered"}]


def test_changes_stand_apart_by_their_sort(run, folder):
    shown = run("diff", "2015-12-31", "2020-06-30", "--kind", "Exercise", "--graph", folder).out
    headings = [line for line in shown.splitlines() if line.startswith("Changes after")]
    assert [heading.rpartition(": ")[2] for heading in headings] == [
        "began",
        "possibly began",
        "ended",
        "possibly ended",
    ]
    assert "[1] csis-hayashi-2020, S1.3 Capacity Building Assistance Programs, P5 (implied)" in shown
    assert "7 undated engagements left out" in shown
    assert "Counted are stated and implied claims, kinds Exercise." in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_every_change_has_its_sources(run, folder):
    rows = json.loads(run("diff", "2000-01-01", "2020-06-30", "--graph", folder, "--format", "json").out)
    assert {"vientiane-vision", "joint-declaration-jpn-aus"} <= {row["id"] for row in rows}
    assert [
        row["id"] for row in rows if not all("csis-hayashi-2020, S" in claim for claim in row["claims"] or [""])
    ] == []


def test_changes_of_a_country(run, folder):
    ran = run("diff", "2015-12-31", "2020-06-30", "--country", "philippines", "--graph", folder, "--format", "json")
    rows = json.loads(ran.out)
    assert rows
    assert all("PHL" in row["parties"] for row in rows)


def test_dyads_as_data_are_all_pairs_and_missing_is_not_zero(run, disagreeing, tmp_path):
    ran = run("dyads", "--years", "1999", "--graph", disagreeing, "-o", tmp_path / "dyads.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "dyads.csv").read_text("utf-8"))))
    assert list(rows[0])[:7] == ["year", "id1", "id2", "ccode1", "ccode2", "gwcode1", "gwcode2"]
    assert len(rows) > 10_000
    assert {row["agreement_alliance"] for row in rows} == {"0", "1", ""} - {""}
    assert [(row["ccode1"], row["ccode2"]) for row in rows if row["agreement_alliance"] == "1"] == [("2", "740")]
    assert "0: a source covers it completely" in ran.err


def test_in_python_years_may_be_numbers(folder):
    with relgraph.open(folder) as graph:
        assert graph.dyads((2019, 2019), kinds="Exercise").equals(graph.dyads(("2019", "2019"), kinds="Exercise"))
        matrices = [graph.matrix("JPN", "PHL", by="year", years=years) for years in ((2017, 2018), ("2017", "2018"))]
    assert matrices[0].cells == matrices[1].cells


def test_dyads_on_a_terminal_are_those_that_had_something(run, folder):
    shown = run("dyads", "--years", "2018-2019", "--kind", "Exercise", "--code", "cow", "--graph", folder).out
    assert "2019  JPN PHL  exercise_exercise 1" in shown
    assert "kinds Exercise" in shown.replace("\n", " ")
    assert len(shown.splitlines()) < 40


def test_a_measure_of_years_is_long(run, folder):
    ran = run("measure", "hub-and-spoke", "--years", "2018-2019", "--graph", folder, "--format", "json")
    assert [row["day"] for row in json.loads(ran.out)] == ["2018-12-31", "2019-12-31"]
    top = ["measure", "centrality", "--only", "degree", "--top", "2", "--years", "2018-2019"]
    rows = json.loads(run(*top, "--graph", folder, "--format", "json").out)
    assert [(row["day"], row["degree_rank"] <= 2) for row in rows] == [("2018-12-31", True)] * 2 + [
        ("2019-12-31", True)
    ] * 2


def test_a_wide_measure_is_several_tables_with_each_rank_beside_its_measure(run, folder):
    shown = run("measure", "centrality", "--top", "2", "--graph", folder).out
    assert "centrality, 1 of 4\n\nid   name           degree  rank" in shown
    assert shown.count("JPN  Japan") == 4
    assert "── 1 ──" not in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("given", ["Japan,usa", "JPN, United States", "@them.txt"])
def test_a_partition_takes_countries_as_everything_does(run, folder, tmp_path, monkeypatch, given):
    monkeypatch.chdir(tmp_path)
    Path("them.txt").write_text("japan\n# a remark\nU.S.\n", "utf-8")
    asked = ["measure", "brokerage", "--graph", folder, "--format", "json", "--partition"]
    assert run(*asked, given).out == run(*asked, "JPN,USA").out


def test_options_of_a_network_reach_it(run, folder):
    def ids(*options: str) -> set[str]:
        ran = run("measure", "centrality", "--only", "degree", *options, "--graph", folder, "--format", "json")
        return {row["id"] for row in json.loads(ran.out)}

    assert len(ids("--as-of", "2019-12-31", "--population", "system")) > 190
    assert ids("--since", "2018", "--until", "2019", "--no-undated", "--kind", "Exercise") >= {"JPN", "IND", "PHL"}
    assert ids("--kind", "Exercise", "--parties-at-most", "2") < ids("--kind", "Exercise")
    assert ids("--role", "host") < ids()
    assert ids("--obligation", "defense") == set()
    assert ids("--directed", "--kind", "Transfer") == {"JPN", "PHL"}


ORGANIZATION = [
    (["ties", "org:club"], ["ties", "JPN", "PHL", "USA"]),
    (["ties", "ORG:Club", "--as-of", "1990-01-01"], ["ties", "JPN", "USA", "--as-of", "1990-01-01"]),
    (["matrix", "org:club"], ["matrix", "JPN", "PHL", "USA"]),
    (["diff", "1950-01-01", "1970-01-01", "--country", "org:club"],
     ["diff", "1950-01-01", "1970-01-01", "--country", "JPN", "--country", "USA", "--country", "PHL"]),
    (["conflicts", "--country", "org:club"], ["conflicts", "--country", "JPN", "--country", "USA"]),
    (["measure", "groups", "--country", "org:club", "--as-of", "1955-01-01"],
     ["measure", "groups", "--country", "JPN", "--country", "USA", "--as-of", "1955-01-01"]),
    (["measure", "brokerage", "--partition", "org:club"], ["measure", "brokerage", "--partition", "JPN,USA,PHL"]),
    (["query", "only_these_countries", "-p", "countries=ORG:club"],
     ["query", "only_these_countries", "-p", "countries=JPN,USA,PHL"]),
]  # fmt: skip


@pytest.mark.parametrize(("given", "meant"), ORGANIZATION, ids=[" ".join(given) for given, _ in ORGANIZATION])
def test_the_members_of_an_organization_then_are_taken_for_countries(run, disagreeing, given, meant):
    ran = run(*given, "--graph", disagreeing, "--format", "json")
    assert ran.code == 0, ran.err
    assert ran.out == run(*meant, "--graph", disagreeing, "--format", "json").out


ANY_CASE = [
    (["ties", "japan", "u.s."], ["ties", "JPN", "USA"]),
    (["matrix", "Nippon", "PHILIPPINES"], ["matrix", "JPN", "PHL"]),
    (["measure", "centrality", "--country", "japan", "--country", "usa"],
     ["measure", "centrality", "--country", "JPN", "--country", "USA"]),
    (["diff", "2015-12-31", "2020-06-30", "--country", "japan"],
     ["diff", "2015-12-31", "2020-06-30", "--country", "JPN"]),
    (["query", "recipients_of", "-p", "provider=japan"], ["query", "recipients_of", "-p", "provider=JPN"]),
    (["query", "only_these_countries", "-p", "countries=@trio.txt"],
     ["query", "only_these_countries", "-p", "countries=JPN,AUS,USA"]),
    (["ties", "@trio.txt"], ["ties", "JPN", "AUS", "USA"]),
    (["matrix", "@trio.txt"], ["matrix", "JPN", "AUS", "USA"]),
    (["measure", "groups", "--country", "@trio.txt"],
     ["measure", "groups", "--country", "JPN", "--country", "AUS", "--country", "USA"]),
    (["show", "japan"], ["show", "JPN"]),
]  # fmt: skip


@pytest.mark.parametrize(("given", "meant"), ANY_CASE, ids=[" ".join(given) for given, _ in ANY_CASE])
def test_a_country_is_taken_by_any_name_in_any_case_and_from_a_file(run, folder, tmp_path, monkeypatch, given, meant):
    monkeypatch.chdir(tmp_path)
    Path("trio.txt").write_text("japan\nAustralia\nusa\n", "utf-8")
    ran = run(*given, "--graph", folder, "--format", "json")
    assert ran.code == 0, ran.err
    assert ran.out == run(*meant, "--graph", folder, "--format", "json").out
    assert json.loads(ran.out)


def test_stability_is_how_far_ranks_move(run, folder):
    asked = ["measure", "centrality", "--only", "strength", "--kind", "Exercise", "--top", "3", "--stability"]
    rows = json.loads(run(*asked, "--graph", folder, "--format", "json").out)
    assert [(row["id"], row["measure"], row["rank"]) for row in rows] == [
        ("JPN", "strength", 1), ("USA", "strength", 2), ("AUS", "strength", 3)
    ]  # fmt: skip
    assert all(row["lowest"] <= row["rank"] <= row["highest"] for row in rows)
    shown = run(*asked, "--graph", folder).out
    assert "name           value  rank  moves  engagement  policy" in shown
    assert "No source could be left out: all rests on one." in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_file_of_countries_that_names_itself_is_told(run, folder, tmp_path):
    (tmp_path / "list").write_text(f"JPN\n@{tmp_path / 'list'}\n", "utf-8")
    ran = run("ties", f"@{tmp_path / 'list'}", "--graph", folder)
    assert ran.code == 2
    assert "names itself" in ran.err
