"""What shortest paths become where a few ties are longer, or gone: only what changes is found anew."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from relgraph.analysis.measures.paths import Nearness, Paths

if TYPE_CHECKING:
    import numpy as np

NOTHING = 1e-9  # less than the least share of paths that a node can have, and more than sums round by


class Detours:
    """The shortest paths of an undirected network, and of the same with longer ties.

    A pair of nodes none of whose shortest paths used such a tie keeps its paths. Of the others the distances are
    those of their nodes' neighbors, the number of paths is the sum of these, and what goes through whom follows.
    """

    def __init__(self, paths: Paths) -> None:
        self.paths, self.n = paths, len(paths)

    @cached_property
    def before(self) -> tuple[np.ndarray, np.ndarray]:
        """How many shortest paths lead from each node to each other, and what goes through each node."""
        import numpy as np

        count, share = self.paths.dependencies(np.arange(self.n), self.paths.distance)
        return count, share.sum(axis=0)

    def after(self, ties: tuple[np.ndarray, np.ndarray], longer: np.ndarray) -> After:
        """The same network where these ties (each named once) are as long as this, at least as long as before."""
        import numpy as np

        lengths = self.paths.lengths.copy()
        lengths[ties] = lengths[ties[::-1]] = longer
        return After(self, lengths, np.nonzero(self._touched(*ties)))

    def _touched(self, heads: np.ndarray, tails: np.ndarray) -> np.ndarray:
        """Between whom a shortest path used one of these ties."""
        import numpy as np

        distance, length = self.paths.distance, self.paths.lengths[heads, tails]
        found = np.zeros((self.n, self.n), dtype=bool)
        bound = distance * (1 + self.paths.slack)
        for a, b, between in zip(heads, tails, length, strict=True):
            if between <= bound[a, b]:
                found |= (distance[:, a] + between)[:, None] + distance[b] <= bound
        return (found | found.T) & np.isfinite(distance)


class After:
    """The shortest paths of a network with longer ties; `pairs` are those whose paths used one of them."""

    def __init__(self, before: Detours, lengths: np.ndarray, pairs: tuple[np.ndarray, np.ndarray]) -> None:
        self.before, self.lengths, self.pairs = before, lengths, pairs
        self.slack = before.paths.slack

    @cached_property
    def distance(self) -> np.ndarray:
        """The distance from each node to each other."""
        import numpy as np

        starts, ends = self.pairs
        found = self.before.paths.distance.copy()
        found[self.pairs] = np.inf
        ways = self.lengths[ends]
        while True:
            nearest = (found[starts] + ways).min(axis=1, initial=np.inf)
            if (nearest == found[self.pairs]).all():
                return found
            found[self.pairs] = nearest

    def nearness(self) -> Nearness:
        """How near each node is for others, in the unit of the lengths."""
        import numpy as np

        return Nearness.of(np.arange(self.before.n), self.distance)

    def through(self) -> np.ndarray:
        """For each node: of the shortest paths between every two others, which share goes through it, summed."""
        import numpy as np

        count, found = self.before.before
        once = tuple(side[self.pairs[0] < self.pairs[1]] for side in self.pairs)
        now = found - 2 * self._shares(self.before.paths.distance, count, once)
        now += 2 * self._shares(self.distance, self._count(count), once)
        return np.where(now > NOTHING, now, 0)

    def _count(self, before: np.ndarray) -> np.ndarray:
        """How many shortest paths lead from each node to each other."""
        import numpy as np

        starts, ends = self.pairs
        found, distance = before.copy(), self.distance
        found[self.pairs] = 0
        with np.errstate(invalid="ignore"):
            last = distance[starts] + self.lengths[ends] - distance[self.pairs][:, None]
            last = (last <= self.slack * distance[self.pairs][:, None]).astype(float)
        while True:
            now = (found[starts] * last).sum(axis=1)
            if (now == found[self.pairs]).all():
                return found
            found[self.pairs] = now

    def _shares(self, distance: np.ndarray, count: np.ndarray, pairs: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
        """Of the shortest paths of these pairs, which share goes through each node, summed."""
        import numpy as np

        starts, ends = pairs
        between = distance[pairs][:, None]
        on = (distance[starts] + distance[ends] <= between * (1 + self.slack)) & np.isfinite(between)
        found = np.where(on, count[starts] * count[ends], 0) / np.maximum(count[pairs], 1)[:, None]
        found[np.arange(len(starts)), starts] = found[np.arange(len(starts)), ends] = 0
        return found.sum(axis=0)
