"""Centrality from a matrix of strengths (rows: from whom, columns: to whom; 0 where there is no tie)."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

DAMPING = 0.85
DENSE = 1_000  # nodes up to which all eigenvectors are found at once
EXACT = 1e-13
WALKS = 500  # steps, after which there are other ways
ALONE = 2**18  # multiplications of matrices that OpenBLAS does without a second thread
ALONE_BY_VECTOR = 2**13  # the same of a matrix by a vector


def pagerank(matrix: np.ndarray) -> np.ndarray:
    """Where a walk is that leaves along ties by their strength, and from anywhere to anywhere with 1 - `DAMPING`."""
    import numpy as np

    n = len(matrix)
    out = matrix.sum(axis=1, keepdims=True)
    back = np.divide(matrix, out, where=out > 0, out=np.full((n, n), 1 / max(n, 1))).T.copy()
    found = np.full(n, 1 / max(n, 1))
    for _ in range(WALKS):
        before, found = found, DAMPING * _product(back, found) + (1 - DAMPING) / max(n, 1)
        if np.abs(found - before).sum() < EXACT / 100:
            break
    return found


def constraint(matrix: np.ndarray) -> np.ndarray:
    """The sum over contacts of (share of ties with the contact + that by way of others) squared; NaN without a tie."""
    shares = _shares(matrix)
    return ((shares > 0) * (shares + _product(shares, shares)) ** 2).sum(axis=1) + _alone(shares)


def effective_size(matrix: np.ndarray) -> np.ndarray:
    """The sum over contacts of 1 less how much of them others give; NaN without a tie.

    What others give: the share of ties with each other, times the strength of its tie with the contact over the
    greatest that it has.
    """
    shares = _shares(matrix)
    greatest = shares.max(axis=1, keepdims=True, initial=0)
    marginal = shares / (greatest + (greatest == 0))
    return ((shares > 0) * (1 - _product(shares, marginal.T))).sum(axis=1) + _alone(shares)


def _shares(matrix: np.ndarray) -> np.ndarray:
    """Which share of the ties of each node, both ways, each other has."""
    both = matrix + matrix.T
    total = both.sum(axis=1, keepdims=True)
    return both / (total + (total == 0))


def _alone(shares: np.ndarray) -> np.ndarray:
    """NaN for who has no tie, else 0."""
    import numpy as np

    return np.where(shares.any(axis=1), 0, np.nan)


def core_number(matrix: np.ndarray) -> np.ndarray:
    """The greatest k for which a node is among nodes of which each has k ties with the others."""
    import numpy as np

    tied = (matrix + matrix.T) > 0
    degree, found, left = tied.sum(axis=1), np.zeros(len(matrix), dtype=int), np.ones(len(matrix), dtype=bool)
    core = 0
    while left.any():
        core = max(core, degree[left].min())
        gone = left & (degree <= core)
        found[gone] = core
        left &= ~gone
        degree = degree - tied[:, gone].sum(axis=1)
    return found


def eigenvector(matrix: np.ndarray, near: np.ndarray | None = None) -> np.ndarray | None:
    """The leading eigenvector of a symmetric matrix, of length 1: of the part with the largest eigenvalue, 0 elsewhere.

    None where nothing is tied, and where two parts have the largest. `near`, where it is given, is a vector close to
    it, from which it is found sooner.
    """
    import numpy as np

    found = []
    for part in parts(matrix):
        if len(part) > 1:
            start = None if near is None else near[part]
            found.append((*leading(matrix[np.ix_(part, part)], start), part))
    found.sort(key=lambda each: -each[0])
    if not found or (len(found) > 1 and isclose(found[0][0], found[1][0], rel_tol=1e-9)):
        return None
    vector = np.zeros(len(matrix))
    vector[found[0][2]] = found[0][1]
    return vector


def parts(matrix: np.ndarray) -> Iterator[np.ndarray]:
    """The nodes of each component, whichever the direction of ties."""
    import numpy as np

    tied = (matrix + matrix.T) > 0
    left = np.ones(len(matrix), dtype=bool)
    while left.any():
        seen = np.zeros(len(matrix), dtype=bool)
        front = np.flatnonzero(left)[:1]
        while len(front):
            seen[front] = True
            front = np.flatnonzero(tied[front].any(axis=0) & ~seen)
        left &= ~seen
        yield np.flatnonzero(seen)


def leading(matrix: np.ndarray, near: np.ndarray | None = None) -> tuple[float, np.ndarray]:
    """The largest eigenvalue of a connected symmetric matrix, and its eigenvector of length 1."""
    import numpy as np

    if found := _walked(matrix, np.ones(len(matrix)) if near is None else near):
        return found
    if len(matrix) <= DENSE:
        values, vectors = np.linalg.eigh(matrix)
        return float(values[-1]), np.abs(vectors[:, -1])
    from scipy.sparse import csr_array
    from scipy.sparse.linalg import eigsh

    values, vectors = eigsh(csr_array(matrix), k=1, which="LA", v0=np.ones(len(matrix)))
    return float(values[0]), np.abs(vectors[:, 0])


def _walked(matrix: np.ndarray, near: np.ndarray) -> tuple[float, np.ndarray] | None:
    """The same as the end of a long walk, on which some stay where they are; None where that would be very long.

    Only the leading eigenvector of a connected network is positive throughout (Perron and Frobenius), so whatever is
    found and positive is it.
    """
    import numpy as np

    vector = near / (np.linalg.norm(near) or 1)
    for _ in range(WALKS):
        ahead = _product(matrix, vector)
        value = float(vector @ ahead)
        if np.abs(ahead - value * vector).max() <= EXACT * max(value, 1):
            return (value, vector) if (vector > 0).all() else None
        vector = ahead + value / 4 * vector
        vector /= np.linalg.norm(vector)
    return None


def _product(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Their product, in strips for each of which OpenBLAS wakes no threads: on a busy machine these take far longer."""
    import numpy as np

    entries = ours.shape[1] * (theirs.shape[1] if theirs.ndim > 1 else ALONE // ALONE_BY_VECTOR)
    rows = max(1, ALONE // max(entries, 1))
    return np.concatenate([ours[at : at + rows] @ theirs for at in range(0, max(len(ours), 1), rows)])
