"""The types of a query's parameters: how a value given by a person becomes the value that Cypher gets."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from relgraph.model.dates import BadDate, parse
from relgraph.model.files import text_of
from relgraph.model.names import close
from relgraph.model.ontology import load_ontology

# The things that a parameter may name by id, name or alias, and the labels they are looked up among.
THINGS: dict[str, tuple[str, ...]] = {
    "actor": ("Actor",),
    "organization": ("Organization",),
    "engagement": ("Engagement",),
    "agreement": ("Agreement",),
    "framework": ("Agreement", "Organization", "Policy", "Dialogue"),
    "place": ("Country", "Place", "Unit"),
    "domain": ("Domain",),
    "source": ("Source",),
    "thing": (),  # any
}
_MAY_BE_A_COUNTRY = ("actor", "place", "thing")


class BadValue(ValueError):
    """A value is not of its parameter's type; the message goes on from the value: "is no date; write …"."""


class Names(Protocol):
    """What a graph knows of names; `relgraph.query.names.GraphNames` is the one that asks a graph."""

    def id(self, type_: str, text: str) -> str | None:
        """The id of the thing that `text` names, or None; a `BadValue` where it names several."""

    def nearest(self, type_: str, text: str) -> Sequence[str]:
        """The names most like `text`."""

    def members(self, organization: str, day: date | None) -> Sequence[str]:
        """The ids of the countries that are members on that day."""


@dataclass(frozen=True)
class Parameter:
    """A parameter as its query declares it; `default` is the value that Cypher gets (None: null)."""

    name: str
    type: str
    default: Any = None
    required: bool = True

    def convert(self, value: Any, names: Names | None = None, day: date | None = None) -> Any:
        """The value for Cypher; the message of a `BadValue` follows it, as in `2017-13 is no date`.

        Without `names`, things are taken by id as given. `day` is the one on which `org:…` has its members.
        """
        if self.type == "countries":
            return _countries(value, names, day)
        if self.type in THINGS:
            return _thing(self.type, _text(value), names)
        return SCALARS[self.type](value)


def nearest(text: str, known: Iterable[str]) -> str:
    """The end of an error message: `; near it: …`, or nothing."""
    by_fold = {name.casefold(): name for name in known}
    found = [by_fold[name] for name in close(text.casefold(), by_fold)]
    return _or_nearest(found)


def _or_nearest(found: Sequence[str]) -> str:
    if not found:
        return ""
    return f"; near it: {', '.join(found)}"


def _text(value: Any) -> str:
    text = str(value).strip()
    if not text:
        raise BadValue("is empty; give a value or leave the parameter out")
    return text


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"[+-]?\d{1,18}", str(value).strip(), re.ASCII):
        raise BadValue("is no whole number")
    return int(value)


def _year(value: Any) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"\d{4}", str(value).strip(), re.ASCII) or int(value) < 1:
        raise BadValue("is no year; write four digits")
    return int(value)


def _day(value: Any) -> date:
    days = _span(value)
    if days[0] != days[1]:
        raise BadValue("is no day; write it as YYYY-MM-DD")
    return days[0]


def _span(value: Any) -> tuple[date, date]:
    if isinstance(value, date):
        day = date(value.year, value.month, value.day)  # a datetime's day, too
        return day, day
    try:
        return parse(_text(value))
    except BadDate:
        raise BadValue("is no date; write YYYY, YYYY-MM or YYYY-MM-DD") from None


def _boolean(value: Any) -> bool:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    found = words.get(str(value).strip().lower())
    if found is None:
        raise BadValue("is neither true nor false")
    return found


def _certainties(value: Any) -> list[str]:
    known = tuple(load_ontology().certainties)
    given = [text.lower() for text in split(value)]
    for text in given:
        if text not in known:
            raise BadValue(f"must be one or more of {', '.join(known)}")
    return [word for word in known if word in given]


def _label(value: Any) -> str:
    return _declared(_text(value), [*load_ontology().labels, *load_ontology().families], "label")


def _kind(value: Any) -> str:
    ontology, text = load_ontology(), _text(value)
    kinds = [kind for label in ontology.labels.values() for kind in label.kinds]
    return _declared(text, [*ontology.labels, *ontology.families, *kinds], "label or kind of ontology.toml")


def _declared(text: str, known: Sequence[str], what: str) -> str:
    """The declared word that `text` is, in any case; where only case tells two apart, exactly."""
    if text in known:
        return text
    folded = {word.casefold(): word for word in reversed(known)}
    found = folded.get(text.casefold()) or folded.get(text.casefold().replace(" ", "-"))
    if found is None:
        raise BadValue(f"is no {what}{nearest(text, known)}")
    return found


SCALARS: dict[str, Callable[[Any], Any]] = {
    "country": lambda value: _country(_text(value)),
    "date": _day,
    "first_day": lambda value: _span(value)[0],  # 2015 is from its first day …
    "last_day": lambda value: _span(value)[1],  # … until its last
    "year": _year,
    "integer": _integer,
    "text": _text,
    "texts": lambda value: split(value),
    "kinds": lambda value: [_kind(text) for text in split(value)],
    "certainties": _certainties,
    "kind": _kind,
    "label": _label,
    "boolean": _boolean,
}
TYPES = frozenset((*SCALARS, *THINGS, "countries"))


def split(value: Any) -> list[str]:
    """The texts in a list, or in a text with commas (quote one that has commas of its own).

    >>> split('JPN, "Korea, Republic of"')
    ['JPN', 'Korea, Republic of']
    """
    if not isinstance(value, str):
        return [_text(item) for item in value] if isinstance(value, Iterable) else [_text(value)]
    try:
        lines = list(csv.reader([value], skipinitialspace=True, strict=True))
    except csv.Error:
        raise BadValue("has a quotation mark that is not closed, or inside of a name") from None
    items = [item.strip() for line in lines for item in line]
    if not any(items):
        raise BadValue("is empty; give a value or leave the parameter out")
    return [item for item in items if item]


def _country(text: str) -> str:
    from relgraph.model.countries import load_countries

    found = _find_country(text)
    if found is None:
        raise BadValue(f"is no country of the register{_or_nearest(load_countries().nearest(text))}")
    return found


def _find_country(text: str) -> str | None:
    from relgraph.model.countries import AmbiguousCountry, UnknownCountry, load_countries

    try:
        return load_countries().find(text).id
    except AmbiguousCountry as error:
        raise BadValue(f"may be {' or '.join(error.nearest)}; give the code") from error
    except UnknownCountry:
        return None


def _thing(type_: str, text: str, names: Names | None) -> str:
    found = names.id(type_, text) if names else None
    if found is None and type_ in _MAY_BE_A_COUNTRY:
        found = _find_country(text)  # known to the register, though no loaded source names it
    if found is None and names:
        what = "thing" if type_ == "thing" else type_
        raise BadValue(f"names no {what} in this graph{_or_nearest(names.nearest(type_, text))}")
    return found or text


def _countries(value: Any, names: Names | None, day: date | None) -> list[str]:
    whole = value if isinstance(value, str) else ""
    if whole and not whole.lower().startswith(("org:", "@")) and (found := _find_country(whole)):
        return [found]
    ids = [id_ for text in split(value) for id_ in _expanded(text, names, day)]
    return sorted(set(ids))


def _expanded(text: str, names: Names | None, day: date | None) -> Iterable[str]:
    if text.startswith("@"):
        return [id_ for line in _lines(text[1:]) for id_ in _expanded(line.lstrip("@"), names, day)]
    if not text.lower().startswith("org:"):
        return [_named(text)]
    if names is None:
        raise BadValue(f"has {text}, whose members only a graph knows; give the countries")
    found = names.members(_thing("organization", text[4:].strip(), names), day)
    if not found:
        raise BadValue(f"has {text}, of which no loaded source names a member; give the countries")
    return found


def _named(text: str) -> str:
    try:
        return _country(text)
    except BadValue as error:
        raise BadValue(f"has {text!r}, which {error}") from None


def _lines(file: str) -> list[str]:
    try:
        lines = text_of(Path(os.path.expanduser(file))).splitlines()
    except (OSError, ValueError) as error:
        raise BadValue(f"names the file {file}, which cannot be read ({error})") from error
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
