"""Processes that ask a graph the same questions all the time, and keep account of each answer that they got."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import neo4j  # noqa: F401 - imported here, once, for all that are forked from here
from tests.reliability.children import be_patient

import relgraph
import relgraph.query.status
from relgraph.errors import RelgraphError

THREADS = 2  # of each process, which share its connection
TIES = """
MATCH (party:Country)-[tie:PARTY_TO]->(pact:Agreement)
RETURN count(tie), count(DISTINCT pact.id), min(pact.id), sum(CASE tie.certainty WHEN 'stated' THEN 1 ELSE 0 END)
"""
PACTS = "MATCH (pact:Agreement) RETURN count(pact), count(DISTINCT pact.start), min(pact.id)"
Answers = Counter[tuple[str, str]]


def ask(graph: relgraph.Graph) -> dict[str, str]:
    """Each question and its answer."""
    return {"ties": str(graph.rows(TIES).rows), "pacts": str(graph.rows(PACTS).rows), "content": graph.content_hash()}


class Crowd:
    """Some processes with one graph: how often each has asked, and in the end what they heard and why they ended."""

    def __init__(self, target: str, environ: Mapping[str, str], number: int) -> None:
        context = get_context("forkserver")
        context.set_forkserver_preload(["tests.reliability.crowd"])
        self._asked = context.Array("l", number)
        self._stop, self._heard = context.Event(), context.Queue()
        given = (target, dict(environ), self._asked, self._stop, self._heard)
        self._processes = [context.Process(target=member, args=(place, *given)) for place in range(number)]
        for process in self._processes:
            process.start()

    def asked(self) -> list[int]:
        """How often each has got all of its answers."""
        return list(self._asked)

    def wait_for_answers(self, seconds: float = 300) -> None:
        """Return once each has got answers to questions that it asked from now on."""
        before, give_up = self.asked(), time.monotonic() + seconds
        while any(now <= then + THREADS for now, then in zip(self.asked(), before, strict=True)):
            assert self._heard.empty(), self._heard.get()[1]
            assert time.monotonic() < give_up, f"no answers since {before}: {self.asked()}"
            time.sleep(0.01)

    def heard(self, *, stop: bool) -> tuple[Answers, set[str]]:
        """All of their answers and last words, once all have ended: told to, or by themselves."""
        if stop:
            self._stop.set()
        answers, words = Answers(), set()
        for _ in self._processes:
            theirs, word = self._heard.get(timeout=300)
            answers += theirs
            words.add(word)
        return answers, words

    def close(self) -> None:
        for process in self._processes:
            process.kill()
            process.join()


@contextmanager
def crowd(target: str, environ: Mapping[str, str], number: int) -> Iterator[Crowd]:
    """A crowd that ends with the block."""
    made = Crowd(target, environ, number)
    try:
        yield made
    finally:
        made.close()


def member(place: int, target: str, environ: dict[str, str], asked: Any, stop: Any, heard: Any) -> None:
    """What one process does."""
    os.environ.pop("RELGRAPH_NOTIFICATIONS", None)
    os.environ.update(environ)
    be_patient()
    answers, word = Answers(), ""

    def go_on(graph: relgraph.Graph) -> None:
        while not stop.is_set():
            answers.update(ask(graph).items())
            with asked.get_lock():
                asked[place] += 1

    try:
        with relgraph.open(target) as graph, ThreadPoolExecutor(THREADS) as threads:
            for future in [threads.submit(go_on, graph) for _ in range(THREADS)]:
                future.result()
    except RelgraphError as error:
        word = f"{type(error).__name__}: {error}"
    heard.put((answers, word))
