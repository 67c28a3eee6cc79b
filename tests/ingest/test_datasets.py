"""The field's datasets as they are distributed, where ../shared has them: the facts that each ABOUT.md lists.

Each source is read, mapped and checked once; nothing is loaded.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from relgraph.graph import Graph
from relgraph.ingest.claims import Claims
from relgraph.model.dates import Bounds, in_force, in_period
from relgraph.model.records import Ref, Tie

DATA = Path(__file__).parents[2].parent / "shared" / "data"
FOLDERS = {
    "atop": "atop-v5.1",
    "cow-alliances": "cow-alliances-v4.1",
    "dcad": "dcad-v1.0",
    "factbook-orgs": "factbook-orgs",
    "mme": "mme-v7",
    "us-fmtrpt": "us-fmtrpt",
}
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the datasets are not beside the checkout, in ../shared/data")


@cache
def claims_of(source: str) -> Claims:
    (claims,) = Graph.check(source, data=DATA / FOLDERS[source])
    return claims


def things(source, label, **said):
    """What the source says where it defines things of this label, by id, with these properties."""
    return {
        ref.id: citations[0]
        for ref, citations in claims_of(source).citations.items()
        if ref.label == label and all(citations[0].get(name) == value for name, value in said.items())
    }


def ties(source, type, to=None, **said) -> list[Tie]:
    """The ties of a type, to one thing where it is named, with these properties."""
    return [
        tie
        for tie in claims_of(source).ties.values()
        if tie.type == type
        and to in (None, tie.end.id)
        and all(tie.properties.get(name) == value for name, value in said.items())
    ]


def ends(found, at="start"):
    return Counter(getattr(tie, at).id for tie in found)


def bounds(properties):
    return Bounds(*(properties[name] for name in Bounds._fields))


# What check reports of each file: kinds of warning, and how many. No file has an error.
WARNINGS = {
    "atop": {"the nearest spell is taken": 75, "known defect of the file": 3},
    "cow-alliances": {"the nearest spell is taken": 22, "starts before cow-… did (start …)": 8},
    "dcad": {
        "the nearest spell is taken": 4,
        "known defect of the file": 5,
        "starts on …, before it was signed on …": 4,
        "says again what an earlier row says of the same place": 1,
    },
    "factbook-orgs": {},
    "mme": {
        "the nearest spell is taken": 1,
        "known defect of the file": 12,
        "says again what an earlier row says of the same place": 19,
    },
    "us-fmtrpt": {"known defect of the file": 104, "is equal to an earlier row, and counted, too": 7},
}


@pytest.mark.parametrize("source", FOLDERS)
def test_check_finds_no_error_and_only_what_is_listed(source):
    claims = claims_of(source)
    assert Counter((issue.level, issue.kind) for issue in claims.issues) == {
        ("warning", kind): number for kind, number in WARNINGS[source].items()
    }


@pytest.mark.parametrize("source", FOLDERS)
def test_every_cell_of_every_file_is_handled_or_ignored_by_name(source):
    for counts in claims_of(source).counts.values():
        assert len(counts.handled) + len(counts.ignored) == counts.columns
        assert counts.mapped + sum(counts.skipped.values()) == counts.rows


def test_cow_alliances():
    alliances, spells = things("cow-alliances", "Agreement"), ties("cow-alliances", "PARTY_TO")
    assert (len(alliances), len(spells)) == (414, 1221)
    assert Counter(said["said_ss_type"] for said in alliances.values()) == {
        "Type I: Defense Pact": 205,
        "Type IIa: Non-Aggression Pact": 83,
        "Type III: Entente": 64,
        "Type IIb: Non-Aggression Pact": 61,
        "Type II: Neutrality": 1,
    }
    assert len(set(ends(ties("cow-alliances", "PARTY_TO", "cow-210")))) == 35
    # 20 codes, of which 260 and 255 are one country.
    nato = ties("cow-alliances", "PARTY_TO", "cow-227")
    assert (len(nato), len(ends(nato)), ends(nato)["DEU"]) == (20, 19, 2)
    assert set(ends(ties("cow-alliances", "PARTY_TO", "cow-243"))) == {
        *("ALB", "BGR", "CSK", "DDR", "HUN", "POL", "ROU", "SUN"),
    }
    assert len([tie for tie in spells if tie.properties["end"] == ".."]) == 359
    assert len([tie for tie in spells if tie.properties["start"] == "../1816-01-01"]) == 20


def test_cow_alliances_in_force_in_a_year():
    def alliances(year):
        first, last = date(year, 1, 1), date(year, 12, 31)
        found = ties("cow-alliances", "PARTY_TO")
        return {tie.end.id for tie in found if in_period(bounds(tie.properties), first, last) == "yes"}

    assert [len(alliances(year)) for year in (1914, 1950)] == [19, 38]
    pacts = things("cow-alliances", "Agreement", said_ss_type="Type I: Defense Pact")
    assert len(alliances(1950) & pacts.keys()) == 28


def test_cow_obligations_are_those_of_the_member():
    owed: dict[str, set[bool]] = {}
    for tie in ties("cow-alliances", "PARTY_TO"):
        owed.setdefault(tie.end.id, set()).add("defense" in tie.properties["obligations"])
    assert len([id for id, said in owed.items() if len(said) == 2]) == 33
    pacts = things("cow-alliances", "Agreement", said_ss_type="Type I: Defense Pact")
    members = [tie for tie in ties("cow-alliances", "PARTY_TO") if tie.end.id in pacts]
    assert len([tie for tie in members if "defense" not in tie.properties["obligations"]]) == 38
    assert len(ties("cow-alliances", "PARTY_TO", obligations=["none"])) == 21


def test_what_cow_cuts_off_is_possibly_in_force_today():
    ongoing = ties("cow-alliances", "PARTY_TO", end="..")
    assert {in_force(bounds(tie.properties), date(2026, 1, 1)) for tie in ongoing} == {"possibly"}
    assert {in_force(bounds(tie.properties), date(2012, 12, 31)) for tie in ongoing} == {"yes"}


def test_west_germany_is_germany_before_1990():
    (west,) = ties("cow-alliances", "PARTY_TO", "cow-227", said_state_name="German Federal Republic")
    assert (west.start.id, west.properties["start"], west.properties["end"]) == ("DEU", "1954-10-23", "1990-10-02")


def test_dcad():
    agreements = things("dcad", "Agreement")
    assert len(agreements) == 1871
    assert Counter(said["said_type"] for said in agreements.values()) == {"general": 1322, "sector": 549}
    assert Counter(said["said_category1"] for said in agreements.values()) == {
        "DCA": 982,
        "DIC": 340,
        "TREX": 250,
        "PROCUREMENT": 148,
        "COMMISSION": 77,
        "RESEARCH": 74,
    }
    terminated = Counter(said["said_terminated"] for said in agreements.values())
    assert terminated == {"-88": 1005, "0": 729, "-99": 94, "1": 43}
    parties = ends(ties("dcad", "PARTY_TO"))
    assert (parties["USA"], parties["JPN"]) == (153, 16)
    sides: dict[str, set[str]] = {}
    for tie in ties("dcad", "PARTY_TO"):
        sides.setdefault(tie.end.id, set()).add(tie.start.id)
    partners = set().union(*(side for side in sides.values() if "USA" in side)) - {"USA"}
    assert len(partners) == 71 - 1 - 1 + 1  # of the codes 652 is left out, 255 and 260 are one country, 365 is two
    assert len([id for id, side in sides.items() if side in ({"RUS", "CHN"}, {"SUN", "CHN"})]) == 10
    assert sorted(id for id, side in sides.items() if len(side) == 1) == [
        *("dcad-0108", "dcad-0297", "dcad-1625", "dcad-1847"),
    ]


def test_dcad_dates_are_as_exact_as_its_cells_and_its_last_year_is_no_end():
    agreements = things("dcad", "Agreement").values()
    assert len([said for said in agreements if len(said["signed"]) < 10]) == 174
    assert len([said for said in agreements if said["signed"][:4] == "2010"]) == 117
    last = Counter(said["end"] for said in agreements if said["said_endYearEstimate"] == "2010")
    assert last == {"..": 1202 - 3, "2010": 3}
    in_2000 = [s for s in agreements if s["signed"][:4] <= "2000" and (s["end"] == ".." or s["end"][:4] >= "2000")]
    assert len(in_2000) == 804


def test_atop():
    alliances = claims_of("atop").citations
    own = {ref.id: said[0] for ref, said in alliances.items() if ref.label == "Agreement"}
    assert len(own) == 789
    owed = Counter(word for said in own.values() for word in said.get("obligations", ()))
    assert (owed["defense"], owed["nonaggression"]) == (280, 442)
    assert Counter(said["said_bilat"] for said in own.values())["1"] == 678
    assert {id for id, said in own.items() if said["end"] == ".."} == {
        id for id, said in own.items() if said["said_ineffect"] == "1"
    }
    assert len([said for said in own.values() if said["end"] == ".."]) == 372
    phases = Counter(said.get("said_phase") for citations in alliances.values() for said in citations)
    assert phases["1"] + phases["2"] + phases["3"] + phases["4"] == 849 - 742


def test_atop_members():
    nato, spells = ties("atop", "PARTY_TO", "cow-227"), ties("atop", "PARTY_TO")
    # 30 codes and 29 now: 260 and 255 are one country.
    assert (len(nato), len(ends(nato))) == (42, 29)
    assert len(ends(tie for tie in nato if tie.properties["end"] == "..")) == 29
    assert len([tie for tie in spells if tie.properties["end"] == ".."]) == 1146
    assert len(spells) == 2510 - 1  # 8152 is nobody's code
    us_japan = things("atop", "Agreement", record="3375")
    assert set(ends(ties("atop", "PARTY_TO", *us_japan))) == {"JPN", "USA"}
    largest = things("atop", "Agreement", record="3740")
    assert len(ends(ties("atop", "PARTY_TO", *largest))) == 59 - 1  # again 260 and 255


def test_atop_in_a_year():
    own = things("atop", "Agreement").values()
    active = [s for s in own if s["start"][:4] <= "1950" and (s["end"] == ".." or s["end"][:4] >= "1950")]
    assert (len(active), len([s for s in active if "defense" in s.get("obligations", ())])) == (49, 33)


def test_atop_says_which_of_its_alliances_are_those_of_cow():
    linked = [said for said in things("atop", "Agreement").values() if "said_cow4id" in said]
    assert (len(linked), len({said["said_cow4id"] for said in linked})) == (394, 393)
    shared = things("atop", "Agreement").keys() & things("cow-alliances", "Agreement").keys()
    assert len(shared) == 392  # two name cow-300, and neither is it
    assert things("atop", "Agreement")["cow-227"]["aliases"] == ["atop-3180"]


def test_mme():
    exercises = {id: said for id, said in things("mme", "Exercise").items() if said["kind"] != "series"}
    assert len(exercises) == 3707
    parts = ties("mme", "TAKES_PART_IN")
    assert len(parts) == 13887 - 208 - 19  # of the cells, 208 are -9 and 19 name a participant again
    named = ends(parts)
    assert (named["USA"], named["nato"], named["mme-baltic-states"]) == (1882, 2, 1)
    by_exercise = ends(parts, "end")
    largest = max(by_exercise, key=by_exercise.get)
    assert (exercises[largest]["name"], by_exercise[largest]) == ("Combined Endeavor 2010", 39)
    both = [{tie.end.id for tie in parts if tie.start.id == country} for country in ("USA", "KOR")]
    assert len(both[0] & both[1]) == 140
    assert len([said for said in exercises.values() if said.get("note")]) == 203


def test_mme_dates_names_series_and_flags():
    exercises = {id: said for id, said in things("mme", "Exercise").items() if said["kind"] != "series"}
    years = Counter(said["start"][:4] for said in exercises.values() if "start" in said)
    assert [years[year] for year in ("1980", "2004", "2010")] == [67, 204, 148]
    assert len([said for said in exercises.values() if "said_Ex_Name" not in said]) == 1033
    assert len([said for said in exercises.values() if len(said.get("start", "")) == 7]) == 814
    assert len(ties("mme", "PART_OF", "mme-series-cobra-gold")) == 28
    assert {"mme3457-1996", "mme3457-2007", "mme3458-2000", "mme3460-2005"} < exercises.keys()
    flags = ends(ties("mme", "COVERS"), "end")
    assert [flags[f"mme-{flag}"] for flag in ("sea", "land", "air")] == [1495, 1243, 1096]


def test_mme_names_of_an_era_are_the_states_of_that_time():
    held = {tie.start.id for tie in ties("mme", "TAKES_PART_IN")}
    assert {"SUN", "RUS", "DDR", "DEU", "CSK", "YUG", "SWZ", "MKD"} <= held


def test_us_fmtrpt():
    received = ties("us-fmtrpt", "RECEIVES")
    assert len(things("us-fmtrpt", "Program")) == len(received) == len(ties("us-fmtrpt", "PROVIDES")) == 36155
    assert len(ends(received)) == 165
    trainees: Counter[str] = Counter()
    for tie in received:
        trainees[tie.start.id] += tie.properties["quantity"]
    assert (sum(trainees.values()), sum(tie.properties["value"] for tie in received)) == (146033, 891716418)
    assert trainees.most_common(5) == [("UGA", 18094), ("RWA", 13209), ("MRT", 6008), ("GHA", 5940), ("PRY", 5839)]
    assert trainees["PHL"] == 2641
    programs = Counter(said["said_program"].split(" - ")[0] for said in things("us-fmtrpt", "Program").values())
    assert programs.most_common(5) == [
        *(("IMET-1", 9172), ("Regional Centers", 7589), ("FMF", 5093)),
        *(("PKO", 4213), ("Section 333", 2909)),
    ]


def test_us_fmtrpt_dates_that_cannot_be_are_kept_out_and_sub_totals_hold():
    trainings = things("us-fmtrpt", "Program").values()
    reversed_ = [said for said in trainings if "said_start" in said]
    assert len(reversed_) == 55
    assert max(said["start"] for said in trainings if "start" in said) < "2021"
    assert max(said["end"] for said in trainings if "end" in said) == "2020-09-30"
    counts = claims_of("us-fmtrpt").counts["fmtrpt_2018_2021_flat.csv"]
    assert (counts.rows, sum(counts.skipped.values())) == (38328, 2173)
    off = {i.row for i in claims_of("us-fmtrpt").issues if i.problem.startswith("is to be the sum")}
    assert len(off) == 2  # both totals of one program
    again = [ref for ref in claims_of("us-fmtrpt").citations if re.search("[0-9a-f]{16}-[0-9]+$", ref.id)]
    assert len(again) == 7  # rows that stand there more than once


def test_factbook_orgs():
    memberships = ties("factbook-orgs", "MEMBER_OF")
    assert (len(memberships), len(things("factbook-orgs", "Organization")), len(ends(memberships))) == (10643, 186, 237)
    words = Counter(tie.properties["said_org_member"] for tie in memberships)
    assert words.most_common(4) == [("member", 9569), ("observer", 338), ("NGOs", 314), ("national committees", 90)]
    assert Counter(tie.properties["said_source"] for tie in memberships) == {
        "CIAFactbook": 10563,
        "RESTCountries": 61,
        "custom": 19,
    }
    assert ends(memberships)["NAM"] == 50
    nato = ends(ties("factbook-orgs", "MEMBER_OF", "nato"))
    assert (len(nato), {"MNE", "MKD"} & set(nato)) == (28, set())


def test_factbook_members_are_told_from_observers_and_partners():
    def members(organization):
        return set(ends(ties("factbook-orgs", "MEMBER_OF", organization, role="member")))

    assert members("csto") == {"ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"}
    assert members("anzus") == {"AUS", "NZL", "USA"}
    assert members("asean") == {"BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"}
    roles = Counter(tie.properties["role"] for tie in ties("factbook-orgs", "MEMBER_OF", "sco"))
    assert roles == {"member": 6, "partner": 4, "observer": 4}
    assert not ties("factbook-orgs", "MEMBER_OF", "nato")[0].properties.get("end")


def test_a_source_cites_all_that_it_names():
    assert Ref("Country", "USA") in claims_of("us-fmtrpt").citations
