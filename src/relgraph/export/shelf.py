"""Where the geographic layout keeps what has no place on the map: in rows south of all land.

Organizations of the register lie there in its order, as words lie in lines; what is not in it (an institute, a
unit) lies in rows below them, where its id says. So none of them moves when a tie or another one is added.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from relgraph.model.organizations import Organization, load_organizations

WEST, EAST, TOP, ROW, ROWS = 60, 1960, 460, 36, 4
LETTER, GAP = 8.5, 26  # pixels of a letter where half of the world is seen; between two names
LONG = 25  # the page writes a short alias instead of a name of so many letters


def place(id: str) -> tuple[int, int]:
    """The place of an organization, or of anything else that has none on the map.

    >>> place("nato") == place("nato") != place("asean")
    True
    """
    shelf = _shelf()
    if id in shelf:
        return shelf[id]
    digest = hashlib.sha256(id.encode("utf-8", "replace")).digest()
    below = max(y for _, y in shelf.values()) if shelf else TOP
    return WEST + int.from_bytes(digest[:8], "big") % (EAST - WEST), below + ROW * (1 + digest[8] % ROWS)


@lru_cache(maxsize=1)
def _shelf() -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    x, y = float(WEST), TOP
    for organization in load_organizations():
        wide = LETTER * len(shown(organization)) + GAP
        if x + wide > EAST:
            x, y = WEST, y + ROW
        found[organization.id] = (round(x + wide / 2), y)
        x += wide
    return found


def shown(organization: Organization) -> str:
    """The name as the page writes it."""
    names = (organization.name, *organization.aliases)
    return next((name for name in names if len(name) < LONG), organization.name[:LONG])
