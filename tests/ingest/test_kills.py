"""A load that is killed at any moment leaves the graph as it was or as it was to be."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.engines import EMBEDDED
from tests.ingest.making import PACT, make_source

KILLS = 20
LOCATED = PACT.replace('id = "{id}"', 'id = "{id}"\nlocator = "{id}"').replace(
    'quote = "{quote}"', 'quote = "{quote}"\nlocator = "{agreement}"'
)
AGREEMENTS, FEWER, PARTIES = 120, 20, ("JPN", "USA", "AUS", "GBR", "FRA", "IND", "PHL", "VNM")


def many(folder: Path, version: int) -> Path:
    """A source of a thousand ties; the second version adds, removes and changes some hundred of them."""
    numbers = range(AGREEMENTS) if version == 1 else range(FEWER, AGREEMENTS + FEWER)
    changed = "stated" if version == 1 else "implied"
    agreements = "".join(f"a{n},Agreement {n // version},treaty,,{1900 + n // version},\n" for n in numbers)
    parties = "".join(f"a{n},{party},,{'stated' if n % 9 else changed},\n" for n in numbers for party in PARTIES)
    tables = {
        "agreements.csv": f"id,name,kind,signed,start,end\n{agreements}",
        "parties.csv": f"agreement,party,role,certainty,quote\n{parties}",
    }
    return make_source(folder / str(version), "many", LOCATED, tables)


class Loader:
    """A process whose children load a source, which one depending on the hash of what they find in the graph."""

    def __init__(self, process: subprocess.Popen[str], target: str) -> None:
        self.process, self.target = process, target

    def load(self, after: dict[str, tuple[Path, int | None]], seconds: float = 0) -> dict[str, Any]:
        """What became of the child: see `killing`."""
        told = {found: (str(source), statements) for found, (source, statements) in after.items()}
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"target": self.target, "after": told, "seconds": seconds}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert not answer["failed"], f"the load failed by itself: {answer}"
        return answer


@contextmanager
def loader(target: str, environ: dict[str, str]) -> Iterator[Loader]:
    command = [sys.executable, "-W", "ignore", "-m", "tests.ingest.killing"]
    environ = {name: value for name, value in {**os.environ, **environ}.items() if name != "RELGRAPH_NOTIFICATIONS"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], env=environ, text=True, **pipes) as process:
        yield Loader(process, target)


def moments(commit: float) -> list[tuple[float, float]]:
    """After which part of a load's statements to kill, and how many seconds later.

    Half of the kills come anywhere after its first reads, half around the commit, which follows the last statement.
    """
    chance = random.Random(20)
    anywhere = [(chance.uniform(0.3, 1), 0.0) for _ in range(KILLS // 2)]
    return chance.sample([*anywhere, *((1.0, chance.uniform(0, commit)) for _ in range(KILLS // 2))], KILLS)


@pytest.mark.slow
def test_a_killed_load_leaves_the_old_or_the_new(engine, tmp_path):
    """On the embedded engine the kill takes the engine along; on Neo4j the client dies and the server goes on."""
    engine.wipe()
    target = str(tmp_path / "graph") if engine.name == EMBEDDED else engine.target
    one, two = (many(tmp_path, version) for version in (1, 2))
    with loader(target, {} if engine.name == EMBEDDED else engine.environ) as process:
        empty = process.load({})["hash"]
        assert process.load({empty: (one, 15)})["killed"]  # amid its statements, of which there are 46
        first = process.load({empty: (one, None)})
        assert first["hash"] == empty
        hash_of_one = process.load({})["hash"]
        forth = process.load({hash_of_one: (two, None)})
        hash_of_two = process.load({})["hash"]
        back = process.load({hash_of_two: (one, None)})
        assert len({empty, hash_of_one, hash_of_two}) == 3

        killed = 0
        for part, seconds in moments(forth["seconds"]):
            after = {hash_of_one: (two, round(part * forth["run"])), hash_of_two: (one, round(part * back["run"]))}
            answer = process.load(after, seconds)
            assert answer["hash"] in after, "a kill before has left neither the old nor the new"
            killed += answer["killed"]
        assert killed >= KILLS // 2
        process.load({hash_of_one: (two, None), hash_of_two: (one, None)})
        assert process.load({})["hash"] in (hash_of_one, hash_of_two)
