"""The suite's own engines: each is the version it claims to be, empty, private, and gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.engines import NEO4J_5, NEO4J_2026, EngineMissing
from tests.engines.jars import jars_of, version
from tests.engines.java import find_java
from tests.engines.server import Neo4jServer


def test_each_test_gets_an_empty_graph(connection):
    assert connection.read("MATCH (n) RETURN count(n) AS things").rows == [[0]]
    connection.write("CREATE (:Country {id: $id})-[:CITED_IN]->(:Source {id: $id})", {"id": "JPN"})
    assert connection.read("MATCH (n) RETURN count(n) AS things").rows == [[2]]


def test_wiping_takes_more_than_one_batch(connection, engine, monkeypatch):
    monkeypatch.setattr("tests.engines.running.BATCH", 2)
    connection.write("UNWIND range(1, 5) AS number CREATE (:Domain {id: toString(number)})")
    engine.wipe()
    assert connection.read("MATCH (n) RETURN count(n) AS things").rows == [[0]]


@pytest.mark.only_on(NEO4J_5, NEO4J_2026)
def test_neo4j_is_the_version_that_its_pom_names(connection, engine):
    assert connection.engine.version == version(engine.name)


@pytest.mark.only_on(NEO4J_5, NEO4J_2026)
def test_neo4j_asks_for_the_password(engine):
    from neo4j import GraphDatabase
    from neo4j.exceptions import AuthError

    with (
        GraphDatabase.driver(engine.settings.uri, auth=("neo4j", "neo4j")) as driver,
        pytest.raises(AuthError),
    ):
        driver.verify_connectivity()


@pytest.mark.skipif(not shutil.which("setpriv"), reason="only Linux's setpriv ties a server to its session")
@pytest.mark.only_on(NEO4J_2026)
def test_a_killed_session_takes_its_server_along(engine, tmp_path):
    """What a CI that runs out of time does: nobody is left to stop the server. (It is tied once Java itself runs.)"""
    script = (
        "import os, signal, time\n"
        "from tests.engines.server import Neo4jServer\n"
        f"server = Neo4jServer({engine.name!r}); server.start()\n"
        "program = lambda: open(f'/proc/{server._process.pid}/cmdline', 'rb').read().split(b'\\0')[0]\n"
        "while not program().endswith(b'java'): time.sleep(0.01)  # for a moment it has no name at all\n"
        "print(server._process.pid, server._home, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environ = {**os.environ, "TMPDIR": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", script], env=environ, stdout=subprocess.PIPE, check=False)
    pid = int(run.stdout.split()[0])
    _wait_until(lambda: _has_ended(pid))


@pytest.mark.only_on(NEO4J_5)
def test_a_server_that_cannot_start_says_why_and_how_to_do_without(engine):
    server = Neo4jServer(engine.name)
    server.conf["no.such.setting"] = "1"
    said = r"neo4j-5 did not start \(.*no\.such\.setting.*RELGRAPH_ENGINES"
    with pytest.raises(EngineMissing, match=said), server:
        server.settings()
    assert not server._home.exists()


def test_a_java_that_is_not_here_is_named():
    with pytest.raises(EngineMissing, match="Java 99"):
        find_java(99)


def test_jars_without_maven_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineMissing, match="Maven"):
        jars_of(NEO4J_5)


def _has_ended(pid: int) -> bool:
    """Gone, or dead while nobody has asked for its exit status: the first process of a container may never ask."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return True


def _wait_until(true, seconds: float = 60) -> None:
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.05)
