"""The embedded engine as a process has it: its folder, its silence, its end."""

from __future__ import annotations

import json
import signal
import socket
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest
from tests.store.processes import end, process, says, tell

from relgraph.errors import EngineError
from relgraph.settings import Settings
from relgraph.store import embedded, open_connection
from relgraph.store import folder as data

COUNT = "MATCH (n:Country) RETURN count(n) AS n"
HOLD = "with opened() as c:\n    say('open')\n    wait()\n"


def settings(folder: Path) -> Settings:
    return Settings(folder=folder, database="relgraph")


def countries(folder: Path) -> int:
    with open_connection(settings(folder)) as connection:
        return connection.read(COUNT).rows[0][0]


def test_what_was_written_is_there_the_next_time(tmp_path: Path) -> None:
    with open_connection(settings(tmp_path / "g")) as connection:
        connection.write("CREATE (:Country {id: 'JPN'})")
    assert countries(tmp_path / "g") == 1


def test_two_connections_of_one_process_share_the_engine(tmp_path: Path) -> None:
    first = open_connection(settings(tmp_path))
    with open_connection(settings(tmp_path)) as second:
        second.write("CREATE (:Country {id: 'JPN'})")
    assert first.read(COUNT).rows == [[1]]
    first.close()
    first.close()
    assert not (tmp_path / data.RUNTIME).exists()


def test_the_folder_is_for_its_user_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "graph"
    with open_connection(settings(folder)):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        secrets = [folder / data.RUNTIME, folder / "config" / "server-users.jsonl"]
        assert {stat.S_IMODE(path.stat().st_mode) for path in secrets} == {0o600}


def test_passwords_are_in_no_log_and_no_repr(tmp_path: Path) -> None:
    with open_connection(settings(tmp_path)) as connection:
        runtime = json.loads((tmp_path / data.RUNTIME).read_text())
        shown = repr(connection._endpoint) + str(connection.engine)
    words = [runtime["reader"]["password"], runtime["writer"]["password"]]
    logs = "".join(path.read_text(errors="replace") for path in (tmp_path / data.LOG).glob("*") if path.is_file())
    assert not [word for word in words if word in shown + logs]


def test_nothing_listens_beyond_this_machine(tmp_path: Path) -> None:
    with process(HOLD, tmp_path) as holder:
        says(holder)
        listed = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=True).stdout
    mine = [line.split()[3] for line in listed.splitlines() if f"pid={holder.pid}," in line]
    assert mine
    assert {address.rpartition(":")[0] for address in mine} <= {"127.0.0.1", "[::ffff:127.0.0.1]", "[::1]"}


def test_the_engine_writes_nothing_to_the_users_streams(tmp_path: Path) -> None:
    program = """
    c = opened()
    c.write("CREATE (:Country)")
    try:
        c.read("RETRUN 1")
    except Exception:
        c.close()
    """
    with process(program, tmp_path) as running:
        assert running.communicate(timeout=60) == ("", "")
    assert (tmp_path / data.LOG / "arcadedb.log.0").stat().st_size > 0


def test_nothing_is_written_to_the_working_folder(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    with process("opened().close()", tmp_path / "graph", cwd=tmp_path / "here") as running:
        assert running.wait(timeout=60) == 0
    assert list((tmp_path / "here").iterdir()) == []


def test_a_taken_port_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        free = embedded._free_port
        ports = iter([taken.getsockname()[1], free()])
        monkeypatch.setattr(embedded, "_free_port", lambda: next(ports))
        assert countries(tmp_path) == 0


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": "x"}', '{"format": 99}'])
def test_a_folder_of_another_format_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / data.MARKER).write_text(content)
    with pytest.raises(EngineError, match=r"relgraph\.json"):
        open_connection(settings(tmp_path))


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(EngineError, match="not a relgraph folder"):
        open_connection(settings(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for target in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(EngineError, match="a file, not a folder"):
            open_connection(settings(target))


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    program = """
    import signal
    from relgraph.store import embedded
    if os.geteuid() == 0:  # who may write anywhere
        os.setgroups([])
        os.setuid(65534)
    try:
        embedded.embedded_endpoint(Path(sys.argv[1]))
    except Exception as error:
        say(type(error).__name__, error)
    """
    with tempfile.TemporaryDirectory() as name:
        parent = Path(name)
        open_connection(settings(parent / "ours")).close()
        (parent / "locked").mkdir()
        for folder in (parent / "ours", parent / "locked", parent):
            folder.chmod(0o555)
        for folder in (parent / "ours", parent / "locked", parent / "locked" / "below"):
            with process(program, folder) as running:
                assert says(running).startswith(f"EngineError {folder}: cannot be written")
        for folder in (parent, parent / "ours", parent / "locked"):
            folder.chmod(0o755)


def test_sigterm_ends_the_engine_cleanly(tmp_path: Path) -> None:
    with process(HOLD, tmp_path) as holder:
        says(holder)
        assert end(holder, signal.SIGTERM) == 128 + signal.SIGTERM
    assert not (tmp_path / data.RUNTIME).exists()
    assert "shutdown correctly" in "".join(path.read_text() for path in (tmp_path / data.LOG).glob("*.jsonl"))


def test_a_process_that_forgets_to_close_ends_cleanly(tmp_path: Path) -> None:
    with process("c = opened(); c.write('CREATE (:Country)')", tmp_path) as running:
        assert running.wait(timeout=60) == 0
    assert not (tmp_path / data.RUNTIME).exists()
    assert countries(tmp_path) == 1


def test_a_forked_child_leaves_the_engine_alone(tmp_path: Path) -> None:
    program = """
    c = opened()
    if os.fork() == 0:
        sys.exit()
    os.wait()
    say(c.read("RETURN 1 AS one").rows)
    c.close()
    """
    with process(program, tmp_path) as running:
        assert says(running) == "[[1]]"


def test_the_next_process_starts_after_a_kill(tmp_path: Path) -> None:
    program = "c = opened(); c.write('CREATE (:Country)'); say('written'); wait()"
    for written in range(1, 4):
        with process(program, tmp_path) as running:
            says(running)
            end(running)
        assert (tmp_path / data.RUNTIME).exists()
        assert countries(tmp_path) == written


def test_a_fresh_password_at_each_start(tmp_path: Path) -> None:
    found = []
    for _ in range(2):
        with open_connection(settings(tmp_path)):
            found.append(json.loads((tmp_path / data.RUNTIME).read_text())["writer"]["password"])
    assert len(set(found)) == 2


def test_logs_do_not_grow_without_end(tmp_path: Path) -> None:
    for _ in range(15):
        open_connection(settings(tmp_path)).close()
    assert len(list((tmp_path / data.LOG).glob("*"))) < 30


def test_a_waiting_process_goes_on_when_told(tmp_path: Path) -> None:
    with process(HOLD, tmp_path) as holder:
        says(holder)
        tell(holder)
        assert holder.wait(timeout=30) == 0
