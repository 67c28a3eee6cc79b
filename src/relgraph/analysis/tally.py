"""How strongly countries are tied, as a matrix; and what leaving one engagement out makes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from relgraph.analysis.policy import Policy
from relgraph.analysis.projection import Entry, Pairs, addresses, wholes_of
from relgraph.analysis.records import Reading

if TYPE_CHECKING:
    import numpy as np

    from relgraph.model.records import Ref


class Change(NamedTuple):
    """Which pairs leaving an engagement out concerns (`a`, `b`: places of nodes), how strong their ties are then, and
    how many engagements each node then has."""

    a: np.ndarray
    b: np.ndarray
    strengths: np.ndarray
    engagements: np.ndarray


class Pool:
    """The pairs of all engagements of a country network, from which those of some of them are tallied."""

    def __init__(self, reading: Reading, policy: Policy, entries: Sequence[Entry], nodes: Sequence[Ref] = ()) -> None:
        import numpy as np

        pairs_of = Pairs(policy)
        found = {entry.engagement.id: list(pairs_of(entry)) for entry in entries}
        self.sizes = {entry.engagement.id: entry.size for entry in entries}
        self.above = wholes_of(reading, policy, set(found))
        refs = sorted({ref for pairs in found.values() for pair in pairs for ref in pair} | set(nodes))
        place = {ref: n for n, ref in enumerate(refs)}
        self.refs, self.ids = refs, list(addresses(refs).values())
        codes = {id: [place[a] * len(refs) + place[b] for a, b in pairs] for id, pairs in found.items()}
        self.codes = {id: np.array(sorted(of), dtype=int) for id, of in codes.items()}
        self.nodes = {id: self.ends(of) for id, of in self.codes.items()}

    def ends(self, codes: np.ndarray) -> np.ndarray:
        """The places of the nodes that these pairs have."""
        import numpy as np

        return np.unique(np.concatenate(np.divmod(codes, max(len(self.refs), 1))))

    def tally(self, policy: Policy) -> Tally:
        """The tally of those within the policy's limit of parties, by its weight."""
        most = policy.parties_at_most
        return Tally(self, [id for id in self.codes if most is None or self.sizes[id] <= most], policy.weight)


class Tally:
    """How strongly the engagements of a pool tie each two of its nodes.

    A whole ties no pair that a part of it ties, as in `projection.tied`.
    """

    def __init__(self, pool: Pool, ids: Sequence[str], weight: str) -> None:
        import numpy as np

        self.pool, self.weight, self.n = pool, weight, len(pool.refs)
        self.parts: dict[str, list[str]] = defaultdict(list)
        for id in ids:
            for whole in pool.above.get(id, ()):
                self.parts[whole].append(id)
        self.codes = {id: pool.codes[id] for id in ids}
        for whole in self.parts.keys() & self.codes.keys():
            self.codes[whole] = np.setdiff1d(pool.codes[whole], self._tied_by(self.parts[whole]))
        each = [pool.codes[id][:0] for id in ids[:1]] + list(self.codes.values())
        flat = np.concatenate(each) if each else np.zeros(0, dtype=int)
        worth = np.repeat([self._worth(id) for id in self.codes], [len(of) for of in self.codes.values()])
        self.counts = np.bincount(flat, minlength=self.n**2)
        self.sums = np.bincount(flat, worth, self.n**2)
        self.matrix = self._strengths(self.counts, self.sums).reshape(self.n, self.n)
        self.matrix = self.matrix + self.matrix.T
        engaged = [self.nodes_of(id) for id in ids]
        self.engagements = np.bincount(np.concatenate(engaged) if engaged else flat, minlength=self.n)

    def _worth(self, id: str) -> float:
        return 1 / max(self.pool.sizes[id] - 1, 1)

    def _strengths(self, counts: np.ndarray, sums: np.ndarray) -> np.ndarray:
        import numpy as np

        if self.weight == "newman":
            return np.where(counts > 0, sums, 0.0)
        return np.minimum(counts, 1.0) if self.weight == "binary" else counts.astype(float)

    def _tied_by(self, ids: Sequence[str]) -> np.ndarray:
        import numpy as np

        return np.unique(np.concatenate([self.pool.codes[id] for id in ids])) if ids else np.zeros(0, dtype=int)

    def nodes_of(self, id: str) -> np.ndarray:
        """The places of those whom an engagement ties."""
        codes = self.codes[id]
        return self.pool.nodes[id] if codes is self.pool.codes[id] else self.pool.ends(codes)

    def without(self, id: str) -> Change:
        """What leaving this engagement out changes: its pairs, and those that its wholes then tie."""
        import numpy as np

        counts, sums = self.counts[self.pool.codes[id]].copy(), self.sums[self.pool.codes[id]].copy()
        engagements = self.engagements.copy()
        engagements[self.nodes_of(id)] -= 1
        for one, sign, codes in [(id, -1, self.codes[id]), *((w, 1, c) for w, c in self._back(id))]:
            at = np.isin(self.pool.codes[id], codes)
            counts[at] += sign
            sums[at] += sign * self._worth(one)
            if sign > 0:
                engagements[np.setdiff1d(self.pool.ends(codes), self.nodes_of(one))] += 1
        a, b = np.divmod(self.pool.codes[id], self.n)
        return Change(a, b, self._strengths(counts, sums), engagements)

    def _back(self, id: str) -> list[tuple[str, np.ndarray]]:
        """The wholes that this engagement alone kept from tying some of its pairs, with these."""
        import numpy as np

        found = []
        for whole in self.pool.above.get(id, ()):
            if whole in self.codes:
                others = self._tied_by([part for part in self.parts[whole] if part != id])
                alone = np.setdiff1d(np.intersect1d(self.pool.codes[whole], self.pool.codes[id]), others)
                found.append((whole, alone))
        return found
