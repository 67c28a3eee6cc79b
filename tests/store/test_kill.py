"""A process killed at random moments of its transactions leaves each wholly done or not at all."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.store.processes import end, process, says

from relgraph.settings import Settings
from relgraph.store import open_connection

if TYPE_CHECKING:
    from tests.engines.running import Engine

KILLS = 20
THINGS = 500
PROGRAM = """
import json
from relgraph.settings import Settings
from relgraph.store import open_connection
given = json.loads(sys.argv[1])
given["folder"] = given["folder"] and Path(given["folder"])
with open_connection(Settings(**given)) as connection:
    turn = connection.read("MATCH (n:Thing) RETURN coalesce(max(n.turn), 0) AS turn").rows[0][0]
    while True:
        turn += 1
        say(turn - 1)
        def work(transaction):
            transaction.run("MATCH (n:Thing) DETACH DELETE n")
            for start in range(0, %(things)d, 100):
                rows = [{"id": start + k, "turn": turn} for k in range(100)]
                transaction.run("UNWIND $rows AS row CREATE (:Thing {id: row.id, turn: row.turn})", {"rows": rows})
            ends = "MATCH (a:Thing {id: 0}) MATCH (b:Thing) WHERE b.id > 0"
            transaction.run(ends + " CREATE (a)-[:TIE {turn: $turn}]->(b)", {"turn": turn})
        connection.transact(work)
"""


@pytest.mark.slow
def test_a_client_killed_at_random_moments_leaves_the_old_or_the_new(engine: Engine) -> None:
    engine.wipe()
    assert kill_often(engine.settings)


@pytest.mark.slow
def test_the_process_that_runs_the_engine_killed_at_random_moments_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    assert kill_often(Settings(folder=tmp_path, database="relgraph"))


def kill_often(settings: Settings) -> int:
    """Kill a process amid its transactions, again and again; return how many of them were done in the end."""
    chance = random.Random(20)
    given = json.dumps({**vars(settings), "folder": settings.folder and str(settings.folder)})
    done = 0
    for _ in range(KILLS):
        with process(PROGRAM % {"things": THINGS}, given) as running:
            says(running)
            time.sleep(chance.uniform(0, 0.4))
            end(running)
            assert running.stdout is not None
            done = settled(settings, max([done, *(int(line) for line in running.stdout.read().split())]))
    return done


def settled(settings: Settings, acknowledged: int) -> int:
    """The one turn that the whole graph is of, which is none before the last that was acknowledged.

    A commit that was under way at the kill may take effect a moment later, and Neo4j shows it while it does.
    """
    give_up = time.monotonic() + 10
    with open_connection(settings) as connection:
        while True:
            turns = connection.read("MATCH (n:Thing) RETURN n.turn AS turn, count(*) AS n ORDER BY turn").rows
            ties = connection.read("MATCH ()-[t:TIE]->() RETURN t.turn AS turn, count(*) AS n ORDER BY turn").rows
            turn = turns[0][0] if turns else 0
            whole = (turns, ties) in (([], []), ([[turn, THINGS]], [[turn, THINGS - 1]]))
            if whole and turn >= acknowledged:
                return turn
            assert time.monotonic() < give_up, (turns, ties, acknowledged)
            time.sleep(0.1)
