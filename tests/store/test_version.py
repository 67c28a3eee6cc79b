"""The version of a graph's schema: an older graph is brought up to date or refused, a newer one is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ingest.making import pact

from relgraph.errors import EngineError
from relgraph.graph import Graph
from relgraph.store import open_connection, version

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engines.running import Engine

    from relgraph.store import Connection

CARRIED = "MATCH (s:Source) RETURN s.schemaVersion"


@pytest.fixture
def loaded(graph: Graph, tmp_path: Path) -> Graph:
    graph.load(pact(tmp_path))
    return graph


def carry(connection: Connection, number: object) -> None:
    connection.write("MATCH (s:Source) SET s.schemaVersion = $number", {"number": number})


def refused(engine: Engine) -> str:
    with pytest.raises(EngineError) as raised:
        open_connection(engine.settings)
    said = str(raised.value)
    assert said.startswith(f"{engine.target}: has schema ")
    assert "\n" not in said
    return said.removeprefix(f"{engine.target}: ")


def test_what_is_loaded_carries_it_and_no_person_sees_it(loaded: Graph) -> None:
    assert loaded.rows(CARRIED).rows == [[version.VERSION]]
    assert "schemaVersion" not in str(loaded.show("pact-source").plain())
    before = loaded.content_hash()
    carry(loaded.connection, None)
    assert loaded.content_hash() == before


def test_a_newer_one_is_refused(loaded: Graph, engine: Engine) -> None:
    carry(loaded.connection, version.VERSION + 1)
    assert refused(engine) == (
        "has schema 2, and this relgraph knows no newer one than 1; install the relgraph that wrote it, or a later one"
    )


def test_one_that_became_newer_meanwhile_is_not_written_to(loaded: Graph, tmp_path: Path) -> None:
    carry(loaded.connection, version.VERSION + 1)
    with pytest.raises(EngineError, match="knows no newer one"):
        loaded.load(pact(tmp_path, "other"))
    assert loaded.rows("MATCH (s:Source) RETURN s.id").rows == [["pact-source"]]


def test_what_is_no_version_is_refused(loaded: Graph, engine: Engine) -> None:
    carry(loaded.connection, "one")
    assert refused(engine) == "has schema 'one', which is none of relgraph's; give another graph"


def test_one_from_before_there_were_versions_is_brought_up_to_date(
    loaded: Graph, engine: Engine, tmp_path: Path
) -> None:
    carry(loaded.connection, None)
    before = loaded.content_hash()
    with open_connection(engine.settings) as connection:
        assert connection.read(CARRIED).rows == [[version.VERSION]]
    assert loaded.content_hash() == before
    assert str(loaded.load(pact(tmp_path))) == "+0 ~0 -0"


def test_an_older_one_takes_each_step_once_on_its_way(loaded: Graph, engine: Engine, monkeypatch) -> None:
    monkeypatch.setattr(version, "VERSION", 3)
    steps = {1: ["MATCH (a:Agreement) SET a.steps = 'one'"], 2: ["MATCH (a:Agreement) SET a.steps = a.steps + ' two'"]}
    monkeypatch.setattr(version, "STEPS", {**version.STEPS, **steps})
    for _ in range(2):
        with open_connection(engine.settings) as connection:
            assert connection.read("MATCH (a:Agreement) RETURN a.steps").rows == [["one two"]]
            assert connection.read(CARRIED).rows == [[3]]


def test_one_that_cannot_be_brought_up_to_date_is_as_it_was(loaded: Graph, engine: Engine, monkeypatch) -> None:
    before = loaded.content_hash()
    monkeypatch.setattr(version, "VERSION", 3)
    monkeypatch.setattr(version, "STEPS", {0: (), 1: ["MATCH (a:Agreement) SET a.steps = 'one'"], 2: ["NO CYPHER"]})
    assert refused(engine).startswith("has schema 1 and could not be brought to schema 3, so that it is as it was (")
    assert loaded.content_hash() == before
    assert loaded.rows(CARRIED).rows == [[1]]
    monkeypatch.setattr(version, "STEPS", {0: (), 1: ()})
    assert refused(engine) == "has schema 1, and nothing leads from schema 2 to 3; load its sources into a new graph"


def test_a_backup_of_an_older_one_takes_the_same_steps(loaded: Graph, tmp_path: Path, monkeypatch) -> None:
    path = loaded.backup(tmp_path / "graph.jsonl").path
    monkeypatch.setattr(version, "VERSION", 2)
    monkeypatch.setattr(version, "STEPS", {0: (), 1: ["MATCH (a:Agreement) SET a.steps = 'one'"]})
    loaded.restore(path, replace=True)
    assert loaded.rows("MATCH (a:Agreement) RETURN a.steps").rows == [["one"]]
    assert loaded.rows(CARRIED).rows == [[2]]
