"""What is not there: *none* where a loaded source covers it completely, else *not covered*."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from relgraph.analysis.policy import Policy
from relgraph.model.ontology import load_ontology
from relgraph.query.coverage import Question, coverage, sentence

NONE, NOT_COVERED = "none", "not covered"
NO_DOMAINS = "Not found, which is not none: sources do not say how far they cover a domain."


class Absence(NamedTuple):
    """Whether something is known not to be: `answer` is `none` or `not covered`, `why` the sentence that says so.

    `sources` are the ids of those that cover the question completely.
    """

    answer: str
    why: str
    sources: tuple[str, ...]


def absence(
    sources: Iterable[Mapping[str, Any]],
    *,
    label: str | Iterable[str],
    kind: str | None = None,
    countries: Iterable[str] = (),
    first: date | None = None,
    last: date | None = None,
    domains: Iterable[str] | None = None,
) -> Absence:
    """What it means that no engagement of a label, or of any of several, (and kind) of these countries is found.

    `sources` are those that were asked, as properties of `Source`; `first` and `last` are the days asked about
    (without: of any time, as far as the sources reach, which `why` says). Of chosen `domains` nothing is known to be
    absent: a list may be complete and not say what each thing on it is about.

    >>> absence([{"id": "paper", "ego": ["JPN"]}], label="Agreement", countries=["PHL", "VNM"]).answer
    'not covered'
    """
    if domains:
        return Absence(NOT_COVERED, NO_DOMAINS, ())
    question = Question(
        labels=frozenset([label] if isinstance(label, str) else label),
        kinds=frozenset([kind] if kind else ()),
        countries=frozenset(countries),
        first=first,
        last=last,
    )
    reached = [coverage(source, question) for source in sources]
    complete = tuple(one.source for one in reached if one.reach == "completely")
    return Absence(NONE if complete else NOT_COVERED, sentence(reached), complete)


def unreached(sources: Iterable[Mapping[str, Any]], policy: Policy) -> str | None:
    """Why a network of this day is not known, where none of the sources reaches it; None where one does.

    What is only possibly in force then is left to a policy that asks for it.
    """
    asked = [meaning(word) for word in policy.kinds or ("",)]
    question = Question(
        labels=frozenset(label for labels, _ in asked for label in labels),
        kinds=frozenset(kind for _, kind in asked if kind) if all(kind for _, kind in asked) else frozenset(),
        first=policy.as_of,
        last=policy.as_of,
    )
    reached = [coverage(source, question) for source in sources]
    known = policy.possibly or not reached or any(one.reach != "not" for one in reached)
    return None if known else sentence(reached)


def meaning(word: str) -> tuple[list[str], str | None]:
    """The labels, and the kind if it is one, that a label, a column of kinds or nothing stands for."""
    ontology = load_ontology()
    of_kind = [name for name in ontology.engagements if word in ontology.labels[name].kinds]
    named = [name for name in ontology.engagements if name.lower() == word.lower()]
    return (of_kind, word) if of_kind else (named or list(ontology.engagements), None)
