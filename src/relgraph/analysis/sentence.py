"""A policy as one sentence: under every table and picture that is made from a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from relgraph.analysis.policy import CERTAINTIES, Policy
from relgraph.model.countries import load_countries

if TYPE_CHECKING:
    from relgraph.analysis.projection import Counts
    from relgraph.analysis.records import Actor
    from relgraph.model.records import Ref

_WEIGHTS = {
    "count": "a tie's weight is the number of engagements that make it",
    "newman": "each engagement of n parties adds 1/(n-1) to a tie (Newman)",
    "binary": "a tie's weight is 1, however many engagements make it",
}


def sentence(
    policy: Policy,
    counts: Counts,
    sources: Mapping[str, Any],
    actors: Mapping[Ref, Actor],
    days: Sequence[date] = (),
) -> str:
    """All that differs from the defaults and all that matters for reading the network, in one sentence.

    Countries have the names that `actors` give them, or those of the register. With several `days` it is that of
    the networks of these, and `counts` are the highest.
    """
    most = "at most " if len(set(days)) > 1 else ""
    clauses = [
        _subject(policy),
        *_filters(policy, actors),
        _time(policy, counts, days, most),
        _claims(policy, sources),
        *_actors(policy, counts, most),
        *_population(policy),
    ]
    return "; ".join(clause for clause in clauses if clause) + "."


def _subject(policy: Policy) -> str:
    if policy.mode == "two-mode":
        return "Each party is tied to each of its engagements, series and their editions alike"
    if policy.directed:
        return f"Those who provide are tied to those who receive; {_WEIGHTS[policy.weight]}"
    weighed = _WEIGHTS[policy.weight]
    return f"Every two parties of an engagement are tied, except two that only receive; {weighed}"


def _filters(policy: Policy, actors: Mapping[Ref, Actor]) -> Iterable[str]:
    if policy.kinds is not None:
        yield f"engagements of kind {_or(policy.kinds)}"
    if policy.domains is not None:
        yield f"in the domain {_or(policy.domains)}"
    if policy.obligations is not None:
        yield f"with the obligation {_or(policy.obligations)}"
    if policy.countries is not None:
        yield f"among {_and(_called(policy.countries, actors)) or 'no countries'}"
    if policy.parties_at_most is not None:
        yield f"of at most {policy.parties_at_most} parties"


def _called(ids: Iterable[str], actors: Mapping[Ref, Actor]) -> Iterable[str]:
    known = {country.id: country.name for id in ids if (country := load_countries().get(id))}
    known |= {ref.id: actor.name for ref, actor in actors.items() if ref.label in ("Country", "Organization")}
    return [known.get(id, id) for id in ids]


def _time(policy: Policy, counts: Counts, days: Sequence[date], most: str) -> str:
    if not (policy.as_of or policy.between):
        return "of any time, whether dated or not"
    first, last = policy.between or (None, None)
    when = _on(days or [policy.as_of]) if policy.as_of else f"at some time from {first} to {last}"
    kept = {True: "counted", False: "left out"}
    maybe = f"possibly in force {kept[policy.possibly]} ({_most(counts.possibly, most)})"
    undated = f"undated {kept[policy.undated]} ({_most(counts.undated, most)})"
    return f"in force {when}, {maybe}, {undated}"


def _most(count: int, most: str) -> str:
    return f"{most * bool(count)}{count}"


def _on(days: Sequence[date]) -> str:
    """
    >>> _on([date(year, 12, 31) for year in (1950, 1951, 1952)])
    'on 3 days, one a year, from 1950-12-31 to 1952-12-31'
    """
    if len(days) == 1:
        return f"on {days[0]}"
    ordered = sorted(days)
    yearly = [day.year for day in ordered] == list(range(ordered[0].year, ordered[-1].year + 1))
    return f"on {len(days)} days{', one a year,' * yearly} from {ordered[0]} to {ordered[-1]}"


def _claims(policy: Policy, sources: Mapping[str, Any]) -> str:
    certain = _and([word for word in CERTAINTIES if word in policy.certainty])
    which = f"of {_and(policy.sources)} alone" if policy.sources is not None else _named(sources)
    roles = f" in the role {_or(policy.roles)}" if policy.roles is not None else " in the roles that count by default"
    return f"{certain} claims{roles}, {which}"


def _named(sources: Mapping[str, Any]) -> str:
    return f"of {_and(sorted(sources))}" if sources else "of the loaded sources, none of which has any"


def _actors(policy: Policy, counts: Counts, most: str) -> Iterable[str]:
    if not policy.roll_up:
        yield "units stand for themselves"
    if policy.expand_organizations:
        yield "organizations stand for those who were their members then"
    if counts.adrift:
        yield f"{most}{counts.adrift} unit{'s' * (counts.adrift > 1)} left out whose country no source names"
    if counts.too_large:
        yield f"{most}{counts.too_large} larger engagement{'s' * (counts.too_large > 1)} left out"


def _population(policy: Policy) -> Iterable[str]:
    if policy.population == "system":
        yield "states without a tie are there too"


def _and(words: Iterable[str]) -> str:
    return _joined(list(words), "and")


def _or(words: Iterable[str]) -> str:
    return _joined(list(words), "or")


def _joined(words: list[str], last: str) -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
