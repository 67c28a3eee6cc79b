"""The page in Debian's Firefox: what is drawn, left, pressed and printed, without a request."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest
from tests.export.firefox import FIREFOX, Firefox
from tests.export.pages import left, pages_of

from relgraph import export

TAB, DOWN = "\ue004", "\ue015"
STATES = (
    {"kinds": ["Exercise"], "since": 2015, "undated": False},
    {"focus": "JPN", "day": "2019-05-12", "possibly": False},
    {"parties": "multilateral", "until": 2012, "certainty": ["implied"]},
    {},
)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Debian's Firefox; without one this is skipped, but not in CI."""
    if FIREFOX is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no Firefox: apt-get install firefox-esr")
    browser = Firefox(tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.close()


def test_firefox_draws_filters_and_prints_as_chromium_does(
    firefox: Firefox, sample: networkx.Graph, tmp_path: Path
) -> None:
    firefox.open(export.html(sample, tmp_path / "page.html", marking="SAMPLE"), "#focus=JPN&since=2015&kinds=Exercise")
    assert firefox.evaluate("relgraph.state()") == {"focus": "JPN", "since": 2015, "kinds": ["Exercise"]}
    for state in STATES:
        firefox.evaluate(f"relgraph.set({json.dumps(state)})")
        listed = firefox.evaluate("[...document.querySelectorAll('tbody tr[data-id]')].map(row => row.dataset.id)")
        assert set(listed) == left(sample, state)
    inked = "document.querySelector('#network canvas').getContext('2d').getImageData(0, 0, 900, 500).data.some(Boolean)"
    assert firefox.evaluate(inked)
    firefox.press("/", *"japa", DOWN)
    firefox.evaluate("document.activeElement.click()")  # as Enter does, but in a window without the system's focus
    assert firefox.evaluate("document.activeElement.id") == "details"
    for _ in range(12):
        firefox.press(TAB)
        if address := firefox.evaluate("document.activeElement.href"):
            break
    assert address.startswith("https://example.org/")
    printed = pages_of(firefox.pdf(29.7, 21.0))
    assert [text.count("SAMPLE") for text in printed] == [2] * len(printed)
    assert "Report s0" in printed[-1]
    assert all(url.startswith(("file:", "data:", "blob:")) for url in firefox.seen)
    assert firefox.said == []
