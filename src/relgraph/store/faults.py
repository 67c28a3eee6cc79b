"""Errors of drivers and engines in relgraph's own words: whose fault, where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from relgraph.errors import EngineError, QueryError, RelgraphError

if TYPE_CHECKING:
    from neo4j.exceptions import DriverError, Neo4jError

    from relgraph.store.endpoint import Endpoint

_POSITIONS = (
    re.compile(r"(?:Syntax error at )?\bline (?P<line>\d+):(?P<zero>\d+) - "),  # the embedded engine
    re.compile(r"at line (?P<line>\d+), column (?P<zero>\d+).*", re.DOTALL),  # and again
    re.compile(r"\(line (?P<line>\d+), column (?P<one>\d+) \(offset: \d+\)\).*", re.DOTALL),  # Neo4j
)
_MEMORY = re.compile(r"OutOfMemory|heap space|StackOverFlow", re.IGNORECASE)
_REASON = re.compile(r"Couldn't connect to .*?reason \[Errno [-\d]+\] (.*?)\)*$", re.DOTALL)
_LEAVING = {  # what an embedded engine still says while it stops
    "Neo.ClientError.Security.Unauthorized",
    "Neo.ClientError.Request.Invalid",
}
WRITE_REMEDY = "use --write if that is what you want"
_CLIENT = "Neo.ClientError."


class HolderLeft(EngineError):
    """The process whose embedded engine was asked has ended, or is about to; what was not being committed is undone."""


@contextmanager
def naming(cypher: str, lines_before: int = 0) -> Iterator[None]:
    """Note on an error of the engine which statement it is about; the driver must see the error itself.

    `lines_before` is how many lines of ours stood before the statement's own when it was run.
    """
    from neo4j.exceptions import Neo4jError

    try:
        yield
    except UnicodeEncodeError as error:
        raise QueryError("query: a text in it or in its parameters is no Unicode; give it in UTF-8", cypher) from error
    except (ValueError, TypeError, OverflowError) as error:  # from packing what is sent
        raise QueryError(f"query: a parameter cannot be sent ({error})", cypher) from error
    except Neo4jError as error:
        error.statement, error.lines_before = cypher, lines_before  # type: ignore[attr-defined]
        raise


@contextmanager
def too_large(endpoint: Endpoint) -> Iterator[None]:
    """Turn a lack of memory into an `EngineError` at once: servers call it transient, so the driver would try again."""
    from neo4j.exceptions import Neo4jError

    try:
        yield
    except Neo4jError as error:
        if _MEMORY.search(f"{error.code} {error.message}"):
            raise _of_engine(error, endpoint) from error
        raise


@contextmanager
def translated(endpoint: Endpoint) -> Iterator[None]:
    """Turn what the driver raises inside the block into a `QueryError` or an `EngineError`."""
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except Neo4jError as error:
        raise _of_engine(error, endpoint) from error
    except DriverError as error:
        raise _of_driver(error, endpoint) from error


@contextmanager
def in_doubt(endpoint: Endpoint) -> Iterator[None]:
    """For the time of a commit: where the holder leaves, nobody is to do again what it may have done."""
    try:
        with translated(endpoint):
            yield
    except HolderLeft as error:
        raise _of_commit(endpoint) from error


def _of_engine(error: Neo4jError, endpoint: Endpoint) -> RelgraphError:
    code, message = error.code or "", _clean(error.message or str(error))
    query = getattr(error, "statement", None)
    closed = endpoint.kind != "neo4j" and (code in _LEAVING or message == endpoint.database)  # all that it says then
    if closed or not endpoint.stands():
        return _gone(endpoint, message)
    if code.startswith(f"{_CLIENT}Security."):
        return _of_security(code, message, endpoint, query)
    if _MEMORY.search(code) or _MEMORY.search(message):
        more = ", or give the server more (server.memory.heap.max_size, dbms.memory.transaction.total.max)"
        return EngineError(
            f"{endpoint.where}: this takes more memory than the engine has, and nothing of it was kept; "
            f"do less at a time (fewer sources or rows, a smaller query){more if endpoint.kind == 'neo4j' else ''}"
        )
    if code == f"{_CLIENT}Database.DatabaseNotFound":
        return EngineError(
            f"{endpoint.where}: there is no database {endpoint.database!r}; name another in NEO4J_DATABASE"
        )
    if code == f"{_CLIENT}Schema.ConstraintValidationFailed":
        detail = "" if message.startswith("Error executing") else f" ({message})"
        return QueryError(f"query: two things would have one id{detail}, so nothing was changed", query)
    if message == "Transaction error on commit":  # all that the embedded engine says of a full disk
        return EngineError(
            f"{endpoint.where}: the change could not be written, and nothing of it was kept; "
            "make room on the disk (the folder's log may say more)"
        )
    if code == f"{_CLIENT}Statement.AccessMode":
        return QueryError(f"query: it would change the graph, and only reading is allowed here; {WRITE_REMEDY}", query)
    if message.startswith("Error executing Cypher command"):  # and then the whole text, but not why
        return EngineError(f"{endpoint.where}: the engine could not carry it out; try again, or see the folder's log")
    if code.startswith(_CLIENT) or not (error.is_retryable() or code.startswith("Neo.TransientError.")):
        return _of_statement(message, query, getattr(error, "lines_before", 0))
    return EngineError(f"{endpoint.where}: the engine could not finish ({message}); try again")


def _of_statement(message: str, query: str | None, lines_before: int) -> QueryError:
    line, column, words = _position(message)
    if line is None or line <= lines_before:
        return QueryError(f"query: {words}", query)
    line -= lines_before
    return QueryError(f"query, line {line}, column {column}: {words}", query, line, column)


def _of_security(code: str, message: str, endpoint: Endpoint, query: str | None) -> RelgraphError:
    if code.endswith(("Unauthorized", "AuthenticationRateLimit", "CredentialsExpired", "TokenExpired")):
        return EngineError(
            f"{endpoint.where}: user {endpoint.writer.username!r} was refused ({message}); "
            "set NEO4J_USERNAME and NEO4J_PASSWORD"
        )
    if endpoint.kind == "neo4j":
        return QueryError(f"query: user {endpoint.writer.username!r} may not do this ({message})", query)
    known = message if message.startswith("User ") else "it would change the graph"
    return QueryError(f"query: {known}, and only reading is allowed here; {WRITE_REMEDY}", query)


def _of_driver(error: DriverError, endpoint: Endpoint) -> RelgraphError:
    from neo4j.exceptions import (
        BrokenRecordError,
        ConfigurationError,
        IncompleteCommit,
        ServiceUnavailable,
        SessionExpired,
        TransactionError,
    )

    reason = _clean(_REASON.sub(r"\1", str(error))) or type(error).__name__
    if isinstance(error, IncompleteCommit):
        return _of_commit(endpoint)
    if tls := _tls(error):
        return EngineError(f"{endpoint.where}: no encrypted connection ({tls}); check the address in NEO4J_URI")
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return _gone(endpoint, reason)
    if isinstance(error, BrokenRecordError):
        return QueryError("query: it returns a value that has no place here, such as a date before the year 1")
    if isinstance(error, TransactionError):
        return QueryError(f"query: {reason}")
    if isinstance(error, ConfigurationError):
        return EngineError(f"{endpoint.where}: {reason}; give another address")
    return EngineError(f"{endpoint.where}: {reason}; try again")


def _tls(error: BaseException | None) -> str | None:
    """What is wrong with the encryption or the certificate, if that is the cause."""
    import ssl

    while error is not None:
        if isinstance(error, ssl.SSLError):
            return getattr(error, "verify_message", "") or error.reason or "the server speaks no TLS"
        error = error.__cause__ or error.__context__
    return None


def _of_commit(endpoint: Endpoint) -> EngineError:
    return EngineError(
        f"{endpoint.where}: the connection broke while a change was being committed, so that it holds "
        "wholly or not at all; run the command again, which does only what is left to do"
    )


def _gone(endpoint: Endpoint, reason: str) -> EngineError:
    if endpoint.kind == "joined":
        told = "the process that held the graph has ended; run the command again and it opens the graph itself"
        return HolderLeft(f"{endpoint.where}: {told}")
    told = f"nothing answers there ({reason}); check the address in NEO4J_URI and that the server runs"
    if endpoint.kind == "embedded":
        told = (
            "the engine broke off, and nothing was kept of what was under way; "
            "do less at a time if that was large, or see the log in the folder"
        )
    return EngineError(f"{endpoint.where}: {told}")


def _clean(message: str) -> str:
    return " ".join(message.split()).rstrip(".")


def _position(message: str) -> tuple[int | None, int | None, str]:
    """Line and column from 1 that a message names, and the message without them."""
    for pattern in _POSITIONS:
        if found := pattern.search(message):
            column = int(found["one"]) if "one" in pattern.groupindex else int(found["zero"]) + 1
            before, after = message[: found.start()], message[found.end() :]
            return int(found["line"]), column, (before + after).strip(" -")
    return None, None, message
