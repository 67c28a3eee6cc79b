"""Columns: what a function makes of one row, made of many, and of equal cells once: few of 100,000 differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sized
from operator import itemgetter
from typing import Any, NamedTuple

Cells = list["str | None"]
One = Callable[[Cells, int], Any]
"""Makes the value of one row, from its cells and its number."""


class Chosen(NamedTuple):
    """Rows that a mapping is about: their numbers, and their cells, a list's value behind the last cell."""

    numbers: list[int]
    cells: list[Cells]


Make = Callable[[Chosen], list[Any]]
"""Makes the values of rows, one for each."""


def each_once(one: One, places: Iterable[int], issues: Sized) -> Make:
    """A function that makes the value of rows with the same cells at these places once, unless it gave an issue."""
    of = itemgetter(*places) if (places := tuple(dict.fromkeys(places))) else lambda cells: None
    held: dict[Any, Any] = {}

    def made(chosen: Chosen) -> list[Any]:
        values = []
        for key, cells, number in zip(map(of, chosen.cells), chosen.cells, chosen.numbers, strict=True):
            if key in held:
                values.append(held[key])
                continue
            before = len(issues)
            value = one(cells, number)
            if len(issues) == before:  # else each row has an issue of its own
                held[key] = value
            values.append(value)
        return values

    return made


def cell(at: int) -> Make:
    """A function that takes the cells of one column as they are."""
    return lambda chosen: [cells[at] for cells in chosen.cells]
