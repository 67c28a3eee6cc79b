"""How long the bands of ranks of 200 countries under 2,000 engagements take, beside measuring every network anew.

python -m benchmarks.stability [--countries 200] [--engagements 2000] [--sample 20] [MEASURE …]

Engagements have 2 to 15 parties, some of them doubtful, and dates of which some are only possible. Anew: the mean of a
sample of networks with one engagement left out, each measured with networkx, times how many there are; sources and
policies are not in it. Seconds.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

import networkx as nx

import relgraph
from benchmarks.synthetic import DECLARATION
from relgraph.model.countries import load_countries

SIZES = (2, 2, 2, 3, 4, 5, 8, 15)
ANEW = {
    "degree": lambda net: nx.degree_centrality(net),
    "strength": lambda net: dict(net.degree(weight="weight")),
    "betweenness": lambda net: nx.betweenness_centrality(net, weight="distance"),
    "closeness": lambda net: nx.closeness_centrality(net, distance="distance"),
    "eigenvector": lambda net: nx.eigenvector_centrality_numpy(net, weight="weight"),
    "pagerank": lambda net: nx.pagerank(net),
}


def write_source(folder: Path, countries: int, engagements: int) -> Path:
    """A source of so many exercises; returns its folder."""
    drawn = random.Random(1)
    ids = [country.id for country in load_countries() if country.present][:countries]
    things, ties = ["id,name,kind,start,note"], ["exercise,country,role,page,certainty"]
    for n in range(engagements):
        things.append(f"e-{n},Exercise {n},exercise,{drawn.choice(['2019-06-12', '2019-06', '2019', ''])},")
        for id in drawn.sample(ids, drawn.choice(SIZES)):
            ties.append(f"e-{n},{id},participant,p. {n},{drawn.choice(['stated'] * 8 + ['implied', 'ambiguous'])}")
    folder.mkdir(parents=True)
    (folder / "exercises.csv").write_text("\n".join(things), "utf-8")
    (folder / "participants.csv").write_text("\n".join(ties), "utf-8")
    (folder / "source.toml").write_text(DECLARATION + 'certainty = "{certainty}"\n', "utf-8")
    return folder


def anew(net: nx.Graph, measure: str, sample: int) -> float:
    """Seconds that measuring the network without each engagement would take, by some of them."""
    ids = list(net.graph["engagements"])
    started = time.perf_counter()
    for id in ids[:: max(len(ids) // sample, 1)][:sample]:
        rest = nx.Graph()
        for a, b, about in net.edges(data=True):
            weight = sum(one["id"] != id for one in about["engagements"])
            if weight:
                rest.add_edge(a, b, weight=weight, distance=1 / weight)
        ANEW[measure](rest)
    return (time.perf_counter() - started) / sample * len(ids)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measures", nargs="*", default=list(ANEW))
    parser.add_argument("--countries", type=int, default=200)
    parser.add_argument("--engagements", type=int, default=2_000)
    parser.add_argument("--sample", type=int, default=20)
    options = parser.parse_args()
    print(f"{options.countries} countries, {options.engagements:,} engagements\n")
    print("| measure | stability, s | every network anew, s |\n|---|--:|--:|")
    with tempfile.TemporaryDirectory() as scratch, relgraph.open(Path(scratch) / "graph") as graph:
        graph.load(write_source(Path(scratch) / "synthetic", options.countries, options.engagements))
        net = graph.network(as_of="2019-06-12")
        for measure in options.measures:
            started = time.perf_counter()
            graph.stability(measure, as_of="2019-06-12")
            taken = time.perf_counter() - started
            print(f"| {measure} | {taken:.1f} | {anew(net, measure, options.sample):.0f} |", flush=True)


if __name__ == "__main__":
    main()
