from __future__ import annotations

import pytest
from hypothesis import settings

from relgraph.settings import Settings
from relgraph.store import open_connection

settings.register_profile("unhurried", deadline=None)  # a machine that others use is no reason to fail
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    with open_connection(
        Settings(folder=tmp_path_factory.mktemp("analysis"), database="relgraph")
    ) as connection:
        yield connection


@pytest.fixture
def connection(running):
    yield running
    running.write("MATCH (n) DETACH DELETE n")
