"""Guessing: what the cells of a column look like, for a person who drafts a mapping; a load never guesses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache, cached_property

from relgraph.model.countries import SCHEMES, load_countries
from relgraph.model.names import fold
from relgraph.model.organizations import load_organizations

MISSING = (
    "-9",
    "-8",
    "-7",
    "-66",
    "-77",
    "-88",
    "-99",
    "-999",
    "NA",
    "N/A",
    "n/a",
    "NULL",
    ".",
    "..",
    "-",
    "?",
    "unknown",
)
FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%d.%m.%Y", "%Y%m%d", "%d %B %Y", "%B %d, %Y")
SEPARATORS = (";", "|", ",", "/")
ENOUGH = 0.9  # of the values of a column that must fit a guess
FEW = 3  # values of which fewer prove nothing, unless the name of the column says it, too
_YES_OR_NO = {"yes", "no", "y", "n", "true", "false"}
_HINT = re.compile(
    r"iso|cow|cc|code|countr|state|nation|member|part|actor|sender|recipient|donor|exporter|importer", re.I
)


class Column:
    """The values of a column, how often each, without what looks like a code for missing."""

    def __init__(self, name: str, cells: Sequence[str]) -> None:
        counted = Counter(cell for cell in cells if cell)
        self.name, self.rows = name, len(cells)
        self.missing = [code for code in MISSING if code in counted]
        self.values = {value: n for value, n in counted.items() if value not in MISSING}

    def examples(self) -> str:
        """The three values that stand there most often."""
        most = sorted(self.values, key=lambda value: (-self.values[value], value))[:3]
        return ", ".join(value if len(value) <= 24 else f"{value[:23]}…" for value in most)

    @cached_property
    def scheme(self) -> str | None:
        """The scheme of country codes that the values fit best, or None."""
        return _scheme(list(self.values), hinted=bool(_HINT.search(self.name)))

    @cached_property
    def separator(self) -> str | None:
        """What stands between the countries of a list in a cell, or None."""
        for separator in SEPARATORS:
            lists = [value for value in self.values if separator in value]
            parts = list({part.strip() for value in lists for part in value.split(separator) if part.strip()})
            known = sum(fold(part) in _names() or part in load_countries().codes("iso3") for part in parts)
            if 2 * len(lists) >= len(self.values) > 0 and known >= ENOUGH * len(parts):
                return separator
        return None

    @cached_property
    def guesses(self) -> list[str]:
        """What the column may be, in words."""
        return list(self._guesses())

    def _guesses(self) -> Iterator[str]:
        values = list(self.values)
        if not values:
            yield "empty"
        elif scheme := self.scheme:
            yield f'countries: scheme = "{scheme}"'
        elif separator := self.separator:
            yield f'a list of countries: split = "{separator}"'
        elif set(values) <= {"0", "1"} or {value.casefold() for value in values} <= _YES_OR_NO:
            yield "flags"
        elif all(re.fullmatch(r"1[4-9]\d\d|20\d\d", value) for value in values):
            yield "years"
        else:
            yield from self._dates_or_numbers(values)
            if self.is_key:
                yield "a different value in each row: a key?"

    @property
    def is_key(self) -> bool:
        """Whether each row has a value of its own that is no country, list or year."""
        return self.rows == len(self.values) > 1 and not (self.scheme or self.separator)

    def _dates_or_numbers(self, values: list[str]) -> Iterator[str]:
        forms = [form for form in FORMATS if all(_reads(value, form) for value in values[:2000])]
        if forms == ["%Y-%m-%d"]:
            yield "days"
        elif forms:
            yield f"dates: format = {' or '.join(forms)}"
        elif all(re.fullmatch(r"[$€£]?-?[\d,]*\.?\d+", value) for value in values):
            yield "numbers"


def _scheme(values: list[str], *, hinted: bool) -> str | None:
    if not values:
        return None
    enough = hinted or len(values) >= FEW  # two numbers may be anything, two names of countries may not
    schemes = [scheme for scheme in SCHEMES if scheme != "id"] if enough else ["name"]
    fits = {scheme: sum(_known(value, scheme) for value in values) / len(values) for scheme in schemes}
    best = max(fits, key=lambda scheme: fits[scheme])
    return best if fits[best] >= ENOUGH else None


def _known(value: str, scheme: str) -> bool:
    if scheme == "name":
        return len(value) > FEW and fold(value) in _names()  # three letters are a code
    code = value.lstrip("0") if value.isdecimal() else value
    return code in load_countries().codes(scheme)


@cache
def _names() -> frozenset[str]:
    """Every name of the registers of countries and of organizations."""
    called = (name for each in load_organizations() for name in (each.name, *each.aliases))
    return frozenset((*load_countries().codes("name"), *map(fold, called)))


def _reads(value: str, form: str) -> bool:
    try:
        datetime.strptime(value, form)
    except ValueError:
        return False
    return True
