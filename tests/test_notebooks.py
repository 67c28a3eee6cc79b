"""Every notebook runs from its first cell to its last, in a folder of its own, and is kept without outputs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from relgraph.model.ontology import load_ontology

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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_figure_has_labeled_axes_and_colors_that_mean_on_a_page_what_they_mean_here_or_nothing(path: Path) -> None:
    import nbformat

    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    ours = {label.colour for label in load_ontology().labels.values()}
    for figure in (source for source in cells if "plt.subplots" in source):
        assert "set_xlabel(" in figure
        assert "set_ylabel(" in figure
        drawn = re.findall(r"axes\.(?:plot|bar|barh|scatter|fill_between)\(.*", figure)
        assert drawn
        assert [call for call in drawn if "color=" not in call] == []
        assert [color for color in re.findall(r"#\w{6}", figure) if color not in ours and not _gray(color)] == []


def _gray(color: str) -> bool:
    return color[1:3] == color[3:5] == color[5:7]


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
