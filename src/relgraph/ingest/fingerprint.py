"""Fingerprint: whether the graph already holds exactly what a source's files say, known without reading them as data.

Mapping a large source takes longer than hashing its files. A source's node carries the hash of all that its load
depended on, with the number of its ties. Where both still stand, a load has nothing to do. It carries a hash of each
256th of its ties, too, so that a load after a change of some rows compares only the parts that these are in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from os.path import isfile
from pathlib import Path
from typing import Any, NamedTuple

import relgraph.ingest
import relgraph.model
from relgraph.ingest.crosswalk import CROSSWALK
from relgraph.ingest.declaration import FILE
from relgraph.ingest.source import Source
from relgraph.model.records import Tie
from relgraph.settings import resources
from relgraph.store import Connection, Result

PROPERTY = "fingerprint"
Read = Callable[[str, "dict[str, Any]"], Result]
"""Runs a statement: a connection's `read`, or the `run` of the transaction that the plan is written in."""
_REGISTERS = ("ontology.toml", "countries.csv", "organizations.csv")


def fingerprint(source: Source) -> str:
    """A hash of the source's files, the registers, and the code that reads them."""
    digest = blake2b(_ours(), digest_size=16)
    for path in _files(source):
        digest.update(_of_file(path).encode() if isfile(path) else b"-")
    return digest.hexdigest()


class Stamp(NamedTuple):
    """What a source's node carries: hashes of its files, of what else things are made from, of parts of its ties."""

    files: str
    ties: int
    basis: str
    parts: dict[str, str]

    def __str__(self) -> str:
        return ":".join((self.files, str(self.ties), self.basis, " ".join(f"{k}{v}" for k, v in self.parts.items())))

    @classmethod
    def read(cls, text: str | None) -> Stamp | None:
        """The stamp that was written so, or None."""
        fields = (text or "").split(":")
        if len(fields) != len(cls._fields):
            return None
        files, ties, basis, parts = fields
        return cls(files, int(ties), basis, {part[:2]: part[2:] for part in parts.split()})


def stamp(source: Source, fingerprint: str, ties: Mapping[str, Tie]) -> Stamp:
    """The stamp of a source that has these ties, by id."""
    parts = defaultdict(list)
    for id_ in sorted(ties):
        parts[id_[-2:]].append(f"{id_} {ties[id_].properties['hash']}")
    basis = _joined([_ours().hex(), str(source.declared.source.priority)]).hex()[:16]
    return Stamp(
        fingerprint, len(ties), basis, {part: _joined(said).hex()[:12] for part, said in sorted(parts.items())}
    )


def held_stamp(read: Read, source: str) -> Stamp | None:
    """The stamp that a source's node carries."""
    rows = read(f"MATCH (s:Source {{id: $id}}) RETURN s.{PROPERTY}", {"id": source}).rows
    return Stamp.read(rows[0][0]) if rows else None



def is_held(connection: Connection, source: Source) -> bool:
    """Whether the graph holds what this source's files say, and as many ties as it left there."""
    held = held_stamp(connection.read, source.id)
    if held is None or held.files != fingerprint(source):
        return False
    counted = "MATCH ()-[t]->() WHERE t.source = $id RETURN count(t)"  # somebody may have written to the graph
    return connection.read(counted, {"id": source.id}).rows == [[held.ties]]


def forget(connection: Connection) -> None:
    """Have the next load look at every record: someone else has written to the graph."""
    connection.write(f"MATCH (s:Source) REMOVE s.{PROPERTY}")


def _files(source: Source) -> Iterator[Path]:
    yield source.folder / FILE
    yield source.folder / CROSSWALK
    yield source.path(CROSSWALK)
    yield source.folder / "read.py"
    yield from (source.path(table.file) for table in source.declared.tables)
    if source.declared.text:
        yield source.path(source.declared.text.file)


@cache
def _ours() -> bytes:
    """The registers and the code of the stages that a load depends on."""
    code = (
        file for package in (relgraph.ingest, relgraph.model) for file in Path(package.__file__).parent.glob("*.py")
    )
    registers = (resources("ingest") / name for name in _REGISTERS)
    return _joined(sorted(_of_file(file) for file in (*code, *registers)))


def _of_file(path: Path) -> str:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def _joined(parts: Iterable[str]) -> bytes:
    return blake2b("".join(parts).encode()).digest()
