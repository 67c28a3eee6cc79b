"""Records: what a source says, as things and ties with stable ids and a hash of their content."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

INTERNAL = ("hash", "fingerprint", "schemaVersion")
"""Properties that the graph keeps for relgraph itself; no person is shown them."""
ID = re.compile(r"[a-z0-9][a-z0-9.-]*")
"""What the id of a source or a thing looks like; a country's is its code, in capitals."""
Properties = dict[str, Any]
"""Values as the graph holds them: text, number, truth, day (`date`), or a list of texts; never None."""


class Ref(NamedTuple):
    """A thing's address: its label and its id."""

    label: str
    id: str


class Thing(NamedTuple):
    """A node of the graph; `properties` without `id`."""

    ref: Ref
    properties: Properties


class Tie(NamedTuple):
    """A claim: one source says at one place that one thing stands to another in this way."""

    id: str
    type: str
    start: Ref
    end: Ref
    properties: Properties


def tie_id(source: str, type_: str, start: Ref, end: Ref, role: str | None, began: str | None, locator: str) -> str:
    """A tie's id, from what makes the claim this one: source, type, ends, role, start and place.

    >>> tie_id("paper", "PARTY_TO", Ref("Country", "JPN"), Ref("Agreement", "acsa-jpn-aus"), None, None, "P1")
    'paper-4607333fc6a1ef76'
    """
    parts = (type_, *start, *end, role or "", began or "", locator)
    return f"{source}-{_digest(chr(31).join(parts))}"


def content_hash(properties: Mapping[str, Any]) -> str:
    """A hash of properties that is equal exactly where they are, whatever their order.

    >>> content_hash({"a": 1, "b": ["x"]}) == content_hash({"b": ["x"], "a": 1})
    True
    """
    return _digest(_encode(properties))


def row_hash(cells: Sequence[str]) -> str:
    """A hash of a row as it stands in its file."""
    return _digest(_encode(cells))


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "iso_format"):  # a time of the driver's, which a user may have written
        return str(value.iso_format())
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    raise TypeError(f"{type(value).__name__} is no value that the graph holds")


_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain).encode


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
