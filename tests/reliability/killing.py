"""Kills amid an operation, each of which is looked at by the next process that opens the graph.

A moment is drawn from the whole of what the operation took when nobody disturbed it, or from its last part, in which it
is committed; it is counted from the statement before it, so that a busy machine does not move it out of the operation.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.reliability.children import Children, Step
from tests.reliability.versions import NAME, many

SEED = 20
EMPTY, ONE, TWO = "empty", "one", "two"
Moment = tuple[int, float]
"""After how many statements, and how many seconds later."""
End = Callable[[int], object]
"""Kills somebody; it is given the id of the process that works on the graph."""


@dataclass(frozen=True)
class Operation:
    """What is under way at a kill: it leads from one state to another, and begins (where `early`) with the opening."""

    name: str
    before: str | None
    after: str | None
    early: bool = False
    how: str = "load"


LOAD, CHANGE = Operation("first load", EMPTY, ONE), Operation("load with changes", ONE, TWO)
UNLOAD, QUERY = Operation("unload", TWO, EMPTY), Operation("query", ONE, ONE)
RESTORE = Operation("restore", ONE, TWO, how="restore")
BUILD = Operation("first load, built beside", EMPTY, ONE, how="build")
START = Operation("start", None, None, early=True)
NEW = Operation("first load into a new folder", None, ONE, early=True)


@dataclass
class Course:
    """What a child said: the hash it found, the seconds from the beginning to each statement and to its end."""

    found: str | None = None
    begun: float | None = None
    ran: list[float] = field(default_factory=list)
    lasted: float = 0.0
    done: float | None = None
    failed: str | None = None
    killed: float | None = None

    @property
    def within(self) -> bool:
        """Whether the kill came amid it, and not after its end."""
        return self.killed is not None and (self.done is None or self.done > self.killed)

    def moment(self, chance: random.Random) -> Moment:
        """Some moment of this course."""
        last = self.ran[-1] if self.ran else 0.0
        when = chance.uniform(chance.choice([0.0, last]), self.lasted)
        before = [at for at in (0.0, *self.ran) if at <= when]
        return len(before) - 1, when - before[-1]


class Trial:
    """A graph whose processes are killed."""

    def __init__(self, parent: Children, target: str, folder: Path) -> None:
        self.parent, self.target, self.folder = parent, target, folder
        self.attempts = 0
        self._chance = random.Random(SEED)
        self._steps: dict[str, Step] = {EMPTY: ("unload", NAME)}
        self._steps |= {state: ("load", str(many(folder, version))) for version, state in enumerate((ONE, TWO), 1)}
        self._backup = str(folder / "backup")
        self._undisturbed: dict[tuple[str, str], Course] = {}
        self._allowed: set[str] = set()
        self._hashes: dict[str, str] = {}
        for operation in (LOAD, CHANGE, UNLOAD):
            self._hashes[operation.before] = self._run(operation).found
            if operation is CHANGE:
                assert follow(parent.child(target, ("backup", self._backup)), None, None).done
        assert len(set(self._hashes.values())) == len(self._steps)

    def attempt(self, operation: Operation, victim: str, end: End) -> Course:
        """Let a child do it while `end` kills the victim; the first time, nobody, to see how long it takes."""
        self.attempts += 1
        if (operation.name, victim) not in self._undisturbed:
            course = self._undisturbed[operation.name, victim] = self._run(operation)
            assert course.done, course
            return course
        return self._run(operation, self._undisturbed[operation.name, victim].moment(self._chance), end)

    def attempt_new(self, operation: Operation, victim: str, end: End) -> Course:
        """The same in a folder that is not there yet."""
        own, self.target = self.target, str(self.folder / f"new-{self.attempts}")
        allowed, self._allowed = self._allowed, {self._hashes[EMPTY]}
        course = self.attempt(operation, victim, end)
        self.look()
        self.target, self._allowed = own, allowed
        return course

    def look(self) -> None:
        """Open the graph and see in which state it is."""
        assert self._run(START).done

    def _run(self, operation: Operation, moment: Moment | None = None, end: End | None = None) -> Course:
        """Let a child bring the graph to where the operation begins, and then to where it ends, if it gets so far."""
        before, after = operation.before, operation.after
        bring = {digest: self._steps[before] for state, digest in self._hashes.items() if before not in (None, state)}
        step: Step = ("hash",) if after in (None, before) else self._steps[after]
        if operation.how != "load":
            step = operation.how, self._backup if operation is RESTORE else step[1]
        course = follow(self.parent.child(self.target, step, bring, early=operation.early), moment, end)
        told = f"attempt {self.attempts} of seed {SEED}, {operation.name}, killed at {moment}: {course}"
        if course.found is not None:
            assert course.found in self._allowed or not self._allowed, f"found neither before nor after by {told}"
            self._allowed = {course.found}
        assert course.begun is not None, told
        if after is not None:
            start = {self._hashes.get(before)} if before else self._allowed
            self._allowed = {self._hashes.get(after), *(() if course.done else start)} - {None}
        return course


def follow(said: Iterator[tuple[str, str]], moment: Moment | None, end: End | None) -> Course:
    """Listen to a child until it ends, and do at the moment what is to be done then."""
    course, pid, started = Course(), 0, time.monotonic()
    for word, rest in said:
        at = time.monotonic() - started - (course.begun or 0.0)
        match word:
            case "pid":
                pid = int(rest)
            case "hash":
                course.found = rest
            case "begins":
                course.begun = at
            case "ran":
                course.ran.append(at)
            case "done":
                course.lasted, course.done = at, float(rest)
            case "failed":
                course.failed = rest
        if end and moment and word in ("begins", "ran") and len(course.ran) == moment[0]:
            time.sleep(moment[1])
            course.killed = time.monotonic()
            end(pid)
    return course
