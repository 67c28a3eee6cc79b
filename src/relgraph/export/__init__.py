"""Exports of a network: an HTML page, pyvis, CSV, JSON, GraphML and GEXF."""

from __future__ import annotations

from relgraph.export.document import html
from relgraph.export.graphs import gexf, graphml
from relgraph.export.marking import notices
from relgraph.export.picture import pyvis
from relgraph.export.tables import csv, json

__all__ = ["csv", "gexf", "graphml", "html", "json", "notices", "pyvis"]
