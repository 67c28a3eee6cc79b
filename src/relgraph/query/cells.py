"""Cells: how one value of an answer stands in a row of text."""

from __future__ import annotations

import json
import re
from typing import Any

_ENTITIES = ({"labels", "properties"}, {"type", "start", "end", "properties"})
# What moves a cursor, changes colors or turns the direction of what follows.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def dumped(value: Any) -> str:
    """A plain value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def cell(value: Any) -> str:
    """A plain value as the text of one cell.

    >>> cell(["a", "b"]), cell(True), cell(None), cell({"labels": ["Country"], "properties": {"id": "JPN"}})
    ('a; b', 'true', '', 'JPN')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(dumped(item) if isinstance(item, list) else cell(item) for item in value)
    return _object(value) if isinstance(value, dict) else str(value)


def _object(value: dict[str, Any]) -> str:
    keys, properties = set(value), value.get("properties")
    if keys in _ENTITIES and isinstance(properties, dict) and properties.get("id"):
        return str(properties["id"])
    if keys == {"nodes", "relationships"}:
        return "; ".join(cell(node) for node in value["nodes"])
    return dumped(value)


def visible(text: str) -> str:
    """The text with the characters that would act on a terminal or page made visible, and tabs as spaces."""
    return _UNSEEN.sub("�", text.replace("\r\n", "\n").replace("\t", " "))
