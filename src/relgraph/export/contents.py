"""What a page holds: the rows of its table, its nodes, and the record behind each engagement.

The table in the page is the data: name, kind, dates and parties of an engagement stand there once and the
script reads them from it, so that the page without JavaScript holds the same engagements. What a table has no
room for (claims, bounds, domains, roles) is the record: columns of JSON by row, with only the rows that have
something.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from relgraph.export.layout import Position
from relgraph.export.reading import PLAIN, Reading
from relgraph.model import dates
from relgraph.model.ontology import load_ontology

CLAIM = ("source", "locator", "who", "quote", "certainty", "start", "end", "note")
SOURCE = (
    "id", "name", "authors", "publisher", "date", "url", "licence", "citation", "redistributable", "marking",
    "coversFrom", "coversUntil",
)  # fmt: skip
TEXTS = ("note", "obligations", "quantity", "unit", "value", "currency", "aliases")
WORDS = ("kinds", "domains", "places", "certainties")
SIMPLE_DATE = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)


class Row(NamedTuple):
    """A row of the page's table, in the words that a reader sees."""

    id: str
    name: str
    kind: str
    start: str
    end: str
    parties: str
    sources: str


@dataclass(frozen=True)
class Contents:
    """All that is specific to one network in a page."""

    rows: Sequence[Row]
    nodes: Sequence[dict[str, Any]]
    record: Mapping[str, Any]
    sources: Sequence[dict[str, Any]]
    hash: str


def contents(reading: Reading, positions: Mapping[str, Position], squares: Mapping[str, Position]) -> Contents:
    """The rows, nodes and records of a page, the newest engagement first."""
    order = sorted(reading.engagements.values(), key=_newest_first)
    nodes = [_node(actor, positions[id]) for id, actor in reading.actors.items()]
    sources = [
        {key: source[key] for key in SOURCE if source.get(key) not in (None, "", [])}
        for source in map(_plain_values, reading.sources.values())
    ]
    columns = _Columns(reading, [str(e["id"]) for e in order], squares)
    record = columns.record([columns.engagement(row, e) for row, e in enumerate(order)])
    rows = [columns.row(e) for e in order]
    return Contents(rows, nodes, record, sources, _hash(rows, nodes, record, sources))


def _newest_first(engagement: Mapping[str, Any]) -> tuple[Any, ...]:
    start = str(engagement.get("start") or engagement.get("signed") or engagement.get("end") or "")
    year = re.search(r"\d{4}(-\d\d)?(-\d\d)?", start)
    inverted = [-int(part) for part in year[0].split("-")] if year else [1]
    return inverted, str(engagement["name"]), str(engagement["id"])


def _node(actor: Mapping[str, Any], position: Position) -> dict[str, Any]:
    node = {"id": actor["id"], "label": actor["name"], "x": position[0], "y": position[1]}
    if actor["label"] != "Country":
        node["kind"] = actor["label"]
    if actor["aliases"]:
        node["aliases"] = actor["aliases"]
    return node


class _Columns:
    """Turns engagements into columns by row, with words and names replaced by their places in lists."""

    def __init__(self, reading: Reading, order: Sequence[str], squares: Mapping[str, Position]) -> None:
        self.reading, self.squares = reading, squares
        self.rows = {id: row for row, id in enumerate(order)}
        self.actors = {id: place for place, id in enumerate(reading.actors)}
        self.others: dict[str, dict[str, Any]] = {}
        self.sources = {id: place for place, id in enumerate(reading.sources)}
        self.words: dict[str, dict[Any, int]] = {name: {} for name in WORDS}
        for certainty in load_ontology().certainties:
            self.place("certainties", certainty)
        self.sparse: dict[str, dict[str, Any]] = {}

    def place(self, words: str, word: Any) -> int:
        """The place of a word in its list, to which it is added where it is new."""
        return self.words[words].setdefault(word, len(self.words[words]))

    def actor(self, party: Mapping[str, Any]) -> int:
        """The place of a party among the nodes, or behind them where it is no node (a group)."""
        id = str(party["id"])
        if id not in self.actors:
            self.actors[id] = len(self.actors)
            self.others[id] = {"id": id, "label": str(party.get("name") or id), "kind": party.get("label")}
        return self.actors[id]

    def name(self, id: Any) -> str:
        """What an actor is called that is no party."""
        return str(self.reading.names.get(str(id), id))

    def put(self, column: str, row: int, value: Any) -> None:
        if value not in (None, "", [], {}):
            self.sparse.setdefault(column, {})[str(row)] = value

    def engagement(self, row: int, e: Mapping[str, Any]) -> tuple[int, list[int], list[Any]]:
        """Fills the sparse columns of one engagement; returns what every row has: kind, parties, claims."""
        parties = [self.actor(party) for party in e["parties"]]
        self.put("signed", row, dates.worded(e.get("signed")))
        for column in TEXTS:
            self.put(column, row, _plain_value(e.get(column)))
        for words in ("domains", "places"):
            self.put(words[:-1], row, [self.place(words, str(word)) for word in e.get(words) or ()])
        self.put("partOf", row, [self.rows[whole] for whole in e.get("part_of") or () if whole in self.rows])
        spoken = enumerate(_speaking(party.get("roles")) for party in e["parties"])
        self.put("roles", row, {str(n): roles for n, roles in spoken if roles})
        between = enumerate([self.name(id) for id in party.get("via") or ()] for party in e["parties"])
        self.put("via", row, {str(n): names for n, names in between if names})
        if (certainty := e.get("certainty", "stated")) != "stated":
            self.put("certainty", row, self.place("certainties", certainty) if certainty else -1)
        if int(e.get("size") or 0) != len(parties):
            self.put("size", row, e.get("size"))
        self.put("square", row, list(self.squares.get(str(e["id"]), ())))
        if (pairs := self.pairs(e)) is not None:
            self.sparse.setdefault("pairs", {})[str(row)] = pairs
        if not _follows(e):
            self.sparse.setdefault("bounds", {})[str(row)] = _numbers(e.get("bounds"))
        return self.place("kinds", (e["label"], e.get("kind"))), parties, self.claims(e)

    def pairs(self, e: Mapping[str, Any]) -> list[Any] | None:
        """The pairs an engagement ties; None where these are all pairs of its parties that are nodes."""
        tied = {frozenset(pair) for pair in self.reading.pairs.get(str(e["id"]), ())}
        nodes = dict.fromkeys(party["id"] for party in e["parties"] if party["id"] in self.reading.actors)
        if not self.reading.directed and tied == {frozenset(pair) for pair in combinations(nodes, 2)}:
            return None
        ties = self.reading.pairs.get(str(e["id"]), ())
        return [[self.actors[one], self.actors[other]] for one, other in ties]

    def claims(self, e: Mapping[str, Any]) -> list[Any]:
        """The claims, those of one source at one place as one, with the places of the parties it is about."""
        where: dict[str, int] = {}
        for place, party in enumerate(e["parties"]):
            where |= dict.fromkeys([*map(str, party.get("via") or ()), str(party["id"])], place)
        default = [(party.get("roles") or [None])[0] for party in e["parties"]]
        about: dict[tuple[Any, ...], list[Any]] = {}
        for claim in e.get("claims") or ():
            who = where.get(str(claim.get("actor")), self.name(claim.get("actor")))
            role = claim.get("role")
            plain = isinstance(who, str) or role in (None, default[who])
            about.setdefault(self.saying(claim), []).append(who if plain else [who, role])
        everyone = list(range(len(e["parties"])))
        return [
            _trimmed([*said[:2], None if sorted(who, key=str) == everyone else who, *said[2:]])
            for said, who in about.items()
        ]

    def saying(self, claim: Mapping[str, Any]) -> tuple[Any, ...]:
        """What a claim says but for whom it is about; stated is what a claim is unless it says otherwise."""
        certainty = claim.get("certainty") or "stated"
        return (
            self.sources.get(claim.get("source"), -1),
            claim.get("locator"),
            claim.get("quote"),
            None if certainty == "stated" else self.place("certainties", certainty),
            *(dates.worded(claim.get(column)) or None for column in ("start", "end")),
            claim.get("note") or None,
        )

    def row(self, e: Mapping[str, Any]) -> Row:
        sources = {self.sources[c["source"]] + 1 for c in e.get("claims") or () if c.get("source")}
        return Row(
            str(e["id"]),
            str(e["name"]),
            caption(str(e["label"]), e.get("kind")),
            dates.worded(e.get("start")) or (f"signed {dates.worded(e['signed'])}" if e.get("signed") else ""),
            dates.worded(e.get("end")),
            ", ".join(str(party.get("name") or party["id"]) for party in e["parties"]),
            ", ".join(f"[{place}]" for place in sorted(sources)),
        )

    def record(self, dense: Sequence[tuple[int, list[int], list[Any]]]) -> dict[str, Any]:
        """The columns with the lists that their numbers point into."""
        kinds = [_kind(label, kind) for label, kind in self.words["kinds"]]
        return {
            "labels": _labels([kind["label"] for kind in kinds]),
            "kinds": kinds,
            **{name: list(self.words[name]) for name in ("domains", "places", "certainties")},
            "others": list(self.others.values()),
            "claim": CLAIM,
            "kind": [kind for kind, _, _ in dense],
            "parties": [parties for _, parties, _ in dense],
            "claims": [claims for _, _, claims in dense],
            **self.sparse,
        }


def caption(label: str, kind: str | None) -> str:
    """The words for a label and kind, as the ontology captions them.

    >>> caption("Agreement", "raa"), caption("Exercise", None)
    ('reciprocal access agreement', 'exercise')
    """
    declared = load_ontology().labels.get(label)
    if declared is None:
        return str(kind or label).lower()
    return declared.kinds.get(kind, kind) if kind else declared.caption


def _kind(label: str, kind: str | None) -> dict[str, Any]:
    declared = load_ontology().labels.get(label)
    event = bool(declared) and load_ontology().is_event(label, kind)
    said = {"label": label, "kind": kind, "caption": caption(label, kind)}
    return {**said, "event": True} if event else said


def _labels(used: Sequence[str]) -> list[dict[str, Any]]:
    """The legend: the labels that the network has, in the order of the ontology, with colour and dash."""
    declared = load_ontology().labels
    known = [
        (one.name, one.caption, one.plural, one.colour, list(one.dash))
        for name, one in declared.items()
        if name in used
    ]
    strange = [
        (one, one.lower(), "ties" if one == PLAIN else one.lower(), "#4D4D4D", [])
        for one in sorted(set(used) - set(declared))
    ]
    columns = ("label", "caption", "plural", "colour", "dash")
    return [dict(zip(columns, label, strict=True)) for label in known + strange]


def _speaking(roles: Sequence[str] | None) -> list[str]:
    """Roles, if they say more than that a party is one."""
    return [] if list(roles or ()) in (["signatory"], ["participant"]) else list(roles or ())


def _follows(e: Mapping[str, Any]) -> bool:
    """Whether the script can tell the bounds from the dates in the table: plain ones, or none at all."""
    start, end, given = e.get("start"), e.get("end"), e.get("bounds")
    if not start and not end and not e.get("signed"):
        return given is None
    if not (start and SIMPLE_DATE.fullmatch(start)) or (end and not SIMPLE_DATE.fullmatch(end)):
        return False
    declared = load_ontology().labels.get(e["label"])
    event = bool(declared) and load_ontology().is_event(e["label"], e.get("kind"))
    try:
        told = dates.bounds(start, end, event=event)
    except dates.BadDate:
        return False
    return bool(told and given) and [day.isoformat() for day in told] == list(map(str, given))


def _numbers(bounds: Sequence[Any] | None) -> list[int] | None:
    """Days as numbers that read as dates: 2017-05-12 is 20170512."""
    return [int(str(day).replace("-", "")) for day in bounds] if bounds else None


def _trimmed(values: list[Any]) -> list[Any]:
    while values and values[-1] is None:
        values.pop()
    return values


def _plain_values(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _plain_value(value) for key, value in properties.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain_value(one) for one in value]
    if isinstance(value, float) and value != value:  # a number that is not there, as pandas has it
        return None
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def _hash(*parts: Any) -> str:
    text = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
