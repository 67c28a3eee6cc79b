"""The state system: who could have had a tie on a day or in a period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from relgraph.analysis.policy import Policy


def states(policy: Policy) -> dict[str, dict[str, Any]]:
    """The states that existed on the policy's day or at some time in its period, as nodes by id."""
    from relgraph.model.countries import load_countries

    first, last = (policy.as_of, policy.as_of) if policy.as_of else policy.between or (date.min, date.max)
    days = first.toordinal(), last.toordinal()
    found = (country for country in load_countries() if country.kind == "state" and _existed(country, days))
    return {country.id: _node(country) for country in sorted(found, key=lambda country: country.id)}


def _existed(country: Any, days: tuple[int, int]) -> bool:
    return any(start <= days[1] and end >= days[0] for start, end in (spell.days() for spell in country.spells))


def _node(country: Any) -> dict[str, Any]:
    return {
        "name": country.name,
        "label": "Country",
        "kind": country.kind,
        "aliases": list(country.aliases),
        "lat": country.lat,
        "lon": country.lon,
    }


REGIONS = {199: "Americas", 399: "Europe", 599: "Africa", 699: "Middle East", 999: "Asia and Oceania"}
"""The regions by which the Correlates of War project numbers states (North Africa is with the Middle East), each with
its last number; Gleditsch and Ward number alike."""


def regions(ids: Iterable[str]) -> dict[str, str]:
    """The region of each country that has a number in the lists of states.

    >>> regions(["JPN", "EGY", "NATO"])
    {'JPN': 'Asia and Oceania', 'EGY': 'Middle East'}
    """
    from relgraph.model.countries import load_countries

    found = {id: country for id in ids if (country := load_countries().get(id))}
    numbers = {id: [s.cow or s.gw for s in country.spells if s.cow or s.gw] for id, country in found.items()}
    return {id: _region(int(of[0])) for id, of in numbers.items() if of}


def _region(number: int) -> str:
    return next(region for last, region in REGIONS.items() if number <= last)
