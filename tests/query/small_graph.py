"""A small graph, written by hand in the shape that a load gives, for the tests of the query library.

Two sources: `paper` was gathered around Japan and covers nothing completely; `list` covers alliances from
1816 to 2012 completely. What they say is made up, after the cases that queries get wrong: units of units that
roll up, a group that is counted and not named, a vision that is announced and welcomed, an edition with
others invited, a claim with narrower dates than its engagement, a start known to the year, no date at all, a
tie that two sources claim, and a claim that one source makes in two places.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

FAMILIES = {
    "Actor": ("Country", "Organization", "Unit", "Group"),
    "Engagement": ("Agreement", "Exercise", "Program", "Dialogue", "Deployment", "Transfer", "Cooperation"),
}
Thing = tuple[str, str, str, dict[str, Any]]
Tie = tuple[str, str, str, dict[str, Any]]


def within(text: str) -> tuple[date, date]:
    """The first and the last day of a year or a day."""
    return (
        date.fromisoformat(text[:4] + (text[4:] or "-01-01")),
        date.fromisoformat(text[:4] + (text[4:] or "-12-31")),
    )


def span(start: str, end: str, attested: str = "2020-06-02") -> dict[str, Any]:
    """Dates with their bounds; the end `..` is open, and known to have lasted until the attested day."""
    ended = (date.fromisoformat(attested), date.max) if end == ".." else within(end)
    return {"start": start, "end": end, **bounds(*within(start), *ended)}


def event(text: str) -> dict[str, Any]:
    """An event, over within the year or the day of its start."""
    return {"start": text, **bounds(*within(text), *within(text))}


def bounds(start_from: date, start_by: date, end_from: date, end_by: date) -> dict[str, date]:
    return {"startFrom": start_from, "startBy": start_by, "endFrom": end_from, "endBy": end_by}


# label, id, name, other properties
THINGS: list[Thing] = [
    ("Country", "JPN", "Japan", {"kind": "state", "aliases": ["Nippon"]}),
    ("Country", "AUS", "Australia", {"kind": "state"}),
    ("Country", "USA", "United States", {"kind": "state"}),
    ("Country", "PHL", "Philippines", {"kind": "state"}),
    ("Country", "VNM", "Vietnam", {"kind": "state"}),
    ("Country", "KHM", "Cambodia", {"kind": "state"}),
    ("Country", "IND", "India", {"kind": "state"}),
    ("Country", "GBR", "United Kingdom", {"kind": "state"}),
    ("Organization", "asean", "ASEAN", {"kind": "regional"}),
    ("Organization", "pact", "The Pact", {"kind": "alliance"}),
    ("Unit", "sdf", "Self-Defense Forces", {"kind": "forces"}),
    ("Unit", "msdf", "Maritime Self-Defense Forces", {"kind": "service"}),
    ("Unit", "izumo", "Izumo", {"kind": "ship"}),
    ("Unit", "pacom", "U.S. Indo-Pacific Command", {"kind": "command"}),
    ("Group", "fifteen-countries", "15 countries", {"size": 15}),
    ("Group", "invited-militaries", "ASEAN member militaries", {}),
    (
        "Agreement",
        "alliance-jpn-usa",
        "Alliance of Japan and the United States",
        {"kind": "alliance", "aliases": ["the Alliance"], "signed": "1951-09-08", **span("1952-04-28", "..")},
    ),
    ("Agreement", "acsa-aus-jpn", "ACSA of Australia and Japan", {"kind": "acsa"}),
    (
        "Agreement",
        "declaration-aus-jpn",
        "Joint Declaration",
        {
            "kind": "joint-declaration",
            "signed": "2007-03-13",
            **bounds(date(2007, 3, 13), date.max, date.min, date.max),
        },
    ),
    (
        "Agreement",
        "alliance-gbr-jpn",
        "Alliance of Japan and the United Kingdom",
        {"kind": "alliance", **span("1902-01-30", "1923-08-17")},
    ),
    ("Agreement", "vision", "The Vision", {"kind": "vision", **span("2016-11-16", "..")}),
    (
        "Agreement",
        "pact-treaty",
        "Treaty of the Pact",
        {"kind": "alliance", **span("1954", "..", "2012-12-31")},
    ),
    ("Exercise", "cope-north", "Cope North", {"kind": "series"}),
    ("Exercise", "cope-north-2018", "Cope North 2018", {"kind": "edition", **event("2018")}),
    ("Exercise", "balikatan", "Balikatan", {"kind": "series"}),
    ("Exercise", "four-in-2019", "Exercise of four", {"kind": "exercise", **event("2019")}),
    ("Exercise", "malabar-2007", "Malabar 2007", {"kind": "edition", **event("2007")}),
    (
        "Program",
        "capacity-building",
        "Capacity building program",
        {"kind": "capacity-building", **span("2012", "..")},
    ),
    ("Program", "hadr-training", "HA/DR training", {"kind": "capacity-building"}),
    ("Program", "road-construction", "Road construction training", {"kind": "capacity-building"}),
    (
        "Transfer",
        "tc-90",
        "TC-90 aircraft",
        {"kind": "equipment", "quantity": 5, "unit": "aircraft", **span("2017", "2018")},
    ),
    ("Dialogue", "ministers-2016", "Ministers' meeting", {"kind": "meeting", **event("2016-11-16")}),
    ("Dialogue", "call-2020", "Telephone call", {"kind": "call", **event("2020-05-12")}),
    ("Deployment", "deployment-2019", "Deployment of 2019", {"kind": "deployment", **event("2019")}),
    ("Policy", "vision-2", "The Vision, updated", {"kind": "vision", "start": "2019-11"}),
    ("Policy", "foip", "Free and Open Indo-Pacific", {"kind": "concept", "start": "2016"}),
    ("Domain", "ha-dr", "HA/DR", {"aliases": ["humanitarian assistance and disaster relief"]}),
    ("Domain", "maritime-security", "maritime security", {}),
    ("Place", "south-sea", "South Sea", {"kind": "sea-area"}),
    ("Place", "subic", "Port of Subic", {"kind": "port"}),
]

SOURCES: list[dict[str, Any]] = [
    {
        "id": "paper",
        "name": "A paper",
        "authors": ["A. Author"],
        "date": "2020-06",
        "priority": 10,
        "ego": ["JPN"],
        "coversUntil": date(2020, 6, 2),
    },
    {
        "id": "list",
        "name": "A list of alliances",
        "publisher": "A publisher",
        "date": "2013",
        "priority": 5,
        "coversFrom": date(1816, 1, 1),
        "coversUntil": date(2012, 12, 31),
        "coversLabels": ["Agreement"],
        "coversKinds": ["alliance"],
        "coversCompletely": ["alliance"],
    },
]

# type, from, to, properties; without `source` it is the paper's, without `certainty` it is stated
TIES: list[Tie] = [
    ("PART_OF", "sdf", "JPN", {"locator": "S1 P1", "role": "part"}),
    ("PART_OF", "msdf", "sdf", {"locator": "S1 P1", "role": "part", "certainty": "implied"}),
    ("PART_OF", "msdf", "sdf", {"locator": "S2 P3", "role": "part"}),
    ("PART_OF", "izumo", "msdf", {"locator": "S2 P1", "role": "part"}),
    ("PART_OF", "pacom", "USA", {"locator": "S1 P3", "role": "part"}),
    (
        "PART_OF",
        "cope-north-2018",
        "cope-north",
        {"locator": "S1 P5", "role": "edition", "certainty": "implied"},
    ),
    (
        "PART_OF",
        "hadr-training",
        "capacity-building",
        {"locator": "S1 P5", "role": "part", "certainty": "implied"},
    ),
    ("PART_OF", "road-construction", "capacity-building", {"locator": "S1 P2", "role": "part"}),
    ("PARTY_TO", "JPN", "alliance-jpn-usa", {"locator": "S1 P2"}),
    ("PARTY_TO", "JPN", "alliance-jpn-usa", {"locator": "S3 P1"}),
    ("PARTY_TO", "USA", "alliance-jpn-usa", {"locator": "S1 P2"}),
    (
        "PARTY_TO",
        "JPN",
        "alliance-jpn-usa",
        {"source": "list", "locator": "row 7", **span("1952-04-28", "..", "2012-12-31")},
    ),
    (
        "PARTY_TO",
        "USA",
        "alliance-jpn-usa",
        {"source": "list", "locator": "row 8", **span("1952-04-28", "..", "2012-12-31")},
    ),
    ("PARTY_TO", "JPN", "acsa-aus-jpn", {"locator": "S4 P1"}),
    ("PARTY_TO", "AUS", "acsa-aus-jpn", {"locator": "S4 P1", "certainty": "implied"}),
    ("PARTY_TO", "JPN", "declaration-aus-jpn", {"locator": "S4 P1", "certainty": "implied"}),
    (
        "PARTY_TO",
        "AUS",
        "declaration-aus-jpn",
        {"locator": "S4 P1", "quote": "signed with Australia in 2007"},
    ),
    ("PARTY_TO", "JPN", "alliance-gbr-jpn", {"source": "list", "locator": "row 1"}),
    ("PARTY_TO", "GBR", "alliance-gbr-jpn", {"source": "list", "locator": "row 2"}),
    ("PARTY_TO", "JPN", "vision", {"locator": "S5 P2", "role": "announced"}),
    ("PARTY_TO", "asean", "vision", {"locator": "S5 P2", "role": "welcomed"}),
    ("PARTY_TO", "USA", "pact-treaty", {"source": "list", "locator": "row 3"}),
    ("PARTY_TO", "AUS", "pact-treaty", {"source": "list", "locator": "row 4"}),
    ("PARTY_TO", "PHL", "pact-treaty", {"source": "list", "locator": "row 5", **span("1954", "1975")}),
    ("MEMBER_OF", "USA", "pact", {"source": "list", "locator": "row 3", **span("1954", "..", "2012-12-31")}),
    ("MEMBER_OF", "AUS", "pact", {"source": "list", "locator": "row 4", **span("1954", "..", "2012-12-31")}),
    ("MEMBER_OF", "PHL", "pact", {"source": "list", "locator": "row 5", **span("1954", "1975")}),
    ("MEMBER_OF", "PHL", "asean", {"locator": "S5 P1"}),
    ("MEMBER_OF", "PHL", "fifteen-countries", {"locator": "S1 P2", "certainty": "implied"}),
    ("MEMBER_OF", "VNM", "fifteen-countries", {"locator": "S1 P2", "certainty": "implied"}),
    ("MEMBER_OF", "VNM", "fifteen-countries", {"locator": "S1 P5", "certainty": "implied"}),
    ("TAKES_PART_IN", "JPN", "cope-north", {"locator": "S4 P1"}),
    ("TAKES_PART_IN", "AUS", "cope-north", {"locator": "S4 P1"}),
    ("TAKES_PART_IN", "USA", "cope-north", {"locator": "S4 P1"}),
    ("TAKES_PART_IN", "JPN", "cope-north-2018", {"locator": "S1 P5"}),
    ("TAKES_PART_IN", "AUS", "cope-north-2018", {"locator": "S1 P5"}),
    ("TAKES_PART_IN", "USA", "cope-north-2018", {"locator": "S1 P5"}),
    ("TAKES_PART_IN", "invited-militaries", "cope-north-2018", {"locator": "S1 P5", "role": "invited"}),
    ("TAKES_PART_IN", "JPN", "balikatan", {"locator": "S1 P5", **span("2017", "..")}),
    ("TAKES_PART_IN", "USA", "balikatan", {"locator": "S1 P5"}),
    ("TAKES_PART_IN", "PHL", "balikatan", {"locator": "S1 P5"}),
    ("TAKES_PART_IN", "izumo", "four-in-2019", {"locator": "S2 P2"}),
    ("TAKES_PART_IN", "USA", "four-in-2019", {"locator": "S2 P2"}),
    ("TAKES_PART_IN", "IND", "four-in-2019", {"locator": "S2 P2"}),
    ("TAKES_PART_IN", "PHL", "four-in-2019", {"locator": "S2 P2", "role": "host", "certainty": "ambiguous"}),
    ("TAKES_PART_IN", "msdf", "malabar-2007", {"locator": "S4 P1"}),
    ("TAKES_PART_IN", "IND", "malabar-2007", {"locator": "S4 P1", "certainty": "implied"}),
    ("TAKES_PART_IN", "pacom", "capacity-building", {"locator": "S1 P3", "role": "partner"}),
    ("TAKES_PART_IN", "JPN", "ministers-2016", {"locator": "S5 P2"}),
    ("TAKES_PART_IN", "asean", "ministers-2016", {"locator": "S5 P2"}),
    ("TAKES_PART_IN", "JPN", "call-2020", {"locator": "S3 P3"}),
    ("TAKES_PART_IN", "PHL", "call-2020", {"locator": "S3 P3"}),
    ("TAKES_PART_IN", "izumo", "deployment-2019", {"locator": "S2 P1", "role": "lead"}),
    ("PROVIDES", "JPN", "capacity-building", {"locator": "S1 P1"}),
    ("PROVIDES", "sdf", "hadr-training", {"locator": "S1 P5"}),
    ("PROVIDES", "JPN", "road-construction", {"locator": "S1 P2"}),
    ("PROVIDES", "JPN", "tc-90", {"locator": "S3 P7"}),
    ("RECEIVES", "fifteen-countries", "capacity-building", {"locator": "S1 P2"}),
    ("RECEIVES", "asean", "capacity-building", {"locator": "S1 P2"}),
    ("RECEIVES", "PHL", "hadr-training", {"locator": "S1 P5"}),
    ("RECEIVES", "VNM", "hadr-training", {"locator": "S1 P5"}),
    ("RECEIVES", "KHM", "road-construction", {"locator": "S1 P2"}),
    ("RECEIVES", "PHL", "tc-90", {"locator": "S3 P7"}),
    ("COVERS", "capacity-building", "ha-dr", {"locator": "S1 P2"}),
    ("COVERS", "capacity-building", "maritime-security", {"locator": "S1 P2"}),
    ("COVERS", "hadr-training", "ha-dr", {"locator": "S1 P5"}),
    ("COVERS", "balikatan", "ha-dr", {"locator": "S1 P5", "certainty": "ambiguous"}),
    ("COVERS", "tc-90", "maritime-security", {"locator": "S3 P7"}),
    ("UPDATES", "vision-2", "vision", {"locator": "S5 fn 12", "certainty": "implied"}),
    ("UNDER", "vision", "ministers-2016", {"locator": "S5 P2"}),
    ("UNDER", "deployment-2019", "foip", {"locator": "S2 P2", "certainty": "implied"}),
    ("UNDER", "hadr-training", "vision", {"locator": "S5 P2"}),
    ("UNDER", "ministers-2016", "asean", {"locator": "S5 P2", "certainty": "implied"}),
    ("ADOPTS", "JPN", "foip", {"locator": "S2 P1", "role": "issuer"}),
    ("ADOPTS", "USA", "foip", {"locator": "S2 P1", "role": "supporter"}),
    ("HELD_IN", "four-in-2019", "south-sea", {"locator": "S2 P2"}),
    ("HELD_IN", "balikatan", "subic", {"locator": "S1 P5", "certainty": "implied"}),
    ("HELD_IN", "deployment-2019", "izumo", {"locator": "S2 P1"}),
    ("LOCATED_IN", "subic", "PHL", {"locator": "S3 P6", "certainty": "implied"}),
]
ROLES = {"PARTY_TO": "signatory", "TAKES_PART_IN": "participant", "MEMBER_OF": "member"}
CITED_BY_LIST = {
    "JPN": {"record": "740", "name": "Japan"},
    "GBR": {"record": "200", "name": "United Kingdom"},
    "USA": {"record": "2", "name": "United States of America"},
    "AUS": {"record": "900", "name": "Australia"},
    "PHL": {"record": "840", "name": "Philippines"},
    "alliance-jpn-usa": {"record": "3316", "start": "1952-04-28"},
    "alliance-gbr-jpn": {"record": "3154"},
    "pact-treaty": {"record": "3360", "kind": "defense pact"},
    "pact": {"record": "SEATO"},
}
LIST_ALONE = {"GBR", "alliance-gbr-jpn", "pact-treaty", "pact"}


def citations() -> list[Tie]:
    """A `CITED_IN` from each thing to each source that names it."""
    by_paper = {id_: {"name": name} for _, id_, name, _ in THINGS if id_ not in LIST_ALONE}
    named = (("paper", by_paper), ("list", CITED_BY_LIST))
    return [("CITED_IN", id_, by, {**about, "source": by}) for by, cited in named for id_, about in cited.items()]


def write(run: Callable[[str, dict[str, Any]], object]) -> None:
    """Create the graph through `run(cypher, parameters)`."""
    seconds = {label: second for second, labels in FAMILIES.items() for label in labels}
    things = [*THINGS, *(("Source", source["id"], source["name"], source) for source in SOURCES)]
    for label in dict.fromkeys(label for label, *_ in things):
        rows = [{**rest, "id": id_, "name": name, "hash": "h"} for of, id_, name, rest in things if of == label]
        labels = f"{label}:{seconds[label]}" if label in seconds else label
        run(f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row", {"rows": rows})
    ties = list(enumerate([*TIES, *citations()]))
    for kind in dict.fromkeys(kind for _, (kind, *_) in ties):
        rows = [{"a": a, "b": b, "p": _tie(n, of, about)} for n, (of, a, b, about) in ties if of == kind]
        ends = "UNWIND $rows AS row MATCH (a {id: row.a}) MATCH (b {id: row.b})"
        run(f"{ends} CREATE (a)-[t:{kind}]->(b) SET t = row.p", {"rows": rows})


def _tie(number: int, kind: str, about: dict[str, Any]) -> dict[str, Any]:
    role = {"role": ROLES[kind]} if kind in ROLES else {}
    return {"id": f"t{number:03}", "source": "paper", "certainty": "stated", "hash": "h", **role, **about}
