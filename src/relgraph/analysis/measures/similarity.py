"""Similarity: whether two countries have the same ties, with and without what chance would give."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from math import nan
from typing import TYPE_CHECKING

from relgraph.analysis.measures.prepared import Prepared, one_mode
from relgraph.analysis.measures.tables import name_of, provenance, ranks
from relgraph.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    import pandas as pd

MEASURES = ("s", "pi", "kappa", "tau_b")


def similarity(
    net: nx.Graph,
    *,
    by: str = "strength",
    weights: Mapping[Hashable, float] | None = None,
    greatest: float | None = None,
) -> pd.DataFrame:
    """How alike the tie portfolios of every two countries are: one row a pair, with ranks.

    A portfolio has an entry for every country of the network: how strong the tie to it is, 0 where there is
    none. Its entry for the country itself is the greatest strength there is, as is usual for alliances. With
    `by="label"` or `by="kind"` it has an entry for every country and kind of engagement: how many tie the two.

    s: Signorino & Ritter 1999; 1 - 2 * sum of weighted differences / the most they could be; 1 to -1.
    pi, kappa: Scott 1955 and Cohen 1960 for valued ties: one minus squared differences over those that chance
        would give (Häge 2011, Political Analysis 19, 287-305).
    tau_b: Kendall 1945, corrected for ties in rank; entries are not weighted in it.

    `weights` gives each country's entries weight in s, pi and kappa (its capabilities, say); `greatest` is the
    most that a tie could be, by default the strongest in the network. Who could be tied belongs to the measure:
    project with `population="system"`. A portfolio of one value throughout has no tau_b, and no pi or kappa with
    another of that value: NaN. A directed network is compared by outgoing ties; a two-mode one is a `UsageError`.

    >>> import networkx as nx
    >>> net = nx.Graph([("JPN", "USA"), ("KOR", "USA"), ("CHN", "PRK")])
    >>> similarity(net)[["id_a", "id_b", "s"]].round(2).values.tolist()[0]
    ['CHN', 'PRK', 1.0]
    """
    import pandas as pd

    ready = one_mode(net, "similarity")
    order = sorted(ready.nodes, key=str)
    portfolios, columns = _portfolios(ready, order, by)
    weighed = _weights(weights, columns)
    most = _greatest(portfolios, greatest)
    values = _all_pairs(portfolios, weighed, most)
    pairs = list(combinations(range(len(order)), 2))
    table = pd.DataFrame({"id_a": [order[a] for a, _ in pairs], "id_b": [order[b] for _, b in pairs]})
    table.insert(1, "name_a", [name_of(net, node) for node in table["id_a"]])
    table["name_b"] = [name_of(net, node) for node in table["id_b"]]
    for measure in MEASURES:
        table[measure] = pd.Series([float(values[measure][pair]) for pair in pairs], dtype="float64")
    for measure in MEASURES:
        table[f"{measure}_rank"] = ranks(table[measure])
    table = table.sort_values(["s_rank", "id_a", "id_b"], key=_as_text, ignore_index=True)
    table.attrs.update(provenance(net, ready.notes))
    return table


def _as_text(column: pd.Series) -> pd.Series:
    return column if column.name == "s_rank" else column.map(str)


def s_score(
    ours: Sequence[float],
    theirs: Sequence[float],
    weights: Sequence[float] | None = None,
    greatest: float | None = None,
) -> float:
    """S of two portfolios; `greatest` is the most that two entries can differ, by default the most that they hold.

    >>> s_score((3, 3, 2, 2), (2, 2, 3, 3), (0.5, 0.3, 0.1, 0.1), greatest=3)  # 1/3
    0.333...
    """
    return _of_two("s", ours, theirs, weights, greatest)


def scott_pi(ours: Sequence[float], theirs: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Scott's pi of two portfolios.

    >>> scott_pi((1, 1, 0, 0), (1, 0, 0, 0))
    0.466...
    """
    return _of_two("pi", ours, theirs, weights)


def cohen_kappa(ours: Sequence[float], theirs: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Cohen's kappa of two portfolios.

    >>> cohen_kappa((1, 1, 0, 0), (1, 0, 0, 0))
    0.5
    """
    return _of_two("kappa", ours, theirs, weights)


def tau_b(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Kendall's tau-b of two portfolios.

    >>> round(tau_b((3, 3, 2, 2), (2, 2, 3, 3)), 4)
    -1.0
    """
    return _of_two("tau_b", ours, theirs)


def _of_two(
    measure: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    weights: Sequence[float] | None = None,
    greatest: float | None = None,
) -> float:
    import numpy as np

    if len(ours) != len(theirs) or (weights is not None and len(weights) != len(ours)):
        raise UsageError("portfolios and weights must be equally long")
    both = np.array([ours, theirs], dtype=float)
    weighed = np.ones(len(ours)) if weights is None else np.array(weights, dtype=float)
    return float(_all_pairs(both, weighed, _greatest(both, greatest))[measure][0, 1])


def _portfolios(ready: Prepared, order: list[Hashable], by: str) -> tuple[np.ndarray, list[Hashable]]:
    """A row for each country and a column for each entry, with the country that each column is about."""
    import numpy as np

    if by == "strength":
        layers = [_layer(ready, order, lambda about: about["weight"])]
    elif by in ("label", "kind"):
        layers = _layers(ready, order, by)
    else:
        raise UsageError(f"by={by!r}: use strength, label or kind")
    return np.hstack(layers) if layers else np.zeros((len(order), 0)), order * len(layers)


def _layers(ready: Prepared, order: list[Hashable], by: str) -> list[np.ndarray]:
    listed = ready.given.graph.get("engagements")
    if listed is None:
        raise UsageError(f"by={by!r}: this network does not list its engagements; use by='strength'")
    sorts = {id: str(one.get(by)) for id, one in listed.items()}
    used = {sorts[one["id"]] for *_, found in ready.given.edges(data="engagements") for one in found or ()}

    def count(sort: str):
        return lambda about: sum(sorts[one["id"]] == sort for one in about.get("engagements") or ())

    return [_layer(ready, order, count(sort), ready.given) for sort in sorted(used)]


def _layer(ready: Prepared, order: list[Hashable], value, net: nx.Graph | None = None) -> np.ndarray:
    """One value for each two countries; the greatest of them on the diagonal."""
    import numpy as np

    place = {node: n for n, node in enumerate(order)}
    matrix = np.zeros((len(order), len(order)))
    for a, b, about in (ready.simple if net is None else net).edges(data=True):
        matrix[place[a], place[b]] = value(about)
        if not ready.directed:
            matrix[place[b], place[a]] = value(about)
    np.fill_diagonal(matrix, matrix.max(initial=0.0))
    return matrix


def _weights(weights: Mapping[Hashable, float] | None, columns: list[Hashable]) -> np.ndarray:
    import numpy as np

    if weights is None:
        return np.ones(len(columns))
    without = sorted({str(node) for node in columns if node not in weights})
    if without:
        raise UsageError(f"weights: {', '.join(without[:5])} ({len(without)}) has none; give every country one")
    found = np.array([weights[node] for node in columns], dtype=float)
    if not (np.isfinite(found).all() and (found >= 0).all() and (found.sum() > 0 or not len(found))):
        raise UsageError("weights: give numbers of 0 or more, not all of them 0")
    return found


def _greatest(portfolios: np.ndarray, greatest: float | None) -> float:
    held = float(portfolios.max(initial=0.0))
    if greatest is not None and greatest < held:
        raise UsageError(f"greatest={greatest}: a tie is as strong as {held:g}; give that or more")
    return held if greatest is None else float(greatest)


def _all_pairs(portfolios: np.ndarray, weights: np.ndarray, greatest: float) -> dict[str, np.ndarray]:
    """Each measure for every two rows."""
    import numpy as np

    n = len(portfolios)
    total = weights.sum()
    means = portfolios @ weights / total if total else np.zeros(n)
    squares = (portfolios - means[:, None]) ** 2 @ weights
    found = {measure: np.full((n, n), nan) for measure in MEASURES}
    for row in range(n):
        apart = portfolios - portfolios[row]
        squared = apart**2 @ weights
        spread, shift = squares + squares[row], total * (means - means[row]) ** 2
        if greatest:
            found["s"][row] = 1 - 2 * (np.abs(apart) @ weights) / (total * greatest)
        found["pi"][row] = _agreement(squared, spread + shift / 2)
        found["kappa"][row] = _agreement(squared, spread + shift)
    found["tau_b"] = _tau_b(portfolios)
    return found


def _agreement(observed: np.ndarray, by_chance: np.ndarray) -> np.ndarray:
    import numpy as np

    sensible = by_chance > 1e-12
    return np.where(sensible, 1 - observed / np.where(sensible, by_chance, 1), nan)


def _tau_b(portfolios: np.ndarray) -> np.ndarray:
    """Concordant less discordant pairs of entries, over the geometric mean of the pairs that are not equal."""
    import numpy as np

    n, entries = portfolios.shape
    agreed, unequal = np.zeros((n, n)), np.zeros(n)
    for entry in range(entries - 1):  # an entry at a time: all at once they may not fit into memory
        signs = np.sign(portfolios[:, entry + 1 :] - portfolios[:, entry : entry + 1])
        agreed += signs @ signs.T
        unequal += (signs != 0).sum(axis=1)
    scale = np.sqrt(np.outer(unequal, unequal))
    return np.where(scale > 0, agreed / np.where(scale > 0, scale, 1), nan)
