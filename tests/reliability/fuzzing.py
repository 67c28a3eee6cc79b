"""Hostile input by the hundred thousand: texts near valid ones, and what must be true of whatever is made of them.

`python -m tests.reliability.fuzzing FOLDER SEED KIND=COUNT…` feeds kinds of input in a process of its own, which may
take so much memory, write nowhere but in its folder, and start nothing; it prints what became of each kind, as JSON.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.memory import peak

from relgraph.errors import RelgraphError

SECONDS = 20  # of computing, for one input; what waits instead of computing is noticed by the test
MEMORY = 1_000_000_000  # bytes that a process may have at most, whatever it is fed
ADDRESSES = 4_000_000_000  # where it is stopped, much of which libraries reserve and never touch
_UNICODE = "\x00\x01\x1b\x7f\x85\xa0\u180e\u200b\u202e\u2028\u2066\ufeff\ufffd＝０é\U0001f600ıſK\r\n\t\v\f\x1c"
_LENGTHS = (*[2, 3, 10] * 12, 100, 100, 3_000)


class Hang(BaseException):
    """One input took longer than it may."""


class Unlawful(BaseException):
    """Something was written outside of the folder, or started."""


@dataclass(frozen=True)
class Kind:
    """A kind of input: valid ones to begin from, words that mean something in it, and what is done with one.

    `feed` gets a text and returns what became of it, in a word; a `RelgraphError`, or one of `refusals`, is one, too.
    """

    seeds: tuple[str, ...]
    words: tuple[str, ...]
    feed: Callable[[str], str]
    refusals: tuple[type[Exception], ...] = (RelgraphError,)


def mutated(chance: random.Random, seeds: tuple[str, ...], words: tuple[str, ...]) -> str:
    """A valid input, changed in one to six places."""
    text = chance.choice(seeds)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        text = chance.choice(_CHANGES)(chance, text, seeds, words)
    return text


def _place(chance: random.Random, text: str) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + chance.choice((0, 1, 1, 2, 5, 20, 200)))


def _replaced(chance: random.Random, text: str, seeds: tuple[str, ...], words: tuple[str, ...]) -> str:
    start, end = _place(chance, text)
    return text[:start] + chance.choice(words) + text[end:]


def _character(chance: random.Random, text: str, seeds: tuple[str, ...], words: tuple[str, ...]) -> str:
    start, end = _place(chance, text)
    any_ = chr(chance.randrange(0x20, 0x7F)) if chance.random() < 0.7 else chance.choice(_UNICODE)
    return text[:start] + any_ + text[min(end, start + 1) :]


def _removed(chance: random.Random, text: str, seeds: tuple[str, ...], words: tuple[str, ...]) -> str:
    start, end = _place(chance, text)
    return text[:start] + text[end:]


def _repeated(chance: random.Random, text: str, seeds: tuple[str, ...], words: tuple[str, ...]) -> str:
    start, end = _place(chance, text)
    return text[:start] + text[start : min(end, start + 20)] * chance.choice(_LENGTHS) + text[end:]


def _spliced(chance: random.Random, text: str, seeds: tuple[str, ...], words: tuple[str, ...]) -> str:
    other = chance.choice(seeds)
    return text[: chance.randint(0, len(text))] + other[chance.randint(0, len(other)) :]


def _swapped(chance: random.Random, text: str, seeds: tuple[str, ...], words: tuple[str, ...]) -> str:
    lines = text.split("\n")
    a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return "\n".join(lines)


_CHANGES = (_replaced, _replaced, _character, _removed, _repeated, _spliced, _swapped)


def feed(kind: Kind, count: int, seed: int) -> Counter[str]:
    """What became of so many inputs, by word; an input that breaks a law ends the process with it."""
    signal.signal(signal.SIGPROF, _stop)
    chance, became = random.Random(seed), Counter[str]()
    for _ in range(count):
        text = mutated(chance, kind.seeds, kind.words)
        try:
            became[_fed(kind, text)] += 1
        except BaseException as error:  # noqa: BLE001 - whatever it is, it comes with the input that brought it about
            raise SystemExit(f"{type(error).__name__}: {error}\nover {text!r}\n{traceback.format_exc()}") from None
    return became


def _fed(kind: Kind, text: str) -> str:
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return kind.feed(text)
    except kind.refusals as refusal:
        if isinstance(refusal, RelgraphError):  # any other becomes the part of one
            check_sentence(str(refusal))
        for issue in getattr(refusal, "issues", ()):
            check_sentence(issue.sentence())
        return "refused"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def check_sentence(told: str) -> None:
    """What people are told is one line, not empty, and nothing that acts on their terminal."""
    assert told.strip(), "an empty message"
    assert told.isprintable() or not any(c in told for c in "\n\r\x1b\x00"), f"no sentence: {told!r}"
    assert len(told) < 5_000, f"a flood of {len(told):,} characters: {told[:200]!r}"


def _stop(*_: object) -> None:
    raise Hang(f"longer than {SECONDS} s")


def confine(folder: Path) -> None:
    """From now on this process may only write below `folder`, and starts no other."""
    allowed = (f"{folder.resolve()}{os.sep}", os.devnull)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            writes = any(letter in str(mode) for letter in "wax+") or (flags or 0) & (os.O_WRONLY | os.O_RDWR)
            paths = [path] if writes and not isinstance(path, int) else []
        elif event in ("os.rename", "os.link", "os.symlink", "shutil.move"):
            paths = list(arguments[:2])
        elif event in ("os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.truncate", "shutil.rmtree"):
            paths = [arguments[0]]
        elif event in ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn"):
            raise Unlawful(f"{event} {arguments}")
        else:
            return
        for each in paths:
            real = os.path.realpath(os.fsdecode(each))
            if not f"{real}{os.sep}".startswith(allowed) and not real.startswith(allowed):
                raise Unlawful(f"{event} {each!r}")

    sys.addaudithook(watch)


def main(folder: str, seed: str, *wanted: str) -> None:
    """Feed each kind that is wanted (`KIND=COUNT`) and print what became of it."""
    from tests.reliability.kinds import kind

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    sys.dont_write_bytecode = True
    confined = False
    for name, _, count in (each.partition("=") for each in wanted):
        chosen = kind(name, Path(folder))
        if not confined:
            feed(chosen, 3, int(seed))  # libraries are imported, and caches of registers made
            confine(Path(folder))
            confined = True
        became = feed(chosen, int(count), int(seed))
        print(json.dumps({"kind": name, "inputs": int(count), "became": became, "peak": peak()}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
