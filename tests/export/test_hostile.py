"""Markup in the data stays text; without JavaScript, and in a frame, the page keeps to itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx
from tests.export import networks
from tests.export.conftest import Open

from relgraph import export


def test_without_javascript_there_is_the_table(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample, js=False)
    assert page.locator("#engagements tbody tr[data-id]").count() == 160
    assert page.locator("#engagements").is_visible()
    assert page.locator("#controls").is_hidden()


HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\"'&amp;{{7*7}}\u202e=cmd"


def test_hostile_text_stays_text(open_page: Open) -> None:
    hostile = networks.engagement(
        HOSTILE, ["JPN", HOSTILE], label="Agreement", kind=HOSTILE, start="2019", name=HOSTILE, aliases=[HOSTILE],
        note=HOSTILE, domains=[HOSTILE], places=[HOSTILE], obligations=[HOSTILE], signed="2018",
        claims=[networks.claim("e", "JPN", quote=HOSTILE, locator=HOSTILE, note=HOSTILE, source=HOSTILE)],
    )  # fmt: skip
    net = networks.network([hostile], sources=(networks.source(
        HOSTILE, name=HOSTILE, url="javascript:alert(3)", citation=HOSTILE, licence=HOSTILE, marking=HOSTILE,
        authors=[HOSTILE], publisher=HOSTILE),))  # fmt: skip
    net.nodes[HOSTILE].update(name=HOSTILE, aliases=[HOSTILE])
    net.graph["policy"]["text"] = HOSTILE
    page = open_page(net, title=HOSTILE, marking=HOSTILE)
    assert page.inner_text("h1") == HOSTILE
    page.evaluate("relgraph.set({})")
    page.locator(".nodes button").first.click()
    assert HOSTILE in page.inner_text("#details article")
    page.get_by_label("Find").fill("onerror")
    assert page.locator("#found button").count() == 2
    with page.expect_download():
        page.get_by_role("button", name="SVG").click()
    assert page.locator("img, main script").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0


def test_hostile_text_stays_text_in_every_field_of_every_record(open_page: Open) -> None:
    net = networks.poisoned(HOSTILE)
    page = open_page(net, title=HOSTILE, marking="m" + HOSTILE, state={"compare": ["2010-01-01", "2020-01-01"]})
    assert page.locator("#overview article").count() == 1
    named = {"focus": "JPN", "source": "s0", "open": "pact"}
    for state in ({}, {"view": "table"}, *({key: id + HOSTILE} for key, id in named.items())):
        page.evaluate("state => relgraph.set(state)", state)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.inner_text("#details").count(HOSTILE) >= 15
    for kind in ("PNG", "CSV", "JSON"):
        with page.expect_download():
            page.get_by_role("button", name=kind).click()
    assert page.locator("img, main script, a[href^=javascript]").count() == 0


def test_notebook_frame_is_isolated_and_works(browser: Any, sample: networkx.Graph, tmp_path: Path) -> None:
    (tmp_path / "notebook.html").write_text(f"<body>{export.html(sample)._repr_html_()}</body>", "utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "notebook.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached", timeout=20_000)
    frame.get_by_label("Focus on").select_option(label="Japan")
    assert "Japan" in frame.locator("#overview").inner_text()
    assert page.evaluate("document.querySelector('iframe').contentDocument") is None
    page.close()
