"""What the paper's claims answer, before any engine: known values, read from its text by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from tests.ingest.paper_coverage import PAPER

from relgraph.ingest.claims import Claims
from relgraph.ingest.map import map_source
from relgraph.ingest.source import open_source
from relgraph.model.dates import Bounds, in_period
from relgraph.model.records import Properties, Tie

HADR = {"BRN", "IDN", "LAO", "MYS", "MMR", "PNG", "PHL", "TLS", "VNM"}
TRIO = {"AUS", "JPN", "USA"}


@pytest.fixture(scope="module")
def claims() -> Claims:
    return map_source(open_source(PAPER))


def ties(claims: Claims, type_: str, *, to: str | None = None, start: str | None = None) -> list[Tie]:
    return [
        tie
        for tie in claims.ties.values()
        if tie.type == type_ and to in (None, tie.end.id) and start in (None, tie.start.id)
    ]


def actors(claims: Claims, type_: str, to: str) -> set[str]:
    return {tie.start.id for tie in ties(claims, type_, to=to)}


def thing(claims: Claims, id_: str) -> Properties:
    (found,) = [citations[0] for ref, citations in claims.citations.items() if ref.id == id_]
    return found


def whole(claims: Claims, actor: str) -> str:
    """The country that a unit is part of; any other actor itself."""
    above = {tie.end.id for tie in ties(claims, "PART_OF", start=actor)}
    return actor if not above else whole(claims, min(above, key=lambda id_: (id_.islower(), id_)))


def test_who_received_hadr_capacity_building_from_japan(claims: Claims) -> None:
    assert actors(claims, "RECEIVES", "hadr-capacity-building") == HADR
    assert actors(claims, "PROVIDES", "hadr-capacity-building") == {"JPN"}


def test_whom_the_capacity_building_program_covers(claims: Claims) -> None:
    assert actors(claims, "RECEIVES", "mod-capacity-building") == {"asean", "capacity-building-15"}
    assert thing(claims, "capacity-building-15")["size"] == 15


def test_named_recipients_of_any_japanese_program_and_how_many_stay_unnamed(claims: Claims) -> None:
    given = {t.end for t in ties(claims, "PROVIDES") if whole(claims, t.start.id) == "JPN" and t.end.label == "Program"}
    received = {whole(claims, tie.start.id) for tie in ties(claims, "RECEIVES") if tie.end in given}
    assert {actor for actor in received if actor.isupper()} == {*HADR, "KHM"}
    assert actors(claims, "MEMBER_OF", "capacity-building-15") == {*HADR, "KHM"}
    assert thing(claims, "capacity-building-15")["size"] - len({*HADR, "KHM"}) == 5


def test_exercises_of_japan_australia_and_the_united_states_alone(claims: Claims) -> None:
    parties = {
        ref.id: {whole(claims, actor) for actor in actors(claims, "TAKES_PART_IN", ref.id)}
        for ref in claims.citations
        if ref.label == "Exercise"
    }
    assert {id_ for id_, actors_ in parties.items() if actors_ == TRIO} == {"cope-north-guam", "southern-jackaroo"}
    assert parties["cope-north-guam-2018"] == {*TRIO, "asean-militaries"}


def test_what_was_transferred_to_whom_and_when(claims: Claims) -> None:
    said = {
        (ref.id, *(thing(claims, ref.id).get(name) for name in ("quantity", "unit", "start", "end")))
        for ref in claims.citations
        if ref.label == "Transfer"
    }
    assert said == {
        ("tc-90-transfer", 5, "aircraft", "2017", "2018"),
        ("uh-1h-parts-transfer", None, None, "2019", None),
    }
    for id_, *_ in said:
        assert actors(claims, "PROVIDES", id_) == {"mod-jpn"}
        assert actors(claims, "RECEIVES", id_) == {"PHL"}


def test_the_vientiane_vision_is_no_agreement_between_states(claims: Claims) -> None:
    roles = {(tie.start.id, tie.properties["role"]) for tie in ties(claims, "PARTY_TO", to="vientiane-vision")}
    assert roles == {("JPN", "announced"), ("asean", "welcomed")}


def test_exercises_of_2019(claims: Claims) -> None:
    answers: dict[str, set[str]] = {}
    for ref, citations in claims.citations.items():
        if ref.label == "Exercise":
            dated = [said for said in (*citations, *_taking_part(claims, ref.id)) if "startFrom" in said]
            answers.setdefault(_in_2019(dated), set()).add(ref.id)
    certain = {"regional-exercises-2019", "jpn-usa-ind-phl-exercise-2019", "jpn-usa-fra-aus-exercise-2019"}
    assert answers["yes"] == {*certain, "anti-terrorism-exercise-2019", "balikatan"}
    assert answers["possibly"] == {"us-japan-bilateral-exercises", "malabar"}
    assert "cope-north-guam-2018" in answers["no"]
    assert {"cope-north-guam", "southern-jackaroo"} <= answers["undated"]


def test_what_rests_on_an_inference_says_where(claims: Claims) -> None:
    counted = Counter(tie.properties["certainty"] for tie in claims.ties.values())
    assert counted == {"stated": 437, "implied": 135, "ambiguous": 13}
    inferred = [tie.properties for tie in claims.ties.values() if tie.properties["certainty"] != "stated"]
    assert all(said["locator"].startswith("S") and said["note"] for said in inferred)


def test_what_is_not_in_the_text_is_not_here(claims: Claims) -> None:
    assert actors(claims, "MEMBER_OF", "asean") == set()
    assert {tie.end.id for tie in ties(claims, "HELD_IN", start="cope-north-guam-2018")} == set()
    assert actors(claims, "TAKES_PART_IN", "malabar-2007") == {"IND", "msdf"}
    assert [ref for ref in claims.citations if ref.id in ("nato", "HKG", "SOM", "PRK")] == []


def _taking_part(claims: Claims, engagement: str) -> list[Properties]:
    return [tie.properties for tie in ties(claims, "TAKES_PART_IN", to=engagement)]


def _in_2019(dated: list[Properties]) -> str:
    """What the best dated claim answers."""
    bounds = [Bounds(*(said[name] for name in Bounds._fields)) for said in dated]
    found = {in_period(each, date(2019, 1, 1), date(2019, 12, 31)) for each in bounds}
    return next((answer for answer in ("yes", "possibly", "no") if answer in found), "undated")
