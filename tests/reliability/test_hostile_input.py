"""Whatever is fed to relgraph, it answers or refuses in a sentence: no traceback, no hang, no flood, nothing astray."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from tests.reliability.fuzzing import MEMORY
from tests.reliability.kinds import KINDS

import relgraph

# How many inputs of each kind `make reliability` feeds, a million in all; `make test` far fewer. Most are of what a
# thousandth of a second is enough for: of what comes after, a mapping, a table and a graph, each takes ten.
COUNTS = {
    "statements": 496_000,
    "query headers": 200_000,
    "dates in EDTF": 120_000,
    "source.toml, read": 80_000,
    "ontology.toml": 80_000,
    "values of parameters": 12_000,
    "source.toml, with tables": 8_000,
    "tables in CSV": 4_000,
    "workbooks": 4_000,
    "backups": 20_000,
    "command lines": 4_000,
}
PATIENCE = 4 * 3600.0  # seconds for a kind, on however busy a machine
ROOT = Path(__file__).parents[2]


@contextmanager
def _graph(folder: Path) -> Iterator[None]:
    """Keeps a graph open that command lines of other processes join."""
    with relgraph.open(folder) as graph:
        graph.load("csis-hayashi-2020")
        yield


def test_there_are_a_million_inputs() -> None:
    assert COUNTS.keys() == KINDS.keys()
    assert sum(COUNTS.values()) > 1_000_000


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each kind in a process of its own, or, for a few inputs, all of them in one."""
    if "names" in metafunc.fixturenames:
        apart = metafunc.config.getoption("--thorough")
        metafunc.parametrize("names", [[name] for name in COUNTS] if apart else [list(COUNTS)], ids=", ".join)


def test_hostile_input_is_refused_in_a_sentence(
    names: list[str], thorough: bool, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = tmp_path / "fed"
    folder.mkdir()
    wanted = [f"{name}={COUNTS[name] if thorough else max(20, COUNTS[name] // 2_000)}" for name in names]
    places = {"HOME": str(folder), "TMPDIR": str(folder), "RELGRAPH_GRAPH": str(folder / "graph")}
    environ = {**os.environ, **places, "COLUMNS": "80"}
    with _graph(folder / "graph") if "command lines" in names else nullcontext():
        command = [sys.executable, "-m", "tests.reliability.fuzzing", str(folder), "9", *wanted]
        asked = {"cwd": ROOT, "env": environ, "timeout": PATIENCE}
        ran = subprocess.run(command, capture_output=True, text=True, check=False, **asked)
    assert ran.returncode == 0, ran.stderr[-5_000:]
    fed = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [f"{one['kind']}={sum(one['became'].values())}" for one in fed] == wanted
    assert max(one["peak"] for one in fed) < MEMORY
    for one in fed:
        record_property("fed", one)
