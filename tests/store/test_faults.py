"""What drivers and engines raise, in relgraph's words; that which no test can bring about on a real engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from neo4j import exceptions

from relgraph.errors import EngineError, QueryError, RelgraphError
from relgraph.store.bolt import read_in
from relgraph.store.endpoint import Endpoint, Login
from relgraph.store.faults import HolderLeft, in_doubt, naming, translated


def endpoint(kind: str = "neo4j") -> Endpoint:
    where = "bolt://host" if kind == "neo4j" else "/graph"
    return Endpoint(kind, "bolt://host", "neo4j", Login("reader", "s3cret"), Login("me", "s3cret"), where)


def said(error: Exception, kind: str = "neo4j", statement: str | None = None) -> RelgraphError:
    with pytest.raises(RelgraphError) as raised, translated(endpoint(kind)), naming(statement or "RETURN 1"):
        raise error
    assert "s3cret" not in str(raised.value)
    assert "\n" not in str(raised.value)
    return raised.value


def of_server(code: str, message: str) -> exceptions.Neo4jError:
    return exceptions.Neo4jError._hydrate_neo4j(code=code, message=message)


@pytest.mark.parametrize(
    "code",
    [
        "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
        "Neo.TransientError.General.OutOfMemoryError",
        "Neo.TransientError.Transaction.TransactionOutOfMemoryError",
    ],
)
def test_too_large_a_transaction(code: str) -> None:
    error = said(of_server(code, "The allocation of an extra 2.0 MiB would use more than the limit."))
    assert isinstance(error, EngineError)
    assert str(error) == (
        "bolt://host: this takes more memory than the engine has, and nothing of it was kept; "
        "do less at a time (fewer sources or rows, a smaller query), "
        "or give the server more (server.memory.heap.max_size, dbms.memory.transaction.total.max)"
    )


def test_a_user_who_may_not() -> None:
    error = said(of_server("Neo.ClientError.Security.Forbidden", "Create node is not allowed."))
    assert str(error) == "query: user 'me' may not do this (Create node is not allowed)"


def test_a_leader_that_is_gone() -> None:
    error = said(of_server("Neo.TransientError.Cluster.NotALeader", "No leader"))
    assert isinstance(error, EngineError)
    assert str(error) == "bolt://host: the engine could not finish (No leader); try again"


def test_a_commit_of_which_nothing_is_known() -> None:
    error = said(exceptions.IncompleteCommit("Failed to read from defunct connection"))
    assert isinstance(error, EngineError)
    assert "holds wholly or not at all; run the command again" in str(error)


def test_a_read_whose_connection_breaks_at_its_end_is_run_again() -> None:
    class Session:
        breaks = 2

        def execute_read(self, work: object) -> object:
            self.breaks -= 1
            if self.breaks >= 0:
                raise exceptions.IncompleteCommit("Failed to read from defunct connection")
            return work

    assert read_in(Session(), "read") == "read"  # type: ignore[arg-type]


def test_an_engine_of_our_own_that_breaks_off() -> None:
    error = said(exceptions.ServiceUnavailable("Failed to read from defunct connection"), "embedded")
    assert isinstance(error, EngineError)
    assert str(error).startswith("/graph: the engine broke off, and nothing was kept of what was under way; do less")


def test_an_engine_that_repeats_a_long_statement() -> None:
    statement = "CREATE (:Country) " * 1000
    error = said(of_server("Neo.DatabaseError.General.UnknownError", f"Error executing Cypher command: {statement}"))
    assert isinstance(error, EngineError)
    assert len(str(error)) < 100


@pytest.mark.parametrize("code", ["Neo.ClientError.Security.Unauthorized", "Neo.ClientError.Request.Invalid"])
def test_an_engine_that_is_stopping(code: str) -> None:
    error = said(of_server(code, "BEGIN not expected in state: AUTHENTICATION"), "joined")
    assert isinstance(error, HolderLeft)
    assert "the process that held the graph has ended" in str(error)


def test_whatever_is_said_by_an_engine_that_is_not_offered_any_more() -> None:
    left = replace(endpoint("joined"), stands=lambda: False)
    with pytest.raises(HolderLeft), translated(left):
        raise of_server("Neo.ClientError.Statement.ExecutionError", "Cannot invoke a method of null")
    with pytest.raises(EngineError, match="holds wholly or not at all; run the command") as raised, in_doubt(left):
        raise of_server("Neo.DatabaseError.General.UnknownError", "neo4j")
    assert not isinstance(raised.value, HolderLeft)


def test_an_engine_whose_database_is_closed_already() -> None:
    error = said(of_server("Neo.DatabaseError.General.UnknownError", "neo4j"), "joined")
    assert isinstance(error, HolderLeft)
    assert "the process that held the graph has ended" in str(error)


def test_the_statement_at_fault_is_kept() -> None:
    refusal = of_server("Neo.ClientError.Statement.SyntaxError", "No (line 1, column 3 (offset: 2))\n\"RETRUN\"\n   ^")
    error = said(refusal, statement="RETRUN 1")
    assert isinstance(error, QueryError)
    assert (str(error), error.query, error.line, error.column) == ("query, line 1, column 3: No", "RETRUN 1", 1, 3)


def test_what_is_not_the_drivers_passes() -> None:
    failure = ValueError("mine")
    with pytest.raises(ValueError, match="mine"), translated(endpoint()):
        raise failure
