"""Details, find, table and keyboard, for everyone: in a real browser with the network off."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import networkx
import pytest
from tests.export import networks
from tests.export.conftest import Open
from tests.export.pages import rows


def test_details_of_a_pair_hold_claims_sources_and_dates(open_page: Open) -> None:
    one = networks.engagement(
        "acsa-jpn-aus", ["AUS", "JPN"], label="Agreement", kind="acsa", start="2013-01-31", signed="2010-05-19",
        name="Japan–Australia ACSA", domains=["logistics"], note="Revised once.", obligations=["supply"],
        claims=[
            networks.claim("a", "AUS", role="signatory", quote="signed in Tokyo", locator="§ 3, p. 4"),
            networks.claim("a", "JPN", role="signatory", source="s1", certainty="implied"),
            networks.claim("a", "JPN", role="signatory", source=None),
        ],
    )  # fmt: skip
    one["parties"][1]["via"] = ["jmsdf"]
    one["claims"].append(networks.claim("a", "dod", source=None))
    net = networks.network([one], sources=(networks.source("s1", url="javascript:alert(1)"),))
    net.graph["names"] = {"jmsdf": "Maritime Self-Defense Force", "dod": "Department of Defense"}
    page = open_page(net)
    page.locator(".nodes button", has_text="Japan").click()
    page.locator("#details summary").click()
    page.locator("#details .nodes button", has_text="Australia").click()
    said = page.inner_text("#details")
    for words in (
        "Japan – Australia", "Japan–Australia ACSA", "acquisition and cross-servicing agreement", "2013-01-31",
        "signed 2010-05-19", "logistics", "Revised once.", "supply", "Certainty: stated", "signed in Tokyo",
        "Report s0, § 3, p. 4", "Report s1", "implied", "No source: this claim has none.",
        "(through Maritime Self-Defense Force)", "on Japan, Department of Defense",
    ):  # fmt: skip
        assert words in said
    links = page.locator("#details a")
    assert [link.get_attribute("href") for link in links.all()] == ["https://example.org/s0"]


def test_keyboard_alone_from_the_address_bar_to_a_source(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample)
    page.keyboard.press("/")
    page.keyboard.type("japa")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent").startswith("Japan")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "details"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.href"):
            break
    assert page.evaluate("document.activeElement.href").startswith("https://example.org/")
    page.keyboard.press("Escape")
    assert page.locator("#details").is_hidden()
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") != first


def test_find_knows_aliases_and_engagements(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample)
    page.get_by_label("Find").fill("Sample exercise")
    assert page.locator("#found button").count() > 3
    page.get_by_label("Find").fill("no such thing")
    assert page.inner_text("#found") == "Nothing by that name."
    page.keyboard.press("Escape")
    assert page.locator("#found").is_hidden()


def test_table_sorts_and_its_csv_is_the_table(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample, "#kinds=Agreement", marking="SAMPLE")
    page.get_by_role("button", name="Table").click()
    page.get_by_role("button", name="Engagement", exact=True).click()
    names = page.evaluate("[...document.querySelectorAll('#engagements tbody td:first-child')].map(c => c.innerText)")
    key = [int(re.sub(r"\D", "", name)) for name in names]
    assert key == sorted(key)
    assert page.get_attribute("#engagements th", "aria-sort") == "ascending"
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in table] == rows(page)
    assert {row["Marking"] for row in table} == {"SAMPLE"}


def test_opens_in_the_table_and_turns_to_the_map(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample, "#view=table&focus=JPN")
    assert page.locator("#engagements").is_visible()
    page.get_by_role("button", name="Map").click()
    assert page.locator("#network canvas").is_visible()
    assert page.locator("#engagements").is_hidden()


def test_long_table_follows_the_reader(open_page: Open) -> None:
    page = open_page(networks.sample(700), "#view=table")
    assert len(rows(page)) == 700
    before = page.locator("#engagements tbody tr:visible").count()
    page.locator("#listing").evaluate("listing => listing.scrollTo(0, listing.scrollHeight)")
    page.wait_for_function(f"[...document.querySelectorAll('tbody tr')].filter(r => r.offsetHeight).length > {before}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(open_page: Open, axe: str, scheme: Any) -> None:
    page = open_page(networks.sample(12), color_scheme=scheme, marking="SAMPLE")
    page.evaluate(axe)
    for address in ("#", "#view=table", "#compare=2010-01-01,2020-01-01"):
        page.evaluate("hash => { location.hash = hash }", address)
        page.locator(".nodes button, tbody tr").locator("visible=true").first.click()
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []


def test_a_long_list_shows_the_rest_on_demand(open_page: Open) -> None:
    ids = tuple(country.id for country in list(networks.load_countries())[:120])
    page = open_page(networks.sample(300, ids=ids))
    names = page.locator("#overview .nodes button:visible")
    assert names.count() == 41
    rest = page.get_by_role("button", name=re.compile(r"^Show \d+ more$"))
    whole = 40 + int(re.sub(r"\D", "", rest.inner_text()))
    rest.focus()
    page.keyboard.press("Enter")
    assert names.count() == whole
    assert page.evaluate("document.activeElement === document.querySelectorAll('#overview .nodes button')[40]")


@pytest.mark.parametrize("title", ["Short", "A title that takes two lines or even three beside the buttons " * 2])
def test_the_legend_is_above_the_marking_whatever_the_title(open_page: Open, title: str) -> None:
    page = open_page(networks.sample(), title=title, marking="UNCLASSIFIED", viewport={"width": 1280, "height": 720})
    legend, band = (page.locator(one).bounding_box() for one in ("#key", ".marking.end"))
    assert legend["y"] + legend["height"] <= band["y"] + 0.5
    assert band["y"] + band["height"] <= 720.5
