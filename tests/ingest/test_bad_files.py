"""Files that are not as they must be: each fault is an issue that names file, row, column, value and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.ingest.making import PACT, PACT_TABLES, make_source, pact, problems, where

import relgraph
from relgraph.errors import DataError

AGREEMENTS = PACT_TABLES["agreements.csv"]
PARTIES = PACT_TABLES["parties.csv"]
A, P = "agreements.csv", "parties.csv"
HEADER = "agreement,party,role,certainty,quote\n"

# what is wrong: the tables, where the issue points (file, row, column, value), words of its problem, and of its remedy
FAULTS = {
    "missing file": ({"parties.csv": None}, (P, None, None, None), "is not there", "--data"),
    "empty file": ({A: ""}, (A, None, None, None), "is empty", "first row"),
    "blank file": ({A: "\n\n"}, (A, None, None, None), "is empty", "first row"),
    "another delimiter": (
        {A: AGREEMENTS.replace(",", ";")},
        (A, 1, None, None),
        "is one column, whose cells are parted by ';'",
        "save it with commas",
    ),
    "missing column": (
        {A: AGREEMENTS.replace("kind", "sort")},
        (A, 1, "kind", None),
        "is missing",
        "the file has",
    ),
    "duplicate header": ({A: AGREEMENTS.replace("kind", "name")}, (A, 1, "name", None), "stands 2 times", "own"),
    "nameless column": ({A: AGREEMENTS.replace("kind", "")}, (A, 1, None, None), "has no name", "first row"),
    "unhandled column": (
        {P: PARTIES.replace("quote", "quote,page").replace(",\n", ",,\n")},
        (P, 1, "page", None),
        "is handled by nothing",
        "ignore",
    ),
    "ending of no kind": (
        {"source.toml": PACT.replace("agreements.csv", "agreements.dat"), "agreements.dat": AGREEMENTS},
        ("agreements.dat", None, None, None),
        "has an ending that does not say what it is",
        "format",
    ),
    "row too long": (
        {P: HEADER + "pact,JPN,,,,said, and more\n"},
        (P, 2, None, None),
        "has 7 cells where the first row names 5",
        "quotation marks",
    ),
    "unknown country": (
        {P: HEADER + "pact,JPN,,,\npact,Phillipines,,,\n"},
        (P, 3, "party", "Phillipines"),
        "is no actor",
        "near it: Philippines, ",
    ),
    "unknown agreement": (
        {P: HEADER + "pakt,JPN,,,\n"},
        (P, 2, "agreement", "pakt"),
        "is defined by no row",
        "near it: pact",
    ),
    "bad date": (
        {A: AGREEMENTS.replace("1952-04-28", "28 April 1952")},
        (A, 2, "start", "28 April 1952"),
        "is no date in EDTF",
        "mend the cell",
    ),
    "impossible day": (
        {A: AGREEMENTS.replace("1952-04-28", "1952-04-31")},
        (A, 2, "start", "1952-04-31"),
        "is no date in EDTF",
        "mend the cell",
    ),
    "end before start": (
        {A: AGREEMENTS.replace("..", "1951")},
        (A, 2, "start, end", "1952-04-28, 1951"),
        "the end '1951' lies before the start '1952-04-28'",
        "mend the dates",
    ),
    "duplicate id": (
        {A: AGREEMENTS + "pact,Another,treaty,,,\n"},
        (A, 3, "id", "pact"),
        "is the id of another already (agreements.csv, row 2)",
        "id of its own",
    ),
    "bad id": ({A: AGREEMENTS.replace("pact,", "Pact 1,")}, (A, 2, "id", "Pact 1"), "is no id", "lower-case"),
    "no id": ({A: AGREEMENTS + ",Another,treaty,,,\n"}, (A, 3, "id", None), "has no id", "give it one"),
    "unknown kind": (
        {A: AGREEMENTS.replace("treaty", "tready")},
        (A, 2, "kind", "tready"),
        "is no kind of Agreement",
        "treaty, alliance",
    ),
    "unknown role": (
        {P: PARTIES.replace("signatory", "signer")},
        (P, 2, "role", "signer"),
        "is no role of PARTY_TO",
        "signatory, announced",
    ),
    "unknown certainty": (
        {P: PARTIES.replace("implied", "likely")},
        (P, 3, "certainty", "likely"),
        "is no certainty",
        "stated, implied, ambiguous",
    ),
    "too long a quote": (
        {P: PARTIES + f"pact,AUS,,,{'word ' * 13}\n"},
        (P, 4, "quote", f"{'word ' * 13}"[:60] + "… (64 characters)"),
        "has more than 12 words",
        "quote fewer",
    ),
    "wrong end": (
        {P: HEADER + "pact,JPN,,,\npact,pact,,,\n"},
        (P, 3, "party", "pact"),
        "is no actor",
        "near it",
    ),
    "formula": (
        {A: AGREEMENTS.replace("The Pact", "=A1&B1")},
        (A, 2, "name", "=A1&B1"),
        "is a formula",
        "write the value itself",
    ),
    "formula that calls": (
        {A: AGREEMENTS.replace("The Pact", "@SUM(1)")},
        (A, 2, "name", "@SUM(1)"),
        "is a formula",
        "write the value itself",
    ),
    "broken UTF-8": (
        {A: AGREEMENTS.encode() + b"other,Caf\xe9,treaty,,,\n"},
        (A, 3, None, None),
        "is no utf-8",
        "state the file's encoding",
    ),
    "cut-off UTF-8": ({A: AGREEMENTS.encode() + b"o,\xe3\x81"}, (A, 3, None, None), "is no utf-8", "encoding"),
    "NUL": ({A: AGREEMENTS.replace("Pact", "P\0ct")}, (A, 2, None, None), "holds a NUL byte", "as text again"),
    "open quotation mark": (
        {A: AGREEMENTS + 'other,"Open,treaty,,,\nthird,Third,treaty,,,\n'},
        (A, 3, None, None),
        "cannot be read",
        "quotation marks",
    ),
    "long line": (
        {A: AGREEMENTS + "other," + "x" * 1_000_001},
        (A, 3, None, None),
        "is longer than 1,000,000 characters",
        "line ends",
    ),
    "a row that says nothing": (
        {P: HEADER + "pact,JPN,,,\npact,,,,\n"},
        (P, 3, None, None),
        "makes neither a thing nor a tie",
        "skip",
    ),
    "error of a spreadsheet": (
        {A: AGREEMENTS.replace("The Pact", "#REF!")},
        (A, 2, "name", "#REF!"),
        "is an error of a spreadsheet",
        "write the value itself",
    ),
}


def broken(folder: Path, tables: dict[str, str | bytes | None]) -> Path:
    """The source PACT with other tables; None: without that one."""
    kept = {name: content for name, content in {**PACT_TABLES, **tables}.items() if content is not None}
    toml = str(kept.pop("source.toml", PACT))
    return make_source(folder, "broken", toml, kept)


@pytest.mark.parametrize(("tables", "place", "problem", "remedy"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_an_issue_with_its_place_and_a_remedy(tmp_path, tables, place, problem, remedy):
    issues = problems(broken(tmp_path, tables))
    assert place in [where(issue) for issue in issues]
    issue = next(issue for issue in issues if where(issue) == place)
    assert problem in issue.problem
    assert remedy in issue.remedy
    assert issue.level == "error"


def test_a_source_without_faults_has_no_issue(tmp_path):
    assert problems(pact(tmp_path)) == []


def test_every_fault_stops_the_load_and_leaves_the_graph_as_it_was(graph, tmp_path):
    graph.load(pact(tmp_path))
    before = graph.content_hash()
    for name, (tables, place, problem, _) in FAULTS.items():
        source = broken(tmp_path / name.replace(" ", "-"), tables)
        with pytest.raises(DataError, match="nothing was loaded") as failed:
            graph.load(source, dry_run="formula" in name)
        assert place in [where(issue) for issue in failed.value.issues if problem in issue.problem]
    assert graph.content_hash() == before


def test_the_first_issue_stands_in_the_message(tmp_path):
    source = broken(tmp_path, {A: AGREEMENTS.replace("1952-04-28", "1952-13")})
    with relgraph.open(tmp_path / "graph") as graph, pytest.raises(DataError) as failed:
        graph.load(source)
    assert str(failed.value).startswith("broken: 1 error, so nothing was loaded; the first: agreements.csv, row 2")
    assert failed.value.exit_code == 1
