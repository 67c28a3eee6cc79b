"""Files in every form: text in other encodings, workbooks, a read.py, and where the files are."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from tests.ingest.making import PACT, PACT_TABLES, make_source, problems, read, sound, where

from relgraph.errors import DataError
from relgraph.graph import Graph
from relgraph.model.records import Ref

TABLE = """
[[tables]]
file = "{file}"
{keys}
[[tables.things]]
label = "Agreement"
id = "{{id}}"
name = "{{name}}"
start = "{{start}}"
"""
TEXT = "id,name,start\na,Traité d'Élysée,1963-01-22\n"


def one(tmp_path, file, content, keys=""):
    """A source of one table."""
    return make_source(tmp_path, "one", TABLE.format(file=file, keys=keys), {file: content})


def things(claims):
    """Ids, names and starts."""
    said = [(ref, each) for ref, citations in claims.citations.items() for each in citations]
    return [(ref.id, each.get("name"), each.get("start")) for ref, each in said]


ELYSEE = [("a", "Traité d'Élysée", "1963-01-22")]
FORMS = {
    "UTF-8": ("t.csv", TEXT.encode(), ""),
    "UTF-8 with a mark": ("t.csv", TEXT.encode("utf-8-sig"), ""),
    "UTF-8 with a mark, stated": ("t.csv", TEXT.encode("utf-8-sig"), 'encoding = "UTF8"'),
    "Latin-1": ("t.csv", TEXT.encode("latin-1"), 'encoding = "latin-1"'),
    "Windows": ("t.csv", TEXT.encode("cp1252"), 'encoding = "cp1252"'),
    "UTF-16": ("t.csv", TEXT.encode("utf-16"), 'encoding = "utf-16"'),
    "Windows line ends": ("t.csv", TEXT.replace("\n", "\r\n").encode(), ""),
    "old line ends": ("t.csv", TEXT.replace("\n", "\r").encode(), ""),
    "no last line end": ("t.csv", TEXT.strip().encode(), ""),
    "empty lines": ("t.csv", TEXT.replace("\n", "\n\n,,\n", 1).encode(), ""),
    "spaces around": ("t.csv", TEXT.replace(",", " , ").encode(), ""),
    "quoted": ("t.csv", TEXT.replace("Traité d'Élysée", "\"Traité d'Élysée\"").encode(), ""),
    "semicolons": ("t.csv", TEXT.replace(",", ";").encode(), 'delimiter = ";"'),
    "tabs": ("t.tsv", TEXT.replace(",", "\t").encode(), ""),
    "tabs in a text file": ("t.txt", TEXT.replace(",", "\t").encode(), ""),
    "tabs, stated": ("t.dat", TEXT.replace(",", "\t").encode(), 'format = "tsv"'),
    "empty cells at the end": ("t.csv", TEXT.replace("\n", ",,\n").encode(), ""),
}


@pytest.mark.parametrize(("file", "content", "keys"), FORMS.values(), ids=FORMS)
def test_a_table_in_another_form_says_the_same(tmp_path, file, content, keys):
    assert things(sound(one(tmp_path, file, content, keys))) == ELYSEE


@pytest.mark.parametrize("name", ["Latin-1", "Windows", "UTF-16"])
def test_an_encoding_that_is_not_stated_is_told_not_guessed(tmp_path, name):
    file, content, _ = FORMS[name]
    (issue,) = problems(one(tmp_path, file, content))
    assert (issue.file, issue.column) == (file, None)
    assert "is no utf-8" in issue.problem or "NUL" in issue.problem


def test_rows_count_as_in_a_spreadsheet_and_short_ones_lack_their_last_cells(tmp_path):
    rows = 'id,name,start\na,"two\nlines",1951\n\nb\nc,C,soon\n'
    claims = read(one(tmp_path, "t.csv", rows))
    assert things(claims) == [("a", "two\nlines", "1951"), ("b", None, None), ("c", "C", None)]
    assert [where(issue) for issue in claims.issues] == [("t.csv", 4, None, None), ("t.csv", 5, "start", "soon")]
    assert [issue.level for issue in claims.issues] == ["warning", "error"]


# --- workbooks -------------------------------------------------------------------------------------------------


def workbook(path: Path, *sheets: tuple[str, list[list]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def from_workbook(tmp_path, rows, keys="", file="t.xlsx"):
    source = make_source(tmp_path, "one", TABLE.format(file=file, keys=keys))
    workbook(source / file, ("Sheet1", rows))
    return source


HEADER = ["id", "name", "start"]


def test_cells_of_a_workbook_are_texts(tmp_path):
    rows = [
        HEADER,
        ["a", 5.0, date(2017, 5, 12)],
        ["b", 5.25, datetime(2017, 5, 12)],
        [None, None, None],
        ["c", True, 2017],
        ["d", "plain", "2017-05"],
    ]
    assert things(sound(from_workbook(tmp_path, rows))) == [
        ("a", "5", "2017-05-12"),
        ("b", "5.25", "2017-05-12"),
        ("c", "True", "2017"),
        ("d", "plain", "2017-05"),
    ]


def test_a_time_of_day_is_no_date(tmp_path):
    rows = [HEADER, ["a", "A", datetime(2017, 5, 12, 10, 30)]]
    (issue,) = problems(from_workbook(tmp_path, rows))
    assert where(issue) == ("t.xlsx", 2, "start", "2017-05-12T10:30:00")


def test_a_formula_in_a_workbook_is_an_issue(tmp_path):
    (issue,) = problems(from_workbook(tmp_path, [HEADER, ["a", "A", "=1950+1"]]))[:1]
    assert where(issue) == ("t.xlsx", 2, "start", "=1950+1")
    assert issue.problem == "is a formula"


def test_a_formula_of_many_cells_is_an_issue(tmp_path):
    source = from_workbook(tmp_path, [HEADER, ["a", "A", 1951]])
    book = openpyxl.load_workbook(source / "t.xlsx")
    book.active["B2"] = openpyxl.worksheet.formula.ArrayFormula("B2:B2", "=SUM(A1:A2)")
    book.save(source / "t.xlsx")
    (issue,) = problems(source)
    assert where(issue) == ("t.xlsx", 2, "name", "=SUM(A1:A2)")
    assert issue.problem == "is a formula"


def test_an_error_in_a_workbook_is_an_issue(tmp_path):
    source = from_workbook(tmp_path, [HEADER, ["a", "#N/A", 1951]])
    assert [where(issue) for issue in problems(source)] == [("t.xlsx", 2, "name", "#N/A")]


def test_a_sheet_is_named_and_rows_of_two_sheets_are_kept_apart(tmp_path):
    tables = "".join(TABLE.format(file="t.xlsx", keys=f'sheet = "{name}"') for name in ("One", "Two"))
    source = make_source(tmp_path, "one", tables)
    workbook(source / "t.xlsx", ("One", [HEADER, ["a", "A", 1951]]), ("Two", [HEADER, ["b", "B", 1952]]))
    claims = sound(source)
    assert {said["locator"] for citations in claims.citations.values() for said in citations} == {
        "t.xlsx, sheet One, row 2",
        "t.xlsx, sheet Two, row 2",
    }
    workbook(source / "t.xlsx", ("One", [HEADER, ["a", "A", 1951]]), ("Two", [HEADER, ["a", "B", 1952]]))
    (issue,) = problems(source)
    assert issue.problem == "is the id of another already (t.xlsx, sheet One, row 2)"


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path):
    (issue,) = problems(from_workbook(tmp_path, [HEADER], 'sheet = "Data"'))
    assert issue.problem == "is not there"
    assert (issue.file, issue.remedy) == ("t.xlsx, sheet Data", "the workbook has Sheet1")


def test_an_empty_sheet_is_an_issue(tmp_path):
    (issue,) = problems(from_workbook(tmp_path, []))
    assert (issue.file, issue.problem) == ("t.xlsx", "is empty")


@pytest.mark.parametrize("content", [b"", b"text", b"\xd0\xcf\x11\xe0" + b"\0" * 600], ids=["empty", "text", "old"])
def test_what_is_no_workbook_is_an_issue(tmp_path, content):
    (issue,) = problems(one(tmp_path, "t.xlsx", content))
    assert where(issue) == ("t.xlsx", None, None, None)
    assert "is no Excel workbook" in issue.problem


def rewritten(path: Path, part: str, change) -> None:
    """Change one part of a workbook, as another program may have written it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_workbook_that_is_damaged_is_an_issue(tmp_path):
    source = from_workbook(tmp_path, [HEADER, ["a", "A", 1951], ["b", "B", 1952]])
    rewritten(source / "t.xlsx", "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) * 2 // 3])
    issues = problems(source)
    assert "t.xlsx" in {issue.file for issue in issues}
    assert any("is no Excel workbook" in issue.problem for issue in issues)


def test_a_workbook_that_states_another_size_is_read_to_its_end(tmp_path):
    """Some programs write a sheet's size wrongly; a reader that believes it drops rows in silence."""
    source = from_workbook(tmp_path, [HEADER, ["a", "A", 1951], ["b", "B", 1952]])
    smaller = lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', xml)  # noqa: E731
    rewritten(source / "t.xlsx", "xl/worksheets/sheet1.xml", smaller)
    assert things(sound(source)) == [("a", "A", "1951"), ("b", "B", "1952")]


def test_drop_down_lists_and_the_like_are_left_out_without_a_word(tmp_path):
    source = from_workbook(tmp_path, [HEADER, ["a", "A", 1951]])
    more = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    rewritten(source / "t.xlsx", "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</worksheet>", more))
    assert things(sound(source)) == [("a", "A", "1951")]


def test_a_workbook_by_another_name_is_read_where_the_format_says_so(tmp_path):
    source = from_workbook(tmp_path, [HEADER, ["a", "A", 1951]], 'format = "excel"', file="t.data")
    assert things(sound(source)) == [("a", "A", "1951")]


# --- read.py ---------------------------------------------------------------------------------------------------

ROWS = "def rows(path):\n    for number, line in enumerate(path.read_text().split()):\n        {body}\n"


def with_reader(tmp_path, code, content="x y"):
    toml = TABLE.format(file="t.raw", keys='reader = "read.py"')
    return make_source(tmp_path, "one", toml, {"t.raw": content, "read.py": code})


def test_a_source_may_bring_its_own_reader(tmp_path):
    body = 'yield {"id": line, "name": number + 0.5, "start": None if number else 1951}'
    claims = sound(with_reader(tmp_path, ROWS.format(body=body)))
    assert things(claims) == [("x", "0.5", "1951"), ("y", "1.5", None)]


READERS = {
    "no reader": (None, "is read by read.py, which is not beside source.toml"),
    "not Python": ("def rows(path:\n", "which cannot be run (SyntaxError: "),
    "no function": ("x = 1\n", "which cannot be run (AttributeError: "),
    "an error": (ROWS.format(body='raise KeyError("year")'), "which cannot be run (KeyError: 'year', line 3)"),
    "no rows": ("def rows(path):\n    return []\n", "is empty"),
    "no dictionaries": ("def rows(path):\n    yield 1\n", "which cannot be run (TypeError: "),
    "another column": (
        ROWS.format(body='yield {"id": line, "name": "", "start": ""} | ({"end": "x"} if number else {})'),
        "is a column that the first row lacks",
    ),
}


@pytest.mark.parametrize(("code", "problem"), READERS.values(), ids=READERS)
def test_a_reader_that_fails_is_an_issue(tmp_path, code, problem):
    source = with_reader(tmp_path, code or "")
    if code is None:
        (source / "read.py").unlink()
    issues = problems(source)
    assert {issue.file for issue in issues} == {"t.raw"}
    assert problem in issues[0].problem


# --- where the files are ---------------------------------------------------------------------------------------


@pytest.fixture
def brought(tmp_path):
    """A source that brings its agreements, not its parties; and the parties elsewhere."""
    source = make_source(tmp_path / "sources", "pact", PACT, PACT_TABLES)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (source / "parties.csv").rename(elsewhere / "parties.csv")
    return source, elsewhere


def test_files_that_a_source_does_not_bring_are_taken_from_data(brought):
    source, elsewhere = brought
    assert [where(issue)[0] for issue in problems(source)] == ["parties.csv"]
    assert len(sound(source, elsewhere).ties) == 2
    assert len(sound(source, elsewhere / "parties.csv").ties) == 2


def test_the_one_file_that_is_lacking_may_have_another_name(brought):
    source, elsewhere = brought
    renamed = (elsewhere / "parties.csv").rename(elsewhere / "parties of 2020.csv")
    assert len(sound(source, renamed).ties) == 2


def test_where_more_are_lacking_a_file_must_have_its_name(brought):
    source, elsewhere = brought
    (source / "agreements.csv").rename(elsewhere / "agreements.csv")
    lacking = {where(issue)[0] for issue in problems(source, elsewhere / "parties.csv") if "not there" in issue.problem}
    assert lacking == {"agreements.csv"}
    other = (elsewhere / "parties.csv").rename(elsewhere / "other.csv")
    lacking = {where(issue)[0] for issue in problems(source, other) if "not there" in issue.problem}
    assert lacking == {"agreements.csv", "parties.csv"}


def test_a_newer_file_takes_the_place_of_one_that_the_source_brings(brought):
    source, elsewhere = brought
    (elsewhere / "agreements.csv").write_text(PACT_TABLES["agreements.csv"].replace("The Pact", "New Pact"))
    ((citation,), *_) = sound(source, elsewhere).citations.values()
    assert citation["name"] == "New Pact"


def test_a_table_that_may_be_absent(tmp_path):
    toml = PACT.replace('file = "parties.csv"', 'file = "parties.csv"\noptional = true')
    source = make_source(tmp_path, "pact", toml, {"agreements.csv": PACT_TABLES["agreements.csv"]})
    assert len(sound(source).ties) == 0


def test_a_load_takes_the_files_from_data_too(graph, brought):
    source, elsewhere = brought
    with pytest.raises(DataError, match=r"parties.csv: is not there; put it beside source.toml or name its folder"):
        graph.load(source)
    graph.load(source, data=elsewhere)
    assert graph.rows("MATCH ()-[t:PARTY_TO]->() RETURN count(t) AS n").rows == [[2]]
    assert not graph.load(source, data=elsewhere / "parties.csv")


# --- hostile sizes ---------------------------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
CHECK = """
import sys
from tests.memory import peak
from relgraph.graph import Graph
before = peak()
(claims,) = Graph.check(sys.argv[1])
for issue in claims.issues: print(issue.sentence())
print((peak() - before) // 1024)
"""


def sparse(path: Path, start: bytes, size: int) -> None:
    """A file that begins so and is as large, most of it a hole."""
    with path.open("wb") as file:
        file.write(start)
        file.truncate(size)


def long_line(path: Path, size: int) -> None:
    """A file of one line without end."""
    block = b"x," * 500_000
    with path.open("wb") as file:
        file.write(b"id,name,start\na,")
        for _ in range(size // len(block)):
            file.write(block)


@pytest.mark.parametrize("what", ["a hole", "one line", "an open quotation mark"])
def test_two_hundred_megabytes_of_one_line_do_not_fill_the_memory(tmp_path, what):
    source = one(tmp_path, "t.csv", "")
    match what:
        case "a hole":
            sparse(source / "t.csv", b"id,name,start\na,", 200_000_000)
        case "one line":
            long_line(source / "t.csv", 200_000_000)
        case _:
            (source / "t.csv").write_bytes(b'id,name,start\na,"' + b"x\n" * 5_000_000)
    command = [sys.executable, "-c", CHECK, source]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    *issues, grown = run.stdout.splitlines()
    assert len(issues) == 1
    assert issues[0].startswith("t.csv, row 2: ")
    assert int(grown) < 400_000, "kilobytes"


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("relgraph.ingest.workbook.UNPACKED", 1000)
    (issue,) = problems(from_workbook(tmp_path, [HEADER, ["a", "A", 1951]]))
    assert "unpacks to" in issue.problem
    assert issue.remedy == "save it as CSV"


def test_nothing_is_read_from_a_graph_to_check_a_source(tmp_path):
    (claims,) = Graph.check(make_source(tmp_path, "pact", PACT, PACT_TABLES))
    assert set(claims.citations) == {Ref("Agreement", "pact"), Ref("Country", "JPN"), Ref("Country", "USA")}


ABOVE = {
    "text": ("t.csv", b"A list, of treaties\n\nSource: ours\n" + TEXT.encode()),
    "text with its own empty rows": ("t.csv", b"A list\n,,\n\n" + TEXT.encode()),
}


@pytest.mark.parametrize(("file", "content"), ABOVE.values(), ids=ABOVE)
def test_what_stands_above_the_header_is_left_out(tmp_path, file, content):
    claims = sound(one(tmp_path, file, content, "header = 4"))
    assert things(claims) == ELYSEE
    assert claims.counts["t.csv"].rows == 1


def test_rows_are_counted_from_the_top_of_the_file(tmp_path):
    (issue,) = problems(one(tmp_path, "t.csv", "A list\n\n" + TEXT + "b,B,soon\n", "header = 3"))
    assert where(issue) == ("t.csv", 5, "start", "soon")


def test_a_title_above_the_names_of_the_columns_is_told(tmp_path):
    issue = problems(one(tmp_path, "t.csv", "A list\n" + TEXT))[0]
    assert (issue.row, issue.problem) == (2, "has 3 cells where the first row names 1")
    assert "header = N" in issue.remedy
    (issue,) = problems(one(tmp_path / "beyond", "t.csv", TEXT, "header = 3"))
    assert issue.problem == "has nothing in row 3"


def test_what_stands_above_the_header_of_a_sheet_is_left_out(tmp_path):
    source = from_workbook(tmp_path, [["A list"], [], HEADER, ["a", "A", 1951]], "header = 3")
    assert things(sound(source)) == [("a", "A", "1951")]


def test_a_formula_in_a_column_ignored_by_name_is_no_issue(tmp_path):
    rows = [[*HEADER, "years"], ["a", "A", 1951, "=2020-C2"]]
    assert things(sound(from_workbook(tmp_path, rows, 'ignore = ["years"]'))) == [("a", "A", "1951")]
