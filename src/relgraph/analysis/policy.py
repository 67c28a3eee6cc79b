"""The policy of a network: what counts, when, and how much. It is checked before anything is read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from relgraph.errors import UsageError
from relgraph.model.ontology import Ontology, load_ontology

MODES = ("country", "two-mode")
WEIGHTS = ("count", "newman", "binary")
POPULATIONS = ("tied", "system")
CERTAINTIES = ("stated", "implied", "ambiguous")  # the strongest first
PARTICIPATION = ("PARTY_TO", "TAKES_PART_IN", "PROVIDES", "RECEIVES")


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Every choice that turns claims into a network; `Policy.of` makes one from what a caller gives.

    `roles` holds the words of the roles that count, `provides` and `receives` for ties of those types.
    """

    mode: str = "country"
    kinds: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    certainty: tuple[str, ...] = ("stated", "implied")
    sources: tuple[str, ...] | None = None
    domains: tuple[str, ...] | None = None
    obligations: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    as_of: date | None = None
    between: tuple[date, date] | None = None
    possibly: bool = False
    undated: bool = True
    weight: str = "count"
    parties_at_most: int | None = None
    population: str = "tied"
    directed: bool = False
    roll_up: bool = True
    expand_organizations: bool = False

    @classmethod
    def of(cls, **options: Any) -> Policy:
        """The policy of these options, in one form whatever form they came in.

        A list may be given as one text; days as `date` or ISO text; the ends of a period also as a year or a
        month. What contradicts itself or names the unknown is a `UsageError`.

        >>> Policy.of(kinds="Exercise", between=("2015", "2019")).between
        (datetime.date(2015, 1, 1), datetime.date(2019, 12, 31))
        """
        known = [option.name for option in fields(cls)]
        for name in options:
            if name not in known:
                raise UsageError(f"{name}: no such option of a network; known are {', '.join(known)}")
        lists = ("kinds", "roles", "certainty", "sources", "domains", "obligations", "countries")
        given = {name: _words(name, value) if name in lists else value for name, value in options.items()}
        if given.get("as_of") is not None:
            given["as_of"] = day(given["as_of"])
        if given.get("between") is not None:
            given["between"] = period(given["between"])
        policy = cls(**given)
        policy.check(load_ontology())
        return policy

    def check(self, ontology: Ontology) -> None:
        """Raises `UsageError` where the options contradict each other or name what nobody declared."""
        for name, allowed in (("mode", MODES), ("weight", WEIGHTS), ("population", POPULATIONS)):
            among(name, getattr(self, name), allowed)
        for word in self.certainty or ("",):
            among("certainty", word, CERTAINTIES)
        for word in self.kinds or ():
            among("kinds", word, kinds_known(ontology))
        for word in self.roles or ():
            among("roles", word, roles_known(ontology))
        if self.as_of and self.between:
            raise UsageError("as_of and between exclude each other: give a day or a period")
        if self.population == "system" and not (self.as_of or self.between):
            raise UsageError("population='system' needs as_of or between: states exist on a day")
        if self.directed and self.mode == "two-mode":
            raise UsageError("directed and mode='two-mode' exclude each other: leave one out")
        limit = self.parties_at_most
        if limit is not None and (not isinstance(limit, int) or limit < 2):
            raise UsageError(f"parties_at_most={limit}: give a whole number of 2 or more")

    def counted_roles(self) -> frozenset[tuple[str, str]]:
        """The pairs of tie type and role that count."""
        ontology = load_ontology()
        if self.roles is None:
            return frozenset((type, role) for type in PARTICIPATION for role in _default(ontology, type))
        return frozenset((type, role) for type in PARTICIPATION for role in self.roles)

    def with_(self, **changes: Any) -> Policy:
        """The same policy but for these options, checked again."""
        return Policy.of(**{**vars(self), **changes}) if changes else replace(self)

    def as_dict(self) -> dict[str, Any]:
        """Every option in plain words: lists of text, days as ISO text."""
        return {option.name: _plain(getattr(self, option.name)) for option in fields(self)}


def role_word(type: str, role: str | None) -> str:
    """The word for what a party does in an engagement: its role, or the type of tie where that has no roles.

    >>> role_word("PROVIDES", None), role_word("TAKES_PART_IN", "host")
    ('provides', 'host')
    """
    return role or type.lower().replace("_", " ")


def roles_known(ontology: Ontology) -> list[str]:
    """Every word that `roles` takes."""
    words = [w for type in PARTICIPATION for w in (ontology.ties[type].roles or (role_word(type, None),))]
    return list(dict.fromkeys(words))


def kinds_known(ontology: Ontology) -> list[str]:
    """Every word that `kinds` takes: the labels of engagements, and their kinds."""
    kinds = [kind for label in ontology.engagements for kind in ontology.labels[label].kinds]
    return list(dict.fromkeys([*ontology.engagements, *kinds]))


def day(given: date | str) -> date:
    """The day that is given as a `date` or in full as ISO text.

    >>> day("2019-05-12")
    datetime.date(2019, 5, 12)
    """
    if isinstance(given, date):
        return given
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(given)):
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise UsageError(f"{given}: not a day of the calendar; give one that it has") from None
    raise UsageError(f"{given}: not a day; write it in full, as 2019-05-12")


def period(given: Iterable[date | str]) -> tuple[date, date]:
    """The first and last day of a period of which both ends are given as a day, a month or a year.

    >>> period(("2015-02", "2016-02"))
    (datetime.date(2015, 2, 1), datetime.date(2016, 2, 29))
    """
    ends = () if isinstance(given, str) else tuple(given)
    if len(ends) != 2:
        raise UsageError(f"between={given!r}: give two ends, the first and the last")
    first, last = _end(ends[0], last=False), _end(ends[1], last=True)
    if first > last:
        raise UsageError(f"between={ends[0]}, {ends[1]}: the period ends before it begins; swap the two")
    return first, last


def _end(given: date | str, *, last: bool) -> date:
    """One end of a period: the first or the last day of the year or month that is given."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?", given) if isinstance(given, str) else None
    if not found:
        return day(given)
    year, month = int(found[1]), int(found[2] or (12 if last else 1))
    if year < 1 or not 1 <= month <= 12:
        raise UsageError(f"{given}: not a year or month; write it as 2019 or 2019-05")
    return date(year, month, calendar.monthrange(year, month)[1] if last else 1)


def _default(ontology: Ontology, type: str) -> tuple[str, ...]:
    return ontology.ties[type].counts or (role_word(type, None),)


def _words(name: str, given: Any) -> tuple[str, ...] | None:
    """A list of words as a tuple without repeats, in the order given; None stays None."""
    if given is None:
        return None
    if isinstance(given, Mapping) or not isinstance(given, (str, Iterable)):
        raise UsageError(f"{name}={given!r}: give a list of words")
    words = tuple(dict.fromkeys((given,) if isinstance(given, str) else given))
    for word in words:
        if not isinstance(word, str):
            raise UsageError(f"{name}: {word!r} is not a word; give texts")
    return words


def among(name: str, word: Any, allowed: Iterable[str]) -> None:
    """Raises `UsageError` with the nearest words where a word is not among these."""
    allowed = list(allowed)
    if word in allowed:
        return
    near = get_close_matches(str(word), allowed, n=3, cutoff=0.5) or allowed
    raise UsageError(f"{name}={word!r}: unknown; perhaps {', '.join(near)}")


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
