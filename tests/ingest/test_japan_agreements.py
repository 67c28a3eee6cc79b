"""The list of Japan's agreements: no date without a page, two witnesses or a reason, and one thing with the paper's."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.ingest.paper_coverage import PAPER, rows

from relgraph.ingest.check import check_source
from relgraph.ingest.source import Source, open_source
from relgraph.model.dates import parse

if TYPE_CHECKING:
    from relgraph.graph import Graph

LIST = "japan-security-agreements"
DATASETS = ("atop", "cow-alliances", "dcad")  # that have records of some of its agreements
LETTERS = 40  # of a quote in a language without spaces: about as much as 12 words
DATES = {"signed", "start", "end", "attested"}

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def source() -> Source:
    return open_source(LIST)


@pytest.fixture(scope="module")
def agreements(source: Source) -> Rows:
    return rows(source, "agreements.csv")


@pytest.fixture(scope="module")
def claims(source: Source) -> Rows:
    return rows(source, "claims.csv")


@pytest.fixture
def copy(source: Source, tmp_path: Path) -> Path:
    """The list in a folder of its own, to be spoilt."""
    return Path(shutil.copytree(source.folder, tmp_path / LIST))


def write(path: Path, changed: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(changed[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed)


def refused(folder: Path) -> set[tuple[str | None, str | None, str]]:
    issues = check_source(open_source(str(folder))).issues
    return {(issue.file, issue.column, issue.problem) for issue in issues.errors}


EMPTY = ("agreements.csv", "witnessed", "is empty")


def test_the_list_is_without_an_issue(source: Source) -> None:
    assert list(check_source(source).issues) == []


def test_a_date_with_one_witness_and_no_reason_is_refused(copy: Path, claims: Rows) -> None:
    second = next(c for c in claims if (c["id"], c["states"], c["witness"]) == ("acsa-jpn-ita", "signed", "press"))
    write(copy / "claims.csv", [claim for claim in claims if claim is not second])
    assert refused(copy) == {EMPTY}


def test_two_ministries_of_one_government_are_one_witness(copy: Path, claims: Rows) -> None:
    ours, agency = {"publisher": "Ministry of Defense of Japan", "witness": "JPN"}, ("acsa-jpn-ita", "press")
    write(copy / "claims.csv", [c | ours if (c["id"], c["witness"]) == agency else c for c in claims])
    assert EMPTY in refused(copy)


def test_two_newspapers_are_not_enough(copy: Path, claims: Rows) -> None:
    write(copy / "claims.csv", [c | {"witness": "press"} if c["id"] == "acsa-jpn-nzl" else c for c in claims])
    assert refused(copy) == {EMPTY}


@pytest.mark.parametrize("name", sorted(DATES))
def test_a_date_that_no_page_states_is_refused_whatever_the_reason(copy: Path, agreements: Rows, name: str) -> None:
    excused = (row for row in agreements if row["reason"] and not row["start_basis"])
    spoilt = next(row["id"] for row in excused if row[name] not in ("", ".."))
    write(copy / "agreements.csv", [row | {name: "2001"} if row["id"] == spoilt else row for row in agreements])
    assert EMPTY in refused(copy)


def test_a_reason_stands_only_where_a_date_lacks_its_second_witness(source: Source) -> None:
    cited = [cites[0] for ref, cites in check_source(source).citations.items() if ref.label == "Agreement"]
    reasons = {row["id"]: row["reason"] for row in rows(source, "agreements.csv")}
    by_id = {said["locator"].removeprefix("agreements, "): said for said in cited}
    assert by_id.keys() == reasons.keys()
    stale = [id_ for id_, said in by_id.items() if (said["said_witnessed"] == "twice") == bool(reasons[id_])]
    assert stale == []
    assert all((said["certainty"] == "stated") == (said["said_witnessed"] == "twice") for said in cited)


def test_a_page_has_one_publisher_one_day_and_an_address(claims: Rows) -> None:
    pages = defaultdict(set)
    for claim in claims:
        pages[claim["url"]].add((claim["publisher"], claim["witness"], claim["published"]))
        assert claim["url"].startswith(("http://", "https://"))
        assert claim["published"] == "undated" or parse(claim["published"])
    assert {url: said for url, said in pages.items() if len(said) > 1} == {}


def test_no_claim_is_older_than_what_it_states(claims: Rows) -> None:
    """A page may announce what comes: only a signature must lie behind it."""
    dated = [c for c in claims if c["states"] == "signed" and c["published"] != "undated"]
    assert [c["url"] for c in dated if parse(c["date"]).earliest > parse(c["published"]).latest] == []


def test_quotes_are_short_in_every_script(claims: Rows) -> None:
    long = [c["quote"] for c in claims if len(c["quote"].split()) < 4 and len(c["quote"]) > LETTERS]
    assert long == []


def test_rows_follow_their_agreement(agreements: Rows, claims: Rows) -> None:
    assert {claim["id"] for claim in claims} == {row["id"] for row in agreements}


def test_the_papers_acsa_and_its_declarations_are_the_lists(graph: Graph) -> None:
    graph.load(PAPER)
    graph.load(LIST)
    found = graph.query(
        "MATCH (a:Agreement)-[:CITED_IN]->(s:Source) "
        "WHERE a.id IN ['acsa-jpn-aus', 'joint-declaration-jpn-aus', 'joint-declaration-jpn-ind'] "
        "RETURN a.id AS id, a.signed AS signed, a.start AS start, count(DISTINCT s.id) AS sources"
    )
    assert {tuple(row) for row in found.itertuples(index=False)} == {
        ("acsa-jpn-aus", "2017-01-14", "2017-09-06", 2),
        ("joint-declaration-jpn-aus", "2007-03-13", "2007-03-13", 2),
        ("joint-declaration-jpn-ind", "2008-10-22", "2008-10-22", 2),
    }
    waiting = set(graph.ask("signed_not_in_force", as_of="2026-02-03")["id"])
    assert {"acsa-jpn-nld", "acsa-jpn-nzl", "acsa-jpn-phl"} <= waiting
    assert waiting.isdisjoint({"acsa-jpn-aus", "acsa-jpn-ita", "raa-jpn-phl"})


def test_what_a_page_still_counts_is_in_force_until_its_day(graph: Graph) -> None:
    graph.load(LIST)
    found = graph.ask("agreements_between", a="JPN", b="USA", as_of="2020-06-01")
    held = dict(zip(found["id"], found["in_force"], strict=True))
    assert {held["us-japan-security-treaty"], held["sofa-jpn-usa-1960"], held["equipment-jpn-usa-2006"]} == {"yes"}
    assert held.keys().isdisjoint({"security-treaty-jpn-usa-1951", "sofa-jpn-usa-1952", "equipment-jpn-usa-1983"})


@pytest.mark.parametrize("dataset", DATASETS)
def test_what_a_dataset_calls_the_same_is_an_agreement_of_the_list(source: Source, dataset: str) -> None:
    """By the id under which it stands in the graph: that of the paper, where the list gives way to it."""
    theirs = {row["id"]: row["same_as"] for row in rows(source, "crosswalk.csv")}
    listed = {theirs.get(row["id"], row["id"]) for row in rows(source, "agreements.csv")}
    same = [row["same_as"] for row in rows(open_source(dataset), "crosswalk.csv")]
    assert same
    assert set(same) <= listed
