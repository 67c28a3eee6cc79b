"""The direction of imports, read from the source; and what stays out of a command that does not need it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import relgraph

SOURCE = Path(relgraph.__file__).parent
ORDER = ["errors", "settings", "model", "store", "ingest", "query", "analysis", "export", "graph", "cli"]
HEAVY = {"arcadedb", "neo4j", "networkx", "openpyxl", "pandas", "pydantic", "pyvis", "scipy", "undate"}


def _modules() -> list[Path]:
    return sorted(file for file in SOURCE.rglob("*.py") if file != SOURCE / "__init__.py")


def _stage(file: Path) -> str:
    return file.relative_to(SOURCE).parts[0].removesuffix(".py")


def _imported(file: Path) -> Iterator[tuple[int, str]]:
    """Line and stage of every import of ours in a file, wherever in the file it stands."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}:{node.lineno}: a relative import; write relgraph.… in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.startswith("relgraph."):
                yield node.lineno, name.split(".")[1]


def test_every_module_belongs_to_a_stage():
    assert {_stage(file) for file in _modules()} <= set(ORDER)


@pytest.mark.parametrize("file", _modules(), ids=lambda file: str(file.relative_to(SOURCE)))
def test_a_module_imports_only_from_its_own_stage_and_those_before(file):
    reach = ORDER.index(_stage(file))
    beyond = {
        f"{file.relative_to(SOURCE)}:{line} imports {stage}"
        for line, stage in _imported(file)
        if stage not in ORDER[: reach + 1]
    }
    assert beyond == set()


LIGHT = {
    "import relgraph": "import relgraph",
    "public names": "import relgraph; relgraph.open, relgraph.measures, relgraph.export",
    "relgraph --help": """
import sys, relgraph.cli
sys.argv = ["relgraph", "--help"]
try: relgraph.cli.main()
except SystemExit: pass
""",
}


@pytest.mark.parametrize("code", LIGHT.values(), ids=LIGHT)
def test_what_needs_no_library_imports_none(code):
    report = "\nimport sys; sys.stderr.write(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code + report], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert HEAVY & set(run.stderr.split()) == set()
