"""Commands that ask the graph: what it holds, and what its sources say."""

from __future__ import annotations

import relgraph
from relgraph.cli import arguments, texts
from relgraph.cli.groups import Result, Selected, Selection, Where
from relgraph.cli.terminal import progress


def status(where: Where, result: Result, digest: arguments.Digest = False) -> None:
    """Show the engine and what the graph holds.

    Which engine, where it is, counts by label and type of tie, and the loaded sources with their dates.

    \b
    Example: relgraph status --format json
    """
    with where.open() as graph, progress("counting"):
        found = graph.status(digest=digest)
    result.thing(found.plain(), found.engine, found.things, found.ties, found.sources)


def query(
    where: Where,
    selection: Selection,
    result: Result,
    cypher: arguments.Cypher = None,
    file: arguments.File = None,
    parameters: arguments.Parameters = None,
    write: arguments.Write = False,
) -> None:
    """Run Cypher, or a named query.

    It only reads, unless --write is given. `relgraph queries` lists what has a name. --as-of, --country and the
    like are parameters, too: `--as-of 2020-06-30` is `-p as_of=2020-06-30`.

    \b
    Example: relgraph query parties_of -p agreement=vientiane-vision
             relgraph query 'MATCH (c:Country) RETURN count(c) AS countries'
    """
    text, common, own = texts.statement(cypher, file), selection.parameters(), texts.pairs(parameters or [])
    with where.open(result, make=write) as graph, progress("asking"):
        if text.isidentifier() and file is None:
            found = graph.answer(text, common | own)
        else:
            found = graph.rows(text, texts.filled(text, common, own), write=write)
    result.rows(found)


def queries(result: Result, name: arguments.QueryName = None) -> None:
    """List the library of queries.

    What each answers, and its parameters; with a name, its columns and its Cypher too. Needs no graph.

    \b
    Example: relgraph queries agreements_between
    """
    from relgraph.query import catalogue

    library = relgraph.Graph.queries()
    if name is None:
        result.rows(catalogue.queries(library))
    else:
        result.text(catalogue.described(library.find(name)))


def show(where: Where, result: Result, name: arguments.ThingName) -> None:
    """Show one thing and every claim about it.

    \b
    Example: relgraph show malabar
    """
    with where.open(result) as graph:
        shown = graph.show(" ".join(name))
    result.thing(shown.plain(), shown.facts(), shown.claims)


def conflicts(where: Where, selection: Selected, result: Result) -> None:
    """Show where sources disagree.

    Things on which two sources say different things: dates, kind, parties, name. Dates differ where no day fits
    both.

    \b
    Example: relgraph conflicts
    """
    with where.open(result) as graph, progress("comparing"):
        found = graph.conflicts(**selection.policy())
    result.rows(found)
