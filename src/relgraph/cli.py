"""The command line: a thin door to the methods of `Graph`; the only module that talks to a person.

Exit codes: 0 done, 1 the data or the query is at fault, 2 wrong usage, 3 the engine cannot be reached, 130 interrupted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import relgraph
from relgraph import options
from relgraph.errors import DataError, QueryError, RelgraphError, UsageError
from relgraph.options import Claimed, Claims, Drawn, Look, Result, Selected, Selection, Timed, Tying, Where, grouped
from relgraph.terminal import FOR_EYES, Output, progress, say, width

if TYPE_CHECKING:
    from relgraph.ingest.plan import Plan

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
DEMO = {"provider": "JPN", "domain": "ha-dr", "kind": "capacity-building"}


def _version(wanted: bool) -> None:
    if wanted:
        print(f"relgraph {relgraph.__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", help="Show the version and end.", is_eager=True, callback=_version)]
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback where something fails.")]


@app.callback()
def _root(version: Version = False, debug: Debug = False) -> None:
    """A graph database of defense relationships: who is tied to whom, since when, and which source says so.

    \b
    Example: relgraph demo
             relgraph query --help
    """


@app.command()
@grouped
def demo(where: Where) -> None:
    """Load, ask, measure, and write brief.html.

    Loads the bundled sources, shows what the graph then holds, answers one question with its sources, measures
    the network of countries, and draws it. Each step names the command that does it alone.

    \b
    Example: relgraph demo --graph demo
    """
    from relgraph import views

    output = Output()
    with where.open() as graph:
        with progress("loading") as bar:
            plan = graph.load(progress=bar)
        output.text(f"Loaded the bundled sources: {plan}")
        held, net = graph.status(), graph.network()
        _step("status")
        output.rows(held.engine, held.things, held.ties, held.sources)
        _step(f"query recipients_of {' '.join(f'-p {name}={value}' for name, value in DEMO.items())}")
        output.rows(graph.answer("recipients_of", DEMO))
    _step("measure centrality --only degree --only betweenness --top 10")
    only = ["degree", "betweenness"]
    table = relgraph.measures.centrality(net, **views.narrowed("centrality", only))
    output.rows(views.measured("centrality", table, only=only, top=10))
    _step("export brief.html")
    say(f"wrote {relgraph.export.html(net, 'brief.html')}: open it in a browser")


def _step(command: str) -> None:
    print(f"\n$ relgraph {command}\n", flush=True)


@app.command()
@grouped
def load(
    where: Where,
    result: Result,
    sources: options.SourceNames = None,
    data: options.Data = None,
    dry_run: options.DryRun = False,
) -> None:
    """Load sources, or all that are bundled.

    Only what changed is written, all of it or nothing: interrupted or failed, the graph is as it was.

    \b
    Example: relgraph load csis-hayashi-2020 --dry-run
    """
    with where.open() as graph, progress("loading") as bar:
        plan = graph.load(*sources or (), data=data, dry_run=dry_run, progress=bar)
    what = ", ".join(Path(name).resolve().name for name in sources or ()) or "the bundled sources"
    _write_plan(result, plan, f"{'Would load' if dry_run else 'Loaded'} {what}")


@app.command()
@grouped
def unload(where: Where, result: Result, sources: options.LoadedNames) -> None:
    """Take away what only these sources claim.

    \b
    Example: relgraph unload csis-hayashi-2020
    """
    with where.open() as graph, progress("unloading") as bar:
        plan = graph.unload(*sources, progress=bar)
    _write_plan(result, plan, f"Unloaded {', '.join(sources)}")


def _write_plan(output: Output, plan: Plan, what: str) -> None:
    from relgraph import views

    if plan or output.format not in FOR_EYES:
        output.rows(views.planned(plan, what))
    else:
        output.text(f"{what}: {plan}, nothing to change")


@app.command()
@grouped
def check(result: Result, sources: options.SourceNames = None, data: options.Data = None) -> None:
    """Read, map and check sources without loading them.

    Every cell at fault is a row, with problem and remedy; at the end, what became of all rows and cells. The exit
    code is 1 where there are errors. Needs no graph.

    \b
    Example: relgraph check csis-hayashi-2020
    """
    from relgraph import views
    from relgraph.query.formats import render

    with progress("checking"):
        checked = relgraph.Graph.check(*sources or (), data=data)
    issues = [issue for claims in checked for issue in claims.issues]
    if issues or result.path or result.format not in FOR_EYES:
        result.rows(views.issues(issues))
    for claims in checked:
        for table in views.accounted(claims):
            say(f"{render(table, width=width())}\n")
        say(views.summed_up(claims))
    if any(claims.issues.errors for claims in checked):
        raise typer.Exit(1)


@app.command("new-source")
@grouped
def new_source(name: options.NewName, files: options.From) -> None:
    """Draft a source.toml from the columns of a file.

    Each column is listed as unhandled, with examples of its values and a guess at country codes, dates, lists and
    flags. Needs no graph.

    \b
    Example: relgraph new-source my-list --from treaties.csv
    """
    path = relgraph.Graph.new_source(name, files)
    data = f"{files[0].parent}" if len({file.parent for file in files}) == 1 else "FOLDER"
    say(f"wrote {path}: edit it, and see `relgraph check {path.parent} --data {data}`")


@app.command()
@grouped
def sources(where: Where, result: Result, source: options.SourceName = None, bibtex: options.BibTeX = False) -> None:
    """List sources, bundled and loaded.

    With a name: all about that one, licence and citation too.

    \b
    Example: relgraph sources csis-hayashi-2020 --bibtex
    """
    with where.open() as graph:
        found = graph.bibtex(source) if bibtex else graph.sources(source)
    if isinstance(found, str):
        result.text(found)
    else:
        result.rows(found)


@app.command()
@grouped
def reconcile(
    where: Where,
    result: Result,
    source: options.OneSource,
    other: options.OtherSource,
    top: options.Top = None,
    accept: options.Accept = None,
) -> None:
    """Show records of two sources that may be one.

    A ranked table of pairs with parties, dates and titles of both. Nothing is merged by guess: write yes under
    accepted in it, and `--accept pairs.csv` adds those pairs alone to the crosswalk of the first source, or to the
    file of -o: a crosswalk.csv beside the data that you bring counts, too. Then load that source again.

    \b
    Example: relgraph reconcile dcad atop -o pairs.csv
    """
    if accept:
        path, added = relgraph.Graph.accept(source, accept, result.path)
        say(f"wrote {path}: {added:,} new rows; load {source} again")
        return
    with where.open() as graph, progress("comparing"):
        found = graph.reconcile(source, other, top=top)
    result.rows(found)


@app.command()
@grouped
def status(where: Where, result: Result, digest: options.Digest = False) -> None:
    """Show the engine and what the graph holds.

    Which engine, where it is, counts by label and type of tie, and the loaded sources with their dates.

    \b
    Example: relgraph status --format json
    """
    with where.open() as graph, progress("counting"):
        found = graph.status(digest=digest)
    result.thing(found.plain(), found.engine, found.things, found.ties, found.sources)


@app.command()
@grouped
def query(
    where: Where,
    selection: Selection,
    result: Result,
    cypher: options.Cypher = None,
    file: options.File = None,
    parameters: options.Parameters = None,
    write: options.Write = False,
) -> None:
    """Run Cypher, or a named query.

    It only reads, unless --write is given. `relgraph queries` lists what has a name. --as-of, --country and the
    like are parameters, too: `--as-of 2020-06-30` is `-p as_of=2020-06-30`.

    \b
    Example: relgraph query parties_of -p agreement=vientiane-vision
             relgraph query 'MATCH (c:Country) RETURN count(c) AS countries'
    """
    text, common, own = options.statement(cypher, file), selection.parameters(), options.pairs(parameters or [])
    with where.open() as graph, progress("asking"):
        if text.isidentifier() and file is None:
            found = graph.answer(text, common | own)
        else:
            found = graph.rows(text, options.filled(text, common, own), write=write)
    result.rows(found)


@app.command()
@grouped
def queries(result: Result, name: options.QueryName = None) -> None:
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


@app.command()
@grouped
def show(where: Where, result: Result, name: options.ThingName) -> None:
    """Show one thing and every claim about it.

    \b
    Example: relgraph show malabar
    """
    with where.open() as graph:
        shown = graph.show(" ".join(name))
    result.thing(shown.plain(), shown.facts(), shown.claims)


@app.command()
@grouped
def ties(where: Where, claims: Claims, result: Result, countries: options.Countries) -> None:
    """Show what is between two or more countries.

    Engagements, bilateral and multilateral; organizations and frameworks that they share; and what two of them
    lack together: none, or not covered.

    \b
    Example: relgraph ties JPN PHL --as-of 2019-12-31
    """
    from relgraph import views

    with where.open() as graph, progress("reading"):
        found = graph.ties(*countries, **claims.policy())
    result.rows(*(views.sections(found) if result.format in FOR_EYES else [found.rows()]))


@app.command()
@grouped
def matrix(
    where: Where,
    claims: Claims,
    result: Result,
    countries: options.Countries,
    by: options.Sort = "kind",
    years: options.SomeYears = None,
) -> None:
    """Show who of these countries has what with whom.

    For each two of them and each kind of engagement, domain or year: yes, signed, possibly, none or not covered.

    \b
    Example: relgraph matrix JPN PHL AUS --as-of 2019-12-31
             relgraph matrix JPN PHL --by year --years 2015-2019
    """
    from relgraph import views

    period, policy = options.years(years) if years else None, claims.policy()
    with where.open() as graph, progress("reading"):
        found = graph.matrix(*countries, by=by, years=period, **policy)
        places = _places(graph, claims, views.evidence(found), list(found.names))
    eyes = result.format in FOR_EYES
    result.rows(*(views.matrix(found, policy, places, width()) if eyes else [views.pairs(found, policy)]))


def _places(
    graph: relgraph.Graph, claims: Claimed, engagements: list[str], actors: list[str] | None = None
) -> dict[str, list[str]]:
    """Where sources speak of these engagements, by their ids."""
    if not engagements:
        return {}
    asked = {"engagements": engagements, "actors": actors, "certainty": claims.certainty, "sources": claims.source}
    return {row["id"]: row["sources"] for row in graph.answer("places_of", asked)}


@app.command()
@grouped
def diff(where: Where, selection: Selected, result: Result, first: options.FirstDay, last: options.LastDay) -> None:
    """Show what began and ended between two days.

    What began after the first day and by the last, what ended from the first on and before the last, and what may
    have. With --country: of which one of these is a party.

    \b
    Example: relgraph diff 2015-12-31 2020-06-30 --kind Exercise
    """
    from relgraph import views

    policy = selection.policy()
    with where.open() as graph, progress("reading"):
        found = graph.diff(first, last, **policy)
        found = views.sourced(found, _places(graph, selection, views.unsourced(found)))
    eyes = result.format in FOR_EYES
    result.rows(*(views.changes(found, policy) if eyes else [views.changed(found, policy)]))


@app.command()
@grouped
def dyads(
    where: Where,
    tying: Tying,
    result: Result,
    years: options.Years,
    by: options.Count = "kind",
    code: options.Codes = None,
    directed: options.Directed = False,
) -> None:
    """Give a row for each pair of states and year.

    How many engagements of each kind they surely had in the year, for regression: 0 where a source covers it
    completely, nothing where none does. A table shows only the pairs that had any; -o FILE.csv takes all, with
    COW and Gleditsch-Ward codes.

    \b
    Example: relgraph dyads --years 2018-2019 --kind Exercise
    """
    from relgraph import views

    period, policy = options.years(years), tying.policy()
    with where.open() as graph, progress("counting"):
        table = graph.dyads(period, code or ("cow", "gw"), by=by, directed=directed, **policy)
    result.rows((views.had if result.format in FOR_EYES else views.framed)(table, policy))


@app.command()
@grouped
def conflicts(where: Where, selection: Selected, result: Result) -> None:
    """Show where sources disagree.

    Things on which two sources say different things: dates, kind, parties, name. Dates differ where no day fits
    both.

    \b
    Example: relgraph conflicts
    """
    with where.open() as graph, progress("comparing"):
        found = graph.conflicts(**selection.policy())
    result.rows(found)


@app.command()
@grouped
def measure(
    where: Where,
    network: Timed,
    result: Result,
    name: options.Measure,
    only: options.Only = None,
    top: options.Top = None,
    partition: options.Partition = None,
    by: options.Portfolio = None,
    years: options.Panel = None,
    stability: options.Stability = False,
) -> None:
    """Compute a measure of the network.

    Under the table stands the policy that the network rests on. With --only, rows come in the order of the first
    column named; with --years, of each year by itself; with --stability, ranks with how far each moves when one
    engagement or source is left out, or another policy is chosen.

    \b
    Example: relgraph measure centrality --only betweenness --top 10
             relgraph measure hub-and-spoke --kind Exercise --years 2015-2019
             relgraph measure centrality --only strength --stability
    """
    from relgraph import views

    name = name.replace("-", "_")
    if name not in relgraph.measures.__all__:
        raise UsageError(f"{name}: is no measure; there are {', '.join(relgraph.measures.__all__)}")
    for option, value, owner in (("partition", partition, "brokerage"), ("by", by, "similarity")):
        if value and name != owner:
            raise UsageError(f"--{option} goes with {owner}, not with {name}; leave it out")
    if years and stability:
        raise UsageError("--years and --stability exclude each other; leave one out")
    policy, arguments = network.policy(), views.narrowed(name, only or []) | ({"by": by} if by else {})
    with where.open() as graph, progress("measuring"):
        if partition:
            arguments["partition"] = _partition(graph, partition, network)
        if stability:
            table = graph.stability(name, arguments=arguments, **policy)
        elif years:
            table = graph.panel(name, options.year_ends(years), arguments=arguments, **policy)
        else:
            table = getattr(relgraph.measures, name)(graph.network(**policy), **arguments)
    shown = views.measured(name, table, only=only or [], top=top)
    if stability and result.format in FOR_EYES:
        result.rows(*views.bands(shown))
    else:
        result.rows(*(views.parted(shown, width()) if result.format == "table" else [shown]))


def _partition(graph: relgraph.Graph, text: str, network: Timed) -> str | list[str]:
    """The attribute of nodes that --partition names, or the ids of the countries."""
    if text in options.ATTRIBUTES:
        return text
    when = {name: network.policy().get(name) for name in ("as_of", "between", "sources")}
    return graph.countries(*options.split(text), **when)


@app.command()
@grouped
def export(
    where: Where,
    network: Drawn,
    look: Look,
    path: options.Target,
    query: options.DrawnQuery = None,
    parameters: options.Parameters = None,
    show: options.Show = False,
) -> None:
    """Write the network to a file.

    .html is one interactive page that opens without a network; .graphml, .gexf, .csv and .json are for other
    tools. What --kind, --country, --since and the like leave out is not in the file; --focus and --compare say
    what a page opens on.

    \b
    Example: relgraph export japan.html --focus JPN --kind Exercise --since 2015
             relgraph export drills.html --query exercises_of -p country=JPN
    """
    chosen, drawing = look.of(path), network.drawing(path)
    if look.compare and network.timed:
        raise UsageError("--compare tells two days apart; leave --as-of, --since and --until out")
    if parameters and not query:
        raise UsageError("-p goes with --query; name a query, or leave it out")
    with where.open() as graph, progress("drawing"):
        net = graph.drawn(query, options.pairs(parameters or []), **drawing)
        written = relgraph.export.write(net, path, **chosen)
    for notice in relgraph.export.notices(net):
        say(notice)
    say(f"wrote {' and '.join(map(str, relgraph.export.files(written)))}")
    if show and typer.launch(written.resolve().as_uri()):
        say(f"{written}: no program here opens it; copy it to where there is a browser")


@app.command()
@grouped
def serve(port: options.Port = None, host: options.Host = "127.0.0.1", graph: options.Folder = None) -> None:
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


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # whatever the locale of a pipe
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    """Run one command; returns its exit code."""
    debug = "--debug" in arguments
    given = [argument for argument in arguments if argument != "--debug"]  # it may stand anywhere
    try:
        code = app(given, prog_name="relgraph", standalone_mode=False) or 0
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    except Exception as error:  # noqa: BLE001  # the last to see it: a person is told in a sentence
        return _failed(error, debug)
    if code == 130:
        say("relgraph: interrupted; the graph is as it was")
    return code


def _failed(error: Exception, debug: bool) -> int:
    """Tell a person what went wrong; returns the exit code."""
    if debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, RelgraphError):
        return _at_fault(error)
    if hasattr(error, "format_message"):  # typer's own, whose class has no public name
        return _misused(error)
    say(f"relgraph: {type(error).__name__}: {error}; this is a fault of relgraph: please report it with --debug")
    return 1


def _at_fault(error: RelgraphError) -> int:
    if isinstance(error, QueryError) and (pointer := error.pointer()):
        say(pointer)
    say(f"relgraph: {error}")
    if isinstance(error, DataError) and len(error.issues) > 1:
        from relgraph import views
        from relgraph.query.formats import render

        say(render(views.issues(error.issues[:20]), width=width()))
    return error.exit_code


def _misused(error: Any) -> int:
    """Wrong usage in one sentence; without any command, the help."""
    context = getattr(error, "ctx", None)
    message = error.format_message().rstrip(".").replace("Value error, ", "")
    if message.startswith("Usage:"):
        say(message)
    else:
        command = context.command_path if context else "relgraph"
        say(f"relgraph: {message}{'' if message.endswith('?') else ';'} see `{command} --help`")
    return error.exit_code


if __name__ == "__main__":
    main()
