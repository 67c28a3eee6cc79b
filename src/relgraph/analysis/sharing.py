"""Organizations of which countries are members together, and frameworks of what they do together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from relgraph.analysis.between import best, weakest
from relgraph.analysis.lines import FRAMEWORK, ORGANIZATION, Line
from relgraph.analysis.moments import Moment
from relgraph.analysis.policy import CERTAINTIES, Policy
from relgraph.model.dates import Bounds
from relgraph.model.ontology import load_ontology

if TYPE_CHECKING:
    from relgraph.store.connection import Connection

MEMBERSHIPS = """
MATCH (country:Country)-[tie:MEMBER_OF]->(organization:Organization)
WHERE country.id IN $countries AND ($sources IS NULL OR tie.source IN $sources)
RETURN organization.id AS id, labels(organization) AS labels, properties(organization) AS about,
  country.id AS actor, properties(tie) AS tie
ORDER BY id, actor, tie.id
"""

FRAMEWORKS = """
MATCH (engagement:Engagement)-[tie:UNDER]->(framework)
WHERE engagement.id IN $engagements AND ($sources IS NULL OR tie.source IN $sources)
RETURN framework.id AS id, labels(framework) AS labels, properties(framework) AS about,
  engagement.id AS actor, properties(tie) AS tie
ORDER BY id, actor, tie.id
"""

POLICIES = """
MATCH (country:Country)-[tie:ADOPTS]->(policy:Policy)
WHERE country.id IN $countries AND ($sources IS NULL OR tie.source IN $sources)
RETURN policy.id AS id, labels(policy) AS labels, properties(policy) AS about,
  country.id AS actor, properties(tie) AS tie
ORDER BY id, actor, tie.id
"""


class Bond(NamedTuple):
    """One claim that ties an actor (or an engagement) to a thing that others may share."""

    actor: str
    answer: str
    tie: Mapping[str, Any]


class Shared(NamedTuple):
    """A thing and who is bound to it."""

    id: str
    label: str
    about: Mapping[str, Any]
    bonds: list[Bond]


def organization_lines(connection: Connection, policy: Policy, chosen: Sequence[str]) -> Iterator[Line]:
    """A line for each organization with which two or more of the chosen have to do, in whatever role."""
    for shared in _shared(connection, MEMBERSHIPS, policy, countries=list(chosen)):
        between = _between(shared, chosen)
        if len(between) > 1:
            yield _line(ORGANIZATION, shared, between, policy, _roles(shared, between, "member"))


def framework_lines(
    connection: Connection, policy: Policy, engagements: Sequence[Line], chosen: Sequence[str]
) -> Iterator[Line]:
    """A line for each framework of one of their engagements, and for each policy that two of them adopted."""
    lines = {line.id: line for line in engagements}
    for shared in _shared(connection, FRAMEWORKS, policy, engagements=list(lines)):
        under = dict.fromkeys(bond.actor for bond in shared.bonds)
        between = tuple(id for id in chosen if any(id in lines[one].between for one in under))
        yield _line(FRAMEWORK, shared, between, policy, tuple(f"of {one}" for one in under))
    for shared in _shared(connection, POLICIES, policy, countries=list(chosen)):
        between = _between(shared, chosen)
        if len(between) > 1:
            yield _line(FRAMEWORK, shared, between, policy, _roles(shared, between, "issuer"))


def _shared(connection: Connection, statement: str, policy: Policy, **parameters: Any) -> Iterator[Shared]:
    """What the statement finds, thing by thing, of claims that are certain enough and count on the day."""
    moment = Moment(policy)
    labels_known = load_ontology().labels
    sources = None if policy.sources is None else list(policy.sources)
    found: dict[tuple[str, str], Shared] = {}
    for id, labels, about, actor, tie in connection.read(statement, {"sources": sources, **parameters}).rows:
        label = next(label for label in sorted(labels) if label in labels_known)
        answer = moment.answer((_bounds(tie),))
        if (tie.get("certainty") or "stated") in policy.certainty and answer in moment.admitted:
            found.setdefault((label, id), Shared(id, label, about, [])).bonds.append(Bond(actor, answer, tie))
    yield from found.values()


def _between(shared: Shared, chosen: Sequence[str]) -> tuple[str, ...]:
    bound = {bond.actor for bond in shared.bonds}
    return tuple(id for id in chosen if id in bound)


def _roles(shared: Shared, between: Sequence[str], default: str) -> tuple[str, ...]:
    roles = defaultdict(set)
    for bond in shared.bonds:
        roles[bond.actor].add(bond.tie.get("role") or default)
    return tuple(f"{id}: {', '.join(sorted(roles[id]))}" for id in between)


def _line(section: str, shared: Shared, between: tuple[str, ...], policy: Policy, parties: tuple[str, ...]) -> Line:
    answers: dict[str, set[str]] = defaultdict(set)
    for bond in shared.bonds:
        answers[bond.actor].add(bond.answer)
    return Line(
        section=section,
        between=between,
        id=shared.id,
        name=shared.about.get("name") or shared.id,
        label=shared.label,
        kind=shared.about.get("kind"),
        start=shared.about.get("start"),
        end=shared.about.get("end"),
        signed=shared.about.get("signed"),
        status=weakest(best(found) for found in answers.values()) if policy.as_of else None,
        parties=parties,
        others=None,
        certainty=max((bond.tie.get("certainty") or "stated" for bond in shared.bonds), key=CERTAINTIES.index),
        claims=tuple(dict.fromkeys(_said(bond) for bond in shared.bonds)),
    )


def _said(bond: Bond) -> str:
    certainty = bond.tie.get("certainty") or "stated"
    doubt = "" if certainty == "stated" else f" ({certainty})"
    place = f", {bond.tie['locator']}" if bond.tie.get("locator") else ""
    role = f" {bond.tie['role']}" if bond.tie.get("role") else ""
    return f"{bond.actor}{role}: {bond.tie['source']}{place}{doubt}"


def _bounds(tie: Mapping[str, Any]) -> Bounds | None:
    ends = [tie.get(name) for name in Bounds._fields]
    return None if None in ends else Bounds(*ends)
