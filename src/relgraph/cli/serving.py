"""Serve: the embedded graph as an endpoint for other tools."""

from __future__ import annotations

from relgraph.cli import arguments


def serve(port: arguments.Port = None, host: arguments.Host = "127.0.0.1", graph: arguments.Folder = None) -> None:
    """Keep the embedded graph up for other tools.

    It is a Bolt endpoint until Ctrl-C: Neo4j's drivers and tools can read it.

    \b
    Example: relgraph serve --port 7687
    """
    from relgraph.settings import resolve
    from relgraph.store.serving import serve as serve_graph

    with serve_graph(resolve(graph), host=host, port=port) as served:
        for line in served.instructions():
            print(line, flush=True)
        served.wait()
