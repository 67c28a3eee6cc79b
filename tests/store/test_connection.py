"""What a connection promises, on every engine."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
from typing import TYPE_CHECKING, Any

import neo4j
import pytest

from relgraph.errors import EngineError, QueryError
from relgraph.store import Connection, Result, Transaction, open_connection
from relgraph.store.committing import TOO_LATE, UNKNOWN, Committing

if TYPE_CHECKING:
    from tests.engines.running import Engine

IDS = "MATCH (n:Country) RETURN n.id AS id ORDER BY id"


def create(*ids: str) -> tuple[str, dict[str, Any]]:
    return "UNWIND $ids AS id CREATE (:Country {id: id})", {"ids": list(ids)}


def test_read_gives_keys_and_rows(connection: Connection) -> None:
    assert connection.read("UNWIND [1, 2] AS a RETURN a, $b AS b", {"b": "x"}) == Result(
        ["a", "b"], [[1, "x"], [2, "x"]]
    )


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("MATCH (n:Nothing) RETURN n.id AS id", ["id"]),
        ("MATCH (n:Nothing {id: $b}) RETURN n.a, coalesce(n.b, n.c) AS d ORDER BY d LIMIT 1", ["n.a", "d"]),
        ("MATCH (n:Nothing) RETURN n AS a UNION MATCH (m:Nothing) RETURN m AS a", ["a"]),
        ("CALL db.labels() YIELD label WHERE label = 'Nothing' RETURN label", ["label"]),
        ("SHOW INDEXES YIELD name WHERE name = 'nothing' RETURN name", ["name"]),
    ],
)
def test_an_answer_without_rows_has_its_columns(connection: Connection, query: str, keys: list[str]) -> None:
    assert connection.read(query, {"b": 1}) == Result(keys, [])


def test_dates_are_pythons_own_wherever_they_stand(connection: Connection) -> None:
    day = dt.date(2017, 5, 12)
    row = connection.read("RETURN $d AS a, [$d, [1]] AS b, {d: $d} AS c, [{d: [$d]}] AS e", {"d": day}).rows[0]
    assert row == [day, [day, [1]], {"d": day}, [{"d": [day]}]]
    ends = [dt.date(1, 1, 1), dt.date(9999, 12, 31)]
    assert connection.read("RETURN $ends AS ends", {"ends": ends}).rows == [[ends]]


def test_other_moments_can_be_written_as_iso(connection: Connection) -> None:
    row = connection.read("RETURN datetime('2020-01-02T03:04:05Z') AS a, duration('P1Y2M3D') AS b").rows[0]
    assert [value.iso_format() for value in row] == ["2020-01-02T03:04:05.000000000+00:00", "P1Y2M3D"]


def test_things_ties_and_paths_stay_the_drivers(connection: Connection) -> None:
    connection.write("CREATE (:Country {id: 'JPN'})-[:TIE {id: 't'}]->(:Country {id: 'USA'})")
    thing, tie, path = connection.read("MATCH p = (a {id: 'JPN'})-[t]->(b) RETURN a, t, p").rows[0]
    assert isinstance(thing, neo4j.graph.Node)
    assert isinstance(tie, neo4j.graph.Relationship)
    assert isinstance(path, neo4j.graph.Path)
    assert (thing["id"], tie["id"], len(path)) == ("JPN", "t", 1)


def test_transact_commits_when_the_work_returns(connection: Connection) -> None:
    def work(transaction: Transaction) -> int:
        transaction.run(*create("JPN"))
        transaction.run(*create("USA"))
        return transaction.run("MATCH (n:Country) RETURN count(n) AS n").rows[0][0]

    assert connection.transact(work) == 2
    assert connection.read(IDS).rows == [["JPN"], ["USA"]]


@pytest.mark.parametrize("failure", [ValueError("mine"), KeyboardInterrupt(), SystemExit(3)])
def test_transact_rolls_back_on_any_exception(connection: Connection, failure: BaseException) -> None:
    def work(transaction: Transaction) -> None:
        transaction.run(*create("JPN"))
        raise failure

    with pytest.raises(type(failure)) as raised:
        connection.transact(work)
    assert raised.value is failure
    assert connection.read(IDS).rows == []


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), SystemExit(3)])
def test_an_interrupt_stays_one_whatever_the_driver_raises_of_it(
    connection: Connection, failure: BaseException, monkeypatch
) -> None:
    """As it does where a signal comes amid a read: the buffer that was read into cannot be given up."""
    unclean, leave = BufferError("Existing exports of data: object cannot be re-sized"), neo4j.Session.__exit__

    def left(session: neo4j.Session, *raised: Any) -> None:
        leave(session, *raised)
        if raised[0]:
            raise unclean

    def amid(transaction: Transaction) -> None:
        try:
            raise failure
        finally:
            raise unclean

    def before(transaction: Transaction) -> None:
        raise failure

    for work in (amid, before):
        with pytest.raises(type(failure)) as raised:
            connection.transact(work)
        assert raised.value is failure
        monkeypatch.setattr(neo4j.Session, "__exit__", left)
    monkeypatch.undo()
    try:
        raise failure
    except type(failure):  # and what goes wrong later is none
        rows = connection.stream("UNWIND range(1, 9) AS n RETURN n")
        assert next(rows) == [1]
        rows.close()
        with pytest.raises(QueryError, match="RETRUN"):
            connection.read("RETRUN 1")


def test_transact_rolls_back_when_a_later_statement_fails(connection: Connection) -> None:
    def work(transaction: Transaction) -> None:
        transaction.run(*create("JPN"))
        transaction.run("RETRUN 1")

    with pytest.raises(QueryError, match="RETRUN") as raised:
        connection.transact(work)
    assert raised.value.query == "RETRUN 1"
    assert connection.read(IDS).rows == []


@pytest.mark.parametrize("way", ["write", "transact"])
def test_a_statement_that_fails_half_way_changes_nothing(connection: Connection, way: str) -> None:
    connection.write("CREATE CONSTRAINT relgraph_country_id IF NOT EXISTS FOR (n:Country) REQUIRE n.id IS UNIQUE")
    twice = create(*map(str, range(300)), "0")
    arguments = twice if way == "write" else (lambda transaction: transaction.run(*twice),)
    with pytest.raises(QueryError, match="two things would have one id"):
        getattr(connection, way)(*arguments)
    assert connection.read(IDS).rows == []


def test_ctrl_c_ends_what_is_under_way_and_rolls_back(connection: Connection) -> None:
    def work(transaction: Transaction) -> None:
        transaction.run(*create("JPN"))
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
        for start in range(100):
            rows = f"UNWIND range({start} * 100000, {start} * 100000 + 99999) AS i"
            transaction.run(f"{rows} WITH i WHERE i % 1000 = 0 CREATE (:Country {{id: toString(i)}})")

    with pytest.raises(KeyboardInterrupt):
        connection.transact(work)
    assert connection.read(IDS).rows == []
    connection.write(*create("USA"))
    assert connection.read(IDS).rows == [["USA"]]


def test_conflicting_transactions_are_tried_again(connection: Connection, engine: Engine) -> None:
    connection.write("CREATE (:Counter {id: 'a', n: 0}), (:Counter {id: 'b', n: 0})")

    def count_up(order: str) -> None:
        def work(transaction: Transaction) -> None:
            for name in order:
                read = "MATCH (c:Counter {id: $id}) SET c.taken = 1 RETURN c.n AS n"
                number = transaction.run(read, {"id": name}).rows[0][0]
                transaction.run("MATCH (c:Counter {id: $id}) SET c.n = $n", {"id": name, "n": number + 1})

        with open_connection(engine.settings) as other:
            for _ in range(5):
                other.transact(work)

    threads = [threading.Thread(target=count_up, args=(order,)) for order in ("ab", "ba", "ab")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    counted = connection.read("MATCH (c:Counter) RETURN c.id AS id, c.n AS n ORDER BY id").rows
    assert counted == [["a", 15], ["b", 15]]


def test_what_one_connection_wrote_another_reads(connection: Connection, engine: Engine) -> None:
    connection.write(*create("JPN"))
    with open_connection(engine.settings) as other:
        assert other.read(IDS).rows == [["JPN"]]


def test_write_can_commit_in_batches(connection: Connection) -> None:
    connection.write("UNWIND range(1, 10) AS i CALL (i) { CREATE (:Country {id: toString(i)}) } IN TRANSACTIONS")
    assert len(connection.read(IDS).rows) == 10


def test_the_tracer_shows_every_statement_but_no_long_value(engine: Engine) -> None:
    lines: list[str] = []
    with open_connection(engine.settings, tracer=lines.append) as traced:
        traced.read("RETURN $rows AS rows,\n  $name AS name", {"rows": [1, 2, 3], "name": "x" * 1000})
        traced.transact(lambda transaction: transaction.run("RETURN 1 AS one"))
        with pytest.raises(QueryError):
            traced.write("RETRUN 1")
    assert [line.split(" ms  ")[1] for line in lines] == [
        "1 rows  RETURN $rows AS rows, $name AS name  {rows: 3 items, name: str of 1002}",
        "1 rows  RETURN 1 AS one",
        "failed  RETRUN 1",
    ]


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [("RETRUN 1", 1, 1), ("MATCH (n)\nRETURN n.id AS id\nORDR BY id", 3, 1), ("RETURN 1 AS a AS b", 1, 15)],
)
@pytest.mark.parametrize("way", ["read", "write"])
def test_a_syntax_error_names_its_place(connection: Connection, query: str, line: int, column: int, way: str) -> None:
    with pytest.raises(QueryError) as raised:
        getattr(connection, way)(query)
    error = raised.value
    assert (error.query, error.line, error.column) == (query, line, column)
    assert str(error).startswith(f"query, line {line}, column {column}: ")
    assert error.pointer() == f"{query.splitlines()[line - 1]}\n{' ' * (column - 1)}^"


@pytest.mark.parametrize(
    ("query", "parameters", "words"),
    [
        ("", None, "it is empty"),
        (" \n", None, "it is empty"),
        ("RETURN x AS y", None, "x"),
        ("RETURN $x AS x", None, "x"),
        ("RETURN '\udcff' AS x", {}, "a text in it or in its parameters is no Unicode; give it in UTF-8"),
        ("RETURN $x AS x", {"x": "\udcff"}, "a text in it or in its parameters is no Unicode; give it in UTF-8"),
        ("RETURN $x AS x", {"x": object()}, "a parameter cannot be sent"),
        ("RETURN $x AS x", {"x": 10**30}, "a parameter cannot be sent"),
        ("RETURN 1 / 0 AS x", None, "by zero"),
        ("RETURN date('-0001-01-01') AS x", None, "a value that has no place here"),
        ("RETURN 1 AS one; RETURN 2 AS two", None, ";|statement"),
    ],
)
def test_a_query_at_fault_is_a_query_error(connection: Connection, query: str, parameters: Any, words: str) -> None:
    with pytest.raises(QueryError, match=words) as raised:
        connection.read(query, parameters)
    assert str(raised.value).startswith("query")
    assert "\n" not in str(raised.value)


def test_many_rows(connection: Connection) -> None:
    rows = connection.read("UNWIND range(1, 20000) AS i RETURN i, toString(i) AS text").rows
    assert (len(rows), rows[-1]) == (20_000, [20_000, "20000"])


def test_the_engine_is_named(connection: Connection, engine: Engine) -> None:
    found = connection.engine
    assert found.where == engine.target
    assert found.kind == ("neo4j" if engine.settings.uri else "embedded")
    assert found.name == ("Neo4j" if engine.settings.uri else "ArcadeDB")
    assert found.version[0].isdigit()


def test_a_closed_connection_says_so(engine: Engine) -> None:
    connection = open_connection(engine.settings)
    connection.close()
    with pytest.raises(EngineError, match="closed"):
        connection.read("RETURN 1 AS one")


class Pressed(Committing):
    """Someone presses Ctrl-C when the work is done and the commit is still to come."""

    times = 1

    def after(self, work):
        result = super().after(work)
        for _ in range(self.times):
            signal.raise_signal(signal.SIGINT)
        return result


def test_ctrl_c_amid_a_commit_waits_until_the_change_holds(connection: Connection, monkeypatch) -> None:
    monkeypatch.setattr("relgraph.store.connection.Committing", Pressed)
    with pytest.raises(KeyboardInterrupt, match=TOO_LATE):
        connection.transact(lambda transaction: transaction.run(*create("JPN")))
    assert connection.read(IDS).rows == [["JPN"]]
    assert connection.changes == 1
    with pytest.raises(KeyboardInterrupt):  # and from now on it comes through again
        signal.raise_signal(signal.SIGINT)


def test_a_second_ctrl_c_does_not_wait(connection: Connection, monkeypatch) -> None:
    monkeypatch.setattr("relgraph.store.connection.Committing", Pressed)
    monkeypatch.setattr(Pressed, "times", 2)
    with pytest.raises(KeyboardInterrupt, match=UNKNOWN):
        connection.transact(lambda transaction: transaction.run(*create("JPN")))
    assert connection.read(IDS).rows in ([], [["JPN"]])
