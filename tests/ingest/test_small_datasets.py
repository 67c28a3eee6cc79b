"""The declarations for the field's datasets on rows of our own, each of which copies something that is hard in them."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from itertools import permutations

import pytest
from tests.ingest import small
from tests.ingest.making import read

from relgraph.ingest.source import chosen_sources, open_source
from relgraph.model.dates import Bounds, in_force
from relgraph.model.records import Ref
from relgraph.settings import resources


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    """What each source says."""
    folder = tmp_path_factory.mktemp("small")
    return {name: read(small.small(folder, name)) for name in small.ROWS}


def ties(claims, type):
    """Who stands to what, as pairs of ids, each as often as it is claimed."""
    return Counter((tie.start.id, tie.end.id) for tie in claims.ties.values() if tie.type == type)


def tie(claims, start, end):
    return [t.properties for t in claims.ties.values() if (t.start.id, t.end.id) == (start, end)]


def said(claims, label, id):
    return claims.citations[Ref(label, id)][0]


@pytest.mark.parametrize(
    ("name", "warnings"),
    [
        ("cow-alliances", {"the nearest spell is taken": 1}),
        ("dcad", {"the nearest spell is taken": 1, "known defect of the file": 2}),
        ("atop", {"known defect of the file": 1}),
        (
            "mme",
            {
                "the nearest spell is taken": 1,
                "known defect of the file": 2,
                "says again what an earlier row says of the same place": 1,
            },
        ),
        ("us-fmtrpt", {"known defect of the file": 2, "is equal to an earlier row, and counted, too": 1}),
        ("factbook-orgs", {}),
    ],
)
def test_what_is_odd_is_a_warning_and_nothing_is_an_error(claims, name, warnings):
    found = Counter((issue.level, issue.kind) for issue in claims[name].issues)
    assert found == {("warning", kind): number for kind, number in warnings.items()}


def test_cow_members_leave_and_come_back_each_with_their_own_obligations(claims):
    cow = claims["cow-alliances"]
    assert ties(cow, "PARTY_TO")["EGY", "cow-901"] == 2
    first, second = sorted(tie(cow, "EGY", "cow-901"), key=lambda spell: spell["start"])
    assert (first["start"], first["end"], second["start"], second["end"]) == ("1950-01-01", "1960", "1970-01-01", "..")
    assert [tie(cow, state, "cow-900")[0]["obligations"] for state in ("GBR", "PRT")] == [
        ["defense", "nonaggression"],
        ["none"],
    ]
    assert said(cow, "Agreement", "cow-900")["obligations"] == ["defense", "nonaggression"]


def test_cow_spells_that_the_file_cuts_off_say_so(claims):
    cow = claims["cow-alliances"]
    (spell,) = tie(cow, "GBR", "cow-900")
    assert (spell["start"], spell["end"]) == ("../1816-01-01", "..")
    assert said(cow, "Agreement", "cow-900")["start"] == "1400-05-09"
    held = Bounds(*(spell[name] for name in Bounds._fields))
    assert [in_force(held, date(year, 1, 1)) for year in (1815, 1900, 2012, 2026)] == [
        *("possibly", "yes", "yes", "possibly"),
    ]


def test_cow_codes_are_countries_of_their_time(claims):
    spells = tie(claims["cow-alliances"], "DEU", "cow-227")
    assert {(spell["start"], spell["end"]) for spell in spells} == {("1954-10-23", "1990-10-02"), ("1990-10-03", "..")}


def test_dcad_ends_are_estimates_and_its_last_year_is_no_end(claims):
    dcad = claims["dcad"]
    assert [said(dcad, "Agreement", f"dcad-{id}")["end"] for id in ("9001", "9002", "9005")] == ["..", "1994~", "2005"]
    first, second = (said(dcad, "Agreement", f"dcad-{id}") for id in ("9001", "9002"))
    assert (first["signed"], first["start"], second["signed"]) == ("1985-03-01", "1986-01-01", "1988-05")
    assert (second["start"], second["startBasis"], "startBasis" in first) == ("1988-05", "signature", False)
    assert first["said_span"] == "-77"


def test_dcad_codes_that_contradict_their_letters_are_no_party(claims):
    dcad = claims["dcad"]
    assert {end: start for start, end in ties(dcad, "PARTY_TO") if end in ("dcad-9003", "dcad-9004")} == {
        "dcad-9003": "USA",
        "dcad-9004": "IND",
    }
    assert said(dcad, "Agreement", "dcad-9003")["said_ccode2"] == "652"
    assert ties(dcad, "COVERS")["dcad-9001", "dcad-procurement"] == 1


def test_a_code_that_contradicts_its_letters_is_an_error_unless_it_is_known(tmp_path):
    folder = small.small(tmp_path, "dcad")
    text = (folder / "source.toml").read_text("utf-8")
    (folder / "source.toml").write_text(text.replace('record = "DCADv1.0-9003"', 'record = "another"'), "utf-8")
    (issue,) = read(folder).issues.errors
    assert (issue.row, issue.column, issue.value) == (4, "ccode2", "652")
    assert issue.problem == "is SYR, but EGY in the same row is EGY"


def test_atop_phases_are_one_alliance_and_its_members_are_dated(claims):
    atop = claims["atop"]
    assert [ref.id for ref in atop.citations if ref.label == "Agreement"] == ["cow-227", "atop-9001"]
    nato = atop.citations[Ref("Agreement", "cow-227")]
    assert [each.get("said_phase") for each in nato] == [None, "1", "2"]
    assert [(each["said_phase_start"], each["said_phase_end"], "start" in each) for each in nato[1:]] == [
        ("1949-04-04", "1951-06-19", False),
        ("1951-06-19", "..", False),
    ]
    assert (nato[0]["aliases"], nato[0]["end"], nato[0]["startBasis"]) == (["atop-3180"], "..", "signature")
    spells = tie(atop, "USA", "cow-227")
    assert {(spell["start"], spell["end"]) for spell in spells} == {("1949-04-04", "1951-06-19"), ("1951-06-19", "..")}
    assert tie(atop, "FRA", "atop-9001")[0]["obligations"] == ["none"]
    assert said(atop, "Agreement", "atop-9001")["end"] == "1890-01"


def test_mme_participants_are_who_is_named(claims):
    mme = claims["mme"]
    assert set(ties(mme, "TAKES_PART_IN")) == {
        *(("USA", "mme9001"), ("DEU", "mme9001"), ("nato", "mme9001"), ("SUN", "mme9002")),
        *(("mme-baltic-states", "mme9002"), ("DNK", "mme3457-1996"), ("EST", "mme3457-1996")),
        *(("SSD", "mme9003"), ("CIV", "mme9003")),
    }
    unknown = said(mme, "Exercise", "mme3457-2007")
    assert (unknown["name"], unknown["note"]) == (
        "unnamed exercise (2007)",
        "one participant or more is not known",
    )


def test_mme_days_series_places_and_flags(claims):
    mme = claims["mme"]
    assert said(mme, "Exercise", "mme9002")["start"] == "1985-06"
    reversed_ = said(mme, "Exercise", "mme9003")
    assert (reversed_["said_start"], reversed_["said_end"]) == ("2010-08-02", "2010-08-01")
    assert not {"start", "end", "startFrom"} & reversed_.keys()
    assert set(ties(mme, "PART_OF")) == {("mme9001", "mme-series-spring"), ("mme9002", "mme-series-spring")}
    places = {citations[0]["name"] for ref, citations in mme.citations.items() if ref.label == "Place"}
    assert places == {"Norwegian Sea", "norwegian sea"}
    assert sum(ties(mme, "COVERS").values()) == 5


def test_each_training_is_a_program_and_sub_totals_hold(claims):
    reports = claims["us-fmtrpt"]
    ids = [ref.id for ref in reports.citations if ref.label == "Program"]
    assert (len(ids), ids[1]) == (3, f"{ids[0]}-2")
    (received,) = tie(reports, "KOR", ids[0])
    assert [received[name] for name in ("quantity", "unit", "value", "currency")] == [1200, "trainees", 12833, "USD"]
    burma = said(reports, "Program", ids[2])
    assert (burma["said_start"], burma["end"], "start" in burma) == ("2/18/2109", "2019-03-01", False)
    assert reports.counts["fmtrpt_2018_2021_flat.csv"].skipped.total() == 2


def test_a_sub_total_that_does_not_hold_is_an_error_unless_it_is_known(tmp_path):
    folder = small.small(tmp_path, "us-fmtrpt")
    file = folder / "fmtrpt_2018_2021_flat.csv"
    file.write_text(file.read_text("utf-8").replace('"2,400"', '"2,401"'), "utf-8")
    (issue,) = read(folder).issues.errors
    assert (issue.row, issue.column, issue.value) == (4, "quantity", "2,401")
    assert issue.problem == "is to be the sum of rows that add up to 2,400"


def test_members_are_told_from_observers_and_attested_by_a_snapshot(claims):
    orgs = claims["factbook-orgs"]
    roles = {(t.start.id, t.end.id): t.properties["role"] for t in orgs.ties.values()}
    assert roles == {
        ("NAM", "au"): "member",
        ("MNG", "sco"): "observer",
        ("USA", "nato"): "member",
        ("FRA", "nato"): "member",
        ("HKG", "factbook-icc"): "affiliate",
    }
    (member,) = tie(orgs, "FRA", "nato")
    assert (member["attested"], "start" in member, "end" in member) == ("2020-01", False, False)


# --- what comes with relgraph ---


def test_their_data_do_not_come_with_relgraph_and_a_load_of_all_leaves_them_out(tmp_path):
    for name in small.ROWS:
        assert {file.name for file in (resources("ingest") / name).iterdir()} <= {"source.toml", "crosswalk.csv"}
    chosen = {source.id for source in chosen_sources(())}
    assert chosen
    assert chosen.isdisjoint(small.ROWS)


@pytest.mark.parametrize("name", small.ROWS)
def test_each_says_where_its_files_are_to_be_had_and_on_what_terms(name):
    about = open_source(name).declared
    assert "http" in about.source.files
    assert about.source.licence
    assert about.source.redistributable == (name in ("factbook-orgs", "us-fmtrpt"))  # the two under the MIT licence
    assert about.coverage.until
    assert not about.coverage.completely


# --- together ---


@pytest.fixture
def folders(tmp_path):
    return {name: small.small(tmp_path, name) for name in small.ROWS}


def test_in_whatever_order_the_graph_is_the_same(graph, folders):
    graph.load(*folders.values())
    whole = graph.content_hash()
    orders = list(permutations(folders))
    for order in (orders[-1], orders[371]):  # the last, and one from the middle
        graph.unload(*folders)
        for name in order:
            graph.load(folders[name])
        assert graph.content_hash() == whole
    graph.unload("cow-alliances")
    assert graph.load(folders["cow-alliances"])
    assert graph.content_hash() == whole


def test_an_alliance_that_two_sources_list_is_one_and_keeps_both_names(graph, folders):
    graph.load(folders["atop"], folders["cow-alliances"])
    shown = graph.show("atop-3180")
    assert (shown.label, shown.id) == ("Agreement", "cow-227")
    statement = "MATCH (c)-[t:PARTY_TO]->({id: 'cow-227'}) RETURN DISTINCT t.source AS source, c.id AS id"
    assert sorted(graph.rows(statement).rows) == [
        *(["atop", "POL"], ["atop", "USA"], ["cow-alliances", "DEU"], ["cow-alliances", "USA"]),
    ]


def test_a_source_says_nothing_of_what_lies_beyond_its_edge(graph, folders):
    graph.load(folders["mme"], folders["cow-alliances"], folders["dcad"])
    note = graph.answer("exercises_of", {"country": "USA", "as_of": "2018-06-30"}).notes
    assert "Not covered" in " ".join(note)
    assert graph.diff("2009-12-31", "2010-12-31", sources=["dcad"]).changes == []
    assert graph.diff("2009-12-31", "2014-12-31", sources=["dcad", "cow-alliances"]).of("ended") == []


def test_an_export_says_what_may_not_be_passed_on(graph, folders, tmp_path):
    graph.load(folders["mme"], folders["us-fmtrpt"])
    with graph.export(tmp_path / "net.csv").open(encoding="utf-8", newline="") as file:
        closed = {row["claimed_by"]: row["not_to_be_redistributed"] for row in csv.DictReader(file)}
    assert closed == {"mme": "mme", "us-fmtrpt": ""}
    graph.export(tmp_path / "two.csv", mode="two-mode")
    with (tmp_path / "two-nodes.csv").open(encoding="utf-8", newline="") as file:
        closed = {
            row["id"]: row["not_to_be_redistributed"] for row in csv.DictReader(file) if row["mode"] == "engagement"
        }
    assert all(source == ("mme" if id.startswith("mme") else "") for id, source in closed.items())
    assert set(closed.values()) == {"mme", ""}
    page = graph.export(tmp_path / "net.html").read_text("utf-8")
    assert page.count("May not be redistributed.") == 1
