"""What an analysis reads from the graph: engagements with the claims under them, and who is who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from relgraph.model.dates import Bounds
from relgraph.model.records import Ref


class Actor(NamedTuple):
    """A country, organization, unit or group; `size`: how many states a group stands for, where known."""

    ref: Ref
    name: str
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    size: int | None = None


class Claim(NamedTuple):
    """One tie of an actor to an engagement, as a source claims it; `bounds` where it has its own dates."""

    engagement: str
    actor: Ref
    type: str
    role: str
    tie: str
    source: str
    locator: str | None = None
    certainty: str = "stated"
    bounds: Bounds | None = None
    start: str | None = None
    end: str | None = None
    quote: str | None = None
    note: str | None = None
    obligations: tuple[str, ...] | None = None


class Link(NamedTuple):
    """A claim that one thing is part of, or a member of, another."""

    of: Ref
    to: Ref
    role: str = "part"
    certainty: str = "stated"
    bounds: Bounds | None = None


class Setting(NamedTuple):
    """A domain that an engagement covers (`COVERS`) or a place where it is held (`HELD_IN`)."""

    type: str
    name: str
    id: str
    certainty: str = "stated"


class Engagement(NamedTuple):
    """An agreement, exercise, program, … with its claims and what it is tied to; no `bounds`: undated."""

    id: str
    label: str
    name: str
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    signed: str | None = None
    bounds: Bounds | None = None
    note: str | None = None
    obligations: tuple[str, ...] | None = None
    quantity: float | None = None
    unit: str | None = None
    claims: Sequence[Claim] = ()
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True)
class Reading:
    """All that a projection needs, read once; `project` may be asked of it many times."""

    engagements: Sequence[Engagement] = ()
    actors: Mapping[Ref, Actor] = field(default_factory=dict)
    parts: Sequence[Link] = ()  # units of countries; parts and editions of engagements
    members: Sequence[Link] = ()  # members of organizations and groups
    sources: Mapping[str, dict[str, Any]] = field(default_factory=dict)
