"""Whether an empty answer means *none* or *not covered*.

A query says with `// covers: Agreement(a, b, as_of)` what its answer is about; a `Source` says with its
properties `coversLabels`, `coversKinds`, `coversCountries`, `coversFrom`, `coversUntil`, `ego` and
`coversCompletely` how far it reaches. An absence is *none* only where one loaded source covers the whole
question completely: up to `coversUntil`, or, where the source gives to each of `coversCompletely` a day of its
own, up to that in `coversCompletelyUntil`; what is asked of later days is told with that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from relgraph.model.ontology import load_ontology
from relgraph.query.library import load_library
from relgraph.query.named import Query

if TYPE_CHECKING:
    from relgraph.store import Connection

Reach = Literal["completely", "in part", "not"]
EVERYTHING = "*"
_LIMITS = ("coversLabels", "coversKinds", "coversCountries")


@dataclass(frozen=True)
class Question:
    """What is asked about: things of these labels and, where given, of these kinds, countries and days."""

    labels: frozenset[str]
    kinds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Coverage:
    """How far one source reaches for a question, and where it does not reach, why.

    `complete` says of what is covered in part what is complete, each up to a day before those that were asked about.
    """

    source: str
    reach: Reach
    why: str = ""
    complete: str = ""


def coverage_note(connection: Connection, query: Query, bound: Mapping[str, Any]) -> str | None:
    """One sentence on what the absence of rows means, or None where the query does not say what it covers."""
    question = question_of(query, bound)
    if question is None:
        return None
    return sentence([coverage(source, question) for source in loaded_sources(connection)])


def loaded_sources(connection: Connection) -> list[dict[str, Any]]:
    """The sources in the graph with the properties that say what they cover, by id."""
    query = load_library()["loaded_sources"]
    rows = connection.read(query.cypher).rows
    return [dict(zip(query.returns, row, strict=True)) for row in rows]


def question_of(query: Query, bound: Mapping[str, Any]) -> Question | None:
    """The question that a query asks with these bound parameters, by its `covers` line."""
    if query.covers is None:
        return None
    types = {parameter.name: parameter.type for parameter in query.parameters}
    given = [(types[name], bound[name]) for name in query.covers.parameters if bound.get(name) is not None]
    words = [value for type_, value in given if type_ in ("kind", "label")]
    days = [_days(type_, value) for type_, value in given]
    return Question(
        labels=_labels(query.covers.labels, words),
        kinds=frozenset(word for word in words if not load_ontology().family(word)),
        countries=frozenset(id_ for type_, value in given for id_ in _countries(type_, value)),
        first=max((first for first, _ in days if first), default=None),
        last=min((last for _, last in days if last), default=None),
    )


def _labels(covers: Iterable[str], words: Iterable[str]) -> frozenset[str]:
    """The labels that the query is about, less those that a label or kind in its parameters excludes."""
    ontology = load_ontology()
    labels = {label for name in covers for label in ontology.family(name)}
    for word in words:
        of_kind = {name for name, label in ontology.labels.items() if word in label.kinds}
        labels &= set(ontology.family(word)) or of_kind
    return frozenset(labels)


def _days(type_: str, value: Any) -> tuple[date | None, date | None]:
    if type_ == "year":
        return date(value, 1, 1), date(value, 12, 31)
    return value if type_ in ("date", "first_day") else None, value if type_ in ("date", "last_day") else None


def _countries(type_: str, value: Any) -> Sequence[str]:
    if type_ == "countries":
        return value
    # Ids of countries, and of nothing else, are in upper case.
    return [value] if type_ in ("country", "actor", "place") and value.isupper() else []


def coverage(source: Mapping[str, Any], question: Question) -> Coverage:
    """How far a source, given by its properties, reaches for a question."""
    why = next(_out_of_reach(source, question), None)
    if why:
        return Coverage(source["id"], "not", why)
    complete = _complete_reach(source, question)
    if complete:
        return Coverage(source["id"], "completely", _period(complete))
    return Coverage(source["id"], "in part", _period(source), _complete_before(source, question))


def _out_of_reach(source: Mapping[str, Any], question: Question) -> Iterable[str]:
    """The reasons for which the source can say nothing of it."""
    labels, kinds, countries, ego = (source.get(name) for name in (*_LIMITS, "ego"))
    begins, ends = source.get("coversFrom"), source.get("coversUntil")
    if labels and not question.labels & set(labels):
        yield f"covers {' and '.join(labels)} only"
    if kinds and question.kinds and not question.kinds & set(kinds):
        yield f"covers {' and '.join(kinds)} only"
    if countries and question.countries - set(countries):
        yield f"does not cover {' and '.join(sorted(question.countries - set(countries)))}"
    if ego and question.countries and not question.countries & set(ego):
        yield f"was gathered around {' and '.join(ego)}"
    if begins and question.last and question.last < begins:
        yield f"begins on {begins}"
    if ends and question.first and question.first > ends:
        yield f"ends on {ends}"


def _takes_in(source: Mapping[str, Any], question: Question) -> bool:
    """Whether the source, which reaches some of the question, reaches the whole of it."""
    labels, kinds, ego = (source.get(name) for name in ("coversLabels", "coversKinds", "ego"))
    begins, ends = source.get("coversFrom"), source.get("coversUntil")
    return (
        bool(question.labels)
        and (not labels or question.labels <= set(labels))
        and (not kinds or question.kinds <= set(kinds))
        and (not ego or bool(question.countries & set(ego)))
        and not (begins and question.first and question.first < begins)
        and not (ends and question.last and question.last > ends)
    )


def _complete_reach(source: Mapping[str, Any], question: Question) -> Mapping[str, Any] | None:
    """The source, cut at the day up to which it covers the whole question completely; None where it does not."""
    cut = ({**source, "coversUntil": day} for day in _complete_until(source, question))
    return next((one for one in cut if _takes_in(one, question)), None)


def _complete_until(source: Mapping[str, Any], question: Question) -> list[date | None]:
    """Up to which days, the last first, the source declares its coverage of what is asked about complete."""
    complete = _complete_words(source)
    ways = [question.labels, question.kinds]
    if question.kinds or not source.get("coversKinds"):
        ways.append(frozenset([EVERYTHING]))
    declared = [[complete[word] for word in words] for words in ways if words and words <= complete.keys()]
    return sorted((min(days, key=_or_never) for days in declared), key=_or_never, reverse=True)


def _complete_words(source: Mapping[str, Any]) -> dict[str, date | None]:
    """The labels and kinds that the source covers completely, each with the day up to which it does."""
    words = source.get("coversCompletely") or ()
    own = [date.fromisoformat(day) for day in source.get("coversCompletelyUntil") or ()]
    return dict(zip(words, own or [source.get("coversUntil")] * len(words), strict=True))


def _complete_before(source: Mapping[str, Any], question: Question) -> str:
    """What of the question the source covers completely up to days that come before the last one asked about."""
    told = []
    for word, day in _complete_words(source).items():
        if day and day < _or_never(question.last or source.get("coversUntil")):
            part = _part(question, word, day)
            if _complete_reach(source, part) and not any(_out_of_reach(source, part)):
                whole = (part.labels, part.kinds) == (question.labels, question.kinds)
                told.append(f"{'' if whole else f'{word} '}until {day}")
    return ("" if not told or told[0].startswith("until ") else "for ") + ", ".join(told)


def _part(question: Question, word: str, day: date) -> Question:
    """What of a question is about a label or a kind (or everything), as if it were asked up to a day."""
    first, kinds = question.first and min(question.first, day), question.kinds
    labels = question.labels if word == EVERYTHING else _labels(question.labels, [word])
    if word != EVERYTHING and not load_ontology().family(word):
        labels, kinds = labels if word in (kinds or {word}) else frozenset(), frozenset([word])
    return replace(question, labels=labels, kinds=kinds, first=first, last=day)


def _or_never(day: date | None) -> date:
    return day or date.max


def _period(source: Mapping[str, Any]) -> str:
    begins, ends = source.get("coversFrom"), source.get("coversUntil")
    return " ".join([f"from {begins}"] * bool(begins) + [f"until {ends}"] * bool(ends))


def reach(sources: Iterable[Mapping[str, Any]]) -> str:
    """How far sources reach, in a sentence under what was made of them.

    >>> reach([{"id": "paper", "ego": ["JPN"], "coversUntil": date(2020, 6, 2)}])
    'Sources: paper (gathered around JPN, until 2020-06-02, complete for nothing); beyond that nothing is known.'
    """
    told = [f"{source['id']} ({', '.join(_extent(source))})" for source in sources]
    return f"Sources: {', '.join(told) or 'none'}; beyond that nothing is known."


def _extent(source: Mapping[str, Any]) -> Iterable[str]:
    if source.get("ego"):
        yield f"gathered around {' and '.join(source['ego'])}"
    if _period(source):
        yield _period(source)
    yield f"complete for {' and '.join(_complete_parts(source)) or 'nothing'}"


def _complete_parts(source: Mapping[str, Any]) -> Iterable[str]:
    for word, day in _complete_words(source).items():
        until = f" until {day}" if day != source.get("coversUntil") else ""
        yield f"{'all' if word == EVERYTHING else word}{until}"


def sentence(coverages: Sequence[Coverage]) -> str:
    """What no rows mean, in one sentence: none, not found, or not covered.

    >>> sentence([Coverage("a-list", "completely", "until 2012-12-31")])
    'None: a-list covers this completely until 2012-12-31.'
    >>> sentence([Coverage("a-list", "in part", complete="until 2012-12-31")])
    'Not found, which is not none: a-list covers this in part only, complete until 2012-12-31.'
    >>> sentence([Coverage("a-paper", "not", "was gathered around JPN")])
    'Not covered, which is not none: a-paper was gathered around JPN.'
    """
    complete = [c for c in coverages if c.reach == "completely"]
    partly = [c for c in coverages if c.reach == "in part"]
    if complete:
        return f"None: {complete[0].source} covers this completely {complete[0].why}".rstrip() + "."
    if partly:
        verb = "covers" if len(partly) == 1 else "cover"
        names = _listed([c.source for c in partly])
        return f"Not found, which is not none: {names} {verb} this in part only{_but_completely(partly)}."
    if not coverages:
        return "Not covered, which is not none: no source is loaded."
    return f"Not covered, which is not none: {_listed([f'{c.source} {c.why}' for c in coverages])}."


def _but_completely(partly: Sequence[Coverage]) -> str:
    """Up to which days an absence of what is covered in part would count as none, as a clause."""
    told = [("" if len(partly) == 1 else f"{c.source} ") + f"complete {c.complete}" for c in partly if c.complete]
    return "".join(f", {clause}" for clause in told)


def _listed(texts: Sequence[str], most: int = 3) -> str:
    left_out = f"; {len(texts) - most} more do not reach it either" if len(texts) > most + 1 else ""
    shown = texts[:most] if left_out else texts
    return ", ".join(shown) + left_out
