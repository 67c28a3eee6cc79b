"""How long a yearly panel of ten measures takes, beside a hand-written loop over pandas and networkx, in one run.

python -m benchmarks.panel [--runs 3] [--file alliance_v4.1_by_member.csv]

Both start from an alliance membership list (synthetic in the shape of COW's, or the file itself) for 1 July of each
year from 1816 to 2012; relgraph has loaded it before, and reads it from the embedded engine. The numbers are compared:
a difference ends the run. They take turns, so that a busy machine slows both; medians.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import Counter
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd

import relgraph
from benchmarks.alliances import HEADER, YEARS, write_list
from relgraph.model.countries import load_countries

MEASURES = ["degree", "strength", "betweenness", "closeness", "harmonic", "eigenvector", "pagerank", "constraint"]
MEASURES += ["effective_size", "core_number"]
DAYS = [f"{year}-07-01" for year in range(YEARS[0], YEARS[1] + 1)]


def by_hand(file: Path) -> pd.DataFrame:
    """The panel as one writes it without relgraph: who is in which alliance, pairs, networkx."""
    spells = pd.read_csv(file)
    for end, missing in (("mem_st", ""), ("mem_end", "2012-12-31")):
        parts = spells[[f"{end}_year", f"{end}_month", f"{end}_day"]].set_axis(["year", "month", "day"], axis=1)
        spells[end] = pd.to_datetime(parts, errors="coerce").fillna(pd.Timestamp(missing or None))
    resolve = load_countries().resolve
    spells["id"] = [
        resolve("cow", str(c), int(y)).country.id for c, y in zip(spells.ccode, spells.mem_st_year, strict=True)
    ]
    tables = []
    for day in DAYS:
        now = spells[(spells.mem_st <= day) & (spells.mem_end >= day)]
        weights: Counter[tuple[str, str]] = Counter()
        for _, members in now.groupby("version4id"):
            weights.update(combinations(sorted(set(members.id)), 2))
        net = nx.Graph()
        net.add_edges_from((a, b, _tie(weight)) for (a, b), weight in weights.items())
        tables.append(measured(net).assign(day=day))
    return pd.concat(tables)


def _tie(weight: int) -> dict[str, float]:
    """`whole` is 1/weight without rounding, which would call equally long paths unequal."""
    return {"weight": weight, "distance": 1 / weight, "whole": 27_720 // weight}  # a multiple of 1 to 12


def measured(net: nx.Graph) -> pd.DataFrame:
    """The ten measures, as networkx has them."""
    columns = {
        "degree": dict(net.degree()),
        "strength": dict(net.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(net, weight="whole"),
        "closeness": nx.closeness_centrality(net, distance="distance"),
        "harmonic": nx.harmonic_centrality(net, distance="distance"),
        "eigenvector": leading(net),
        "pagerank": nx.pagerank(net, tol=1e-12, max_iter=10_000),
        "constraint": nx.constraint(net, weight="weight"),
        "effective_size": effective_size(net),
        "core_number": nx.core_number(net),
    }
    return pd.DataFrame(columns).rename_axis("id").reset_index()


def effective_size(net: nx.Graph) -> dict[str, float]:
    """As networkx has it node by node; for all at once its version 3.6 divides by the greatest of the wrong side."""
    weights = nx.to_numpy_array(net)
    shares = weights / weights.sum(axis=1, keepdims=True)
    marginal = weights / weights.max(axis=1, keepdims=True)
    return dict(zip(net, ((weights > 0) * (1 - shares @ marginal.T)).sum(axis=1), strict=True))


def leading(net: nx.Graph) -> dict[str, float]:
    """The eigenvector of the largest eigenvalue; none where two are equal."""
    values, vectors = np.linalg.eigh(nx.to_numpy_array(net))
    if len(values) > 1 and np.isclose(values[-1], values[-2], rtol=1e-9):
        return dict.fromkeys(net, float("nan"))
    return dict(zip(net, np.abs(vectors[:, -1]), strict=True))


def compare(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    """Raises `AssertionError` where the two are not the same numbers."""
    keys = ["day", "id"]
    tables = [table.sort_values(keys).reset_index(drop=True)[keys + MEASURES] for table in (ours, theirs)]
    pd.testing.assert_frame_equal(*tables, check_dtype=False, rtol=1e-7, atol=1e-9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    seconds: dict[str, list[float]] = {"by hand": [], "relgraph": []}
    with tempfile.TemporaryDirectory() as scratch:
        folder = write_list(Path(scratch) / "alliances")
        if options.file:
            pd.read_csv(options.file, dtype=str)[list(HEADER)].to_csv(folder / "members.csv", index=False)
        with relgraph.open(Path(scratch) / "graph") as graph:
            graph.load(folder)
            for _ in range(options.runs):
                started = time.perf_counter()
                theirs = by_hand(folder / "members.csv")
                seconds["by hand"].append(time.perf_counter() - started)
                started = time.perf_counter()
                ours = graph.panel("centrality", DAYS, arguments={"measures": MEASURES})
                seconds["relgraph"].append(time.perf_counter() - started)
                compare(ours, theirs)
    base = statistics.median(seconds["by hand"])
    print(f"{len(DAYS)} years, {len(ours):,} rows of {len(MEASURES)} measures, equal in both\n")
    print("| | median, s | fastest, s | of the loop |\n|---|--:|--:|--:|")
    for name, taken in seconds.items():
        median = statistics.median(taken)
        print(f"| {name} | {median:.1f} | {min(taken):.1f} | {median / base:.0%} |")


if __name__ == "__main__":
    main()
