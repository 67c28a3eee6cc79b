"""Several processes on one embedded graph."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.store.processes import BEGIN, end, environ, process, says, tell

from relgraph.errors import EngineError
from relgraph.settings import Settings
from relgraph.store import Transaction, embedded, open_connection
from relgraph.store import folder as data

OWNER = """
with opened() as c:
    c.write("CREATE (:Country {id: 'JPN'})")
    say(c.engine.kind)
    wait()
"""
IDS = "MATCH (n:Country) RETURN n.id AS id ORDER BY id"
ASKER = f"""
with opened() as c:
    say(c.engine.kind, c.read({IDS!r}).rows)
"""
CHANGER = """
with opened() as c:
    c.write("CREATE (:Country {id: 'KOR'})")
    say(c.engine.kind)
"""


def settings(folder: Path) -> Settings:
    return Settings(folder=folder, database="relgraph")


def test_a_second_process_joins(tmp_path: Path) -> None:
    with process(OWNER, tmp_path) as owner:
        assert says(owner) == "embedded"
        with open_connection(settings(tmp_path)) as joined:
            assert joined.engine.kind == "joined"
            assert joined.read("MATCH (n:Country) RETURN n.id AS id").rows == [["JPN"]]
            joined.write("CREATE (:Country {id: 'KOR'})")
            with pytest.raises(Exception, match="only reading"):
                joined.read("CREATE (:Country)")
        tell(owner)
        assert owner.wait(timeout=30) == 0
    with open_connection(settings(tmp_path)) as alone:
        assert alone.engine.kind == "embedded"
        assert alone.read("MATCH (n:Country) RETURN count(n) AS n").rows == [[2]]


@pytest.mark.parametrize(
    ("how", "first"), [("leaves", "read"), ("is killed", "read"), ("leaves", "write"), ("is killed", "engine")]
)
def test_when_the_owner_goes_the_others_go_on(tmp_path: Path, how: str, first: str) -> None:
    with process(OWNER, tmp_path) as owner, open_connection_after(owner, tmp_path) as joined:
        joined.read("RETURN 1 AS one")
        leave(owner, how)
        if first == "engine":
            assert joined.engine.kind == "embedded"
        else:
            assert getattr(joined, first)(IDS).rows == [["JPN"]]
        assert joined.engine.kind == "embedded"
        with process(ASKER, tmp_path) as another:
            assert says(another) == "joined [['JPN']]"


def test_when_the_owner_goes_the_others_join_the_next(tmp_path: Path) -> None:
    with process(OWNER, tmp_path) as owner, open_connection_after(owner, tmp_path) as joined:
        leave(owner, "leaves")
        with process(OWNER, tmp_path) as successor:
            assert says(successor) == "embedded"
            assert joined.read(IDS).rows == [["JPN"], ["JPN"]]
            assert joined.engine.kind == "joined"


def test_a_connection_that_is_closed_does_not_go_on(tmp_path: Path) -> None:
    with process(OWNER, tmp_path) as owner, open_connection_after(owner, tmp_path) as joined:
        leave(owner, "leaves")
        joined.close()
        with pytest.raises(EngineError, match="this connection is closed"):
            joined.read(IDS)
        assert data.read_runtime(tmp_path) is None


def test_rows_that_arrive_one_by_one_end_with_a_sentence_and_the_next_call_works(tmp_path: Path) -> None:
    with process(OWNER, tmp_path) as owner, open_connection_after(owner, tmp_path) as joined:
        leave(owner, "leaves")
        with pytest.raises(EngineError, match="the process that held the graph has ended; run the command again"):
            next(joined.stream(IDS))
        assert joined.read(IDS).rows == [["JPN"]]


def test_what_two_engines_said_is_not_taken_for_one_state(tmp_path: Path) -> None:
    tries = []
    with process(OWNER, tmp_path) as owner, open_connection_after(owner, tmp_path) as joined:

        def work() -> tuple[object, object]:
            tries.append(joined.read(IDS).rows)
            if len(tries) == 1:
                leave(owner, "leaves")
                with process(CHANGER, tmp_path) as changer:
                    assert says(changer) == "embedded"
                    assert changer.wait(timeout=30) == 0
            return tries[-1], joined.read(IDS).rows

        assert joined.one_state(work) == ([["JPN"], ["KOR"]],) * 2
    assert len(tries) == 2


def test_threads_go_on_together(tmp_path: Path) -> None:
    with (
        process(OWNER, tmp_path) as owner,
        open_connection_after(owner, tmp_path) as joined,
        ThreadPoolExecutor(4) as threads,
    ):
        ended = threading.Event()

        def ask() -> set[str]:
            answers = set()
            while not (last := ended.is_set()) or not answers:
                answers.add(str(joined.one_state(lambda: (joined.read(IDS).rows, joined.read(IDS).rows))))
            return answers if last else set()

        asking = [threads.submit(ask) for _ in range(4)]
        leave(owner, "leaves")
        joined.read(IDS)
        ended.set()
        assert {answer for thread in asking for answer in thread.result(timeout=60)} == {"([['JPN']], [['JPN']])"}
        assert joined.engine.kind == "embedded"


@pytest.mark.parametrize("how", ["leaves", "is killed"])
def test_a_transaction_under_way_when_the_owner_goes_is_done_once(tmp_path: Path, how: str) -> None:
    with process(OWNER, tmp_path) as owner, open_connection_after(owner, tmp_path) as joined:

        def work(transaction: Transaction) -> None:
            transaction.run("CREATE (:Country {id: 'KOR'})")
            leave(owner, how)
            transaction.run("CREATE (:Country {id: 'PHL'})")

        joined.transact(work)
        assert joined.read(IDS).rows == [["JPN"], ["KOR"], ["PHL"]]
        assert joined.changes == 1


@pytest.mark.parametrize("how", ["leaves", "is killed"])
def test_a_change_that_may_have_been_committed_is_not_done_again(tmp_path: Path, how: str) -> None:
    tries = []
    with process(OWNER, tmp_path) as owner, open_connection_after(owner, tmp_path) as joined:

        def work(transaction: Transaction) -> None:
            tries.append(transaction.run("CREATE (:Country {id: 'KOR'})"))
            leave(owner, how)

        with pytest.raises(EngineError, match="it holds wholly or not at all; run the command again"):
            joined.transact(work)
        assert joined.read(IDS).rows == [["JPN"]]
    assert (len(tries), joined.changes) == (1, 0)


def leave(owner: subprocess.Popen[str], how: str) -> None:
    """Have the owner end, if it has not."""
    if owner.poll() is None:
        tell(owner) if how == "leaves" else end(owner)
        owner.wait(timeout=30)


def open_connection_after(owner: subprocess.Popen[str], folder: Path):
    says(owner)
    return open_connection(settings(folder))


def leave_behind(at: Path, **changed: object) -> None:
    """Leave a runtime file as a process might that did not end well."""
    login = {"username": "reader", "password": "x"}
    found = {"folder": str(at), "pid": os.getpid(), "host": "127.0.0.1", "port": 1, "reader": login, "writer": login}
    (at / data.RUNTIME).write_text(json.dumps(found | changed))


def dead_process() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


@pytest.mark.parametrize("stale", ["dead process", "another folder", "not JSON", "no port", "another format"])
def test_a_stale_runtime_file_is_ignored_and_replaced(tmp_path: Path, stale: str) -> None:
    open_connection(settings(tmp_path)).close()
    match stale:
        case "dead process":
            leave_behind(tmp_path, pid=dead_process())
        case "another folder":
            leave_behind(tmp_path, folder="/somewhere/else")
        case "no port":
            leave_behind(tmp_path, port=None)
        case "not JSON":
            (tmp_path / data.RUNTIME).write_text("{")
        case _:
            (tmp_path / data.RUNTIME).write_text("[1, 2]")
    assert data.read_runtime(tmp_path) is None
    with open_connection(settings(tmp_path)) as connection:
        assert connection.engine.kind == "embedded"
        assert data.read_runtime(tmp_path) is not None


def test_a_holder_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "PATIENCE", 0.3)
    program = """
    from filelock import FileLock
    from relgraph.store import folder
    path = folder.prepare(Path(sys.argv[1]))
    lock = FileLock(path / folder.LOCK)
    lock.acquire()
    say("held")
    wait()
    """
    with process(program, tmp_path) as holder:
        says(holder)
        with pytest.raises(EngineError, match="held by another process, which does not answer"):
            open_connection(settings(tmp_path))


def test_processes_that_start_at_once_share_one_engine(tmp_path: Path) -> None:
    program = """
    with opened() as c:
        c.write("CREATE (:Country)")
        say(c.engine.kind)
        wait()
    """
    with ExitStack() as stack:
        started = [stack.enter_context(process(program, tmp_path)) for _ in range(6)]
        kinds = sorted(says(running) for running in started)
        assert kinds == ["embedded"] + ["joined"] * 5
    with open_connection(settings(tmp_path)) as alone:
        assert alone.read("MATCH (n:Country) RETURN count(n) AS n").rows == [[6]]


def test_processes_that_come_and_go_lose_nothing_acknowledged(tmp_path: Path) -> None:
    program = f"""{BEGIN}
from relgraph.errors import EngineError
import time
done = 0
for _ in range(10):
    try:
        with opened() as c:
            c.write("CREATE (:Country)")
            done += 1
    except EngineError:
        time.sleep(0.01)
say(done)
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ())
        for _ in range(3)
    ]
    said = [process.communicate(timeout=300) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
    acknowledged = sum(int(output) for output, _ in said)
    with open_connection(settings(tmp_path)) as alone:
        held = alone.read("MATCH (n:Country) RETURN count(n) AS n").rows[0][0]
    assert acknowledged <= held <= 30
