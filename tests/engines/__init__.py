"""The engines that the suite runs on: which are asked for, and how each is started and stopped.

`RELGRAPH_ENGINES` names some of them, comma-separated; without it all are required. CI leaves none out.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

EMBEDDED, NEO4J_5, NEO4J_2026 = NAMES = ("embedded", "neo4j-5", "neo4j-2026")
VARIABLE = "RELGRAPH_ENGINES"
LEAVE_OUT = f"to run the tests without it: {VARIABLE}=embedded make test"


class EngineMissing(Exception):
    """An engine that was asked for cannot be set up here; the message says why and what to do."""


def chosen(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The engines to test on, in the order of `NAMES`.

    >>> chosen({"RELGRAPH_ENGINES": "neo4j-5,embedded"})
    ('embedded', 'neo4j-5')
    >>> chosen({"RELGRAPH_ENGINES": "embedded", "CI": "true"})
    Traceback (most recent call last):
    ...
    ValueError: RELGRAPH_ENGINES: CI runs on every engine; leave it unset there
    """
    named = [name.strip() for name in environ.get(VARIABLE, "").split(",") if name.strip()]
    unknown = sorted(set(named) - set(NAMES))
    if unknown:
        raise ValueError(f"{VARIABLE}: no engine is called {unknown[0]}; there are {', '.join(NAMES)}")
    engines = tuple(name for name in NAMES if name in named or not named)
    if environ.get("CI") and engines != NAMES:
        raise ValueError(f"{VARIABLE}: CI runs on every engine; leave it unset there")
    return engines
