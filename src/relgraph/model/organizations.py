"""The register of organizations: ids, names and kinds; who is a member of what is for sources to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from relgraph.errors import UsageError
from relgraph.model.names import fold, nearest
from relgraph.settings import resources


class UnknownOrganization(UsageError):
    """The register has no such organization; `nearest` are the names that may be meant."""

    def __init__(self, message: str, nearest: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)


@dataclass(frozen=True, slots=True)
class Organization:
    """Something that has members; `kind` is one that the ontology declares."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str


class Organizations:
    """The register, indexed by ids, names and aliases."""

    def __init__(self, organizations: Iterable[Organization]) -> None:
        self._organizations = {organization.id: organization for organization in organizations}
        self._names: dict[str, Organization] = {}
        for organization in self:
            for name in (organization.id, organization.name, *organization.aliases):
                self._names.setdefault(fold(name), organization)

    def __iter__(self) -> Iterator[Organization]:
        """The organizations, by id."""
        return iter(self._organizations.values())

    def __len__(self) -> int:
        return len(self._organizations)

    def get(self, id: str) -> Organization | None:
        """The organization with exactly this id, or None."""
        return self._organizations.get(id)

    def find(self, text: str) -> Organization:
        """The organization that a person means by an id, a name or an alias, in any case.

        >>> load_organizations().find("ASEAN Regional Forum").id
        'arf'
        """
        if fold(text) in self._names:
            return self._names[fold(text)]
        near = self.nearest(text)
        message = f"{text!r} is no organization of the register; near it: {', '.join(near)}"
        raise UnknownOrganization(message, near)

    def nearest(self, text: str, n: int = 3) -> list[str]:
        """The names of the `n` organizations whose ids, names or aliases are spelled most like the text."""
        return nearest(fold(text), {name: [organization] for name, organization in self._names.items()}, n)


@cache
def load_organizations(path: Path | None = None) -> Organizations:
    """The register of relgraph, or of `path`; a row that contradicts another is an `OntologyError`."""
    from relgraph.model.register import read_organizations

    rows = read_organizations(path or resources("ingest") / "organizations.csv")
    return Organizations(Organization(*row) for row in rows)
