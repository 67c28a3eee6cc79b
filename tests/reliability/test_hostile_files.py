"""Files made to do harm: bombs, floods, devices, links, `..`: refused in a sentence, within the stated memory."""

from __future__ import annotations

import errno
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from tests.ingest.making import PACT, PACT_TABLES, make_source, pact, problems
from tests.reliability.fuzzing import MEMORY

from relgraph.errors import DataError, UsageError
from relgraph.graph import Graph
from relgraph.ingest import workbook
from relgraph.query.parameters import BadValue, Parameter

Checked = Callable[[Path], str]
A = "agreements.csv"
HEADER = PACT_TABLES[A].splitlines()[0]
BOOK = PACT.replace("agreements.csv", "agreements.xlsx")
ROOT = Path(__file__).parents[2]
MEASURED = """
import sys
from tests.memory import peak
from relgraph.graph import Graph
issues = [issue.sentence() for claims in Graph.check(sys.argv[1]) for issue in claims.issues]
print(peak(), *issues[:1])
"""


@pytest.fixture
def checked(thorough: bool) -> Callable[[Path], str]:
    """Gives the first issue of a source; thoroughly in a process of its own, which is to stay within the memory."""

    def in_a_process(source: Path) -> str:
        command = [sys.executable, "-c", MEASURED, source]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=3600)
        assert ran.returncode == 0, ran.stderr
        peak, issue = ran.stdout.split(" ", 1)
        assert int(peak) < MEMORY
        return issue

    return in_a_process if thorough else lambda source: problems(source)[0].sentence()


@pytest.fixture
def scale(thorough: bool, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many times as much as in a quick run, for which the bounds of a workbook are a hundredth."""
    if thorough:
        return 100
    for name in ("UNPACKED", "TAGS", "CELLS", "ROWS"):
        monkeypatch.setattr(workbook, name, getattr(workbook, name) // 100)
    return 1


def flood(path: Path, piece: bytes, times: int, first: str = HEADER + "\n", last: bytes = b"\n") -> None:
    with path.open("wb") as file:
        file.write(first.encode())
        for _ in range(times):
            file.write(piece)
        file.write(last)


def test_a_cell_of_a_hundred_megabytes(tmp_path: Path, checked: Checked) -> None:
    source = pact(tmp_path)
    flood(source / A, b"x" * 1_000_000, 100)
    assert "is longer than 1,000,000 characters" in checked(source)


def test_a_quoted_cell_of_a_hundred_megabytes_in_many_lines(tmp_path: Path, checked: Checked) -> None:
    source = pact(tmp_path)
    flood(source / A, b"x" * 999 + b"\n", 100_000, first=HEADER + '\na,"')
    assert "cannot be read (field larger than field limit" in checked(source)


def test_a_million_columns(tmp_path: Path, checked: Checked) -> None:
    source = pact(tmp_path)
    flood(source / A, b"a,", 499_999, first="")
    assert "has 500,000 columns, more than 16,384" in checked(source)
    flood(source / A, b",", 1_000_000, first="a")
    assert "is longer than 1,000,000 characters" in checked(source)


def test_errors_without_end(tmp_path: Path) -> None:
    source = pact(tmp_path)
    rows = "".join(f"n{n},x,no kind,,,\n" for n in range(20_000))
    (source / A).write_text(f"{HEADER}\n{rows}", "utf-8")
    issues = problems(source)
    assert "has 5,000 errors, and was read no further" in issues[5_000].problem
    assert len(issues) < 5_010


def book(folder: Path, change: Callable[[str], str] = str, extra: tuple[bytes, int] | None = None) -> Path:
    """The source PACT with a workbook for its agreements, whose sheet is changed, or that has a further part."""
    source = make_source(folder, "book", BOOK, {"parties.csv": PACT_TABLES["parties.csv"]})
    made = openpyxl.Workbook()
    for line in PACT_TABLES[A].splitlines():
        made.active.append(line.split(","))
    made.save(folder / "made.xlsx")
    with zipfile.ZipFile(folder / "made.xlsx") as old, zipfile.ZipFile(
        source / "agreements.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1
    ) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if "sheet1" in name else text)
        if extra:
            with new.open("xl/more.xml", "w", force_zip64=True) as part:
                for _ in range(extra[1]):
                    part.write(extra[0])
    return source


def test_a_workbook_that_unpacks_to_gigabytes(tmp_path: Path, checked: Checked, scale: int) -> None:
    source = book(tmp_path, extra=(bytes(1_000_000), 50 * scale))
    assert (source / "agreements.xlsx").stat().st_size < 300_000 * scale
    assert f"more than {3 * scale},000,000; save it as CSV" in checked(source)


def test_a_workbook_that_states_another_size(tmp_path: Path, checked: Checked, scale: int) -> None:
    """What it states is all that is unpacked of it."""
    source = book(tmp_path, extra=(bytes(1_000_000), 50 * scale))
    path = source / "agreements.xlsx"
    size = 50_000_000 * scale
    for form in ("<Q", "<L") if size < 1 << 32 else ("<Q",):
        stated, other = (struct.pack(form, each) for each in (size, 10))
        path.write_bytes(path.read_bytes().replace(stated, other))
    assert "is no Excel workbook" in checked(source)


WIDE = '<row><c r="XFD1"><v>1</v></c></row>'
SHEETS = {
    "a row far below": (lambda text, _: text.replace('<row r="2"', '<row r="999999999"'), "rows, 16,384 columns or"),
    "a column far right": (lambda text, _: text.replace('r="F2"', 'r="ZZZ2"'), "16,384 columns or"),
    "wide rows": (
        lambda text, scale: text.replace("<sheetData>", "<sheetData>" + WIDE * 20 * scale),
        "00,000 cells",
    ),
    "elements without end": (lambda text, scale: text + "<row/>" * 250_001 * scale, "has more than"),
    "entities": (
        lambda text, _: '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + text,
        "declares entities, which no workbook does",
    ),
    "a long cell": (lambda text, _: text.replace("The Pact", "x" * 40_000), "a cell of more than 32,767 characters"),
    "no XML": (lambda text, _: text[:300], "is no Excel workbook"),
}


@pytest.mark.parametrize(("change", "told"), SHEETS.values(), ids=SHEETS)
def test_a_workbook_made_to_fill_the_memory(tmp_path: Path, checked: Checked, scale: int, change, told: str) -> None:
    assert told in checked(book(tmp_path, lambda text: change(text, scale)))


TWO = """
[[tables]]
file = {file}
things = [{{ label = "Agreement", id = "{{id}}" }}]
"""
OUTSIDE = [
    "../secret/a.csv", "/etc/passwd",
    "sub/../../secret/a.csv", "..", "C:\\\\a.csv", "\\\\\\\\host\\\\a", "a\\u0000b", "",
]  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_source_names_no_file_outside_of_its_folder(tmp_path: Path, name: str) -> None:
    make_source(tmp_path, "secret", PACT, PACT_TABLES)
    source = make_source(tmp_path, "hostile", TWO.format(file=f'"{name}"'))
    with pytest.raises(DataError, match="must be the name of a file in the folder of the source"):
        Graph.check(source)


@pytest.mark.parametrize("linked", [A, "crosswalk.csv"])
def test_a_link_to_another_source_is_not_followed(tmp_path: Path, checked: Checked, linked: str) -> None:
    other = make_source(tmp_path, "other", PACT, {**PACT_TABLES, "crosswalk.csv": "label,id,same_as\n"})
    source = pact(tmp_path, "hostile")
    (source / linked).unlink(missing_ok=True)
    (source / linked).symlink_to(other / linked)
    assert "is a link that leads out of the source's folder" in checked(source)


def test_a_folder_that_is_a_link_is_not_followed_and_what_the_user_names_is(tmp_path: Path) -> None:
    other = make_source(tmp_path, "other", PACT, PACT_TABLES)
    source = make_source(tmp_path, "linked", PACT.replace("agreements.csv", "sub/agreements.csv"), PACT_TABLES)
    (source / "sub").symlink_to(other)
    assert "leads out" in problems(source)[0].problem
    data = tmp_path / "data"
    data.mkdir()
    (data / "sub").symlink_to(other)
    assert problems(source, data) == []


def test_devices_and_pipes_are_no_files(tmp_path: Path, checked: Checked) -> None:
    source = pact(tmp_path)
    for make in (lambda path: path.symlink_to("/dev/zero"), os.mkfifo):
        (source / A).unlink(missing_ok=True)
        make(source / A)
        assert f"{A}: is not there" in checked(source)
        (source / "source.toml").rename(tmp_path / "kept")
        make(source / "source.toml")
        with pytest.raises(UsageError, match="no such source"):
            Graph.check(source)
        (source / "source.toml").unlink()
        (tmp_path / "kept").rename(source / "source.toml")


def test_a_list_of_countries_without_end() -> None:
    with pytest.raises(BadValue, match=r"cannot be read .*File too large"):
        Parameter("a", "countries").convert("@/dev/zero")


TOML = {
    "nested": ("a = " + "[" * 100_000, "nested too deeply"),
    "long": ("#" * 1_000_001, "File too large"),
    "a number of many digits": (f"a = {'9' * 5_000}", "digits"),
}


@pytest.mark.parametrize(("text", "told"), TOML.values(), ids=TOML)
def test_a_declaration_that_overwhelms_its_parser(tmp_path: Path, text: str, told: str) -> None:
    source = pact(tmp_path)
    (source / "source.toml").write_text(text, "utf-8")
    with pytest.raises(DataError, match=told):
        Graph.check(source)


def test_a_pattern_that_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relgraph.ingest.patterns.SECONDS", 1)
    toml = PACT.replace('name = "{name}"', 'name = { column = "name", match = "^(a+)+$" }')
    issues = problems(pact(tmp_path, toml=toml, agreements=f"{HEADER}\npact,{'a' * 60}b,treaty,,,\n"))
    assert "takes longer than 1 seconds for one cell of 61 characters" in issues[0].problem


def test_a_crosswalk_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    source = pact(tmp_path)
    victim = tmp_path / "victim.csv"
    victim.write_text("label,id,same_as\n", "utf-8")
    (source / "crosswalk.csv").symlink_to(victim)
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("accepted,label,id,same_as\nyes,Agreement,pact,other\n", "utf-8")
    with pytest.raises(UsageError, match="is a link; name the file itself with -o"):
        Graph.accept(source, pairs)
    assert victim.read_text("utf-8") == "label,id,same_as\n"


def test_a_crosswalk_for_which_the_disk_has_no_room_stays_as_it_was(tmp_path: Path, monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    source = pact(tmp_path)
    held = "label,id,same_as,reason\nAgreement,one,two,looked up by hand\n"
    (source / "crosswalk.csv").write_text(held, "utf-8")
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("accepted,label,id,same_as\nyes,Agreement,pact,other\n", "utf-8")
    monkeypatch.setattr("csv.writer", full)
    with pytest.raises(UsageError, match=r"crosswalk\.csv: cannot be written .*; make room on its disk"):
        Graph.accept(source, pairs)
    assert (source / "crosswalk.csv").read_text("utf-8") == held


def test_a_place_of_five_thousand_digits(tmp_path: Path) -> None:
    toml = PACT.replace('certainty = "{certainty}"', 'certainty = "{certainty}"\nlocator = "{quote}"')
    rows = [f"pact,JPN,,,{digits}\n" for digits in ("9" * 5_000, "8")]
    parties = "".join(["agreement,party,role,certainty,quote\n", *rows])
    assert problems(pact(tmp_path, toml=toml, parties=parties)) == []


def test_a_pattern_that_python_remarks_on_is_taken_in_silence(tmp_path: Path) -> None:
    toml = PACT.replace('name = "{name}"', 'name = { column = "name", match = "[[P].*" }')
    assert problems(pact(tmp_path, toml=toml)) == []


def test_half_a_character(tmp_path: Path) -> None:
    toml = PACT.replace('file = "agreements.csv"', 'file = "agreements.csv"\nencoding = "utf-7"')
    issues = problems(pact(tmp_path, toml=toml, agreements=f"{HEADER}\npact,+2AA-,treaty,,,\n"))
    assert "holds a NUL or half a character" in issues[0].problem
