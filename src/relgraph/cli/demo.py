"""Demo: every step that a new user takes, each a command of its own."""

from __future__ import annotations

from functools import partial

import relgraph
from relgraph.cli.groups import Where
from relgraph.cli.terminal import Output, progress, say

QUESTION = {"provider": "JPN", "domain": "ha-dr", "kind": "capacity-building"}


def demo(where: Where) -> None:
    """Load, ask, measure, and write brief.html.

    Loads the bundled sources, shows what the graph then holds, answers one question with its sources, measures
    the network of countries, and draws it. Each step names the command that does it alone.

    \b
    Example: relgraph demo --graph demo
    """
    from relgraph.cli import views

    output = Output()
    with where.open(make=True) as graph:
        with progress("loading") as bar:
            plan = graph.load(progress=bar)
        output.text(f"Loaded the bundled sources: {plan}")
        held, net = graph.status(), graph.network()
        step = partial(_step, where)
        step("status")
        output.rows(held.engine, held.things, held.ties, held.sources)
        step(f"query recipients_of {' '.join(f'-p {name}={value}' for name, value in QUESTION.items())}")
        output.rows(graph.answer("recipients_of", QUESTION))
    step("measure centrality --only degree --only betweenness --top 10")
    only = ["degree", "betweenness"]
    table = relgraph.measures.centrality(net, **views.narrowed("centrality", only))
    output.rows(views.measured("centrality", table, only=only, top=10))
    step("export brief.html")
    say(f"wrote {relgraph.export.html(net, 'brief.html')}: open it in a browser")


def _step(where: Where, command: str) -> None:
    print(f"\n$ relgraph {command}{where.said()}\n", flush=True)
