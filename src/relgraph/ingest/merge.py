"""Merge: what a thing is in the graph, from what all loaded sources say of it and from the registers.

It depends on the claims alone, not on the order in which sources were loaded: that is what makes the graph a
function of its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from relgraph.model.countries import load_countries
from relgraph.model.dates import bounds
from relgraph.model.organizations import load_organizations
from relgraph.model.records import Properties, Ref, Thing
from relgraph.model.spells import LISTED_UNTIL

DATED = ("start", "end", "attested", "startBasis", "startFrom", "startBy", "endFrom", "endBy")
WHEN = frozenset(("start", "end", "attested"))
OF_THE_CLAIM = frozenset(("id", "source", "hash", "locator", "certainty", "quote", "record", "further"))


class Citation(NamedTuple):
    """What one source says of a thing at one place, and how much weight the source has."""

    priority: int
    source: str
    properties: Mapping[str, Any]


def merge(ref: Ref, citations: Iterable[Citation]) -> Thing:
    """The thing: properties from the source of highest priority (equal: the lower id), lists united, other names as
    aliases; a country's and a registered organization's name from the register.

    Dates come together from one source: the first that says when it was there, not only when it was signed.
    """
    ordered = sorted(citations, key=_rank)
    merged = _registered(ref)
    fixed = frozenset(merged)
    names = [merged["name"]] if "name" in merged else []
    for citation in ordered:
        said = citation.properties
        names += [said["name"]] if "name" in said else []
        names += said.get("aliases", ())
        for name, value in said.items():
            if name in DATED or name in OF_THE_CLAIM or name in fixed or name.startswith("said_"):
                continue
            if isinstance(value, list):
                merged[name] = list(dict.fromkeys([*merged.get(name, ()), *value]))
            else:
                merged.setdefault(name, value)
    if ref.label != "Country":
        merged |= _dates(ordered)
    return Thing(ref, _named(ref, merged, names, fixed))


def _dates(ordered: Iterable[Citation]) -> Properties:
    said = [{name: citation.properties[name] for name in DATED if name in citation.properties} for citation in ordered]
    return next((dates for dates in said if not WHEN.isdisjoint(dates)), next(filter(None, said), {}))


def _rank(citation: Citation) -> tuple[int, str, str, str]:
    said = citation.properties
    place = f"{int('further' in said)} {said.get('locator', '')}"  # where it is defined before where it is cited again
    return (-citation.priority, citation.source, place, str(said.get("name", "")))


def _named(ref: Ref, merged: Properties, names: list[str], fixed: frozenset[str]) -> Properties:
    merged["name"] = names[0] if names else ref.id
    others = list(dict.fromkeys(name for name in names if name != merged["name"]))
    if ref.label == "Country":
        others = list(merged.get("aliases", ()))
    elif "aliases" in fixed:
        others = list(dict.fromkeys([*merged["aliases"], *others]))
    merged.pop("aliases", None)
    if others:
        merged["aliases"] = others
    return merged


def _registered(ref: Ref) -> Properties:
    """What the register says of a country or an organization."""
    if ref.label == "Country":
        country = load_countries().get(ref.id)
        known = {"name": country.name, "aliases": list(country.aliases), "kind": country.kind}
        known |= {"lat": country.lat, "lon": country.lon, "start": country.start, "end": country.end}
        dated = bounds(country.start, country.end, seen_until=LISTED_UNTIL) if country.start else None
        known |= dated._asdict() if dated else {}
    elif ref.label == "Organization" and (organization := load_organizations().get(ref.id)):
        known = {"name": organization.name, "aliases": list(organization.aliases), "kind": organization.kind}
    else:
        return {}
    return {name: value for name, value in known.items() if value not in (None, "", [])}
