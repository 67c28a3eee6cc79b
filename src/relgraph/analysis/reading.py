"""Reading what a projection needs, in a handful of statements, from whatever engine answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from relgraph.analysis import statements
from relgraph.analysis.policy import Policy, among, role_word
from relgraph.analysis.records import Actor, Claim, Engagement, Link, Reading, Setting
from relgraph.analysis.statements import nearby
from relgraph.errors import UsageError
from relgraph.ingest.merge import Citation, merge
from relgraph.model.dates import Bounds
from relgraph.model.ontology import load_ontology
from relgraph.model.records import Ref

if TYPE_CHECKING:
    from relgraph.store.connection import Connection

BOUNDS = Bounds._fields
Things = dict[Ref, dict[str, Any]]


def read(connection: Connection, policy: Policy | None = None, near: Iterable[str] | None = None) -> Reading:
    """What the graph holds of engagements and actors; of `policy.sources` alone where the policy names some.

    Nothing else of the policy is applied, but that memberships are read only where organizations expand, so
    one reading serves many policies. Where `near` names actors, engagements in which none of them can be a party may
    be left out. All that is read is of one state of the graph.
    """
    policy = policy or Policy(expand_organizations=True)
    return connection.one_state(lambda: _Reader(connection, policy, near).reading())


class _Reader:
    def __init__(self, connection: Connection, policy: Policy, near: Iterable[str] | None) -> None:
        self.connection, self.policy = connection, policy
        self.ontology = load_ontology()
        self.refs: dict[tuple[str, ...], Ref] = {}
        self.known_bounds: dict[tuple, Bounds] = {}
        self.chosen = list(policy.sources) if policy.sources is not None else None
        self.near = None if near is None else [id for (id,) in self.rows(statements.NEAR, actors=list(near))]

    def rows(self, statement: str, **parameters: Any) -> list[list[Any]]:
        return self.connection.read(statement, {"sources": self.chosen, **parameters}).rows

    def of_engagements(self, statement: str) -> list[list[Any]]:
        """Its rows for every engagement, or for those that are near."""
        return self.rows(statement) if self.near is None else self.rows(nearby(statement), near=self.near)

    def reading(self) -> Reading:
        sources = {id: shown(properties) for id, properties in self.connection.read(statements.SOURCES).rows}
        self.check_sources(sources)
        things = self.things(sources)
        self.check_domains(things)
        links = self.links()
        return Reading(
            engagements=self.engagements(things),
            actors={ref: _actor(ref, about) for ref, about in things.items() if self.second(ref) == "Actor"},
            parts=links["PART_OF"],
            members=links["MEMBER_OF"],
            sources={id: about for id, about in sources.items() if self.chosen is None or id in self.chosen},
        )

    def check_sources(self, sources: Mapping[str, Any]) -> None:
        for id in self.chosen or ():
            if id not in sources:
                loaded = ", ".join(sources) or "none"
                raise UsageError(f"{id}: no such source is loaded; loaded are {loaded}")

    def check_domains(self, things: Things) -> None:
        domains = {ref.id: about.get("name") or ref.id for ref, about in things.items() if ref.label == "Domain"}
        for word in self.policy.domains or ():
            if not domains:
                raise UsageError(f"domains={word!r}: no source that counts names any domain; leave it out")
            among("domains", word, sorted({*domains, *domains.values()}))

    def things(self, sources: Mapping[str, dict[str, Any]]) -> Things:
        if self.chosen is None:
            rows = [*self.rows(statements.THINGS), *self.of_engagements(statements.ENGAGEMENTS)]
            return {self.ref(labels, about["id"]): about for labels, things in rows for about in things}
        cited: dict[Ref, list[Citation]] = defaultdict(list)
        for labels, id, source, about in self.rows(statements.CITATIONS):
            cited[self.ref(labels, id)].append(Citation(sources[source].get("priority") or 0, source, about))
        return {ref: merge(ref, found).properties for ref, found in cited.items()}

    def engagements(self, things: Things) -> list[Engagement]:
        claims, settings = self.claims(), self.settings(things)
        refs = sorted((ref for ref in things if self.second(ref) == "Engagement"), key=lambda ref: ref.id)
        return [self.engagement(ref, things[ref], claims[ref.id], settings[ref.id]) for ref in refs]

    def engagement(self, ref: Ref, about: dict[str, Any], claims: list[Claim], settings: list[Setting]) -> Engagement:
        obligations = about.get("obligations")
        return Engagement(
            id=ref.id,
            label=ref.label,
            name=about.get("name") or ref.id,
            kind=about.get("kind"),
            aliases=tuple(about.get("aliases") or ()),
            start=about.get("start"),
            end=about.get("end"),
            signed=about.get("signed"),
            bounds=self.bounds(about),
            note=about.get("note"),
            obligations=None if obligations is None else tuple(obligations),
            quantity=about.get("quantity"),
            unit=about.get("unit"),
            claims=sorted(claims, key=lambda claim: claim.tie),
            settings=tuple(sorted(settings)),
        )

    def claims(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for labels, id, type, role, source, certainty, claims in self.of_engagements(statements.CLAIMS):
            actor, word = self.ref(labels, id), role_word(type, role)
            for engagement, tie, locator, more in claims:
                claim = Claim(engagement, actor, type, word, tie, source, locator, certainty)
                found[engagement].append(claim if more is None else self.full(claim, more))
        return found

    def full(self, claim: Claim, more: dict[str, Any]) -> Claim:
        obligations = more.get("obligations")
        return claim._replace(
            bounds=self.bounds(more),
            start=more.get("start"),
            end=more.get("end"),
            quote=more.get("quote"),
            note=more.get("note"),
            obligations=None if obligations is None else tuple(obligations),
        )

    def links(self) -> dict[str, list[Link]]:
        found: dict[str, list[tuple[str, Link]]] = {"PART_OF": [], "MEMBER_OF": []}
        rows = self.rows(statements.LINKS, memberships=self.policy.expand_organizations)
        for type, labels, inner, outer_labels, outer, tie, about in rows:
            ends = self.ref(labels, inner), self.ref(outer_labels, outer)
            role = about.get("role") or ("part" if type == "PART_OF" else "member")
            link = Link(*ends, role, about.get("certainty") or "stated", self.bounds(about))
            found[type].append((tie, link))
        return {type: [link for _, link in sorted(pairs, key=lambda pair: pair[0])] for type, pairs in found.items()}

    def settings(self, things: Things) -> dict[str, list[Setting]]:
        found: dict[str, set[Setting]] = defaultdict(set)
        for engagement, type, labels, id, certainty in self.of_engagements(statements.SETTINGS):
            name = things.get(self.ref(labels, id), {}).get("name") or id
            found[engagement].add(Setting(type, name, id, certainty or "stated"))
        return defaultdict(list, {id: list(settings) for id, settings in found.items()})

    def ref(self, labels: Iterable[str], id: str) -> Ref:
        """The address of a thing; its label is the one that is no family's."""
        key = (*labels, id)
        found = self.refs.get(key)
        if found is None:
            label = next(label for label in sorted(labels) if label in self.ontology.labels)
            found = self.refs[key] = Ref(label, id)
        return found

    def second(self, ref: Ref) -> str | None:
        return self.ontology.labels[ref.label].second

    def bounds(self, about: Mapping[str, Any]) -> Bounds | None:
        """The bounds among the properties, as dates or as text there; equal ones as one object."""
        key = tuple(map(about.get, BOUNDS))
        if None in key:
            return None
        found = self.known_bounds.get(key)
        if found is None:
            found = self.known_bounds[key] = Bounds(*map(_day, key))
        return found


def _day(given: date | str) -> date:
    return date.fromisoformat(given) if isinstance(given, str) else given


def _actor(ref: Ref, about: Mapping[str, Any]) -> Actor:
    return Actor(
        ref,
        about.get("name") or ref.id,
        about.get("kind"),
        tuple(about.get("aliases") or ()),
        about.get("lat"),
        about.get("lon"),
        about.get("size") or about.get("sizeAtLeast"),
    )


def shown(properties: Mapping[str, Any]) -> dict[str, Any]:
    """What a person is shown of a source."""
    return {name: properties[name] for name in sorted(properties) if name != "hash"}
