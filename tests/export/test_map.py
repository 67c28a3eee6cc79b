"""The picture on the screen: in a real browser with the network off."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import networkx
import pytest
from tests.export import networks
from tests.export.conftest import Open
from tests.export.pages import count, pairs, svg_of

from relgraph import export


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


def test_never_a_hairball(open_page: Open) -> None:
    ids = tuple(country.id for country in list(networks.load_countries())[:120])
    page = open_page(networks.sample(1500, ids=ids, seed=3))
    assert re.match(r"The strongest \d+ of [\d,]+ lines are drawn", page.inner_text("#limit"))
    shown = int(re.findall(r"strongest (\d+) of", page.inner_text("#limit"))[0])
    assert shown <= 300
    page.get_by_role("button", name="Show all").click()
    assert page.locator("#limit").is_hidden()
    assert count(page)[0] == 1500


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
    places, width = page.evaluate("drawn"), page.locator("#network canvas").evaluate("canvas => canvas.width")
    bottom = page.evaluate("document.getElementById('zoom').offsetTop * devicePixelRatio")
    page.close()
    assert len(places) >= 2 * len(far)
    for one in places:
        assert 0 < one["left"] < one["right"] < width
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


def test_other_graphs_are_drawn_too(open_page: Open) -> None:
    page = open_page(networkx.florentine_families_graph())
    assert count(page) == (20, 20)
    assert "Medici" in page.inner_text("#overview")


def test_what_a_query_returns_is_drawn_without_a_tie_too(open_page: Open) -> None:
    net = networks.network([networks.engagement("tie", ["AUS", "JPN"])])
    net.add_node("FRA", **networks.node("FRA"))
    net.graph["policy"]["query"] = "allies"
    page = open_page(net)
    assert "France" in svg_of(page)
    page.evaluate("relgraph.set({kinds: ['Agreement']})")  # a filter removes what it leaves bare
    assert "France" not in svg_of(page)


def test_squares_have_no_colour_of_a_kind_where_lines_tell_changes(open_page: Open) -> None:
    many = networks.engagement("many", ["AUS", "IDN", "IND", "JPN", "NZL", "USA"], start="2016")
    page = open_page(networks.network([many]), compare=("2015-06-30", "2020-06-30"))
    assert 'fill="#8A929B"' in svg_of(page)
    page.evaluate("relgraph.set({})")
    assert 'fill="#D55E00"' in svg_of(page)


@pytest.mark.parametrize("mode", ["two-mode", "directed"])
def test_other_networks_are_drawn_too(open_page: Open, mode: str) -> None:
    net = networks.of_mode(mode)
    page = open_page(net, "#all=1")
    tied = pairs(net, set(net.graph["engagements"]))
    assert count(page) == (30, net.number_of_edges() if mode == "directed" else len(tied))
    page.locator(".nodes button").first.click()
    assert page.locator("#details article").count() > 0
    assert len(page.evaluate("relgraph.positions()")) >= len(net)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_are_readable_and_do_not_overlap(open_page: Open, sample: networkx.Graph, scheme: Any) -> None:
    page = open_page(sample, color_scheme=scheme, viewport={"width": 1920, "height": 1080}, marking="SAMPLE")
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    svg = Path(download.value.path()).read_text("utf-8")
    sizes = [float(size) for size in re.findall(r'<text[^>]*font-size="([\d.]+)"', svg)]
    assert min(sizes) >= 11
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("address", ["#", "#view=table", "#open=JPN"])
def test_a_phone_never_scrolls_sideways(open_page: Open, address: str) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "device_scale_factor": 3}
    page = open_page(networks.sample(12), address, marking="SAMPLE", **phone)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate("document.forms[0].scrollWidth - document.forms[0].clientWidth") == 0
