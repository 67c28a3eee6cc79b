"""Who may do what: passwords stand where their user alone can read them, and text is never taken for Cypher."""

from __future__ import annotations

import csv
import io
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.ingest.making import make_source, sound

import relgraph
from relgraph import cli
from relgraph.settings import Settings
from relgraph.store import open_connection

if TYPE_CHECKING:
    from relgraph.graph import Graph

PASSWORD = "s3cret/with@more"
ADDRESSES = [
    f"{scheme}://neo4j:{PASSWORD}@127.0.0.1:1" for scheme in ("bolt", "neo4j", "neo4j+s", "bolt+ssc", "http", "x")
]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path, list[str]]]:
    """A graph served by a process of its own under a usual umask: the process, its folder, what it has printed."""
    folder = tmp_path / "graph"
    command = [str(Path(sys.executable).with_name("relgraph")), "serve", "--graph", str(folder), "--port", "0"]
    command[-1] = str(_free_port())
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, umask=0o022) as process:
        assert process.stdout
        yield process, folder, [process.stdout.readline() for _ in range(6)]
        process.terminate()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="there is no /proc here that lists processes")
def test_passwords_stand_where_their_user_alone_can_read_them(served) -> None:
    process, folder, told = served
    passwords = [line.split()[-1].encode() for line in told if line.startswith("  user ")]
    assert len(passwords) == 2
    for place in ("cmdline", "environ"):
        assert not any(word in Path(f"/proc/{process.pid}/{place}").read_bytes() for word in passwords)
    assert not Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()  # nor is any other started
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = [path for path in folder.rglob("*") if path.is_file()]
    holding = [path for path in files if any(word in path.read_bytes() for word in passwords)]
    assert [path.name for path in holding] == ["runtime.json"]
    secret = [*holding, *(folder / "config").iterdir()]
    assert {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in secret} == {
        path.name: "0o600" for path in secret
    }


def test_what_serves_other_machines_says_that_it_is_not_encrypted(tmp_path: Path) -> None:
    from relgraph.store.serving import OPEN, serve

    for host, said in (("127.0.0.1", False), ("0.0.0.0", True)):
        with serve(Settings(folder=tmp_path, database="relgraph"), host=host, port=_free_port()) as service:
            assert (OPEN in service.instructions()) is said


@pytest.mark.parametrize("uri", ADDRESSES)
@pytest.mark.parametrize("options", [[], ["--debug"], ["--graph", "a"]], ids=["", "debug", "graph"])
def test_a_password_in_an_address_is_not_repeated(uri: str, options: list[str], tmp_path: Path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEO4J_PASSWORD", "an0ther")
    assert cli._run(["status", "--uri", uri, *options]) == 2
    assert cli._run(["status", uri]) == 2  # where no argument is expected
    monkeypatch.setenv("NEO4J_URI", uri)
    assert cli._run(["status"]) == 2
    told = "".join(capsys.readouterr())
    assert not [word for word in ("s3cret", "with@more", "an0ther") if word in told], told


def test_nothing_logs_or_tells_a_password(tmp_path: Path, caplog, capsys) -> None:
    caplog.set_level(logging.DEBUG)
    traced: list[str] = []
    with open_connection(Settings(folder=tmp_path, database="relgraph"), traced.append) as connection:
        passwords = [login.password for login in (connection._endpoint.reader, connection._endpoint.writer)]
        connection.write("CREATE (:A {id: $id})", {"id": "a"})
        wrong = Settings(uri=connection._endpoint.uri, username="reader", password="wr0ng", database="relgraph")
        with pytest.raises(relgraph.errors.EngineError, match="was refused") as refused:
            open_connection(wrong).close()
    told = f"{caplog.text} {traced} {refused.value} {connection!r} {connection._endpoint!r} {capsys.readouterr()}"
    assert caplog.text
    assert not [word for word in (*passwords, "wr0ng") if word in told]


HOSTILE = [
    "'}) DETACH DELETE n //", '"}) MATCH (n) DETACH DELETE n //', "`) DETACH DELETE n //", "$id", "{id}", "\\", "\\'",
    "\\u0027}) MATCH (n) DETACH DELETE n //", "/* x", "x */ DETACH DELETE n", "; MATCH (n) DETACH DELETE n", "{{a}}",
    "' OR 1=1", "null", "RETURN", "=1+1",
]  # fmt: skip


def source_of(folder: Path) -> Path:
    """Agreements with Cypher in every text that a source may state, and in the names of what it keeps of its own."""
    toml = """
    [source]
    title = "'}) DETACH DELETE n //"
    authors = ["`", "$a"]
    publisher = "\\"}) //"
    licence = "{x}"
    redistributable = true
    citation = "@misc{a, title = {'})}}"
    marking = "' //"
    [[tables]]
    file = "a.csv"
    locator = "{text} in {id}"
    certainty = "stated"
    missing = ["-"]
    [[tables.things]]
    label = "Agreement"
    id = "{id}"
    name = "{text}"
    note = "{text}"
    aliases = { column = "text", split = "|" }
    record = "{text}"
    quote = "{text}"
    said = { "k`}) DELETE n //" = "{text}", "' x" = "{text}" }
    [[tables.ties]]
    type = "PARTY_TO"
    from = { label = "Country", id = "JPN" }
    to = { label = "Agreement", id = "{id}" }
    note = "{text}"
    said = { "a`b" = "{text}" }
    """
    file = io.StringIO(newline="")
    texts = [text.replace("=1", "1") for text in HOSTILE]  # a formula is refused before
    csv.writer(file).writerows([("id", "text"), *((f"a{n}", text) for n, text in enumerate(texts))])
    return make_source(folder, "hostile", toml, {"a.csv": file.getvalue()})


def test_cypher_in_every_text_of_a_source_is_text(graph: Graph, tmp_path: Path) -> None:
    source = source_of(tmp_path)
    sound(source)
    graph.load(source)
    asked = "MATCH (a:Agreement)-[c:CITED_IN]->() RETURN a.id, a.name, a.note, c.record, c.quote"
    rows = graph.connection.read(asked).rows
    assert len(rows) == len(HOSTILE)
    assert all(name == note == record == quote for _, name, note, record, quote in rows)
    assert {row[1] for row in rows} == {text.replace("=1", "1") for text in HOSTILE}
    assert not graph.load(source)
    graph.unload("hostile")
    assert graph.connection.read("MATCH (n) RETURN count(n)").rows == [[0]]


def test_cypher_in_every_parameter_is_text(graph: Graph, tmp_path: Path, thorough: bool) -> None:
    graph.load(source_of(tmp_path))
    before = graph.content_hash()
    for text in HOSTILE if thorough else HOSTILE[:4]:
        assert graph.query("RETURN $a AS a", a=text)["a"].tolist() == [text]
        for ask in (
            lambda text=text: graph.ask("parties_of", agreement=f"{text}?"),
            lambda text=text: graph.show(f"{text}?"),
            lambda text=text: graph.ties("JPN", text),
            lambda text=text: graph.network(kinds=[text]),
            lambda text=text: graph.network(domains=[text], sources=[text]),
            lambda text=text: graph.unload(text),
        ):
            with pytest.raises(relgraph.errors.RelgraphError):
                ask()
    assert graph.content_hash() == before


def test_formulas_in_exported_cells_are_neutralised_unless_asked(graph: Graph, tmp_path: Path) -> None:
    from relgraph.query.formats import render

    rows = graph.rows("RETURN '=1+1' AS `=a`, '＝1' AS b, \"'=1\" AS c, -1 AS d")
    assert render(rows, "csv") == "'=a,b,c,d\r\n'=1+1,'＝1,''=1,-1\r\n"
    assert render(rows, "csv", raw_cells=True) == "=a,b,c,d\r\n=1+1,＝1,'=1,-1\r\n"


def test_raw_cells_is_an_option_of_what_writes_csv(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with relgraph.open(tmp_path / "graph") as graph:
        graph.connection.write("CREATE (:Country {id: 'JPN', name: '=1'})")
        for options, said in (([], "'=1"), (["--raw-cells"], "=1")):
            statement = "MATCH (c:Country) RETURN c.name AS name"
            cli._run(["query", statement, "--format", "csv", "--graph", str(tmp_path / "graph"), *options])
            assert capsys.readouterr().out == f"name\n{said}\n".replace("\n", "\r\n")
        assert cli._run(["export", "a.html", "--raw-cells", "--graph", str(tmp_path / "graph")]) == 2
        assert "--raw-cells is for CSV" in capsys.readouterr().err
    assert os.listdir(tmp_path) == ["graph"]
