"""A synthetic list of memberships in the shape of COW's alliances: 414 of them, 1,221 spells, 180 states, 197 years."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from relgraph.model.countries import load_countries

YEARS = (1816, 2012)
SIZES = [2] * 326 + [3] * 39 + [4] * 13 + [5] * 8 + [6] * 7 + [7] * 2 + [8] * 2 + [9] * 2 + [10] * 2 + [11] * 2
SIZES += [12, 13, 14, 16, 16, 19, 20, 20, 21, 22, 35]  # members; twenty of them leave and come back
AGAIN = 20
BEGINNINGS = [(1816, 1850)] * 26 + [(1851, 1900)] * 50 + [(1901, 1930)] * 68 + [(1931, 1950)] * 86
BEGINNINGS += [(1951, 1970)] * 56 + [(1971, 1990)] * 54 + [(1991, 2012)] * 74
ENDS = ("mem_st", "mem_end")
HEADER = ("version4id", "ccode", *(f"{end}_{part}" for end in ENDS for part in ("year", "month", "day")))
DECLARATION = """
[source]
title = "Alliances"
licence = "CC0-1.0"
redistributable = true
citation = "@misc{alliances}"

[coverage]
since = "1816-01-01"
until = "2012-12-31"
labels = ["Agreement"]

[[tables]]
file = "members.csv"

[[tables.things]]
label = "Agreement"
id = "cow-{version4id}"
kind = "alliance"
rows = "repeats"

[[tables.ties]]
type = "PARTY_TO"
from = { label = "Country", id = "{ccode}", scheme = "cow", on = "{mem_st_year}" }
to = { label = "Agreement", id = "cow-{version4id}" }
start = { year = "mem_st_year", month = "mem_st_month", day = "mem_st_day" }
end = { year = "mem_end_year", month = "mem_end_month", day = "mem_end_day", ongoing = [""] }
"""


def write_list(folder: Path, seed: int = 1) -> Path:
    """Write the list and its declaration to `folder`, the same every time; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.toml").write_text(DECLARATION, "utf-8")
    with (folder / "members.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        rows.writerows(memberships(random.Random(seed)))
    return folder


def memberships(drawn: random.Random) -> list[list[object]]:
    """The rows: large alliances begin late and last, and go by region, as the numbers of COW do."""
    spells = []
    for number, size in enumerate(sorted(SIZES), start=1):
        first = drawn.randint(*(drawn.choice(BEGINNINGS) if size < 12 else (1940, 1995)))
        system = sorted(int(c) for state in load_countries().states_on(first, "cow") if (c := _code(state.id, first)))
        at = drawn.randrange(len(system))
        near = sorted(system, key=lambda code: abs(code - system[at]))[: max(2 * size, 12)]
        for code in drawn.sample(near if drawn.random() < 0.8 else system, min(size, len(near))):
            spells.append((number, code, *_spell(drawn, first, lasting=size > 11)))
    back = [spell for spell in spells if spell[3] and spell[3].year < 2000][:: len(spells) // (3 * AGAIN)][:AGAIN]
    spells += [(number, code, last + timedelta(700), last + timedelta(3000)) for number, code, _, last in back]
    return [[number, code, *_parts(first), *_parts(last)] for number, code, first, last in sorted(spells, key=str)]


def _code(id: str, year: int) -> str | None:
    return load_countries().code(id, "cow", year)


def _spell(drawn: random.Random, year: int, *, lasting: bool) -> tuple[date, date | None]:
    first = date(year, drawn.randint(1, 12), drawn.randint(1, 28))
    years = drawn.expovariate(1 / 16) + (30 if lasting else 0)
    last = first + timedelta(int(365 * years) + 1)
    return first, last if last.year <= YEARS[1] else None


def _parts(day: date | None) -> tuple[object, ...]:
    return (day.year, day.month, day.day) if day else ("", "", "")
