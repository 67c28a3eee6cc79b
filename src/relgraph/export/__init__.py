"""Exports of a network: an HTML page, pyvis, CSV, JSON, GraphML and GEXF."""

from __future__ import annotations

from relgraph.export.document import html
from relgraph.export.picture import pyvis

__all__ = ["html", "pyvis"]
