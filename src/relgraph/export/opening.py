"""What a page opens on: a country, a day, a period, two days, or any state of its controls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from relgraph.errors import UsageError
from relgraph.export.reading import Reading
from relgraph.model.names import close

KEYS = (
    "focus", "since", "until", "day", "compare", "kinds", "domain", "place", "certainty", "source", "parties",
    "undated", "possibly", "view", "all", "open",
)  # fmt: skip

OPEN = ("0001", "9999", "None")


def opening(
    reading: Reading,
    focus: str | None = None,
    as_of: str | None = None,
    compare: Sequence[str] | None = None,
    state: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The state of the controls on which the page opens, `focus` by its id; a key that is none is a `UsageError`."""
    for key in state or ():
        if key not in KEYS:
            raise UsageError(f"state: {key!r} is no control of the page; there are {', '.join(KEYS)}")
    opens = {**_time(reading, as_of), **(state or {})}
    if focus:
        opens["focus"] = focus
    if compare:
        opens["compare"] = _two_days(compare)
    return opens


def _time(reading: Reading, as_of: str | None) -> dict[str, str]:
    """The day or the period on which the page opens: the one asked for, else that of a network with *possibly*."""
    first, last = (reading.policy.get("possibly") and period(reading.policy)) or (None, None)
    if as_of and str(as_of) != reading.as_of:
        return {"day": str(as_of)}
    if first and first == last:
        return {"day": first}
    ends = {"since": _year(first, "-01-01"), "until": _year(last, "-12-31")}
    return {name: end for name, end in ends.items() if end}


def period(policy: Mapping[str, Any]) -> list[str | None] | None:
    """The first and last day that the network is of; None for an end that is open."""
    days = [policy["as_of"]] * 2 if policy.get("as_of") else policy.get("between")
    return [None if str(day)[:4] in OPEN else str(day) for day in days] if days else None


def _year(day: str | None, edge: str) -> str | None:
    """A whole year's first or last day as that year."""
    return day.removesuffix(edge) if day else None


def _two_days(given: Sequence[str]) -> list[str]:
    """Two days as ISO text, of which the first must be the earlier."""
    try:
        first, last = (date.fromisoformat(str(day)) for day in given)
    except ValueError as error:
        raise UsageError(f"compare={given!r}: give two days in full, as 2015-06-30 and 2020-06-30") from error
    if first >= last:
        raise UsageError(f"compare={first}, {last}: give an earlier and a later day")
    return [first.isoformat(), last.isoformat()]


def actor_called(reading: Reading, name: str) -> str:
    """The id of the actor with this id, name or alias, in any case; `UsageError` where there is none."""
    words = {id: (id, actor["name"], *actor["aliases"]) for id, actor in reading.actors.items()}
    found = {word.casefold(): id for id in reversed(words) for word in words[id]}
    if name.casefold() not in found:
        raise UsageError(f"focus={name!r}: {_instead(reading, found, name.casefold())}")
    return found[name.casefold()]


def _instead(reading: Reading, found: Mapping[str, str], name: str) -> str:
    """What is wrong with a name that nobody has, and what to give for it."""
    if name.startswith("org:"):
        own = name.removeprefix("org:").strip()
        itself = f"give {own!r} for the organization itself, or " * (own in found)
        return f"a page opens on one, not on members; {itself}narrow it to these with --country {name}"
    near = dict.fromkeys(found[word] for word in close(name, found))
    if near:
        return f"not in this network; perhaps {', '.join(reading.called(near))}"
    return "not in this network; its countries are named by ISO code, name or alias"
