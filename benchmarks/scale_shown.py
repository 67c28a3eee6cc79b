"""What `benchmarks.scale` measured, as tables in Markdown and as a plot."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

Found = dict[str, list[dict[str, Any]]]  # engine -> results, by size
SECONDS = {
    "load": "load",
    "again": "load again, nothing changed",
    "changed": "load again, one row changed",
    "point": "one thing by its id",
    "pair": "all between two countries",
    "network": "network of all",
    "centrality": "its centrality",
    "export": "its export as GraphML",
}
TAKEN = {"process, MB": "process, MB", "server, MB": "server, MB", "disk, MB": "disk, MB"}
COLUMNS = {**{f"{name}, busy": shown for name, shown in SECONDS.items()}, **TAKEN}
ABOUT = """# How relgraph grows

Made by `python -m benchmarks.scale`, whose text says what each column is; what it means stands in
[reliability.md](reliability.md#how-it-grows). The load average says how many processes wanted the two cores meanwhile,
and stretched the clock.

![Each measure by ties, on each engine](scale.svg)"""
GROWN_FROM = 10_000  # ties; below, what every size costs alike hides how much each costs
COLOURS = {"embedded": "#1f6f8b", "neo4j-5": "#c06014", "neo4j-2026": "#7a5195"}


def show(results: Iterable[dict[str, Any]], folder: Path) -> None:
    """Write `scale.md` and `scale.svg`: of the results for an engine and a size, the last."""
    last = {(result["engine"], result["wanted"]): result for result in results}
    names = [name for name in COLOURS if any(engine == name for engine, _ in last)]
    found = {name: [last[key] for key in sorted(last) if key[0] == name] for name in names}
    text = "\n\n".join([ABOUT, *map(table, found.values()), grown(found)])
    (folder / "scale.md").write_text(text + "\n", "utf-8")
    plot(found, folder / "scale.svg")


def table(results: Sequence[dict[str, Any]]) -> str:
    """One engine: a row a size."""
    heap = "" if results[0]["engine"] == "embedded" else f", heap {results[0]['heap']}"
    heads = ["ties", "load, by the clock", *SECONDS.values(), *TAKEN.values(), "load average"]
    rows = [[f"{result.get('ties', result['wanted']):,}", *_cells(result)] for result in results]
    return f"**{results[0]['engine']}{heap}**, seconds on the processors\n\n{_markdown(heads, rows)}"


def _cells(result: dict[str, Any]) -> list[str]:
    seconds = [_short(result.get(name)) for name in ("load", *(f"{name}, busy" for name in SECONDS))]
    if "load" not in result:
        seconds[0] = "refused"
    taken = [f"{result[name]:,.0f}" if result.get(name) else "" for name in TAKEN]
    return [*seconds, *taken, f"{result['load average']}"]


def _short(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds:.4f}" if seconds < 0.01 else f"{seconds:.2f}" if seconds < 10 else f"{seconds:,.0f}"


def grown(found: Found) -> str:
    """By which power of the ties each measure grows: 1 is in step with them, 0 is not at all."""
    heads = ["grows with the ties to the power of", *found]
    rows = [[shown, *(power(each, name) for each in found.values())] for name, shown in COLUMNS.items()]
    return _markdown(heads, rows)


def power(results: Sequence[dict[str, Any]], name: str) -> str:
    """The slope of a line through the logarithms, by least squares."""
    pairs = [(math.log(each["ties"]), math.log(each[name])) for each in results if each.get(name)]
    pairs = [pair for pair in pairs if pair[0] >= math.log(GROWN_FROM * 0.9)]
    if len(pairs) < 2:
        return ""
    x, y = (sum(each) / len(pairs) for each in zip(*pairs, strict=True))
    return f"{sum((a - x) * (b - y) for a, b in pairs) / sum((a - x) ** 2 for a, _ in pairs):.2f}"


def _markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["--:"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def plot(found: Found, file: Path) -> None:
    """Both axes logarithmic: a grey line is what grows in step with the ties."""
    import matplotlib.pyplot as plt

    plt.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "relgraph", "font.size": 8, "axes.grid": True}
    plt.rcParams |= {"grid.alpha": 0.3, "axes.spines.top": False, "axes.spines.right": False}
    figure, panels = plt.subplots(3, 4, figsize=(11, 7), layout="constrained", sharex=True)
    for axes, (name, shown) in zip(panels.flat, COLUMNS.items(), strict=False):
        _panel(axes, found, name)
        axes.set_title(shown if name in TAKEN else f"{shown}, s", fontsize=9)
    handles, labels = panels.flat[0].get_legend_handles_labels()
    panels.flat[-1].axis("off")
    panels.flat[-1].legend(handles, labels, loc="center", frameon=False)
    figure.supxlabel("ties in the graph", fontsize=9)
    figure.savefig(file, metadata={"Date": None})


def _panel(axes: Any, found: Found, name: str) -> None:
    axes.set(xscale="log", yscale="log")
    for engine, results in found.items():
        points = [(each["ties"], each[name]) for each in results if each.get(name)]
        if points:
            axes.plot(*zip(*points, strict=True), marker="o", markersize=3, color=COLOURS[engine], label=engine)
    drawn = [line.get_xydata() for line in axes.lines]
    if drawn:
        x, y = max((tuple(line[-1]) for line in drawn), key=lambda point: point[0])
        axes.plot([x / 100, x], [y / 100, y], "--", color="#999", linewidth=0.8, label="in step with the ties")
