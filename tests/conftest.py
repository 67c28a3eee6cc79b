"""What every test may ask for: an engine, and an empty graph on it.

A test that takes `engine`, `connection` or `graph` runs once on each. `@pytest.mark.only_on("neo4j-5")`
is for what is about one engine, never for what fails on the others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests import engines
from tests.engines.running import Engine, Engines

if TYPE_CHECKING:
    from relgraph.graph import Graph
    from relgraph.store import Connection

STARTED = pytest.StashKey[Engines]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make reliability` adds."""
    parser.addoption("--thorough", action="store_true", help="faults and hostile input in full numbers, not a few")


def pytest_configure(config: pytest.Config) -> None:
    """Tests see none of the user's own graphs; deprecations that a server reports are warnings, so errors."""
    for variable in [name for name in os.environ if name.startswith("NEO4J_")] + ["RELGRAPH_GRAPH"]:
        os.environ.pop(variable, None)
    os.environ["RELGRAPH_NOTIFICATIONS"] = "WARNING"
    try:
        engines.chosen()
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    config.stash[STARTED] = Engines()


def pytest_unconfigure(config: pytest.Config) -> None:
    """However the session ends, no engine outlives it."""
    if STARTED in config.stash:
        config.stash[STARTED].close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for an engine on each that was chosen."""
    if "engine" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("only_on")
        names = [name for name in engines.chosen() if marker is None or name in marker.args]
        metafunc.parametrize("engine", names, indirect=True, scope="session")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where several processes share the tests: all of one server in one, since each test empties it; else by file."""
    from xdist.scheduler import LoadScopeScheduling

    class ByServer(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file, _, parameters = nodeid.partition("::")
            return next((name for name in engines.NAMES[1:] if name in parameters), file)

    return ByServer(config, log)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Launch the servers that the chosen tests need, so that they come up while the first tests run.

    One of several processes does not know yet which tests will be its own.
    """
    if session.config.option.collectonly or session.testsfailed or hasattr(session.config, "workerinput"):
        return
    asked = {item.callspec.params.get("engine") for item in session.items if hasattr(item, "callspec")}
    try:
        for name in engines.chosen():
            if name in asked:
                session.config.stash[STARTED].launch(name)
    except engines.EngineMissing as missing:
        raise pytest.UsageError(str(missing)) from None


@pytest.fixture(scope="session")
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether to try as often as `docs/reliability.md` says, which takes an hour, or a few times only."""
    return bool(request.config.getoption("--thorough"))


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Engine:
    """An engine that runs for the whole session: `.name`, `.settings`, `.target`, `.environ`, `.wipe()`."""
    try:
        return request.config.stash[STARTED].get(request.param)
    except engines.EngineMissing as missing:
        pytest.exit(str(missing), returncode=1)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection to an empty graph."""
    from relgraph.store import open_connection

    engine.wipe()
    with open_connection(engine.settings) as opened:
        yield opened


@pytest.fixture
def graph(connection: Connection, engine: Engine) -> Graph:
    """An empty graph: what `relgraph.open()` gives."""
    from relgraph.graph import Graph

    return Graph(connection, engine.settings)
