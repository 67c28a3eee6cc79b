"""The command line, run in this process or as a process of its own, on one loaded graph."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import relgraph
from relgraph import cli

WIDTH = 80
COMMAND = Path(sys.executable).with_name("relgraph")


class Ran(NamedTuple):
    """What a command ended with."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A graph with the bundled sources, kept open so that each command only joins it; nothing here may change it."""
    folder = tmp_path_factory.mktemp("cli") / "graph"
    with relgraph.open(folder) as graph:
        graph.load()
        yield folder


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Iterator[Path]:
    """An empty graph of the test's own."""
    with relgraph.open(tmp_path / "own"):
        yield tmp_path / "own"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command line in this process, on a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = cli._run([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a command line as a process of its own, in an empty folder and with a home of its own."""
    started: list[subprocess.Popen[str]] = []
    home = tmp_path / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    own = {"HOME": str(home), "COLUMNS": str(WIDTH), "SHELL": "/bin/bash"}

    def process(*arguments: object, **environ: str) -> subprocess.Popen[str]:
        command = [str(COMMAND), *map(str, arguments)]
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        started.append(
            subprocess.Popen(command, cwd=tmp_path, env={**kept, **own, **environ}, encoding="utf-8", **pipes)
        )
        return started[-1]

    yield process
    for each in started:
        each.kill()
        each.communicate()


@pytest.fixture
def shell(process: Callable[..., subprocess.Popen[str]]) -> Run:
    """Runs a command line as a process of its own to its end; `given` is its stdin."""

    def shell(*arguments: object, given: str | None = None, **environ: str) -> Ran:
        started = process(*arguments, **environ)
        out, err = started.communicate(given, timeout=60)
        return Ran(started.returncode, out, err)

    return shell


def commands() -> dict[str, str]:
    """The docstring of each command by its name."""
    return {str(c.name or c.callback.__name__): c.callback.__doc__ for c in cli.app.registered_commands}  # type: ignore[union-attr, misc]


def examples(docstring: str) -> list[str]:
    """The command lines under `Example:`."""
    lines = docstring.partition("Example:")[2].splitlines()
    return [line.strip() for line in lines if line.strip()]
