"""Measures: each takes a network and gives a tidy table, with the policy under it in `attrs`."""

from __future__ import annotations

from relgraph.analysis.measures.centrality import centrality

__all__ = ["centrality"]
