"""Each choice of a projection on a few countries, where it changes the answer. No database is asked."""

from __future__ import annotations

import networkx as nx
import pytest
from tests.analysis.making import claim, engagement, link, net, reading, weights

MALABAR = engagement("malabar", "JPN USA IND")
ACSA = engagement("acsa", "JPN AUS", label="Agreement")


def test_every_two_parties_are_tied():
    assert weights(net(reading(MALABAR, ACSA))) == {"AUS-JPN": 1, "IND-JPN": 1, "IND-USA": 1, "JPN-USA": 1}


def test_two_that_only_receive_are_not_tied():
    program = engagement("pac", "JPN:provides VNM:receives PHL:receives", label="Program")
    assert weights(net(reading(program))) == {"JPN-PHL": 1, "JPN-VNM": 1}


def test_one_that_receives_and_provides_is_tied_to_one_that_receives():
    exchange = engagement("swap", "JPN:provides VNM:receives JPN:receives", label="Program")
    assert weights(net(reading(exchange))) == {"JPN-VNM": 1}


def test_several_claims_of_one_thing_count_once():
    again = engagement(
        "acsa",
        "JPN AUS",
        label="Agreement",
        claims=[
            claim("acsa", "JPN", label="Agreement", source="list"),
            claim("acsa", "AUS", label="Agreement", source="list", n=1),
            claim("acsa", "AUS", label="Agreement", n=7),
        ],
    )
    made = net(reading(again))
    assert weights(made) == {"AUS-JPN": 1}
    assert made.graph["engagements"]["acsa"]["size"] == 2
    assert len(made.graph["engagements"]["acsa"]["claims"]) == 5
    assert list(made.graph["sources"]) == ["list", "paper"]


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        ("count", {"JPN-USA": 2, "IND-JPN": 1, "IND-USA": 1}),
        ("newman", {"JPN-USA": 1.5, "IND-JPN": 0.5, "IND-USA": 0.5}),
        ("binary", {"JPN-USA": 1, "IND-JPN": 1, "IND-USA": 1}),
    ],
)
def test_weights(weight, expected):
    made = net(reading(MALABAR, engagement("keen", "JPN USA")), weight=weight)
    assert weights(made) == expected
    assert all(about["distance"] == pytest.approx(1 / about["weight"]) for *_, about in made.edges(data=True))


def test_parties_at_most():
    made = net(reading(MALABAR, ACSA), parties_at_most=2)
    assert weights(made) == {"AUS-JPN": 1}
    assert "1 larger engagement left out" in made.graph["policy"]["text"]


def test_roles_that_count_by_default():
    mixed = engagement("rimpac", "JPN:host USA PHL:observer VNM:invited IDN:planned MYS:lead")
    assert set(net(reading(mixed))) == {"JPN", "USA", "MYS"}
    announced = engagement("vision", "JPN PHL:announced VNM:welcomed IDN", label="Agreement")
    assert set(net(reading(announced))) == {"JPN", "IDN"}


def test_roles_that_are_asked_for():
    mixed = engagement("rimpac", "JPN:host USA PHL:observer")
    assert set(net(reading(mixed), roles=["host", "observer"])) == {"JPN", "PHL"}
    given = engagement("pac", "JPN:provides VNM:receives", label="Program")
    assert weights(net(reading(given), roles=["provides", "receives"])) == {"JPN-VNM": 1}
    assert weights(net(reading(given), roles=["provides"])) == {}


def test_certainty():
    doubtful = engagement("keen", "JPN USA? KOR??")
    assert set(net(reading(doubtful))) == {"JPN", "USA"}
    assert set(net(reading(doubtful), certainty="stated")) == set()
    made = net(reading(doubtful), certainty=["stated", "implied", "ambiguous"])
    assert set(made) == {"JPN", "USA", "KOR"}
    assert made.graph["engagements"]["keen"]["certainty"] == "ambiguous"


def test_the_strongest_claim_carries_a_party():
    twice = engagement("keen", "JPN USA??", claims=[claim("keen", "USA", source="list")])
    assert net(reading(twice)).graph["engagements"]["keen"]["certainty"] == "stated"


def test_kinds_are_labels_and_kinds():
    edition = engagement("malabar-2007", "JPN USA AUS", kind="edition")
    read = reading(edition, ACSA)
    assert set(net(read, kinds="Exercise")) == {"JPN", "USA", "AUS"}
    assert set(net(read, kinds=["edition"])) == {"JPN", "USA", "AUS"}
    assert set(net(read, kinds=["Agreement"])) == {"JPN", "AUS"}
    assert set(net(read, kinds=["series"])) == set()


def test_domains_by_id_or_name():
    relief = engagement("relief", "JPN PHL", covers=["HA/DR"])
    for word in ("HA/DR", "ha/dr"):
        assert weights(net(reading(relief, ACSA), domains=word)) == {"JPN-PHL": 1}


def test_obligations_of_a_party_come_before_those_of_the_agreement():
    pact = engagement(
        "pact",
        "JPN USA",
        label="Agreement",
        obligations=("defense",),
        claims=[claim("pact", "KOR", label="Agreement", obligations=("consultation",))],
    )
    assert set(net(reading(pact), obligations="defense")) == {"JPN", "USA"}
    assert set(net(reading(pact), obligations=["defense", "consultation"])) == {"JPN", "USA", "KOR"}


def test_countries_are_the_only_nodes_and_sizes_stay():
    made = net(reading(MALABAR), countries=["JPN", "USA"], weight="newman")
    assert weights(made) == {"JPN-USA": 0.5}
    assert [party["id"] for party in made.graph["engagements"]["malabar"]["parties"]] == ["IND", "JPN", "USA"]


def test_units_roll_up_through_units():
    joint = engagement("joint", "Unit/jmsdf Unit/usn JPN")
    links = (link("Unit/jmsdf in Unit/jsdf"), link("Unit/jsdf in JPN"), link("Unit/usn in USA"))
    made = net(reading(joint, links=links))
    assert weights(made) == {"JPN-USA": 1}
    opened = made.graph["engagements"]["joint"]
    assert opened["size"] == 2
    assert [(party["id"], party["via"]) for party in opened["parties"]] == [
        ("JPN", ["jmsdf", "jsdf"]),
        ("USA", ["usn"]),
    ]
    assert {said["actor"] for said in opened["claims"]} == {"jmsdf", "usn", "JPN"}
    assert made.graph["names"] == {"JPN": "Japan", "jmsdf": "Jmsdf", "jsdf": "Jsdf", "usn": "Usn"}


def test_units_that_do_not_roll_up_stand_for_themselves():
    joint = engagement("joint", "Unit/jmsdf Unit/usn")
    links = (link("Unit/jmsdf in JPN"), link("Unit/usn in USA"))
    assert weights(net(reading(joint, links=links), roll_up=False)) == {"jmsdf-usn": 1}


def test_a_unit_without_a_country_counts_in_the_size_and_is_no_node():
    joint = engagement("joint", "Unit/somebody JPN USA")
    made = net(reading(joint), weight="newman")
    assert weights(made) == {"JPN-USA": 0.5}
    assert "1 unit left out whose country no source names" in made.graph["policy"]["text"]


def test_units_in_a_circle_end():
    joint = engagement("joint", "Unit/a JPN")
    assert weights(net(reading(joint, links=(link("Unit/a in Unit/b"), link("Unit/b in Unit/a"))))) == {}


ASEAN = (
    link("VNM in Organization/asean", when="1995-07-28 / .."),
    link("PHL in Organization/asean", when="1967-08-08"),
    link("MMR in Organization/asean"),
    link("TLS in Organization/asean", role="observer"),
    link("IDN in Organization/asean", certainty="ambiguous"),
)


def test_an_organization_stands_for_itself():
    vision = engagement("vision", "JPN Organization/asean", label="Agreement", when="2016")
    made = net(reading(vision, links=ASEAN))
    assert weights(made) == {"JPN-asean": 1}
    assert made.nodes["asean"]["label"] == "Organization"


def test_an_organization_is_expanded_to_its_members_then():
    talks = engagement("talks", "JPN Organization/asean", when="1990 / 2020-12-31")
    early = net(reading(talks, links=ASEAN), expand_organizations=True, as_of="1993-01-01")
    assert set(early) == {"JPN", "MMR"}  # of the Philippines no end is said: possibly
    early = net(reading(talks, links=ASEAN), expand_organizations=True, as_of="1993-01-01", possibly=True)
    assert set(early) == {"JPN", "MMR", "PHL"}
    assert early.graph["engagements"]["talks"]["size"] == 3
    assert set(net(reading(talks, links=ASEAN), expand_organizations=True, as_of="1993-01-01", undated=False)) == set()


def test_without_a_day_members_are_those_while_the_engagement_lasted():
    dated = (
        link("VNM in Organization/asean", when="1995-07-28 / 2030"),
        link("PHL in Organization/asean", when="1967-08-08 / 2030"),
        link("GBR in Organization/asean", when="1950 / 1960"),
    )
    read = reading(engagement("talks", "JPN Organization/asean", when="1977", event=True), links=dated)
    assert set(net(read, expand_organizations=True)) == {"JPN", "PHL"}
    read = reading(engagement("talks", "JPN Organization/asean"), links=dated)
    assert set(net(read, expand_organizations=True)) == {"JPN", "PHL", "VNM", "GBR"}


def test_an_organization_whose_members_nobody_names_stands_for_itself():
    vision = engagement("vision", "JPN Organization/asean", label="Agreement")
    assert set(net(reading(vision), expand_organizations=True)) == {"JPN", "asean"}


def test_a_group_counts_by_its_size_and_is_no_node():
    rimpac = engagement("rimpac", "JPN USA Group/fifteen")
    read = reading(rimpac, sizes={"Group/fifteen": 15})
    made = net(read, weight="newman")
    assert weights(made) == {"JPN-USA": 0.0625}
    assert made.graph["engagements"]["rimpac"]["size"] == 17
    assert weights(net(read, parties_at_most=16)) == {}
    assert set(net(read, mode="two-mode")) == {"JPN", "USA", "rimpac"}


def test_a_named_member_of_a_group_is_not_counted_twice():
    rimpac = engagement("rimpac", "JPN USA Group/fifteen")
    read = reading(rimpac, sizes={"Group/fifteen": 15}, links=(link("JPN in Group/fifteen"),))
    assert net(read).graph["engagements"]["rimpac"]["size"] == 16


EDITIONS = (
    link("Exercise/m-2007 in Exercise/m", role="edition"),
    link("Exercise/m-2015 in Exercise/m", role="edition"),
)


def test_a_whole_adds_nothing_to_a_pair_that_its_editions_tie():
    read = reading(
        engagement("m", "JPN USA IND", kind="series"),
        engagement("m-2007", "USA IND AUS"),
        engagement("m-2015", "USA IND"),
        links=EDITIONS,
    )
    made = net(read)
    assert weights(made) == {"AUS-IND": 1, "AUS-USA": 1, "IND-USA": 2, "IND-JPN": 1, "JPN-USA": 1}
    assert weights(net(read, kinds="series")) == {"IND-JPN": 1, "IND-USA": 1, "JPN-USA": 1}
    assert made.graph["engagements"]["m-2007"]["part_of"] == ["m"]


def test_a_whole_of_a_whole_adds_nothing_either():
    links = (link("Exercise/day in Exercise/week"), link("Exercise/week in Exercise/year"))
    read = reading(
        engagement("year", "JPN USA"),
        engagement("week", "JPN AUS"),
        engagement("day", "JPN USA"),
        links=links,
    )
    assert weights(net(read)) == {"JPN-USA": 1, "AUS-JPN": 1}


def test_an_edition_of_another_time_does_not_silence_the_series():
    read = reading(
        engagement("m", "USA IND", when="1992 / 2030"),
        engagement("m-2007", "USA IND", when="2007", event=True),
        links=EDITIONS,
    )
    assert net(read, as_of="2019-01-01").edges["IND", "USA"]["engagements"][0]["id"] == "m"


SPAN = engagement("span", "JPN USA", label="Agreement", when="1951 / 1960")
OPEN = engagement("open", "JPN USA", label="Agreement", when="1960-06-23")
UNSAID = engagement("unsaid", "JPN USA", label="Agreement")


def ids(network) -> list[str]:
    return [one["id"] for one in network.edges["JPN", "USA"]["engagements"]] if network.edges else []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["open", "span", "unsaid"]),
        ({"as_of": "1955-01-01"}, ["span", "unsaid"]),
        ({"as_of": "1955-01-01", "undated": False}, ["span"]),
        ({"as_of": "1960-05-01", "undated": False}, []),
        ({"as_of": "1960-05-01", "undated": False, "possibly": True}, ["span"]),
        ({"as_of": "1970-01-01", "undated": False, "possibly": True}, ["open"]),
        ({"between": ("1961", "1970"), "undated": False}, []),
        ({"between": ("1960", "1970"), "undated": False}, ["open", "span"]),
    ],
)
def test_time(options, expected):
    assert ids(net(reading(SPAN, OPEN, UNSAID), **options)) == expected


def test_what_is_undated_or_possible_is_counted_apart():
    made = net(reading(SPAN, OPEN, UNSAID), as_of="1960-05-01", possibly=True)
    assert (made.graph["counts"]["undated"], made.graph["counts"]["possibly"]) == (1, 1)
    assert made.graph["as_of"] == "1960-05-01"


def test_dates_of_a_tie_come_before_those_of_its_engagement():
    from tests.analysis.making import spell

    pact = engagement(
        "pact", "USA GBR", label="Agreement", when="1949 / 2030",
        claims=[claim("pact", "DEU", label="Agreement", n=5, bounds=spell("1955-05-06 / 2030"))],
    )  # fmt: skip
    assert set(net(reading(pact), as_of="1950-01-01")) == {"USA", "GBR"}
    assert set(net(reading(pact), as_of="1960-01-01")) == {"USA", "GBR", "DEU"}


def test_in_a_period_two_must_have_been_in_it_together():
    from tests.analysis.making import spell

    pact = engagement("pact", "USA", label="Agreement", when="1949 / 2030", claims=[
        claim("pact", "ALB", label="Agreement", n=5, bounds=spell("1955-01-01 / 1968-01-01")),
        claim("pact", "DDR", label="Agreement", n=6, bounds=spell("1970-01-01 / 1990-01-01")),
        claim("pact", "ALB", label="Agreement", n=7, bounds=spell("1991 / 1992")),
    ])  # fmt: skip
    assert weights(net(reading(pact), between=("1950", "2000"))) == {"ALB-USA": 1, "DDR-USA": 1}
    assert weights(net(reading(pact))) == {"ALB-USA": 1, "DDR-USA": 1, "ALB-DDR": 1}


def test_two_mode():
    made = net(reading(MALABAR, ACSA), mode="two-mode")
    assert nx.is_bipartite(made)
    assert {node for node, side in made.nodes(data="bipartite") if side == 1} == {"malabar", "acsa"}
    assert set(made["JPN"]) == {"malabar", "acsa"}
    assert made.nodes["acsa"]["label"] == "Agreement"
    (opened,) = made.edges["JPN", "malabar"]["engagements"]
    assert (opened["id"], opened["roles"]) == ("malabar", {"JPN": ["participant"]})


def test_an_edge_opens_down_to_who_says_so():
    program = engagement(
        "pac", "JPN:provides VNM:receives PHL:receives", label="Program", kind="education",
        claims=[claim("pac", "VNM:receives", label="Program", source="list"), claim("pac", "Group/some", n=7)],
    )  # fmt: skip
    made = net(reading(program, sizes={"Group/some": 3}))
    parties = ["JPN", "PHL", "VNM", "some"]
    about = {"id": "pac", "label": "Program", "kind": "education", "parties": parties}
    assert made.edges["JPN", "VNM"]["engagements"] == [
        {**about, "roles": {"JPN": ["provides"], "VNM": ["receives"]}, "sources": ["list", "paper"]}
    ]
    assert made.edges["JPN", "PHL"]["engagements"][0]["sources"] == ["paper"]


def test_two_mode_keeps_apart_an_organization_and_a_dialogue_of_one_id():
    made = net(reading(engagement("admm", "JPN Organization/admm", label="Dialogue")), mode="two-mode")
    assert set(made.edges) == {("JPN", "dialogue:admm"), ("admm", "dialogue:admm")}


def test_directed():
    program = engagement("pac", "JPN:provides AUS:provides VNM:receives PHL:receives USA", label="Program")
    made = net(reading(program), directed=True)
    assert isinstance(made, nx.DiGraph)
    assert set(made.edges) == {("JPN", "VNM"), ("JPN", "PHL"), ("AUS", "VNM"), ("AUS", "PHL")}


def test_every_engagement_is_listed_tied_or_not():
    lone = engagement("visit", "JPN", label="Deployment")
    assert set(net(reading(lone, ACSA)).graph["engagements"]) == {"visit", "acsa"}


def test_an_engagement_whose_parties_are_dated_is_listed_while_any_is_in_it():
    from tests.analysis.making import spell

    claims = [
        claim("pact", who, label="Agreement", n=n, bounds=spell("1949 / 1960")) for n, who in enumerate(["USA", "GBR"])
    ]
    read = reading(engagement("pact", "", label="Agreement", claims=claims), engagement("watch", "JPN:observer"))
    assert set(net(read, as_of="1955-01-01").graph["engagements"]) == {"pact", "watch"}
    assert set(net(read, as_of="1970-01-01").graph["engagements"]) == {"watch"}
    assert set(net(read, as_of="1970-01-01", undated=False).graph["engagements"]) == set()


def test_the_ego_of_the_sources_that_were_used():
    sources = {"paper": {"id": "paper", "ego": ["JPN"]}, "list": {"id": "list", "ego": ["USA"]}}
    assert net(reading(ACSA, sources=sources)).graph["ego"] == ["JPN"]


def test_nothing_gives_an_empty_network():
    made = net(reading())
    assert (len(made), made.graph["engagements"], made.graph["ego"]) == (0, {}, [])
    assert made.graph["policy"]["text"].endswith(".")


def test_population_of_the_system():
    made = net(reading(engagement("keen", "JPN USA", when="2000 / 2030")), as_of="2019-01-01", population="system")
    assert 190 < len(made) < 205
    assert made.degree("CHE") == 0
    assert made.nodes["CHE"]["name"] == "Switzerland"
    old = net(reading(), as_of="1900-01-01", population="system")
    assert "JPN" in old
    assert "IND" not in old


def test_one_sentence_says_the_policy():
    made = net(
        reading(MALABAR), kinds=["Exercise"], as_of="2019-06-30", weight="newman", sources=["paper"],
        roles=["host", "participant"], countries=["JPN", "IND"],
    )  # fmt: skip
    assert made.graph["policy"]["text"] == (
        "Every two parties of an engagement are tied, except two that only receive; each engagement of n "
        "parties adds 1/(n-1) to a tie (Newman); engagements of kind Exercise; among Japan and India; in "
        "force on 2019-06-30, possibly in force left out (0), undated counted (1); stated and implied claims in "
        "the role host or participant, of paper alone."
    )
    assert made.graph["policy"]["kinds"] == ["Exercise"]
    assert made.graph["policy"]["as_of"] == "2019-06-30"
