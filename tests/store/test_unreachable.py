"""Engines that cannot be reached: one sentence, at once, that names the address and what to do."""

from __future__ import annotations

import datetime as dt
import logging
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relgraph.errors import EngineError, RelgraphError, UsageError
from relgraph.settings import Settings
from relgraph.store import bolt, open_connection

if TYPE_CHECKING:
    from tests.engines.running import Engine

SCHEMES = ("bolt", "neo4j")


def refused(settings: Settings) -> str:
    """What is said when the connection is opened, which takes no long time."""
    started = time.monotonic()
    with pytest.raises(EngineError) as raised:
        open_connection(settings)
    assert time.monotonic() - started < 10
    assert "\n" not in str(raised.value)
    return str(raised.value)


def nowhere() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_listens(scheme: str) -> None:
    uri = f"{scheme}://127.0.0.1:{nowhere()}"
    assert refused(Settings(uri=uri, password="secret")) == (
        f"{uri}: nothing answers there (Connection refused); check the address in NEO4J_URI and that the server runs"
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_host_that_is_not_known(scheme: str) -> None:
    uri = f"{scheme}://no-such-host.invalid:7687"
    assert refused(Settings(uri=uri)).startswith(f"{uri}: nothing answers there (")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_something_else_listens(scheme: str) -> None:
    def answer(client: socket.socket) -> None:
        client.recv(100)
        client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with listening(answer) as port:
        assert "HTTP" in refused(Settings(uri=f"{scheme}://127.0.0.1:{port}"))


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_nobody_vouches_for_is_refused(scheme: str, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate(tmp_path))

    def answer(client: socket.socket) -> None:
        with context.wrap_socket(client, server_side=True) as encrypted:
            encrypted.recv(100)

    with listening(answer) as port:
        said = refused(Settings(uri=f"{scheme}://localhost:{port}"))
    assert "no encrypted connection" in said
    assert "certificate" in said


def certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate and its key."""
    paths = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2"]
    subprocess.run([*command, "-out", paths[0], "-keyout", paths[1]], check=True, capture_output=True)
    return paths


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port on which something answers that is no Bolt server."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with client:
                    try:
                        answer(client)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=10)


@pytest.mark.only_on("neo4j-5", "neo4j-2026")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_server_that_has_no_tls(engine: Engine, scheme: str) -> None:
    uri = address(engine, f"{scheme}+s")
    assert refused(replace(engine.settings, uri=uri)).startswith(f"{uri}: no encrypted connection (")


@pytest.mark.only_on("neo4j-5", "neo4j-2026")
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("password", ["", "wrong-password"])
def test_a_wrong_password(engine: Engine, scheme: str, password: str) -> None:
    settings = Settings(uri=address(engine, scheme), username="someone", password=password)
    said = refused(settings)
    assert said.startswith(f"{settings.uri}: user 'someone' was refused (")
    assert said.endswith("; set NEO4J_USERNAME and NEO4J_PASSWORD")
    assert not password or password not in said


@pytest.mark.only_on("neo4j-5", "neo4j-2026")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_database_that_is_not_there(engine: Engine, scheme: str) -> None:
    settings = replace(engine.settings, uri=address(engine, scheme), database="nosuch")
    assert refused(settings) == f"{settings.uri}: there is no database 'nosuch'; name another in NEO4J_DATABASE"


@pytest.mark.only_on("neo4j-5", "neo4j-2026")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_both_schemes_reach_one_server(engine: Engine, scheme: str) -> None:
    with open_connection(replace(engine.settings, uri=address(engine, scheme))) as connection:
        assert connection.read("RETURN date('2020-01-01') AS d").rows == [[dt.date(2020, 1, 1)]]


def address(engine: Engine, scheme: str) -> str:
    assert engine.settings.uri is not None
    return f"{scheme}://{engine.settings.uri.partition('://')[2]}"


def test_no_password_in_an_address() -> None:
    with pytest.raises(UsageError, match="not in the address") as raised:
        open_connection(Settings(uri="bolt://neo4j:secret@localhost:7687"))
    assert "secret" not in str(raised.value)


def test_an_address_that_is_none() -> None:
    for uri in ("bolt://localhost:port", "bolt://localhost?a=b"):
        with pytest.raises(RelgraphError):
            open_connection(Settings(uri=uri))


def test_the_driver_is_silent_without_handlers() -> None:
    assert any(isinstance(handler, logging.NullHandler) for handler in logging.getLogger("neo4j").handlers)


@pytest.mark.parametrize(("variable", "loud"), [(None, False), ("WARNING", True)])
def test_notifications_are_for_tests(monkeypatch: pytest.MonkeyPatch, variable: str | None, loud: bool) -> None:
    import neo4j

    monkeypatch.delenv(bolt.NOTIFICATIONS)
    if variable:
        monkeypatch.setenv(bolt.NOTIFICATIONS, variable)
    given = {}
    monkeypatch.setattr(neo4j.GraphDatabase, "driver", lambda *_, **options: given.update(options))
    bolt.open_driver("bolt://localhost", bolt.Login("neo4j", ""))
    assert given["notifications_min_severity"] == given["warn_notification_severity"] == (variable if loud else "OFF")
