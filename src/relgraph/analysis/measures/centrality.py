"""Centrality: how much a country has to do with others, and how much goes through it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from math import nan
from typing import TYPE_CHECKING

from relgraph.analysis.measures import matrices
from relgraph.analysis.measures.prepared import Prepared, prepare
from relgraph.analysis.measures.tables import by_node
from relgraph.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    import pandas as pd

Values = Mapping[Hashable, float]


def centrality(net: nx.Graph, *, measures: Iterable[str] | None = None, side: str = "parties") -> pd.DataFrame:
    """The centrality of every country of a network, one row each: `id`, `name`, measures, `<measure>_rank`.

    Weights are strengths; paths use distance, 1/strength. Any networkx graph will do: without `weight`
    every tie is 1 strong. `measures` chooses some of them. Rank 1 has the largest value (for constraint: the
    most constrained), equal values share the best rank.

    degree: ties (of a directed network both ways, which stand beside it as `in_degree`, `out_degree`).
    strength: sum of weights (likewise `in_strength`, `out_strength`).
    engagements: how many engagements make its ties, each once; NaN where edges list none.
    betweenness: share of the shortest paths of others through it, of 0 to 1 (Freeman 1977, Brandes 2001).
    closeness: (n-1)/sum of distances within its component, times the share of all others who are in it
        (Freeman 1979; Wasserman & Faust 1994). In a directed network: of the paths that lead to it.
    harmonic: sum of 1/distance to all others, not normalized (Marchiori & Latora 2000).
    eigenvector: Bonacich 1972, of length 1. In a network of several components it is that of the one with
        the largest eigenvalue, 0 elsewhere; NaN where two are equal, where nothing is tied, and in a
        directed network that is not strongly connected.
    pagerank: Brin & Page 1998, damping .85.
    constraint, effective_size: Burt 1992, with strengths; NaN for who has no tie.
    core_number: Seidman 1983, without strengths.

    Of a two-mode network the rows are its parties, or with `side="engagements"` those, and the measures those
    of Borgatti & Everett 1997 and Faust 1997: degree is the number of engagements; betweenness and closeness
    are divided by the most that two modes allow (closeness within the component), eigenvector is the first
    singular vector; paths are counted in steps; constraint and effective_size are NaN.

    `attrs` holds `policy`, `sources`, `ego`, `warning` (where the network was gathered around someone) and
    `notes` (why something is NaN). A weight of 0 or less, an unknown measure or side is a `UsageError`.

    >>> import networkx as nx
    >>> table = centrality(nx.florentine_families_graph())
    >>> table[["id", "degree", "betweenness", "betweenness_rank"]].head(2).round(4).values.tolist()
    [['Medici', 6, 0.522, 1], ['Guadagni', 4, 0.2546, 2]]
    """
    ready = prepare(net)
    sides = ready.sides
    if side not in ("parties", "engagements"):
        raise UsageError(f"side={side!r}: use parties or engagements")
    if side == "engagements" and sides is None:
        raise UsageError("side='engagements' needs a two-mode network: project with mode='two-mode'")
    known = _known(ready)
    chosen = list(known) if measures is None else list(measures)
    for measure in chosen:
        if measure not in known:
            raise UsageError(f"{measure}: no such measure of this network; known are {', '.join(known)}")
    nodes = ready.nodes if sides is None else sides[side == "engagements"]
    return by_node(net, nodes, {measure: known[measure](ready) for measure in chosen}, ready.notes)


def _known(ready: Prepared) -> dict[str, Callable[[Prepared], Values]]:
    if ready.sides:
        return {**ONE_MODE, **TWO_MODE}
    if not ready.directed:
        return ONE_MODE
    start, *rest = ONE_MODE.items()
    return dict([start, *DIRECTED.items(), *rest])


def degree(ready: Prepared) -> Values:
    return dict(ready.simple.degree())


def strength(ready: Prepared) -> Values:
    return dict(ready.simple.degree(weight="weight"))


def engagements(ready: Prepared) -> Values:
    found: dict[Hashable, set[str]] = {node: set() for node in ready.given}
    known = True
    for a, b, listed in ready.given.edges(data="engagements"):
        known = known and listed is not None
        for one in listed or ():
            found[a].add(one["id"])
            found[b].add(one["id"])
    if known:
        return {node: len(ids) for node, ids in found.items()}
    ready.notes.append("engagements: the edges of this network list none.")
    return dict.fromkeys(found, nan)


def betweenness(ready: Prepared) -> Values:
    others = max((len(ready.simple) - 1) * (len(ready.simple) - 2), 1)
    return _by_node(ready, ready.paths.through() / others)


def closeness(ready: Prepared) -> Values:
    import numpy as np

    near = ready.paths.nearness()
    share = near.reached / max(len(ready.simple) - 1, 1)
    inverse = np.divide(near.reached, near.total, where=near.total > 0, out=np.zeros_like(near.total))
    return _by_node(ready, share * inverse * (ready.scale or 1))


def harmonic(ready: Prepared) -> Values:
    return _by_node(ready, ready.paths.nearness().inverse * (ready.scale or 1))


def _by_node(ready: Prepared, values: np.ndarray) -> Values:
    return dict(zip(ready.simple, values.tolist(), strict=True))


def eigenvector(ready: Prepared) -> Values:
    import networkx as nx

    net = ready.simple
    if not net.number_of_edges():
        ready.notes.append("eigenvector: nothing is tied.")
        return dict.fromkeys(net, nan)
    if ready.directed:
        if nx.is_strongly_connected(net):
            return _by_node(ready, _leading_of_directed(ready.matrix))
        ready.notes.append("eigenvector: not every country can be reached from every other along directed ties.")
        return dict.fromkeys(net, nan)
    vector = matrices.eigenvector(ready.matrix)
    if vector is None:
        ready.notes.append("eigenvector: components tie for the largest eigenvalue, so there is no one vector.")
        return dict.fromkeys(net, nan)
    if parts := nx.number_connected_components(net) - 1:
        ready.notes.append(
            f"eigenvector: the network has {parts + 1} components; the vector is that of the one with the "
            "strongest ties, and 0 elsewhere."
        )
    return _by_node(ready, vector)


def _leading_of_directed(matrix: np.ndarray) -> np.ndarray:
    import numpy as np

    values, vectors = np.linalg.eig(matrix.T)
    vector = np.abs(vectors[:, int(np.argmax(values.real))].real)
    return vector / np.linalg.norm(vector)


def pagerank(ready: Prepared) -> Values:
    return _by_node(ready, matrices.pagerank(ready.matrix))


def constraint(ready: Prepared) -> Values:
    return _among_the_tied(ready, "constraint", matrices.constraint(ready.matrix))


def effective_size(ready: Prepared) -> Values:
    return _among_the_tied(ready, "effective_size", matrices.effective_size(ready.matrix))


def _among_the_tied(ready: Prepared, name: str, values: np.ndarray) -> Values:
    import networkx as nx

    if alone := nx.number_of_isolates(ready.simple):
        ready.notes.append(f"{name}: not defined for who has no tie ({alone}).")
    return _by_node(ready, values)


def core_number(ready: Prepared) -> Values:
    return _by_node(ready, matrices.core_number(ready.matrix))


def two_mode_betweenness(ready: Prepared) -> Values:
    """Betweenness over the most that a node of its mode could have (Borgatti & Everett 1997; Halgin 2011)."""
    import networkx as nx

    raw = nx.betweenness_centrality(ready.simple, normalized=False)
    ours, theirs = ready.sides
    most = {node: _most(len(theirs), len(ours)) for node in ours}
    most |= {node: _most(len(ours), len(theirs)) for node in theirs}
    return {node: value / most[node] if most[node] else 0.0 for node, value in raw.items()}


def _most(others: int, own: int) -> float:
    """The betweenness of a node of a mode of `own` that joins all `others`, who form stars with the rest."""
    s, t = divmod(own - 1, others)
    return (others**2 * (s + 1) ** 2 + others * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def two_mode_closeness(ready: Prepared) -> Values:
    """The least sum of distances that the two modes of its component allow, over its own."""
    import networkx as nx

    ours = set(ready.sides[0])
    found: dict[Hashable, float] = {}
    for component in nx.connected_components(ready.simple):
        first = len(component & ours)
        share = (len(component) - 1) / max(len(ready.simple) - 1, 1)
        for node in component:
            own, others = (first, len(component) - first) if node in ours else (len(component) - first, first)
            total = sum(nx.single_source_shortest_path_length(ready.simple, node).values())
            found[node] = (others + 2 * (own - 1)) / total * share if total else 0.0
    return found


def two_mode_harmonic(ready: Prepared) -> Values:
    import networkx as nx

    return nx.harmonic_centrality(ready.simple)


def two_mode_eigenvector(ready: Prepared) -> Values:
    """The first singular vectors of the matrix of parties by engagements, each of length 1."""
    found = dict(eigenvector(ready))
    return {node: value * 2**0.5 for node, value in found.items()}  # the two halves are equally long


def undefined_in_two_modes(name: str) -> Callable[[Prepared], Values]:
    def measure(ready: Prepared) -> Values:
        ready.notes.append(f"{name}: not defined where contacts are never tied to each other, as in two modes.")
        return dict.fromkeys(ready.simple, nan)

    return measure


def _directed(way: str, weight: str | None) -> Callable[[Prepared], Values]:
    return lambda ready: dict(getattr(ready.simple, f"{way}_degree")(weight=weight))


ONE_MODE: dict[str, Callable[[Prepared], Values]] = {
    "degree": degree,
    "strength": strength,
    "engagements": engagements,
    "betweenness": betweenness,
    "closeness": closeness,
    "harmonic": harmonic,
    "eigenvector": eigenvector,
    "pagerank": pagerank,
    "constraint": constraint,
    "effective_size": effective_size,
    "core_number": core_number,
}
DIRECTED = {
    "in_degree": _directed("in", None),
    "out_degree": _directed("out", None),
    "in_strength": _directed("in", "weight"),
    "out_strength": _directed("out", "weight"),
}
TWO_MODE = {
    "betweenness": two_mode_betweenness,
    "closeness": two_mode_closeness,
    "harmonic": two_mode_harmonic,
    "eigenvector": two_mode_eigenvector,
    "constraint": undefined_in_two_modes("constraint"),
    "effective_size": undefined_in_two_modes("effective_size"),
}
