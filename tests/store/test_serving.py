"""`serve`: an embedded graph as a Bolt endpoint for other tools."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
from pathlib import Path

import pytest
from tests.store.processes import process, says, tell
from tests.store.test_read_only import ATTEMPTS, everything

from relgraph.errors import EngineError, UsageError
from relgraph.settings import Settings
from relgraph.store import open_connection
from relgraph.store.serving import Service, serve


def settings(folder: Path) -> Settings:
    return Settings(folder=folder, database="relgraph")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(service: Service, username: str, password: str, cypher: str) -> list[list[object]]:
    """What a client that knows only Bolt gets."""
    from neo4j import GraphDatabase

    with GraphDatabase.driver(service.uri, auth=(username, password)) as driver, driver.session() as session:
        return session.run(cypher).values()


def test_a_reader_and_a_writer(tmp_path: Path) -> None:
    from neo4j.exceptions import AuthError, Forbidden

    port = free_port()
    with serve(settings(tmp_path), port=port) as service:
        assert (service.uri, service.database, service.folder) == (f"bolt://127.0.0.1:{port}", "relgraph", tmp_path)
        run(service, service.writer.username, service.writer.password, "CREATE (:Country {id: 'JPN'})")
        reader = (service.reader.username, service.reader.password)
        assert run(service, *reader, "MATCH (n) RETURN n.id AS id") == [["JPN"]]
        with pytest.raises(Forbidden):
            run(service, *reader, "CREATE (:Country {id: 'USA'})")
        for login in [("reader", ""), ("reader", "x"), ("root", ""), ("nobody", "x")]:
            with pytest.raises(AuthError):
                run(service, *login, "RETURN 1 AS one")
    with open_connection(settings(tmp_path)) as connection:
        assert connection.read("MATCH (n) RETURN count(n) AS n").rows == [[1]]


@pytest.mark.filterwarnings("ignore::neo4j.warnings.Neo4jWarning")
def test_whatever_a_reader_sends_the_graph_stays_as_it_is(tmp_path: Path) -> None:
    """A client that we did not write has no guard before it: there the login itself must hold."""
    from neo4j import GraphDatabase
    from neo4j.exceptions import DriverError, Neo4jError

    with serve(settings(tmp_path), port=free_port()) as service, open_connection(settings(tmp_path)) as connection:
        connection.write("CREATE (:Country {id: 'JPN', name: 'Japan'})-[:TIE]->(:Country {id: 'USA'}), (:Lone)")
        before = everything(connection)
        with GraphDatabase.driver(service.uri, auth=service.reader.auth) as driver:
            for attempt in ATTEMPTS:
                with driver.session() as session, contextlib.suppress(DriverError, Neo4jError):
                    session.run(attempt, label="New").consume()
                assert everything(connection) == before, attempt


def test_relgraph_joins_what_is_served(tmp_path: Path) -> None:
    program = "with opened() as c:\n    say(c.engine.kind, c.read('RETURN 1 AS one').rows)"
    with serve(settings(tmp_path), port=free_port()), process(program, tmp_path) as other:
        assert says(other) == "joined [[1]]"


def test_the_instructions_name_address_and_logins(tmp_path: Path) -> None:
    with serve(settings(tmp_path), port=free_port()) as service:
        said = service.instructions()
    assert service.uri in said[0]
    assert sum(service.reader.password in line for line in said) == 1
    assert sum(service.writer.password in line for line in said) == 1
    assert not [line for line in said if "-p " in line]  # a password in a command line is seen by all
    assert service.reader.password not in repr(service)


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EngineError, match=str(port)), serve(settings(tmp_path), port=port):
            pass
    with open_connection(settings(tmp_path)) as connection:  # the folder is free again
        assert connection.engine.kind == "embedded"


def test_a_folder_that_another_process_holds(tmp_path: Path) -> None:
    with process("with opened() as c:\n    say('open')\n    wait()", tmp_path) as holder:
        says(holder)
        with (
            pytest.raises(EngineError, match=f"already open in process {holder.pid}"),
            serve(settings(tmp_path), port=free_port()),
        ):
            pass
        tell(holder)


def test_a_server_serves_itself() -> None:
    with pytest.raises(UsageError, match="serves itself"), serve(Settings(uri="bolt://localhost")):
        pass


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_wait_ends_on_ctrl_c_and_sigterm(tmp_path: Path, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with serve(settings(tmp_path), port=free_port()) as service:
        threading.Timer(0.3, os.kill, (os.getpid(), number)).start()
        service.wait()
    assert signal.getsignal(number) in (before, signal.SIG_DFL) or number == signal.SIGTERM


def test_other_addresses_only_when_asked(tmp_path: Path) -> None:
    port = free_port()
    with serve(settings(tmp_path), port=port), pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", port), timeout=2)
    with serve(settings(tmp_path), host="127.0.0.2", port=port) as service:
        assert service.uri == f"bolt://127.0.0.2:{port}"
        assert run(service, "reader", service.reader.password, "RETURN 1 AS one") == [[1]]


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = rf"^127\.0\.0\.1:{port}: cannot be listened on; free it, or give another --port or --host$"
        with pytest.raises(EngineError, match=said), serve(settings(tmp_path), port=port):
            pass
        said = rf"^nowhere\.invalid:{port}: cannot be listened on; free it, or give another --port or --host$"
        with pytest.raises(EngineError, match=said), serve(settings(tmp_path), host="nowhere.invalid", port=port):
            pass
