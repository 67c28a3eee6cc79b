"""Measures as tidy tables: ids and names, the measures, their ranks, and under them what they stand for."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    import pandas as pd

UNKNOWN = "The policy of this network is not known."


def by_node(
    net: nx.Graph,
    nodes: Sequence[Hashable],
    measures: Mapping[str, Mapping[Hashable, float]],
    notes: Iterable[str] = (),
) -> pd.DataFrame:
    """One row a node: `id`, `name`, the measures, `<measure>_rank`; sorted by the first.

    Rank 1 has the largest value, equal values share the best rank (1, 2, 2, 4), and what cannot be computed
    has neither value nor rank.
    """
    import pandas as pd

    order = sorted(range(len(nodes)), key=lambda n: str(nodes[n]))
    columns = {name: column([values[node] for node in nodes]) for name, values in measures.items()}
    ranked = {f"{name}_rank": ranks(values) for name, values in columns.items()}
    if ranked:
        first = next(iter(ranked.values()))
        order.sort(key=lambda n: (isnan(first[n]), first[n]))
    named = {"id": list(nodes), "name": [name_of(net, node) for node in nodes]}
    table = pd.DataFrame({**named, **columns, **ranked}).take(order).reset_index(drop=True)
    table.attrs.update(provenance(net, notes))
    return table


def ranks(values: Sequence[float]) -> np.ndarray:
    """Competition ranks, the largest value first; values equal to ten digits are equal.

    >>> ranks([3.0, 5.0, 3.0, float("nan")]).tolist()
    [2.0, 1.0, 2.0, nan]
    """
    import numpy as np

    rounded = [-value if isinstance(value, int) else -float(f"{value:.10g}") for value in np.asarray(values).tolist()]
    known = ~np.isnan(np.array(rounded, dtype=float))
    _, place, counts = np.unique(np.array(rounded)[known], return_inverse=True, return_counts=True)
    found = 1 + np.cumsum(counts)[place] - counts[place]
    if known.all():
        return found.astype("int64")
    missing = np.full(len(known), np.nan)
    missing[known] = found
    return missing


def column(values: Sequence[float]) -> np.ndarray:
    """Whole numbers as such where all are."""
    import numpy as np

    return np.array(values, dtype="int64" if all(isinstance(value, int) for value in values) else "float64")


def name_of(net: nx.Graph, node: Hashable) -> str:
    """A node's name, or its id for one."""
    return str(net.nodes[node].get("name") or node)


def provenance(net: nx.Graph, notes: Iterable[str] = ()) -> dict[str, Any]:
    """What stands under a table: policy (a sentence), sources, ego, a warning or None, notes."""
    policy = net.graph.get("policy") or {}
    return {
        "policy": policy.get("text", UNKNOWN),
        "sources": dict(net.graph.get("sources") or {}),
        "ego": list(net.graph.get("ego") or ()),
        "warning": ego_warning(net),
        "notes": list(dict.fromkeys(notes)),
    }


def ego_warning(net: nx.Graph) -> str | None:
    """What to beware of where sources were gathered around someone; None where none was.

    >>> import networkx as nx
    >>> net = nx.Graph([("JPN", "USA")], ego=["JPN"], sources={"paper": {"ego": ["JPN"]}})
    >>> print(ego_warning(net))
    The source was gathered around JPN: ties of others among themselves are not covered,
    and every measure here favors JPN.
    """
    ego = list(net.graph.get("ego") or ())
    if not ego:
        return None
    sources = net.graph.get("sources") or {}
    gathered = sorted(id for id, about in sources.items() if about.get("ego"))
    names = " and ".join(name_of(net, actor) if actor in net else actor for actor in ego)
    if len(gathered) == len(sources):
        which = "The source was" if len(sources) < 2 else "The sources were"
    else:
        which = f"Of the sources, {' and '.join(gathered)} {'was' if len(gathered) == 1 else 'were'}"
    return (
        f"{which} gathered around {names}: ties of others among themselves are not covered, "
        f"and every measure here favors {names}."
    )
