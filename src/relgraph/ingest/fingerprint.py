"""Fingerprint: whether the graph already holds exactly what a source's files say, known without reading them as data.

Mapping a large source takes longer than hashing its files. A source's node carries the hash of all that its load
depended on, with the number of its ties. Where both still stand, a load has nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

import relgraph.ingest
import relgraph.model
from relgraph.ingest.crosswalk import CROSSWALK
from relgraph.ingest.declaration import FILE
from relgraph.ingest.source import Source
from relgraph.settings import resources
from relgraph.store import Connection

PROPERTY = "fingerprint"
_REGISTERS = ("ontology.toml", "countries.csv", "organizations.csv")


def fingerprint(source: Source) -> str:
    """A hash of the source's files, the registers, and the code that reads them."""
    digest = blake2b(_ours(), digest_size=16)
    for path in _files(source):
        digest.update(_of_file(path).encode() if path.is_file() else b"-")
    return digest.hexdigest()


def stamp(fingerprint: str, ties: int) -> str:
    """What a source's node carries."""
    return f"{fingerprint}:{ties}"


def is_held(connection: Connection, source: Source) -> bool:
    """Whether the graph holds what this source's files say, and as many ties as it left there."""
    statement = f"MATCH (s:Source {{id: $id}}) RETURN s.{PROPERTY}"
    held = connection.read(statement, {"id": source.id}).rows
    if held in ([], [[None]]) or not str(held[0][0]).startswith(fingerprint(source)):
        return False
    counted = "MATCH ()-[t]->() WHERE t.source = $id RETURN count(t)"
    return held[0][0] == stamp(fingerprint(source), connection.read(counted, {"id": source.id}).rows[0][0])


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
