"""The shortest paths of a network, from all its nodes at once: what goes through a node, and how near others are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

ENTRIES = 250_000  # of one array, so that a few fit into a processor's cache: what would be more is done in parts
SMALL = 300  # nodes up to which scipy, which takes long to load, is not faster


class Nearness(NamedTuple):
    """For each node: how many others reach it, the sum of their distances to it, and of 1/distance."""

    reached: np.ndarray
    total: np.ndarray
    inverse: np.ndarray

    @classmethod
    def of(cls, starts: np.ndarray, distance: np.ndarray) -> Nearness:
        """That of the distances from these starts to all nodes."""
        import numpy as np

        near = np.isfinite(distance)
        near[np.arange(len(starts)), starts] = False
        known = np.where(near, distance, 0)
        inverse = np.divide(1, known, where=near, out=np.zeros_like(known))
        return cls(near.sum(axis=0), known.sum(axis=0), inverse.sum(axis=0))


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

        parts = [Nearness.of(starts, distance) for starts, distance in self._parts()]
        return Nearness(*(np.sum(each, axis=0) for each in zip(*parts, strict=True)))

    def dependencies(self, starts: np.ndarray, distance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """From each start: how many shortest paths lead to each node, and the share of all that go on through it."""
        import numpy as np

        shape, size = distance.shape, distance.size
        heads, tails = self._steps(distance)
        itself = np.arange(shape[0]) * shape[1] + starts
        now = np.zeros(size)
        now[itself] = 1
        count = now.copy()
        while now.any():
            now = np.bincount(tails, now[heads], size)
            count += now
        now = np.divide(1, count, where=count > 0, out=np.zeros(size))
        now[itself] = 0
        share = np.zeros(size)
        while now.any():
            now = np.bincount(heads, now[tails], size)
            share += now
        share *= count
        share[itself] = 0
        return count.reshape(shape), share.reshape(shape)

    @cached_property
    def ties(self) -> tuple[np.ndarray, np.ndarray]:
        """From where and to where the ties lead, without those that are known to be longer than a detour."""
        import numpy as np

        if len(self) > SMALL:
            return np.nonzero(np.isfinite(self.lengths))
        return np.nonzero(np.isfinite(self.lengths) & (self.lengths <= self.distance * (1 + self.slack)))

    def _steps(self, distance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """From where to where the ties on shortest paths lead, for all starts: as places in the array of distances."""
        import numpy as np

        heads, tails = self.ties
        end = distance[:, tails]
        with np.errstate(invalid="ignore"):  # nothing leads to either end
            tight = np.abs(distance[:, heads] + self.lengths[heads, tails] - end) <= self.slack * end
        start, tie = np.nonzero(tight)
        return start * len(self) + heads[tie], start * len(self) + tails[tie]

    def _parts(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Some starts after the other, with the distances from them."""
        import numpy as np

        step = max(1, ENTRIES // max(len(self), len(self.ties[0]), 1))
        for at in range(0, max(len(self), 1), step):
            starts = np.arange(at, min(at + step, len(self)))
            yield starts, self._from(starts)

    def _from(self, starts: np.ndarray) -> np.ndarray:
        if len(self) <= SMALL:
            return self.distance[starts]
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        heads, tails = self.ties
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
