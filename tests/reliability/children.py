"""Processes that work on a graph and may be killed while they do: forking is quicker than starting Python anew.

Run as a program it reads one JSON object a line, `{"target": …, "bring": {HASH: STEP}, "step": …, "early": …}`, and
forks a child for each. The child opens the graph, says the hash of what it finds, does first what is named after that
hash, if anything, and then the step; it tells of all this line by line, and so does its parent of its end.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j  # noqa: F401 - what every child needs is imported here, once

import relgraph
import relgraph.backup.restoring
import relgraph.backup.writing
import relgraph.ingest.load
import relgraph.query.status
from relgraph.errors import RelgraphError
from relgraph.store import bolt, states

RETURN = 180.0  # seconds that a server may take to come back on a busy machine; users' processes wait for thirty
Step = tuple[str, ...]
"""`load FOLDER`, `build FOLDER` (as a large one), `unload NAME`, `backup FILE`, `restore FILE`, `hash`,
or `hold`: stay open until a signal."""


class Children:
    """The program below, as those see it who want a child."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def child(
        self, target: str, step: Step, bring: dict[str, Step] | None = None, *, early: bool = False
    ) -> Iterator[tuple[str, str]]:
        """What a child says, as it says it: a word and what belongs to it.

        `pid N`, `hash H`, `begins` (of the step; where `early`, of opening the graph), `ran` at each statement from
        then on, `done TIME` or `failed SENTENCE`, and at last `ended N`, as `waitpid` has it.
        """
        assert self._process.stdin
        assert self._process.stdout
        job = {"target": target, "step": step, "bring": bring or {}, "early": early}
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            word, _, rest = line.strip().partition(" ")
            yield word, rest
            if word == "ended":
                return


@contextmanager
def children(environ: dict[str, str]) -> Iterator[Children]:
    """Children with these variables besides our own; it ends with the block, they with what they do."""
    own = {name: value for name, value in os.environ.items() if name != "RELGRAPH_NOTIFICATIONS"}
    command = [sys.executable, "-W", "ignore", "-m", "tests.reliability.children"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], env={**own, **environ}, **pipes) as process:
        yield Children(process)


def main() -> None:
    """Serve until the input ends."""
    be_patient()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            work(**json.loads(line))
        say("ended", os.waitpid(child, 0)[1])


def be_patient() -> None:
    """Wait for a server, and for others' commits, as long as a busy machine may need."""
    bolt.PATIENCE = states.PATIENCE = RETURN


def say(*words: object) -> None:
    """One line at once, whole even if it is the last that this process says."""
    os.write(1, f"{' '.join(map(str, words))}\n".encode())


def work(target: str, step: Step, bring: dict[str, Step], early: bool) -> None:
    """What the child does; it never returns."""
    begun = early

    def trace(_: str) -> None:
        if begun:
            say("ran")

    say("pid", os.getpid())
    try:
        if early:
            say("begins")
        with relgraph.open(target, tracer=trace) as graph:
            settle(graph)
            found = graph.content_hash()
            say("hash", found)
            if found in bring:
                do(graph, *bring[found])
            if not early:
                begun = True
                say("begins")
            do(graph, *step)
            say("done", time.monotonic())
    except RelgraphError as error:
        say("failed", error)
    finally:
        if unforeseen := sys.exc_info()[1]:
            sys.excepthook(type(unforeseen), unforeseen, unforeseen.__traceback__)
        os._exit(bool(unforeseen))


def do(graph: relgraph.Graph, what: str, argument: str = "") -> None:
    """One step."""
    match what:
        case "load":
            graph.load(argument)
        case "build":
            relgraph.ingest.load.LARGE = 0
            graph.load(argument)
        case "unload":
            graph.unload(argument)
        case "backup":
            graph.backup(argument)
        case "restore":
            graph.restore(argument, replace=True)
        case "hold":
            signal.pause()
        case _:
            graph.content_hash()


def settle(graph: relgraph.Graph) -> None:
    """Wait until a server has done with the transactions of those that were killed."""
    while graph.settings.uri and len(graph.rows("SHOW TRANSACTIONS YIELD transactionId RETURN transactionId").rows) > 1:
        time.sleep(0.01)


if __name__ == "__main__":
    main()
