from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from tests.analysis.making import engagement, net, reading, spell
from tests.analysis.storing import store

from relgraph.analysis.measures import centrality
from relgraph.analysis.panel import panel, panel_of
from relgraph.analysis.policy import Policy
from relgraph.errors import UsageError

WHOLE = reading(
    engagement("first", "JPN USA", when="1952 / 2030", label="Agreement"),
    engagement("second", "JPN AUS", when="2007-03-13 / 2030", label="Agreement"),
    engagement("third", "GBR USA FRA", when="1949 / 1960", label="Agreement"),
)
DAYS = ["1940-01-01", "1955-01-01", "1970-01-01", "1980-01-01", "2010-01-01"]


def policies(**options):
    return [Policy.of(as_of=day, **options) for day in DAYS]


@pytest.mark.parametrize("options", [{}, {"weight": "newman"}, {"population": "system"}], ids=str)
def test_each_day_is_the_measure_of_its_network(options):
    table = panel_of(WHOLE, "centrality", policies(**options))
    for day in DAYS:
        of_day = table[table["day"] == day].drop(columns="day").reset_index(drop=True)
        expected = centrality(net(WHOLE, as_of=day, **options))
        pd.testing.assert_frame_equal(of_day, expected, check_dtype=False)


def test_equal_networks_are_measured_once():
    seen = []

    def measure(network):
        seen.append(network.graph["as_of"])
        return centrality(network, measures=["degree"])

    table = panel_of(WHOLE, measure, policies())
    assert seen == ["1940-01-01", "1955-01-01", "1970-01-01", "2010-01-01"]
    assert table.groupby("day").size().to_dict() == {"1955-01-01": 4, "1970-01-01": 2, "1980-01-01": 2, "2010-01-01": 3}
    assert "in force on 5 days from 1940-01-01 to 2010-01-01, possibly in force left out" in table.attrs["policy"]
    assert "on 1955-01-01, possibly" in panel_of(WHOLE, measure, policies()[1:2]).attrs["policy"]
    assert list(table.attrs["sources"]) == ["paper"]


def test_nothing_on_any_day_has_the_columns_all_the_same():
    table = panel_of(reading(), "hub-and-spoke", policies())
    assert table["nodes"].tolist() == [0] * 5
    empty = panel_of(reading(), "centrality", policies())
    assert len(empty) == 0
    assert list(empty)[:4] == ["day", "id", "name", "degree"]


def test_measures_with_arguments():
    table = panel_of(WHOLE, "brokerage", policies(), {"partition": ["JPN"]})
    assert table.loc[(table["day"] == "2010-01-01") & (table["id"] == "JPN"), "consultant"].tolist() == [2]


def test_a_day_that_no_source_reaches_is_missing():
    """What is there of such a day is left over: who began later is not known, and who is undated says nothing of it."""
    until = {"paper": {"id": "paper", "coversUntil": date(1975, 12, 31), "coversLabels": ["Agreement"]}}
    known = replace(WHOLE, sources=until)
    table = panel_of(known, "centrality", policies())
    assert table.groupby("day")["degree"].count().to_dict() == {
        "1955-01-01": 4,
        "1970-01-01": 2,
        "1980-01-01": 0,
        "2010-01-01": 0,
    }
    assert table[table["day"] == "1980-01-01"]["id"].tolist() == ["FRA", "GBR", "JPN", "USA"]
    assert str(table["degree"].dtype) == "Int64"
    why = "missing on 1980-01-01 to 2010-01-01 (2 days). Not covered, which is not none: paper ends on 1975-12-31."
    assert table.attrs["notes"] == [why, "eigenvector: nothing is tied."]
    of_network = panel_of(known, "hub-and-spoke", policies())
    assert of_network["nodes"].isna().tolist() == [False, False, False, True, True]
    exercises = panel_of(known, "centrality", policies(kinds="Exercise"))
    assert (len(exercises), exercises.attrs["notes"]) == (
        0,
        ["missing on 1940-01-01 to 2010-01-01 (5 days). Not covered, which is not none: paper covers Agreement only."],
    )
    asked = panel_of(known, "centrality", policies(possibly=True))
    assert asked["degree"].isna().sum() == 0


@pytest.mark.filterwarnings(r"ignore:(.|\n)*(does not exist|parameter missing)")
def test_on_an_engine(connection):
    store(connection.write, WHOLE)
    table = panel(connection, "centrality", DAYS, arguments={"measures": ["degree"]}, countries=["Japan", "USA"])
    assert table[["day", "id"]].values.tolist()[:2] == [["1955-01-01", "JPN"], ["1955-01-01", "USA"]]
    connection.write("CREATE (:Organization:Actor {id: 'asean', name: 'ASEAN'})")
    for id, first in (("JPN", "2000-01-01"), ("GBR", "1900-01-01")):
        dated = spell(f"{first} / 2030")._asdict()
        connection.write(
            "MATCH (c:Country {id: $id}) MATCH (o:Organization) CREATE (c)-[t:MEMBER_OF]->(o) SET t = $about",
            {"id": id, "about": {**dated, "id": id, "source": "paper", "certainty": "stated", "role": "member"}},
        )
    table = panel(connection, "brokerage", DAYS[2:], arguments={"partition": "org:asean"})
    assert table.loc[table["id"] == "JPN", ["day", "coordinator", "consultant"]].values.tolist() == [
        ["1970-01-01", 0, 0], ["1980-01-01", 0, 0], ["2010-01-01", 0, 2],
    ]  # fmt: skip
    for days, options, message in (
        ([], {}, "needs days"),
        (DAYS, {"as_of": "2010-01-01"}, "takes its days"),
        (["2010"], {}, "write it in full"),
    ):
        with pytest.raises(UsageError, match=message):
            panel(connection, "centrality", days, **options)
    with pytest.raises(UsageError, match="no such measure"):
        panel(connection, "center", DAYS)
