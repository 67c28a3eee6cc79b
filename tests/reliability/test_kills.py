"""`kill -9` at any moment: the graph is as before or as after, what was acknowledged holds, the next start works.

A kill that comes after the end of what it was to disturb does not count.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle

import pytest
from tests.engines import NEO4J_5, NEO4J_2026
from tests.reliability.children import Children, children
from tests.reliability.killing import BUILD, CHANGE, LOAD, NEW, QUERY, RESTORE, START, UNLOAD, Course, Operation, Trial

OPERATIONS = (CHANGE, RESTORE, LOAD, UNLOAD, QUERY)


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kills")
    with children({}) as parent:
        yield Trial(parent, str(folder / "graph"), folder)


def test_a_process_that_has_the_graph_to_itself(trial, thorough):
    number = 110 if thorough else 7
    repeat(number, [*OPERATIONS, BUILD, START], lambda operation: trial.attempt(operation, "alone", kill))
    trial.look()


def test_the_first_load_into_a_folder_that_is_being_made(trial, thorough):
    repeat(30 if thorough else 1, [NEW], lambda operation: trial.attempt_new(operation, "alone", kill))


def test_a_process_that_has_joined_another(trial, thorough):
    with children({}) as other, holder(other, trial.target):
        number = 30 if thorough else 1
        repeat(number, OPERATIONS, lambda operation: trial.attempt(operation, "joined", kill))
        trial.look()
    trial.look()


def test_the_process_that_another_has_joined(trial, thorough):
    def attempt(operation: Operation) -> Course:
        with holder(other, trial.target) as pid:
            return trial.attempt(operation, "holder", lambda _: kill(pid))

    with children({}) as other:
        courses = repeat(30 if thorough else 1, OPERATIONS, attempt)
    for course in courses:
        assert course.done or "run the command again" in str(course.failed), course
    trial.look()


@pytest.mark.only_on(NEO4J_5, NEO4J_2026)
def test_the_client_of_a_server(engine, tmp_path, thorough):
    engine.wipe()
    with children(engine.environ) as parent:
        trial = Trial(parent, engine.target, tmp_path)
        repeat(15 if thorough else 1, OPERATIONS, lambda operation: trial.attempt(operation, "client", kill))
        trial.look()


@pytest.mark.only_on(NEO4J_5, NEO4J_2026)
def test_the_server(engine, tmp_path, thorough):
    """It comes back at once: what was under way is done after all, or said to be uncertain."""
    engine.wipe()
    with children(engine.environ) as parent:
        trial = Trial(parent, engine.target, tmp_path)
        number = 15 if thorough else 1
        courses = repeat(
            number, OPERATIONS, lambda operation: trial.attempt(operation, "server", lambda _: engine.restart())
        )
        for course in courses:
            assert course.done or "run the command again" in str(course.failed), course
        trial.look()


def repeat(number: int, operations: Sequence[Operation], attempt: Callable[[Operation], Course]) -> list[Course]:
    """Attempt these in turn until so many kills came amid one of them."""
    courses: list[Course] = []
    for operation in cycle(operations):
        courses.append(attempt(operation))
        kills = sum(course.within for course in courses)
        print(f"{kills} of {len(courses)}: {operation.name}")  # noqa: T201
        if kills == number:
            return courses
        assert len(courses) < 3 * number + 2 * len(operations), "too many kills came after the end"
    raise AssertionError


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # it has ended: too late
        os.kill(pid, signal.SIGKILL)


@contextmanager
def holder(parent: Children, target: str) -> Iterator[int]:
    """A process that holds an embedded graph, so that others join it; ended well, unless it is killed before."""
    said = parent.child(target, ("hold",))
    pid = next(int(rest) for word, rest in said if word == "pid")
    assert "begins" in (word for word, _ in said)
    try:
        yield pid
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        assert list(said)
