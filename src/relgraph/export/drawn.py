"""The network that an export draws: that of its options, or that of what a query returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from relgraph.errors import UsageError
from relgraph.export.opening import period
from relgraph.export.reading import without_open_ends

if TYPE_CHECKING:
    import networkx

    from relgraph.analysis.policy import Policy
    from relgraph.analysis.records import Reading
    from relgraph.query.results import Rows
    from relgraph.store.connection import Connection

ANY_CERTAINTY = ("stated", "implied", "ambiguous")
ONLY_AMONG = " Others that take part in these engagements are named, but neither drawn nor tied."
BEGINNING, END = "0001", "9999"  # the ends of an open period; `_told` keeps them from readers
Names = set[tuple[str | None, str]]


def drawn(connection: Connection, answer: Rows | None = None, asked: str = "", **options: Any) -> networkx.Graph:
    """The network of `options` (those of `network`, and `since` and `until`), without what they leave out.

    With the `answer` to a query, which is called `asked`: the engagements that it names, and their parties; or,
    where it names actors alone, these and the engagements of at least two of them. Nodes name themselves; so do
    ids, those of a column `id` where there is one.
    """
    from relgraph.analysis.network import project, read_for
    from relgraph.analysis.policy import Policy
    from relgraph.model.memory import many_objects

    given = _options(options)
    policy = Policy.of(**{**({} if answer is None else {"certainty": ANY_CERTAINTY}), **given})
    with many_objects():
        reading, policy = connection.one_state(lambda: read_for(connection, policy))
        least = min(2, len(policy.countries or ()))  # of one country alone there are no ties, but engagements
        if answer is None:
            return _told(project(reading, policy, least))
        return _told(_answered(reading, answer, asked, policy, least))


def _options(given: Mapping[str, Any]) -> dict[str, Any]:
    """`since` and `until` as the period that they are."""
    rest = {name: value for name, value in given.items() if name not in ("since", "until")}
    since, until = given.get("since"), given.get("until")
    if not (since or until):
        return rest
    if rest.get("between"):
        raise UsageError("between says the period already; leave since and until out")
    return {**rest, "between": (since or BEGINNING, until or END)}


def _told(net: networkx.Graph) -> networkx.Graph:
    """With a policy that tells no day where its period is open."""
    policy = net.graph["policy"]
    policy["between"] = period(policy) if policy.get("between") else None
    policy["text"] = without_open_ends(policy["text"]) + (ONLY_AMONG if policy.get("countries") else "")
    return net


def _answered(reading: Reading, answer: Rows, asked: str, policy: Policy, least: int) -> networkx.Graph:
    from relgraph.analysis.network import project

    names = set(_names(answer))
    held = {id for _, id in names}
    found, actors = _found(reading, names, asked)
    net = project(replace(reading, engagements=found), policy, least)
    _add_actors(net, reading, actors, policy)
    alone = "" if any(one.id in held for one in found) else ", and what two of them share"
    text = f"Only what the query {asked} returns{alone}. {net.graph['policy']['text']}"
    net.graph["policy"] |= {"query": asked, "text": text}
    return net


def _names(answer: Rows) -> Iterator[tuple[str | None, str]]:
    meant = {"id"} & set(answer.columns) or set(answer.columns)
    for row in answer:
        for column, value in row.items():
            yield from (name for name in named(value) if name[0] or column in meant)


def named(value: Any) -> Iterator[tuple[str | None, str]]:
    """Every text and every node in plain data of a query, as label and id; a text has no label.

    >>> list(named([["JPN", {"labels": ["Agreement", "Engagement"], "properties": {"id": "pact", "kind": "x"}}]]))
    [(None, 'JPN'), ('Agreement', 'pact'), ('Engagement', 'pact')]
    """
    if isinstance(value, str):
        yield None, value
    elif isinstance(value, Mapping) and {"labels", "properties"} == set(value):
        yield from ((label, str(value["properties"].get("id"))) for label in value["labels"])
    elif isinstance(value, Mapping):
        yield from named([one for key, one in value.items() if key not in ("type", "properties")])
    elif isinstance(value, Iterable):
        for one in value:
            yield from named(one)


def _found(reading: Reading, names: Names, asked: str) -> tuple[list[Any], list[Any]]:
    """The engagements and the actors that the answer names."""

    def meant(label: str, id: str) -> bool:
        return (None, id) in names or (label, id) in names

    engagements = [one for one in reading.engagements if meant(one.label, one.id)]
    actors = [ref for ref in reading.actors if ref.label not in ("Group", "Unit") and meant(*ref)]
    if not engagements and not actors:
        raise UsageError(
            f"the answer to {asked} names no engagement, country or organization that is loaded; return some, or"
            " their ids"
        )
    return engagements or _shared(reading, {ref.id for ref in actors}), actors


def _shared(reading: Reading, actors: set[str]) -> list[Any]:
    """The engagements of at least two of these."""
    return [one for one in reading.engagements if len(actors & {claim.actor.id for claim in one.claims}) > 1]


def _add_actors(net: networkx.Graph, reading: Reading, actors: Iterable[Any], policy: Policy) -> None:
    """Nodes for those that the answer names, tied or not."""
    from relgraph.analysis.rendering import actor_node

    for ref in sorted(actors):
        if ref.id not in net and (policy.countries is None or ref.id in policy.countries):
            mode = {"bipartite": 0} if policy.mode == "two-mode" else {}
            net.add_node(ref.id, **actor_node(reading, ref), **mode)
