"""Which records of two sources may be one thing, and that only what a person accepts becomes one."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from tests.ingest.making import make_source, problems

from relgraph.errors import DataError, UsageError

TREATIES = """
[[tables]]
file = "treaties.csv"
[[tables.things]]
label = "Agreement"
id = "{name}-{{id}}"
name = "{{title}}"
signed = "{{signed}}"
[[tables.ties]]
type = "PARTY_TO"
each = {{ column = "parties", split = ";" }}
from = {{ label = "Country", id = "{{each}}" }}
to = {{ label = "Agreement" }}
"""
OURS = """id,title,signed,parties
1,Treaty of Mutual Security,1960-01-19,JPN;USA
2,Pact of the Four,1955-05,BGR;POL;HUN;ROU
3,Memorandum,,FRA;DEU
4,Accord,1970,GBR;PRT
"""
THEIRS = """id,title,signed,parties
a,Mutual Security Treaty,1960-06,JPN;USA
b,Treaty of Mutual Security,1951-09-08,JPN;USA
c,Four-Power Pact,1955-05-14,BGR;POL;HUN;ROU;ALB
d,Understanding,1990,FRA;DEU
e,Accord,1970,GBR;ESP;IRL;NOR
"""


@pytest.fixture
def two(tmp_path):
    """Two sources that list some of the same treaties."""
    tables = {"ours": OURS, "theirs": THEIRS}
    return [
        make_source(tmp_path, name, TREATIES.format(name=name), {"treaties.csv": rows}) for name, rows in tables.items()
    ]


def mark(rows, path, **accepted):
    """The table as a person hands it back: with these words beside these ids."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows.columns)
        for row in rows.rows:
            writer.writerow([accepted.get(f"{row[3]}_{row[4]}".replace("-", "_"), ""), *row[1:]])
    return path


def test_pairs_share_parties_and_can_have_begun_together(graph, two):
    graph.load(*two)
    rows = graph.reconcile("ours", "theirs")
    found = {(row[3], row[4]): dict(zip(rows.columns, row, strict=True)) for row in rows.rows}
    assert list(found) == [("ours-1", "theirs-a"), ("ours-2", "theirs-c"), ("ours-3", "theirs-d")]
    first, second, third = found.values()
    assert (first["shared"], first["only_one"], first["days_apart"]) == ("JPN USA", None, 134)
    assert (second["shared"], second["only_other"], second["days_apart"]) == ("BGR HUN POL ROU", "ALB", 0)
    assert (third["begins"], third["it_begins"], third["days_apart"]) == (None, "1990", None)
    assert all(row["accepted"] is None for row in found.values())


def test_only_accepted_pairs_become_one(graph, two, tmp_path):
    graph.load(*two)
    marked = mark(
        graph.reconcile("ours", "theirs"), tmp_path / "pairs.csv", ours_1_theirs_a="Yes", ours_2_theirs_c="no"
    )
    path, added = graph.accept(two[0], marked)
    assert (path, added) == (two[0] / "crosswalk.csv", 1)
    assert path.read_text("utf-8").splitlines() == [
        "label,id,same_as,reason",
        "Agreement,ours-1,theirs-a,accepted by a person",
    ]
    assert graph.accept(two[0], marked)[1] == 0
    graph.load(two[0])
    assert graph.show("ours-1").id == "theirs-a"
    assert [row[3] for row in graph.reconcile("ours", "theirs").rows] == ["ours-2", "ours-3"]
    graph.unload("theirs")
    assert graph.show("ours-1").id == "theirs-a"  # whether or not the other is loaded


def test_a_crosswalk_may_lie_beside_the_data(graph, two, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (two[0] / "treaties.csv").rename(data / "treaties.csv")
    graph.load(two[0], data=data)
    (data / "crosswalk.csv").write_text("label,id,same_as\nAgreement,ours-1,theirs-a\n", "utf-8")
    assert graph.load(two[0], data=data)
    assert graph.show("ours-1").id == "theirs-a"


def test_what_a_person_cannot_have_meant_is_refused_and_nothing_is_written(graph, two, tmp_path):
    graph.load(*two)
    rows, file = graph.reconcile("ours", "theirs"), tmp_path / "pairs.csv"
    with pytest.raises(DataError, match="'perhaps' is neither yes nor no"):
        graph.accept(two[0], mark(rows, file, ours_1_theirs_a="perhaps", ours_2_theirs_c="yes"))
    twice = [*rows.rows, [None, 1, "Agreement", "ours-1", "theirs-b", *[None] * 10]]
    with pytest.raises(DataError, match="'theirs-b' is theirs-a already"):
        graph.accept(two[0], mark(replace(rows, rows=twice), file, ours_1_theirs_a="x", ours_1_theirs_b="x"))
    file.write_text("id\n1\n", "utf-8")
    with pytest.raises(DataError, match="has no column accepted"):
        graph.accept(two[0], file)
    assert not (two[0] / "crosswalk.csv").exists()
    assert problems(two[0]) == []


def test_two_loaded_sources_are_needed(graph, two):
    graph.load(two[0])
    with pytest.raises(UsageError, match="theirs: is not loaded"):
        graph.reconcile("ours", "theirs")
    with pytest.raises(UsageError, match="named twice"):
        graph.reconcile("ours", "ours")
