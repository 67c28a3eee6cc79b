"""Driver values turned into Python's own, once, as they arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_PLAIN = frozenset((str, int, float, bool, type(None)))


def convert_rows(rows: list[list[Any]]) -> list[list[Any]]:
    """Turn every `neo4j.time.Date` in the rows into a `datetime.date`, in place, also inside lists and maps.

    Other temporal values (they have `iso_format()`) and nodes, relationships and paths stay the driver's.
    """
    special = _converters()
    for row in rows:
        for position, value in enumerate(row):
            kind = type(value)
            if kind not in _PLAIN and kind in special:
                row[position] = special[kind](value)
    return rows


def _converters() -> dict[type, Callable[[Any], Any]]:
    from neo4j.time import Date

    def to_list(values: list[Any]) -> list[Any]:  # a call for each plain value would take most of the time
        return [value if type(value) in _PLAIN else convert(value) for value in values]

    def to_dict(values: dict[str, Any]) -> dict[str, Any]:
        return {key: value if type(value) in _PLAIN else convert(value) for key, value in values.items()}

    def convert(value: Any) -> Any:
        converter = special.get(type(value))
        return converter(value) if converter else value

    special: dict[type, Callable[[Any], Any]] = {Date: Date.to_native, list: to_list, dict: to_dict}
    return special
