"""What the terminal shows: results to stdout or a file, everything else to stderr, progress only where one looks."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from relgraph.errors import UsageError

if TYPE_CHECKING:
    from relgraph.query.results import Rows

BY_ENDING = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".md": "markdown", ".txt": "table"}
PATIENCE = 0.5  # seconds before a progress bar appears


class Output:
    """Where results go and in which form: `--format` and `-o`; a file's ending says its form where none is named."""

    def __init__(self, form: str | None = None, path: Path | None = None) -> None:
        self.path = path
        self.form = form or (BY_ENDING.get(path.suffix.lower()) if path else None) or "table"
        self.width = shutil.get_terminal_size((80, 24)).columns

    def rows(self, *tables: Rows) -> None:
        """Write tables, one under the other; data formats take one, and their notes go to stderr."""
        from relgraph.query.formats import write

        with self._stream() as stream:
            for number, table in enumerate(tables):
                if number and self.form in ("table", "markdown"):
                    stream.write("\n")
                write(table, stream, self.form, width=self.width)
        if self.form not in ("table", "markdown"):
            for table in tables:
                for note in table.notes:
                    say(note)

    def thing(self, value: dict[str, Any], *tables: Rows) -> None:
        """Write something that has several tables: in JSON as one object, else table under table."""
        if self.form in ("json", "jsonl"):
            with self._stream() as stream:
                indent = 2 if self.form == "json" else None
                stream.write(json.dumps([value] if indent else value, ensure_ascii=False, indent=indent) + "\n")
        else:
            self.rows(*(tables if self.form != "csv" else tables[-1:]))

    def text(self, text: str) -> None:
        """Write text as it is."""
        with self._stream() as stream:
            stream.write(text if text.endswith("\n") else text + "\n")

    @contextlib.contextmanager
    def _stream(self) -> Iterator[TextIO]:
        """stdout, or a file that is put in place whole."""
        if self.path is None:
            yield sys.stdout
            return
        handle, name = tempfile.mkstemp(dir=_folder_of(self.path), prefix=f".{self.path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                yield file
            Path(name).chmod(0o644)
            os.replace(name, self.path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
        say(f"wrote {self.path}")


def _folder_of(path: Path) -> Path:
    if not path.parent.is_dir():
        raise UsageError(f"{path}: the folder {path.parent} is not there; make it, or name another file")
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file in it")
    return path.parent


def say(text: str) -> None:
    """Write a line to stderr."""
    sys.stderr.write(f"{text}\n")


@contextlib.contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar for anything that takes longer than half a second; None where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    started, bar = time.monotonic(), None

    def advance(done: int, total: int) -> None:
        nonlocal bar
        if bar is None and time.monotonic() - started > PATIENCE:
            from rich.console import Console
            from rich.progress import Progress

            bar = Progress(console=Console(stderr=True), transient=True)
            bar.add_task(what, total=total)
            bar.start()
        if bar is not None:
            bar.update(bar.task_ids[0], completed=done, total=total)

    try:
        yield advance
    finally:
        if bar is not None:
            bar.stop()
