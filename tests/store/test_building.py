"""A first load in the quicker way: the same graph as in the ordinary one, and only where nobody else is in it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.store.processes import end, process, says

from relgraph.settings import Settings
from relgraph.store import Connection, open_connection
from relgraph.store import folder as data
from relgraph.store.building import Building

TIES = "MATCH (a)-[t]->(b) RETURN labels(a), properties(a), type(t), properties(t), labels(b), properties(b)"
ONE = {
    "id": "pact", "name": "The “Pact”", "lat": -1.5, "size": 2**40, "open": True, "aliases": ["a", "b"], "note": "x\ty",
    "startFrom": date(1, 1, 1), "endBy": date(9999, 12, 31), "signed": "1951-09-08",
}  # fmt: skip
HOLD = "with opened() as c:\n    say(c.engine.kind)\n    wait()\n"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with opened(tmp_path / "g") as connection:
        yield connection


def opened(folder: Path) -> Connection:
    return open_connection(Settings(folder=folder, database="relgraph"))


def fill(building: Building) -> None:
    building.define(["CREATE CONSTRAINT c IF NOT EXISTS FOR (n:Country) REQUIRE n.id IS UNIQUE"])
    building.add_things(("Country", "Actor"), [{"id": "JPN"}, {"id": "USA"}])
    building.add_things(("Agreement", "Engagement"), [ONE])
    building.add_ties("PARTY_TO", "Country", "Agreement", [{"_a": "JPN", "_b": "pact", **ONE, "id": "t"}])


def held(connection: Connection) -> list[list[Any]]:
    return [[sorted(each) if isinstance(each, list) else each for each in row] for row in connection.read(TIES).rows]


def test_every_kind_of_value_arrives_as_it_was(connection: Connection) -> None:
    assert connection.build(fill)
    (tie,) = held(connection)
    assert tie == [["Actor", "Country"], {"id": "JPN"}, "PARTY_TO", ONE | {"id": "t"}, ["Agreement", "Engagement"], ONE]
    assert [type(value) for value in tie[5].values()] == [type(tie[3][name]) for name in tie[5]]
    assert type(tie[5]["startFrom"]) is date
    assert connection.changes == 1


def test_it_is_there_the_next_time_with_its_constraint(tmp_path: Path) -> None:
    with opened(tmp_path) as connection:
        assert connection.build(fill)
        first = held(connection)
    with opened(tmp_path) as connection:
        assert held(connection) == first
        assert ["c"] in connection.read("SHOW CONSTRAINTS YIELD name RETURN name").rows
    assert not (tmp_path / data.BUILDING).exists()


def test_nothing_is_built_beside_a_graph_that_holds_something(connection: Connection) -> None:
    connection.write("CREATE (:Country {id: 'JPN'})")
    assert not connection.build(fill)
    assert connection.read("MATCH (n) RETURN n.id").rows == [["JPN"]]


def test_what_was_written_meanwhile_is_not_lost(connection: Connection) -> None:
    def disturbed(building: Building) -> None:
        fill(building)
        connection.write("CREATE (:Country {id: 'FRA'})")

    assert not connection.build(disturbed)
    assert connection.read("MATCH (n) RETURN n.id").rows == [["FRA"]]


def test_an_index_of_somebody_else_is_not_lost(connection: Connection) -> None:
    connection.define("CREATE INDEX theirs IF NOT EXISTS FOR (n:Country) ON (n.name)")
    assert not connection.build(fill)


def test_nothing_is_built_while_another_connection_is_open(tmp_path: Path) -> None:
    with opened(tmp_path) as connection, opened(tmp_path) as other:
        assert not connection.build(fill)
        assert not other.build(fill)


def test_nothing_is_built_while_another_process_has_joined(tmp_path: Path) -> None:
    with opened(tmp_path) as connection:
        with process(HOLD, tmp_path) as other:
            assert says(other) == "joined"
            assert not connection.build(fill)
            end(other)
        assert connection.build(fill)  # killed, it is no more in the way


def test_a_process_that_joins_later_finds_it(tmp_path: Path) -> None:
    count = "with opened() as c:\n    say(c.engine.kind, c.read('MATCH (n) RETURN count(n)').rows)\n"
    with opened(tmp_path) as connection:
        assert connection.build(fill)
        with process(count, tmp_path) as other:
            assert says(other) == "joined [[3]]"


def test_what_fails_leaves_nothing(connection: Connection) -> None:
    def failing(building: Building) -> None:
        fill(building)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        connection.build(failing)
    assert not (Path(connection.where) / data.BUILDING).exists()
    assert connection.read("MATCH (n) RETURN count(n)").rows == [[0]]
    assert connection.build(fill)


def test_what_the_engine_refuses_is_left_to_the_ordinary_way(connection: Connection) -> None:
    assert not connection.build(lambda building: building.add_things(("Country",), [{"id": "JPN", "size": 2**70}]))
    assert connection.read("MATCH (n) RETURN count(n)").rows == [[0]]


def test_readers_of_the_same_connection_see_nothing_or_all(connection: Connection) -> None:
    seen: set[tuple[int, int]] = set()
    done = threading.Event()

    def count(pattern: str) -> int:
        return connection.read(f"MATCH {pattern} RETURN count(*)").rows[0][0]

    def read() -> None:
        while not done.is_set():
            seen.add(connection.one_state(lambda: (count("(n)"), count("()-[t]->()"))))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    built = connection.build(fill)
    done.set()
    for reader in readers:
        reader.join()
    assert built
    assert seen <= {(0, 0), (3, 1)}
    assert count("(n)") == 3
