"""What is read from an engine is what was written, and projects to the same network."""

from __future__ import annotations

import networkx as nx
import pytest
from tests.analysis.making import claim, engagement, link, reading, spell
from tests.analysis.storing import store

from relgraph.analysis.dyads import dyads
from relgraph.analysis.matrix import matrix
from relgraph.analysis.network import network, project
from relgraph.analysis.policy import Policy
from relgraph.analysis.reading import read
from relgraph.errors import UsageError

# A small graph lacks labels and properties that the statements name: no fault of theirs.
pytestmark = pytest.mark.filterwarnings(r"ignore:(.|\n)*(does not exist|parameter missing)")
SOURCES = {
    "paper": {"id": "paper", "name": "A paper", "priority": 10, "ego": ["JPN"]},
    "list": {"id": "list", "name": "A list", "priority": 5},
}
WHOLE = reading(
    engagement("malabar", "Unit/jmsdf? USA IND Group/fifteen", kind="series"),
    engagement("malabar-2007", "Unit/jmsdf USA AUS SGP:observer", when="2007", event=True, covers=["HA/DR"]),
    engagement(
        "pact",
        "USA",
        label="Agreement",
        when="1949-04-04 / 2030",
        obligations=("defense",),
        aliases=("The Pact",),
        claims=[
            claim("pact", "USA", label="Agreement", n=2, source="list", locator="row 3", quote="a pact"),
            claim("pact", "DEU", label="Agreement", n=3, source="list", bounds=spell("1955-05-06 / 2030")),
            claim("pact", "GBR", label="Agreement", n=4, source="list", obligations=("consultation",)),
        ],
    ),
    engagement("pac", "JPN:provides Organization/asean:receives VNM:receives", label="Program"),
    links=(
        link("Unit/jmsdf in JPN"),
        link("Exercise/malabar-2007 in Exercise/malabar", role="edition"),
        link("VNM in Organization/asean", when="1995 / 2030"),
        link("PHL in Organization/asean", certainty="implied"),
        link("IND in Group/fifteen"),
    ),
    sizes={"Group/fifteen": 15},
    sources=SOURCES,
)


def matrix_of_two(connection, **options):
    return matrix(connection, ["JPN", "USA"], **options)


def dyads_of_a_year(connection, **options):
    return dyads(connection, ("2010", "2010"), **options)


@pytest.fixture
def stored(connection):
    store(connection.write, WHOLE)
    return connection


def test_the_reading_is_what_was_written(stored):
    again = read(stored)
    assert {one.id: one._replace(claims=set(one.claims)) for one in again.engagements} == {
        one.id: one._replace(claims=set(one.claims)) for one in WHOLE.engagements
    }
    assert again.actors == WHOLE.actors
    assert set(again.parts) == set(WHOLE.parts)
    assert set(again.members) == set(WHOLE.members)
    assert again.sources == SOURCES


OPTIONS = [
    {},
    {"mode": "two-mode"},
    {"weight": "newman", "parties_at_most": 16},
    {"kinds": "Exercise", "countries": ["Japan", "usa"]},
    {"directed": True},
    {"expand_organizations": True, "as_of": "2007-06-30", "possibly": True},
    {"domains": "HA/DR"},
    {"roll_up": False},
    {"obligations": "consultation"},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_the_network_is_that_of_the_reading(stored, options):
    ours = network(stored, **options)
    ids = {"countries": ["JPN", "USA"]} if "countries" in options else {}
    theirs = project(WHOLE, Policy.of(**{**options, **ids}))
    assert ours.graph == theirs.graph
    assert dict(ours.nodes(data=True)) == dict(theirs.nodes(data=True))
    assert nx.to_dict_of_dicts(ours) == nx.to_dict_of_dicts(theirs)


@pytest.mark.parametrize("source", ["paper", "list"])
@pytest.mark.parametrize("mode", ["country", "two-mode"])
def test_the_network_of_one_source_is_that_of_a_graph_with_it_alone(stored, source, mode):
    both = network(stored, sources=source, mode=mode)
    stored.write("MATCH (n) DETACH DELETE n")
    store(stored.write, WHOLE, keep=lambda id: id == source)
    alone = network(stored, mode=mode)
    assert nx.to_dict_of_dicts(both) == nx.to_dict_of_dicts(alone)
    without = {"policy"}
    assert {k: v for k, v in both.graph.items() if k not in without} == {
        k: v for k, v in alone.graph.items() if k not in without
    }


def test_properties_are_those_of_the_source_that_is_asked(connection):
    from relgraph.model.dates import bounds

    connection.write("CREATE (:Source {id: 'paper', priority: 1}), (:Source {id: 'list', priority: 2})")
    dated = bounds("1951", "1960")._asdict()
    for id in ("JPN", "USA"):
        connection.write("CREATE (:Country:Actor {id: $id, name: $id})", {"id": id})
    connection.write("CREATE (n:Agreement:Engagement) SET n = $about", {"about": {"id": "a", "name": "A of the list"}})
    for source, said in (
        ("paper", {"name": "A", "start": "1951", "end": "1960", **dated}),
        ("list", {"name": "A of the list"}),
    ):
        about = {**said, "id": f"c-{source}", "source": source}
        connection.write(
            "MATCH (a:Agreement) MATCH (s:Source {id: $source}) CREATE (a)-[c:CITED_IN]->(s) SET c = $about",
            {"source": source, "about": about},
        )
        connection.write(
            "MATCH (c:Country) MATCH (a:Agreement) CREATE (c)-[t:PARTY_TO]->(a) "
            "SET t.id = $source + c.id, t.source = $source, t.certainty = 'stated', t.role = 'signatory'",
            {"source": source},
        )
    paper = network(connection, sources="paper", as_of="1955-01-01", undated=False)
    assert paper.graph["engagements"]["a"]["name"] == "A"
    assert set(paper.edges) == {("JPN", "USA")}
    assert not network(connection, sources="list", as_of="1955-01-01", undated=False).edges


def test_a_source_that_is_not_loaded_is_named(stored):
    with pytest.raises(UsageError, match=r"atop: no such source is loaded; loaded are list, paper"):
        network(stored, sources=["atop"])


def test_countries_by_organization_and_file(stored, tmp_path):
    from relgraph.analysis.selection import select

    file = tmp_path / "some.txt"
    file.write_text("# a comment\nJapan\norg:ASEAN\n", "utf-8")
    assert select(stored, ["usa", f"@{file}"]) == ("USA", "JPN", "PHL", "VNM")
    assert select(stored, "org:asean", Policy.of(as_of="1990-01-01")) == ("PHL",)
    assert select(stored, "asean") == ("asean",)
    with pytest.raises(UsageError, match="Japen"):
        select(stored, "Japen")
    with pytest.raises(UsageError, match="org:nato"):
        select(stored, "org:nato")
    with pytest.raises(UsageError, match="cannot be read"):
        select(stored, f"@{tmp_path / 'none.txt'}")


@pytest.mark.parametrize(("word", "message"), [("HADR", "perhaps HA/DR"), ("ha/drr", "perhaps ha/dr")])
@pytest.mark.parametrize("ask", [network, matrix_of_two, dyads_of_a_year])
def test_an_unknown_domain_is_refused_with_the_nearest(stored, ask, word, message):
    with pytest.raises(UsageError, match=f"domains='{word}': unknown; {message}"):
        ask(stored, domains=word)


def test_where_no_source_names_a_domain_none_can_be_asked_for(connection):
    store(connection.write, reading(engagement("pact", "JPN USA")))
    with pytest.raises(UsageError, match="no source that counts names any domain; leave it out"):
        network(connection, domains="HA/DR")
