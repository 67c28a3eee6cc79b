"""What an open page shows, and what Python says of the same network."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx
import pytest
from playwright.sync_api import Page

from relgraph.model.dates import Bounds, in_period


def left(net: networkx.Graph, state: dict[str, Any]) -> set[str]:
    """The engagements that a state leaves, told in Python."""
    return {id for id, one in net.graph["engagements"].items() if _stays(one, state)}


def _stays(one: dict[str, Any], state: dict[str, Any]) -> bool:
    kinds, certainty, parties = state.get("kinds"), state.get("certainty"), state.get("parties")
    return (
        (kinds is None or one["label"] in kinds or one["kind"] in kinds)
        and (certainty is None or one["certainty"] in certainty)
        and (parties is None or one["bilateral"] is (parties == "bilateral"))
        and ("focus" not in state or state["focus"] in {party["id"] for party in one["parties"]})
        and ("domain" not in state or state["domain"] in one["domains"])
        and ("source" not in state or state["source"] in {claim["source"] for claim in one["claims"]})
        and _in_time(one, state)
    )


def _in_time(one: dict[str, Any], state: dict[str, Any]) -> bool:
    if one["bounds"] is None:
        return state.get("undated", True)
    bounds = Bounds(*map(date.fromisoformat, one["bounds"]))
    first, last = date(state.get("since", 1), 1, 1), date(state.get("until", 9999), 12, 31)
    answers = {in_period(bounds, first, last)}
    if "day" in state:
        answers.add(in_period(bounds, *[date.fromisoformat(state["day"])] * 2))
    return "no" not in answers and ("possibly" not in answers or state.get("possibly", True))


def pairs(net: networkx.Graph, ids: set[str], focus: str | None = None) -> set[tuple[str, str]]:
    found = set()
    for id in ids:
        found |= set(combinations(sorted(party["id"] for party in net.graph["engagements"][id]["parties"]), 2))
    return {pair for pair in found if focus is None or focus in pair}


def rows(page: Page) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('#engagements tbody tr[data-id]')].map(r => r.dataset.id)")


def count(page: Page) -> tuple[int, int]:
    data = page.evaluate("({...document.getElementById('status').dataset})")
    return int(data["engagements"]), int(data["pairs"])


def svg_of(page: Page) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    return Path(download.value.path()).read_text("utf-8")


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page of a PDF."""
    if not shutil.which("pdftotext"):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no pdftotext: apt-get install poppler-utils")
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    return done.stdout.decode("utf-8").rstrip("\f").split("\f")
