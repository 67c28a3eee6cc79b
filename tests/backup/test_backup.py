"""A backup is the whole graph as lines that diff well, and the same graph again on any engine."""

from __future__ import annotations

import csv
import gzip
import io
import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.ingest.making import PACT, make_source, pact, sound
from tests.ingest.pool import pool

import relgraph
from relgraph.backup.reading import Reading
from relgraph.errors import EngineError, UsageError
from relgraph.query.contents import digest
from relgraph.store import open_connection

FEW = settings(
    max_examples=4,
    derandomize=True,
    phases=[Phase.generate],  # to shrink what is loaded three times takes minutes
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.differing_executors],
)
TEXT = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" '\"`{}\\;日"), min_size=1).map(
    lambda text: f"x{text}x"
)
DATE = st.sampled_from(["", "1951", "1951-09", "1951-09-08", "../1816-01-01", "1952~"])
AGREEMENT = st.tuples(TEXT, DATE, st.sets(st.sampled_from(["JPN", "USA", "AUS"]), min_size=1))
SOURCES = st.lists(st.tuples(st.lists(AGREEMENT, min_size=1, max_size=4), st.integers(1, 99)), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A graph of the embedded engine, from which backups go to each engine and to which they come back."""
    with relgraph.open(tmp_path_factory.mktemp("home") / "graph") as graph:
        yield graph


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return pool(tmp_path_factory.mktemp("pool"))


def table(header: str, rows: list[tuple]) -> str:
    """A CSV file."""
    file = io.StringIO()
    csv.writer(file).writerows([header.split(","), *rows])
    return file.getvalue()


def made(folder, number: int, agreements: list, priority: int):
    """A source with these agreements, some ids of which other sources have too."""
    things = [(f"a-{n}", name, "treaty", "", start, "") for n, (name, start, _) in enumerate(agreements)]
    ties = [(f"a-{n}", party, "", "", "") for n, each in enumerate(agreements) for party in sorted(each[2])]
    tables = {
        "agreements.csv": table("id,name,kind,signed,start,end", things),
        "parties.csv": table("agreement,party,role,certainty,quote", ties),
    }
    return make_source(folder, f"source-{number}", PACT, tables, priority=priority)


def emptied(graph: relgraph.Graph) -> relgraph.Graph:
    graph.rows("MATCH (n) DETACH DELETE n", write=True)
    return graph


@FEW
@given(drawn=SOURCES)
def test_whatever_sources_say_goes_to_each_engine_and_back(drawn, graph, engine, home, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    engine.wipe()
    folders = [made(folder, number, *each) for number, each in enumerate(drawn)]
    for each in folders:
        sound(each)
    emptied(home).load(*folders)
    there = home.backup(folder / "there.jsonl")
    graph.restore(there.path)
    back = graph.backup(folder / "back.jsonl")
    assert graph.content_hash() == home.content_hash() == there.content_hash == back.content_hash
    assert back.path.read_bytes() == there.path.read_bytes()
    home.restore(back.path, replace=True)
    assert home.backup(folder / "again.jsonl").path.read_bytes() == there.path.read_bytes()


def test_a_restored_graph_is_the_one_that_was_loaded(graph, home, sources, tmp_path):
    chosen = [sources[each] for each in (("treaties", 1), ("dataset", 1), ("paper", 1))]
    emptied(home).load(*chosen)
    graph.restore(home.backup(tmp_path / "graph.jsonl.gz").path)
    counted = [each.status().plain() for each in (graph, home)]
    assert counted[0]["sources"] == counted[1]["sources"] != []
    assert (counted[0]["things"], counted[0]["ties"]) == (counted[1]["things"], counted[1]["ties"])
    assert graph.show("anpo").plain() == home.show("anpo").plain()
    assert str(graph.load(*chosen)) == "+0 ~0 -0"
    assert str(graph.load(sources["paper", 2])) == str(home.load(sources["paper", 2]))
    graph.unload("paper")
    home.unload("paper")
    assert graph.content_hash() == home.content_hash()


def test_the_lines_are_readable_and_sorted_and_change_where_the_graph_does(graph, tmp_path):
    graph.load(pact(tmp_path))
    before = graph.backup(tmp_path / "a.jsonl").path.read_text("utf-8").splitlines()
    assert json.loads(before[0]) == {"relgraph": "backup", "format": 1, "schemaVersion": 1}
    assert json.loads(before[-1]) == {"things": 4, "ties": 5, "content_hash": graph.content_hash()}
    assert [before[1:5], before[5:-1]] == [sorted(before[1:5]), sorted(before[5:-1])]
    graph.load(pact(tmp_path, parties="agreement,party,role,certainty,quote\npact,JPN,signatory,stated,\n"))
    after = graph.backup(tmp_path / "b.jsonl").path.read_text("utf-8").splitlines()
    assert set(after[:-1]) < set(before)
    assert [json.loads(line).get("tie", "USA") for line in before if line not in after[:-1]][:-1] == [
        "USA", "CITED_IN", "PARTY_TO"
    ]  # fmt: skip


def test_it_is_packed_by_its_name_and_readable_by_its_user_only(graph, tmp_path):
    graph.load(pact(tmp_path))
    plain, packed = (graph.backup(tmp_path / name).path for name in ("graph.jsonl", "graph.jsonl.gz"))
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert graph.backup(tmp_path / "other.gz").path.read_bytes() == packed.read_bytes()
    assert {path.stat().st_mode & 0o777 for path in (plain, packed)} == {0o600}


def test_what_a_user_wrote_goes_along_and_what_cannot_is_counted(graph, home, tmp_path):
    emptied(home).load(pact(tmp_path))
    kept = home.backup(tmp_path / "kept.jsonl")
    home.rows(
        "MATCH (c:Country {id: 'JPN'}) SET c:Pinned, c.rank = [1, 2], c.share = 2.0 "
        "CREATE (n:`My ``Note` {id: 'n', text: 'line\nline', `a b`: true, day: date('2020-02-29')})"
        "-[:ABOUT {weight: 1.5, id: 7, source: ''}]->(c) "
        "CREATE (:Nameless {id: ''})-[:ABOUT]->(:Nameless {id: ' '}) "
        "CREATE (:Loose {text: 'no id'})-[:ABOUT]->(c) CREATE (:Twin {id: 't'}) CREATE (:Twin {id: 't'}) "
        "CREATE (:Timed {id: 'at', at: datetime('2020-01-01T00:00:00Z')})",
        write=True,
    )
    assert home.content_hash() == home.status(digest=True).engine.rows[0][-1] != kept.content_hash
    backup = home.backup(tmp_path / "more.jsonl")
    assert (backup.things, backup.ties) == (kept.things + 3, kept.ties + 2)
    assert backup.left_out == {
        "it has no label or no id": 1,
        "an end of it cannot be kept": 1,
        "another has its label and its id": 2,
        "a value of it is a DateTime": 1,
    }
    graph.restore(backup.path)
    assert graph.content_hash() == backup.content_hash
    returned = "n.text, n.`a b`, n.day, t.weight, t.id, t.source, c.rank, c.share"
    statement = f"MATCH (n {{id: 'n'}})-[t]->(c:Pinned) RETURN {returned}"
    assert graph.rows(statement).rows == home.rows(statement).rows
    assert len(graph.rows(statement).rows) == 1
    home.rows("MATCH (n) WHERE n:Loose OR n:Twin OR n:Timed DETACH DELETE n", write=True)
    assert home.content_hash() == backup.content_hash


def test_a_graph_that_holds_something_is_given_up_only_when_told_so(graph, sources, tmp_path):
    graph.load(sources["treaties", 1])
    backup = graph.backup(tmp_path / "graph.jsonl")
    graph.load(sources["treaties", 2], sources["paper", 1])
    held = graph.content_hash()
    with pytest.raises(UsageError, match=r"holds \d+ things already; restore into an empty graph, or say --replace"):
        graph.restore(backup.path)
    assert graph.content_hash() == held
    assert graph.restore(backup.path, replace=True) == backup
    assert graph.content_hash() == backup.content_hash
    assert str(graph.load(sources["treaties", 1])) == "+0 ~0 -0"


def test_a_restore_that_breaks_off_leaves_the_graph_as_it_was(graph, sources, tmp_path, monkeypatch):
    graph.load(sources["treaties", 1])
    backup = graph.backup(tmp_path / "graph.jsonl")
    graph.load(sources["paper", 1])
    held = graph.content_hash()

    def interrupted(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        graph.restore(backup.path, replace=True, progress=interrupted)
    assert graph.content_hash() == held
    monkeypatch.setattr("relgraph.backup.restoring.hash_of_contents", lambda _: "another")
    with pytest.raises(EngineError, match=r"would not hold what .* says, so that nothing was restored"):
        graph.restore(backup.path, replace=True)
    assert graph.content_hash() == held


def test_a_backup_that_cannot_be_written_leaves_the_one_before(graph, tmp_path, monkeypatch):
    graph.load(pact(tmp_path))
    path = graph.backup(tmp_path / "graph.jsonl").path
    before = path.read_bytes()

    def full(_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("relgraph.backup.writing.encoded", full)
    with pytest.raises(UsageError, match="No space left"):
        graph.backup(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".part"] == []
    with pytest.raises(UsageError, match="cannot be written"):
        graph.backup(tmp_path / "nowhere" / "graph.jsonl")


def test_a_backup_is_of_one_state(graph, engine, sources, tmp_path, monkeypatch):
    """Another source is loaded when the first things have been read."""
    graph.load(sources["treaties", 1])
    with relgraph.Graph(open_connection(engine.settings), engine.settings) as other:

        def meanwhile(row: list) -> str:
            monkeypatch.undo()
            other.load(sources["paper", 1])
            return digest(row)

        monkeypatch.setattr("relgraph.backup.writing.digest", meanwhile)
        backup = graph.backup(tmp_path / "graph.jsonl")
    assert backup.content_hash == graph.content_hash()
    list(Reading(backup.path))
