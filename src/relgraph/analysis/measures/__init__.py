"""Measures: each takes a network and gives a tidy table, with the policy under it in `attrs`."""

from __future__ import annotations

from relgraph.analysis.measures.brokerage import brokerage
from relgraph.analysis.measures.centrality import centrality
from relgraph.analysis.measures.core_periphery import core_periphery
from relgraph.analysis.measures.groups import groups
from relgraph.analysis.measures.hub_and_spoke import hub_and_spoke
from relgraph.analysis.measures.similarity import similarity

__all__ = ["brokerage", "centrality", "core_periphery", "groups", "hub_and_spoke", "similarity"]
