"""Lines: a thing or a tie as one line of JSON, and back.

    {"relgraph": "backup", "format": 1, "schemaVersion": 1}
    {"thing": ["Agreement", "Engagement"], "id": "acsa-jpn-aus", "properties": {"kind": "acsa", …}, "days": {…}}
    {"source": "paper", "tie": "PARTY_TO", "from": ["Country", "JPN"], "to": ["Agreement", …], "id": …, …}
    {"things": 94, "ties": 412, "content_hash": "…"}

Things come first, then ties, each in the order of their text, so that equal graphs have equal backups, and two that
differ differ in the lines of what differs. `days` are those properties that are dates, which JSON has no way to write.
What relgraph keeps for itself (hashes, fingerprints) is not in them, since it can be made of the rest.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from relgraph.model.files import encodable
from relgraph.model.ontology import load_ontology
from relgraph.model.records import INTERNAL, Properties, Ref, Tie
from relgraph.store.version import PROPERTY, VERSION

FORMAT = 1
HEADER: Mapping[str, Any] = {"relgraph": "backup", "format": FORMAT, PROPERTY: VERSION}
LONGEST = 1 << 26  # bytes of a line; a longer one is no claim of anybody's
_WHOLE = range(-(1 << 63), 1 << 63)
encoded = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class Unwritable(Exception):
    """A thing or a tie that has no place in a backup; the message says why."""


class Malformed(Exception):
    """A line that is none of a backup; the message says why."""


class Labelled(NamedTuple):
    """A thing with all of its labels, sorted, and its properties with its id."""

    labels: tuple[str, ...]
    properties: Properties


def address(labels: Sequence[str], id_: Any) -> Ref | None:
    """What one thing is called: its label of the ontology (else the first of its own), and its id."""
    if not labels or not isinstance(id_, str):
        return None
    known = load_ontology().labels
    return Ref(next((label for label in labels if label in known), min(labels)), id_)


def written(record: Labelled | Tie) -> str:
    """The line of a thing or a tie.

    >>> print(written(Labelled(("Domain",), {"id": "ha-dr", "name": "HA/DR", "hash": "…"})))
    {"thing": ["Domain"], "id": "ha-dr", "properties": {"name": "HA/DR"}}
    """
    said = {name: value for name, value in sorted(record.properties.items()) if name not in INTERNAL}
    if isinstance(record, Labelled):
        line: dict[str, Any] = {"thing": record.labels, "id": said.pop("id")}
    else:
        line = {"source": said.pop("source", None), "tie": record.type, "from": record.start, "to": record.end}
        line["id"] = said.pop("id", None)
    days = {name: _days(value) for name, value in said.items() if _is_day(value)}
    line["properties"] = {name: value for name, value in said.items() if name not in days}
    line |= {"days": days} if days else {}
    for value in (*line["properties"].values(), line["id"], line.get("source")):
        if problem := _problem(value):
            raise Unwritable(problem)
    if len(text := encoded(line)) > LONGEST // 4:  # a character has four bytes at most
        raise Unwritable("it is too long")
    return text


def read(line: bytes) -> dict[str, Any]:
    """The object that a line is."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Malformed("is no JSON") from error
    if not isinstance(found, dict):
        raise Malformed("is no object")
    return found


def record(line: Mapping[str, Any]) -> Labelled | Tie:
    """The thing or the tie that stands in a line."""
    said = {**_properties(line.get("properties")), **_dated(line.get("days", {}))}
    said |= _properties({name: line[name] for name in ("id", "source") if line.get(name) is not None})
    if "thing" in line:
        labels = tuple(map(_text, _list(line["thing"])))
        if not labels or not isinstance(said.get("id"), str):
            raise Malformed("has a thing without a label or an id")
        return Labelled(tuple(sorted(labels)), said)
    if "tie" in line:
        return Tie(said.get("id", ""), _text(line["tie"]), _end(line.get("from")), _end(line.get("to")), said)
    raise Malformed("has neither a thing nor a tie")


def _is_day(value: Any) -> bool:
    return type(value) is date or (isinstance(value, list) and bool(value) and all(type(v) is date for v in value))


def _days(value: Any) -> Any:
    return [day.isoformat() for day in value] if isinstance(value, list) else value.isoformat()


def _problem(value: Any) -> str | None:
    """Why a value cannot be kept, or None."""
    if isinstance(value, list):
        return next(filter(None, map(_problem_in_list, value)), None)
    if isinstance(value, str):
        return None if value.isascii() or encodable(value) else "a text of it is no Unicode"
    if value is None or isinstance(value, bool) or (isinstance(value, float) and math.isfinite(value)):
        return None
    if isinstance(value, int):
        return None if value in _WHOLE else "a number of it is too large"
    return f"a value of it is a {type(value).__name__}"


def _problem_in_list(value: Any) -> str | None:
    return "a list of it has no plain value in it" if value is None or isinstance(value, list) else _problem(value)


def _properties(found: Any) -> Properties:
    if not isinstance(found, dict) or not all(found):
        raise Malformed("has no properties with names")
    for name, value in found.items():
        if value is None or (problem := _problem(value) or _problem(name)):
            raise Malformed(f"has a property that cannot be: {'it is empty' if value is None else problem}")
    return found


def _dated(found: Any) -> Properties:
    try:
        return {
            _text(name): [date.fromisoformat(each) for each in value] if isinstance(value, list)
            else date.fromisoformat(value)
            for name, value in found.items()
        }  # fmt: skip
    except (AttributeError, TypeError, ValueError) as error:
        raise Malformed("has a day that is none") from error


def _end(found: Any) -> Ref:
    label, id_ = found if len(found := _list(found)) == 2 else (None, None)
    if not isinstance(id_, str):
        raise Malformed("has an end that is not a label and an id")
    return Ref(_text(label), id_)


def _list(found: Any) -> list[Any]:
    if not isinstance(found, list):
        raise Malformed("has no list where one belongs")
    return found


def _text(found: Any) -> str:
    if not isinstance(found, str) or not found or not encodable(found):
        raise Malformed("has no text where one belongs")
    return found
