"""Where the graph is and where relgraph's own files are."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from relgraph.errors import UsageError

URI_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
EMBEDDED_DATABASE = "relgraph"
NEO4J_DATABASE = "neo4j"


@dataclass(frozen=True)
class Settings:
    """One graph: a `folder` of the embedded engine, or the `uri` of a Neo4j server (never both).

    >>> resolve("neo4j://localhost:7687", environ={"NEO4J_PASSWORD": "s3cret"})
    Settings(folder=None, uri='neo4j://localhost:7687', username='neo4j', database='neo4j')
    """

    folder: Path | None = None
    uri: str | None = None
    username: str = NEO4J_DATABASE
    password: str = field(default="", repr=False)
    database: str = NEO4J_DATABASE


def is_uri(target: str) -> bool:
    """Whether the text names a server rather than a folder."""
    return target.partition("://")[0] in URI_SCHEMES and "://" in target


def resolve(target: str | Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """The graph that `target` names (a folder or a URI), else `NEO4J_URI`, `RELGRAPH_GRAPH`, the user's own folder.

    `NEO4J_USERNAME`, `NEO4J_PASSWORD` and `NEO4J_DATABASE` belong to whichever URI is used.
    """
    named = str(target) if target is not None else environ.get("NEO4J_URI") or environ.get("RELGRAPH_GRAPH") or None
    if named is None:
        return Settings(folder=_user_folder(), database=EMBEDDED_DATABASE)
    if not named.strip():  # a script's variable that is not set must not mean the user's own graph
        raise UsageError("the graph: its name is empty; give a folder or the address of a server")
    if is_uri(named):
        return Settings(
            uri=named,
            username=environ.get("NEO4J_USERNAME") or "neo4j",
            password=environ.get("NEO4J_PASSWORD", ""),
            database=environ.get("NEO4J_DATABASE") or NEO4J_DATABASE,
        )
    if "://" in named:
        raise UsageError(f"{named}: no such kind of address; give a folder, or one of {', '.join(URI_SCHEMES)}://…")
    return Settings(folder=Path(os.path.expanduser(named)).absolute(), database=EMBEDDED_DATABASE)


def _user_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("relgraph", appauthor=False)) / "graph"


def resources(name: str) -> Path:
    """The folder `ingest` or `cypher`: inside an installed relgraph, or at the top of a checkout."""
    packaged = Path(__file__).parent / "_resources" / name
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / name
