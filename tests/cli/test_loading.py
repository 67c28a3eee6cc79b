"""Sources in and out by the command line: what is written, what is only planned, and what is refused."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from tests.ingest.making import PACT, PACT_TABLES, make_source
from tests.ingest.small import small

from relgraph.settings import resources

BUNDLED = "csis-hayashi-2020"


@pytest.fixture
def pact(tmp_path: Path) -> Path:
    """A folder with a small source: one agreement of two countries."""
    return make_source(tmp_path / "sources", "pact", PACT, PACT_TABLES)


def content(run, folder: Path) -> str:
    return json.loads(run("status", "--hash", "--graph", folder, "--format", "json").out)[0]["engine"][0][
        "content_hash"
    ]


def test_a_dry_run_prints_the_plan_and_writes_nothing(run, own, pact):
    empty = content(run, own)
    ran = run("load", pact, "--dry-run", "--graph", own)
    assert ran.out.startswith("Would load pact: +9 ~0 -0\n")
    assert content(run, own) == empty


def test_a_load_says_what_it_did_and_a_second_that_there_is_nothing_to_do(run, own, pact):
    first = run("load", pact, "--graph", own)
    assert first.code == 0
    assert [line.split() for line in first.out.splitlines()] == [
        ["Loaded", "pact:", "+9", "~0", "-0"],
        [],
        ["record", "created", "changed", "removed"],
        ["─" * 36],
        ["Agreement", "1", "0", "0"],
        ["Country", "2", "0", "0"],
        ["Source", "1", "0", "0"],
        ["CITED_IN", "3", "0", "0"],
        ["PARTY_TO", "2", "0", "0"],
    ]
    assert run("load", pact, "--graph", own) == (0, "Loaded pact: +0 ~0 -0, nothing to change\n", "")


def test_unload_takes_away_what_only_that_source_claims(run, own, pact):
    run("load", "--graph", own)
    before = content(run, own)
    run("load", pact, "--graph", own)
    assert content(run, own) != before
    assert run("unload", "pact", "--graph", own).code == 0
    assert content(run, own) == before


def test_a_source_may_bring_its_files_from_elsewhere(run, own, pact, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for table in PACT_TABLES:
        shutil.move(pact / table, elsewhere / table)
    assert run("check", pact).code == 1
    assert run("check", pact, "--data", elsewhere).code == 0
    assert run("load", pact, "--data", elsewhere, "--graph", own).code == 0


def test_check_counts_what_was_read_and_needs_no_graph(run, monkeypatch):
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    ran = run("check", BUNDLED)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith(f"{BUNDLED}: ")
    assert ran.err.endswith("; no issues\n")


def test_errors_are_rows_that_say_where_what_and_the_remedy(run, pact):
    (pact / "parties.csv").write_text("agreement,party,role,certainty,quote\npact,Japonia,,stated,\n", "utf-8")
    ran = run("check", pact, "--format", "json")
    assert ran.code == 1
    (issue,) = (issue for issue in json.loads(ran.out) if issue["column"] == "party")
    assert {name: issue[name] for name in ("level", "file", "row", "value")} == {
        "level": "error",
        "file": "parties.csv",
        "row": 2,
        "value": "Japonia",
    }
    assert issue["problem"]
    assert issue["remedy"]


def test_errors_stop_a_load_and_leave_the_graph_as_it_was(run, own, pact):
    run("load", pact, "--graph", own)
    before = content(run, own)
    (pact / "parties.csv").write_text(
        "agreement,party,role,certainty,quote\npact,Japonia,,stated,\npact,Utopia,,stated,\n", "utf-8"
    )
    ran = run("load", pact, "--graph", own)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("relgraph: pact: 2 errors, so nothing was loaded; the first: parties.csv, row 2")
    assert "Utopia" in ran.err.partition("\n")[2]
    assert content(run, own) == before


def with_parties(pact: Path, *parties: str) -> None:
    rows = "".join(f"pact,{party},,stated,\n" for party in parties)
    (pact / "parties.csv").write_text(f"agreement,party,role,certainty,quote\n{rows}", "utf-8")


def test_what_differs_in_its_row_alone_is_one_line_for_eyes_and_each_in_data(run, own, pact):
    with_parties(pact, *["Japonia", "Utopia"] * 700, "Japonia", "Laputa")
    ran = run("check", pact, "--format", "markdown")
    shown = [[cell.strip() for cell in line.split("|")[1:-1]] for line in ran.out.splitlines() if line.startswith("|")]
    assert (ran.code, shown[0][:5]) == (1, ["level", "file", "rows", "column", "value"])
    assert [row[2:5] for row in shown[2:] if row[3] == "party"] == [
        ["2, 4, 6 and 698 more", "party", "Japonia"],
        ["3, 5, 7 and 697 more", "party", "Utopia"],
        ["1403", "party", "Laputa"],
    ]
    assert ran.err.endswith("; 1,402 errors\n")
    each = json.loads(run("check", pact, "--format", "json").out)
    assert [issue["row"] for issue in each if issue["column"] == "party"] == list(range(2, 1404))
    table = run("check", pact).out
    refused = run("load", pact, "--graph", own).err
    assert refused.startswith("relgraph: pact: 1,402 errors, so nothing was loaded; the first: parties.csv, row 2")
    assert refused.endswith(f"\n{table}\n")
    assert len(table.splitlines()) < 40


def test_a_refused_load_shows_the_first_and_how_many_more_there_are(run, own, pact):
    with_parties(pact, *(f"Utopia {number}" for number in range(1, 31)))
    told = run("load", pact, "--graph", own).err
    assert "Utopia 20" in told
    assert "Utopia 21" not in told
    assert "10 more are left out." in told


def test_a_declaration_that_is_wrong_names_the_entry(run, pact):
    (pact / "source.toml").write_text("[source]\ntitle = 'Pact'\n", "utf-8")
    ran = run("check", pact)
    assert ran.code == 1
    assert ran.err.startswith("relgraph: pact/source.toml: [source.licence]")


def test_what_is_bundled_is_listed_before_it_is_loaded(run, own):
    listed = json.loads(run("sources", "--graph", own, "--format", "json").out)
    bundled = {file.parent.name for file in resources("ingest").glob("*/source.toml")}
    assert {row["id"]: row["loaded"] for row in listed} == dict.fromkeys(bundled, "no")


def test_check_ends_with_what_became_of_every_row_and_cell(run, tmp_path):
    ran = run("check", small(tmp_path, "us-fmtrpt"))
    assert ran.code == 0
    assert re.search(r"fmtrpt_2018_2021_flat.csv +5 +2 +39 +39 +[0-9]+ +0", ran.err)
    assert re.search(r"rows skipped .* sub-total of a program", ran.err)
    assert re.search(r"warnings .* known defect of the file +2", ran.err)
    cells = "5 rows read, 2 skipped by name; 39 cells handled, 0 ignored by name"
    assert ran.err.endswith(f"us-fmtrpt: {cells}; 6 things and 6 ties; 3 warnings\n")


def test_pairs_are_proposed_marked_and_accepted(run, own, tmp_path):
    folders = [small(tmp_path, name) for name in ("cow-alliances", "atop")]
    (folders[1] / "source.toml").write_text(
        (folders[1] / "source.toml").read_text("utf-8").replace('same_as = "cow-{cow4id}"\n', ""), "utf-8"
    )
    assert run("load", *folders, "--graph", own).code == 0
    pairs, crosswalk = tmp_path / "pairs.csv", tmp_path / "crosswalk.csv"
    reconcile = ("reconcile", "atop", "cow-alliances")
    assert run(*reconcile, "--graph", own, "-o", pairs).code == 0
    head, *rows = pairs.read_text("utf-8").splitlines()
    assert rows == []  # of three parties, Poland and Germany are in one list each
    pairs.write_text(f"{head}\nyes,1,Agreement,atop-3180,cow-227{',' * 10}\n", "utf-8")
    told = run(*reconcile, "--accept", pairs, "-o", crosswalk)
    assert (told.code, told.out) == (0, "")
    assert told.err == f"wrote {crosswalk}: 1 new rows; load atop again\n"
    assert crosswalk.read_text("utf-8").endswith("Agreement,atop-3180,cow-227,accepted by a person\n")


def test_what_is_said_after_ctrl_c_is_true_whenever_it_comes(run, own, pact, monkeypatch):
    def pressed(*_):
        raise KeyboardInterrupt

    def unclean(*_):
        try:
            pressed()
        finally:
            raise BufferError("Existing exports of data: object cannot be re-sized")

    for whatever in (pressed, unclean):
        with monkeypatch.context() as patched:
            patched.setattr("relgraph.ingest.load.Planner", whatever)
            assert run("load", pact, "--graph", own)[::2] == (130, "relgraph: interrupted; the graph is as it was\n")
    with monkeypatch.context() as patched:
        patched.setattr("relgraph.cli.views.planned", pressed)
        told = "relgraph: interrupted; what was changed before holds\n"
        assert run("load", pact, "--graph", own)[::2] == (130, told)
    assert "nothing to change" in run("load", pact, "--graph", own).out


def test_a_backup_comes_back_and_nothing_is_given_up_untold(run, own, pact, tmp_path):
    run("load", pact, "--graph", own)
    held, file = content(run, own), tmp_path / "graph.jsonl"
    run("query", "CREATE (:Note {text: 'without an id'})", "--write", "--graph", own)
    ran = run("backup", file, "--graph", own)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        f"wrote {file}: 4 things, 5 ties, content hash {held}",
        "left out, because it has no label or no id: 1 of what was written by --write",
    ]
    ran = run("restore", file, "--graph", own)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"relgraph: {own}: holds 5 things already; restore into an empty graph, or say --replace to give them up\n"
    )
    ran = run("restore", file, "--graph", own, "--replace")
    assert (ran.code, ran.err) == (0, f"restored {file}: 4 things, 5 ties, content hash {held}\n")
    assert content(run, own) == held
