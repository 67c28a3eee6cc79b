"""Claims: all that one source says, and what became of its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from relgraph.ingest.issues import Issues
from relgraph.ingest.source import Source
from relgraph.model.records import Properties, Ref, Tie


@dataclass
class Counts:
    """What became of a file: each row is mapped or skipped for a named reason, each column handled or ignored."""

    rows: int = 0
    columns: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    handled: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    empty: int = 0  # of the cells of handled columns in mapped rows: those without a value

    @property
    def mapped(self) -> int:
        """The rows that are not skipped."""
        return self.rows - self.skipped.total()


class Quoted(NamedTuple):
    """Words that a claim quotes: where they are written, the place that they are said to stand at, and they."""

    file: str
    row: int
    column: str
    locator: str
    quote: str


@dataclass
class Claims:
    """What a source says: its citations of things, by thing, and its ties; `issues` is what it fails to say.

    `fingerprint` is the hash of all that this was made from; `quoted` is kept where the source names its own text.
    """

    source: Source
    fingerprint: str = ""
    citations: dict[Ref, list[Properties]] = field(default_factory=dict)
    ties: dict[str, Tie] = field(default_factory=dict)
    quoted: list[Quoted] = field(default_factory=list)
    issues: Issues = field(default_factory=Issues)
    counts: dict[str, Counts] = field(default_factory=dict)
