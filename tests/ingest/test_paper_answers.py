"""What the graph answers of the paper, by the queries that its readers ask: answers read from its text by hand."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from tests.ingest.paper_coverage import PAPER

from relgraph.ingest.source import open_source

if TYPE_CHECKING:
    from tests.engines.running import Engine

    from relgraph.graph import Graph

HADR = ("BRN", "IDN", "LAO", "MMR", "MYS", "PHL", "PNG", "TLS", "VNM")
TEN = tuple(sorted((*HADR, "KHM")))
VISION = "vientiane-vision"


@pytest.fixture(scope="module")
def paper(engine: Engine) -> Iterator[Graph]:
    """The graph with the paper loaded, which the tests of this module only ask."""
    from relgraph.graph import Graph
    from relgraph.store import open_connection

    engine.wipe()
    with open_connection(engine.settings) as connection:
        graph = Graph(connection, engine.settings)
        graph.load(PAPER)
        yield graph


def asked(graph: Graph, name: str, columns: str, **values: Any) -> list[Any]:
    """These columns of a query's answer, as tuples (of one column: as values), in its order."""
    rows = [tuple(row[column] for column in columns.split()) for row in graph.answer(name, values)]
    return [row[0] for row in rows] if " " not in columns else rows


def test_which_countries_received_hadr_capacity_building_from_japan(paper: Graph) -> None:
    found = asked(paper, "recipients_of", "id label certainty", provider="JPN", domain="ha-dr", kind="Program")
    assert [id_ for id_, label, _ in found if label == "Country"] == list(HADR)
    assert [id_ for id_, _, certainty in found if certainty == "stated"] == list(HADR)


def test_whom_the_capacity_building_program_covers(paper: Graph) -> None:
    found = asked(paper, "parties_of", "id label role", agreement="mod-capacity-building")
    covered = [(id_, label) for id_, label, role in found if role == "receives"]
    assert covered == [("asean", "Organization"), ("capacity-building-15", "Group")]
    groups = asked(paper, "unnamed_in_groups", "id size", engagement="mod-capacity-building")
    assert ("capacity-building-15", 15) in groups


def test_named_recipients_of_any_japanese_program_and_how_many_stay_unnamed(paper: Graph) -> None:
    found = asked(paper, "recipients_of", "id label", provider="JPN", kind="Program")
    assert [id_ for id_, label in found if label == "Country"] == list(TEN)
    groups = asked(paper, "unnamed_in_groups", "id named unnamed", engagement="mod-capacity-building")
    assert groups[0] == ("capacity-building-15", list(TEN), 5)


def test_exercises_of_japan_australia_and_the_united_states_alone(paper: Graph) -> None:
    for values in ({"kind": "Exercise"}, {}):
        trio = asked(paper, "only_these_countries", "id", countries="Japan, Australia, United States", **values)
        assert trio == ["cope-north-guam", "southern-jackaroo"]
    edition = asked(paper, "parties_of", "id role", agreement="cope-north-guam-2018")
    assert ("asean-militaries", "invited") in edition


def test_what_was_transferred_to_whom_and_when(paper: Graph) -> None:
    columns = "id quantity unit providers recipients start end"
    assert asked(paper, "transfers_to", columns) == [
        ("uh-1h-parts-transfer", None, None, ["JPN"], ["PHL"], "2019", None),
        ("tc-90-transfer", 5, "aircraft", ["JPN"], ["PHL"], "2017", "2018"),
    ]


def test_the_vientiane_vision_is_no_agreement_between_states(paper: Graph) -> None:
    assert asked(paper, "parties_of", "id label role", agreement=VISION) == [
        ("JPN", "Country", "announced"),
        ("asean", "Organization", "welcomed"),
    ]
    assert asked(paper, "announced_or_welcomed", "id actor signatories", country="ASEAN") == [(VISION, "asean", 0)]
    assert asked(paper, "agreements_of", "id", country="LAO") == []


def test_exercises_of_2019_those_that_are_certain_apart_from_those_that_are_possible(paper: Graph) -> None:
    found = asked(paper, "exercises_in", "id held", year=2019)
    assert [id_ for id_, held in found if held == "yes"] == [
        "anti-terrorism-exercise-2019",
        "balikatan",
        "jpn-usa-fra-aus-exercise-2019",
        "jpn-usa-ind-phl-exercise-2019",
        "regional-exercises-2019",
    ]
    assert [id_ for id_, held in found if held == "possibly"] == ["malabar", "us-japan-bilateral-exercises"]
    undated = {id_ for id_, held in found if held == "undated"}
    assert {"cope-north-guam", "southern-jackaroo", "joint-training-jpn-aus"} <= undated
    assert {"cope-north-guam-2018", "malabar-2007"}.isdisjoint(id_ for id_, _ in found)


def test_which_ties_rest_on_an_inference(paper: Graph) -> None:
    counted = asked(paper, "certainties_counted", "stated implied ambiguous")
    assert tuple(map(sum, zip(*counted, strict=True))) == (435, 145, 13)
    inferred = asked(paper, "uncertain", "locator note certainty stated_in")
    assert len(inferred) == 145 + 13
    assert all(locator.startswith("S") and note for locator, note, *_ in inferred)
    assert sum(not stated_in for *_, stated_in in inferred) == 142


def test_a_place_tells_its_claims(paper: Graph) -> None:
    said = asked(paper, "claims_at", "from_name type to_name", place="S4.2 P1")
    assert ("Australia", "PARTY_TO", "Joint Declaration on Security Cooperation with Australia") in said
    assert asked(paper, "claims_at", "from_name to_name", place="S4.1 fn 10") == [
        ("Japan", "Three Principles on Transfer of Defense Equipment and Technology"),
    ]


def test_by_framework(paper: Graph) -> None:
    assert {"hadr-invitation-program-2019", "japan-asean-airmanship-2019", "japan-asean-ship-rider-2019"} <= set(
        asked(paper, "under_framework", "id", framework=VISION)
    )
    assert asked(paper, "policies_of", "actor role certainty", country="USA") == [("USA", "supporter", "stated")]
    assert [role for id_, role in asked(paper, "policies_of", "id role", country="JPN") if id_ == "foip"] == ["issuer"]


def test_where_body_and_footnote_differ_both_names_are_kept(paper: Graph) -> None:
    for name, id_ in {
        "Vientiane Vision: Japan’s Defense Cooperation with ASEAN": VISION,
        "Vientiane Vision: Japan’s Defense Cooperation Initiative with ASEAN": VISION,
        "Defense Program Guidelines": "national-defense-program-guidelines",
        "National Defense Program Guidelines": "national-defense-program-guidelines",
        "National Defense Program Outline in and after FY1996": "national-defense-program-outline",
        "National Defense Program Outline in and after FY 1996": "national-defense-program-outline",
        "2015 Guidelines for U.S.-Japan Defense Cooperation": "us-japan-defense-guidelines",
        "Guidelines for Japan-U.S. Defense Cooperation": "us-japan-defense-guidelines",
    }.items():
        assert asked(paper, "things_named", "id", text=name) == [id_]


def test_what_is_not_in_the_text_is_not_here(paper: Graph) -> None:
    assert asked(paper, "members_of", "id", organization="asean") == []
    assert "cope-north-guam-2018" not in asked(paper, "held_in", "id", place="JPN")
    assert asked(paper, "parties_of", "id", agreement="malabar-2007") == ["IND", "msdf"]
    assert {"nato", "HKG", "SOM", "PRK"}.isdisjoint(asked(paper, "things", "id"))
    assert asked(paper, "unsourced", "id") == []


def test_the_questions_on_its_page_have_answers(paper: Graph) -> None:
    page = open_source(PAPER).path("README.md").read_text("utf-8").split("## What it answers")[1].split("##")[0]
    questions = [shlex.split(command) for command in re.findall(r"\| `([^`…]+)` \|$", page, flags=re.MULTILINE)]
    assert len(questions) == page.count("|\n") - 2  # all rows but the head
    for name, *options in questions:
        values = dict(option.split("=", 1) for option in options if option != "-p")
        assert len(paper.answer(name, values)), name
