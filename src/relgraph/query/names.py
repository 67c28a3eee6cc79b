"""What a graph knows of names: from the text that a person gives to the id of the thing that is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any

from relgraph.model.ontology import load_ontology
from relgraph.query.library import load_library
from relgraph.query.parameters import THINGS, BadValue

if TYPE_CHECKING:
    from relgraph.store import Connection

COUNTED_AS_MEMBERS = ("member", "chair")


class GraphNames:
    """Resolves names in one graph; asks it only when it has to.

    An id counts before a name and a name before an alias, all in any case.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def id(self, type_: str, text: str) -> str | None:
        """The id of the thing that `text` names, or None; a `BadValue` where it names several."""
        named = self._ask("things_named", {"text": text.strip()})
        found = [row for row in named if _fits(row["label"], type_)]
        best = min((row["match"] for row in found), key=("id", "name", "alias").index, default=None)
        ids = sorted({row["id"] for row in found if row["match"] == best})
        exact = [id_ for id_ in ids if id_ == text.strip()]
        if len(ids) > 1 and not exact:
            raise BadValue(f"may be {' or '.join(ids)}; give the id")
        return (exact or ids or [None])[0]

    def nearest(self, type_: str, text: str) -> Sequence[str]:
        """Up to three names or ids of such things that are spelled most alike."""
        spelled = {}
        for row in self._things:
            if _fits(row["label"], type_):
                for name in (row["name"], *(row["aliases"] or ()), row["id"]):
                    spelled.setdefault(str(name).casefold(), row["id"])
        close = get_close_matches(text.casefold()[:100], list(spelled), 6, 0.5)
        return list(dict.fromkeys(spelled[name] for name in close))[:3]

    def members(self, organization: str, day: date | None) -> Sequence[str]:
        """The ids of the countries that are members on that day, or not known not to be."""
        rows = self._ask("members_of", {"organization": organization, "as_of": day})
        return sorted({r["id"] for r in rows if r["label"] == "Country" and r["role"] in COUNTED_AS_MEMBERS})

    @cached_property
    def _things(self) -> list[dict[str, Any]]:
        return self._ask("things", {"label": None})

    def _ask(self, name: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        query = load_library()[name]
        rows = self._connection.read(query.cypher, parameters).rows
        return [dict(zip(query.returns, row, strict=True)) for row in rows]


def _fits(label: str, type_: str) -> bool:
    return not THINGS[type_] or any(label in load_ontology().family(family) for family in THINGS[type_])
