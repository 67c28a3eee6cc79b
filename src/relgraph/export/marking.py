"""Markings and licences: what an export may carry, and what whoever makes it must be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from relgraph.errors import UsageError
from relgraph.export.reading import Reading, read

if TYPE_CHECKING:
    import networkx

# The colours of the U.S. convention by a marking's first words, and that of what stands on them.
BANDS = {
    "UNCLASSIFIED": ("#0B3D2E", "#FFFFFF"),
    "CUI": ("#502B85", "#FFFFFF"),
    "CONFIDENTIAL": ("#0033A0", "#FFFFFF"),
    "SECRET": ("#B5121B", "#FFFFFF"),
    "TOP SECRET": ("#FF8C00", "#000000"),
}
NEUTRAL = ("#3D434A", "#FFFFFF")
WIDEN = "--country, --kind, --source, --as-of, --since and --until"
# Words whose order is common usage; a source's own `markingLevel` decides where it is known.
LADDER = (
    ("UNCLASSIFIED", "PUBLIC", "OPEN"),
    ("OFFICIAL", "FOUO", "FOR OFFICIAL USE ONLY", "CUI", "INTERNAL"),
    ("OFFICIAL-SENSITIVE", "RESTRICTED"),
    ("CONFIDENTIAL",),
    ("SECRET",),
    ("TOP SECRET",),
)


def band(marking: str) -> tuple[str, str]:
    """The colour of the band of a marking and of its letters; neutral where the convention knows it not.

    >>> band("Top Secret // SAMPLE"), band("SECRETARIAT") == NEUTRAL
    (('#FF8C00', '#000000'), True)
    """
    said = " ".join(marking.split()).upper()
    return next((look for word, look in BANDS.items() if re.match(rf"{word}(?![\w-])", said)), NEUTRAL)


def notices(net: networkx.Graph) -> list[str]:
    """A sentence if nothing is tied, and for each source in `net` whose data may not be redistributed."""
    reading = read(net)
    return _untied(reading) + [
        f"{source['name']} ({id}) may not be redistributed; the export holds claims of it"
        for id, source in reading.sources.items()
        if source.get("redistributable") is False
    ]


def _untied(reading: Reading) -> list[str]:
    if not reading.engagements:
        return ["the network is empty: no engagement fits all that was asked for; leave out or widen " + WIDEN]
    if reading.two_mode or any(reading.pairs.values()):
        return []
    if reading.policy.get("countries") is None:
        return ["nothing is tied: no engagement has two parties to tie; --mode two-mode ties each to its own"]
    remedy = "name their partners, too, or leave --country out and open on one with --focus"
    return [f"nothing is tied: no engagement has two of the countries that were named; {remedy}"]


def check_marking(marking: str | None, sources: Iterable[Mapping[str, Any]]) -> None:
    """Raises `UsageError` where `marking` is lower than that of a source, or cannot be compared with it."""
    marked = [source for source in sources if source.get("marking")]
    if not marked:
        return
    highest = max(marked, key=lambda source: (_level(source), str(source["id"])))
    text, id = highest["marking"], highest["id"]
    if not marking:
        raise UsageError(
            f"claims of {id} are marked {text!r} and the export has no marking; give it --marking {text!r}"
        )
    if _word(marking) == _word(text):
        return
    known = {_word(source["marking"]): _level(source) for source in marked}
    if _word(marking) in known:
        lower = known[_word(marking)] < _level(highest)
    elif _rung(marking) is None or _rung(text) is None:
        raise UsageError(
            f"whether {marking!r} is as high as {text!r}, the marking of {id}, is not known; use --marking {text!r}"
        )
    else:
        lower = _rung(marking) < _rung(text)  # type: ignore[operator]
    if lower:
        raise UsageError(f"{marking!r} is lower than {text!r}, the marking of {id}; use --marking {text!r}")


def _level(source: Mapping[str, Any]) -> int:
    return int(source.get("markingLevel") or 0)


def _word(marking: str) -> str:
    """The part of a marking that ranks: what stands before `//`."""
    return " ".join(marking.partition("//")[0].split()).upper()


def _rung(marking: str) -> int | None:
    return next((rung for rung, words in enumerate(LADDER) if _word(marking) in words), None)
