"""What the controls leave, and the state of them in the address: in a real browser with the network off."""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.export import networks
from tests.export.conftest import Open
from tests.export.pages import count, left, pairs, rows, svg_of

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
        assert rows(page) == page.evaluate("relgraph.shown()")  # in the same order, too
        assert set(rows(page)) == expected
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
