"""The network of a graph: what is read, projected under a policy that is named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from relgraph.analysis.policy import Policy
from relgraph.analysis.projection import Counts, Entry, enroll, tied
from relgraph.analysis.records import Reading
from relgraph.model.memory import many_objects

if TYPE_CHECKING:
    import networkx as nx

    from relgraph.store.connection import Connection

Words = str | Iterable[str] | None
"""One word, several, or None for no restriction."""


def network(
    connection: Connection,
    *,
    mode: str = "country",
    kinds: Words = None,
    roles: Words = None,
    certainty: Words = ("stated", "implied"),
    sources: Words = None,
    domains: Words = None,
    obligations: Words = None,
    countries: Words = None,
    as_of: date | str | None = None,
    between: tuple[date | str, date | str] | None = None,
    possibly: bool = False,
    undated: bool = True,
    weight: str = "count",
    parties_at_most: int | None = None,
    population: str = "tied",
    directed: bool = False,
    roll_up: bool = True,
    expand_organizations: bool = False,
) -> nx.Graph:
    """The network that the graph behind `connection` makes under a policy, as a `networkx.Graph`.

    Options:

    mode: "country": nodes are countries, and organizations that stand for themselves; every two parties of
        an engagement are tied, but not two that only receive. "two-mode": a bipartite graph of parties
        (`bipartite` 0) and engagements (1).
    kinds, domains, obligations, countries, sources: labels or kinds of engagement; domains that it covers;
        obligations that a party has; the only nodes; the only sources, as if no other were loaded.
    roles: the words of the roles that count, `provides` and `receives` among them; by default all but
        announced, welcomed, observer, invited and planned.
    certainty: which claims count.
    as_of, between: a day, or the first and last day of a period (a year or month does). What is only
        possibly in force then is left out unless `possibly`; what has no date is counted if `undated`.
    weight: "count": a tie's weight is the number of engagements that make it; "newman": each engagement of n
        parties adds 1/(n-1); "binary": 1. `distance` is 1/weight.
    parties_at_most: engagements with more parties are left out.
    population: "tied": only what has a tie is a node; "system": every state that existed then, too.
    directed: ties those who provide to those who receive, as a `networkx.DiGraph`.
    roll_up: a unit counts for its country, else it is a node. expand_organizations: an organization stands
        for those that were its members then, else for itself.

    Several claims of one thing count once; a whole adds nothing to a pair that its parts or editions tie. A
    group counts by its size, and is no node.

    Nodes have `name`, `label`, `kind`, `aliases`, `lat`, `lon`; edges `weight`, `distance` and `engagements`: of
    each id, label, kind, roles of each side, ids of all its parties, ids of the sources that say so of the two sides.
    `net.graph` holds `policy` (every option, and `text`: one sentence), `engagements` (all that the policy let in,
    by id, tied or not, with their parties and claims), `sources`, `ego` (around whom the sources were gathered),
    `names` (of whom claims are about, and of units that count for a country), `as_of` and `counts`.

    Raises `UsageError` for an option that is unknown or contradicts another.
    """
    options = dict(locals())
    policy = Policy.of(**{name: value for name, value in options.items() if name != "connection"})
    with many_objects():
        return project(*connection.one_state(lambda: read_for(connection, policy)))


def read_for(connection: Connection, policy: Policy) -> tuple[Reading, Policy]:
    """What the graph holds, and the policy with the ids of its countries."""
    from relgraph.analysis.reading import read
    from relgraph.analysis.selection import select

    if policy.countries is not None:
        policy = policy.with_(countries=select(connection, policy.countries, policy))
    return read(connection, policy), policy


def project(reading: Reading, policy: Policy, least: int = 0) -> nx.Graph:
    """The network that the policy makes of what was read, as `network` describes it; no database is asked.

    Engagements of less than `least` of the countries that the policy chose are left out.
    """
    return drawn(reading, policy, *enroll(reading, policy, least))


def drawn(reading: Reading, policy: Policy, entries: list[Entry], counts: Counts) -> nx.Graph:
    """The network that these engagements make, of those that the policy lets in."""
    from relgraph.analysis import rendering

    if policy.mode == "two-mode":
        return rendering.two_mode(reading, policy, entries, counts)
    return rendering.one_mode(reading, policy, entries, counts, tied(reading, policy, entries))
