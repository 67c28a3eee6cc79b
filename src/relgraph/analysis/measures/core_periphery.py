"""Core and periphery: countries tied to everyone, and countries tied to these alone."""

from __future__ import annotations

from math import nan, sqrt
from typing import TYPE_CHECKING, NamedTuple

from relgraph.analysis.measures.prepared import one_mode
from relgraph.analysis.measures.tables import name_of, provenance
from relgraph.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    import pandas as pd


def core_periphery(net: nx.Graph, *, starts: int = 50, seed: int = 0) -> pd.DataFrame:
    """Who is in the core, one row a country, the core first.

    core: whether it is. fit: the correlation of strengths (0 where there is no tie) with the ideal pattern, in
        which two are tied unless both are in the periphery (Borgatti & Everett 2000, Social Networks 21, 375-395,
        eq. 1 and 2); the same in every row, 1 for a star.

    The memberships are those of greatest fit that moves of one country at a time reach from `starts` starts: the
    countries of most strength, in growing number, then random ones by `seed`. Where all pairs are equally strong
    there is no pattern to fit: fit is NaN and nobody is in the core. A directed network counts each tie both
    ways. `attrs["starts"]` is how many were made. A two-mode network is a `UsageError`.

    >>> import networkx as nx
    >>> table = core_periphery(nx.star_graph(4))
    >>> table["core"].tolist(), round(float(table["fit"][0]), 4)
    ([True, False, False, False, False], 1.0)
    """
    import numpy as np
    import pandas as pd

    if starts < 1:
        raise UsageError(f"starts={starts}: give 1 or more")
    ready = one_mode(net, "core_periphery")
    order = sorted(ready.nodes, key=str)
    best = _best(_strengths(ready.simple, order), starts, np.random.default_rng(seed))
    if best is None:
        ready.notes.append("core: all pairs are equally strong, so there is no pattern to fit.")
    core = {node: best is not None and bool(best.core[n]) for n, node in enumerate(order)}
    nodes = sorted(order, key=lambda node: (not core[node], str(node)))
    table = pd.DataFrame({"id": nodes, "name": [name_of(net, node) for node in nodes]})
    table["core"] = pd.Series([core[node] for node in nodes], dtype="bool")
    table["fit"] = pd.Series([best.fit if best else nan] * len(nodes), dtype="float64")
    table.attrs.update(provenance(net, ready.notes), starts=starts)
    return table


class _Found(NamedTuple):
    fit: float
    core: np.ndarray


def _strengths(net: nx.Graph, order: list) -> np.ndarray:
    import networkx as nx

    matrix = nx.to_numpy_array(net, nodelist=order)
    return matrix + matrix.T if net.is_directed() else matrix


def _best(matrix: np.ndarray, starts: int, random: np.random.Generator) -> _Found | None:
    n = len(matrix)
    fit = _Fit(matrix)
    if n < 3 or not fit.spread:
        return None
    strongest = (-matrix.sum(axis=1)).argsort(kind="stable")
    found = []
    for start in range(starts):
        core = random.random(n) < random.random()
        if start < n - 1:
            core = strongest.argsort() <= start  # the first start has a core of one
        found.append(_climb(core, fit))
    top = max(one.fit for one in found)
    return min((one for one in found if top - one.fit < 1e-12), key=lambda one: (~one.core).tolist())


class _Fit:
    """The correlation of a matrix of strengths with the pattern that a core makes, from a few sums."""

    def __init__(self, matrix: np.ndarray) -> None:
        self.matrix = matrix
        self.n = len(matrix)
        self.pairs = self.n * (self.n - 1) / 2
        self.total = matrix.sum() / 2
        self.spread = (matrix**2).sum() / 2 - self.total**2 / self.pairs if self.pairs else 0.0
        if self.spread < 1e-12:
            self.spread = 0.0

    def __call__(self, size: int, inside: float) -> float:
        """For a periphery of this size with so much strength inside it."""
        ones = self.pairs - size * (size - 1) / 2
        pattern = ones - ones**2 / self.pairs
        together = self.total - inside - self.total * ones / self.pairs
        return together / sqrt(pattern * self.spread) if pattern > 0 else -1.0


def _climb(core: np.ndarray, fit: _Fit) -> _Found:
    """Move whichever country improves the fit most, until none does."""
    core = core.copy()
    to_periphery = fit.matrix @ ~core
    size, inside = int((~core).sum()), float(to_periphery[~core].sum() / 2)
    now = fit(size, inside)
    while True:
        moves = [
            fit(size + 1, inside + to_periphery[n]) if core[n] else fit(size - 1, inside - to_periphery[n])
            for n in range(fit.n)
        ]
        best = max(range(fit.n), key=moves.__getitem__)
        if moves[best] <= now + 1e-12:
            return _Found(now, core)
        sign = 1 if core[best] else -1
        size, inside, now = size + sign, inside + sign * float(to_periphery[best]), moves[best]
        to_periphery = to_periphery + sign * fit.matrix[best]
        core[best] = not core[best]
