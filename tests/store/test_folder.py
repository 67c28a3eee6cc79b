"""The data folder: made by one of several processes at once, and whatever one that was killed has left."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph.errors import EngineError
from relgraph.store import folder as data


def test_a_folder_that_another_process_is_making(tmp_path):
    (tmp_path / f".{data.MARKER}-abc").write_text("{")
    assert data.prepare(tmp_path) == tmp_path.resolve()


def test_a_folder_that_another_process_makes_while_this_one_looks(tmp_path, monkeypatch):
    listed = Path.iterdir

    def made_meanwhile(folder):
        monkeypatch.undo()
        data.prepare(folder)
        (folder / "config").mkdir()
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", made_meanwhile)
    assert data.prepare(tmp_path) == tmp_path.resolve()


def test_a_folder_with_anything_else_in_it_is_refused(tmp_path):
    (tmp_path / "theirs.txt").touch()
    with pytest.raises(EngineError, match="not a relgraph folder, and not empty"):
        data.prepare(tmp_path)
