"""The command line: a thin door to the methods of `Graph`; the only module that talks to a person.

Exit codes: 0 done, 1 the data or the query is at fault, 2 wrong usage, 3 the engine cannot be reached, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import relgraph
from relgraph.errors import DataError, QueryError, RelgraphError, UsageError
from relgraph.terminal import Output, progress, say

if TYPE_CHECKING:
    from relgraph.graph import Graph
    from relgraph.ingest.plan import Plan
    from relgraph.query.results import Rows

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


class Format(StrEnum):
    """The forms that a result can take."""

    table, csv, json, jsonl, markdown = "table", "csv", "json", "jsonl", "markdown"


GraphOption = Annotated[str | None, typer.Option("--graph", metavar="DIR", help="Folder of an embedded graph.")]
UriOption = Annotated[str | None, typer.Option("--uri", metavar="URI", help="A Neo4j server (else NEO4J_URI).")]
TraceOption = Annotated[bool, typer.Option("--trace", help="Show every statement on stderr.")]
FormatOption = Annotated[Format | None, typer.Option("--format", help="How to write the result.")]
OutputOption = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.")]
DataOption = Annotated[Path | None, typer.Option("--data", metavar="PATH", help="File or folder of a source's data.")]
DayOption = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="On this day, such as 2020-06-30.")]
KindOption = Annotated[list[str] | None, typer.Option("--kind", help="Only this label or kind; may be repeated.")]
CountryOption = Annotated[list[str] | None, typer.Option("--country", help="Only this country; may be repeated.")]
DomainOption = Annotated[list[str] | None, typer.Option("--domain", help="Only this domain; may be repeated.")]
SourceOption = Annotated[list[str] | None, typer.Option("--source", help="Only this source; may be repeated.")]
CertaintyOption = Annotated[
    list[str] | None, typer.Option("--certainty", help="stated, implied, ambiguous; may be repeated.")
]
Sources = Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]…", help="Names, or folders with a source.toml.")]


@contextlib.contextmanager
def _open(folder: str | None, uri: str | None, trace: bool) -> Iterator[Graph]:
    """The graph that the options name; `--graph` goes before `--uri`, and both before the environment."""
    from relgraph.store.lean import import_lean

    import_lean()
    with relgraph.open(folder or uri, tracer=say if trace else None) as graph:
        yield graph


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback where something fails.")] = False,
) -> None:
    """A graph database of defense relationships: who is tied to whom, since when, and which source says so."""
    if version:
        print(f"relgraph {relgraph.__version__}")
        raise typer.Exit


@app.command()
def demo(graph: GraphOption = None, uri: UriOption = None, trace: TraceOption = False) -> None:
    """Load the bundled sources, answer one question, measure, and write brief.html.

    \b
    Example: relgraph demo --graph ./demo
    """
    from relgraph.query.results import Rows

    with _open(graph, uri, trace) as opened:
        with progress("loading") as bar:
            plan = opened.load(progress=bar)
        status, output = opened.status(), Output()
        counts = Rows(("thing", "count"), [list(row) for row in status.things.rows], title="The graph holds")
        net = opened.network()
        output.rows(
            _plan_rows(plan, "Loaded the bundled sources"),
            counts,
            opened.answer("recipients_of", {"provider": "JPN", "domain": "ha-dr", "kind": "capacity-building"}),
            _top(net, 10),
        )
    say(f"wrote {relgraph.export.html(net, 'brief.html')}: open it in a browser")


def _top(net: Any, most: int) -> Rows:
    """Degree and betweenness of the countries, the highest first."""
    table = relgraph.measures.centrality(net, measures=["degree", "betweenness"]).head(most)
    return _measure_rows(table, f"Degree and betweenness, the first {len(table)}")


def _measure_rows(table: Any, title: str) -> Rows:
    from relgraph.query.results import Rows

    notes = [table.attrs.get("policy"), table.attrs.get("warning"), *table.attrs.get("notes", ())]
    rows = [[None if value != value else value for value in row] for row in table.itertuples(index=False)]
    rows = [[round(value, 4) if isinstance(value, float) else value for value in row] for row in rows]
    return Rows(tuple(table.columns), rows, title=title, notes=tuple(note for note in notes if note))


@app.command()
def load(
    sources: Sources = None,
    data: DataOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only print the plan: +created ~changed -removed.")
    ] = False,
    graph: GraphOption = None,
    uri: UriOption = None,
    trace: TraceOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Load sources, or all that are bundled; only what changed is written, all of it or nothing.

    \b
    Example: relgraph load csis-hayashi-2020 --dry-run
    """
    with _open(graph, uri, trace) as opened, progress("loading") as bar:
        plan = opened.load(*sources or (), data=data, dry_run=dry_run, progress=bar)
    Output(form and form.value, output).rows(_plan_rows(plan, "Would change" if dry_run else "Loaded"))


@app.command()
def unload(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE…", help="Names of loaded sources.")],
    graph: GraphOption = None,
    uri: UriOption = None,
    trace: TraceOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Take away what only these sources claim.

    \b
    Example: relgraph unload csis-hayashi-2020
    """
    with _open(graph, uri, trace) as opened, progress("unloading") as bar:
        plan = opened.unload(*sources, progress=bar)
    Output(form and form.value, output).rows(_plan_rows(plan, "Unloaded"))


def _plan_rows(plan: Plan, what: str) -> Rows:
    from relgraph.query.results import Rows

    columns = ("record", "created", "changed", "removed")
    title = f"{what}: {plan}" if plan else f"{what}: nothing to change ({plan})"
    return Rows(columns, [list(row) for row in plan.counts()], title=title)


@app.command()
def check(
    sources: Sources = None, data: DataOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Read, map and check sources without loading them; every cell at fault is a row. Exit code 1 on errors.

    \b
    Example: relgraph check csis-hayashi-2020
    """
    from relgraph.ingest.issues import Issue, summary
    from relgraph.query.results import Rows

    checked = relgraph.Graph.check(*sources or (), data=data)
    issues = [issue for claims in checked for issue in claims.issues]
    for claims in checked:
        rows, skipped = (sum(getattr(c, n) for c in claims.counts.values()) for n in ("rows", "skipped"))
        read = f"{rows:,} rows read, {skipped:,} skipped by name"
        records = f"{len(claims.citations):,} things and {len(claims.ties):,} ties"
        say(f"{claims.source.id}: {read}; {records}; {summary(claims.issues)}")
    if issues or form:
        Output(form and form.value, output).rows(Rows(Issue._fields, [list(issue) for issue in issues], title="Issues"))
    if any(claims.issues.errors for claims in checked):
        raise typer.Exit(1)


@app.command()
def sources(
    source: Annotated[str | None, typer.Argument(help="One source, in full.")] = None,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="Only the citation, as BibTeX.")] = False,
    graph: GraphOption = None,
    uri: UriOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """List sources, bundled and loaded, with licence and citation.

    \b
    Example: relgraph sources csis-hayashi-2020 --bibtex
    """
    with _open(graph, uri, False) as opened:
        if bibtex:
            Output(form and form.value, output).text(opened.bibtex(source))
        else:
            Output(form and form.value, output).rows(opened.sources(source))


@app.command()
def status(
    graph: GraphOption = None,
    uri: UriOption = None,
    digest: Annotated[bool, typer.Option("--hash", help="Add a hash of all that the graph holds.")] = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show the engine, where it is, counts by label and type, and the loaded sources.

    \b
    Example: relgraph status --format json
    """
    with _open(graph, uri, False) as opened:
        found = opened.status(digest=digest)
    Output(form and form.value, output).thing(found.plain(), found.engine, found.things, found.ties, found.sources)


@app.command()
def query(
    cypher: Annotated[
        str | None, typer.Argument(metavar="[CYPHER|NAME]", help="A statement, or a named query.")
    ] = None,
    file: Annotated[Path | None, typer.Option("-f", "--file", metavar="FILE", help="Read the statement here.")] = None,
    parameters: Annotated[
        list[str] | None, typer.Option("-p", "--param", metavar="KEY=VALUE", help="A parameter.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Let the statement change the graph.")] = False,
    as_of: DayOption = None,
    kind: KindOption = None,
    country: CountryOption = None,
    domain: DomainOption = None,
    source: SourceOption = None,
    certainty: CertaintyOption = None,
    graph: GraphOption = None,
    uri: UriOption = None,
    trace: TraceOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Run Cypher, or a query of the library by its name; reading only, unless --write.

    \b
    Example: relgraph query parties_of -p agreement=vientiane-vision
             relgraph query 'MATCH (c:Country) RETURN c.id AS id ORDER BY id LIMIT 5'
    """
    text = _statement(cypher, file)
    common = {
        "as_of": as_of,
        "kind": kind,
        "country": country,
        "domain": domain,
        "source": source,
        "certainty": certainty,
    }
    given = {name: value if isinstance(value, str) else ",".join(value) for name, value in common.items() if value}
    named = _pairs(parameters or [])
    with _open(graph, uri, trace) as opened:
        if text.isidentifier():
            found = opened.answer(text, given | named)
        else:
            found = opened.rows(text, given | {name: _typed(value) for name, value in named.items()}, write=write)
    Output(form and form.value, output).rows(found)


def _statement(cypher: str | None, file: Path | None) -> str:
    if (cypher is None) == (file is None):
        raise UsageError("query: give a statement, the name of a query, or -f FILE (see `relgraph queries`)")
    if file is None:
        return str(cypher).strip()
    try:
        return file.read_text("utf-8").strip().rstrip(";")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read as text ({error}); name a file with one statement") from error


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs = dict(text.partition("=")[::2] for text in texts)
    for text in texts:
        if "=" not in text:
            raise UsageError(f"-p {text}: is no parameter; write it as KEY=VALUE")
    return pairs


def _typed(text: str) -> Any:
    """A parameter of a free statement: JSON where it is JSON, else text."""
    import json

    try:
        return json.loads(text)
    except ValueError:
        return text


@app.command()
def queries(
    name: Annotated[str | None, typer.Argument(help="One query, in full.")] = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """List the library of queries: what each answers, its parameters and columns.

    \b
    Example: relgraph queries agreements_between
    """
    from relgraph.query import catalogue

    library = relgraph.Graph.queries()
    if name is None:
        Output(form and form.value, output).rows(catalogue.queries(library))
    else:
        Output(form and form.value, output).text(catalogue.described(library.find(name)))


@app.command()
def show(
    name: Annotated[list[str], typer.Argument(metavar="ID|NAME", help="An id, a name or an alias.")],
    graph: GraphOption = None,
    uri: UriOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show one thing: its properties, and every claim about it with its source.

    \b
    Example: relgraph show Vientiane Vision
    """
    with _open(graph, uri, False) as opened:
        shown = opened.show(" ".join(name))
    Output(form and form.value, output).thing(shown.plain(), shown.facts(), shown.claims)


@app.command()
def ties(
    countries: Annotated[list[str], typer.Argument(metavar="COUNTRY COUNTRY…", help="Codes, names, org:asean, @FILE.")],
    as_of: DayOption = None,
    kind: KindOption = None,
    domain: DomainOption = None,
    source: SourceOption = None,
    certainty: CertaintyOption = None,
    graph: GraphOption = None,
    uri: UriOption = None,
    trace: TraceOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show what is between two or more countries, bilateral and multilateral, and what is none or not covered.

    \b
    Example: relgraph ties JPN PHL --as-of 2019-12-31
    """
    options = _options(as_of=as_of, kinds=kind, domains=domain, sources=source, certainty=certainty)
    with _open(graph, uri, trace) as opened:
        Output(form and form.value, output).rows(opened.ties(*countries, **options).rows())


@app.command()
def measure(
    name: Annotated[str, typer.Argument(help="Which measure: centrality.")],
    top: Annotated[int | None, typer.Option("--top", metavar="N", min=1, help="Only the first N rows.")] = None,
    mode: Annotated[str, typer.Option("--mode", help="country or two-mode.")] = "country",
    weight: Annotated[str, typer.Option("--weight", help="count, newman or binary.")] = "count",
    as_of: DayOption = None,
    kind: KindOption = None,
    country: CountryOption = None,
    domain: DomainOption = None,
    source: SourceOption = None,
    certainty: CertaintyOption = None,
    graph: GraphOption = None,
    uri: UriOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Compute a measure of the network, with the policy that it rests on.

    \b
    Example: relgraph measure centrality --kind Exercise --top 10
    """
    if name not in relgraph.measures.__all__:
        raise UsageError(f"{name}: is no measure; there is {', '.join(relgraph.measures.__all__)}")
    options = _options(as_of=as_of, kinds=kind, countries=country, domains=domain, sources=source, certainty=certainty)
    with _open(graph, uri, False) as opened:
        net = opened.network(mode=mode, weight=weight, **options)
    table = getattr(relgraph.measures, name)(net)
    rows = _measure_rows(table.head(top) if top else table, name)
    Output(form and form.value, output).rows(rows)


@app.command()
def export(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Its ending says the format.")],
    title: Annotated[str | None, typer.Option("--title", help="Title of the page.")] = None,
    marking: Annotated[str | None, typer.Option("--marking", help="Marking at top and bottom.")] = None,
    layout: Annotated[str | None, typer.Option("--layout", help="geographic, force or ego.")] = None,
    focus: Annotated[str | None, typer.Option("--focus", metavar="COUNTRY", help="Open on this country.")] = None,
    mode: Annotated[str, typer.Option("--mode", help="country or two-mode.")] = "country",
    as_of: DayOption = None,
    kind: KindOption = None,
    country: CountryOption = None,
    domain: DomainOption = None,
    source: SourceOption = None,
    certainty: CertaintyOption = None,
    graph: GraphOption = None,
    uri: UriOption = None,
    trace: TraceOption = False,
) -> None:
    """Write the network to a file: .html, .graphml, .gexf, .csv or .json.

    \b
    Example: relgraph export japan.html --focus JPN --kind Exercise
    """
    chosen = _options(as_of=as_of, kinds=kind, countries=country, domains=domain, sources=source, certainty=certainty)
    look = _options(title=title, marking=marking, layout=layout, focus=focus)
    with _open(graph, uri, trace) as opened:
        say(f"wrote {opened.export(path, look=look, mode=mode, **chosen)}")


@app.command()
def serve(
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="Bolt port (else a free one).")] = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    graph: GraphOption = None,
) -> None:
    """Keep the embedded graph up as a Bolt endpoint for other tools, until Ctrl-C.

    \b
    Example: relgraph serve --port 7687
    """
    from relgraph.settings import resolve
    from relgraph.store.serving import serve as serve_graph

    with serve_graph(resolve(graph), host=host, port=port) as served:
        for line in served.instructions():
            print(line, flush=True)
        served.wait()


def _options(**given: Any) -> dict[str, Any]:
    """The options that were given."""
    return {name: value for name, value in given.items() if value}


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    import click

    try:
        return app(arguments, prog_name="relgraph", standalone_mode=False) or 0
    except RelgraphError as error:
        return _failed(error, debug="--debug" in arguments)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        say("interrupted; the graph is as it was")
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _failed(error: RelgraphError, *, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, QueryError) and (pointer := error.pointer()):
        say(pointer)
    say(f"relgraph: {error}")
    if isinstance(error, DataError) and len(error.issues) > 1:
        from relgraph.ingest.issues import Issue
        from relgraph.query.formats import render
        from relgraph.query.results import Rows

        say(render(Rows(Issue._fields, [list(issue) for issue in error.issues[:20]]), width=Output().width))
    return error.exit_code


if __name__ == "__main__":
    main()
