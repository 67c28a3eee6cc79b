"""A source whose kinds are complete up to different days: which of its absences is *none*, and until when."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from tests.ingest.making import PACT, make_source

if TYPE_CHECKING:
    from relgraph.graph import Graph

BY_KIND = """
[coverage]
until = "2026-05-31"
labels = ["Agreement"]

[coverage.completely]
acsa = "2026-01"
gsomia = "2024-11-16"
"""
TABLES = {
    "agreements.csv": "id,name,kind,signed,start,end\na,ACSA,acsa,,2017-09-06,..\nb,On information,gsomia,,2013,..\n",
    "parties.csv": "agreement,party,role,certainty,quote\na,JPN,,,\na,AUS,,,\nb,JPN,,,\nb,AUS,,,\n",
}
Told = Callable[[str, str], tuple[str, str, str]]


@pytest.fixture
def kinds(graph: Graph, tmp_path: Path) -> Graph:
    """A list that is complete for ACSAs to January 2026, for agreements on information to November 2024 only."""
    graph.load(make_source(tmp_path, "by-kind", BY_KIND + PACT, TABLES))
    return graph


@pytest.fixture
def told(kinds: Graph) -> Told:
    """What a named query, `ties` and `matrix` say of a country or two that have nothing of a kind on a day."""

    def ask(kind: str, day: str) -> tuple[str, str, str]:
        (note,) = kinds.answer("agreements_of", {"country": "PHL", "kind": kind, "as_of": day}).notes
        (nothing,) = kinds.ties("JPN", "PHL", kinds=kind, as_of=day).nothing
        cells = kinds.matrix("JPN", "PHL", kinds=kind, as_of=day).cells
        return note, nothing, cells[("JPN", "PHL"), kind].answer

    return ask


def test_up_to_its_own_day_a_kind_is_none_and_after_it_not_covered(kinds: Graph, told: Told) -> None:
    until = {"acsa": "None: by-kind covers this completely until 2026-01-31.",
             "gsomia": "None: by-kind covers this completely until 2024-11-16."}  # fmt: skip
    only = "Not found, which is not none: by-kind covers this in part only, complete until"
    unknown = {"acsa": f"{only} 2026-01-31.", "gsomia": f"{only} 2024-11-16."}
    assert told("gsomia", "2024-11-16") == (until["gsomia"], until["gsomia"], "none")
    assert told("gsomia", "2024-11-17") == (unknown["gsomia"], unknown["gsomia"], "not covered")
    assert told("acsa", "2026-01-31") == (until["acsa"], until["acsa"], "none")
    assert told("acsa", "2026-02-01") == (unknown["acsa"], unknown["acsa"], "not covered")
    counts = kinds.dyads([2023, 2025], ["iso3"])
    pair = counts[counts["id1"].isin(["JPN", "PHL"]) & counts["id2"].isin(["JPN", "PHL"])]
    years = {kind: [None if pd.isna(n) else n for n in pair[f"agreement_{kind}"]] for kind in until}
    assert years == {"acsa": [0, 0, 0], "gsomia": [0, None, None]}


def test_the_days_are_plain_properties_of_the_source(kinds: Graph) -> None:
    (source,) = kinds.answer("loaded_sources", {})
    assert source["coversCompletely"] == ["acsa", "gsomia"]
    assert source["coversCompletelyUntil"] == ["2026-01-31", "2024-11-16"]
