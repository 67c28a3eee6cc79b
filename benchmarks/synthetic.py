"""A synthetic source of the shape of the real ones: engagements with parties, drawn from the country register."""

from __future__ import annotations

import csv
import random
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


def write_source(folder: Path, engagements: int = 20_000, ties: int = 100_000, seed: int = 1) -> Path:
    """Write such a source to `folder`, the same for the same numbers; returns the folder."""
    drawn = random.Random(seed)
    countries = [country.id for country in load_countries() if country.present]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.toml").write_text(DECLARATION, "utf-8")
    each = ties // engagements
    with (folder / "exercises.csv").open("w", encoding="utf-8", newline="") as things:
        rows = csv.writer(things)
        rows.writerow(["id", "name", "kind", "start", "note"])
        for n in range(engagements):
            day = f"{1980 + n % 40}-{1 + n % 12:02d}-{1 + n % 28:02d}"
            rows.writerow([f"exercise-{n}", f"Exercise {n}", "exercise", day, f"note on exercise {n}"])
    with (folder / "participants.csv").open("w", encoding="utf-8", newline="") as participants:
        rows = csv.writer(participants)
        rows.writerow(["exercise", "country", "role", "page"])
        for n in range(engagements):
            for country in drawn.sample(countries, each):
                rows.writerow([f"exercise-{n}", country, drawn.choice(["participant", "host"]), f"p. {n % 900}"])
    return folder
