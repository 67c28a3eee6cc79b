"""The constraints that every graph has."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from relgraph.errors import EngineError, QueryError
from relgraph.model.ontology import load_ontology
from relgraph.store import Connection, open_connection
from relgraph.store.schema import SHOW, constraints, ensure_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.engines.running import Engine


@pytest.fixture
def bare(connection: Connection) -> Iterator[Connection]:
    """A graph without constraints."""
    drop(connection)
    yield connection
    drop(connection)


def drop(connection: Connection) -> None:
    for (name,) in connection.read(SHOW).rows:
        connection.write(f"DROP CONSTRAINT `{name}`")


def test_one_for_each_label_and_one_for_all_engagements() -> None:
    made = constraints(load_ontology())
    assert {constraint.label for constraint in made} == {*load_ontology().labels, "Engagement"}
    country = next(constraint for constraint in made if constraint.label == "Country")
    assert country.name == "relgraph_country_id"
    assert country.cypher == (
        "CREATE CONSTRAINT `relgraph_country_id` IF NOT EXISTS FOR (n:`Country`) REQUIRE n.id IS UNIQUE"
    )


def test_they_are_made_once(bare: Connection, engine: Engine) -> None:
    ensure_schema(bare, load_ontology())
    assert {row[0] for row in bare.read(SHOW).rows} == {c.name for c in constraints(load_ontology())}
    lines: list[str] = []
    with open_connection(engine.settings, tracer=lines.append) as traced:
        ensure_schema(traced, load_ontology())
    assert len(lines) == 1


def test_they_hold(bare: Connection) -> None:
    ensure_schema(bare, load_ontology())
    bare.write("CREATE (:Country:Actor {id: 'JPN'})")
    with pytest.raises(QueryError, match="two things would have one id"):
        bare.write("CREATE (:Country:Actor {id: 'JPN'})")
    bare.write("CREATE (:Organization:Actor {id: 'JPN'})")


def test_one_that_cannot_be_made_is_named(bare: Connection) -> None:
    bare.write("UNWIND [1, 2] AS i CREATE (:Country:Actor {id: 'JPN'})")
    with pytest.raises(EngineError, match="the constraint relgraph_country_id cannot be made"):
        ensure_schema(bare, load_ontology())


def test_two_at_once_make_one_schema(bare: Connection, engine: Engine) -> None:
    failures: list[Exception] = []

    def make() -> None:
        try:
            with open_connection(engine.settings) as other:
                ensure_schema(other, load_ontology())
        except Exception as error:  # noqa: BLE001 - for the assertion below
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(bare.read(SHOW).rows) == len(constraints(load_ontology()))
