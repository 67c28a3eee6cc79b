"""Commands on the network that the claims make: measures, and files."""

from __future__ import annotations

import typer

import relgraph
from relgraph.cli import arguments, texts
from relgraph.cli.groups import Drawn, Look, Result, Timed, Where
from relgraph.cli.terminal import FOR_EYES, progress, say, width
from relgraph.errors import UsageError


def measure(
    where: Where,
    network: Timed,
    result: Result,
    name: arguments.Measure,
    only: arguments.Only = None,
    top: arguments.Top = None,
    partition: arguments.Partition = None,
    by: arguments.Portfolio = None,
    years: arguments.Panel = None,
    stability: arguments.Stability = False,
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
    from relgraph.cli import views

    name = name.replace("-", "_")
    if name not in relgraph.measures.__all__:
        raise UsageError(f"{name}: is no measure; there are {', '.join(relgraph.measures.__all__)}")
    for option, value, owner in (("partition", partition, "brokerage"), ("by", by, "similarity")):
        if value and name != owner:
            raise UsageError(f"--{option} goes with {owner}, not with {name}; leave it out")
    if years and stability:
        raise UsageError("--years and --stability exclude each other; leave one out")
    policy, arguments = network.policy(), views.narrowed(name, only or []) | ({"by": by} if by else {})
    with where.open(result) as graph, progress("measuring"):
        if partition:
            arguments["partition"] = _partition(graph, partition, network)
        if stability:
            table = graph.stability(name, arguments=arguments, **policy)
        elif years:
            table = graph.panel(name, texts.year_ends(years), arguments=arguments, **policy)
        else:
            table = getattr(relgraph.measures, name)(graph.network(**policy), **arguments)
    shown = views.measured(name, table, only=only or [], top=top)
    if stability and result.format in FOR_EYES:
        result.rows(*views.bands(shown))
    else:
        result.rows(*(views.parted(shown, width()) if result.format == "table" else [shown]))


def _partition(graph: relgraph.Graph, text: str, network: Timed) -> str | list[str]:
    """The attribute of nodes that --partition names, or the ids of the countries."""
    if text in arguments.ATTRIBUTES:
        return text
    when = {name: network.policy().get(name) for name in ("as_of", "between", "sources")}
    return graph.countries(*texts.split(text), **when)


def export(
    where: Where,
    network: Drawn,
    look: Look,
    path: arguments.Target,
    query: arguments.DrawnQuery = None,
    parameters: arguments.Parameters = None,
    raw_cells: arguments.RawCells = False,
    show: arguments.Show = False,
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
    if raw_cells and path.suffix.lower() != ".csv":
        raise UsageError(f"--raw-cells is for CSV; leave it out, or end {path.name} in .csv")
    if parameters and not query:
        raise UsageError("-p goes with --query; name a query, or leave it out")
    with where.open() as graph, progress("drawing"):
        net = graph.drawn(query, texts.pairs(parameters or []), **drawing)
        written = relgraph.export.write(net, path, **chosen, **({"raw_cells": True} if raw_cells else {}))
    for notice in relgraph.export.notices(net):
        say(notice)
    say(f"wrote {' and '.join(map(str, relgraph.export.files(written)))}")
    if show and typer.launch(written.resolve().as_uri()):
        say(f"{written}: no program here opens it; copy it to where there is a browser")
