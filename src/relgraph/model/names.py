"""How names are compared: what two spellings of one name have in common, and which are most alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

_LONG, _MANY = 100, 20_000  # characters, and words, that are compared
_LETTERS = str.maketrans(
    {
        "&": " and ",
        "+": " plus ",
        "ø": "o",
        "ł": "l",
        "ı": "i",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
    }
)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """A name without case, accents, punctuation, spaces and "the"; "&" is "and", "+" "plus", "St." "Saint".

    >>> fold("St. Kitts & Nevis") == fold("Saint Kitts and Nevis")
    True
    >>> fold("Türkiye"), fold("Gambia, The")
    ('turkiye', 'gambia')
    """
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    words = ["saint" if word == "st" else word for word in words]
    return "".join([word for word in words if word != "the"] or words)


def close(text: str, known: Collection[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
    """The words most like the beginning of a text, the closest first; none of too many, which would take too long."""
    from difflib import get_close_matches

    return get_close_matches(text[:_LONG], known, n, cutoff) if len(known) <= _MANY else []


def nearest(text: str, spelled: Mapping[str, Iterable[Any]], n: int) -> list[str]:
    """The names of the `n` things whose spellings are most like the text, the nearest first."""
    for cutoff in (0.6, 0.0):
        found = close(text, spelled, 8 * n, cutoff)
        names = list(dict.fromkeys(thing.name for spelling in found for thing in spelled[spelling]))
        if len(names) >= n:
            break
    return names[:n]
