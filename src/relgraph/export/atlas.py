"""The map under the geographic layout: a projection cut at 30° W, the register spread on it, the coast.

One unit is one pixel of a page on which the whole world is 2,000 pixels wide. The projection gives crowded
parts of the world more room (Europe, Southeast Asia) and the open Pacific less; within that, countries whose
names would lie on each other are pushed apart, and the coast is bent by as much as its countries were moved.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from relgraph.model.countries import load_countries

if TYPE_CHECKING:
    import numpy

COAST = Path(__file__).parent / "page" / "coast.json"
# Longitudes and latitudes at which the scale changes, and the pixels a degree between them.
EAST, X_SCALE = (-30, -12, 45, 95, 150, 185, 235, 330), (3.0, 9.5, 6.2, 7.6, 4.6, 2.0, 4.6)
NORTH, Y_SCALE = (-90, -56, -35, -12, 25, 36, 62, 84, 90), (1.0, 5.0, 8.5, 11.5, 12.5, 15.0, 4.5, 1.0)
LETTER, ROW = 6.2, 30  # pixels: the width of a letter, the height of a node with its name
ROUNDS = 260
CELL = 64  # the grid of places for what has no place of its own
REACH = 120.0  # how far from a moved country the coast still follows it


class Place(NamedTuple):
    """A country of the register; past ones and territories give way to the states of today."""

    id: str
    name: str
    lat: float
    lon: float
    present: bool = True


def project(lat: float, lon: float) -> tuple[float, float]:
    """Pixels east of 30° W and south of the equator.

    >>> project(0, -30)
    (0.0, -0.0)
    """
    east = (lon - EAST[0]) % 360 + EAST[0]
    return _along(east, EAST, X_SCALE) - _along(EAST[0], EAST, X_SCALE), -_along(lat, NORTH, Y_SCALE)


def _along(degree: float, marks: tuple[int, ...], scale: tuple[float, ...]) -> float:
    """Pixels from 0° to `degree` where the scale changes at `marks`."""
    low, high = sorted((0.0, degree))
    parts = zip(marks, marks[1:], scale, strict=False)
    run = sum(max(0.0, min(high, b) - max(low, a)) * s for a, b, s in parts)
    return run if degree >= 0 else -run


@lru_cache(maxsize=1)
def register() -> tuple[Place, ...]:
    """The countries of the register, by id; those that are states to this day are present."""
    return tuple(
        Place(one.id, one.name, one.lat, one.lon, one.kind == "state" and one.present)
        for one in sorted(load_countries(), key=lambda country: country.id)
    )


@lru_cache(maxsize=1)
def register_positions() -> dict[str, tuple[int, int]]:
    """Where each country of the register lies: it depends on the register and on nothing else."""
    spread = _spread_register()[1]
    return {place.id: (round(x), round(y)) for place, (x, y) in zip(_ordered(), spread, strict=True)}


def _ordered() -> list[Place]:
    return sorted(register(), key=lambda place: (not place.present, place.id))


@lru_cache(maxsize=1)
def _spread_register() -> tuple[numpy.ndarray, numpy.ndarray]:
    """The true and the spread positions of the register."""
    import numpy

    places = _ordered()
    true = numpy.array([project(place.lat, place.lon) for place in places], dtype=float).reshape(-1, 2)
    widths = numpy.array([max(26.0, LETTER * min(len(place.name), 20) + 6) for place in places])
    today = sum(place.present for place in places)
    spread = true.copy()
    spread[:today] = push_apart(true[:today], widths[:today], fixed=0)
    spread = push_apart(spread, widths, fixed=today)
    return true, spread


def push_apart(true: numpy.ndarray, widths: numpy.ndarray, fixed: int) -> numpy.ndarray:
    """Positions near `true` at which labels of these widths do not overlap; the first `fixed` ones stay."""
    import numpy

    one, other = _neighbours(true, fixed)
    if not len(one):
        return true
    room = numpy.stack([(widths[one] + widths[other]) / 2, numpy.full(len(one), float(ROW))], axis=1)
    aside = numpy.where(true[one] > true[other], 1.0, -1.0)
    moves = (numpy.arange(len(true)) >= fixed).astype(float)[:, None]
    at = true.copy()
    for step in range(ROUNDS):
        apart = at[one] - at[other]
        over = room - numpy.abs(apart)
        hit = (over > 0).all(axis=1)
        if not hit.any():
            break
        way = numpy.where(numpy.abs(apart) > 8, numpy.sign(apart), aside)
        sideways = over[:, 0] < over[:, 1] * 1.8
        push = over * way * 0.3 * hit[:, None] * numpy.stack([sideways, ~sideways], axis=1)
        home = (true - at) * 0.03 if step < ROUNDS * 0.6 else 0.0
        at = at + moves * (_gathered(push, one, other, len(at)) + home)
    return at


def _neighbours(true: numpy.ndarray, fixed: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The pairs that may ever meet, without those of which both ends stay."""
    import numpy

    one, other = numpy.triu_indices(len(true), 1)
    near = (numpy.abs(true[one] - true[other]) < (260, 220)).all(axis=1) & (other >= fixed)
    return one[near], other[near]


def _gathered(push: numpy.ndarray, one: numpy.ndarray, other: numpy.ndarray, count: int) -> numpy.ndarray:
    import numpy

    def along(axis: int) -> numpy.ndarray:
        return numpy.bincount(one, push[:, axis], count) - numpy.bincount(other, push[:, axis], count)

    return numpy.stack([along(0), along(1)], axis=1)


@lru_cache(maxsize=1)
def open_cells() -> tuple[tuple[int, int], ...]:
    """Places at sea from the Gulf to the middle of the Pacific that no country of the register is near."""
    taken = set(register_positions().values())
    rings = _bent_rings()
    grid = [(x, y) for y in range(-560, 330, CELL) for x in range(656, 1420, CELL)]
    clear = [(a, b) for a, b in grid if not any(abs(a - x) < 90 and abs(b - y) < 60 for x, y in taken)]
    return tuple(cell for cell in clear if not _inside(rings, *cell)) or tuple(grid)


def _inside(rings: list[list[list[int]]], x: float, y: float) -> bool:
    """Whether a point is on land: inside of an odd number of rings (an inland sea is a ring in a ring)."""
    crossings = 0
    for ring in rings:
        for (a, b), (c, d) in zip(ring, ring[1:] + ring[:1], strict=True):
            crossings += (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a
    return crossings % 2 == 1


def coast_path() -> str:
    """The coast as one SVG path of whole, relative steps, bent as far as the register was spread."""
    return "".join(map(_closed, _bent_rings()))


@lru_cache(maxsize=1)
def _bent_rings() -> list[list[list[int]]]:
    import numpy

    rings = json.loads(COAST.read_text("utf-8"))
    flat = numpy.array([project_unwrapped(lon, lat) for ring in rings for lon, lat in ring])
    bent = numpy.rint(_bend(flat)).astype(int).tolist()
    ends = [0, *accumulate(map(len, rings))]
    return [bent[start:end] for start, end in pairwise(ends)]


def project_unwrapped(lon: float, lat: float) -> tuple[float, float]:
    """As `project`, for a longitude that is already between 30° W (-30) and 30° W again (330)."""
    return _along(lon, EAST, X_SCALE) - _along(EAST[0], EAST, X_SCALE), -_along(lat, NORTH, Y_SCALE)


def _bend(points: numpy.ndarray) -> numpy.ndarray:
    """Points moved with the countries around them, weighed by distance; far from any, not at all."""
    true, spread = _spread_register()
    if not len(true):
        return points
    squares = ((points[:, None, :] - true[None]) ** 2).sum(axis=2) + 60.0
    weights = squares**-1.5
    weights /= weights.sum(axis=1, keepdims=True) + REACH**-3
    return points + (weights[..., None] * (spread - true)[None]).sum(axis=1)


def _closed(ring: list[list[int]]) -> str:
    (x, y), *rest = ring
    steps, at = [], (x, y)
    for point in rest:
        step = (point[0] - at[0], point[1] - at[1])
        if any(step):
            steps.append(f"{step[0]} {step[1]}")
            at = (point[0], point[1])
    return f"M{x} {y}l{' '.join(steps)}z".replace(" -", "-") if steps else ""
