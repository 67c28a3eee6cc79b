"""How large the HTML page is and how soon it can be used, beside pyvis as it comes and neo4j-viz, in one run.

python -m benchmarks.page [--runs 3] [--slow] [--neo4j-viz PYTHON]

Chromium without a window, the network off, a new context for each opening; medians. Usable: from the start of the
navigation until the picture is drawn and the browser has had a turn to answer (`data-ready`; pyvis: the layout is
done; neo4j-viz: a canvas is there and two frames are drawn). Filter: the slowest of a kind, a year, a focus and back,
until the next frame. Busy: what of either the page's own thread computed; written: time of the processor; both change
less than the rest where a machine has other work. Requests: what the page asked of a network. neo4j-viz is GPL, and no
dependency: `--neo4j-viz` names a Python that has it. pyvis lays out while one waits, so above 50 nodes it is only
measured with `--slow`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import networkx
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from tests.export import networks
from tests.export.conftest import CHROMIUM

from relgraph import export
from relgraph.model.countries import load_countries

SIZES = (50, 500, 2_000, 5_000)
TIES = 4  # a node
PATIENCE = 300_000  # milliseconds
FILTER = """state => {
  const from = performance.now();
  relgraph.set(state);
  return new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now() - from))));
}"""
READY = {
    "relgraph": "() => document.documentElement.dataset.ready && +document.documentElement.dataset.ready",
    "pyvis": "() => typeof network !== 'undefined' && network?.physics.stabilized && performance.now()",
    "neo4j-viz": """() => document.querySelector('canvas') && new Promise(done =>
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(performance.now())))))""",
}
VIZ = """
import sys, networkx
from neo4j_viz import Node, Relationship, VisualizationGraph
net = networkx.gnm_random_graph(int(sys.argv[1]), int(sys.argv[1]) * int(sys.argv[2]), seed=1)
nodes = [Node(id=n, caption=str(n)) for n in net]
graph = VisualizationGraph(nodes=nodes, relationships=[Relationship(source=a, target=b) for a, b in net.edges])
open(sys.argv[3], "w", encoding="utf-8").write(graph.render(max_allowed_nodes=10_000).data)
"""


class Row(NamedTuple):
    """What was measured of one page; milliseconds, bytes."""

    what: str
    tool: str
    size: int
    write: float
    usable: float
    busy: float
    filter: float | None
    filter_busy: float | None
    requests: int

    def line(self) -> str:
        """This row of the table."""
        numbers = (self.size / 1000, *self[3:])
        return f"| {self.what} | {self.tool} | {' | '.join('–' if n is None else f'{n:,.0f}' for n in numbers)} |"


def plain(nodes: int) -> networkx.Graph:
    """A random graph of so many nodes and four times as many ties."""
    return networkx.gnm_random_graph(nodes, TIES * nodes, seed=1)


def world() -> networkx.Graph:
    """200 countries with 3,000 engagements."""
    ids = tuple(country.id for country in load_countries() if country.present)[:200]
    return networks.sample(3_000, ids)


def with_relgraph(net: networkx.Graph, path: Path) -> None:
    export.html(net, path)


def with_pyvis(net: networkx.Graph, path: Path) -> None:
    """As its own first example does it."""
    from pyvis.network import Network

    picture = Network(cdn_resources="in_line")
    picture.from_nx(net)
    path.write_text(picture.generate_html(), "utf-8")


class Opened(NamedTuple):
    """What one opening of a page took."""

    usable: float
    busy: float
    filter: float | None
    filter_busy: float | None
    requests: int


def opened(browser: Browser, tool: str, path: Path) -> Opened:
    """Open a page in a context of its own, and filter it where it can be."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 720})
    page, asked = context.new_page(), []
    page.on("request", lambda request: request.url.startswith("http") and asked.append(request.url))
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri(), wait_until="commit")
    usable = page.wait_for_function(READY[tool], timeout=PATIENCE).json_value()
    busy = computed(session)
    filters = list(filtered(page, session)) if tool == "relgraph" else [(None, None)]
    context.close()
    return Opened(usable, busy, *max(filters), len(asked))


def filtered(page: Page, session: CDPSession) -> Iterator[tuple[float, float]]:
    """What each of some filters takes, and what of that the page computed."""
    focus = page.evaluate("Object.keys(relgraph.positions())[0]")
    for state in ({"kinds": ["Exercise"]}, {"since": 2015}, {"focus": focus}, {}):
        before = computed(session)
        yield page.evaluate(FILTER, state), computed(session) - before


def computed(session: CDPSession) -> float:
    """Milliseconds that the page's own thread has computed."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(1000 * one["value"] for one in metrics if one["name"] == "TaskDuration")


def measured(browser: Browser, what: str, tool: str, write: Callable[[Path], Any], folder: Path, runs: int) -> Row:
    """A row: written and opened so many times."""
    path, writes, opens = folder / f"{tool}.html", [], []
    for _ in range(runs):
        started = sum(os.times()[:4])
        write(path)
        writes.append(1000 * (sum(os.times()[:4]) - started))
        opens.append(opened(browser, tool, path))
    middle = [None if None in taken else statistics.median(taken) for taken in zip(*opens, strict=True)]
    return Row(what, tool, path.stat().st_size, statistics.median(writes), *middle)


def rows(browser: Browser, folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    """Every row, relgraph first."""
    export.html(plain(10), folder / "warm.html")  # what is imported and computed once in a process
    nets = {"nothing": networkx.Graph(), "200 countries, 3,000 engagements": world()}
    nets |= {f"{n:,} nodes, {TIES * n:,} ties": plain(n) for n in SIZES}
    for what, net in nets.items():
        yield measured(browser, what, "relgraph", lambda path, net=net: with_relgraph(net, path), folder, options.runs)
    for n in SIZES[: 2 if options.slow else 1]:
        what, net = f"{n:,} nodes, {TIES * n:,} ties", plain(n)
        yield measured(browser, what, "pyvis", lambda path, net=net: with_pyvis(net, path), folder, 1 + (n < 100))
    for n in SIZES if options.neo4j_viz else ():
        command = [options.neo4j_viz, "-c", VIZ, str(n), str(TIES)]
        write = lambda path, command=command: subprocess.run([*command, str(path)], check=True)  # noqa: E731
        yield measured(browser, f"{n:,} nodes, {TIES * n:,} ties", "neo4j-viz", write, folder, options.runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--neo4j-viz", metavar="PYTHON")
    options = parser.parse_args()
    print(f"{date.today()}; kB, milliseconds\n")
    print("| page | tool | size | written | usable after | busy | filter | busy | requests |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for row in rows(browser, Path(folder), options):
            print(row.line(), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
