from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from tests.query.small_graph import write

if TYPE_CHECKING:
    from tests.engines.running import Engine

    from relgraph.store import Connection

settings.register_profile("unhurried", deadline=None)  # a machine that others use is no reason to fail
settings.load_profile("unhurried")


@pytest.fixture(scope="module")
def small(engine: Engine) -> Iterator[Connection]:
    """A connection to the small graph, written once for the tests of a module, which only read."""
    from relgraph.store import open_connection

    engine.wipe()
    with open_connection(engine.settings) as opened:
        write(opened.write)
        yield opened
