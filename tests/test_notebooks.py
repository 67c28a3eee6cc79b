"""Every notebook runs from its first cell to its last, in a folder of its own, and is kept without outputs."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SECONDS = 300  # for one cell, on a slow machine


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS, f"{FOLDER} holds none"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    import nbformat

    cells = nbformat.read(path, as_version=4).cells
    kept = [n for n, cell in enumerate(cells) if cell.get("outputs") or cell.get("execution_count")]
    assert kept == [], "clear the outputs of these cells"


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("RELGRAPH_GRAPH", str(tmp_path / "graph"))  # for `relgraph.open()` without a target
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    notebook = nbformat.read(path, as_version=4)
    here = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=here).execute()
    failed = [out for cell in notebook.cells for out in cell.get("outputs", ()) if out.output_type == "error"]
    assert failed == []
