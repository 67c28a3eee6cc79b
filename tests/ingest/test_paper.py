"""The paper's tables: whole, in order, faithful to its text, and a slip in them is told in one sentence."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ingest import paper_coverage

from relgraph.ingest.check import check_source
from relgraph.ingest.source import Source, open_source

TEXT = Path(__file__).resolve().parents[3] / "shared" / "sources" / paper_coverage.PAPER
MAY_BE_EMPTY = {"alias", "signed", "start", "end", "quantity", "unit", "size", "size_at_least", "note"}
FREE = {"note", "name", "quote"}  # sentences, titles: the only cells with room for more than one fact


@pytest.fixture(scope="module")
def paper() -> Source:
    return open_source(paper_coverage.PAPER)


@pytest.fixture(scope="module")
def tables(paper: Source) -> dict[str, list[dict[str, str]]]:
    return {table.file: paper_coverage.rows(paper, table.file) for table in paper.declared.tables}


def test_the_page_on_coverage_is_not_stale(paper: Source) -> None:
    written = paper.path("COVERAGE.md").read_text("utf-8")
    assert written == paper_coverage.page(paper), "run python -m tests.ingest.paper_coverage"


def test_each_place_is_cited_or_says_why_not(paper: Source) -> None:
    cited, why = paper_coverage.claims(paper), paper_coverage.reasons(paper)
    assert cited.keys() == why.keys(), "a table cites a place that coverage.csv does not list"
    assert [place for place in why if bool(cited[place]) == bool(why[place])] == []


def test_rows_are_in_reading_order(paper: Source, tables: dict[str, list[dict[str, str]]]) -> None:
    order = {place: n for n, place in enumerate(paper_coverage.reasons(paper))}
    for file, rows in tables.items():
        places = [order[row["section"], row["paragraph"]] for row in rows]
        assert places == sorted(places), file


def test_every_row_fills_what_every_row_needs(paper: Source, tables: dict[str, list[dict[str, str]]]) -> None:
    """What `check` refuses to see empty is all but what the text may leave unsaid; an id has a refusal of its own."""
    for table in paper.declared.tables:
        assert {*table.needed, "id"} | MAY_BE_EMPTY >= tables[table.file][0].keys(), table.file
        assert MAY_BE_EMPTY.isdisjoint(table.needed), table.file


def test_no_quote_is_longer_than_twelve_words(tables: dict[str, list[dict[str, str]]]) -> None:
    quotes = [(file, row["quote"]) for file, rows in tables.items() for row in rows]
    assert [(file, quote) for file, quote in quotes if len(quote.split()) > 12] == []


def test_what_is_inferred_says_how(tables: dict[str, list[dict[str, str]]]) -> None:
    inferred = [(file, row) for file, rows in tables.items() for row in rows if row["certainty"] != "stated"]
    assert inferred
    assert [(file, row) for file, row in inferred if not row["note"]] == []


def test_ids_can_be_read(tables: dict[str, list[dict[str, str]]]) -> None:
    ids = [row["id"] for file, rows in tables.items() for row in rows if "id" in row and file != "citations.csv"]
    assert [id_ for id_ in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_)] == []
    assert [id_ for id_, count in Counter(ids).items() if count > 1] == []


def test_no_row_stands_twice(tables: dict[str, list[dict[str, str]]]) -> None:
    for file, rows in tables.items():
        facts = Counter(tuple(v for k, v in row.items() if k not in ("certainty", "quote", "note")) for row in rows)
        assert [(file, fact) for fact, count in facts.items() if count > 1] == []


def test_no_cell_holds_two_facts(tables: dict[str, list[dict[str, str]]]) -> None:
    lists = [
        (file, name, cell)
        for file, rows in tables.items()
        for row in rows
        for name, cell in row.items()
        if name not in FREE and re.search(r"[;|\n]", cell)
    ]
    assert lists == []


def test_the_tables_have_no_issues(paper: Source) -> None:
    assert [issue.sentence() for issue in check_source(paper).issues] == []


def test_each_quote_stands_in_its_paragraph(paper: Source) -> None:
    _needs_the_text()
    issues = check_source(open_source(paper_coverage.PAPER, TEXT)).issues
    assert [issue.sentence() for issue in issues] == []


def test_no_place_of_the_paper_is_left_out(paper: Source) -> None:
    _needs_the_text()
    short = paper.declared.lookups["paragraphs"]
    with (TEXT / "paragraphs.csv").open(encoding="utf-8", newline="") as file:
        said = [(row["section_key"], short[row["paragraph"]]) for row in csv.DictReader(file)]
    assert sorted(said) == sorted(paper_coverage.reasons(paper))


def _needs_the_text() -> None:
    if not TEXT.is_dir():
        pytest.skip("the paper's text is not part of relgraph, and ../shared is not here")


# --- an analyst adds a row -------------------------------------------------------------------------------------

NEW = {
    "participants.csv": {"actor": "GBR", "engagement": "balikatan", "role": "observer", "paragraph": "P5"},
    "exercises.csv": {"id": "new-exercise", "name": "New exercise", "kind": "exercise", "paragraph": "P5"},
    "agreements.csv": {"id": "new-agreement", "name": "New agreement", "kind": "acsa", "paragraph": "P5"},
}
EVIDENCE = {"section": "S1.3", "certainty": "stated", "quote": "the Balikatan exercise on HA/DR"}
SLIPS = [
    ("participants.csv", "actor", "Atlantis", "is no actor that this source or a register has; near it: Albania"),
    ("participants.csv", "actor", "", "is empty; fill it in"),
    ("participants.csv", "actor", "Untied Kingdom", "is no actor that this source or a register has; near it: United"),
    ("participants.csv", "actor", "JPN; USA", "is no actor that this source or a register has; near it:"),
    ("participants.csv", "engagement", "balikatn", "is defined by no row; near it: balikatan"),
    ("participants.csv", "role", "participent", "is no role of TAKES_PART_IN; use participant, host"),
    ("participants.csv", "role", "", "is empty; fill it in"),
    ("participants.csv", "role", "2017", "is no role of TAKES_PART_IN; use participant, host"),  # a column too far
    ("participants.csv", "start", "12/05/2017", "is no date in EDTF, such as 2017, 2017-05"),
    ("participants.csv", "start", "May-17", "is no date in EDTF, such as 2017, 2017-05"),
    ("participants.csv", "start", "12 May 2020", "is no date in EDTF, such as 2017, 2017-05"),
    ("participants.csv", "certainty", "sure", "is no certainty; use stated, implied, ambiguous"),
    ("participants.csv", "quote", "one " * 13, "has more than 12 words; quote fewer"),
    ("participants.csv", "quantity", "many", "is no number; write digits"),
    ("participants.csv", "quote", "", "is empty; fill it in"),
    ("participants.csv", "paragraph", "", "is empty; fill it in"),
    ("participants.csv", "section", "S9", "is not in [lookups.sections]; it has S5"),
    ("participants.csv", "paragraph", "5", "is not in [lookups.places]; it has P5"),
    ("exercises.csv", "name", "", "is empty; fill it in"),
    ("exercises.csv", "id", "", "has no id; give it one"),
    ("exercises.csv", "kind", "", "is empty; fill it in"),
    ("exercises.csv", "kind", "drill", "is no kind of Exercise; use series, edition"),
    ("exercises.csv", "id", "balikatan", "is the id of another already (exercises.csv, row 2)"),
    ("exercises.csv", "id", "New Exercise", "is no id; use lower-case letters, digits and hyphens"),
    ("agreements.csv", "alias", "ACSA; GSOMIA", "does not match"),
]


MISQUOTED = [
    ({"quote": "the Balikatan exercice on HA/DR"}, "does not stand in S1.3 Capacity Building Assistance Programs, P5;"),
    ({"paragraph": "P4"}, "P4; it stands in S1.3 Capacity Building Assistance Programs, P5"),
    ({"paragraph": "P1", "quote": "In line with Japan's National Security Strategy"}, "copy its quotation marks"),
    ({"section": "S5"}, "is said to stand in S5 Conclusion, P5, which is no place of the text"),
]


@pytest.mark.parametrize("file", NEW)
def test_a_good_row_gives_no_issue(paper: Source, tmp_path: Path, file: str) -> None:
    assert _issues_with(paper, tmp_path, file, {}) == []


@pytest.mark.parametrize(("file", "column", "value", "words"), SLIPS, ids=[f"{s[1]}={s[2].strip()}" for s in SLIPS])
def test_a_slip_is_told_in_one_sentence(
    paper: Source, tmp_path: Path, file: str, column: str, value: str, words: str
) -> None:
    (issue,) = _issues_with(paper, tmp_path, file, {column: value.strip()})
    row = len(paper_coverage.rows(paper, file)) + 2
    assert issue.sentence().startswith(f"{file}, row {row}, ")
    assert column in str(issue.column)
    assert words in issue.sentence()


@pytest.mark.parametrize(("slip", "words"), MISQUOTED, ids=[words for _, words in MISQUOTED])
def test_a_misquotation_is_told_in_one_sentence(
    paper: Source, tmp_path: Path, slip: dict[str, str], words: str
) -> None:
    _needs_the_text()
    (issue,) = _issues_with(paper, tmp_path, "participants.csv", slip, TEXT)
    row = len(paper_coverage.rows(paper, "participants.csv")) + 2
    assert issue.sentence().startswith(f"participants.csv, row {row}, quote: ")
    assert words in issue.sentence()


def test_a_row_without_its_place_is_told_once_with_the_text_at_hand(paper: Source, tmp_path: Path) -> None:
    _needs_the_text()
    (issue,) = _issues_with(paper, tmp_path, "participants.csv", {"paragraph": ""}, TEXT)
    assert issue.problem == "is empty"


def test_a_row_that_stands_there_already_is_told(paper: Source, tmp_path: Path) -> None:
    again = paper_coverage.rows(paper, "participants.csv")[0]
    (issue,) = _issues_with(paper, tmp_path, "participants.csv", again)
    assert "says again what an earlier row says of the same place" in issue.sentence()
    (issue,) = _issues_with(paper, tmp_path / "other", "participants.csv", again | {"note": "seen twice"})
    assert "with a difference; make one row of both" in issue.sentence()


def _changed(paper: Source, tmp_path: Path, change: Callable[[bytes], bytes]) -> list[str]:
    folder = Path(shutil.copytree(paper.folder, tmp_path / paper.id))
    file = folder / "recipients.csv"
    file.write_bytes(change(file.read_bytes()))
    return [issue.sentence() for issue in check_source(open_source(folder)).issues]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"),  # as Excel saves it
        lambda text: text.replace(b"\n", b",,\n") + b",,,,,,,,\n" * 3,  # columns and rows once used, empty now
    ],
    ids=["Excel", "empty cells"],
)
def test_what_a_spreadsheet_does_to_a_file_is_no_fault(paper: Source, tmp_path: Path, change: Callable) -> None:
    assert _changed(paper, tmp_path, change) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: text.replace(b",", b";"), ", row 1: is one column, whose cells are parted by ';'; save it with"),
        (lambda text: text.replace(b"\n", b",x\n").replace(b",x", b",remarks", 1), ", row 1, remarks: is handled by"),
        (lambda text: text + b"LAO,tc-90-transfer,S4.1,P7,stated,a, b, c\n", ", row 27: has 8"),
        (lambda text: text.decode().encode("utf-16"), ", row 1: holds a NUL byte; save the file as text again"),
        (lambda text: text + "PHL,tc-90-transfer,S5,P1,stated,a,São".encode("cp1252"), ", row 27: is no utf-8;"),
        (lambda text: b"", ": is empty; it needs a first row"),
    ],
    ids=["semicolons", "one more column", "a comma without quotation marks", "UTF-16", "Windows", "empty"],
)
def test_a_file_saved_amiss_is_told_in_one_sentence(
    paper: Source, tmp_path: Path, change: Callable, sentence: str
) -> None:
    (told,) = _changed(paper, tmp_path, change)
    assert told.removeprefix("recipients.csv").startswith(sentence)


def _issues_with(paper: Source, tmp_path: Path, file: str, slip: dict[str, str], text: Path | None = None) -> list:
    folder = Path(shutil.copytree(paper.folder, tmp_path / paper.id))
    header = list(paper_coverage.rows(paper, file)[0])
    with (folder / file).open("a", encoding="utf-8", newline="") as opened:
        csv.DictWriter(opened, header, restval="").writerow(NEW[file] | EVIDENCE | slip)
    return check_source(open_source(folder, text)).issues
