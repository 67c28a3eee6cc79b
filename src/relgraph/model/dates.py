"""Dates as sources state them (EDTF), the four bounds that follow, and the three-valued *in force*.

A source that says `2017` has not said 1 January. What it says stays as written; beside it stand the bounds

    startFrom ≤ true start ≤ startBy        endFrom ≤ true end ≤ endBy

so that a question about a day has three answers: yes, no, possibly.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

FIRST = date.min  # stands for "no lower bound known"; never shown to a person
LAST = date.max  # stands for "no upper bound known"; never shown to a person
ONGOING = ".."  # as an end: still going on, as far as the source sees
Answer = Literal["yes", "no", "possibly"]
_MAY_BE_EDTF = re.compile(r"[\dXY/.?~%-]{0,40}", re.ASCII)  # the grammar's own letters, and its forms are shorter
_SHORT_YEAR = re.compile(r"(?:^|/)[?~%]?[\dX]{1,3}(?![\dX])", re.ASCII)  # undate takes them for years
_CALENDAR = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


class BadDate(ValueError):
    """The text is no date in EDTF, or lies outside the years 1 to 9999."""


class Span(NamedTuple):
    """The days that an EDTF text may mean, the first and the last."""

    earliest: date
    latest: date


class Bounds(NamedTuple):
    """Between which days a thing began and between which it ended; the names are those in the graph."""

    startFrom: date
    startBy: date
    endFrom: date
    endBy: date


@lru_cache(maxsize=65536)
def parse(text: str) -> Span:
    """The days that `text` may mean.

    Calendar dates are read here, because a large source has a hundred thousand of them, and so is "by that day"
    (`../1816-01-01`), of which the country register has many; every other form of EDTF (`2017?`, `201X`,
    `2017/2018`) is read by undate.

    >>> parse("2017-02")
    Span(earliest=datetime.date(2017, 2, 1), latest=datetime.date(2017, 2, 28))
    >>> parse("../1816-01-01").latest
    datetime.date(1816, 1, 1)
    """
    matched = _CALENDAR.fullmatch(text)
    try:
        if matched:
            span = _calendar(*matched.groups())
        elif text.startswith("../") and _CALENDAR.fullmatch(text[3:]):
            span = Span(FIRST, parse(text[3:]).latest)
        else:
            span = _edtf(text)
    except (ValueError, OverflowError) as error:
        raise BadDate(f"{text!r} is no date in EDTF, such as 2017, 2017-05, 2017-05-12 or ../1816-01-01") from error
    if span.earliest > span.latest:
        raise BadDate(f"{text!r} ends before it begins")
    return span


def _calendar(year: str, month: str | None, day: str | None) -> Span:
    if day:
        exact = date(int(year), int(month or 1), int(day))
        return Span(exact, exact)
    if month:
        last = calendar.monthrange(int(year), int(month))[1]
        return Span(date(int(year), int(month), 1), date(int(year), int(month), last))
    return Span(date(int(year), 1, 1), date(int(year), 12, 31))


def _edtf(text: str) -> Span:
    # A hostile cell need not reach the parser, nor any other that is no date.
    if not _MAY_BE_EDTF.fullmatch(text) or _SHORT_YEAR.search(text):
        raise ValueError("no EDTF")
    from lark.exceptions import LarkError
    from undate import Undate, UndateInterval

    try:
        read = Undate.parse(text, "EDTF")
    except LarkError as error:
        raise ValueError(str(error)) from error
    if isinstance(read, UndateInterval):
        return Span(
            _day(read.earliest.earliest) if read.earliest else FIRST,
            _day(read.latest.latest) if read.latest else LAST,
        )
    return Span(_day(read.earliest), _day(read.latest))


def _day(read: object) -> date:
    return date(int(read.year), int(read.month), int(read.day))  # type: ignore[attr-defined]


def worded(text: str | None) -> str:
    """A date as a reader would say it; a calendar date, and what is no date, as they are.

    >>> worded("2017-05"), worded("../2024-07-28"), worded("2017/2018"), worded("201X"), worded("2017?"), worded("..")
    ('2017-05', 'by 2024-07-28', 'between 2017 and 2018', '2010s', 'probably 2017', 'ongoing')
    """
    if not text or _CALENDAR.fullmatch(text):
        return text or ""
    if text == ONGOING:
        return "ongoing"
    try:
        parse(text)
    except BadDate:
        return text
    first, _, last = (_side_worded(side) for side in text.partition("/"))
    if first and last:
        return f"between {first} and {last}"
    return f"by {last}" if last else f"{first} or later" if "/" in text else first


def _side_worded(text: str) -> str:
    """One end of an interval, or a date that is none; an open or unknown end as nothing."""
    decade = re.sub(r"^(\d{3})X$", r"\g<1>0s", re.sub(r"(-XX)+$", "", text.rstrip("?~%")))
    doubt = {"?": "probably ", "~": "about ", "%": "probably about "}.get(text[-1:], "")
    return "" if text == ONGOING else doubt + decade


def bounds(
    start: str | None = None,
    end: str | None = None,
    *,
    signed: str | None = None,
    attested: str | None = None,
    seen_until: date | None = None,
    event: bool = False,
) -> Bounds | None:
    """The bounds that a claim's dates imply, or None where nothing dates it.

    `attested`: a day on which the thing was there. `seen_until`: the last day that the source covers, which is
    as far as an end of `..` holds. `event`: without an end it is over within its start. What was `signed` on a
    day did not begin before it.

    >>> bounds("2020-05-12", event=True) == Bounds(*[date(2020, 5, 12)] * 4)
    True
    >>> bounds("../2021-07-11", signed="2020-09-09").startFrom
    datetime.date(2020, 9, 9)
    >>> bounds("1951", "..", seen_until=date(2012, 12, 31)).endFrom
    datetime.date(2012, 12, 31)
    """
    if not (start or end or signed or attested):
        return None
    began = parse(start) if start else Span(FIRST, LAST)
    if signed and parse(signed).earliest <= began.latest:
        began = Span(max(began.earliest, parse(signed).earliest), began.latest)
    seen = parse(attested) if attested else Span(seen_until, seen_until) if seen_until and end == ONGOING else None
    ended = _end(began, end, event)
    if seen:
        began = Span(began.earliest, max(began.earliest, min(began.latest, seen.latest)))
        ended = Span(min(max(ended.earliest, seen.earliest), ended.latest), ended.latest)
    if ended.latest < began.earliest:
        began_by = f"the start {start!r}" if start else f"the signature {signed!r}"
        raise BadDate(f"the end {end!r} lies before {began_by}")
    return Bounds(began.earliest, min(began.latest, ended.latest), max(ended.earliest, began.earliest), ended.latest)


def _end(began: Span, end: str | None, event: bool) -> Span:
    if end and end != ONGOING:
        return parse(end)
    if end is None and event:
        return began
    return Span(began.earliest, LAST)


def in_force(dated: Bounds, day: date) -> Answer:
    """Whether a thing with these bounds was there on `day`.

    >>> in_force(bounds("2017"), date(2017, 6, 1))
    'possibly'
    """
    return in_period(dated, day, day)


def in_period(dated: Bounds, first: date, last: date) -> Answer:
    """Whether a thing with these bounds was there at some time from `first` to `last`, both included."""
    if dated.startBy <= last and dated.endFrom >= first:
        return "yes"
    if dated.startFrom > last or dated.endBy < first:
        return "no"
    return "possibly"
