"""Processes of their own that open a graph, for tests of what happens between processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BEGIN = """
import os, sys
from pathlib import Path
from relgraph.settings import Settings
from relgraph.store import open_connection

def opened():
    return open_connection(Settings(folder=Path(sys.argv[1]), database="relgraph"))

def say(*words):
    print(*words, flush=True)

def wait():
    sys.stdin.readline()
"""


@contextmanager
def process(program: str, folder: Path | str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A running Python program with `opened()`, `say(…)` and `wait()` at hand; ended with the block.

    `folder` is its one argument.
    """
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", BEGIN + textwrap.dedent(program), str(folder)]
    with subprocess.Popen(command, env=environ(), **(pipes | options)) as running:
        try:
            yield running
        finally:
            running.kill()


def environ() -> dict[str, str]:
    """This process's variables, with warnings not errors."""
    return {**os.environ, "PYTHONWARNINGS": "default"}


def says(running: subprocess.Popen[str]) -> str:
    """The next line that the process says; its errors, if it ends instead."""
    assert running.stdout is not None
    assert running.stderr is not None
    line = running.stdout.readline()
    assert line, running.stderr.read()
    return line.strip()


def tell(running: subprocess.Popen[str]) -> None:
    """Let a process that waits go on."""
    assert running.stdin is not None
    running.stdin.write("\n")
    running.stdin.flush()


def end(running: subprocess.Popen[str], signal_number: int = signal.SIGKILL) -> int:
    """Send a signal and return the exit status."""
    running.send_signal(signal_number)
    return running.wait(timeout=30)
