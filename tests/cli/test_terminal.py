"""What the terminal shows while one waits, and only where someone looks."""

from __future__ import annotations

import errno
import io
import os
import time
from pathlib import Path

import pytest

from relgraph.cli import terminal
from relgraph.errors import UsageError


class Screen(io.StringIO):
    """A terminal that remembers what was written to it."""

    def isatty(self) -> bool:
        return True


def looked_at(monkeypatch: pytest.MonkeyPatch, patience: float = 0.0) -> Screen:
    """stderr as a terminal, on which a bar appears after so many seconds."""
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)  # here, because pytest puts its own there after fixtures
    monkeypatch.setattr(terminal, "PATIENCE", patience)
    monkeypatch.setenv("TERM", "xterm")
    return screen


def shown(screen: Screen, text: str) -> bool:
    give_up = time.monotonic() + 10
    while text not in screen.getvalue() and time.monotonic() < give_up:
        time.sleep(0.01)
    return text in screen.getvalue()


def test_a_bar_appears_before_the_first_record_and_says_how_much_is_done(monkeypatch):
    screen = looked_at(monkeypatch)
    with terminal.progress("loading") as bar:
        assert shown(screen, "loading")
        bar(50, 200)
        assert shown(screen, "25%")


def test_what_is_quick_shows_nothing(monkeypatch):
    screen = looked_at(monkeypatch, patience=60.0)
    with terminal.progress("loading") as bar:
        bar(1, 1)
    assert screen.getvalue() == ""


def test_a_bar_ends_where_the_work_fails(monkeypatch):
    screen = looked_at(monkeypatch)
    try:
        with terminal.progress("loading"):
            assert shown(screen, "loading")
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        written = screen.getvalue()
    time.sleep(0.3)
    assert screen.getvalue() == written


def test_where_nobody_looks_there_is_no_bar(capsys):
    with terminal.progress("loading") as bar:
        assert bar is None
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("form", "path", "written"),
    [
        (None, None, "table"),
        (None, "a.md", "markdown"),
        (None, "a.CSV", "csv"),
        (None, "a", "table"),
        ("json", "a.csv", "json"),
    ],
)
def test_the_form_is_the_one_named_else_that_of_the_ending(form, path, written):
    assert terminal.Output(form, path and Path(path)).format == written


def test_a_folder_that_may_not_be_written_is_named(tmp_path, monkeypatch):
    def forbidden(**_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", forbidden)
    with pytest.raises(UsageError, match=r"a\.csv: cannot be written \(Permission denied\); give a file in a folder"):
        terminal.Output(path=tmp_path / "a.csv").text("a")


def test_a_pipe_is_written_to_and_stays_one_and_a_link_leads_to_its_file(tmp_path):
    pipe, link, file = tmp_path / "pipe", tmp_path / "link", tmp_path / "file"
    os.mkfifo(pipe)
    for place in (pipe, link):
        if place is link:
            link.symlink_to(pipe)
        reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        terminal.Output(path=place).text("a")
        assert os.read(reading, 10) == b"a\n"
        os.close(reading)
        assert pipe.is_fifo()
    link.unlink()
    link.symlink_to(file)
    terminal.Output(path=link).text("a")
    assert (link.is_symlink(), file.read_text("utf-8")) == (True, "a\n")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "link", "pipe"]
