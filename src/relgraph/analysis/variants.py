"""Networks beside the one that is asked about: without an engagement, without a source, under another policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

from relgraph.analysis.measures import matrices
from relgraph.analysis.measures.detours import After, Detours
from relgraph.analysis.measures.paths import Paths
from relgraph.analysis.measures.prepared import ROUNDING
from relgraph.analysis.measures.tables import column, ranks
from relgraph.analysis.network import drawn, project
from relgraph.analysis.policy import CERTAINTIES, WEIGHTS, Policy
from relgraph.analysis.projection import enroll
from relgraph.analysis.records import Reading
from relgraph.analysis.rendering import bystanders
from relgraph.analysis.tally import Pool, Tally
from relgraph.errors import UsageError
from relgraph.model.records import Ref

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

Ranking = Mapping[str, float]
"""The rank of each country that has one."""
Function = Callable[..., Any]
"""A measure: from a network to a table."""


@dataclass
class Strengths:
    """A network as a matrix, for the measures in `KNOWN`; `like` is one from which it differs in `ties`."""

    matrix: np.ndarray
    engagements: np.ndarray
    like: Strengths | None = None
    ties: tuple[np.ndarray, np.ndarray] = ()

    @cached_property
    def paths(self) -> Paths | After:
        """The shortest paths: from those of `like`, unless a tie is shorter than there."""
        if self.like is None:
            return Paths(_lengths(self.matrix), ROUNDING)
        longer, before = _lengths(self.matrix[self.ties]), self.like.paths.lengths[self.ties]
        if (longer < before).any():
            return Paths(_lengths(self.matrix), ROUNDING)
        return self.like.detours.after(self.ties, longer)

    @cached_property
    def detours(self) -> Detours:
        return Detours(self.paths)

    @cached_property
    def vector(self) -> np.ndarray | None:
        """The leading eigenvector, or None where there is none."""
        return matrices.eigenvector(self.matrix, None if self.like is None else self.like.vector)


def _lengths(strengths: np.ndarray) -> np.ndarray:
    import numpy as np

    return np.where(strengths > 0, 1 / np.where(strengths > 0, strengths, 1), np.inf)


def _closeness(net: Strengths) -> np.ndarray:
    import numpy as np

    near = net.paths.nearness()
    return np.divide(near.reached**2, near.total, where=near.total > 0, out=np.zeros(len(near.total)))


KNOWN: dict[str, Callable[[Strengths], np.ndarray | None]] = {
    "degree": lambda net: (net.matrix > 0).sum(axis=1),
    "strength": lambda net: net.matrix.sum(axis=1),
    "engagements": lambda net: net.engagements,
    "betweenness": lambda net: net.paths.through(),
    "closeness": _closeness,
    "harmonic": lambda net: net.paths.nearness().inverse,
    "eigenvector": lambda net: net.vector,
    "pagerank": lambda net: matrices.pagerank(net.matrix),
    "constraint": lambda net: matrices.constraint(net.matrix),
    "effective_size": lambda net: matrices.effective_size(net.matrix),
    "core_number": lambda net: matrices.core_number(net.matrix),
}
"""What `measures.centrality` computes, up to a factor that is the same for all countries."""


class Quick:
    """Variants of a country network as matrices, ranked by some of the measures in `KNOWN`."""

    def __init__(self, reading: Reading, policy: Policy, measures: Sequence[str]) -> None:
        self.reading, self.policy, self.measures = reading, policy, measures
        self.standing = [Ref("Country", id) for id in bystanders(policy)]
        self.pool = self._pool(reading, policy)
        self.tally = self.pool.tally(policy)
        self.net = Strengths(self.tally.matrix, self.tally.engagements)

    def _pool(self, reading: Reading, policy: Policy) -> Pool:
        entries, _ = enroll(reading, policy.with_(parties_at_most=None))
        return Pool(reading, policy, entries, self.standing)

    def without_engagements(self) -> Iterator[tuple[str, dict[str, Ranking]]]:
        """The ranks without each engagement that ties anyone."""
        for id, codes in self.tally.codes.items():
            if len(codes):
                yield id, self._ranked(self.pool, self._without(id))

    def _without(self, id: str) -> Strengths:
        change = self.tally.without(id)
        differs = change.strengths != self.net.matrix[change.a, change.b]
        ties = change.a[differs], change.b[differs]
        matrix = self.net.matrix.copy()
        matrix[ties] = matrix[ties[::-1]] = change.strengths[differs]
        return Strengths(matrix, change.engagements, self.net, ties)

    def of(self, reading: Reading) -> dict[str, Ranking]:
        """The ranks in the network of another reading."""
        pool = self._pool(reading, self.policy)
        return self._of_tally(pool, pool.tally(self.policy))

    def under(self, policies: Sequence[Policy]) -> Iterator[dict[str, Ranking]]:
        """The ranks under each of these policies, which differ from each other as `policies_beside` makes them."""
        pools: dict[tuple, Pool] = {}
        known: dict[tuple, dict[str, Ranking]] = {}
        for policy in policies:
            key = policy.certainty, policy.possibly
            pool = pools[key] = pools.get(key) or self._pool(self.reading, policy)
            tally = pool.tally(policy)
            content = (tuple(pool.ids), tally.matrix.tobytes(), tally.engagements.tobytes())
            if content not in known:
                known[content] = self._of_tally(pool, tally)
            yield known[content]

    def _of_tally(self, pool: Pool, tally: Tally) -> dict[str, Ranking]:
        return self._ranked(pool, Strengths(tally.matrix, tally.engagements))

    def _ranked(self, pool: Pool, net: Strengths) -> dict[str, Ranking]:
        """Ranks among those who have a tie, and all states where these are asked for."""
        here = net.matrix.any(axis=1)
        here[[place for place, ref in enumerate(pool.refs) if ref in self.standing]] = True
        ids = [id for id, there in zip(pool.ids, here, strict=True) if there]
        found: dict[str, Ranking] = {}
        for measure in self.measures:
            values = KNOWN[measure](net)
            ordered = [] if values is None else ranks(column(values[here].tolist())).tolist()
            found[measure] = {id: rank for id, rank in zip(ids, ordered, strict=False) if rank == rank}
        return found


class Measured:
    """The same variants for any measure and any network, each projected and measured."""

    def __init__(self, reading: Reading, policy: Policy, function: Function) -> None:
        self.reading, self.policy, self.function = reading, policy, function

    def without_engagements(self) -> Iterator[tuple[str, dict[str, Ranking]]]:
        """The ranks without each engagement."""
        entries, counts = enroll(self.reading, self.policy)
        for entry in entries:
            rest = [other for other in entries if other is not entry]
            net = drawn(self.reading, self.policy, rest, counts)
            yield entry.engagement.id, ranks_of(self.function(net))

    def of(self, reading: Reading) -> dict[str, Ranking]:
        """The ranks in the network of another reading."""
        return ranks_of(self.function(project(reading, self.policy)))

    def under(self, policies: Sequence[Policy]) -> Iterator[dict[str, Ranking]]:
        """The ranks under each of these policies."""
        for policy in policies:
            yield ranks_of(self.function(project(self.reading, policy)))


def ranks_of(table: pd.DataFrame) -> dict[str, Ranking]:
    """The ranks of countries in a table of a measure."""
    measures = [name.removesuffix("_rank") for name in table if str(name).endswith("_rank")]
    if "id" not in table or not measures:
        raise UsageError("stability needs ranks of countries: name a measure with a row for each, such as centrality")
    ranked = {name: zip(table["id"], table[f"{name}_rank"], strict=True) for name in measures}
    return {name: {id: rank for id, rank in pairs if rank == rank} for name, pairs in ranked.items()}


def policies_beside(policy: Policy, limits: Sequence[int | None]) -> list[Policy]:
    """Every combination of weight, certainty, whether what is possible counts, and limit of parties."""
    certain = [CERTAINTIES[: n + 1] for n in range(len(CERTAINTIES))]
    certain += [] if set(policy.certainty) in map(set, certain) else [policy.certainty]
    maybe = (False, True) if policy.as_of or policy.between else (policy.possibly,)
    most = dict.fromkeys([*limits, policy.parties_at_most])
    return [
        policy.with_(weight=weight, certainty=certainty, possibly=possibly, parties_at_most=limit)
        for certainty, possibly, limit, weight in product(certain, maybe, most, WEIGHTS)
    ]
