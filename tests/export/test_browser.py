"""The page as a reader has it: opened from a file in a real browser with the network off."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from tests.export import networks
from tests.export.conftest import Open

from relgraph import export
from relgraph.model.dates import Bounds, in_period

STATES = st.fixed_dictionaries(
    {},
    optional={
        "focus": st.sampled_from(networks.ASIA[:12]),
        "since": st.integers(1998, 2026),
        "until": st.integers(1998, 2026),
        "kinds": st.lists(st.sampled_from(["Agreement", "Exercise", "Transfer", "acsa", "series"]), unique=True),
        "day": st.dates(date(2000, 1, 1), date(2026, 1, 1)).map(str),
        "parties": st.sampled_from(["bilateral", "multilateral"]),
        "certainty": st.lists(st.sampled_from(["stated", "implied", "ambiguous"]), unique=True),
        "domain": st.sampled_from(networks.DOMAINS),
        "source": st.sampled_from(["s0", "s1", "s2"]),
        "undated": st.booleans(),
        "possibly": st.booleans(),
    },
)


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


def test_opens_with_everything_counted(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample)
    assert count(page) == (160, sample.number_of_edges())
    assert sorted(rows(page)) == sorted(sample.graph["engagements"]) == sorted(page.evaluate("relgraph.shown()"))
    assert page.inner_text("#status").startswith("160 of 160 engagements, ")
    assert int(page.get_attribute("html", "data-ready") or 0) > 0


def test_filters_leave_what_python_says(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STATES)
    def holds(state: dict[str, Any]) -> None:
        page.evaluate("state => relgraph.set(state)", state)
        expected = left(sample, state)
        assert set(rows(page)) == set(page.evaluate("relgraph.shown()")) == expected
        assert count(page) == (len(expected), len(pairs(sample, expected, state.get("focus"))))

    holds()


def test_state_is_in_the_address_and_comes_back_from_it(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample, "#focus=japan&since=2015&kinds=Exercise")
    state = {"focus": "JPN", "since": 2015, "kinds": ["Exercise"]}
    assert page.evaluate("relgraph.state()") == state
    assert set(rows(page)) == left(sample, state)
    address = page.evaluate("location.hash")
    page.evaluate("relgraph.set({})")
    assert count(page)[0] == 160
    page.evaluate("hash => { location.hash = hash }", address)
    page.wait_for_function("relgraph.state().since === 2015")
    assert page.evaluate("relgraph.state()") == state


def test_three_clicks_to_japans_exercises_since_2015(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample)
    page.get_by_label("Focus on").select_option(label="Japan")
    page.get_by_role("button", name="only exercises").click()
    page.get_by_label("from").fill("2015")
    assert set(rows(page)) == left(sample, {"focus": "JPN", "since": 2015, "kinds": ["Exercise"]})


def test_controls_are_the_filters(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample)
    page.get_by_label("exercises").uncheck()
    page.get_by_label("Undated").uncheck()
    page.get_by_label("multilateral").check()
    page.get_by_label("On one day").fill("2019-05-12")
    page.get_by_label("implied").uncheck()
    page.get_by_label("Domain").select_option("HA/DR")
    kinds = ["Agreement", "Program", "Dialogue", "Transfer"]
    state = {
        "kinds": kinds, "undated": False, "parties": "multilateral", "day": "2019-05-12",
        "certainty": ["stated", "ambiguous"], "domain": "HA/DR",
    }  # fmt: skip
    assert set(rows(page)) == left(sample, state)
    page.get_by_role("button", name="Reset").first.click()
    assert count(page)[0] == 160


def test_slider_moves_the_years(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample)
    page.get_by_label("First year").fill("2010")
    assert page.get_by_label("from").input_value() == "2010"
    assert set(rows(page)) == left(sample, {"since": 2010})


def test_possibly_is_counted_apart(open_page: Open) -> None:
    net = networks.network([
        networks.engagement("sure", ["AUS", "JPN"], label="Agreement", kind="treaty", start="2010", end="2021"),
        networks.engagement("open", ["IND", "JPN"], label="Agreement", kind="treaty", start="2010", end=".."),
        networks.engagement("never", ["AUS", "IND"], start="2007"),
        networks.engagement("undated", ["AUS", "IND"]),
    ])  # fmt: skip
    page = open_page(net, "#day=2020-12-31")
    assert sorted(page.evaluate("relgraph.shown()")) == ["open", "sure", "undated"]
    assert page.inner_text("#status").splitlines()[1] == "of these 1 possibly, 1 undated"
    page.get_by_label("Possibly").uncheck()
    assert sorted(page.evaluate("relgraph.shown()")) == ["sure", "undated"]


def test_whole_adds_nothing_to_what_a_part_ties(open_page: Open) -> None:
    series = networks.engagement("series", ["IND", "JPN"], kind="series", start="1992", end="..")
    edition = networks.engagement("edition", ["IND", "JPN"], start="2007", part_of=["series"])
    net = networks.network([series, edition])
    net["IND"]["JPN"]["engagements"] = [{"id": "edition", "roles": {}}]  # as a projection has it
    page = open_page(net, "#open=IND JPN")
    assert count(page) == (2, 1)
    page.evaluate("relgraph.set({since: 2010})")  # the edition is over: the series ties the pair again
    assert (page.evaluate("relgraph.shown()"), count(page)) == (["series"], (1, 1))


def test_parties_that_do_not_count_are_listed_but_not_tied(open_page: Open) -> None:
    net = networks.network([networks.engagement("seminar", ["AUS", "IND", "JPN"])])
    net.remove_edge("AUS", "IND")
    lone = networks.engagement("visit", ["JPN"], label="Deployment", kind="visit")
    net.graph["engagements"]["visit"] = lone
    page = open_page(net)
    assert (count(page), sorted(rows(page))) == ((2, 2), ["seminar", "visit"])


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
    page = open_page(networks.network([one], sources=(networks.source("s1", url="javascript:alert(1)"),)))
    page.locator(".nodes button", has_text="Japan").click()
    page.locator("#details summary").click()
    page.locator("#details .nodes button", has_text="Australia").click()
    said = page.inner_text("#details")
    for words in (
        "Japan – Australia", "Japan–Australia ACSA", "acquisition and cross-servicing agreement", "2013-01-31",
        "signed 2010-05-19", "logistics", "Revised once.", "supply", "Certainty: stated", "signed in Tokyo",
        "Report s0, § 3, p. 4", "Report s1", "implied", "No source: this claim has none.",
    ):  # fmt: skip
        assert words in said
    links = page.locator("#details a")
    assert [link.get_attribute("href") for link in links.all()] == ["https://example.org/s0"]


def test_line_and_square_open_on_click(open_page: Open) -> None:
    net = networks.network([
        networks.engagement("bilateral", ["AUS", "JPN"], start="2010"),
        networks.engagement("large", ["AUS", "IDN", "IND", "JPN", "NZL", "USA"], start="2011"),
    ])  # fmt: skip
    page = open_page(net, viewport={"width": 1280, "height": 800})
    at = page.evaluate("relgraph.positions()")
    page.evaluate("relgraph.set({parties: 'bilateral'})")
    box = page.locator("#network").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # the middle of the only line
    assert "Australia – Japan" in page.inner_text("#details")
    assert set(at) == {"AUS", "IDN", "IND", "JPN", "NZL", "USA", "large"}


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


def test_picture_to_take_away(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample, "#focus=JPN", marking="UNCLASSIFIED // SAMPLE", title="防衛協力 <b>&")
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    svg = Path(download.value.path()).read_text("utf-8")
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert texts.count("UNCLASSIFIED // SAMPLE") == 2
    assert "防衛協力 &lt;b&gt;&amp;" in texts
    assert {"Japan", "exercises", "of several kinds"} <= set(texts)
    assert any("As of 2020-06-30" in text and "focus: Japan" in text for text in texts)
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").click()
    png = Path(download.value.path()).read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 3200


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_prints_with_legend_marking_and_sources(open_page: Open, sample: networkx.Graph, size: str) -> None:
    page = open_page(sample, "#focus=JPN", marking="UNCLASSIFIED // SAMPLE")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#figure svg text", has_text="exercises").is_visible()
    assert page.locator("footer li").first.is_visible()
    assert page.locator("#controls").is_hidden()
    printed = pages_of(page.pdf(format=size, landscape=True))
    assert [text.count("UNCLASSIFIED // SAMPLE") for text in printed] == [2] * len(printed)
    assert "As of 2020-06-30" in printed[0]
    assert "exercises" in printed[0]
    assert "Report s0" in printed[-1]
    assert "Licence: CC BY 4.0" in printed[-1]


def test_a_printed_table_says_how_it_was_filtered(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample, "#view=table&focus=AUS", marking="SAMPLE")
    printed = pages_of(page.pdf(format="A4", landscape=True))
    assert len(printed) > 2
    assert [text.count("SAMPLE") for text in printed] == [2] * len(printed)
    assert "engagements, " in printed[0]
    assert "focus: Australia" in printed[0]
    assert "Licence: CC BY 4.0" in printed[-1]


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page of a PDF."""
    if not shutil.which("pdftotext"):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no pdftotext: apt-get install poppler-utils")
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    return done.stdout.decode("utf-8").rstrip("\f").split("\f")


def test_compare_tells_what_began_and_ended(open_page: Open) -> None:
    treaty = {"label": "Agreement", "kind": "treaty"}
    net = networks.network([
        networks.engagement("began", ["AUS", "JPN"], start="2016", end="2030", **treaty),
        networks.engagement("ended", ["IND", "JPN"], start="2000", end="2017", **treaty),
        networks.engagement("maybe", ["JPN", "USA"], start="2015", end="2030", **treaty),
        networks.engagement("both", ["IND", "USA"], start="2018"),
        networks.engagement("before", ["AUS", "USA"], start="1990", end="2030", **treaty),
    ])  # fmt: skip
    page = open_page(net, compare=("2015-06-30", "2020-06-30"))
    assert sorted(page.evaluate("relgraph.shown()")) == ["began", "both", "ended", "maybe"]
    heads = [head.inner_text() for head in page.locator("#overview h3").all()]
    assert heads == ["began (2)", "ended (2)", "possibly began or ended (1)"]


def test_never_a_hairball(open_page: Open) -> None:
    ids = tuple(country.id for country in list(networks.load_countries())[:120])
    page = open_page(networks.sample(1500, ids=ids, seed=3))
    assert re.match(r"The strongest \d+ of [\d,]+ lines are drawn", page.inner_text("#limit"))
    shown = int(re.findall(r"strongest (\d+) of", page.inner_text("#limit"))[0])
    assert shown <= 300
    page.get_by_role("button", name="Show all").click()
    assert page.locator("#limit").is_hidden()
    assert count(page)[0] == 1500


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


def test_two_days_can_be_typed_one_after_the_other(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample, "#since=2010")
    page.get_by_label("Earlier day").fill("2015-06-30")
    assert count(page)[0] == len(left(sample, {"since": 2010}))  # one day compares nothing
    page.get_by_label("Later day").fill("2012-06-30")
    assert page.evaluate("relgraph.state()") == {"compare": ["2012-06-30", "2015-06-30"]}
    assert page.inner_text("#key").splitlines()[:3] == ["began", "ended", "possibly began or ended"]
    page.get_by_label("On one day").fill("2015-06-30")
    assert page.evaluate("relgraph.state()") == {"day": "2015-06-30"}


def test_a_kind_of_agreement_in_the_address_survives_another_control(open_page: Open, sample: networkx.Graph) -> None:
    page = open_page(sample, "#kinds=acsa")
    assert page.get_by_label("agreements").evaluate("box => box.indeterminate")
    page.get_by_label("bilateral", exact=True).check()
    assert set(rows(page)) == left(sample, {"kinds": ["acsa"], "parties": "bilateral"}) != set()


def test_a_window_that_grows_shows_what_one_shows_that_was_opened_so(open_page: Open, tmp_path: Path) -> None:
    path = export.html(networks.sample(12), tmp_path / "small.html")
    grown, large = open_page(path, viewport={"width": 900, "height": 600}), {"width": 1400, "height": 900}
    grown.set_viewport_size(large)
    grown.wait_for_timeout(300)
    as_opened = open_page(path, viewport=large).locator("#stage").screenshot()
    assert grown.locator("#stage").screenshot() == as_opened


def test_a_window_that_shrinks_never_shows_a_part(open_page: Open, tmp_path: Path) -> None:
    path = export.html(networks.sample(12), tmp_path / "small.html")
    shrunk, small = open_page(path, viewport={"width": 1600, "height": 900}), {"width": 1280, "height": 720}
    shrunk.evaluate("""window.seen = []; const canvas = document.querySelector("#network canvas");
        addEventListener("resize", function look() {
          if (seen.push(canvas.toDataURL()) < 3) requestAnimationFrame(() => requestAnimationFrame(look));
        })""")
    shrunk.set_viewport_size(small)
    shrunk.wait_for_timeout(300)
    assert shrunk.evaluate("seen[1] === document.querySelector('#network canvas').toDataURL()")
    drawn = shrunk.locator("#stage").screenshot()
    assert drawn == open_page(path, viewport=small).locator("#stage").screenshot()


# Where the canvas has drawn nodes and names, in its own pixels, since it was last cleared.
PLACES = """
const drawing = CanvasRenderingContext2D.prototype, note = (name, middle, half) => {
  const own = drawing[name];
  drawing[name] = function (...given) {
    const { a, b, c, d, e, f } = this.getTransform(), [x, y] = middle(given), wide = half(this, given);
    drawn.push({ left: (x - wide) * a + e, right: (x + wide) * a + e, y: y * d + f });
    return own.apply(this, given);
  };
};
window.drawn = [];
note("arc", ([x, y]) => [x, y], (context, [, , radius]) => radius);
note("fillText", ([, x, y]) => [x, y], (context, [text]) => context.measureText(text).width / 2);
const clear = drawing.clearRect;
drawing.clearRect = function (...given) { drawn = []; return clear.apply(this, given); };
"""
AROUND = ("JPN", "USA", "FRA", "AUS", "IND", "PHL", "CAN", "GBR", "NZL", "ZAF", "SWE", "CHL")


@pytest.mark.parametrize("size", [(1280, 720), (820, 1180)])
@pytest.mark.parametrize("far", [AROUND[:6], AROUND])
def test_all_that_is_drawn_is_on_the_map(
    browser: Any, size: tuple[int, int], far: tuple[str, ...], tmp_path: Path
) -> None:
    ties = [networks.engagement(f"with {one}", ["JPN", one], start="2019") for one in far[1:]]
    path = export.html(networks.network(ties), tmp_path / "page.html", focus="JPN", marking="UNCLASSIFIED")
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.add_init_script(PLACES)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    places, canvas = (
        page.evaluate("drawn"),
        page.locator("#network canvas").evaluate("({width, height}) => [width, height]"),
    )
    bottom = (
        page.evaluate("document.getElementById('zoom').offsetTop")
        * canvas[1]
        / page.locator("#network").bounding_box()["height"]
    )
    page.close()
    assert len(places) >= 2 * len(far)
    for one in places:
        assert 0 < one["left"] < one["right"] < canvas[0]
        assert 0 < one["y"] < bottom


def test_undated_is_not_certain_on_a_day(open_page: Open) -> None:
    treaty = {"label": "Agreement", "kind": "treaty"}
    net = networks.network([
        networks.engagement("sure", ["AUS", "JPN"], start="2010", end="2030", **treaty),
        networks.engagement("undated", ["AUS", "JPN"], **treaty),
        networks.engagement("alone", ["IND", "JPN"], **treaty),
    ])  # fmt: skip
    page = open_page(net, "#day=2020-06-30")
    assert page.inner_text("#key") == "possibly or undated (?)"
    svg = svg_of(page)
    assert {"1+1?", "?"} <= set(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    assert len(re.findall(r'<line[^>]*opacity="0.35"', svg)) == 2  # a line and the legend
    page.evaluate("relgraph.set({})")
    assert page.locator("#key").is_hidden()
    assert "2" in re.findall(r"<text[^>]*>([^<]*)</text>", svg_of(page))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"compare": ["2010-01-01", "2020-01-01"]}, "compared: 2010-01-01 and 2020-01-01"),
        ({"since": 2015, "until": 2018}, "from 2015 to 2018"),
        ({"day": "2019-05-12"}, "on 2019-05-12"),
    ],
)
def test_header_names_the_time(open_page: Open, sample: networkx.Graph, state: dict[str, Any], words: str) -> None:
    page = open_page(sample, state=state)
    assert f" · {words} · data " in page.inner_text("header p")
    assert f" · {words} · " in svg_of(page)


@pytest.mark.parametrize(
    ("marking", "colours"),
    [
        ("UNCLASSIFIED // SAMPLE", ("#0B3D2E", "#FFFFFF")),
        ("CUI", ("#502B85", "#FFFFFF")),
        ("confidential", ("#0033A0", "#FFFFFF")),
        ("SECRET//REL JPN", ("#B5121B", "#FFFFFF")),
        ("TOP SECRET", ("#FF8C00", "#000000")),
        ("OFFICIAL-SENSITIVE", ("#3D434A", "#FFFFFF")),
    ],
)
def test_band_has_the_colour_of_its_marking(open_page: Open, marking: str, colours: tuple[str, str]) -> None:
    page = open_page(networks.sample(3), marking=marking)
    look = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
    assert [page.locator(".marking").nth(n).evaluate(look) for n in (0, 1)] == [list(map(rgb, colours))] * 2
    assert set(re.findall(r'<rect y="\d+"[^>]*height="34" fill="([^"]*)"', svg_of(page))) == {colours[0]}
    light, dark = sorted(map(luminance, colours), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[n : n + 2], 16)) for n in (1, 3, 5))})"


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def svg_of(page: Page) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    return Path(download.value.path()).read_text("utf-8")


def test_other_graphs_are_drawn_too(open_page: Open) -> None:
    page = open_page(networkx.florentine_families_graph())
    assert count(page) == (20, 20)
    assert "Medici" in page.inner_text("#overview")


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_are_readable_and_do_not_overlap(open_page: Open, sample: networkx.Graph, scheme: Any) -> None:
    page = open_page(sample, color_scheme=scheme, viewport={"width": 1920, "height": 1080}, marking="SAMPLE")
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    svg = Path(download.value.path()).read_text("utf-8")
    sizes = [float(size) for size in re.findall(r'<text[^>]*font-size="([\d.]+)"', svg)]
    assert min(sizes) >= 11
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(open_page: Open, axe: str, scheme: Any) -> None:
    page = open_page(networks.sample(12), color_scheme=scheme, marking="SAMPLE")
    page.evaluate(axe)
    for address in ("#", "#view=table", "#compare=2010-01-01,2020-01-01"):
        page.evaluate("hash => { location.hash = hash }", address)
        page.locator(".nodes button, tbody tr").locator("visible=true").first.click()
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []


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


@pytest.mark.parametrize("mode", ["two-mode", "directed"])
def test_other_networks_are_drawn_too(open_page: Open, mode: str) -> None:
    net = networks.of_mode(mode)
    page = open_page(net, "#all=1")
    tied = pairs(net, set(net.graph["engagements"]))
    assert count(page) == (30, net.number_of_edges() if mode == "directed" else len(tied))
    page.locator(".nodes button").first.click()
    assert page.locator("#details article").count() > 0
    assert len(page.evaluate("relgraph.positions()")) >= len(net)
