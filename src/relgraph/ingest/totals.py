"""Totals: rows of a file that sum up others are left out by name, and hold the others to account."""

from __future__ import annotations

from collections import defaultdict

from relgraph.ingest.conversions import CONVERSIONS, Unreadable
from relgraph.ingest.declaration import Totals
from relgraph.ingest.values import Cells, Compiler

Key = tuple["str | None", ...]


class Sums:
    """Adds up the numbers of the rows that have the same cells, and compares the totals that the file states."""

    def __init__(self, compiler: Compiler, totals: Totals) -> None:
        self.compiler = compiler
        self.by = [at for name in totals.by if (at := compiler.column(name)) is not None]
        self.of = [(name, at) for name in totals.of if (at := compiler.column(name)) is not None]
        self.sums: dict[Key, list[float]] = defaultdict(lambda: [0] * len(self.of))
        self.stated: list[tuple[int, Cells]] = []

    def add(self, number: int, cells: Cells) -> None:
        """Count a row in; what is no number has its issue where the row is mapped."""
        sums = self.sums[self._key(cells)]
        for place, (_, at) in enumerate(self.of):
            sums[place] += _number(cells[at]) or 0

    def state(self, number: int, cells: Cells) -> None:
        """Remember a row that sums up others."""
        self.stated.append((number, cells))

    def compare(self) -> None:
        """Note each total that is not the sum."""
        for number, cells in self.stated:
            for (name, at), found in zip(self.of, self.sums[self._key(cells)], strict=True):
                if _number(cells[at]) != found:
                    problem, remedy = f"is to be the sum of rows that add up to {found:,}", "mend the rows or the total"
                    self.compiler.unreadable(Unreadable(problem, remedy), cells, number, name, cells[at])

    def _key(self, cells: Cells) -> Key:
        return tuple(cells[at] for at in self.by)


def _number(cell: str | None) -> float | None:
    try:
        return None if cell is None else CONVERSIONS["number"](cell)
    except Unreadable:
        return None
