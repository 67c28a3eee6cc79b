"""Brokerage: who stands between whom, by the groups that the three belong to."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING

from relgraph.analysis.measures.prepared import one_mode
from relgraph.analysis.measures.tables import by_node
from relgraph.analysis.system import regions
from relgraph.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")
Partition = Mapping[Hashable, Hashable] | Iterable[Hashable] | str


def brokerage(net: nx.Graph, partition: Partition | None = None) -> pd.DataFrame:
    """How often a country is the middle of an open path of two ties, by role; one row each, with ranks.

    Of a path a to b to c, where a has no tie to c, b is
    coordinator if all three are of one group; consultant if a and c are of one and b of another; gatekeeper if b
    and c are of one and a of another; representative if a and b are of one and c of another; liaison if all are
    of different groups (Gould & Fernandez 1989, Sociological Methodology 19, 89-126). brokerage: the sum.

    Each tie of an undirected network is taken both ways, so every open path counts twice. `partition` is a group
    for each node, the name of a node's attribute, or the members of one group, the others being the second, such as
    `graph.countries("org:asean", as_of="2019-06-30")`. Where nodes have no attribute `region`, that is the region by
    which the lists of states number them, and organizations are a group of their own. A node without a group and a
    two-mode network are a `UsageError`. How strong ties are does not matter.

    >>> import networkx as nx
    >>> net = nx.Graph([("USA", "JPN"), ("USA", "KOR")])
    >>> brokerage(net, ["JPN", "KOR"])[["id", "consultant", "brokerage"]].values.tolist()[0]
    ['USA', 2, 2]
    """
    ready = one_mode(net, "brokerage")
    group = _group(ready.given, partition)
    directed = ready.simple.to_directed()
    counts = {role: dict.fromkeys(ready.nodes, 0) for role in ROLES}
    for broker in directed:
        for start in directed.predecessors(broker):
            for end in directed.successors(broker):
                if start != end and not directed.has_edge(start, end):
                    counts[_role(group[start], group[broker], group[end])][broker] += 1
    total = {node: sum(counts[role][node] for role in ROLES) for node in ready.nodes}
    return by_node(net, ready.nodes, {"brokerage": total, **counts}, ready.notes)


def _role(start: Hashable, broker: Hashable, end: Hashable) -> str:
    if start == end:
        return "coordinator" if broker == start else "consultant"
    if broker == end:
        return "gatekeeper"
    return "representative" if broker == start else "liaison"


def _group(net: nx.Graph, partition: Partition | None) -> Mapping[Hashable, Hashable]:
    if partition is None:
        raise UsageError("brokerage needs a partition: a group for each country, or the members of one group")
    if isinstance(partition, str) and partition.casefold().startswith("org:"):
        raise UsageError(
            f"partition={partition!r}: a network does not know members; give graph.countries({partition!r})"
        )
    if isinstance(partition, str):
        found = {node: group for node, group in net.nodes(data=partition) if group is not None}
        found = found or (_regions(net) if partition == "region" else {})
    elif isinstance(partition, Mapping):
        found = dict(partition)
    else:
        members = set(partition)
        return {node: node in members for node in net}
    without = sorted(str(node) for node in net if node not in found)
    if without:
        raise UsageError(f"partition: {', '.join(without[:5])} ({len(without)}) has no group; give every node one")
    return found


def _regions(net: nx.Graph) -> dict[Hashable, str]:
    organizations = {node: "organizations" for node, label in net.nodes(data="label") if label == "Organization"}
    return organizations | regions(node for node in net if node not in organizations)
