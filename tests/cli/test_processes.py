"""What only a process of its own shows: pipes, signals, the shell's completion, and what others see of the streams."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
from itertools import islice
from pathlib import Path

import pytest
from tests.cli.conftest import COMMAND
from tests.ingest.making import AGREEMENTS, make_source

import relgraph

HEADER = "id,name,kind,signed,start,end\n"
MANY = "UNWIND range(1, 100000) AS n RETURN n"


def test_a_reader_that_has_seen_enough_is_no_error(folder):
    ended = subprocess.run(
        ["bash", "-c", f"{COMMAND} query '{MANY}' --format csv --graph {folder} | head -n 2; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert (ended.stdout, ended.stderr) == ("n\n1\n0\n", "")


@pytest.mark.parametrize(
    ("streams", "code", "told"),
    [
        ("> /dev/full", 2, "the output: cannot be written (No space left on device); make room on its disk\n"),
        (">&- <&-", 0, ""),
        (">&- 2>&-", 0, ""),
    ],
)
def test_streams_that_are_full_or_closed(folder, streams, code, told):
    command = f"{COMMAND} query '{MANY}' --format csv --graph {folder} {streams}"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (code, "", told and f"relgraph: {told}")


def test_a_statement_from_a_stream_that_is_closed_is_empty(folder):
    command = f"{COMMAND} query -f - --graph {folder} <&-"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (2, "relgraph: -: is empty; write a statement\n")


def test_ctrl_c_amid_a_load_leaves_the_graph_as_it_was_and_ends_with_130(process, tmp_path):
    lines = [f"a-{n},Agreement {n},treaty,,{1900 + n % 100},\n" for n in range(5000)]
    big = make_source(tmp_path / "sources", "big", AGREEMENTS, {"agreements.csv": HEADER + "".join(lines)})
    with relgraph.open(tmp_path / "graph") as graph:
        graph.load()
        before = graph.content_hash()
        loading = process("load", big, "--graph", tmp_path / "graph", "--trace")
        created = re.compile(r"CREATE \(:`?Agreement")
        assert any(map(created.search, loading.stderr)), "it was loaded without a CREATE"
        loading.send_signal(signal.SIGINT)  # between the first things and the commit
        out, err = loading.communicate(timeout=60)
        assert (loading.returncode, out) == (130, "")
        assert err.splitlines()[-1] == "relgraph: interrupted; the graph is as it was"
        assert graph.content_hash() == before


def test_a_statement_may_come_from_a_pipe_and_results_are_utf_8(folder, shell):
    ran = shell("query", "-f", "-", "--graph", folder, given="RETURN '日本' AS name", PYTHONIOENCODING="ascii")
    assert ran.code == 0, ran.err
    assert "日本" in ran.out


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("relgraph que", ["query", "queries"]),
        ("relgraph query agreements_b", ["agreements_between"]),
        ("relgraph load csis", ["csis-hayashi-2020"]),
        ("relgraph measure cent", ["centrality"]),
        ("relgraph status --format ma", ["markdown"]),
    ],
)
def test_the_shell_completes(shell, begun, offered):
    position = str(len(begun.split()) - 1)
    ran = shell(_RELGRAPH_COMPLETE="complete_bash", COMP_WORDS=begun, COMP_CWORD=position)
    assert ran.out.split() == offered


def test_completion_can_be_shown_and_installed(shell, tmp_path):
    shown = shell("--show-completion", "bash")
    assert "_RELGRAPH_COMPLETE" in shown.out
    assert shell("--install-completion", "bash").code == 0
    assert [file for file in (tmp_path / "home").rglob("*") if "relgraph" in file.name]


def test_serve_lets_other_tools_read_the_graph_until_ctrl_c(process, tmp_path):
    import neo4j

    with relgraph.open(tmp_path / "graph") as graph:
        graph.load()
    serving = process("serve", "--graph", tmp_path / "graph", "--port", free_port())
    told = "".join(islice(serving.stdout, 6))
    uri, database = re.search(r"at (\S+), database (\w+)", told).groups()
    user, password = re.search(r"user (\w+), who may only read: +password (\S+)", told).groups()
    with neo4j.GraphDatabase.driver(uri, auth=(user, password)) as driver:
        counted = driver.execute_query("MATCH (c:Country) RETURN count(c) AS n", database_=database)
        assert counted.records[0]["n"] > 10
    serving.send_signal(signal.SIGINT)
    assert serving.communicate(timeout=30) == ("", "")
    assert serving.returncode == 0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as socket_:
        return socket_.getsockname()[1]


def test_without_options_the_graph_is_the_users_own(shell, tmp_path):
    assert shell("query", "RETURN 1 AS one", "--write").code == 0
    (engine,) = json.loads(shell("status", "--format", "json").out)[0]["engine"]
    assert Path(engine["where"]).is_relative_to(tmp_path / "home")
