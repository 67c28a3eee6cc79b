"""`source.toml`: what a source is, what it covers, and how its rows become things and ties.

These classes are the mapping language. A *value* is a template such as `"cow-{version4id}"`, or a table:

    "{ccode}"                                  the cell of that column; absent where the cell is
    "{section|sections} {paragraph}"           a cell through a lookup; absent where any of its cells is
    "{country|spellings?}"                     a lookup of some words only: any other stays as it is
    { value = 1 }                              a constant that is no text
    { column = "aliases", split = ";" }        a list in a cell
    { column = "DCAid", match = "v1.0-(.*)" }  a part of the cell, by a pattern with one group
    { ..., match = "v1.0-(.*)", into = "dcad-{1}" }   the parts of the cell put into another text
    { year = "yr", month = "mo", day = "dy" }  a date from parts, as exact as the parts that are there
    { column = "d", format = "%m/%d/%Y" }      a date in a stated form
    { ..., ongoing = ["0"] }                   cells that mean "still going on"
    { ..., when = [{ column = "x", in = ["1"] }] }  only in the rows that are meant; absent in others
    { first = ["{title}", "{type} of {year}"] }     the first of several values that the row has
    { flags = { def = "defense", non = "nonaggression" } }  the words whose columns say yes: a list

Every key of a thing or a tie that is not of the language is a property of `ontology.toml`: `start = "{year}"`.

An *end* of a tie is `{ label = "Country", id = "{ccode}", scheme = "cow", on = "{year}" }`; the label may be a
family (`Actor`), and then the id says which: a thing of this source first, then the registers. Without an id it is
the thing of that label that the row itself defines.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from relgraph.errors import DataError
from relgraph.ingest.issues import Issue
from relgraph.model.dates import BadDate, parse

FILE = "source.toml"
HOLE = re.compile(r"\{([^{}|]+)((?:\|[^{}|]+)*)\}")  # in a template: a column, and the lookups its cell goes through
GROUP = re.compile(r"\{(\d+)\}")  # in what a match is put into
Scheme = Literal["any", "iso3", "iso2", "cow", "cowc", "gw", "gwc", "name", "id"]


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"is no regular expression ({error})") from error
    return text


def _template(text: str) -> str:
    if set("{}") & set(HOLE.sub("", text)):
        raise ValueError("is no template: write {column} or {column|lookup}")
    return text


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


Pattern = Annotated[str, AfterValidator(_pattern)]
Encoding = Annotated[str, AfterValidator(_encoding)]
Date = Annotated[str, AfterValidator(_date)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class When(_Strict):
    """A condition on a row: the column's cell is, or is not, one of these (absent is "")."""

    column: str
    among: Annotated[tuple[str, ...] | None, Field(alias="in")] = None
    unless: Annotated[tuple[str, ...] | None, Field(alias="not_in")] = None
    matches: Pattern | None = None

    @model_validator(mode="after")
    def _tests_something(self) -> When:
        if self.among is self.unless is self.matches is None:
            raise ValueError("give in, not_in or matches")
        return self


class Flags(_Strict):
    """Columns that say yes or no, each with the word that a yes means; any other cell is an issue.

    `none` is the word where every one of them says no, which is not the same as saying nothing.
    """

    flags: dict[str, str] = {}
    none: str | None = None
    yes: tuple[str, ...] = ("1",)
    no: tuple[str, ...] = ("0",)


ORIGINS = ("template", "column", "value", "year", "first", "flags")


def _fits(pattern: str, into: str) -> bool:
    return all(0 < int(group) <= re.compile(pattern).groups for group in GROUP.findall(into))


class Value(Flags):
    """How one value is made from a row; exactly one of `ORIGINS` says from what."""

    template: Annotated[str, AfterValidator(_template)] | None = None
    column: str | None = None
    value: bool | int | float | str | list[str] | None = None
    year: str | None = None
    month: str | None = None
    day: str | None = None
    split: str | None = None
    match: Pattern | None = None
    into: str | None = None
    format: str | None = None
    lookup: str | None = None
    ongoing: tuple[str, ...] = ()
    first: tuple[Spec, ...] = ()
    when: tuple[When, ...] = ()

    @model_validator(mode="after")
    def _one_origin(self) -> Value:
        given = [name for name in ORIGINS if getattr(self, name) not in (None, (), {})]
        if len(given) != 1:
            raise ValueError(f"give exactly one of {', '.join(ORIGINS)}")
        if (self.month or self.day) and not self.year:
            raise ValueError("month and day need year")
        if self.into is not None and not (self.match and _fits(self.match, self.into)):
            raise ValueError("into needs a match with a group for each {1}, {2}, … in it")
        return self


def _as_value(raw: Any) -> Any:
    return {"template": raw} if isinstance(raw, str) else raw


Spec = Annotated[Value, BeforeValidator(_as_value)]
Value.model_rebuild()


def _as_said(raw: Any) -> Any:
    """`["type", "remarks"]` keeps each of these cells under the name of its column."""
    return {name: f"{{{name}}}" for name in raw} if isinstance(raw, list) else raw


Said = Annotated[dict[str, Spec], BeforeValidator(_as_said)]


class Each(Flags):
    """One thing or tie for each value of a list: of a cell, of many columns, of flags; the value is `{each}`."""

    column: str | None = None
    split: str | None = None
    columns: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Each:
        if [bool(self.columns), bool(self.column and self.split), bool(self.flags)].count(True) != 1:
            raise ValueError("give columns, or column and split, or flags")
        return self


class Agrees(_Strict):
    """A second code of the same country, which must mean the same one."""

    id: Spec
    scheme: Scheme


class End(_Strict):
    """One end of a tie; `scheme`, `on` (a year or a day) and `agrees` are for countries.

    Without an `id` it is the thing of that label that the row itself defines.
    """

    label: str | tuple[str, ...]
    id: Spec | None = None
    scheme: Scheme = "any"
    on: Spec | None = None
    agrees: Agrees | None = None


class _Claims(_Strict):
    when: tuple[When, ...] = ()
    each: Each | None = None
    locator: Spec | None = None
    certainty: Spec | None = None
    quote: Spec | None = None
    said: Said = {}
    properties: dict[str, Spec] = {}

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


class Totals(_Strict):
    """Rows that sum up others: those with the same cells in `by`, whose numbers in `of` must add up to theirs."""

    by: tuple[str, ...]
    of: tuple[str, ...]


class Skip(When):
    """Rows left out by name: those for which the condition holds, and why; `totals` are held against the rest."""

    reason: str
    totals: Totals | None = None


class TableMapping(_Strict):
    """One file: how to read it, which columns to leave out or to fill in every row, and what its rows are."""

    file: str
    format: Literal["csv", "tsv", "excel"] | None = None
    encoding: Encoding = "utf-8"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    sheet: str | None = None
    reader: Literal["read.py"] | None = None
    optional: bool = False
    missing: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
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


class Publication(_Strict):
    """Who published it, when, under which licence; `priority`: whose properties a thing takes where sources differ."""

    title: str
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: Date | None = None
    url: str | None = None
    licence: str
    redistributable: bool
    citation: str
    priority: int = 50
    files: str | None = None
    marking: str | None = None
    marking_level: int = 0


class Coverage(_Strict):
    """What the source looked at. Absent lists mean no limit that the source states; nothing is complete unless said."""

    labels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: Date | None = None
    until: Date | None = None
    completely: tuple[str, ...] = ()
    ego: tuple[str, ...] = ()
    note: str | None = None


class Known(_Strict):
    """A defect that the publisher's file is known to have: a warning, the value kept out of the graph."""

    file: str | None = None
    record: str
    column: str
    value: str
    reason: str


class Assertion(_Strict):
    """What must be true of the result: a number of things or ties, or exactly which ones stand at one end."""

    things: str | None = None
    ties: str | None = None
    kind: str | None = None
    role: str | None = None
    to: str | None = None
    start: Annotated[str | None, Field(alias="from")] = None
    at_least: int | None = None
    at_most: int | None = None
    exactly: int | None = None
    are: tuple[str, ...] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Assertion:
        if bool(self.things) == bool(self.ties):
            raise ValueError("give things = LABEL or ties = TYPE")
        if self.are is None and self.at_least is self.at_most is self.exactly is None:
            raise ValueError("give at_least, at_most, exactly or are")
        return self


class Text(_Strict):
    """The source's own words by place, where the file is at hand: quotes are held against them."""

    file: str
    locator: Spec
    text: Spec
    encoding: Encoding = "utf-8"


class SourceFile(_Strict):
    """A whole `source.toml`."""

    source: Publication
    coverage: Coverage = Coverage()
    lookups: dict[str, dict[str, str]] = {}
    tables: tuple[TableMapping, ...] = ()
    known: tuple[Known, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    text: Text | None = None


def read_declaration(path: Path) -> SourceFile:
    """What a `source.toml` says; a `DataError` has an issue for each entry at fault."""
    try:
        return SourceFile.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        line = re.search(r"at line (\d+)", str(error))
        row = int(line[1]) if line else None
        issue = Issue("error", FILE, row, None, None, f"cannot be read as TOML ({error})", "mend that line")
        raise DataError(f"{path.parent.name}/{FILE}: {issue.problem}; {issue.remedy}", [issue]) from error
    except ValidationError as error:
        issues = list(_faults(error))
        first, more = issues[0], f" (and {len(issues) - 1} more)" if len(issues) > 1 else ""
        message = f"[{first.column}] {first.problem}{more}; {first.remedy}"
        raise DataError(f"{path.parent.name}/{FILE}: {message}", issues) from error


def _faults(error: ValidationError) -> Iterator[Issue]:
    remedy = "see CONTRIBUTING.md for what may stand there"
    for fault in error.errors():
        # The first of several is 1, as people count.
        entry = ".".join(str(part + 1 if isinstance(part, int) else part) for part in fault["loc"]) or "top level"
        value = fault["input"] if isinstance(fault["input"], str) else None
        yield Issue("error", FILE, None, entry, value, fault["msg"].removeprefix("Value error, "), remedy)
