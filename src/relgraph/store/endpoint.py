"""What a connection needs to know of an engine: where it answers, as whom, and what to do when it is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Login:
    """A user name and its password; the password is never shown."""

    username: str
    password: str = field(repr=False)

    @property
    def auth(self) -> tuple[str, str]:
        """The pair that the driver takes."""
        return self.username, self.password


@dataclass(frozen=True)
class Engine:
    """What answers: `kind` is "embedded", "joined" (another process's embedded engine) or "neo4j"."""

    kind: str
    name: str
    version: str
    where: str

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({self.kind}) at {self.where}"


def _nothing() -> None:
    return None


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Endpoint:
    """A Bolt endpoint: `reader` may only read on an embedded engine; on Neo4j both logins are one.

    Of another process's engine `stands` says whether that process still offers it, and `successor` finds or starts the
    one that took its place.
    """

    kind: str
    uri: str
    database: str
    reader: Login
    writer: Login
    where: str
    release: Callable[[], None] = field(default=_nothing, repr=False)
    owner: Any = field(default=None, repr=False)  # the engine itself, where this process runs it
    stands: Callable[[], bool] = field(default=_always, repr=False)
    successor: Callable[[], Endpoint] | None = field(default=None, repr=False)

    @property
    def enforces_reading(self) -> bool:
        """Whether the reader's login itself forbids every change (else a statement's plan is looked at)."""
        return self.kind != "neo4j"
