"""The country register: which country a name or a code means, on a day or in a year.

`ingest/countries.csv` has a row for each spell of a country, a stretch of time in which its codes and its
name do not change; `ingest/REGISTER.md` says what the columns were compiled from. A code means what it meant
on the day asked for: COW 345 is Serbia until 1918, then Yugoslavia, and Serbia again from 2006.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from relgraph.errors import UsageError
from relgraph.model.names import fold, nearest
from relgraph.model.spells import CODES, LAST, SYSTEMS, Bearing, Country, Day, Spell, Window, window
from relgraph.settings import resources

__all__ = [
    "SCHEMES",
    "AmbiguousCountry",
    "Countries",
    "Country",
    "Resolution",
    "Spell",
    "UnknownCountry",
    "load_countries",
]
SCHEMES = (*CODES, "name")
_CALLED = {"id": "id", "iso3": "ISO code", "iso2": "ISO code", "cow": "COW code", "cowc": "COW code"}


class UnknownCountry(UsageError):
    """The register has no such country; `nearest` are the names that may be meant."""

    def __init__(self, message: str, nearest: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)


class AmbiguousCountry(UnknownCountry):
    """The register has more than one such country; `nearest` are their names."""


class Resolution(NamedTuple):
    """What a code means; where it is not `exact`, `warning` is a sentence that says why."""

    country: Country
    exact: bool
    warning: str | None


class Countries:
    """The register, indexed by every code and every name."""

    def __init__(self, countries: Iterable[Country]) -> None:
        self._countries = {country.id: country for country in countries}
        self._index: dict[str, dict[str, list[Bearing]]] = {scheme: defaultdict(list) for scheme in SCHEMES}
        self._held: dict[tuple[str, str], list[tuple[Bearing, str]]] = defaultdict(list)
        for country in self:
            for spell in country.spells:
                self._add(country, spell)
        self._found: dict[tuple[str, Day | None], Country] = {}
        self._resolved: dict[tuple[str, str, Day | None], Resolution] = {}

    def _add(self, country: Country, spell: Spell) -> None:
        for scheme in CODES:
            code = country.id if scheme == "id" else getattr(spell, scheme)
            if code:
                bearing = Bearing(*spell.days(scheme), country, spell.row)
                self._index[scheme][code].append(bearing)
                self._held[country.id, scheme].append((bearing, code))
        for scheme, code in spell.also:
            self._index[scheme][code].append(Bearing(*spell.days(scheme), country, spell.row))
        names = (country.name, spell.era_name, *spell.aliases)
        for name in dict.fromkeys(fold(name) for name in names if name):
            self._index["name"][name].append(Bearing(*spell.days(), country, spell.row))

    def __iter__(self) -> Iterator[Country]:
        """The countries, by id."""
        return iter(self._countries.values())

    def __len__(self) -> int:
        return len(self._countries)

    def get(self, id: str) -> Country | None:
        """The country with exactly this id, or None."""
        return self._countries.get(id)

    def codes(self, scheme: str) -> Mapping[str, list[Bearing]]:
        """Every code of a scheme (names are folded) with the countries that bear it and when."""
        if scheme not in SCHEMES:
            raise UsageError(f"{scheme!r} is no scheme of country codes: use one of {', '.join(SCHEMES)}")
        return self._index[scheme]

    def find(self, text: str, on: Day | None = None) -> Country:
        """The country that a person means by an id, an ISO code, a name or an alias, in any case.

        A name that several have borne means the one that bore it `on` that day; without a day, the one that
        bears it today. `UnknownCountry` has the three nearest names, `AmbiguousCountry` those that are meant.

        >>> countries = load_countries()
        >>> countries.find("viet nam").id, countries.find("Russia").id, countries.find("Russia", on=1985).id
        ('VNM', 'RUS', 'SUN')
        """
        if (text, on) not in self._found:
            bearings, what = self._meant_by(text), repr(text)
            if not bearings:
                raise self._unknown("name", text)
            found = _today(bearings, what) if on is None else _taken(bearings, window(on), what).country
            self._found[text, on] = found
        return self._found[text, on]

    def _meant_by(self, text: str) -> list[Bearing] | None:
        code = text.strip().upper()
        for scheme in ("id", "iso3", "iso2"):
            if code in self._index[scheme]:
                return self._index[scheme][code]
        return self._index["name"].get(fold(text))

    def resolve(self, scheme: str, code: str, on: Day | None = None) -> Resolution:
        """What a code of a scheme (one of `SCHEMES`) means on a day or in a year.

        Outside its years a code means its nearest spell, and in a year in which it changed hands the one that
        had it longer: both with a warning. Without a day it must have meant one country only (a name: today).

        >>> resolve = load_countries().resolve
        >>> resolve("cow", "345", 1990).country.id, resolve("cow", "345", 2010).country.id
        ('YUG', 'SRB')
        >>> resolve("cow", "260", 1950).warning
        'COW code 260 is Germany from 1955-05-05 until 1990-10-02, not in 1950; the nearest spell is taken'
        """
        key = (scheme, code, on)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(scheme, str(code).strip(), on)
        return self._resolved[key]

    def _resolve(self, scheme: str, code: str, on: Day | None) -> Resolution:
        bearings = self.codes(scheme).get(_plain(scheme, code))
        if not bearings:
            raise self._unknown(scheme, code)
        what = repr(code) if scheme == "name" else f"{_called(scheme)} {code}"
        if on is None:
            country = _today(bearings, what) if scheme == "name" else _only(bearings, what)
            return Resolution(country, True, None)
        taken = _taken(bearings, window(on), what)
        warning = _warning(scheme, what, taken, bearings, on)
        return Resolution(taken.country, warning is None, warning)

    def code(self, id: str, scheme: str, on: Day | None = None) -> str | None:
        """The code that a country has in a scheme on a day, for most of a year, or (without a day) today.

        >>> [load_countries().code("DEU", "cow", year) for year in (1930, 1950, 1970, 2000)]
        ['255', None, '260', '255']
        """
        if scheme not in CODES:
            raise UsageError(f"{scheme!r} is no scheme of country codes: use one of {', '.join(CODES)}")
        days = (LAST, LAST) if on is None else window(on)
        held = ((bearing.within(days), code) for bearing, code in self._held.get((id, scheme), ()))
        most, code = max(held, default=(0, None))
        return code if most > 0 else None

    def with_its_code(self, id: str) -> list[Country]:
        """Other countries that a list of states has given the code of this one, at another time.

        >>> [country.name for country in load_countries().with_its_code("RUS")]
        ['Soviet Union']
        """
        held = ((scheme, code) for scheme in SYSTEMS for _, code in self._held.get((id, scheme), ()))
        bearings = (bearing for scheme, code in held for bearing in self._index[scheme][code])
        return list({bearing.country.id: bearing.country for bearing in bearings if bearing.country.id != id}.values())

    def states_on(self, day: Day, scheme: str | None = None) -> list[Country]:
        """The members of the state system on a day, or at any time of a year, by id.

        `cow` and `gw`: as that list has them (they differ); None: every state of the register.

        >>> len(load_countries().states_on(1816, "cow"))
        23
        """
        if scheme not in (*SYSTEMS, None):
            raise UsageError(f"{scheme!r} is no list of states: use {' or '.join(SYSTEMS)}, or none for all")
        listed, days = scheme or "id", window(day)
        eligible = (country for country in self if scheme or country.kind == "state")
        return [c for c in eligible if any(b.within(days) > 0 for b, _ in self._held.get((c.id, listed), ()))]

    def nearest(self, text: str, n: int = 3) -> list[str]:
        """The names of the `n` countries that may be meant: that have this code in some list, then alike in spelling.

        >>> load_countries().nearest("Phillipines", 1), load_countries().nearest("UKG", 1)
        (['Philippines'], ['United Kingdom'])
        """
        borne = [b for scheme in CODES for b in self._index[scheme].get(_plain(scheme, text.strip()), ())]
        spelled = {id.casefold(): [country] for id, country in self._countries.items()}
        near = nearest(fold(text), {**spelled, **_bearers(self._index["name"])}, n)
        return list(dict.fromkeys([*(bearing.country.name for bearing in borne), *near]))[:n]

    def _unknown(self, scheme: str, code: str) -> UnknownCountry:
        if scheme in ("name", "id"):
            near, what = self.nearest(code), "country"
        else:
            near, what = nearest(_plain(scheme, code), _bearers(self._index[scheme]), 3), _called(scheme)
        return UnknownCountry(f"{code!r} is no {what} of the register; near it: {', '.join(near)}", near)


def _called(scheme: str) -> str:
    return _CALLED.get(scheme, "Gleditsch-Ward code")


def _plain(scheme: str, code: str) -> str:
    if scheme == "name":
        return fold(code)
    return code.lstrip("0") if code.isdecimal() else code.upper()


def _bearers(index: Mapping[str, list[Bearing]]) -> dict[str, list[Country]]:
    return {code: [bearing.country for bearing in bearings] for code, bearings in index.items()}


def _one(bearings: Iterable[Bearing]) -> Country | None:
    countries = {bearing.country.id: bearing.country for bearing in bearings}
    return next(iter(countries.values())) if len(countries) == 1 else None


def _only(bearings: list[Bearing], what: str) -> Country:
    country = _one(bearings)
    if not country:
        raise _ambiguous(bearings, what, "say in which year")
    return country


def _today(bearings: list[Bearing], what: str) -> Country:
    country = _one(bearings) or _one(bearing for bearing in bearings if bearing.last == LAST)
    if not country:
        raise _ambiguous(bearings, what, "give the id instead")
    return country


def _taken(bearings: list[Bearing], days: Window, what: str) -> Bearing:
    """Who bears it for most of these days, or nearest to them; two at once are ambiguous."""
    taken = max(bearings, key=lambda bearing: (bearing.within(days), bearing.first))
    if taken.within(days) > 0:
        common = (max(taken.first, days[0]), min(taken.last, days[1]))
        rivals = [b for b in bearings if b.country is not taken.country and b.within(common) > 0]
        if rivals:
            raise _ambiguous([taken, *rivals], what, "give the id instead")
    return taken


def _ambiguous(bearings: Iterable[Bearing], what: str, remedy: str) -> AmbiguousCountry:
    candidates = {bearing.country.id: bearing for bearing in bearings}
    named = " and ".join(f"{bearing} ({id})" for id, bearing in candidates.items())
    return AmbiguousCountry(f"{what} is {named}; {remedy}", [each.country.name for each in candidates.values()])


def _warning(scheme: str, what: str, taken: Bearing, bearings: list[Bearing], on: Day) -> str | None:
    """Why the meaning is not exact, or None; a name may be of another time if the country was there."""
    days, country = window(on), taken.country
    when = f"on {on}" if days[0] == days[1] else f"in {on}"
    reach = [Bearing(*spell.days(), country, 0) for spell in country.spells] if scheme == "name" else [taken]
    if all(bearing.within(days) <= 0 for bearing in reach):
        return f"{what} is {taken}, not {when}; the nearest spell is taken"
    other = next((b for b in bearings if b.country is not country and b.within(days) > 0), None)
    return f"{what} is {taken} and {other} {when}; the longer is taken" if other else None


@cache
def load_countries(path: Path | None = None) -> Countries:
    """The register of relgraph, or of `path`; a row that contradicts another is an `OntologyError`."""
    from relgraph.model.register import check_codes, read_countries

    file = path or resources("ingest") / "countries.csv"
    countries = Countries(read_countries(file))
    for scheme in CODES:
        check_codes(file, scheme, countries.codes(scheme))
    return countries
