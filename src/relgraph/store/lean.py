"""A quick start for the command line: the driver and the engine without pandas and numpy."""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Iterator

UNUSED = ("pandas", "numpy", "pyarrow")


def import_lean() -> None:
    """Import the driver and the engine without what they would import only to take and give its types.

    That is 0.3 of the 0.45 seconds from nothing to an answer. For a process of our own (the command line), since
    in it neither takes such values afterwards; pandas and numpy themselves can be imported as ever. What has been
    imported already is left as it is.
    """
    with _hidden([name for name in UNUSED if name not in sys.modules]):
        for package in ("neo4j", "arcadedb._native.server"):
            with contextlib.suppress(ImportError):
                importlib.import_module(package)


@contextlib.contextmanager
def _hidden(names: list[str]) -> Iterator[None]:
    sys.modules.update(dict.fromkeys(names))  # type: ignore[arg-type]  # None: importing it is an ImportError
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]
