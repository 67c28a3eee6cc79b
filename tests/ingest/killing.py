"""A process whose children load sources and are killed while they do: forking is quicker than starting Python anew.

It reads one JSON object a line, `{"target": …, "after": {HASH: [FOLDER, N]}, "seconds": S}`, and answers each with what
became of the child: `{"hash": …, "run": n, "seconds": s, "killed": …}`. The child opens the graph, makes its
constraints (which one graph has and the next has not, so that the statements of a load are always as many), says the
hash of what it finds, and loads the folder that is named after that hash, if any; it is killed S seconds after the
N-th statement of the load (never, where N is null).
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from typing import Any, TextIO

import neo4j  # noqa: F401 - what every child needs is imported here, once

import relgraph
import relgraph.ingest.load
import relgraph.query.status
from relgraph.model.ontology import load_ontology
from relgraph.store.schema import ensure_schema

After = dict[str, "tuple[str, int | None]"]


def main() -> None:
    """Serve until the input ends."""
    for line in sys.stdin:
        print(json.dumps(one(**json.loads(line))), flush=True)  # noqa: T201


def one(target: str, after: After, seconds: float) -> dict[str, Any]:
    """Fork a child that loads, follow what it says, and kill it at the moment named."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        work(target, after, os.fdopen(writing, "w", buffering=1))
    os.close(writing)
    with os.fdopen(reading) as heard:
        answer = follow(heard, child, after, seconds)
    _, status = os.waitpid(child, 0)
    return answer | {"killed": os.WIFSIGNALED(status), "failed": os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0}


def work(target: str, after: After, says: TextIO) -> None:
    """What the child does, telling of each step: open, hash, load. It never returns."""
    loading = False

    def trace(_: str) -> None:
        if loading:
            says.write("ran\n")

    try:
        with relgraph.open(target, tracer=trace) as graph:
            settle(graph)
            ensure_schema(graph.connection, load_ontology())
            held = graph.content_hash()
            says.write(f"hash {held}\n")
            loading = True
            if held in after:
                graph.load(after[held][0])
            loading = False
        says.write("done\n")
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
        raise
    os._exit(0)


def settle(graph: relgraph.Graph) -> None:
    """Wait until the server has done with the transactions of those that were killed."""
    while graph.settings.uri and len(graph.rows("SHOW TRANSACTIONS YIELD transactionId RETURN transactionId").rows) > 1:
        time.sleep(0.01)


def follow(heard: TextIO, child: int, after: After, seconds: float) -> dict[str, Any]:
    """Count the child's statements; kill it after the one that is named. `seconds`: from the last one to the end."""
    answer: dict[str, Any] = {"hash": None, "run": 0, "seconds": 0.0}
    last = time.monotonic()
    for line in heard:
        what, _, value = line.strip().partition(" ")
        if what == "hash":
            answer["hash"] = value
        elif what == "ran":
            answer["run"] += 1
            last = time.monotonic()
            if answer["run"] == after[answer["hash"]][1]:
                time.sleep(seconds)
                os.kill(child, signal.SIGKILL)
        elif what == "done":
            answer["seconds"] = time.monotonic() - last
    return answer


if __name__ == "__main__":
    main()
