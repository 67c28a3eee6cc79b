"""`Graph`: what `relgraph.open()` gives; one thin front over all stages, a method for each command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.settings import Settings, resolve

if TYPE_CHECKING:
    from datetime import date

    import networkx
    import pandas

    from relgraph.analysis.changes import Changes
    from relgraph.analysis.matrix import Matrix
    from relgraph.analysis.ties import Ties
    from relgraph.backup.writing import Backup
    from relgraph.ingest.claims import Claims
    from relgraph.ingest.load import Progress
    from relgraph.ingest.plan import Plan
    from relgraph.query.named import Library
    from relgraph.query.results import Rows
    from relgraph.query.show import Shown
    from relgraph.query.status import Status
    from relgraph.store import Connection


NOTHING_LOADED = "No source is loaded: `relgraph load` loads those that are bundled."


def open_graph(target: str | Path | None = None, *, tracer: Callable[[str], object] | None = None) -> Graph:
    """Open a graph: a folder, a Neo4j URI, or (without a target) `NEO4J_URI`, `RELGRAPH_GRAPH`, the user's own.

    `tracer` is called with one line for each statement that reaches the engine. Raises `EngineError` where the
    engine cannot be started or reached. Use it in a `with` block, which ends the engine that it started.

    >>> import relgraph
    >>> with relgraph.open(getfixture("tmp_path")) as graph:
    ...     graph.query("RETURN 1 AS one")["one"].tolist()
    [1]
    """
    settings = resolve(target)
    from relgraph.store import open_connection

    return Graph(open_connection(settings, tracer), settings)


class Graph:
    """A graph of defense relationships, on whichever engine holds it; made by `relgraph.open()`."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        self.connection, self.settings = connection, settings

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection, and the embedded engine where this process started it."""
        self.connection.close()

    # --- sources in and out ---

    def load(
        self,
        *sources: str | Path,
        data: str | Path | None = None,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Plan:
        """Make the graph hold what these sources say (without a name: every bundled one); returns what changed.

        `data` says where the files are that a source does not bring. `dry_run` only plans. A source with errors
        raises `DataError` with `.issues`, and the graph is as it was.
        """
        from relgraph.ingest.load import load_sources
        from relgraph.ingest.source import chosen_sources

        return load_sources(self.connection, chosen_sources(sources, data), dry_run=dry_run, progress=progress)

    def unload(self, *sources: str, progress: Progress | None = None) -> Plan:
        """Take away what only these sources claim; a source that is not loaded is a `UsageError`."""
        from relgraph.ingest.load import unload

        return unload(self.connection, sources, progress)

    @staticmethod
    def check(*sources: str | Path, data: str | Path | None = None) -> list[Claims]:
        """Read, map and check these sources (without a name: every bundled one); needs no graph."""
        from relgraph.ingest.check import check_source
        from relgraph.ingest.source import chosen_sources

        return [check_source(source) for source in chosen_sources(sources, data)]

    @staticmethod
    def new_source(name: str, files: Iterable[str | Path]) -> Path:
        """Write a draft of `name/source.toml` from the columns of these files; needs no graph."""
        from relgraph.ingest.drafting import draft

        return draft(name, list(files))

    def backup(self, path: str | Path) -> Backup:
        """Write everything that the graph holds to a file that diffs well; packed, where its name ends in `.gz`."""
        from relgraph.backup.writing import backup

        return backup(self.connection, path)

    def restore(self, path: str | Path, *, replace: bool = False, progress: Progress | None = None) -> Backup:
        """Make an empty graph hold what a backup says, on whichever engine; see `relgraph.backup.restoring`.

        `replace` puts it in the place of whatever the graph holds. On any failure the graph is as it was.
        """
        from relgraph.backup.restoring import restore

        return restore(self.connection, path, replace=replace, progress=progress)

    # --- questions ---

    def rows(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, *, write: bool = False, **named: Any
    ) -> Rows:
        """The rows that a statement returns; reading only, unless `write` says otherwise."""
        from relgraph.query.results import rows_of

        given = {**(parameters or {}), **named}
        if not write:
            return self._explained(rows_of(self.connection.read(cypher, given), cypher), cypher)
        from relgraph.ingest.fingerprint import forget

        written = rows_of(self.connection.write(cypher, given), cypher)
        forget(self.connection)
        return written

    def _explained(self, found: Rows, cypher: str) -> Rows:
        """No rows of what nothing knows, or from a graph without a source, say nothing."""
        if found.rows:
            return found
        from relgraph.query.coverage import loaded_sources
        from relgraph.query.unknown import unknown_names

        nothing = () if loaded_sources(self.connection) else (NOTHING_LOADED,)
        return replace(found, notes=(*found.notes, *unknown_names(self.connection, cypher), *nothing))

    def query(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, *, write: bool = False, **named: Any
    ) -> pandas.DataFrame:
        """The rows that a statement returns, as a DataFrame; `$name` in it is filled from `parameters` or by name."""
        return self.rows(cypher, parameters, write=write, **named).to_dataframe()

    def ask(self, name: str, **parameters: Any) -> pandas.DataFrame:
        """The answer of a query of the library, as a DataFrame.

        `.attrs["note"]` says what no source covers, `.attrs["sources"]` has the sources that the rows name.
        """
        from relgraph.analysis.cite import COLUMN, named_in

        table = self.answer(name, parameters).to_dataframe()
        if COLUMN in table:
            table.attrs["sources"] = named_in(self.connection, table[COLUMN])
        return table

    def answer(self, name: str, parameters: Mapping[str, Any]) -> Rows:
        """The answer of a query of the library, with a note on what the loaded sources do not cover."""
        from relgraph.query.answer import answer

        return answer(self.connection, self.queries().find(name), parameters)

    @staticmethod
    def queries() -> Library:
        """The library of named queries."""
        from relgraph.query.library import load_library

        return load_library()

    def show(self, name: str) -> Shown:
        """One thing, by id, name or alias: its properties and every claim about it."""
        from relgraph.query.show import show

        return show(self.connection, name)

    def status(self, *, digest: bool = False) -> Status:
        """Which engine, where, how much of what, and the loaded sources; `digest` adds a hash of the content."""
        from relgraph.query.status import status

        return status(self.connection, digest=digest)

    def sources(self, name: str | None = None) -> Rows:
        """Every source that is bundled or loaded, a row each; with a name, all about that one."""
        from relgraph.query.catalogue import sources

        return sources(self.connection, name)

    def reconcile(self, source: str, other: str, *, top: int | None = None) -> Rows:
        """Records of two loaded sources that may be one thing, ranked, with the evidence for each pair."""
        from relgraph.analysis.reconcile import reconcile

        return reconcile(self.connection, source, other, top)

    @staticmethod
    def accept(source: str | Path, pairs: str | Path, to: str | Path | None = None) -> tuple[Path, int]:
        """Write the pairs that a person has marked in a table of `reconcile` to the crosswalk of a source."""
        from relgraph.ingest.accepting import accept

        return accept(source, pairs, to)

    def bibtex(self, source: str | None = None) -> str:
        """The citation of one source, or of every one that is bundled or loaded, as BibTeX."""
        from relgraph.query.catalogue import bibtex

        return bibtex(self.connection, source)

    def content_hash(self) -> str:
        """A hash of everything that the graph holds, the same on each engine."""
        from relgraph.query.status import content_hash

        return content_hash(self.connection)

    # --- networks ---

    def network(self, **options: Any) -> networkx.Graph:
        """The network of countries that these options project from the graph; see `relgraph.analysis.network`."""
        from relgraph.analysis.network import network

        return network(self.connection, **options)

    def countries(
        self, *names: str, as_of: Any = None, between: Any = None, sources: Sequence[str] | None = None
    ) -> list[str]:
        """The ids of the countries that are meant: ISO codes, names or aliases in any case, `org:asean` or `@FILE`.

        Who is a member of an organization then, by these sources; see `relgraph.analysis.selection`.
        """
        from relgraph.analysis.policy import Policy
        from relgraph.analysis.selection import select

        return list(select(self.connection, names, Policy.of(as_of=as_of, between=between, sources=sources)))

    def ties(self, *countries: str, **options: Any) -> Ties:
        """All engagements of two or more countries, with what each claim rests on, and what is not covered."""
        from relgraph.analysis.ties import ties

        return ties(self.connection, list(countries), **options)

    def matrix(self, *countries: str, **options: Any) -> Matrix:
        """Who of these countries has what with whom, by kind, domain or year; see `relgraph.analysis.matrix`."""
        from relgraph.analysis.matrix import matrix

        years = {"years": _years(options["years"])} if options.get("years") else {}
        return matrix(self.connection, list(countries), **{**options, **years})

    def diff(self, first: date | str, last: date | str, **options: Any) -> Changes:
        """What began, ended, or may have, between two days; see `relgraph.analysis.changes`."""
        from relgraph.analysis.changes import diff

        return diff(self.connection, first, last, **options)

    def dyads(
        self, years: Sequence[int | str], codes: Sequence[str] = ("cow", "gw"), **options: Any
    ) -> pandas.DataFrame:
        """A row for each two states and year, for regression; see `relgraph.analysis.dyads`."""
        from relgraph.analysis.dyads import dyads

        return dyads(self.connection, _years(years), codes, **options)

    def conflicts(self, **options: Any) -> Rows:
        """Where sources disagree on a thing: its dates, kind, parties or name; see `relgraph.query.conflicts`."""
        from relgraph.query.conflicts import conflicts

        return conflicts(self.connection, **options)

    def panel(self, measure: Callable[..., Any], days: Iterable[date | str], **options: Any) -> pandas.DataFrame:
        """A measure on many days, in long form; see `relgraph.analysis.panel`."""
        from relgraph.analysis.panel import panel

        return panel(self.connection, measure, days, **options)

    def stability(self, measure: Callable[..., Any] | str, **options: Any) -> pandas.DataFrame:
        """The band of ranks of each country over networks beside this one; see `relgraph.analysis.stability`."""
        from relgraph.analysis.stability import stability

        return stability(self.connection, measure, **options)

    def drawn(
        self, query: str | None = None, parameters: Mapping[str, Any] | None = None, **options: Any
    ) -> networkx.Graph:
        """The network that `export` writes: that of `options`, or of what a query returns (its name, or Cypher).

        `options` are those of `network`, and `since` and `until`. Nothing that they leave out is in it.
        """
        from relgraph.export.drawn import drawn

        if query is None:
            return drawn(self.connection, **options)
        answer = self.answer if query.isidentifier() else self.rows
        return drawn(self.connection, answer(query, parameters or {}), query, **options)

    def export(
        self,
        path: str | Path,
        *,
        query: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        look: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Path:
        """Write what `drawn` gives to a file, in the format of its ending.

        `.html`, `.graphml`, `.gexf`, `.csv`, `.json`; `look` holds the options of the page (title, marking,
        layout, focus, compare), of which the other formats take the marking.
        """
        from relgraph.export import write

        return write(self.drawn(query, parameters, **options), path, **(look or {}))


def _years(given: Iterable[Any]) -> tuple[Any, ...]:
    """Years that are numbers as texts."""
    return tuple(f"{year:04d}" if isinstance(year, int) else year for year in given)
