"""Where sources disagree: each sort of claim, and what is no disagreement, on every engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from relgraph.model.dates import bounds
from relgraph.query.conflicts import conflicts

Said = dict[str, Any]


def thing(connection: Any, label: str, said: dict[str, list[Said]], parties: list[tuple[str, str, Said]] = ()) -> None:
    """One thing that sources cite, and the claims (source, actor, properties) of those who take part."""
    second = ":Actor" if label in ("Organization", "Country") else ":Engagement"
    connection.write("UNWIND $ids AS id CREATE (:Source {id: id, name: id})", {"ids": sorted(said)})
    connection.write(f"CREATE (:{label}{second} {{id: 'x', name: 'X'}})")
    for source, claims in said.items():
        for n, claim in enumerate(claims):
            made = {"id": f"{source}{n}", "source": source, "locator": f"p. {n}", **dated(claim)}
            connection.write(
                "MATCH (n {id: 'x'}) MATCH (s:Source {id: $source}) CREATE (n)-[c:CITED_IN]->(s) SET c = $made",
                {"source": source, "made": made},
            )
    for who in sorted({actor for _, actor, _ in parties}):
        connection.write("CREATE (:Country:Actor {id: $id, name: $id})", {"id": who})
    type_ = "MEMBER_OF" if label == "Organization" else "PARTY_TO"
    for n, (source, actor, claim) in enumerate(parties):
        made = {"id": f"t{n}", "source": source, "certainty": "stated", "role": "signatory", **dated(claim)}
        connection.write(
            f"MATCH (a:Actor {{id: $actor}}) MATCH (n {{id: 'x'}}) CREATE (a)-[t:{type_}]->(n) SET t = $made",
            {"actor": actor, "made": made},
        )


def dated(claim: Said) -> Said:
    ends = bounds(claim.get("start"), claim.get("end"), seen_until=date(2012, 12, 31))
    return {**claim, **(ends._asdict() if ends else {})}


def differing(connection: Any, **options: Any) -> dict[str, list[str]]:
    return {row["differs"]: row["says"] for row in conflicts(connection, **options)}


DIFFER = [
    ({"start": "1951"}, {"start": "1952-04-28"}, {"start": ["a: 1951", "b: 1952-04-28"]}),
    ({"start": "1951"}, {"start": "1951-09-08"}, {}),
    ({"start": "1951"}, {}, {}),
    ({"end": ".."}, {"end": "2008"}, {"end": ["a: ..", "b: 2008"]}),
    ({"end": ".."}, {"end": "2015"}, {}),  # the source sees as far as 2012
    ({"signed": "1951-09-08"}, {"signed": "1951-09-09"}, {"signed": ["a: 1951-09-08", "b: 1951-09-09"]}),
    ({"start": "1951", "startBasis": "signature"}, {"start": "1952"}, {}),  # two different facts
    ({"start": "1951", "startBasis": "signature"}, {"signed": "1950"}, {"signed": ["a: 1951", "b: 1950"]}),
    ({"kind": "treaty"}, {"kind": "alliance"}, {"kind": ["a: treaty", "b: alliance"]}),
    ({"name": "The Pact"}, {"name": "the pact."}, {}),
    ({"name": "The Pact"}, {"name": "Treaty", "aliases": ["Pact", "the pact"]}, {}),
    ({"name": "The Pact"}, {"name": "Treaty"}, {"name": ["a: The Pact", "b: Treaty"]}),
]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "expected"), DIFFER)
def test_what_two_sources_say_of_a_thing(connection, ours, theirs, expected):
    thing(connection, "Agreement", {"a": [ours], "b": [theirs]})
    assert differing(connection) == expected


def test_a_source_that_says_a_thing_in_two_ways_agrees_with_whoever_says_it_in_one_of_them_or_closer(connection):
    thing(connection, "Agreement", {"a": [{"start": "1951", "name": "Pact"}, {"start": "1951-09", "name": "P."}],
                                    "b": [{"start": "1951-09-08", "name": "Pact"}]})  # fmt: skip
    assert differing(connection) == {}


def test_parties_roles_and_the_time_of_a_party(connection):
    parties = [
        ("a", "JPN", {"start": "1951"}), ("b", "JPN", {"start": "1952"}),
        ("a", "USA", {}), ("b", "USA", {"role": "observer"}),
        ("b", "PHL", {}),
    ]  # fmt: skip
    thing(connection, "Agreement", {"a": [{}], "b": [{}]}, parties)
    found = {
        "parties": ["a: JPN, USA", "b: JPN, PHL, USA"],
        "JPN: start": ["a: 1951", "b: 1952"],
        "USA: role": ["a: signatory", "b: observer"],
    }
    assert differing(connection) == found
    assert differing(connection, countries="japan") == found
    assert differing(connection, countries=["AUS"]) == {}
    assert differing(connection, sources="a") == {}


def test_of_an_organization_the_times_of_members_are_compared_and_not_their_list(connection):
    members = [("a", "JPN", {"start": "1951"}), ("b", "JPN", {"start": "1952"}), ("b", "PHL", {})]
    thing(connection, "Organization", {"a": [{}], "b": [{}]}, members)
    assert differing(connection) == {"JPN: start": ["a: 1951", "b: 1952"]}


def test_the_name_of_a_country_is_the_registers(connection):
    thing(connection, "Country", {"a": [{"name": "Burma"}], "b": [{"name": "Myanmar"}]})
    assert differing(connection) == {}


def test_one_source_does_not_disagree_with_itself(connection):
    thing(connection, "Agreement", {"a": [{"kind": "treaty"}, {"kind": "alliance"}]})
    assert differing(connection) == {}
