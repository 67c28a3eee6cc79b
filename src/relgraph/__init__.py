"""relgraph: a graph database of defense relationships."""

__version__ = "0.1.0"
