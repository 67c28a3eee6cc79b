"""The ontology: what kinds of thing and of tie there are, read from `ingest/ontology.toml` and cross-checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from relgraph.errors import OntologyError
from relgraph.model.files import toml_of
from relgraph.settings import resources

PROPERTY_TYPES = ("text", "date", "number", "integer", "list")
ANY_THING = ("name", "aliases", "kind", "start", "end", "attested", "note")
ANY_TIE = ("start", "end", "attested", "certainty", "locator", "quote", "note")
CITED_IN = "CITED_IN"
COUNTRY = "Country"
SOURCE = "Source"


@dataclass(frozen=True)
class Label:
    """A kind of thing: `second` is the label of its family, `kinds` its finer kinds with their captions."""

    name: str
    caption: str
    plural: str
    event: bool
    second: str | None = None
    colour: str | None = None
    dash: tuple[int, ...] = ()
    properties: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    kind_events: Mapping[str, bool] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that a node of this kind carries in the graph."""
        return (self.name, self.second) if self.second else (self.name,)


@dataclass(frozen=True)
class TieType:
    """A kind of tie: `ends` are the pairs of labels it may run between, `counts` the roles a projection counts.

    `joins` are the pairs as they are declared, with families.
    """

    name: str
    caption: str
    ends: frozenset[tuple[str, str]]
    joins: tuple[tuple[str, str], ...]
    roles: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()

    @property
    def default_role(self) -> str | None:
        return self.roles[0] if self.roles else None

    @property
    def joined(self) -> str:
        """What it runs between, in words.

        >>> load_ontology().ties["UNDER"].joined
        'Engagement → Agreement, Organization, Policy; Agreement, Policy → Dialogue'
        """
        starts: dict[tuple[str, ...], list[str]] = {}
        for start in dict.fromkeys(start for start, _ in self.joins):
            starts.setdefault(tuple(b for a, b in self.joins if a == start), []).append(start)
        return "; ".join(f"{', '.join(those)} → {', '.join(ends)}" for ends, those in starts.items())


@dataclass(frozen=True)
class Ontology:
    """All declarations of `ontology.toml`, consistent with each other."""

    labels: Mapping[str, Label]
    ties: Mapping[str, TieType]
    properties: Mapping[str, str]
    certainties: Mapping[str, str]

    def family(self, name: str) -> tuple[str, ...]:
        """The labels that `name` stands for: itself, or every label of the family of that name.

        >>> load_ontology().family("Actor")
        ('Country', 'Organization', 'Unit', 'Group')
        """
        if name in self.labels:
            return (name,)
        return tuple(label.name for label in self.labels.values() if label.second == name)

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The second labels: `Actor`, `Engagement`."""
        return tuple(dict.fromkeys(label.second for label in self.labels.values() if label.second))

    @cached_property
    def engagements(self) -> tuple[str, ...]:
        return self.family("Engagement")

    def is_event(self, label: str, kind: str | None) -> bool:
        """Whether such a thing, where no end is said, is over within its start."""
        declared = self.labels[label]
        return declared.kind_events.get(kind or "", declared.event)


@cache
def load_ontology(path: Path | None = None) -> Ontology:
    """The ontology of relgraph, or of `path`; an entry that names something undeclared is an `OntologyError`."""
    path = path or resources("ingest") / "ontology.toml"
    try:
        raw = toml_of(path)
    except (OSError, ValueError) as error:
        raise OntologyError(f"{path}: cannot be read as TOML ({error}); restore it or mend that line") from error
    return _Reader(path.name, raw).ontology()


class _Reader:
    """Reads the declarations and holds them against each other; every error names file and entry."""

    def __init__(self, file: str, raw: dict[str, Any]) -> None:
        self.file, self.raw = file, raw

    def fail(self, entry: str, problem: str) -> OntologyError:
        return OntologyError(f"{self.file}: [{entry}] {problem}")

    def ontology(self) -> Ontology:
        self.only("top level", self.raw, {"properties", "certainties", "labels", "ties"})
        properties = self.properties()
        labels = {name: self.label(name, properties) for name in self.table("labels", self.raw)}
        ties = {name: self.tie(name, labels, properties) for name in self.table("ties", self.raw)}
        for builtin, where in ((SOURCE, labels), (CITED_IN, ties)):
            if builtin not in where:
                raise self.fail("labels" if where is labels else "ties", f"lacks {builtin}, which relgraph needs")
        said = self.table("certainties", self.raw)
        certainties = {name: self.text("certainties", said, name) for name in said}
        return Ontology(labels, ties, properties, certainties)

    def table(self, name: str, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        value = raw.get(name)
        if not isinstance(value, dict) or not value:
            raise self.fail(name, "is missing or empty; it must be a table")
        return value

    def only(self, entry: str, raw: Any, allowed: set[str]) -> None:
        if not isinstance(raw, dict):
            raise self.fail(entry, "must be a table")
        for key in raw:
            if key not in allowed:
                raise self.fail(entry, f"has an unknown key {key!r}; known are {', '.join(sorted(allowed))}")

    def properties(self) -> dict[str, str]:
        declared = dict(self.table("properties", self.raw))
        for name, kind in declared.items():
            if kind not in PROPERTY_TYPES:  # of another type than text, too
                raise self.fail("properties", f"{name}: unknown type {kind!r}; use {', '.join(PROPERTY_TYPES)}")
        return declared

    def known_properties(self, entry: str, raw: Mapping[str, Any], properties: Mapping[str, str]) -> tuple[str, ...]:
        names = self.words(entry, raw, "properties")
        for name in names:
            if name not in properties:
                raise self.fail(entry, f"property {name!r} is not declared under [properties]")
        return names

    def words(self, entry: str, raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
        found = raw.get(key, [])
        if not isinstance(found, list) or not all(isinstance(word, str) and word for word in found):
            raise self.fail(entry, f"needs {key!r} to be a list of texts")
        return tuple(found)

    def text(self, entry: str, raw: Mapping[str, Any], key: str) -> str:
        value = raw.get(key)
        if not isinstance(value, str) or not value:
            raise self.fail(entry, f"needs {key!r}, a text")
        return value

    def label(self, name: str, properties: Mapping[str, str]) -> Label:
        entry, raw = f"labels.{name}", self.raw["labels"][name]
        keys = {"second", "caption", "plural", "colour", "dash", "event", "kinds", "properties"}
        self.only(entry, raw, keys)
        if not re.fullmatch(r"[A-Z][A-Za-z]*", name):
            raise self.fail(entry, "is no label: use letters, the first one a capital")
        second = self.text(entry, raw, "second") if "second" in raw else None
        if second in self.raw["labels"]:
            raise self.fail(entry, f"second {second!r} is itself a label")
        if not isinstance(raw.get("event"), bool):
            raise self.fail(entry, "needs event = true or false")
        colour = raw.get("colour")
        if colour is not None and not re.fullmatch(r"#[0-9A-Fa-f]{6}", str(colour)):
            raise self.fail(entry, f"colour {colour!r} is not of the form #0072B2")
        kinds = self.kinds(entry, raw)
        return Label(
            name=name,
            caption=self.text(entry, raw, "caption"),
            plural=self.text(entry, raw, "plural"),
            event=raw["event"],
            second=second,
            colour=colour,
            dash=self.dash(entry, raw),
            properties=self.known_properties(entry, raw, properties),
            kinds={kind: self.text(f"{entry}.kinds.{kind}", about, "caption") for kind, about in kinds.items()},
            kind_events={kind: about["event"] for kind, about in kinds.items() if "event" in about},
        )

    def kinds(self, entry: str, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        kinds = self.table("kinds", raw) if "kinds" in raw else {}
        for kind, about in kinds.items():
            self.only(f"{entry}.kinds.{kind}", about, {"caption", "event"})
            if not isinstance(about.get("event", False), bool):
                raise self.fail(f"{entry}.kinds.{kind}", "needs event = true or false")
        return kinds

    def dash(self, entry: str, raw: Mapping[str, Any]) -> tuple[int, ...]:
        lengths = raw.get("dash", [])
        if not isinstance(lengths, list) or not all(type(length) is int and 0 < length < 100 for length in lengths):
            raise self.fail(entry, f"dash {lengths!r} is no list of lengths such as [4, 2]")
        return tuple(lengths)

    def tie(self, name: str, labels: Mapping[str, Label], properties: Mapping[str, str]) -> TieType:
        entry, raw = f"ties.{name}", self.raw["ties"][name]
        self.only(entry, raw, {"caption", "ends", "roles", "counts", "properties"})
        if not re.fullmatch(r"[A-Z][A-Z_]*", name):
            raise self.fail(entry, "is no type of tie: use capitals and underscores")
        roles, counts = self.words(entry, raw, "roles"), self.words(entry, raw, "counts")
        for role in counts:
            if role not in roles:
                raise self.fail(entry, f"counts the role {role!r}, which is not among its roles")
        return TieType(
            name=name,
            caption=self.text(entry, raw, "caption"),
            ends=frozenset(self.ends(entry, raw, labels)),
            joins=tuple((start, end) for start, end in raw["ends"]),
            roles=roles,
            counts=counts if "counts" in raw else roles,
            properties=self.known_properties(entry, raw, properties),
        )

    def ends(self, entry: str, raw: Mapping[str, Any], labels: Mapping[str, Label]) -> Iterator[tuple[str, str]]:
        families, pairs = {label.second for label in labels.values()}, raw.get("ends")
        if not pairs or not isinstance(pairs, list) or not all(isinstance(p, list) and len(p) == 2 for p in pairs):
            raise self.fail(entry, "needs ends, a list of pairs of labels")
        for pair in pairs:
            for end in pair:
                if not isinstance(end, str) or (end not in labels and end not in families):
                    raise self.fail(entry, f"ends name {end!r}, which is neither a label nor a family")
            start, finish = ([e] if e in labels else [n for n, lb in labels.items() if lb.second == e] for e in pair)
            yield from ((a, b) for a in start for b in finish)
