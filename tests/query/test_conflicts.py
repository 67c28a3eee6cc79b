"""Where sources disagree: each sort of claim, and what is no disagreement, on every engine."""

from __future__ import annotations

from datetime import date
from typing import Any

from relgraph.model.dates import bounds
from relgraph.query.conflicts import conflicts

Said = dict[str, Any]
Party = tuple[str, str, Said]


def things(connection: Any, label: str, *made: tuple[dict[str, list[Said]], list[Party]]) -> None:
    """Things x0, x1, … that sources cite, with the claims (source, actor, properties) of those who take part."""
    second = "Engagement" if label == "Agreement" else "Actor"
    ids = [{"id": f"x{n}", "name": f"X{n}"} for n, _ in enumerate(made)]
    connection.write("UNWIND ['a', 'b'] AS id CREATE (:Source {id: id, name: id})")
    connection.write(f"UNWIND $ids AS each CREATE (n:{label}:{second}) SET n = each", {"ids": ids})
    actors = [{"id": id, "name": id} for id in sorted({actor for _, parties in made for _, actor, _ in parties})]
    connection.write("UNWIND $actors AS each CREATE (a:Country:Actor) SET a = each", {"actors": actors})
    cited, taking = [], []
    for n, (said, parties) in enumerate(made):
        cited += [_claim(f"x{n}", f"{n}{by}{k}", by, claim) for by, of in said.items() for k, claim in enumerate(of)]
        taking += [{**_claim(f"x{n}", f"{n}t{k}", by, about), "of": of} for k, (by, of, about) in enumerate(parties)]
    connection.write(
        "UNWIND $rows AS row MATCH (n {id: row.to}) MATCH (s:Source {id: row.by}) CREATE (n)-[c:CITED_IN]->(s) "
        "SET c = row.made", {"rows": cited}
    )  # fmt: skip
    tie = "MEMBER_OF" if label == "Organization" else "PARTY_TO"
    connection.write(
        f"UNWIND $rows AS row MATCH (a:Actor {{id: row.of}}) MATCH (n {{id: row.to}}) CREATE (a)-[t:{tie}]->(n) "
        "SET t = row.made", {"rows": taking}
    )  # fmt: skip


def _claim(to: str, id: str, by: str, said: Said) -> dict[str, Any]:
    ends = bounds(said.get("start"), said.get("end"), seen_until=date(2012, 12, 31))
    usual = {"id": id, "source": by, "locator": f"p. {id}", "certainty": "stated"}
    return {"to": to, "by": by, "made": {**usual, **said, **(ends._asdict() if ends else {})}}


def differing(connection: Any, **options: Any) -> dict[tuple[str, str], list[str]]:
    return {(row["id"], row["differs"]): row["says"] for row in conflicts(connection, **options)}


# what two sources say of a thing, and what of it cannot both be so
DIFFER: list[tuple[Said, Said, dict[str, list[str]]]] = [
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
]


def test_what_two_sources_say_of_a_thing(connection):
    things(connection, "Agreement", *(({"a": [ours], "b": [theirs]}, []) for ours, theirs, _ in DIFFER))
    expected = {(f"x{n}", what): says for n, (*_, found) in enumerate(DIFFER) for what, says in found.items()}
    assert differing(connection) == expected
    assert list(differing(connection))[-1] == ("x11", "name")


def test_a_source_may_say_a_thing_in_two_places_and_does_not_disagree_with_itself(connection):
    looser = [{"start": "1951", "name": "Pact"}, {"start": "1951-09", "name": "P."}]
    closer = [{"start": "1951-09-08", "name": "Pact"}]
    alone = [{"kind": "treaty"}, {"kind": "alliance"}]
    things(connection, "Agreement", ({"a": looser, "b": closer}, []), ({"a": alone}, []))
    assert differing(connection) == {}


def test_dates_that_one_source_gives_twice_and_that_cannot_both_be_so(connection):
    things(
        connection,
        "Agreement",
        ({"a": [{"start": "2025-09-11"}, {"start": "2025-09"}, {"start": "2025-10"}]}, []),
        ({"a": [{"signed": "2024-07-08"}, {"signed": "2024"}, {"start": "2025"}]}, []),
    )
    assert differing(connection) == {("x0", "start"): ["a: 2025-09-11", "a: 2025-09", "a: 2025-10"]}


def test_parties_roles_and_the_time_of_a_party(connection):
    parties = [
        ("a", "JPN", {"start": "1951"}), ("b", "JPN", {"start": "1952"}),
        ("a", "USA", {}), ("b", "USA", {"role": "observer"}),
        ("b", "PHL", {}),
    ]  # fmt: skip
    parties = [(by, who, {"role": "signatory", **about}) for by, who, about in parties]
    things(connection, "Agreement", ({"a": [{}], "b": [{}]}, parties))
    found = {
        ("x0", "parties"): ["a: JPN, USA", "b: JPN, PHL, USA"],
        ("x0", "JPN: start"): ["a: 1951", "b: 1952"],
        ("x0", "USA: role"): ["a: signatory", "b: observer"],
    }
    assert differing(connection) == found
    assert differing(connection, countries="japan") == found
    assert differing(connection, countries=["AUS"]) == {}
    assert differing(connection, sources="a") == {}


def test_of_an_organization_the_times_of_members_are_compared_and_not_their_list(connection):
    members = [("a", "JPN", {"start": "1951"}), ("b", "JPN", {"start": "1952"}), ("b", "PHL", {})]
    things(connection, "Organization", ({"a": [{}], "b": [{}]}, members))
    assert differing(connection) == {("x0", "JPN: start"): ["a: 1951", "b: 1952"]}


def test_the_name_of_a_country_is_the_registers(connection):
    things(connection, "Country", ({"a": [{"name": "Burma"}], "b": [{"name": "Myanmar"}]}, []))
    assert differing(connection) == {}


# what two sources say of a member's times, and what of it cannot both be so
TIMES: list[tuple[list[tuple[str, str]], list[tuple[str, str]], dict[str, list[str]]]] = [
    ([("1949", "1966"), ("1966", "..")], [("1949-04-04", "..")], {}),  # one spell after another, in one source only
    ([("1949", "1966"), ("2009", "..")], [("1949", "1966-07-01"), ("2009-04-04", "..")], {}),  # came back, by both
    ([("1949", "1966"), ("1966", "..")], [("1949", "1966-03"), ("1966-09", "..")], {}),
    ([("1949", "1951-10-21"), ("1951-10-22", "..")], [("1952", "..")], {"start": ["a: 1949", "b: 1952"]}),
    (
        [("1949", "1966"), ("2009", "..")],
        [("1949", "..")],
        {"start": ["a: 1949", "a: 2009", "b: 1949"], "end": ["a: 1966", "a: ..", "b: .."]},
    ),
]


def test_spells_of_one_party_that_follow_each_other_in_a_source_are_one(connection):
    made = []
    for ours, theirs, _ in TIMES:
        said = [("a", *spell) for spell in ours] + [("b", *spell) for spell in theirs]
        times = [(by, "FRA", {"start": since, "end": until}) for by, since, until in said]
        made.append(({"a": [{}], "b": [{}]}, times))
    things(connection, "Agreement", *made)
    expected = {(f"x{n}", f"FRA: {what}"): says for n, (*_, found) in enumerate(TIMES) for what, says in found.items()}
    assert differing(connection) == expected
