"""What a cluster or Aura asks of a client: reads to its readers, writes to its writer, bookmarks, verified TLS."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.ingest.making import pact
from tests.store.relays import Relay
from tests.store.test_unreachable import certificate, refused

from relgraph.graph import Graph
from relgraph.store import open_connection

if TYPE_CHECKING:
    from tests.engines.running import Engine

pytestmark = pytest.mark.only_on("neo4j-5", "neo4j-2026")
BEGIN, READS, MARKED = b"\xb1\x11", b"\x84mode\x81r", b"\x89bookmarks"
BOOKMARK = re.compile(rb"\x88bookmark[\x80-\x8f\xd0].?(FB:[\w+/=]+)", re.DOTALL)


class Cluster(NamedTuple):
    """One server that looks like three: it is asked who is who, read from and written to at three ports."""

    router: Relay
    reader: Relay
    writer: Relay


@pytest.fixture
def cluster(engine: Engine, connection: object) -> Iterator[Cluster]:
    target = int(engine.target.rpartition(":")[2])
    with ExitStack() as stack:
        reader, writer, router = (stack.enter_context(Relay(target)) for _ in range(3))
        router.roles |= {b"READ": reader.port, b"WRITE": writer.port, b"ROUTE": router.port}
        yield Cluster(router, reader, writer)


@pytest.fixture
def far(engine: Engine, cluster: Cluster) -> Iterator[Graph]:
    """The graph, opened by the address of the cluster and nothing else."""
    settings = replace(engine.settings, uri=f"neo4j://127.0.0.1:{cluster.router.port}")
    with open_connection(settings) as connection:
        yield Graph(connection, settings)


def test_reads_go_to_readers_and_writes_to_the_writer(far: Graph, cluster: Cluster, tmp_path) -> None:
    far.load(pact(tmp_path))
    far.network()
    far.ties("JPN", "USA")
    far.backup(tmp_path / "graph.jsonl")
    statement = "MATCH (c:Country) RETURN c.id AS id ORDER BY id"
    assert far.query(statement)["id"].tolist() == ["JPN", "USA"]
    assert statement.encode() in cluster.reader.asked
    assert statement.encode() not in cluster.writer.asked + cluster.router.asked
    assert b"CREATE (:" in cluster.writer.asked
    assert b"CREATE (:" not in cluster.reader.asked + cluster.router.asked
    asked_at_once = 1  # outside of a transaction: the question that finds out whether it answers
    assert cluster.reader.asked.count(READS) == cluster.reader.asked.count(BEGIN) + asked_at_once > 5
    assert READS not in cluster.writer.asked


def test_a_read_after_a_write_waits_for_what_was_written(far: Graph, cluster: Cluster, tmp_path) -> None:
    """Each session is new, and another member may answer: the bookmark of the write goes along."""
    far.load(pact(tmp_path))
    written = BOOKMARK.findall(bytes(cluster.writer.answered))[-1]
    before = len(cluster.reader.asked)
    far.query("RETURN 1 AS one")
    asked = bytes(cluster.reader.asked[before:])
    assert MARKED in asked
    assert written in asked
    far.rows("MATCH (c:Country) SET c.seen = true", write=True)
    assert written in bytes(cluster.writer.asked)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_certificate_that_nobody_vouches_for_is_for_those_who_say_so(engine, graph, scheme, tmp_path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate(tmp_path))
    with Relay(int(engine.target.rpartition(":")[2]), tls=context) as relay:
        relay.roles |= dict.fromkeys((b"READ", b"WRITE", b"ROUTE"), relay.port)
        settings = replace(engine.settings, uri=f"{scheme}+ssc://127.0.0.1:{relay.port}")
        with open_connection(settings) as connection:
            Graph(connection, settings).load(pact(tmp_path))
        assert graph.query("MATCH (c:Country) RETURN c.id AS id ORDER BY id")["id"].tolist() == ["JPN", "USA"]
        said = refused(replace(engine.settings, uri=f"{scheme}+s://127.0.0.1:{relay.port}"))
    assert "no encrypted connection (self-signed certificate)" in said
