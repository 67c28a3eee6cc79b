"""The shortest paths of a network, from all its nodes at once: what goes through a node, and how near others are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

ENTRIES = 4_000_000  # of one array: what would be more is worked on in parts
SMALL = 300  # nodes up to which scipy, which takes long to load, is not faster


class Nearness(NamedTuple):
    """For each node: how many others reach it, the sum of their distances to it, and of 1/distance."""

    reached: np.ndarray
    total: np.ndarray
    inverse: np.ndarray


@dataclass
class Paths:
    """The shortest paths among `n` nodes along `lengths[a, b]` (infinite where no tie leads from a to b).

    Lengths that differ from each other by no more than `slack` of them are equally long.
    """

    lengths: np.ndarray
    slack: float = 0.0

    def __len__(self) -> int:
        return len(self.lengths)

    def through(self) -> np.ndarray:
        """For each node: of the shortest paths between every two others, which share goes through it, summed.

        A tie of an undirected network counts both ways (Brandes 2001, here for many starts at a time).
        """
        import numpy as np

        found = np.zeros(len(self))
        for starts, distance in self._parts():
            found += self.dependencies(starts, distance)[1].sum(axis=0)
        return found

    def nearness(self) -> Nearness:
        """How near each node is for others, in the unit of the lengths."""
        import numpy as np

        found = Nearness(*np.zeros((3, len(self))))
        for starts, distance in self._parts():
            near = np.isfinite(distance)
            near[np.arange(len(starts)), starts] = False
            known = np.where(near, distance, 0)
            found.reached[:] += near.sum(axis=0)
            found.total[:] += known.sum(axis=0)
            found.inverse[:] += np.divide(1, known, where=near, out=np.zeros_like(known)).sum(axis=0)
        return found

    def dependencies(self, starts: np.ndarray, distance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """From each start: how many shortest paths lead to each node, and the share of all that go on through it."""
        import numpy as np

        heads, tails, by_tail = self.ties
        first = np.flatnonzero(np.diff(tails[by_tail], prepend=-1))
        begin = np.flatnonzero(np.diff(heads, prepend=-1))
        tight = self._tight(distance)
        backward = tight[:, by_tail]
        count = np.zeros_like(distance)
        count[np.arange(len(starts)), starts] = 1
        now = count.copy()
        while now.any():
            now = _gathered(now[:, heads[by_tail]] * backward, first, tails[by_tail], now)
            count += now
        found = np.divide(1, count, where=count > 0, out=np.zeros_like(count))
        found[np.arange(len(starts)), starts] = 0
        now, share = found, np.zeros_like(found)
        while now.any():
            now = _gathered(now[:, tails] * tight, begin, heads, now)
            share += now
        share *= count
        share[np.arange(len(starts)), starts] = 0
        return count, share

    @cached_property
    def ties(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """From where and to where the ties lead, in order; and their order by where they lead to."""
        import numpy as np

        heads, tails = np.nonzero(np.isfinite(self.lengths))
        return heads, tails, np.argsort(tails, kind="stable")

    def _tight(self, distance: np.ndarray) -> np.ndarray:
        """From each start: which ties lie on a shortest path."""
        import numpy as np

        heads, tails, _ = self.ties
        end = distance[:, tails]
        with np.errstate(invalid="ignore"):  # nothing leads to either end
            return np.abs(distance[:, heads] + self.lengths[heads, tails] - end) <= self.slack * end

    def _parts(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Some starts after the other, with the distances from them."""
        import numpy as np

        step = max(1, ENTRIES // max(len(self), len(self.ties[0]), 1))
        for at in range(0, len(self), step):
            starts = np.arange(at, min(at + step, len(self)))
            yield starts, self._from(starts)

    def _from(self, starts: np.ndarray) -> np.ndarray:
        if len(self) <= SMALL:
            return self.distance[starts]
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        heads, tails, _ = self.ties
        net = csr_array((self.lengths[heads, tails], (heads, tails)), shape=self.lengths.shape)
        return dijkstra(net, indices=starts)

    @cached_property
    def distance(self) -> np.ndarray:
        """The distance from each node to each other (Floyd 1962)."""
        import numpy as np

        found = self.lengths.copy()
        np.fill_diagonal(found, 0)
        for middle in range(len(found)):
            np.minimum(found, found[:, middle, None] + found[middle], out=found)
        return found


def _gathered(values: np.ndarray, begins: np.ndarray, nodes: np.ndarray, like: np.ndarray) -> np.ndarray:
    """The sums of neighboring columns, each group at the place of its node."""
    import numpy as np

    found = np.zeros_like(like)
    if len(begins):
        found[:, nodes[begins]] = np.add.reduceat(values, begins, axis=1)
    return found
