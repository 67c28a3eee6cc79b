"""Contents: everything that a graph holds, row by row, and the hash of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

from relgraph.model.records import INTERNAL, content_hash

Stream = Callable[[str], Iterator[list[Any]]]
"""Gives the rows of a statement as they arrive: `stream` of a connection or of a transaction."""
THINGS = "MATCH (n) RETURN labels(n), properties(n)"
TIES = "MATCH (a)-[t]->(b) RETURN labels(a), a.id, type(t), labels(b), b.id, properties(t)"


def hash_of_contents(stream: Stream) -> str:
    """A hash of everything that the graph holds, whatever its order."""
    return hash_of(digest(row) for statement in (THINGS, TIES) for row in stream(statement))


def hash_of(digests: Iterable[str]) -> str:
    """The hash of a graph, from the digests of its things and ties."""
    return blake2b("".join(sorted(digests)).encode(), digest_size=16).hexdigest()


def digest(row: Sequence[Any]) -> str:
    """A hash of one thing or tie, of a row of `THINGS` or `TIES`."""
    return content_hash({"n": [_plain(part) for part in row]})


def _plain(part: Any) -> Any:
    """Labels come in any order; what relgraph keeps for itself does not count."""
    if isinstance(part, dict):
        return {name: value for name, value in part.items() if name not in INTERNAL}
    return sorted(part) if isinstance(part, (list, tuple)) else part
