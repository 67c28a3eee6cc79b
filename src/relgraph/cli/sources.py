"""Commands on sources: what gets in and out, what they say, which of their records may be one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

import relgraph
from relgraph.cli import arguments
from relgraph.cli.groups import Result, Where
from relgraph.cli.terminal import FOR_EYES, Output, progress, say, width

if TYPE_CHECKING:
    from relgraph.ingest.plan import Plan


def load(
    where: Where,
    result: Result,
    sources: arguments.SourceNames = None,
    data: arguments.Data = None,
    dry_run: arguments.DryRun = False,
) -> None:
    """Load sources, or all that are bundled.

    Only what changed is written, all of it or nothing: interrupted or failed, the graph is as it was.

    \b
    Example: relgraph load csis-hayashi-2020 --dry-run
    """
    with where.open(make=True) as graph, progress("loading") as bar:
        plan = graph.load(*sources or (), data=data, dry_run=dry_run, progress=bar)
    what = ", ".join(Path(name).resolve().name for name in sources or ()) or "the bundled sources"
    _write_plan(result, plan, f"{'Would load' if dry_run else 'Loaded'} {what}")


def unload(where: Where, result: Result, sources: arguments.LoadedNames) -> None:
    """Take away what only these sources claim.

    \b
    Example: relgraph unload csis-hayashi-2020
    """
    with where.open() as graph, progress("unloading") as bar:
        plan = graph.unload(*sources, progress=bar)
    _write_plan(result, plan, f"Unloaded {', '.join(sources)}")


def _write_plan(output: Output, plan: Plan, what: str) -> None:
    from relgraph.cli import views

    if plan or output.format not in FOR_EYES:
        output.rows(views.planned(plan, what))
    else:
        output.text(f"{what}: {plan}, nothing to change")


def check(result: Result, sources: arguments.SourceNames = None, data: arguments.Data = None) -> None:
    """Read, map and check sources without loading them.

    Every cell at fault is a row, with problem and remedy; a table and Markdown put those together that differ in their
    row alone. At the end, what became of all rows and cells. The exit code is 1 where there are errors. Needs no graph.

    \b
    Example: relgraph check csis-hayashi-2020
    """
    from relgraph.cli import checked
    from relgraph.query.formats import render

    with progress("checking"):
        found = relgraph.Graph.check(*sources or (), data=data)
    issues = [issue for claims in found for issue in claims.issues]
    if issues or result.path or result.format not in FOR_EYES:
        result.rows(checked.at_a_glance(issues) if result.format in FOR_EYES else checked.issues(issues))
    for claims in found:
        for table in checked.accounted(claims):
            say(f"{render(table, width=width())}\n")
        say(checked.summed_up(claims))
    if any(claims.issues.errors for claims in found):
        raise typer.Exit(1)


def new_source(name: arguments.NewName, files: arguments.From) -> None:
    """Draft a source.toml from the columns of a file.

    Each column is listed as unhandled, with examples of its values and a guess at country codes, dates, lists and
    flags. Needs no graph.

    \b
    Example: relgraph new-source my-list --from treaties.csv
    """
    path = relgraph.Graph.new_source(name, files)
    data = f"{files[0].parent}" if len({file.parent for file in files}) == 1 else "FOLDER"
    say(f"wrote {path}: edit it, and see `relgraph check {path.parent} --data {data}`")


def sources(
    where: Where, result: Result, source: arguments.SourceName = None, bibtex: arguments.BibTeX = False
) -> None:
    """List sources, bundled and loaded.

    With a name: all about that one, licence and citation too.

    \b
    Example: relgraph sources csis-hayashi-2020 --bibtex
    """
    with where.open(make=True) as graph:
        found = graph.bibtex(source) if bibtex else graph.sources(source)
    if isinstance(found, str):
        result.text(found)
    else:
        result.rows(found)


def reconcile(
    where: Where,
    result: Result,
    source: arguments.OneSource,
    other: arguments.OtherSource,
    top: arguments.Top = None,
    accept: arguments.Accept = None,
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
    with where.open(result) as graph, progress("comparing"):
        found = graph.reconcile(source, other, top=top)
    result.rows(found)
