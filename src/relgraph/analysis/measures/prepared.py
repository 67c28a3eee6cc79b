"""A network made ready for measures: any networkx graph as a simple one whose weights are strengths."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import isfinite, lcm
from typing import TYPE_CHECKING, Any

from relgraph.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx

LONGEST = 20_000
"""Bits that the common multiple of strengths may have, for distances to be held exactly."""


@dataclass
class Prepared:
    """A network as measures take it: no ties of a node to itself, parallel ties added up, weights positive.

    `notes` gathers sentences on what was done to it and on what could not be computed.
    """

    given: nx.Graph
    simple: nx.Graph
    notes: list[str] = field(default_factory=list)

    @property
    def nodes(self) -> list[Hashable]:
        return list(self.simple)

    @property
    def directed(self) -> bool:
        return self.simple.is_directed()

    @cached_property
    def unvalued(self) -> bool:
        """Whether all ties are equally strong, so that paths differ by their number of steps alone."""
        return len({weight for *_, weight in self.simple.edges(data="weight")}) < 2

    @cached_property
    def isolates(self) -> list[Hashable]:
        return [node for node, degree in self.simple.degree() if degree == 0]

    @cached_property
    def sides(self) -> tuple[list[Hashable], list[Hashable]] | None:
        """The two modes of a two-mode network (those of `bipartite` 0, those of 1), or None for any other."""
        side = {node: about.get("bipartite") for node, about in self.given.nodes(data=True)}
        if self.directed or set(side.values()) != {0, 1}:
            return None
        if any(side[a] == side[b] for a, b in self.simple.edges):
            return None
        first, second = ([node for node in self.simple if side[node] == mode] for mode in (0, 1))
        return first, second

    def flat(self) -> nx.Graph:
        """Who is tied to whom, without strength or direction."""
        import networkx as nx

        net = nx.Graph()
        net.add_nodes_from(self.simple)
        net.add_edges_from(self.simple.edges, weight=1)
        return net

    def lengths(self) -> nx.Graph:
        """The network with `distance` on each edge as a whole number, for comparing paths without rounding.

        Distance is 1/strength times the common multiple of all strengths: paths that are equally long are
        then equal, as sums of fractions in floating point are not (1/10 + 1/5 is not 3/10).
        """
        net = self.simple.copy()
        strengths = {(a, b): Fraction(w).limit_denominator(10**6) for a, b, w in net.edges(data="weight")}
        multiple = lcm(*(strength.numerator for strength in strengths.values()))
        if multiple.bit_length() > LONGEST:
            self.notes.append("Strengths are too diverse for paths to be compared exactly: equal ones may differ.")
            return net
        for (a, b), strength in strengths.items():
            net.edges[a, b]["distance"] = multiple // strength.numerator * strength.denominator
        return net


def prepare(net: nx.Graph) -> Prepared:
    """Make a network ready; a weight that is no strength is a `UsageError`."""
    import networkx as nx

    simple = nx.DiGraph() if net.is_directed() else nx.Graph()
    simple.add_nodes_from(net)
    loops = 0
    for a, b, about in net.edges(data=True):
        if a == b:
            loops += 1
            continue
        weight = _strength(a, b, about) + (simple.edges[a, b]["weight"] if simple.has_edge(a, b) else 0)
        simple.add_edge(a, b, weight=weight, distance=1 / weight)
    found = Prepared(net, simple)
    if loops:
        found.notes.append(f"Ties of a node to itself are left out ({loops}).")
    if simple.number_of_edges() + loops < net.number_of_edges():
        found.notes.append("Parallel ties are added up.")
    return found


def one_mode(net: nx.Graph, measure: str) -> Prepared:
    """A network made ready for a measure that two modes do not have."""
    ready = prepare(net)
    if ready.sides:
        raise UsageError(f"{measure} is not defined for a two-mode network; project with mode='country'")
    return ready


def _strength(a: Hashable, b: Hashable, about: Mapping[str, Any]) -> float:
    weight = about.get("weight", 1)
    if weight is None:
        return 1
    if isinstance(weight, (int, float)) and isfinite(weight) and weight > 0:
        return weight
    raise UsageError(f"the tie of {a} and {b} has weight {weight!r}: a weight is a strength, a number above 0")
