"""What is between countries, and what is not: on every engine."""

from __future__ import annotations

from datetime import date

import pytest
from tests.analysis.making import claim, engagement, link, reading
from tests.analysis.storing import store

from relgraph.analysis.policy import Policy
from relgraph.analysis.projection import enroll
from relgraph.analysis.reading import read
from relgraph.analysis.ties import ties
from relgraph.errors import UsageError

pytestmark = pytest.mark.filterwarnings(r"ignore:(.|\n)*(does not exist|parameter missing)")

SOURCES = {
    "paper": {"id": "paper", "name": "A paper", "priority": 10, "ego": ["JPN"], "coversUntil": date(2020, 6, 2)},
    "list": {
        "id": "list",
        "name": "A list of alliances",
        "coversFrom": date(1816, 1, 1),
        "coversUntil": date(2012, 12, 31),
        "coversKinds": ["alliance"],
        "coversLabels": ["Agreement"],
        "coversCompletely": ["alliance"],
    },
}


def pact(id: str, parties: str, when: str):
    claims = [claim(id, who, label="Agreement", n=n, source="list") for n, who in enumerate(parties.split())]
    return engagement(id, "", label="Agreement", kind="alliance", when=when, claims=claims)


WHOLE = reading(
    engagement("acsa-aus", "JPN AUS", label="Agreement", kind="acsa", when="2013"),
    engagement("acsa-usa", "PHL USA", label="Agreement", kind="acsa"),
    pact("jpn-usa", "JPN USA", "1952-04-28 / 2030"),
    pact("phl-usa", "PHL USA", "1951-08-30 / 2030"),
    engagement("balikatan", "PHL:host USA JPN:observer? Group/some", kind="series"),
    engagement("tc-90", "JPN:provides PHL:receives", label="Transfer", kind="equipment", when="2017", event=True),
    engagement("hadr", "JPN:provides PHL:receives VNM:receives", label="Program"),
    engagement("doubt", "JPN PHL??", label="Dialogue"),
    links=(link("JPN in Organization/admm", role="partner"), link("PHL in Organization/admm", when="2006 / 2030")),
    sizes={"Group/some": 3},
    sources=SOURCES,
)


@pytest.fixture
def stored(connection):
    store(connection.write, WHOLE)
    return connection


def test_bilateral_and_multilateral_are_apart(stored):
    found = ties(stored, ["Japan", "Philippines"])
    assert [line.id for line in found.bilateral] == ["tc-90"]
    assert [line.id for line in found.multilateral] == ["balikatan", "hadr"]
    (balikatan, hadr) = found.multilateral
    assert balikatan.parties == ("JPN: observer", "PHL: host")
    assert (balikatan.others, balikatan.certainty, balikatan.status) == (4, "implied", None)
    assert "JPN observer: paper (implied)" in balikatan.claims
    assert hadr.parties == ("JPN: provides", "PHL: receives")


def test_two_that_only_receive_are_not_between_each_other(stored):
    assert not ties(stored, ["VNM", "PHL"]).multilateral


def test_on_a_day(stored):
    found = ties(stored, ["JPN", "PHL"], as_of="2017-06-30")
    assert {line.id: line.status for line in found.bilateral} == {"tc-90": "possibly"}
    assert {line.id: line.status for line in found.multilateral} == {"balikatan": "undated", "hadr": "undated"}
    assert not ties(stored, ["JPN", "PHL"], as_of="2019-01-01").bilateral


def absences(found) -> dict[tuple, str]:
    return {(line.label, line.kind): line.status for line in found.absent}


def test_an_absence_says_whether_a_source_covers_it(stored):
    found = ties(stored, ["JPN", "PHL"])
    assert absences(found) == {("Agreement", "acsa"): "not covered", ("Agreement", "alliance"): "none"}
    acsa, alliance = found.absent
    assert acsa.parties == ("JPN: with AUS", "PHL: with USA")
    assert alliance.claims == ("None: list covers this completely from 1816-01-01 until 2012-12-31.",)
    assert alliance.parties == ("JPN: with USA", "PHL: with USA")


def test_what_a_list_that_ends_in_2012_lacks_in_2020_is_not_covered(stored):
    on = {"as_of": "2012-01-01"}, {"as_of": "2020-01-01"}
    assert [absences(ties(stored, ["JPN", "PHL"], **day))["Agreement", "alliance"] for day in on] == [
        "none",
        "not covered",
    ]


def test_who_has_an_edition_has_the_series(connection):
    read = reading(
        engagement("m", "JPN USA", kind="series"),
        engagement("m-2007", "JPN AUS", kind="edition"),
        engagement("n", "AUS USA", kind="series"),
    )
    store(connection.write, read)
    assert absences(ties(connection, ["JPN", "AUS"])) == {}


def test_organizations_are_shared_in_whatever_role(stored):
    (shared,) = ties(stored, ["JPN", "PHL"]).section("organization")
    assert (shared.id, shared.parties) == ("admm", ("JPN: partner", "PHL: member"))
    (shared,) = ties(stored, ["JPN", "PHL"], as_of="2010-01-01").section("organization")
    assert shared.status == "undated"
    assert not ties(stored, ["JPN", "PHL"], as_of="2000-01-01").section("organization")


def test_frameworks(stored):
    stored.write("CREATE (:Policy {id: 'foip', name: 'FOIP', kind: 'concept'})")
    for n, (ends, type) in enumerate(
        [
            ("(:Program {id: 'hadr'})", "UNDER"),
            ("(:Country {id: 'JPN'})", "ADOPTS"),
            ("(:Country {id: 'USA'})", "ADOPTS"),
        ]
    ):
        pattern = ends.replace("(:", "(a:")
        stored.write(
            f"MATCH {pattern} MATCH (p:Policy) CREATE (a)-[t:{type}]->(p) "
            "SET t.id = $id, t.source = 'paper', t.certainty = 'stated', t.locator = 'S2'",
            {"id": f"u{n}"},
        )
    (under,) = ties(stored, ["JPN", "PHL"]).section("framework")
    assert (under.id, under.parties, under.claims) == ("foip", ("of hadr",), ("hadr: paper, S2",))
    (adopted,) = ties(stored, ["JPN", "USA"]).section("framework")
    assert adopted.parties == ("JPN: issuer", "USA: issuer")


def test_kinds_and_sources_are_chosen(stored):
    assert [line.id for line in ties(stored, ["JPN", "PHL"], kinds="Transfer").lines if line.id] == ["tc-90", "admm"]
    assert [line.id for line in ties(stored, ["JPN", "USA"], sources="list").lines] == ["jpn-usa"]


def test_more_than_two(stored):
    found = ties(stored, ["JPN", "USA", "PHL"])
    assert {line.id: line.between for line in found.bilateral} == {
        "acsa-usa": ("USA", "PHL"),
        "jpn-usa": ("JPN", "USA"),
        "phl-usa": ("USA", "PHL"),
        "tc-90": ("JPN", "PHL"),
    }


def test_one_country_is_not_enough(stored):
    with pytest.raises(UsageError, match="ties of JPN: name two or more"):
        ties(stored, ["JPN", "Japan"])


def test_as_a_table(stored):
    found = ties(stored, ["JPN", "PHL"], as_of="2017-06-30")
    table = found.table()
    assert table["section"].tolist()[:1] == ["bilateral"]
    assert table.attrs["policy"] == (
        "Engagements in force or possibly in force on 2017-06-30, or undated, in every role; stated and implied "
        "claims of list, paper."
    )
    assert found.rows().title == "Between Japan, Philippines on 2017-06-30"
    assert len(found.rows()) == len(table) == len(found.lines)


def test_reading_what_is_near_misses_nobody(connection):
    """Units stand for their country, and organizations, where they expand, for their members."""
    more = (
        engagement("port-call", "Unit/jmsdf VNM", label="Deployment", when="2018"),
        engagement("admm-day", "Organization/admm AUS", label="Dialogue", when="2019"),
    )
    links = (link("Unit/jmsdf in JPN"), link("IDN in Organization/admm", when="2006 / 2030"))
    store(connection.write, reading(*WHOLE.engagements, *more, links=links, sizes={"Group/some": 3}, sources=SOURCES))

    def of(chosen, policy, near):
        entries, _ = enroll(read(connection, policy, near), policy)
        return {entry.engagement.id for entry in entries if chosen & {ref.id for ref in entry.parties}}

    for expand in (False, True):
        policy = Policy.of(expand_organizations=expand)
        for chosen in ({"JPN", "PHL"}, {"AUS", "VNM"}, {"admm", "USA"}, {"IDN"}):
            assert of(chosen, policy, chosen) == of(chosen, policy, None)
    assert of({"IDN"}, policy, {"IDN"}) == {"admm-day"}
    assert "port-call" in of({"JPN"}, policy, {"JPN"})


def test_who_had_the_code_of_a_country_at_another_time_is_named(connection):
    pacts = pact("sun-ddr", "SUN DDR", "1964 / 1990"), pact("rus-blr", "RUS BLR", "1999 / 2030")
    store(connection.write, reading(*pacts))
    (told,) = ties(connection, ["RUS", "DDR"]).before
    assert told == "Soviet Union (SUN) had the code of Russia at another time; its ties are not among these."
    assert told in ties(connection, ["RUS", "DDR"]).rows().notes
    assert ties(connection, ["RUS", "SUN", "DDR"]).before == ties(connection, ["DDR", "BLR"]).before == ()
