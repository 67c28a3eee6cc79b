"""Small sources, made where a test needs them: the declaration, the tables, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from relgraph.graph import Graph
from relgraph.ingest.claims import Claims
from relgraph.ingest.issues import Issue

HEAD = """
[source]
title = "{name}"
licence = "CC0-1.0"
redistributable = true
citation = "@misc{{{name}}}"
priority = {priority}
"""

AGREEMENTS = """
[[tables]]
file = "agreements.csv"

[[tables.things]]
label = "Agreement"
id = "{id}"
name = "{name}"
kind = "{kind}"
signed = "{signed}"
start = "{start}"
end = "{end}"
"""

PARTIES = """
[[tables]]
file = "parties.csv"
certainty = "{certainty}"
quote = "{quote}"

[[tables.ties]]
type = "PARTY_TO"
from = { label = "Actor", id = "{party}" }
to = { label = "Agreement", id = "{agreement}" }
role = "{role}"
"""

PACT = AGREEMENTS + PARTIES
"""A source with agreements and their parties."""

PACT_TABLES = {
    "agreements.csv": "id,name,kind,signed,start,end\npact,The Pact,treaty,1951-09-08,1952-04-28,..\n",
    "parties.csv": "agreement,party,role,certainty,quote\npact,JPN,signatory,stated,\npact,USA,,implied,\n",
}

Tables = Mapping[str, "str | bytes"]


def make_source(folder: Path, name: str, toml: str, tables: Tables | None = None, *, priority: int = 50) -> Path:
    """The folder of a source with this declaration (a [source] is put before one that has none) and these files."""
    head = "" if "[source]" in toml else HEAD.format(name=name, priority=priority)
    source = folder / name
    for file, content in {"source.toml": head + toml, **(tables or {})}.items():
        path = source / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return source


def pact(folder: Path, name: str = "pact-source", toml: str = PACT, **tables: str | bytes) -> Path:
    """The source PACT, with tables other than its own where they are given (`agreements="…"`)."""
    given = {f"{table}.csv": content for table, content in tables.items()}
    return make_source(folder, name, toml, {**PACT_TABLES, **given})


def read(source: Path, data: Path | None = None) -> Claims:
    """What the source says."""
    (claims,) = Graph.check(source, data=data)
    return claims


def problems(source: Path, data: Path | None = None) -> list[Issue]:
    """Its issues; warnings too."""
    return list(read(source, data).issues)


def sound(source: Path, data: Path | None = None) -> Claims:
    """What the source says, which is to have no issue at all."""
    claims = read(source, data)
    assert [issue.sentence() for issue in claims.issues] == []
    return claims


def where(issue: Issue) -> tuple[str, int | None, str | None, str | None]:
    """The place that an issue names, and what stands there."""
    return issue.file, issue.row, issue.column, issue.value
