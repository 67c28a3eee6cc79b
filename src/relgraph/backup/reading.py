"""Reading: the things and ties of a backup, held against its last line, so that a damaged one is noticed."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from relgraph.backup.lines import FORMAT, LONGEST, Labelled, Malformed, address, read, record
from relgraph.backup.writing import Backup
from relgraph.errors import DataError, EngineError, UsageError
from relgraph.model.records import Ref, Tie
from relgraph.query.contents import digest, hash_of
from relgraph.store.version import PROPERTY, check_versions

ANOTHER = "nothing was restored; use another copy of the backup"
SWOLLEN = 100  # times the size of a packed file that is read of it: memory grows with what is read
TRUSTED = f"unpacks to over {SWOLLEN} times its size; nothing was restored; if you trust it, gunzip it and restore that"
_MAGIC = b"\x1f\x8b"
_SEAL = "content_hash"


class Reading:
    """The records of a backup, as often as they are asked for; `version` is the schema of the graph that it is of.

    A `DataError` names the line at fault. Where there is none, the file is whole, and `backup` says what it holds.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.version = 0
        self.backup = Backup(self.path, 0, 0, "")
        self._line = 0

    def __iter__(self) -> Iterator[Labelled | Tie]:
        try:
            with self._opened() as file:
                yield from self._records(self._lines(file))
        except Malformed as error:
            raise DataError(f"{self.path}, line {self._line}: {error}; {ANOTHER}") from error
        except (EOFError, OSError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or "is packed, and damaged"
            raise DataError(f"{self.path}: cannot be read ({reason}); {ANOTHER}") from error

    def _opened(self) -> IO[bytes]:
        if not self.path.is_file():
            raise UsageError(f"{self.path}: there is no such file; name one that `relgraph backup` wrote")
        with self.path.open("rb") as file:
            packed = file.read(len(_MAGIC)) == _MAGIC
        return gzip.open(self.path) if packed else self.path.open("rb")  # type: ignore[return-value]

    def _lines(self, file: IO[bytes]) -> Iterator[dict[str, Any]]:
        self._line = size = 0
        most = max(LONGEST, SWOLLEN * self.path.stat().st_size)
        while line := file.readline(LONGEST + 1):
            self._line += 1
            size += len(line)
            if len(line) > LONGEST:
                raise Malformed("is too long")
            if size > most:
                raise DataError(f"{self.path}, line {self._line}: {TRUSTED}")
            yield read(line)

    def _records(self, lines: Iterator[dict[str, Any]]) -> Iterator[Labelled | Tie]:
        self._header(next(lines, {}))
        seen = _Seen()
        for line in lines:
            if _SEAL in line:
                self._seal(line, seen)
                if next(lines, None) is not None:
                    raise Malformed("stands after the end")
                return
            found = record(line)
            seen.note(found)
            yield found
        raise Malformed("is the last one, but not the end: the file is cut off")

    def _header(self, line: dict[str, Any]) -> None:
        if line.get("relgraph") != "backup":
            raise DataError(f"{self.path}: is no backup of relgraph; name a file that `relgraph backup` wrote")
        if line.get("format") != FORMAT:
            told = f"is a backup of format {line.get('format')!r}, and this relgraph reads {FORMAT}"
            raise DataError(f"{self.path}: {told}; install the relgraph that wrote it")
        if PROPERTY not in line:
            raise Malformed(f"does not say its {PROPERTY}")
        try:
            check_versions(str(self.path), [line[PROPERTY]])
        except EngineError as error:
            raise DataError(str(error)) from error
        self.version = line[PROPERTY]

    def _seal(self, line: dict[str, Any], seen: _Seen) -> None:
        self.backup = Backup(self.path, seen.things, seen.ties, hash_of(seen.digests))
        if line != self.backup.seal():
            raise Malformed("says that other things and ties stand above it: some were changed or are missing")


class _Seen:
    """What the lines so far have been: the labels of each thing, since a tie's digest has those of its ends."""

    def __init__(self) -> None:
        self.digests: list[str] = []
        self.things = self.ties = 0
        self._labels: dict[Ref, tuple[str, ...]] = {}

    def note(self, found: Labelled | Tie) -> None:
        if isinstance(found, Labelled):
            self.things += 1
            self.digests.append(digest(found))
            ref = address(found.labels, found.properties["id"])
            assert ref is not None  # `record` has seen to it
            if self._labels.setdefault(ref, found.labels) is not found.labels:
                raise Malformed(f"has {ref.label} {ref.id} again")
            return
        self.ties += 1
        for end in (found.start, found.end):
            if end not in self._labels:
                raise Malformed(f"has a tie of {end.label} {end.id}, which is nowhere above")
        start, end = found.start, found.end
        ends = (self._labels[start], start.id, found.type, self._labels[end], end.id)
        self.digests.append(digest((*ends, found.properties)))
