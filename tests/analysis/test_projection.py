"""What holds of every projection, and Davis's Southern Women to the digits."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.making import claim, engagement, net, reading

CODES = ("AUS", "IND", "IDN", "JPN", "KOR", "PHL", "USA", "VNM")
DATES = st.sampled_from([None, "1990 / 1999", "1995-05-01 / 2010-01-01", "2000", "2005-06-07 / 2030"])
PARTIES = st.lists(st.sampled_from(CODES), unique=True, max_size=6)


@st.composite
def readings(draw, most: int = 6):
    """A few exercises of a few countries, dated or not."""
    drawn = draw(st.lists(st.tuples(PARTIES, DATES), max_size=most))
    return reading(*(engagement(f"e{n}", " ".join(who), when=when) for n, (who, when) in enumerate(drawn)))


def strengths(network) -> dict[frozenset, float]:
    return {frozenset(pair): about for *pair, about in network.edges(data="weight")}


@given(readings(), st.randoms(use_true_random=False), st.sampled_from(["count", "newman", "binary"]))
def test_neither_order_nor_repetition_matters(read, random, weight):
    shuffled = []
    for one in read.engagements:
        again = [said._replace(tie=said.tie + "-again", source="list") for said in one.claims]
        claims = [*one.claims, *again]
        random.shuffle(claims)
        shuffled.append(one._replace(claims=claims))
    random.shuffle(shuffled)
    ours, theirs = net(read, weight=weight), net(reading(*shuffled), weight=weight)
    assert strengths(ours) == strengths(theirs)
    assert list(ours.edges) == list(theirs.edges)


@given(readings(), st.permutations(CODES))
def test_names_do_not_matter(read, renamed):
    other = dict(zip(CODES, renamed, strict=True))
    moved = [
        one._replace(claims=[c._replace(actor=c.actor._replace(id=other[c.actor.id])) for c in one.claims])
        for one in read.engagements
    ]
    expected = {frozenset(map(other.get, pair)): w for pair, w in strengths(net(read, weight="newman")).items()}
    assert strengths(net(reading(*moved), weight="newman")) == expected


@given(readings())
def test_counts_are_those_of_a_hand_written_loop(read):
    expected = Counter(
        frozenset(pair)
        for one in read.engagements
        for pair in combinations(sorted({said.actor.id for said in one.claims}), 2)
    )
    made = net(read)
    assert strengths(made) == dict(expected)
    assert strengths(net(read, weight="binary")) == dict.fromkeys(expected, 1)
    for *_, about in made.edges(data=True):
        assert about["weight"] == len(about["engagements"])


@given(readings())
def test_newman_strength_is_the_number_of_engagements_with_others(read):
    made = net(read, weight="newman")
    shared = [one for one in read.engagements if len(one.claims) > 1]
    for code in made:
        mine = sum(any(said.actor.id == code for said in one.claims) for one in shared)
        assert made.degree(code, weight="weight") == pytest.approx(mine)
    assert made.size(weight="weight") == pytest.approx(sum(len(one.claims) / 2 for one in shared))


@given(readings(), st.dates())
def test_what_is_possible_only_adds(read, day):
    sure, maybe = (set(net(read, as_of=day, possibly=choice).edges) for choice in (False, True))
    assert sure <= maybe <= set(net(read).edges)


@given(readings())
def test_two_mode_holds_the_same_as_the_projection(read):
    two = net(read, mode="two-mode")
    parties = [node for node, side in two.nodes(data="bipartite") if side == 0]
    flat = nx.bipartite.weighted_projected_graph(two, parties) if len(two) else two
    assert strengths(net(read)) == strengths(flat)


@given(readings(), st.integers(0, 5))
def test_leaving_one_claim_out_is_leaving_its_party_out(read, position):
    if not read.engagements:
        return
    first, *rest = read.engagements
    claims = [said for n, said in enumerate(first.claims) if n != position]
    gone = {said.actor.id for said in first.claims} - {said.actor.id for said in claims}
    made = net(reading(first._replace(claims=claims), *rest))
    opened = made.graph["engagements"][first.id]
    assert gone.isdisjoint(party["id"] for party in opened["parties"])
    assert opened["size"] == len(claims)


@pytest.fixture(scope="module")
def davis():
    graph = nx.davis_southern_women_graph()
    tops = graph.graph["top"]
    return reading(
        *(
            engagement(event, "")._replace(
                claims=[
                    claim(event, f"Organization/{woman.replace(' ', '_')}", n=n)
                    for n, woman in enumerate(sorted(graph[event]))
                ]
            )
            for event in sorted(set(graph) - set(tops))
        )
    )


def test_davis_southern_women(davis):
    """Davis, Gardner & Gardner 1941, as in networkx; the numbers are counted from it by hand."""
    made = net(davis)
    assert (made.number_of_edges(), made.size(weight="weight")) == (139, 322)
    pair = "Evelyn_Jefferson", "Theresa_Anderson"
    assert made.edges[pair]["weight"] == 7
    newman = net(davis, weight="newman")
    assert round(newman.edges[pair]["weight"], 4) == 1.4869
    assert newman.size(weight="weight") == pytest.approx(44.5)
    assert newman.degree("Evelyn_Jefferson", weight="weight") == pytest.approx(8)
    assert net(davis, mode="two-mode").number_of_edges() == 89


@given(readings(), st.sampled_from(["1995-01-01", "2005-06-30", "2010-01-01", "2031-01-01"]))
def test_what_is_told_as_left_out_is_what_would_be_counted(read, day):
    """Whether possibly and undated are counted or not, each tells how many the network gains or loses by it alone."""
    made = {
        asked: net(read, as_of=day, **dict(zip(("possibly", "undated"), asked, strict=True))).graph["counts"]
        for asked in product((True, False), repeat=2)
    }
    for other in (True, False):
        for name, (more, less) in {
            "possibly": (made[True, other], made[False, other]),
            "undated": (made[other, True], made[other, False]),
        }.items():
            assert more[name] == less[name] == more["engagements"] - less["engagements"]
