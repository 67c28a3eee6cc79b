"""Disks, limits, ports, clocks and leftovers: one sentence, an exit code, nothing lost, and the next start works."""

from __future__ import annotations

import json
import os
import re
import resource
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import COMMAND
from tests.reliability.versions import many
from tests.store.processes import process, says, tell

import relgraph
from relgraph.errors import EngineError
from relgraph.store import embedded
from relgraph.store import folder as data

HOLD = "with opened() as c:\n    say('open')\n    wait()\n"
DISK = 16  # megabytes


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        assert not os.environ.get("CI"), mounted.stderr
        pytest.skip("may not mount a file system here")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


class Kept:
    """A graph that is to be the same after each hardship."""

    def __init__(self, folder: Path, sources: Path) -> None:
        self.folder, self.one, self.two = folder, many(sources, 1), many(sources, 2)
        with relgraph.open(folder) as graph:
            graph.load(self.one)
            self.hash = graph.content_hash()

    def refused(self, *arguments: object, limit: Callable[[], None] | None = None) -> str:
        """What a command says that cannot do its work: one sentence, and the graph is as it was."""
        command = [COMMAND, *map(str, arguments), "--graph", self.folder]
        ran = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, timeout=120)
        assert ran.returncode == 3, ran
        (sentence,) = ran.stderr.splitlines()
        assert sentence.startswith("relgraph: ")
        return sentence

    def stands(self) -> None:
        with relgraph.open(self.folder) as graph:
            assert graph.connection.engine.kind == "embedded"
            assert graph.content_hash() == self.hash
            assert not graph.load(self.one)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "graph", tmp_path)


def test_a_full_disk(disk: Path, tmp_path: Path) -> None:
    kept, rest = Kept(disk / "graph", tmp_path), disk / "rest"
    with relgraph.open(kept.folder) as graph:
        fill(rest, leaving=64)
        with pytest.raises(EngineError, match="could not be written, and nothing of it was kept; make room"):
            graph.load(kept.two)
        assert graph.content_hash() == kept.hash
    fill(rest, leaving=0)
    assert "make room on its disk" in kept.refused("status")
    rest.unlink()
    kept.stands()


def fill(file: Path, leaving: int) -> None:
    """Take what the disk has left, but for so many kilobytes."""
    with file.open("ab") as full:
        free = os.statvfs(file).f_bavail * os.statvfs(file).f_frsize
        full.write(bytes(max(0, free - leaving * 1024)))


def test_a_disk_that_is_mounted_for_reading(disk: Path, tmp_path: Path) -> None:
    kept = Kept(disk / "graph", tmp_path)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    for command in (["status"], ["load", kept.two]):
        assert "cannot be written; mend its permissions" in kept.refused(*command)
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    kept.stands()


@pytest.mark.parametrize(
    ("limit", "most", "remedy"),
    [
        ("NOFILE", 24, "ulimit -n"),
        ("NOFILE", 64, "ulimit -n"),
        ("FSIZE", 500, "ulimit -f"),
        ("FSIZE", 300_000, "make room on the disk"),
    ],
)
def test_a_limit(kept: Kept, limit: str, most: int, remedy: str) -> None:
    number = getattr(resource, f"RLIMIT_{limit}")
    assert remedy in kept.refused("load", kept.two, limit=lambda: resource.setrlimit(number, (most, most)))
    kept.stands()


def test_a_port_that_is_taken(kept: Kept) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"127.0.0.1:{port}: cannot be listened on" in kept.refused("serve", "--port", port)
    kept.stands()


@pytest.mark.parametrize("machine", ["here", "elsewhere"])
def test_a_runtime_file_that_was_left_behind_and_names_another_program(kept: Kept, machine: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        left(kept.folder, port=other.getsockname()[1], machine=socket.gethostname() if machine == "here" else machine)
        kept.stands()


def test_a_folder_that_another_machine_holds(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process has a number that is another program's here, or nobody's."""
    monkeypatch.setattr(embedded, "PATIENCE", 0.3)
    with process(HOLD, kept.folder) as holder:
        says(holder)
        for pid in (os.getpid(), 2**22 + 1):
            left(kept.folder, pid=pid, port=1, machine="elsewhere")
            with pytest.raises(EngineError, match=f"held by process {pid} on elsewhere, which does not answer"):
                relgraph.open(kept.folder)
        tell(holder)
        holder.wait(timeout=30)
    kept.stands()


def left(folder: Path, **changed: object) -> None:
    """A runtime file as some process may have left it."""
    login = {"username": "reader", "password": "x"}
    found = {"folder": str(folder), "pid": os.getpid(), "host": "127.0.0.1", "reader": login, "writer": login}
    (folder / data.RUNTIME).write_text(json.dumps(found | changed))


@pytest.mark.parametrize("year", [1971, 2105])
def test_a_clock_that_jumped_between_two_starts(kept: Kept, year: int) -> None:
    seconds = (year - 1970) * 365 * 86_400
    for path in kept.folder.rglob("*"):
        os.utime(path, (seconds, seconds))
    kept.stands()


def test_a_clock_that_jumps_is_looked_at_by_nobody() -> None:
    """What waits for a time, waits by the clock that does not jump."""
    wall = re.compile(r"time\.time\(|\.(now|utcnow|today|localtime|gmtime)\(")
    code = {path: path.read_text("utf-8") for path in Path(relgraph.__file__).parent.rglob("*.py")}
    assert len(code) > 50
    assert [str(path) for path, text in code.items() if wall.search(text)] == []
