"""Conversions: a cell's text into a date, a number, a part of an id; what may mean two things is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from math import isinf
from typing import Any

from relgraph.model.dates import ONGOING, parse

_NUMBER = re.compile(r"[+-]?(?=[.\d])(\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)|\d*)(\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_SPACES = str.maketrans("\u00a0\u202f", "  ")  # that do not break: between thousands in French, Russian, ISO 80000
DIGITS = 400  # more than any number has that floating point can hold
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS = {word: f"{at:02}" for at, name in enumerate(_MONTHS, 1) for word in (name, name[:3], f"{name[:3]}.")}
MONTHS |= {"sept": "09", "sept.": "09"}
_WHOLE = re.compile(r"(\d{1,4})(?:\.0*)?", re.ASCII)


class Unreadable(ValueError):
    """A cell that does not hold what its mapping expects; `column` and `value` where it is one of several."""

    def __init__(self, problem: str, remedy: str, column: str | None = None, value: str | None = None) -> None:
        super().__init__(problem)
        self.problem, self.remedy, self.column, self.value = problem, remedy, column, value


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """A text as part of an id: lower case, hyphens.

    >>> slug("Joint Exercise (2019)")
    'joint-exercise-2019'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def hashed(text: str) -> str:
    """Eight digits that tell a text from every other: part of an id where `slug` would make two texts one.

    >>> hashed("Norwegian Sea") == hashed("Norwegian sea")
    False
    """
    return blake2b(text.encode(), digest_size=4).hexdigest()


BUILT_IN: dict[str, Callable[[str], str]] = {"slug": slug, "hash": hashed}
"""Lookups that need no table."""


def dates_of_form(form: str) -> Callable[[str], str]:
    """A function that reads a date in this form, as exact as the form is.

    >>> dates_of_form("%b %Y")("May 2017")
    '2017-05'
    """
    month = any(code in form for code in ("%m", "%b", "%B"))
    exact = 10 if month and "%d" in form else 7 if month else 4

    @lru_cache(maxsize=65536)
    def to_edtf(text: str) -> str:
        try:
            read = datetime.strptime(text, form)
        except ValueError:
            raise Unreadable(f"is no date of the form {form}", "mend the cell, or name the defect as known") from None
        return read.date().isoformat()[:exact]

    return to_edtf


@lru_cache(maxsize=65536)
def date_part(text: str, part: str) -> str:
    """A year, a month (in English words, too) or a day as EDTF writes it.

    >>> date_part("9.0", "day"), date_part("Sept.", "month")
    ('09', '09')
    """
    if part == "month" and text.casefold() in MONTHS:
        return MONTHS[text.casefold()]
    whole = _WHOLE.fullmatch(text)
    if not whole:
        raise Unreadable("is no number", "mend the part of the date, or list it under missing")
    if part != "year":
        return whole[1].zfill(2)
    if len(whole[1]) < 4:
        raise Unreadable("is no year of four digits", "write all four, or list it under missing")
    return whole[1]


def _as_date(text: str) -> str:
    parse(text)
    return text


def _as_end(text: str) -> str:
    return text if text == ONGOING else _as_date(text)


@lru_cache(maxsize=65536)  # a large file has the same numbers, and the same days, in thousands of rows
def _as_number(text: str) -> float | int:
    plain = text.lstrip("$€£¥").translate(_SPACES)
    if not _NUMBER.fullmatch(plain):
        raise Unreadable("is no number", "write digits, with a point before decimals")
    plain = plain.replace(",", "").replace(" ", "")
    number = float(plain)
    if isinf(number) or len(plain) > DIGITS:
        raise Unreadable("is no number", "write one that a computer can hold")
    return int(plain) if plain.lstrip("+-").isdigit() and abs(number) < 2**63 else number


def _as_integer(text: str) -> int:
    number = _as_number(text)
    if number != int(number) or abs(number) >= 2**63:
        raise Unreadable("is no whole number", "write digits only")
    return int(number)


END = "end"
"""The type of a date that may be `..`, still going on."""
CONSTANTS: dict[str, tuple[type, ...]] = {"number": (int, float), "integer": (int,), "list": (list,)}
CONVERSIONS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "date": _as_date,
    END: _as_end,
    "number": _as_number,
    "integer": _as_integer,
    "list": lambda text: [text],
}
