"""Memory: what to spare Python while a hundred thousand records are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_objects() -> Iterator[None]:
    """Puts off the search for unreachable cycles while records or a network are made, where there are none to find.

    It would go over all that was made so far again and again: for 100,000 claims most of the time. Afterwards they
    are among the objects that are old, which it seldom goes over.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if not gc.get_freeze_count():  # nobody froze objects of theirs, which `unfreeze` would free, too
                gc.freeze()
                gc.unfreeze()
            gc.enable()
