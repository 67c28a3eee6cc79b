"""Who has what with whom, for a set of countries: by kind, domain or year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from relgraph.analysis.coverage import NOT_COVERED, absence, meaning
from relgraph.analysis.moments import NO, SURE, Moment
from relgraph.analysis.parties import Parties, Party
from relgraph.analysis.policy import Policy, period
from relgraph.analysis.projection import wanted
from relgraph.analysis.records import Engagement, Reading
from relgraph.errors import UsageError
from relgraph.model.dates import Bounds

if TYPE_CHECKING:
    import pandas as pd

    from relgraph.query.results import Rows
    from relgraph.store.connection import Connection

YES, SIGNED, POSSIBLY = "yes", "signed", "possibly"  # the best first; then `none` and `not covered`
SORTS = ("kind", "domain", "year")
Pair = tuple[str, str]


class Cell(NamedTuple):
    """What two countries have of one kind, domain or year.

    `evidence` are the ids of the engagements behind the answer, or of the sources that say there is none; `why`
    is the sentence about an absence.
    """

    answer: str
    evidence: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Matrix:
    """A cell for every two countries and column; `names` of the countries by id."""

    names: Mapping[str, str]
    columns: Sequence[str]
    cells: Mapping[tuple[Pair, str], Cell]
    by: str
    as_of: date | None = None
    sources: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def pairs(self) -> list[Pair]:
        return list(combinations(self.names, 2))

    def rows(self) -> Rows:
        """A row for each two countries, with an answer in each column; a note says what the answers mean."""
        from relgraph.query.results import Rows

        day = f" on {self.as_of}" if self.as_of else ""
        note = (
            f"Claims of {', '.join(sorted(self.sources)) or 'no source'}. "
            "signed: not known to be in force; possibly: the dates leave it open; "
            "none: a source covers it completely; not covered: which is not none."
        )
        rows = [[*pair, *(self.cells[pair, column].answer for column in self.columns)] for pair in self.pairs]
        return Rows(("a", "b", *self.columns), rows, f"By {self.by}{day}", (note,))

    def table(self) -> pd.DataFrame:
        """The rows as a DataFrame, with the names of the two beside their ids; `attrs` holds `policy` and `sources`."""
        table = self.rows().to_dataframe()
        for place, side in ((1, "a"), (3, "b")):
            table.insert(place, f"name_{side}", [self.names[id] for id in table[side]])
        table.attrs.update(policy=table.attrs["note"], sources=dict(self.sources))
        return table


def matrix(
    connection: Connection,
    countries: Iterable[str],
    *,
    by: str = "kind",
    as_of: date | str | None = None,
    years: tuple[date | str, date | str] | None = None,
    kinds: str | Iterable[str] | None = None,
    domains: str | Iterable[str] | None = None,
    certainty: str | Iterable[str] = ("stated", "implied"),
    sources: str | Iterable[str] | None = None,
) -> Matrix:
    """What every two of these countries have with each other: yes, signed, possibly, none or not covered.

    Columns are the kinds of engagement that any two of them have, or by="domain" the domains of these, or
    by="year" the years from the first to the last of `years`. An answer is about the day `as_of`, or the year, or
    any time: `yes` where an engagement was surely in force (without a day: where there is one), `signed` where an
    agreement was signed by then and is not known to be in force, `possibly` where dates leave it open or are
    lacking, `none` only where a loaded source covers the pair completely. Fewer than two countries, or years
    without by="year" or the other way round, are a `UsageError`.
    """
    from relgraph.analysis.reading import read
    from relgraph.analysis.selection import select

    if by not in SORTS:
        raise UsageError(f"by={by!r}: use {', '.join(SORTS)}")
    if (by == "year") != (years is not None):
        raise UsageError("by='year' and years belong together: give both, or neither")
    if by == "year" and as_of:
        raise UsageError("as_of and by='year' exclude each other: a year is its own time")
    policy = Policy.of(as_of=as_of, kinds=kinds, domains=domains, certainty=certainty, sources=sources)
    chosen = select(connection, countries, policy)
    if len(chosen) < 2:
        raise UsageError(f"matrix of {', '.join(chosen) or 'nobody'}: name two or more countries")
    return matrix_of(read(connection, policy), policy, chosen, by, period(years) if years else None)


def matrix_of(
    reading: Reading, policy: Policy, countries: Sequence[str], by: str, years: tuple[date, date] | None = None
) -> Matrix:
    """The matrix of what was read; no database is asked."""
    times = _times(policy, years)
    found = _found(reading, policy, countries, by, times)
    columns = list(times) if by == "year" else _named(policy, by, {column for _, column in found})
    sources = list(reading.sources.values())
    cells = {}
    for pair in combinations(countries, 2):
        for column in columns:
            answers = found.get((pair, column))
            cells[pair, column] = _best(answers) if answers else _absent(sources, policy, pair, column, by, times)
    return Matrix({id: _name(id) for id in countries}, columns, cells, by, policy.as_of, reading.sources)


def _named(policy: Policy, by: str, found: set[str]) -> list[str]:
    """The columns that were found or asked for; where there are neither, one for all that could have been."""
    asked = policy.domains if by == "domain" else [word for word in policy.kinds or () if meaning(word)[1]]
    return sorted(found | set(asked or ())) or [word.lower() for word in policy.kinds or ("any",)]


def _times(policy: Policy, years: tuple[date, date] | None) -> dict[str, Policy]:
    """Each time that is asked about: the years by their names, or the policy's day (or none) under an empty one."""
    if years is None:
        return {"": policy}
    span = range(years[0].year, years[1].year + 1)
    return {f"{year:04d}": policy.with_(between=(f"{year:04d}", f"{year:04d}")) for year in span}


Answers = dict[str, list[str]]  # an answer and the engagements that give it


def _found(
    reading: Reading, policy: Policy, countries: Sequence[str], by: str, times: Mapping[str, Policy]
) -> dict[tuple[Pair, str], Answers]:
    finder = Parties(reading, policy.with_(as_of=None), Moment(Policy()))
    moments = {name: Moment(at) for name, at in times.items()}
    found: dict[tuple[Pair, str], Answers] = {}
    for engagement in reading.engagements:
        if not wanted(engagement, policy):
            continue
        parties = {ref.id: party for ref, party in finder.of(engagement).items()}
        for pair in combinations([id for id in countries if id in parties], 2):
            ours, theirs = (parties[id] for id in pair)
            if ours.types == theirs.types == {"RECEIVES"}:
                continue
            for name, moment in moments.items():
                answer = _answer(engagement, ours, theirs, moment)
                for column in _columns(engagement, by, name, policy) if answer else ():
                    found.setdefault((pair, column), {}).setdefault(answer, []).append(engagement.id)
    return found


def _columns(engagement: Engagement, by: str, year: str, policy: Policy) -> Iterator[str]:
    if by == "year":
        yield year
    elif by == "kind":
        yield engagement.kind or engagement.label.lower()
    else:
        for setting in engagement.settings:
            if setting.type == "COVERS" and setting.certainty in policy.certainty:
                yield setting.name


def _answer(engagement: Engagement, ours: Party, theirs: Party, moment: Moment) -> str | None:
    """Whether the two had it together then; None: not."""
    answers = {moment.answer(a if a == b else a + b) for a in ours.spells for b in theirs.spells}
    if answers == {NO}:
        return None
    begun = engagement.start is not None or engagement.signed is None
    if SURE in answers and (moment.bounds or begun):
        return YES
    return SIGNED if not begun and _signed_by(engagement, moment.bounds) else POSSIBLY


def _signed_by(engagement: Engagement, asked: Bounds | None) -> bool:
    from relgraph.model.dates import parse

    return asked is None or parse(engagement.signed or "").latest <= asked.endBy


def _best(answers: Answers) -> Cell:
    best = next(answer for answer in (YES, SIGNED, POSSIBLY) if answer in answers)
    return Cell(best, tuple(sorted(answers[best])))


def _absent(
    sources: Sequence[Mapping[str, Any]],
    policy: Policy,
    pair: Pair,
    column: str,
    by: str,
    times: Mapping[str, Policy],
) -> Cell:
    at = times[column if by == "year" else ""]
    first, last = at.between or (at.as_of, at.as_of)
    words = [column] if by == "kind" else policy.kinds or [""]
    found = [
        absence(sources, label=labels, kind=kind, countries=pair, first=first, last=last, domains=policy.domains)
        for labels, kind in map(meaning, words)
    ]
    weakest = next((one for one in found if one.answer == NOT_COVERED), found[0])
    return Cell(weakest.answer, weakest.sources, weakest.why)


def _name(id: str) -> str:
    from relgraph.model.countries import load_countries

    country = load_countries().get(id)
    return country.name if country else id
