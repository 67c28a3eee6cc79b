"""What leaves the page: PNG, SVG, print, and the marking on each."""

from __future__ import annotations

import re
from pathlib import Path

import networkx
import pytest
from tests.export import networks
from tests.export.conftest import Open
from tests.export.pages import pages_of, svg_of

from relgraph.model.ontology import load_ontology


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


def test_a_legend_of_everything_stays_on_the_picture(open_page: Open) -> None:
    labels = [name for name, label in load_ontology().labels.items() if label.second == "Engagement"]
    ties = [networks.engagement(name, ["JPN", "nato"], label=name, kind=None) for name in labels]
    many = networks.engagement("many", ["AUS", "IDN", "IND", "JPN", "NZL", "USA"])
    net = networks.network([*ties, many])
    net.nodes["nato"].update(label="Organization", name="NATO")
    page = open_page(net, "#day=2019-06-30")
    assert "organization: no place on the map" in page.inner_text("#key").splitlines()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.evaluate("document.getElementById('figure').style.display = 'block'")
    ends = page.locator("#figure > svg > text").evaluate_all(
        "texts => texts.map(one => one.getBBox()).map(box => [box.x + box.width, box.y + box.height])"
    )
    assert all(x <= 1600 and y <= 900 for x, y in ends)
