"""Cells: how one value of an answer stands in a row of text."""

from __future__ import annotations

import json
import re
from typing import Any

from relgraph.errors import UNSEEN

# What a spreadsheet takes for the beginning of a formula, some of them in full width, too.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_ENTITIES = ({"labels", "properties"}, {"type", "start", "end", "properties"})


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


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it; without the first it is as it was.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("it")
    ("'=1+1", "''=1+1", 'it')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def visible(text: str) -> str:
    """The text with the characters that would act on a terminal or page made visible, and tabs as spaces."""
    return UNSEEN.sub("�", text.replace("\r\n", "\n").replace("\t", " "))
