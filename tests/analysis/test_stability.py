"""Bands of ranks: what is found from what changes is what measuring every network anew finds."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.making import claim, engagement, link, net, reading
from tests.analysis.storing import store

from relgraph.analysis.measures import centrality, groups
from relgraph.analysis.policy import Policy
from relgraph.analysis.stability import stability, stability_of
from relgraph.errors import UsageError

CODES = ("AUS", "IND", "IDN", "JPN", "KOR", "PHL", "USA", "VNM")
MEASURES = [
    "degree", "strength", "engagements", "betweenness", "closeness", "harmonic", "eigenvector", "pagerank",
    "constraint", "effective_size", "core_number",
]  # fmt: skip


@st.composite
def readings(draw):
    """Some exercises with doubtful parties, dated or not, some of them editions or parts of others."""
    parties = st.lists(st.sampled_from(CODES), unique=True, max_size=6)
    dates = st.sampled_from([None, "1990 / 1999", "1995", "2005-06-07 / 2030"])
    drawn = draw(st.lists(st.tuples(parties, dates, st.sampled_from(["", "?", "??"])), max_size=6))
    ids = [f"e{n}" for n in range(len(drawn))]
    links = [
        link(f"Exercise/{part} in Exercise/{whole}", role="edition")
        for n, part in enumerate(ids)
        for whole in draw(st.lists(st.sampled_from(ids), max_size=1 if n else 0))
        if part != whole
    ]
    made = [
        engagement(id, " ".join(who[:1] + [each + doubt for each in who[1:]]), when=when)
        for id, (who, when, doubt) in zip(ids, drawn, strict=True)
    ]
    return reading(*made, links=tuple(links))


def anew(network) -> pd.DataFrame:
    """The same measures by a function that stability does not know, so that it measures every network."""
    return centrality(network)


POLICIES = [{}, {"as_of": "1996-01-01"}, {"weight": "newman"}, {"weight": "binary", "parties_at_most": 4}]
POLICIES += [{"as_of": "1996-01-01", "population": "system", "countries": ["JPN", "USA", "AUS", "IND", "DDR", "CHE"]}]


@settings(max_examples=12)
@given(readings(), st.sampled_from(POLICIES))
def test_what_changes_is_all_that_is_needed(read, options):
    policy = Policy.of(**options)
    ours, theirs = (stability_of(read, policy, measure) for measure in ("centrality", anew))
    pd.testing.assert_frame_equal(ours, theirs)
    assert ours.attrs["warning"] == theirs.attrs["warning"]


@settings(max_examples=10)
@given(readings(), st.sampled_from(POLICIES[:4]), st.sampled_from(["degree", "betweenness"]))
def test_the_bands_are_those_of_a_hand_written_loop(read, options, measure):
    table = stability_of(read, Policy.of(**options), measure).set_index("id")
    for id, row in table.iterrows():
        found = [row["rank"]]
        for one in read.engagements:
            rest = [other for other in read.engagements if other is not one]
            # what is left out keeps its place in a series, and has no party any more
            kept = reading(*rest, one._replace(claims=()), links=tuple(read.parts))
            ranks = centrality(net(kept, **options), measures=[measure]).set_index("id")[f"{measure}_rank"]
            if len(ranks):
                found.append(ranks.get(id, len(ranks) + 1))
        assert (row["engagement_lowest"], row["engagement_highest"]) == (min(found), max(found))


PACT = engagement("pact", "AUS IND IDN KOR PHL VNM", label="Agreement")
PAIRS = [engagement(f"with-{code.lower()}", f"USA {code}") for code in ("JPN", "AUS", "KOR")]
LISTED = engagement("listed", "", claims=[claim("listed", code, source="list", n=n) for n, code in enumerate(CODES)])


def test_one_pact_decides_the_top_five():
    table = stability_of(reading(PACT, *PAIRS), Policy(), "degree")
    assert table["id"].tolist()[:2] == ["AUS", "KOR"]
    assert table["measure"].unique().tolist() == ["degree"]
    by_id = table.set_index("id")
    assert by_id.loc["IDN", ["rank", "lowest", "engagement_highest"]].tolist() == [3, 2, 5]


def test_a_country_that_rests_on_one_engagement():
    others = [engagement(f"o{n}", f"USA {code}") for n, code in enumerate(["JPN", "AUS", "KOR", "GBR", "FRA", "USA"])]
    read = reading(engagement("pact", "ATG GRD LCA VCT BLZ GUY", label="Agreement"), *others)
    table = stability_of(read, Policy(), "degree").set_index("id")
    assert table.loc["GRD", ["rank", "engagement_lowest", "engagement_highest"]].tolist() == [1, 1, 7]
    assert table.loc["GRD", "top_five_rests_on"] == "engagement pact"
    assert table.loc["USA", "top_five_rests_on"] == "engagement o0, engagement o1, engagement o2, 2 more"
    assert "engagement pact (without it out ATG BLZ GRD GUY LCA VCT, in AUS FRA GBR JPN KOR)" in table.attrs["warning"]
    assert table.attrs["policy"].startswith("Every two parties")


def test_policies_widen_the_band():
    read = reading(engagement("big", "JPN USA AUS"), engagement("small", "KOR PHL"), engagement("again", "KOR? PHL"))
    table = stability_of(read, Policy(), "strength").set_index("id")
    assert table.loc["KOR", ["rank", "policy_lowest", "policy_highest"]].tolist() == [1, 1, 4]  # stated, by count
    fixed = stability_of(read, Policy(), "strength", limits=()).set_index("id")
    assert fixed.loc["JPN", ["policy_lowest", "policy_highest"]].tolist() == [1, 3]  # 1/2 + 1/2, by Newman


@pytest.mark.filterwarnings(r"ignore:(.|\n)*(does not exist|parameter missing)")
def test_without_a_source(connection):
    bilateral = [engagement(f"p{n}", f"USA {code}") for n, code in enumerate(["JPN", "AUS", "GBR"])]
    store(connection.write, reading(*bilateral, LISTED))
    table = stability(connection, "degree").set_index("id")
    assert table.loc["VNM", ["rank", "source_lowest", "source_highest"]].tolist() == [2, 1, 5]
    assert table.loc["VNM", "top_five_rests_on"] == "engagement listed, source list"
    assert table.attrs["warning"].startswith("Alone decides who the top five of degree are: source list (")
    alone = stability(connection, "degree", sources="list")
    assert alone["source_lowest"].isna().all()
    assert alone.attrs["notes"][-1] == "No source could be left out: all rests on one."
    assert stability(connection, "degree", countries=["Japan", "us"])["id"].tolist() == ["JPN", "USA"]


def test_other_measures_and_networks():
    read = reading(PACT, *PAIRS)
    table = stability_of(read, Policy(), "brokerage", arguments={"partition": ["AUS", "KOR"]})
    assert set(table["measure"]) == {
        "brokerage",
        "coordinator",
        "consultant",
        "gatekeeper",
        "representative",
        "liaison",
    }
    two = stability_of(read, Policy(mode="two-mode"), "degree").set_index("id")
    assert two.loc["JPN", ["rank", "engagement_highest"]].tolist() == [4, 8]
    some = stability_of(read, Policy(), "centrality", arguments={"measures": ["degree", "strength"]})
    assert some["measure"].unique().tolist() == ["degree", "strength"]
    with pytest.raises(UsageError, match="needs ranks of countries"):
        stability_of(read, Policy(), groups)
    with pytest.raises(UsageError, match="no such measure"):
        stability_of(read, Policy(), "center")


def test_nothing():
    table = stability_of(reading(), Policy(), "degree")
    assert len(table) == 0
    assert {"id", "name", "measure", "value", "rank", "lowest", "highest", "top_five_rests_on"} <= set(table)
