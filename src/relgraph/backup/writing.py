"""Writing: a backup of one state of the graph."""

from __future__ import annotations

import gzip
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from relgraph.backup.lines import HEADER, Labelled, Unwritable, address, encoded, written
from relgraph.model.files import PRIVATE, whole
from relgraph.model.memory import many_objects
from relgraph.model.records import Ref, Tie
from relgraph.query.contents import THINGS, TIES, Stream, digest, hash_of

if TYPE_CHECKING:
    from relgraph.store import Connection

Row = list[Any]
PACKED = ".gz"


@dataclass(frozen=True)
class Backup:
    """What a backup holds; `left_out` counts by reason what has no place in one, such as a thing without an id."""

    path: Path
    things: int
    ties: int
    content_hash: str
    left_out: Counter[str] = field(default_factory=Counter)

    def seal(self) -> dict[str, Any]:
        """Its last line, by which one can tell that it is whole."""
        return {"things": self.things, "ties": self.ties, "content_hash": self.content_hash}


@many_objects()
def backup(connection: Connection, path: str | os.PathLike[str]) -> Backup:
    """Write everything that the graph holds to a file that diffs well; packed, where its name ends in `.gz`."""
    found = connection.one_state(lambda: Contents(connection.stream))
    made = Backup(Path(path), len(found.things), len(found.ties), hash_of(found.digests), found.left_out)
    with _packed(made.path) as file:
        for line in (encoded(HEADER), *found.things, *found.ties, encoded(made.seal())):
            file.write(f"{line}\n".encode())
    return made


class Contents:
    """The lines of everything that the graph holds, in order, with the digest of each."""

    def __init__(self, stream: Stream) -> None:
        self.left_out: Counter[str] = Counter()
        things = list(self._lines(stream(THINGS), _thing))
        times = Counter(ref for ref, *_ in things)
        self._alone = {ref for ref, number in times.items() if number == 1}
        self.left_out["another has its label and its id"] += times.total() - len(self._alone)
        kept = [(line, each) for ref, line, each in things if ref in self._alone]
        ties = [(line, each) for _, line, each in self._lines(stream(TIES), self._tie)]
        self.left_out = +self.left_out
        self.digests = [each for _, each in (*kept, *ties)]
        self.things, self.ties = (sorted(line for line, _ in lines) for lines in (kept, ties))

    def _lines(
        self, rows: Iterable[Row], record: Callable[[Row], tuple[Ref, Labelled | Tie]]
    ) -> Iterator[tuple[Ref, str, str]]:
        for row in rows:
            try:
                ref, found = record(row)
                line = written(found)
            except Unwritable as error:
                self.left_out[str(error)] += 1
            else:
                yield ref, line, digest(row)

    def _tie(self, row: Row) -> tuple[Ref, Tie]:
        start, end = address(row[0], row[1]), address(row[3], row[4])
        if start not in self._alone or end not in self._alone:
            raise Unwritable("an end of it cannot be kept")
        return start, Tie(row[5].get("id", ""), row[2], start, end, row[5])


def _thing(row: Row) -> tuple[Ref, Labelled]:
    labels, properties = row
    if (ref := address(labels, properties.get("id"))) is None:
        raise Unwritable("it has no label or no id")
    return ref, Labelled(tuple(sorted(labels)), properties)


@contextmanager
def _packed(path: Path) -> Iterator[IO[bytes]]:
    """The file, readable by its user alone, as the folder of an embedded graph is."""
    with whole(path, PRIVATE) as file:
        if path.suffix != PACKED:
            yield file
            return
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:  # the same bytes each time
            yield packed  # type: ignore[misc]
