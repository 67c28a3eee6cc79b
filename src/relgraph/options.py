"""What commands take: options in groups (which graph, claims, network; where the result goes), and arguments.

A command names a group as the type of a parameter; `grouped` makes typer's options of its fields.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from typer import Argument, Option

import relgraph
from relgraph.errors import UsageError
from relgraph.settings import is_uri
from relgraph.terminal import Output, say

if TYPE_CHECKING:
    from relgraph.graph import Graph


class Format(StrEnum):
    """The forms that a result can take."""

    table, csv, json, jsonl, markdown = "table", "csv", "json", "jsonl", "markdown"


Text = str | None
Words = list[str] | None
ATTRIBUTES = ("label", "kind", "region")  # of nodes, by which --partition can group them
PLURAL = {
    "kind": "kinds", "role": "roles", "domain": "domains", "obligation": "obligations", "source": "sources",
    "country": "countries",
}  # fmt: skip


# --- what the shell completes ---


def _query_names(incomplete: str) -> list[str]:
    return _begun(incomplete, relgraph.Graph.queries())


def _measure_names(incomplete: str) -> list[str]:
    return _begun(incomplete, relgraph.measures.__all__)


def _source_names(incomplete: str) -> list[str]:
    from relgraph.ingest.source import bundled_sources

    return _begun(incomplete, bundled_sources())


def _begun(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]


def _words(*names: str) -> Callable[[str], list[str]]:
    return lambda incomplete: _begun(incomplete, names)


def _kinds(incomplete: str) -> list[str]:
    from relgraph.analysis.policy import kinds_known
    from relgraph.model.ontology import load_ontology

    return _begun(incomplete, kinds_known(load_ontology()))


def _roles(incomplete: str) -> list[str]:
    from relgraph.analysis.policy import roles_known
    from relgraph.model.ontology import load_ontology

    return _begun(incomplete, roles_known(load_ontology()))


def _countries(incomplete: str) -> list[str]:
    """Codes and names of countries, and organizations of the register."""
    from relgraph.model.countries import load_countries
    from relgraph.model.organizations import load_organizations

    texts = [text for country in load_countries() for text in (country.id, country.name)]
    texts += [f"org:{organization.id}" for organization in load_organizations()]
    return _begun(incomplete, texts)


@dataclass(frozen=True)
class Where:
    """Which graph: a folder of the embedded engine, or a server."""

    graph: Annotated[Text, Option("--graph", metavar="DIR", help="Folder of an embedded graph.")] = None
    uri: Annotated[Text, Option("--uri", metavar="URI", help="A Neo4j server (else NEO4J_URI).")] = None
    trace: Annotated[bool, Option("--trace", help="Show every statement on stderr.")] = False

    def open(self) -> Graph:
        """The graph that the options name, else that of the environment, else the user's own."""
        if self.graph and self.uri:
            raise UsageError(f"--graph {self.graph} and --uri {self.uri} name two graphs; give one of them")
        if self.uri and not is_uri(self.uri):
            server = "is no address of a server, such as neo4j://localhost:7687"
            raise UsageError(f"--uri {self.uri}: {server}; a folder goes with --graph")
        from relgraph.store.lean import import_lean

        import_lean()
        return relgraph.open(self.graph or self.uri, tracer=say if self.trace else None)


@dataclass(frozen=True)
class Claimed:
    """Which claims count, of whatever time."""

    kind: Annotated[
        Words, Option("--kind", metavar="KIND", help="Only this label or kind; may be repeated.", autocompletion=_kinds)
    ] = None
    domain: Annotated[Words, Option("--domain", metavar="DOMAIN", help="Only this domain; may be repeated.")] = None
    source: Annotated[
        Words,
        Option("--source", metavar="SOURCE", help="Only this source; may be repeated.", autocompletion=_source_names),
    ] = None
    certainty: Annotated[
        Words,
        Option(
            "--certainty",
            metavar="WORD",
            help="Only stated, implied, ambiguous; may be repeated.",
            autocompletion=_words("stated", "implied", "ambiguous"),
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
            autocompletion=_countries,
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
        Words, Option("--role", metavar="ROLE", help="Only this role; may be repeated.", autocompletion=_roles)
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
        str, Option("--mode", metavar="MODE", help="country or two-mode.", autocompletion=_words("country", "two-mode"))
    ] = "country"
    weight: Annotated[
        str,
        Option(
            "--weight",
            metavar="WEIGHT",
            help="count, newman or binary.",
            autocompletion=_words("count", "newman", "binary"),
        ),
    ] = "count"
    directed: Annotated[bool, Option("--directed", help="From those who provide to those who receive.")] = False
    population: Annotated[
        str,
        Option(
            "--population",
            metavar="WHO",
            help="tied; system: every state of that time.",
            autocompletion=_words("tied", "system"),
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


# --- what single commands take ---

SourceNames = Annotated[
    Words, Argument(metavar="SOURCE", help="Names, or folders with a source.toml.", autocompletion=_source_names)
]
LoadedNames = Annotated[list[str], Argument(metavar="SOURCE", help="Loaded sources.", autocompletion=_source_names)]
SourceName = Annotated[Text, Argument(metavar="SOURCE", help="One source, in full.", autocompletion=_source_names)]
OneSource = Annotated[str, Argument(metavar="SOURCE", help="A loaded source.", autocompletion=_source_names)]
OtherSource = Annotated[str, Argument(metavar="SOURCE", help="Another.", autocompletion=_source_names)]
Accept = Annotated[Path | None, Option("--accept", metavar="FILE", help="The table with the pairs that you accept.")]
NewName = Annotated[str, Argument(metavar="NAME", help="Name of the source: the folder that is made.")]
From = Annotated[list[Path], Option("--from", metavar="FILE", help="A file of it: CSV, TSV or Excel; may be repeated.")]
Data = Annotated[Path | None, Option("--data", metavar="PATH", help="File or folder of a source's data.")]
DryRun = Annotated[bool, Option("--dry-run", help="Only print the plan: +created ~changed -removed.")]
BibTeX = Annotated[bool, Option("--bibtex", help="Only the citation, as BibTeX.")]
Digest = Annotated[bool, Option("--hash", help="Add a hash of all that the graph holds.")]
Cypher = Annotated[
    Text, Argument(metavar="CYPHER|NAME", help="A statement, or a query by name.", autocompletion=_query_names)
]
File = Annotated[Path | None, Option("-f", "--file", metavar="FILE", help="Read the statement here (-: stdin).")]
Parameters = Annotated[Words, Option("-p", "--param", metavar="KEY=VALUE", help="A parameter; may be repeated.")]
Write = Annotated[bool, Option("--write", help="Let the statement change the graph.")]
QueryName = Annotated[Text, Argument(metavar="NAME", help="One query, in full.", autocompletion=_query_names)]
ThingName = Annotated[list[str], Argument(metavar="ID|NAME", help="An id, a name or an alias.")]
Countries = Annotated[
    list[str],
    Argument(metavar="COUNTRY", help="Two or more: codes, names, org:asean, @FILE.", autocompletion=_countries),
]
Measure = Annotated[
    str,
    Argument(
        metavar="NAME",
        help="centrality, groups, core_periphery, hub_and_spoke, brokerage or similarity.",
        autocompletion=_measure_names,
    ),
]
Only = Annotated[Words, Option("--only", metavar="COLUMN", help="Only this column; may be repeated.")]
Top = Annotated[int | None, Option("--top", metavar="N", min=1, help="Only the first N rows.")]
Partition = Annotated[
    Text,
    Option(
        "--partition",
        metavar="GROUP",
        help="For brokerage: JPN,USA, org:asean, label, kind or region.",
        autocompletion=_words(*ATTRIBUTES),
    ),
]
Portfolio = Annotated[
    Text,
    Option(
        "--by",
        metavar="WHAT",
        help="For similarity: strength, label or kind.",
        autocompletion=_words("strength", "label", "kind"),
    ),
]
Stability = Annotated[bool, Option("--stability", help="How far ranks move when one thing is left out.")]
Panel = Annotated[Text, Option("--years", metavar="A-B", help="On the last day of each of these years.")]
Years = Annotated[str, Option("--years", metavar="A-B", help="From one year to another, such as 2015-2019.")]
SomeYears = Annotated[Text, Option("--years", metavar="A-B", help="The columns of --by year, such as 2015-2019.")]
Sort = Annotated[
    str,
    Option(
        "--by",
        metavar="WHAT",
        help="What the columns are: kind, domain or year.",
        autocompletion=_words("kind", "domain", "year"),
    ),
]
Count = Annotated[
    str,
    Option(
        "--by", metavar="WHAT", help="What is counted apart: kind or label.", autocompletion=_words("kind", "label")
    ),
]
Codes = Annotated[
    Words,
    Option(
        "--code",
        metavar="LIST",
        help="Codes of this list, cow or gw; may be repeated.",
        autocompletion=_words("cow", "gw"),
    ),
]
Directed = Annotated[bool, Option("--directed", help="Each pair both ways.")]
FirstDay = Annotated[str, Argument(metavar="DATE", help="The earlier day, such as 2015-12-31.")]
LastDay = Annotated[str, Argument(metavar="DATE", help="The later day.")]
Target = Annotated[Path, Argument(metavar="FILE", help="Its ending says the format.")]
DrawnQuery = Annotated[
    Text, Option("--query", metavar="NAME|CYPHER", help="Draw what it returns.", autocompletion=_query_names)
]
Show = Annotated[bool, Option("--open", help="Open it when it is written.")]
Port = Annotated[int | None, Option("--port", metavar="N", min=1, max=65535, help="Bolt port (else 7687).")]
Host = Annotated[str, Option("--host", metavar="ADDRESS", help="Where to listen.")]
Folder = Annotated[Text, Option("--graph", metavar="DIR", help="Folder of an embedded graph.")]


def years(text: str) -> tuple[str, str]:
    """The first and the last of the years that `--years` names.

    >>> years("2015-2019"), years("2019")
    (('2015', '2019'), ('2019', '2019'))
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text)
    if not found or not "0001" <= found[1] <= (found[2] or found[1]):
        raise UsageError(f"--years {text}: write the first year and the last, such as 2015-2019")
    return found[1], found[2] or found[1]


def year_ends(text: str) -> list[str]:
    """The last day of each year that `--years` names."""
    first, last = years(text)
    return [f"{year:04d}-12-31" for year in range(int(first), int(last) + 1)]


def split(text: str) -> list[str]:
    """The words in a text with commas; one that has a comma of its own is in quotation marks."""
    from relgraph.query import parameters

    try:
        return parameters.split(text)
    except parameters.BadValue as error:
        raise UsageError(f"{text}: {error}") from error


# --- statements and their parameters ---


def statement(cypher: str | None, file: Path | None) -> str:
    """The text to run: what was given, or what the file holds (`-`: stdin)."""
    if (cypher is None) == (file is None):
        raise UsageError("query: give a statement, the name of a query, or -f FILE (see `relgraph queries`)")
    text = (cypher if file is None else _read(file)) or ""
    if not (text := text.strip().rstrip(";")):
        raise UsageError(f"{file or 'query'}: is empty; write a statement")
    return text


def _read(file: Path) -> str:
    try:
        return (sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{file}: cannot be read as text ({why}); name a file with one statement") from error


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """What `-p KEY=VALUE` gives."""
    given = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise UsageError(f"-p {text}: is no parameter; write it as KEY=VALUE")
        given[name.strip()] = value
    return given


def filled(cypher: str, common: Mapping[str, str], own: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of a free statement, each that it uses and no other; `own` may be JSON, and goes first."""
    from relgraph.query.statement import parameters

    given, used = common | {name: _typed(value) for name, value in own.items()}, parameters(cypher)
    for name in used:
        if name not in given:
            raise UsageError(f"query: ${name} has no value; give it with -p {name}=VALUE")
    for name in given:
        if name not in used:
            raise UsageError(f"query: the statement has no ${name}; use it there, or leave that option out")
    return given


def _typed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _joined(words: list[str]) -> str:
    """Several words with commas; one that has a comma of its own is quoted."""
    return ",".join(f'"{word}"' if "," in word and len(words) > 1 else word for word in words)


# --- how typer comes to know of groups ---


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
