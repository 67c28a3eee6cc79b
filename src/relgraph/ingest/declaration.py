"""`source.toml`: what a source is, what it covers, and how its rows become things and ties.

How a row gives a value, and whom it means, stands in `language`. Every key of a thing or a tie that is not of the
language is a property of `ontology.toml`: `start = "{year}"`.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path, PureWindowsPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from relgraph.errors import DataError
from relgraph.ingest.faults import add_faults
from relgraph.ingest.issues import Issues
from relgraph.ingest.language import Each, End, Said, Spec, Strict, When, Whole
from relgraph.model.dates import BadDate, parse
from relgraph.model.files import toml_of

FILE = "source.toml"


def _encoding(name: str) -> str:
    try:
        b"".decode(name)
        return codecs.lookup(name).name
    except LookupError as error:
        raise ValueError("is no encoding that Python knows") from error


def _date(text: str) -> str:
    try:
        parse(text)
    except BadDate as error:
        raise ValueError(str(error).removeprefix(f"{text!r} ")) from error
    return text


def _without_days(words: Any) -> Any:
    if not isinstance(words, list | dict):
        raise ValueError("is neither a list nor a table")
    return dict.fromkeys(words) if isinstance(words, list) and all(isinstance(word, str) for word in words) else words


def _file(name: str) -> str:
    parts = re.split(r"[/\\]", name)
    outside = ".." in parts or Path(name).is_absolute() or PureWindowsPath(name).anchor
    if outside or not name.strip() or "\0" in name or any(len(part.encode()) > 255 for part in parts):
        raise ValueError("must be the name of a file in the folder of the source")
    return name


def _delimiter(mark: str) -> str:
    if mark in '"\r\n\0':
        raise ValueError("must be another character than a quotation mark or the end of a line")
    return mark


Encoding = Annotated[str, AfterValidator(_encoding)]
Date = Annotated[str, AfterValidator(_date)]
File = Annotated[str, AfterValidator(_file), Field(max_length=1_000)]


class _Claims(Strict):
    when: tuple[When, ...] = ()
    each: Each | None = None
    locator: Spec | None = None
    certainty: Spec | None = None
    quote: Spec | None = None
    said: Said = Field({})
    properties: dict[str, Spec] = Field({})

    @model_validator(mode="before")
    @classmethod
    def _gather_properties(cls, raw: Any) -> Any:
        """What is no key of the language is a property; whether the ontology has it is checked with the mapping."""
        if not isinstance(raw, dict) or "properties" in raw:
            raise ValueError("must be a table of keys and properties")
        keys = {field.alias or name for name, field in cls.model_fields.items()}
        own = {key: value for key, value in raw.items() if key in keys}
        return own | {"properties": {key: value for key, value in raw.items() if key not in keys}}


class ThingMapping(_Claims):
    """Rows that are things: `id` absent means the hash of the row; `same_as` is the id that another source gives it.

    `rows` says what a row is: it `defines` a thing (a second one with the same id is an error), it `repeats` one
    (a list of members names its alliance in each row; what it says must not differ, except for the lists that are
    to `unite`), or it `cites` one that another row defines, at a further place; then the label may be a family.
    """

    label: str | tuple[str, ...]
    rows: Literal["defines", "repeats", "cites"] = "defines"
    unite: tuple[str, ...] = ()
    id: Spec | None = None
    same_as: Spec | None = None
    record: Spec | None = None


class TieMapping(_Claims):
    """Rows that are ties."""

    type: str
    start: Annotated[End, Field(alias="from")]
    end: Annotated[End, Field(alias="to")]


class Totals(Strict):
    """Rows that sum up others: those with the same cells in `by`, whose numbers in `of` must add up to theirs."""

    by: tuple[str, ...]
    of: tuple[str, ...]


class Skip(When):
    """Rows left out by name: those for which the condition holds, or all those under `when`, and why.

    `totals` are held against the rest.
    """

    column: str | None = None  # type: ignore[assignment]
    when: tuple[When, ...] = ()
    reason: str
    totals: Totals | None = None

    @model_validator(mode="after")
    def _tests_something(self) -> Skip:
        if bool(self.column) == bool(self.when) or bool(self.tests) != bool(self.column):
            raise ValueError("give in, not_in or matches of a column, or above, or several such conditions under when")
        return self

    @property
    def conditions(self) -> tuple[When, ...]:
        """Those that must all hold."""
        return self.when or (self,)


class TableMapping(Strict):
    """One file: how to read it, which columns to leave out or to fill in every row, and what its rows are.

    `header` is the row with the names of the columns, as a spreadsheet counts; what stands above it is left out. In the
    columns of `fill` an empty cell means what the last one above it says, as merged cells do.
    """

    file: File
    format: Literal["csv", "tsv", "excel"] | None = None
    encoding: Encoding = "utf-8"
    delimiter: Annotated[str, Field(min_length=1, max_length=1), AfterValidator(_delimiter)] | None = None
    sheet: str | None = None
    header: Annotated[int, Field(ge=1, le=1_000)] = 1
    reader: Literal["read.py"] | None = None
    optional: bool = False
    missing: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    fill: tuple[str, ...] = ()
    skip: tuple[Skip, ...] = ()
    record: Spec | None = None
    locator: Spec | None = None
    certainty: Spec | None = None
    quote: Spec | None = None
    things: tuple[ThingMapping, ...] = ()
    ties: tuple[TieMapping, ...] = ()

    @property
    def name(self) -> str:
        """What people are told that it is: the file, with the sheet where one is named."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file


class Publication(Strict):
    """Who published it, when, under which licence; `priority`: whose properties a thing takes where sources differ."""

    title: str
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: Date | None = None
    url: str | None = None
    licence: str
    redistributable: bool
    citation: str
    priority: Whole = 50
    files: str | None = None
    marking: str | None = None
    marking_level: Whole = 0


class Coverage(Strict):
    """What the source looked at. Absent lists mean no limit that the source states; nothing is complete unless said.

    `completely`: labels and kinds, in a list up to `until`, in a table each up to a day of its own.
    """

    labels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: Date | None = None
    until: Date | None = None
    completely: Annotated[dict[str, Date | None], BeforeValidator(_without_days)] = Field({})
    ego: tuple[str, ...] = ()
    note: str | None = None


class Known(Strict):
    """A defect that the publisher's file is known to have: a warning, the value kept out of the graph."""

    file: str | None = None
    record: str
    column: str
    value: str
    reason: str


class Assertion(Strict):
    """What must be true of the result: a number of things or ties, or exactly which ones stand at one end."""

    things: str | None = None
    ties: str | None = None
    kind: str | None = None
    role: str | None = None
    to: str | None = None
    start: Annotated[str | None, Field(alias="from")] = None
    at_least: Whole | None = None
    at_most: Whole | None = None
    exactly: Whole | None = None
    are: tuple[str, ...] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Assertion:
        if bool(self.things) == bool(self.ties):
            raise ValueError("give things = LABEL or ties = TYPE")
        if self.are is None and self.at_least is self.at_most is self.exactly is None:
            raise ValueError("give at_least, at_most, exactly or are")
        return self


class Text(Strict):
    """The source's own words by place, where the file is at hand: quotes are held against them."""

    file: File
    locator: Spec
    text: Spec
    encoding: Encoding = "utf-8"


class SourceFile(Strict):
    """A whole `source.toml`."""

    source: Publication
    coverage: Coverage = Coverage()
    lookups: dict[str, dict[str, str]] = Field({})
    tables: tuple[TableMapping, ...] = ()
    known: tuple[Known, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    text: Text | None = None


def read_declaration(path: Path) -> SourceFile:
    """What a `source.toml` says; a `DataError` has an issue for each entry at fault."""
    issues = Issues()
    try:
        return SourceFile.model_validate(toml_of(path))
    except ValidationError as error:
        add_faults(issues, error, SourceFile, FILE)
        more = f" (and {len(issues) - 1} more)" if len(issues) > 1 else ""
        told, cause = f"[{issues[0].column}] {issues[0].problem}{more}; {issues[0].remedy}", error
    except (OSError, ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        problem, row = f"cannot be read as TOML ({error})", int(line[1]) if line else None
        issues.add(problem, "mend that line", file=FILE, row=row)
        told, cause = f"{issues[0].problem}; {issues[0].remedy}", error
    raise DataError(f"{path.parent.name}/{FILE}: {told}", issues) from cause
