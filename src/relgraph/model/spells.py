"""Countries and their spells: the rows of the country register, and when a code or a name is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from relgraph.errors import UsageError
from relgraph.model.dates import ONGOING, BadDate, parse

SYSTEMS = ("cow", "gw")  # the two lists of members of the state system
CODES = ("id", "iso3", "iso2", "cow", "cowc", "gw", "gwc")
FIRST, LAST = date.min.toordinal(), date.max.toordinal()
BY = "../"  # before a day: by that day
LISTED_UNTIL = date(2016, 12, 31)  # the last day of the COW list: as far as "still a state" is attested
Day = str | int | date  # a year, a month or a day
Window = tuple[int, int]  # the first and the last day, as ordinals


@dataclass(frozen=True, slots=True)
class Spell:
    """A row of the register: the names and codes of a country for one stretch of its time.

    `start` and `end` are its first and last day as a state, in EDTF: a start of `../1816-01-01` is "by that
    day", an end of `..` "still", None (a territory) "not said". `aliases` are names of that time; `also` are
    second codes of a scheme, as pairs of scheme and code.
    """

    row: int
    start: str | None
    end: str | None
    era_name: str | None = None
    aliases: tuple[str, ...] = ()
    iso3: str | None = None
    iso2: str | None = None
    cow: str | None = None
    cow_start: str | None = None
    cow_end: str | None = None
    cowc: str | None = None
    gw: str | None = None
    gw_start: str | None = None
    gw_end: str | None = None
    gwc: str | None = None
    note: str | None = None
    also: tuple[tuple[str, str], ...] = ()

    def days(self, scheme: str = "id") -> Window:
        """The days in which its code of a scheme is valid: for COW and Gleditsch-Ward those of the list."""
        if scheme in ("cow", "cowc"):
            return days_between(self.cow_start, self.cow_end)
        if scheme in ("gw", "gwc"):
            return days_between(self.gw_start, self.gw_end)
        return days_between(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Country:
    """A state or a territory; `aliases` are all of its other names, `iso2` is that of its last spell."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    spells: tuple[Spell, ...]
    lat: float
    lon: float
    iso2: str | None

    @property
    def start(self) -> str | None:
        """The first day of its first spell."""
        return self.spells[0].start

    @property
    def end(self) -> str | None:
        """The last day of its last spell, `..` for a state of today."""
        return self.spells[-1].end

    @property
    def present(self) -> bool:
        """Whether it is a state or a territory of today."""
        return self.spells[-1].days()[1] == LAST


class Bearing(NamedTuple):
    """A country bears a code or a name from the day `first` to `last`, as `row` of the register says."""

    first: int
    last: int
    country: Country
    row: int

    def within(self, days: Window) -> int:
        """How many of these days it covers; 0 or less where it covers none, the less the further away."""
        return min(self.last, days[1]) - max(self.first, days[0]) + 1

    def __str__(self) -> str:
        start = "" if self.first == FIRST else f" from {date.fromordinal(self.first)}"
        end = "" if self.last == LAST else f" until {date.fromordinal(self.last)}"
        return f"{self.country.name}{start}{end}"


@lru_cache(maxsize=4096)
def days_between(start: str | None, end: str | None) -> Window:
    """The days from `start` to `end`; what is "by" a day, "still" or not said has no limit."""
    first = FIRST if not start or start.startswith(BY) else parse(start).earliest.toordinal()
    return first, LAST if not end or end == ONGOING else parse(end).latest.toordinal()


@lru_cache(maxsize=16384)
def window(on: Day) -> Window:
    """The days of a year, a month or a day.

    >>> window(1816) == window("1816")
    True
    """
    if isinstance(on, date):
        return on.toordinal(), on.toordinal()
    try:
        span = parse(f"{on:04d}" if isinstance(on, int) else on.strip().removeprefix(BY))
    except BadDate as error:
        raise UsageError(f"{on!r} is no day: write 2017, 2017-05 or 2017-05-12") from error
    return span.earliest.toordinal(), span.latest.toordinal()
