"""Ctrl-C while a change is being committed: too late to stop it, so it waits until the change holds."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")
TOO_LATE = "the change was committed already, and holds"
UNKNOWN = "the change that was being committed holds wholly or not at all; run the command again to make sure"


class Committing:
    """Runs the work of one transaction; from its end until `release`, Ctrl-C waits. A second one does not."""

    def __init__(self) -> None:
        self._before: Any = None
        self._interrupted = False

    def after(self, work: Callable[[], T]) -> T:
        """Do the work, which may be interrupted and tried again, and hold Ctrl-C back from then on."""
        self._restore()
        result = work()
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._note)
        return result

    def release(self, *, committed: bool) -> None:
        """Let Ctrl-C through again, and the one that came while the change was committed."""
        self._restore()
        if self._interrupted:
            raise KeyboardInterrupt(TOO_LATE if committed else UNKNOWN)

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self._interrupted:
            raise KeyboardInterrupt(UNKNOWN)
        self._interrupted = True

    def _restore(self) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
            self._before = None
