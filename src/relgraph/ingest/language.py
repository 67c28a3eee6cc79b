"""The language of a mapping: how a row gives a value, and whom it means.

A *value* is a template such as `"cow-{version4id}"`, or a table:

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

import re
import warnings
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

HOLE = re.compile(r"\{([^{}|]+)((?:\|[^{}|]+)*)\}")  # in a template: a column, and the lookups its cell goes through
GROUP = re.compile(r"\{(\d+)\}")  # in what a match is put into
Scheme = Literal["any", "iso3", "iso2", "cow", "cowc", "gw", "gwc", "name", "id"]


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern without remarks, on the user's screen, on what it may mean in later versions of Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return re.compile(pattern)


def _pattern(text: str) -> str:
    try:
        compiled(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"is no regular expression ({error})") from error
    return text


def _template(text: str) -> str:
    if set("{}") & set(HOLE.sub("", text)):
        raise ValueError("is no template: write {column} or {column|lookup}")
    return text


def _form(text: str) -> str:
    try:
        datetime.strptime("", text)
    except re.error:
        raise ValueError("names a part of the date twice") from None
    except ValueError as error:
        if "does not match" not in str(error):
            raise ValueError("is no form of a date, such as %d/%m/%Y") from None
    if not any(code in text for code in ("%Y", "%y", "%G", "%c", "%x")):
        raise ValueError("is a form without a year, such as %Y")
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]
Whole = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Strict(BaseModel):
    """Knows its keys: any other is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class When(Strict):
    """A condition on a row: the column's cell is, or is not, one of these (absent is ""), or comes after another."""

    column: str
    among: Annotated[tuple[str, ...] | None, Field(alias="in")] = None
    unless: Annotated[tuple[str, ...] | None, Field(alias="not_in")] = None
    matches: Pattern | None = None
    above: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it looks at."""
        return tuple(name for name in (self.column, self.above) if name)

    @property
    def tests(self) -> tuple[object, ...]:
        """What it asks of the cell."""
        return tuple(test for test in (self.among, self.unless, self.matches, self.above) if test is not None)

    @model_validator(mode="after")
    def _tests_something(self) -> When:
        if not self.tests:
            raise ValueError("give in, not_in or matches, or above alone")
        return self

    @model_validator(mode="after")
    def _above_alone(self) -> When:
        if self.above is not None and len(self.tests) > 1:
            raise ValueError("give above alone")
        return self


class Flags(Strict):
    """Columns that say yes or no, each with the word that a yes means; any other cell is an issue.

    `none` is the word where every one of them says no, which is not the same as saying nothing.
    """

    flags: dict[str, str] = {}
    none: str | None = None
    yes: tuple[str, ...] = ("1",)
    no: tuple[str, ...] = ("0",)


ORIGINS = ("template", "column", "value", "year", "first", "flags")


def _fits(pattern: str, into: str) -> bool:
    return all(0 < int(group) <= compiled(pattern).groups for group in GROUP.findall(into))


class Value(Flags):
    """How one value is made from a row; exactly one of `ORIGINS` says from what."""

    template: Annotated[str, AfterValidator(_template)] | None = None
    column: str | None = None
    value: bool | Whole | Number | str | list[str] | None = None
    year: str | None = None
    month: str | None = None
    day: str | None = None
    split: str | None = None
    match: Pattern | None = None
    into: str | None = None
    format: Annotated[str, AfterValidator(_form)] | None = None
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
    """One thing or tie for each value of a list: of a cell, of many columns, of flags.

    The value is `{each}`; where it is the cell of one of many columns, `{each column}` is the name of that.
    """

    column: str | None = None
    split: str | None = None
    columns: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Each:
        if [bool(self.columns), bool(self.column and self.split), bool(self.flags)].count(True) != 1:
            raise ValueError("give columns, or column and split, or flags")
        return self


class Agrees(Strict):
    """A second code of the same country, which must mean the same one."""

    id: Spec
    scheme: Scheme


class End(Strict):
    """One end of a tie; `scheme`, `on` (a year or a day) and `agrees` are for countries.

    Without an `id` it is the thing of that label that the row itself defines.
    """

    label: str | tuple[str, ...]
    id: Spec | None = None
    scheme: Scheme = "any"
    on: Spec | None = None
    agrees: Agrees | None = None
