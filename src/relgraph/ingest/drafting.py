"""Drafting: a `source.toml` to begin with, from the columns of a file, each with examples of its values and a guess."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from os.path import expanduser, isfile, lexists
from pathlib import Path
from statistics import median_high
from typing import Any

from relgraph.errors import DataError, UsageError, sentence, unwritten
from relgraph.ingest.declaration import FILE, Coverage, Publication, SourceFile, TableMapping
from relgraph.ingest.guessing import Column
from relgraph.ingest.issues import Issues
from relgraph.ingest.read import read_table, records_of
from relgraph.ingest.source import Source
from relgraph.ingest.vocabulary import vocabulary
from relgraph.ingest.workbook import sheets_of_workbook
from relgraph.model.ontology import load_ontology
from relgraph.model.records import ID

ENCODINGS = ("utf-8", "cp1252", "latin-1")
ENOUGH = 20_000  # rows that are looked at
_HEAD = """\
# A draft. Fill in [source] and [coverage] with what the source itself states, map every column below or name it under
# ignore, and go on until `relgraph check {folder} --data FOLDER` is silent. CONTRIBUTING.md says what may stand here.

[source]
title = {name}
licence = "TODO: the terms as the publisher states them, or: none stated"
redistributable = false  # true only where the licence clearly allows it
files = {files}
citation = "@misc{{{id}, title = {{TODO}}}}"

[coverage]  # what the source looked at: answers about absences rest on it
# labels = ["Agreement"]
# since = "1980"
# until = "2010"
"""
_GUESSED = ("encoding", "header")
_ABOVE = 50  # rows among which the names of the columns are looked for
_STEM = re.compile(r"(\d+|(?<=[a-z_])[A-Z]{1,2})$")
_DIRECTED = re.compile(
    r"suppl|recipient|receiv|donor|export|import|sender|provid|buyer|seller|origin|dest|from|^to$", re.I
).search
_OF_A_YEAR = re.compile(r"(.*?)(1[4-9]|20)\d\d")
_LABELS = {True: ("Transfer", "PROVIDES", "RECEIVES"), False: ("Agreement", "PARTY_TO", "PARTY_TO")}


def draft(name: str, files: Sequence[str | Path]) -> Path:
    """Write the draft for these files to `name/source.toml`; one that is there already is a `UsageError`."""
    folder = Path(expanduser(name))
    if not ID.fullmatch(folder.name):
        raise UsageError(f"{folder.name}: is no id of a source; use lower-case letters, digits and hyphens")
    target = folder / FILE
    if lexists(target):
        raise UsageError(f"{target}: is there already; take another name, or edit it")
    text = drafted(folder, [Path(expanduser(file)) for file in files])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as error:
        raise UsageError(unwritten(target, error, "take another name")) from error
    return target


def drafted(folder: Path, files: Sequence[Path]) -> str:
    """The text of a draft."""
    for file in files:
        if not isfile(file):
            raise UsageError(f"{file}: there is no such file; give the file that is to be mapped")
    id, names = folder.name, ", ".join(file.name for file in files)
    head = _HEAD.format(id=id, folder=folder, name=json.dumps(id), files=json.dumps(f"TODO: where users get {names}"))
    words = "".join(f"# {line}\n" for line in vocabulary(load_ontology()))
    return f"{head}\n{words}" + "".join(f"\n{table}" for file in files for table in _tables(id, file))


def _tables(id: str, file: Path) -> Iterator[str]:
    """A table for a file, or for each sheet of a workbook."""
    if file.suffix.lower() in (".xlsx", ".xlsm"):
        for sheet in sheets_of_workbook(file):
            yield from _table(id, file, {"sheet": sheet})
    else:
        yield from _table(id, file, _form(file))


def _form(file: Path) -> dict[str, Any]:
    """Encoding and delimiter, where they are not UTF-8 and what the ending of the name says."""
    with file.open("rb") as opened:
        raw = opened.read(5_000_000)
    encoding = next(name for name in ENCODINGS if _decodes(raw, name))
    form = {} if encoding == "utf-8" else {"encoding": encoding}
    if file.suffix.lower() not in (".csv", ".tsv", ".txt", ".tab"):
        form["format"] = "csv"
    lines = raw.decode(encoding, "replace").splitlines()[:_ABOVE]
    usual = "\t" if file.suffix.lower() in (".tsv", ".txt", ".tab") else ","
    best = _delimiter(lines, usual)
    return form | ({"delimiter": best} if best != usual else {})


def _delimiter(lines: Sequence[str], usual: str) -> str:
    """What parts the first line; where that is a title, the mark on whose number the most lines agree."""

    def agreed(mark: str) -> tuple[int, int]:
        """How many lines have the most usual number of it, and the number."""
        counted = Counter(n for line in lines if (n := line.count(mark)))
        return max(((lines_, n) for n, lines_ in counted.items()), default=(0, 0))

    marks = (usual, ",", ";", "\t", "|")
    first = max(marks, key=lambda mark: lines[0].count(mark) if lines else 0)
    best = max(marks, key=agreed)
    return first if 2 * agreed(first)[0] >= agreed(best)[0] else best


def _header(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """The row with the names of the columns, where the first ones have too few cells to be it: titles and notes."""
    widths = [max((at for at, cell in enumerate(row, 1) if cell.strip()), default=0) for row in rows]
    usual = median_high([width for width in widths if width] or [0])
    number = next((number for number, width in enumerate(widths, 1) if 4 * width >= 3 * usual), 1)
    return {"header": number} if number > 1 else {}


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start >= len(raw) - 3 and error.reason == "unexpected end of data"  # cut off by us
    return True


def _table(id: str, file: Path, form: dict[str, Any]) -> Iterator[str]:
    source = _source(file)
    mapping = TableMapping(file=file.name, **form)
    form |= _header(list(islice(records_of(source, file, mapping, Issues()), _ABOVE)))
    columns = _columns(source, file, form)
    if columns is None:
        return
    lines = ["[[tables]]", f"file = {json.dumps(file.name)}"]
    lines += [
        f"{key} = {json.dumps(value)}" + ("  # a guess" if key in _GUESSED else "") for key, value in form.items()
    ]
    missing = list(dict.fromkeys(code for column in columns for code in column.missing))
    if missing:
        lines.append(f"# missing = {json.dumps(missing)}  # cells that look like codes for missing")
    wide = max((len(column.name) for column in columns), default=0)
    lines += [
        "ignore = []",
        "",
        "# Unhandled yet: every column, with how many values it has, the most frequent, and a guess.",
    ]
    for column in columns:
        guess = "; ".join(column.guesses)
        shown = f"#   {column.name:<{wide}}  {len(column.values)} values: {column.examples()}"
        lines.append(sentence(f"{shown}{f'   <- {guess}' if guess else ''}"))
    yield "\n".join([*lines, "", *_skeleton(id, columns)]) + "\n"


def _source(file: Path) -> Source:
    about = Publication(title=file.name, licence="", redistributable=False, citation="")
    return Source(file.parent, SourceFile(source=about, coverage=Coverage()))


def _columns(source: Source, file: Path, form: dict[str, Any]) -> list[Column] | None:
    issues = Issues()
    table = read_table(source, TableMapping(file=file.name, **form), issues)
    rows = [row.cells for row, _ in zip(table.rows, range(ENOUGH), strict=False)] if table else []
    if table and form.get("sheet") and not rows and len(table.header) == 1:
        return None  # a sheet with a remark
    if table is None or issues.errors:
        if form.get("sheet") and not rows:
            return None  # an empty sheet
        raise DataError(issues[0].sentence(), issues)
    return [Column(name, [row[at] for row in rows]) for at, name in enumerate(table.header)]


def _skeleton(id: str, columns: list[Column]) -> Iterator[str]:
    """How a row may become a thing and its ties, in comments, with the columns that look fit for it."""
    key = next((c.name for c in columns if c.is_key), None)
    if years := _years(columns):
        yield from _wide(id, years, [c for c in columns if c not in years])
        return
    yield "# What a row is. Without an id it is the hash of the row."
    numbers = [c.name for c in columns if "numbers" in c.guesses and c.name != key]
    coded = [c for c in columns if c.scheme]
    places = [c for c in coded if c.scheme == coded[0].scheme]  # not a second code of the same country
    family = _family(places)
    label, first, second = _LABELS[len(places) == 2 and any(map(_DIRECTED, (c.name for c in places)))]
    yield from (
        "# [[tables.things]]",
        f'# label = "{label}"  # or another of the labels above',
    )
    yield from [f'# id = "{id}-{{{key}|slug}}"'] if key else []
    year = next((c.name for c in columns if "years" in c.guesses), None)
    yield from [f'# start = "{{{year}}}"'] if year else []
    on = f', on = "{{{year}}}"' if year else ""
    listed = next(((c, sep) for c in columns if not c.scheme and (sep := c.separator)), None)
    if family:
        yield from _tie(first, label, '"{each}"', f', scheme = "{places[0].scheme}"{on}', f'columns = ["{family}*"]')
    elif listed:
        of = f'column = "{listed[0].name}", split = "{listed[1]}"'
        yield from _tie(first, label, '"{each}"', f', scheme = "any"{on}', of)
    else:
        for type_, place in zip((first, second), places, strict=False):
            yield from _tie(type_, label, f'"{{{place.name}}}"', f', scheme = "{place.scheme}"{on}')
    for name in numbers[:1] if label == "Transfer" and len(places) == 2 else ():
        yield f'# quantity = "{{{name}}}"'


def _tie(type_: str, label: str, id: str, more: str, each: str | None = None) -> Iterator[str]:
    yield from _from(type_, id, more, each)
    yield f'# to = {{ label = "{label}" }}  # without an id: the thing of its row'


def _from(type_: str, id: str, more: str, each: str | None) -> Iterator[str]:
    yield from ("#", "# [[tables.ties]]", f'# type = "{type_}"')
    yield from [f"# each = {{ {each} }}"] if each else []
    yield f'# from = {{ label = "Country", id = {id}{more} }}'


def _wide(id: str, years: list[Column], others: list[Column]) -> Iterator[str]:
    """How the cells of a wide table, with a column for each year, may become things and their ties."""
    label, *types = _LABELS[all("numbers" in c.guesses or "flags" in c.guesses for c in years)]
    stems = dict.fromkeys("".join(found.groups()) for c in years if (found := _OF_A_YEAR.fullmatch(c.name)))
    each = f"columns = {json.dumps([f'{stem}*' for stem in stems])}"
    year = '"{each column}"' if years[0].name.isdecimal() else '{ column = "each column", match = "[0-9]{4}$" }'
    places = [column for column in others if column.scheme]
    parts = [f"{{{column.name}|slug}}" for column in places or others[:1]]
    thing = f'id = "{"-".join((id, *parts, "{each column|slug}"))}"'
    yield from (
        "# What a cell is: {each} is its value, {each column} the name of its column.",
        "# [[tables.things]]",
        f'# label = "{label}"  # or another of the labels above',
        f"# each = {{ {each} }}",
        f"# {thing}",
        f"# start = {year}",
    )
    yield from ['# quantity = "{each}"'] if label == "Transfer" else []
    for type_, place in zip(types if len(places) > 1 else types[1:], places, strict=False):
        yield from _from(type_, f'"{{{place.name}}}"', f', scheme = "{place.scheme}", on = {year}', each)
        yield f'# to = {{ label = "{label}", {thing} }}'


def _years(columns: list[Column]) -> list[Column]:
    """The columns, three or more, whose names end in a year after the same letters."""
    found = defaultdict(list)
    for column in columns:
        if of_a_year := _OF_A_YEAR.fullmatch(column.name):
            found[of_a_year[1]].append(column)
    most = max(found.values(), key=len, default=[])
    return most if len(most) > 2 else []


def _family(places: list[Column]) -> str | None:
    """What the names of three columns or more begin with, before a number or a letter or two: `mem1`, `StateAB`."""
    stems = Counter(_STEM.sub("", place.name) for place in places)
    stem, columns = max(stems.items(), key=lambda item: item[1], default=("", 0))
    return stem if stem and columns > 2 else None
