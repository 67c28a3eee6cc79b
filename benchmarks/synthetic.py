"""A synthetic source of the shape of the real ones: engagements with parties, drawn from the country register."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from relgraph.model.countries import load_countries

DECLARATION = """
[source]
title = "Synthetic exercises"
licence = "CC0-1.0"
redistributable = true
citation = "@misc{synthetic}"

[coverage]
until = "2019-12-31"

[[tables]]
file = "exercises.csv"

[[tables.things]]
label = "Exercise"
id = "{id}"
name = "{name}"
kind = "{kind}"
start = "{start}"
note = "{note}"

[[tables]]
file = "participants.csv"
locator = "{page}"

[[tables.ties]]
type = "TAKES_PART_IN"
from = { label = "Country", id = "{country}" }
to = { label = "Exercise", id = "{exercise}" }
role = "{role}"
"""


# How many parties engagements have, in thousandths of the 4,361 alliances of ATOP 5.1 and exercises of MME 7 that have
# two or more; classes of several numbers stand at their middle. Counted in the publishers' files as relgraph maps them.
PARTIES = {2: 649, 3: 90, 4: 50, 5: 51, 6: 39, 8: 58, 11: 37, 16: 17, 24: 6, 50: 3}


def write_source(folder: Path, engagements: int = 20_000, ties: int = 100_000, seed: int = 1) -> Path:
    """Write such a source to `folder`, the same for the same numbers; returns the folder."""
    drawn = random.Random(seed)
    countries = _countries()
    return _write(folder, (drawn.sample(countries, ties // engagements) for _ in range(engagements)), drawn)


def write_shaped(folder: Path, ties: int, seed: int = 1) -> Path:
    """Write a source of which the graph then has about so many ties in all, citations among them.

    Engagements have as many parties as ATOP's and MME's; the n-th country is in about 1/(n+1) as many as all, so that
    the first has a tenth of all ties (in MME it is the United States with a seventh, in ATOP with a twenty-fifth).
    """
    return _write(folder, _shaped(ties, drawn := random.Random(seed)), drawn)


def _shaped(ties: int, drawn: random.Random) -> Iterator[list[str]]:
    countries = _countries()
    weights = [1 / (rank + 2) for rank in range(len(countries))]
    left = ties - len(countries)  # each is cited once
    while left > 0:
        size = drawn.choices(list(PARTIES), list(PARTIES.values()))[0]
        parties: dict[str, None] = {}
        while len(parties) < size:
            parties |= dict.fromkeys(drawn.choices(countries, weights, k=size - len(parties)))
        left -= size + 1
        yield list(parties)


def _countries() -> list[str]:
    return [country.id for country in load_countries() if country.present]


def _write(folder: Path, engagements: Iterable[list[str]], drawn: random.Random) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.toml").write_text(DECLARATION, "utf-8")
    with (
        (folder / "exercises.csv").open("w", encoding="utf-8", newline="") as things,
        (folder / "participants.csv").open("w", encoding="utf-8", newline="") as participants,
    ):
        exercises, parties = csv.writer(things), csv.writer(participants)
        exercises.writerow(["id", "name", "kind", "start", "note"])
        parties.writerow(["exercise", "country", "role", "page"])
        for n, those in enumerate(engagements):
            day = f"{1980 + n % 40}-{1 + n % 12:02d}-{1 + n % 28:02d}"
            exercises.writerow([f"exercise-{n}", f"Exercise {n}", "exercise", day, f"note on exercise {n}"])
            for country in those:
                role = drawn.choice(["participant", "host"])
                parties.writerow([f"exercise-{n}", country, role, f"p. {n % 900}"])
    return folder
