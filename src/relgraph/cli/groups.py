"""Groups of options: which graph, which claims, which network, where the result goes, how a page looks.

A command names a group as the type of a parameter; `grouped` makes typer's options of its fields.
"""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from typer import Option

import relgraph
from relgraph.cli import completion
from relgraph.cli.arguments import RawCells, Text, Words
from relgraph.cli.terminal import Output, say
from relgraph.errors import UsageError
from relgraph.settings import is_uri, resolve

if TYPE_CHECKING:
    from relgraph.graph import Graph

PLURAL = {
    "kind": "kinds", "role": "roles", "domain": "domains", "obligation": "obligations", "source": "sources",
    "country": "countries",
}  # fmt: skip


OPENED: list[Graph] = []
"""The graphs that the command of this process has opened: when it is interrupted, they know what was changed."""


class Format(StrEnum):
    """The forms that a result can take."""

    table, csv, json, jsonl, markdown = "table", "csv", "json", "jsonl", "markdown"


@dataclass(frozen=True)
class Where:
    """Which graph: a folder of the embedded engine, or a server."""

    graph: Annotated[Text, Option("--graph", metavar="DIR", help="Folder of an embedded graph.")] = None
    uri: Annotated[Text, Option("--uri", metavar="URI", help="A Neo4j server (else NEO4J_URI).")] = None
    trace: Annotated[bool, Option("--trace", help="Show every statement on stderr.")] = False

    def open(self, result: Result | None = None, *, make: bool = False) -> Graph:
        """The graph that the options name, else that of the environment, else the user's own.

        A folder that is not there is an error, unless the command is to `make` a graph: one that is empty would
        answer a mistyped name with silence. Where the command's result is to be passed on, as a file or as data, it
        is told what may not be.
        """
        if self.graph and self.uri:
            raise UsageError(f"--graph {self.graph} and --uri {self.uri} name two graphs; give one of them")
        if self.uri is not None and not is_uri(self.uri):
            server = "is no address of a server, such as neo4j://localhost:7687"
            raise UsageError(f"--uri {self.uri}: {server}; a folder goes with --graph")
        target = self.uri if self.graph is None else self.graph
        folder = resolve(target).folder
        if folder and not make and not folder.exists():
            raise UsageError(f"{folder}: there is no graph; `relgraph load SOURCE{self.said()}` makes one")
        from relgraph.store.lean import import_lean

        import_lean()
        OPENED.append(relgraph.open(target, tracer=say if self.trace else None))
        if result and result.leaves:
            _tell_not_redistributable(OPENED[-1])
        return OPENED[-1]

    def said(self) -> str:
        """The options as they were given, for a command that is shown to be copied."""
        given = ((name, getattr(self, name)) for name in ("graph", "uri"))
        return "".join(f" --{name} {shlex.quote(value)}" for name, value in given if value)


@dataclass(frozen=True)
class Claimed:
    """Which claims count, of whatever time."""

    kind: Annotated[
        Words,
        Option(
            "--kind", metavar="KIND", help="Only this label or kind; may be repeated.", autocompletion=completion.kinds
        ),
    ] = None
    domain: Annotated[Words, Option("--domain", metavar="DOMAIN", help="Only this domain; may be repeated.")] = None
    source: Annotated[
        Words,
        Option(
            "--source",
            metavar="SOURCE",
            help="Only this source; may be repeated.",
            autocompletion=completion.source_names,
        ),
    ] = None
    certainty: Annotated[
        Words,
        Option(
            "--certainty",
            metavar="WORD",
            help="Only stated, implied, ambiguous; may be repeated.",
            autocompletion=completion.words("stated", "implied", "ambiguous"),
        ),
    ] = None

    def given(self) -> dict[str, Any]:
        """The options that were given, by name."""
        given = ((option.name, getattr(self, option.name), option.default) for option in fields(self))
        return {name: value for name, value, default in given if value not in (default, [])}

    def policy(self) -> dict[str, Any]:
        """The options that were given, as `Graph.network` and `Graph.ties` name them."""
        return {PLURAL.get(name, name): value for name, value in self.given().items()}


@dataclass(frozen=True)
class Claims(Claimed):
    """Which claims count, of a day or of any time."""

    as_of: Annotated[Text, Option("--as-of", metavar="DATE", help="On this day, such as 2020-06-30.")] = None


@dataclass(frozen=True)
class Selected(Claimed):
    """Which claims count, of whatever time, and of which countries."""

    country: Annotated[
        Words,
        Option(
            "--country",
            metavar="COUNTRY",
            help="Only this country, org:asean, @FILE; may be repeated.",
            autocompletion=completion.countries,
        ),
    ] = None


@dataclass(frozen=True)
class Selection(Claims, Selected):
    """Which claims count, and of which countries."""

    def parameters(self) -> dict[str, str]:
        """The options that were given, as parameters of a query: lists as texts with commas."""
        return {name: value if isinstance(value, str) else _joined(value) for name, value in self.given().items()}


@dataclass(frozen=True)
class Tying(Claimed):
    """What ties two, at whatever time."""

    role: Annotated[
        Words,
        Option("--role", metavar="ROLE", help="Only this role; may be repeated.", autocompletion=completion.roles),
    ] = None
    obligation: Annotated[
        Words, Option("--obligation", metavar="WORD", help="Only this obligation; may be repeated.")
    ] = None
    parties_at_most: Annotated[
        int | None, Option("--parties-at-most", metavar="N", help="Leave larger engagements out.")
    ] = None
    roll_up: Annotated[bool, Option("--roll-up/--no-roll-up", help="Let a unit count for its country.")] = True
    expand_organizations: Annotated[
        bool, Option("--expand-organizations", help="Let an organization stand for its members.")
    ] = False


@dataclass(frozen=True)
class Network(Selection, Tying):
    """Which network is made of the claims."""

    possibly: Annotated[bool, Option("--possibly", help="Count what is possibly in force then.")] = False
    undated: Annotated[bool, Option("--undated/--no-undated", help="Count what has no date.")] = True
    mode: Annotated[
        str,
        Option(
            "--mode",
            metavar="MODE",
            help="country or two-mode.",
            autocompletion=completion.words("country", "two-mode"),
        ),
    ] = "country"
    weight: Annotated[
        str,
        Option(
            "--weight",
            metavar="WEIGHT",
            help="count, newman or binary.",
            autocompletion=completion.words("count", "newman", "binary"),
        ),
    ] = "count"
    directed: Annotated[bool, Option("--directed", help="From those who provide to those who receive.")] = False
    population: Annotated[
        str,
        Option(
            "--population",
            metavar="WHO",
            help="tied; system: every state of that time.",
            autocompletion=completion.words("tied", "system"),
        ),
    ] = "tied"


@dataclass(frozen=True)
class Timed(Network):
    """Which network is made of the claims, of a day or of a period."""

    since: Annotated[Text, Option("--since", metavar="DATE", help="At some time since: a day, month or year …")] = None
    until: Annotated[Text, Option("--until", metavar="DATE", help="… until then, such as 2019.")] = None

    def policy(self) -> dict[str, Any]:
        """The options that were given, as `Graph.network` names them."""
        given = super().policy()
        since, until = given.pop("since", None), given.pop("until", None)
        if bool(since) != bool(until):
            raise UsageError("--since and --until belong together: give both, or --as-of")
        return {**given, "between": (since, until)} if since else given


@dataclass(frozen=True)
class Drawn(Timed):
    """Which network is drawn: of a day, of a period that may be open, or of any time."""

    @property
    def timed(self) -> bool:
        """Whether it is of a day or of a period."""
        return bool(self.as_of or self.since or self.until)

    def drawing(self, path: Path) -> dict[str, Any]:
        """The options that were given, as `Graph.drawn` names them; a page marks what is only possibly so."""
        if self.as_of and (self.since or self.until):
            raise UsageError("--as-of names a day, --since and --until a period; give one of the two")
        marked = {"possibly": True} if self.timed and path.suffix.lower() == ".html" else {}
        return {**Network.policy(self), **marked}


@dataclass(frozen=True)
class Result(Output):
    """Where the result goes, and in which form."""

    form: Annotated[
        Format | None, Option("--format", metavar="FORMAT", help="table, csv, json, jsonl or markdown.")
    ] = None
    path: Annotated[Path | None, Option("-o", "--output", metavar="FILE", help="Write to a file.")] = None
    raw_cells: RawCells = False


@dataclass(frozen=True)
class Look:
    """How the page looks."""

    title: Annotated[Text, Option("--title", metavar="TEXT", help="Title of the page.")] = None
    marking: Annotated[Text, Option("--marking", metavar="TEXT", help="Marking at top and bottom.")] = None
    layout: Annotated[Text, Option("--layout", metavar="NAME", help="geographic, force or ego.")] = None
    focus: Annotated[Text, Option("--focus", metavar="COUNTRY", help="Open on this country.")] = None
    compare: Annotated[
        tuple[str, str] | None, Option("--compare", metavar="DATE DATE", help="What began and ended between.")
    ] = None

    def of(self, path: Path) -> dict[str, Any]:
        """What was given; a `UsageError` where a file of this ending cannot have it."""
        given = {name: value for name, value in vars(self).items() if value}
        for name in given:
            if name != "marking" and path.suffix.lower() != ".html":
                raise UsageError(f"--{name} is for pages; leave it out, or end {path.name} in .html")
        return given


def _tell_not_redistributable(graph: Graph) -> None:
    from relgraph.query.catalogue import not_redistributable

    if closed := not_redistributable(graph.connection):
        say(f"data of {', '.join(closed)} may not be redistributed; the output may hold claims of it")


def _joined(words: list[str]) -> str:
    """Several words with commas; one that has a comma of its own is quoted."""
    return ",".join(f'"{word}"' if "," in word and len(words) > 1 else word for word in words)


def grouped(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command as typer takes it: each parameter that is a group of options becomes the options themselves."""
    hints = get_type_hints(command, include_extras=True)
    groups = {name: hint for name, hint in hints.items() if is_dataclass(hint)}

    def call(**given: Any) -> Any:
        for name, group in groups.items():
            given[name] = group(**{member.name: given.pop(member.name) for member in fields(group)})
        return command(**given)

    own = [p for name, p in inspect.signature(command).parameters.items() if name not in groups]
    parameters = [_keyword(parameter.name, parameter.default, hints[parameter.name]) for parameter in own]
    parameters += [member for group in groups.values() for member in _members(group)]
    call.__name__, call.__doc__ = command.__name__, command.__doc__
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return call


def _members(group: type) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [_keyword(member.name, member.default, hints[member.name]) for member in fields(group)]


def _keyword(name: str, default: Any, annotation: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
