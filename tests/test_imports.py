"""The direction of imports, read from the source; and what stays out of a command that does not need it."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import relgraph

SOURCE = Path(relgraph.__file__).parent
ORDER = ["errors", "settings", "model", "store", "ingest", "query", "analysis", "export", "backup", "graph", "cli"]
HEAVY = {"arcadedb", "neo4j", "networkx", "openpyxl", "pandas", "pydantic", "pyvis", "scipy", "undate"}


def _modules() -> list[Path]:
    return sorted(file for file in SOURCE.rglob("*.py") if file != SOURCE / "__init__.py")


def _stage(file: Path) -> str:
    return file.relative_to(SOURCE).parts[0].removesuffix(".py")


def _imported(file: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import in a file, wherever in the file it stands."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}:{node.lineno}: a relative import; write relgraph.… in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            yield node.lineno, name


def test_every_module_belongs_to_a_stage():
    assert {_stage(file) for file in _modules()} <= set(ORDER)


@pytest.mark.parametrize("file", _modules(), ids=lambda file: str(file.relative_to(SOURCE)))
def test_a_module_imports_only_from_its_own_stage_and_those_before(file):
    within = ORDER[: ORDER.index(_stage(file)) + 1]
    ours = [(line, name) for line, name in _imported(file) if name.startswith("relgraph.")]
    assert [f"line {line}: {name}" for line, name in ours if name.split(".")[1] not in within] == []


def test_only_declared_libraries_are_imported():
    """What another library happens to bring along may be gone with its next version."""
    project = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {Requirement(text).name for text in project["dependencies"]}
    brings = {name: {canonicalize_name(one) for one in found} for name, found in packages_distributions().items()}
    used = {(name.split(".")[0], file.name) for file in _modules() for _, name in _imported(file)}
    foreign = {each for each in used if each[0] not in {*sys.stdlib_module_names, "relgraph"}}
    assert {each for each in foreign if not declared & brings.get(each[0], set())} == set()


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
