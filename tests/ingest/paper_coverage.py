"""COVERAGE.md of the paper: how many claims cite each of its places, and for a place with none, why.

python -m tests.ingest.paper_coverage    # writes ingest/csis-hayashi-2020/COVERAGE.md

`coverage.csv` lists every paragraph, caption and footnote of the paper in reading order; a place that no claim cites
has its reason there.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from relgraph.ingest.source import Source, TableMapping, open_source

Place = tuple[str, str]  # section and paragraph, as the tables write them
PAPER = "csis-hayashi-2020"
PLACES = "coverage.csv"
COLUMNS = ("things", "named again", "ties")
HEAD = f"""# What each paragraph gave

Made from the tables by `python -m tests.ingest.paper_coverage`; do not edit. Every paragraph, caption (C) and
footnote (fn, where its marker stands) of the paper, in reading order. *Things* counts the rows that define a thing
there, *named again* the further places of `citations.csv`, *ties* the claims on who does what with whom. Where
there are none, the reason is that of `{PLACES}`.

| section | paragraph | {" | ".join(COLUMNS)} | reason for none |
|---|---|--:|--:|--:|---|
"""


def page(source: Source) -> str:
    """The whole page, for the tables as they are."""
    counted, why = claims(source), reasons(source)
    rows = [(*place, *(counted[place][name] for name in COLUMNS), why[place]) for place in why]
    sums = [sum(numbers) for numbers in zip(*(row[2:5] for row in rows), strict=True)]
    rows.append(("all", len(rows), *sums, f"{sum(map(bool, why.values()))} places with none"))
    return HEAD + "".join(f"| {' | '.join(map(str, row))} |\n" for row in rows)


def claims(source: Source) -> dict[Place, Counter[str]]:
    """For each place of the paper, and whatever else the tables cite, the number of claims of each sort."""
    counted: dict[Place, Counter[str]] = {place: Counter() for place in reasons(source)}
    for table in source.declared.tables:
        for row in rows(source, table.file):
            counted.setdefault(_place(row), Counter())[_sort(table)] += 1
    return counted


def reasons(source: Source) -> dict[Place, str]:
    """Every place of the paper in reading order, with the reason why it has no claim, or an empty text."""
    return {_place(row): row["reason"] for row in rows(source, PLACES)}


def rows(source: Source, file: str) -> list[dict[str, str]]:
    """The rows of one of the source's files."""
    with source.path(file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def write(source: Source) -> Path:
    """Write the page beside the tables."""
    target = source.path("COVERAGE.md")
    target.write_text(page(source), encoding="utf-8", newline="\n")
    return target


def _place(row: dict[str, str]) -> Place:
    return row["section"], row["paragraph"]


def _sort(table: TableMapping) -> str:
    if table.ties:
        return "ties"
    return "named again" if table.things[0].rows == "cites" else "things"


if __name__ == "__main__":
    write(open_source(PAPER))
