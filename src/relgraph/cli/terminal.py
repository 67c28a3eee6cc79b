"""What the terminal shows: results to stdout or a file, everything else to stderr, progress only where one looks."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from relgraph.errors import UsageError, unwritten

if TYPE_CHECKING:
    from relgraph.query.results import Rows

BY_ENDING = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".md": "markdown", ".txt": "table"}
FOR_EYES = ("table", "markdown")
PATIENCE = 0.5  # seconds before a progress bar appears


@dataclass(frozen=True)
class Output:
    """Where a result goes and in which form; a file's ending says its form where none is named."""

    form: str | None = None
    path: Path | None = None
    raw_cells: bool = False

    @property
    def format(self) -> str:
        """The form to write in."""
        by_ending = BY_ENDING.get(self.path.suffix.lower()) if self.path else None
        return str(self.form or by_ending or "table")

    @property
    def leaves(self) -> bool:
        """Whether the result goes elsewhere than to a person's eyes."""
        return self.path is not None or self.format not in FOR_EYES

    def rows(self, *tables: Rows) -> None:
        """Write tables, one under the other; data formats take one, and their notes go to stderr."""
        from relgraph.query.formats import escaped, write

        with self._stream() as stream:
            for number, table in enumerate(tables):
                if number and self.format in FOR_EYES:
                    stream.write("\n")
                if len(tables) > 1 and table.title and self.format == "markdown":  # in which one table has none
                    stream.write(f"**{escaped(table.title)}**\n\n")
                write(table, stream, self.format, width=width(), raw_cells=self.raw_cells)
        if self.format not in FOR_EYES:
            for table in tables:
                for note in table.notes:
                    say(note)

    def thing(self, value: dict[str, Any], *tables: Rows) -> None:
        """Write something that has several tables: in JSON as one object, in CSV the last table, else all of them."""
        if self.format in ("json", "jsonl"):
            with self._stream() as stream:
                indent = 2 if self.format == "json" else None
                stream.write(json.dumps([value] if indent else value, ensure_ascii=False, indent=indent) + "\n")
        else:
            self.rows(*(tables if self.format in FOR_EYES else tables[-1:]))

    def text(self, text: str) -> None:
        """Write text as it is."""
        with self._stream() as stream:
            stream.write(text if text.endswith("\n") else text + "\n")

    @contextlib.contextmanager
    def _stream(self) -> Iterator[TextIO]:
        """stdout, or a file that is put in place whole."""
        if self.path is None:
            with _as_long_as_read():
                yield sys.stdout
            return
        from relgraph.model.files import whole

        _check_folder(self.path)
        with whole(self.path) as file, io.TextIOWrapper(file, encoding="utf-8", newline="") as text:
            yield text
        say(f"wrote {self.path}")


@contextlib.contextmanager
def _as_long_as_read() -> Iterator[None]:
    """Ends the block in peace where the reader of stdout, such as `head`, has seen enough."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _write_no_more()
    except OSError as error:
        _write_no_more()
        raise UsageError(unwritten("the output", error, "send it elsewhere")) from error


def _write_no_more() -> None:
    """Else Python writes what is left over as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _check_folder(path: Path) -> None:
    if not path.parent.is_dir():
        raise UsageError(f"{path}: the folder {path.parent} is not there; make it, or name another file")
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file in it")


def width() -> int:
    """The columns of the terminal, 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def say(text: str) -> None:
    """Write a line to stderr, without what would act on the terminal."""
    from relgraph.query.cells import visible

    sys.stderr.write(f"{visible(text)}\n")


@contextlib.contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar for what takes longer than half a second; gives a function of done and total to move it.

    Until that is called the bar only shows that something happens. Where nobody looks there is none.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=None)
    patience = threading.Timer(PATIENCE, bar.start)
    patience.daemon = True
    patience.start()
    try:
        yield lambda done, total: bar.update(task, completed=done, total=total)
    finally:
        patience.cancel()
        bar.stop()
