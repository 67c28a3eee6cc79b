"""Named queries: what one is called, answers, takes and returns, and the library that holds them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from relgraph.errors import UsageError
from relgraph.query.parameters import BadValue, Names, Parameter, nearest


@dataclass(frozen=True)
class Covers:
    """What an empty answer is an absence of: things of these labels, for these countries, dates, kinds."""

    labels: tuple[str, ...]
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """A named query: what it is called, answers, takes and returns, and where it is written."""

    name: str
    topic: str
    purpose: str
    parameters: tuple[Parameter, ...]
    returns: tuple[str, ...]
    example: str | None
    cypher: str
    file: Path
    line: int
    notes: str = ""
    covers: Covers | None = None

    @property
    def signature(self) -> str:
        """The query's name and parameters as its header has them.

        >>> from relgraph.query.library import load_library
        >>> load_library()["sources_of"].signature
        'sources_of(thing: thing)'
        """
        return f"{self.name}({', '.join(map(_declaration, self.parameters))})"

    def bind(self, values: Mapping[str, Any], names: Names | None = None) -> dict[str, Any]:
        """All parameters for Cypher, from the values that a person gave; a `UsageError` says what is wrong.

        `names` (a `GraphNames`) turns the names of things into ids, and `org:…` into members; without it, ids
        are expected.
        """
        declared = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in declared:
                instead = nearest(name, declared) or self._takes()
                raise UsageError(f"{self.name} has no parameter {name!r}{instead}")
        for parameter in self.parameters:
            if parameter.required and values.get(parameter.name) is None:
                missing = f"{parameter.name} ({parameter.type.replace('_', ' ')})"
                raise UsageError(f"{self.name} needs {missing}{self._for_example()}")
        day = next((self._value(p, values) for p in self.parameters if p.type == "date"), None)
        return {p.name: self._value(p, values, names, day) for p in self.parameters}

    def _value(
        self,
        parameter: Parameter,
        values: Mapping[str, Any],
        names: Names | None = None,
        day: date | None = None,
    ) -> Any:
        value = values.get(parameter.name)
        if value is None:
            return parameter.default
        try:
            return parameter.convert(value, names, day)
        except BadValue as error:
            raise UsageError(f"{self.name}: {parameter.name} = {value!r} {error}") from error

    def _takes(self) -> str:
        names = ", ".join(parameter.name for parameter in self.parameters)
        return f"; it takes {names}" if names else "; it takes none"

    def _for_example(self) -> str:
        return f", for example {self.example}" if self.example else ""


def _declaration(parameter: Parameter) -> str:
    if parameter.required:
        return f"{parameter.name}: {parameter.type}"
    return f"{parameter.name}: {parameter.type} = {_written(parameter.default)}"


def _written(default: Any) -> str:
    if isinstance(default, bool) or default is None:
        return {None: "null", True: "true", False: "false"}[default]
    return ", ".join(default).join("''") if isinstance(default, list) else str(default)


@dataclass(frozen=True)
class Library(Mapping[str, Query]):
    """All named queries by name, in order of topic and place; `topics` describes each file."""

    queries: Mapping[str, Query] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Query:
        return self.queries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.queries)

    def __len__(self) -> int:
        return len(self.queries)

    def find(self, name: str) -> Query:
        """The query of that name, hyphens or underscores; a `UsageError` names the nearest ones."""
        found = self.queries.get(name.strip().replace("-", "_").lower())
        if found is None:
            instead = nearest(name, self) or "; `relgraph queries` lists them"
            raise UsageError(f"there is no query {name!r} in the library{instead}")
        return found
