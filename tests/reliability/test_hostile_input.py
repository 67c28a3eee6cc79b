"""Whatever is fed to relgraph, it answers or refuses in a sentence: no traceback, no hang, no flood, nothing astray."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from tests.reliability.fuzzing import MEMORY
from tests.reliability.kinds import KINDS

import relgraph

# how many inputs of each kind `make reliability` feeds, a million in all; `make test` a thousandth
COUNTS = {
    "dates in EDTF": 380_000,
    "values of parameters": 100_000,
    "statements": 210_000,
    "query headers": 210_000,
    "source.toml, read": 40_000,
    "source.toml, with tables": 15_000,
    "tables in CSV": 10_000,
    "workbooks": 5_000,
    "ontology.toml": 40_000,
    "command lines": 5_000,
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


@pytest.mark.parametrize("name", COUNTS)
def test_hostile_input_is_refused_in_a_sentence(name: str, thorough: bool, tmp_path: Path, record_property) -> None:
    count = COUNTS[name] if thorough else max(20, COUNTS[name] // 2_000)
    folder = tmp_path / "fed"
    folder.mkdir()
    environ = {**os.environ, "HOME": str(folder), "RELGRAPH_GRAPH": str(tmp_path / "graph"), "COLUMNS": "80"}
    with _graph(tmp_path / "graph") if name == "command lines" else nullcontext():
        command = [sys.executable, "-m", "tests.reliability.fuzzing", name, str(count), "9", str(folder)]
        ran = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert ran.returncode == 0, ran.stderr[-5_000:]
    told = json.loads(ran.stdout)
    assert sum(told["became"].values()) == count
    assert told["peak"] < MEMORY
    record_property("fed", {"kind": name, "inputs": count, **told})
