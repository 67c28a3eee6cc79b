"""One connection to one graph: reads that cannot write, and writes that happen wholly or not at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from relgraph.errors import QueryError
from relgraph.store.committing import Committing
from relgraph.store.endpoint import Endpoint, Engine
from relgraph.store.faults import in_doubt, naming, too_large, translated
from relgraph.store.values import convert_rows
from relgraph.store.version import QUESTION, ensure_version

if TYPE_CHECKING:
    from pathlib import Path

    import neo4j

    from relgraph.store.building import Building

T = TypeVar("T")
Parameters = Mapping[str, Any] | None
Tracer = Callable[[str], object]
STREAMED = 1_000  # rows of a stream that are in memory at once


@dataclass(frozen=True, slots=True)
class Result:
    """What a statement returned: the names of its columns and its rows, one list each."""

    keys: list[str]
    rows: list[list[Any]]


class Transaction:
    """Statements that take effect together; given to the function that `Connection.transact` runs."""

    def __init__(self, running: neo4j.ManagedTransaction, connection: Connection) -> None:
        self._running, self._connection = running, connection

    def run(self, cypher: str, parameters: Parameters = None) -> Result:
        """Run one statement and return all of its rows."""
        return self._connection._fetch(self._running, cypher, parameters)

    def stream(self, cypher: str) -> Iterator[list[Any]]:
        """The rows of one statement as they arrive."""
        return self._connection._stream(self._running, cypher)


class _Within(threading.local):
    """Whether this thread reads in one state, and the transaction that it does so in, where it has one."""

    one_state = False
    running: neo4j.ManagedTransaction | None = None

    def do(self, running: neo4j.ManagedTransaction | None, work: Callable[[], T]) -> T:
        self.one_state, self.running = True, running
        try:
            return work()
        finally:
            self.one_state, self.running = False, None


class Connection:
    """A graph that answers; made by `relgraph.store.open_connection`, closed by `close()` or a `with` block.

    `tracer` is called with one line for each statement: time, rows, text, parameters by name and size.
    `changes` counts the transactions that were committed. A connection may be shared by threads, and
    outlasts the process that holds an embedded graph.
    """

    def __init__(self, endpoint: Endpoint, tracer: Tracer | None = None) -> None:
        from relgraph.store.bolt import Drivers
        from relgraph.store.readonly import Guard
        from relgraph.store.states import states_of
        from relgraph.store.succession import Succession

        self._tracer = tracer
        self.changes = 0
        self._drivers = Drivers(endpoint)
        self._succession = Succession(self._drivers)
        self._guard = Guard(None if endpoint.enforces_reading else self._plan)
        self._states = states_of(endpoint, self._drivers)
        self._within = _Within()

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def verified(self) -> Connection:
        """Make sure that the engine answers, accepts the login, and holds a graph of this version, or raise an
        `EngineError`; an older graph is brought up to date."""
        try:
            held = self._succession.outlast(lambda: self._drivers.verify(QUESTION))
            ensure_version(self, [version for (version,) in held])
        except BaseException:
            self.close()
            raise
        return self

    def close(self) -> None:
        """End the sessions; the process that holds an embedded engine stops it with its last connection."""
        self._succession.close()

    @property
    def _endpoint(self) -> Endpoint:
        return self._drivers.endpoint

    @property
    def where(self) -> str:
        """The folder or the URI, for messages."""
        return self._endpoint.where

    @property
    def engine(self) -> Engine:
        """What answers this connection, for `relgraph status`."""
        return self._succession.outlast(self._drivers.engine)

    def read(self, cypher: str, parameters: Parameters = None) -> Result:
        """Run a statement that only reads; one that could write is a `QueryError`, on every engine."""
        if self._within.running is not None:  # what the engine says is translated, and tried again, out there
            self._guard.check(cypher)
            return self._fetch(self._within.running, cypher, parameters)
        return self._succession.outlast(lambda: self._read(cypher, parameters))

    def _read(self, cypher: str, parameters: Parameters) -> Result:
        _refuse_empty(cypher)
        self._guard.check(cypher)
        result = self._steady(lambda running: self._fetch(running, cypher, parameters))
        return result if result.keys or self._endpoint.kind == "neo4j" else Result(self._columns(cypher), [])

    def stream(self, cypher: str) -> Iterator[list[Any]]:
        """The rows that a statement reads as they arrive, for answers that should not be in memory all at once."""
        if self._within.running is not None:
            yield from self._stream(self._within.running, cypher)
        else:
            with translated(self._endpoint), self._drivers.session(reading=True) as session:
                yield from self._stream(session, cypher)

    def one_state(self, work: Callable[[], T]) -> T:
        """What `work` returns, all of whose reads see the graph in one state, whatever others commit meanwhile.

        It is called again where a change came between its reads; within another one it is part of that. Where
        changes do not cease for half a minute, an `EngineError` says so.
        """
        if self._within.one_state:
            return work()
        return self._succession.outlast(lambda: self._states.one(lambda running: self._within.do(running, work)))

    def _steady(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Read in one state, where this is not part of what does so as a whole."""

        def read(running: neo4j.ManagedTransaction | None) -> T:
            return work(running) if running is not None else self._drivers.run(work, reading=True)

        return read(None) if self._within.one_state else self._states.one(read)

    def write(self, cypher: str, parameters: Parameters = None) -> Result:
        """Run one statement that may write, in a transaction of its own."""
        _refuse_empty(cypher)
        return self._succession.outlast(lambda: self._write(cypher, parameters))

    def _write(self, cypher: str, parameters: Parameters) -> Result:
        from neo4j.exceptions import Neo4jError

        try:
            return self._committed(lambda running: self._fetch(running, cypher, parameters))
        except Neo4jError as error:
            if self._endpoint.kind != "neo4j" or "implicit transaction" not in str(error):
                raise
        with self._drivers.session(reading=False) as session:  # CALL {…} IN TRANSACTIONS
            return self._fetch(session, cypher, parameters)

    def define(self, cypher: str) -> None:
        """Run a statement that makes a constraint, which is no change of what the graph holds."""
        self._succession.outlast(
            lambda: self._drivers.run(lambda running: self._fetch(running, cypher, None), reading=False)
        )

    def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction: committed when it returns, rolled back on any exception or Ctrl-C.

        `work` may be called again after a transient error (a deadlock, a cluster that elects a leader, another
        process that held the graph and left before the commit). Ctrl-C during the commit waits until the change holds,
        and says so.
        """
        return self._succession.outlast(lambda: self._committed(lambda running: work(Transaction(running, self))))

    def build(self, fill: Callable[[Building], object]) -> bool:
        """Have `fill` write all that an empty graph is to hold, as one change, in less time than `transact` takes.

        Only where this connection alone holds an embedded graph with nothing in it; else False, and nothing was done.
        """
        from relgraph.store.building import built

        committing, done = Committing(), False
        try:
            with built(self._endpoint, lambda building: committing.after(lambda: fill(building))) as database:
                done = database is not None and self._exchange(database)
        finally:
            committing.release(committed=done)
        return done

    def _exchange(self, database: Path) -> bool:
        owner = self._endpoint.owner
        with self._states.changing(), self._drivers.held(), owner.alone() as alone:
            if not alone or not owner.is_blank():
                return False
            replaced = owner.replace(database)
            self._drivers.move(replace(self._endpoint, uri=owner.runtime.uri))
            self.changes += replaced
            return replaced

    def _committed(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        committing, before = Committing(), self.changes
        try:
            with ExitStack() as commit:

                def worked(running: neo4j.ManagedTransaction) -> T:
                    commit.close()  # that of a try before this one, which failed
                    result = committing.after(lambda: work(running))
                    commit.enter_context(self._states.changing())
                    commit.enter_context(in_doubt(self._endpoint))
                    return result

                result = self._drivers.run(worked, reading=False)
                self.changes += 1
        finally:
            committing.release(committed=self.changes > before)
        return result

    def _fetch(self, runner: Any, cypher: str, parameters: Parameters) -> Result:
        with self._traced(cypher, parameters) as rows, naming(cypher), too_large(self._endpoint):
            answer = runner.run(cypher, parameters)
            keys = list(answer.keys())
            rows += convert_rows(answer.values())
        return Result(keys, rows)

    def _stream(self, runner: Any, cypher: str) -> Iterator[list[Any]]:
        with self._traced(cypher, None) as rows, naming(cypher):
            answer = iter(runner.run(cypher))
            while batch := convert_rows([record.values() for record in islice(answer, STREAMED)]):
                rows += [[]] * len(batch)
                yield from batch

    def _plan(self, cypher: str) -> neo4j.ResultSummary:
        def explain(running: neo4j.ManagedTransaction) -> neo4j.ResultSummary:
            with naming(cypher, lines_before=1):
                return running.run(f"EXPLAIN\n{cypher}").consume()

        return self._drivers.run(explain, reading=True)

    def _columns(self, cypher: str) -> list[str]:
        from neo4j.exceptions import Neo4jError

        from relgraph.store.columns import columns_of

        try:
            with self._drivers.session(reading=True) as session:
                plan = session.run(f"EXPLAIN {cypher}").consume().plan or {}
        except Neo4jError:  # what cannot be explained (EXPLAIN itself, SHOW …)
            return []
        return columns_of(plan.get("args", {}).get("string-representation", ""))

    @contextmanager
    def _traced(self, cypher: str, parameters: Parameters) -> Iterator[list[list[Any]]]:
        rows: list[list[Any]] = []
        if self._tracer is None:
            yield rows
            return
        started, outcome = time.perf_counter(), "failed"
        try:
            yield rows
            outcome = f"{len(rows)} rows"
        finally:
            milliseconds = (time.perf_counter() - started) * 1000
            statement = " ".join(cypher.split())
            self._tracer(f"{milliseconds:8.1f} ms  {outcome}  {statement}  {_brief(parameters)}".rstrip())


def _refuse_empty(cypher: str) -> None:
    if not cypher.strip():
        raise QueryError("query: it is empty; give a statement in Cypher", cypher)


def _brief(parameters: Parameters) -> str:
    shown = (f"{name}: {_size(value)}" for name, value in (parameters or {}).items())
    return f"{{{', '.join(shown)}}}" if parameters else ""


def _size(value: Any) -> str:
    if isinstance(value, (list, tuple, dict)):
        return f"{len(value)} items"
    text = repr(value)
    return text if len(text) <= 40 else f"{type(value).__name__} of {len(text)}"
