"""Patterns that a source brings: a regular expression can be written so that no computer finishes with it."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from relgraph.ingest.declaration import FILE
from relgraph.ingest.issues import fault
from relgraph.ingest.language import compiled

SECONDS = 5  # of computing, for one cell
Search = Callable[[str], "re.Match[str] | None"]


class _TooLong(Exception):
    """The pattern is still at it."""


class _Watch:
    """How many seconds the search that is under way has taken; below zero, none is."""

    seconds = -1


def searching(pattern: str) -> Search:
    """Looks for a pattern in cells; a `DataError` where that takes longer than any sound pattern needs."""
    search = compiled(pattern).search

    def searched(cell: str) -> re.Match[str] | None:
        _Watch.seconds = 0
        try:
            return search(cell)
        except _TooLong:
            problem = f"takes longer than {SECONDS} seconds for one cell of {len(cell):,} characters"
            remedy = "write it without a repetition inside of another"
            raise fault(problem, remedy, file=FILE, value=pattern) from None
        finally:
            _Watch.seconds = -1

    return searched


@contextmanager
def watched() -> Iterator[None]:
    """Breaks off such a search in the block, where signals can: on the main thread, not on Windows.

    No other thread could: a search gives way to none.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _count)
    signal.setitimer(signal.ITIMER_VIRTUAL, 1, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _count(*_: object) -> None:
    if _Watch.seconds >= 0:
        _Watch.seconds += 1
        if _Watch.seconds > SECONDS:
            raise _TooLong
