"""Pairs of states and years, for regression: how many engagements of each kind two states had in a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from relgraph.analysis.coverage import NONE, absence
from relgraph.analysis.policy import CERTAINTIES, Policy, period
from relgraph.analysis.projection import enroll, tied, wanted
from relgraph.analysis.records import Engagement, Reading
from relgraph.errors import UsageError
from relgraph.model.countries import SYSTEMS, load_countries

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from relgraph.store.connection import Connection

COLUMNS = {"cow": "ccode", "gw": "gwcode", "iso3": "iso3c"}  # as COW's, Gleditsch's and R's countrycode call them
Sort = tuple[str, str | None]  # label and kind
Engaged = dict[tuple[str, str], set[str]]  # by pair: the ids of engagements


def dyads(
    connection: Connection,
    years: tuple[date | str, date | str],
    codes: str | Iterable[str] = SYSTEMS,
    *,
    by: str = "kind",
    directed: bool = False,
    **options: Any,
) -> pd.DataFrame:
    """A row for each year and two members of the state system then, from the first year to the last.

    Columns: `year`, `id1`, `id2`, then for each of `codes` (cow, gw, iso3) `ccode1`, `ccode2`, `gwcode1`,
    `gwcode2` or `iso3c1`, `iso3c2` of that year (missing where the list does not have the state; `id` is the ISO code
    wherever there is one), then a count for each label (by="label") or
    kind of engagement, `label_kind`. A count is of engagements that tie the two and were surely in force at some
    time in the year. 0 means that a loaded source covers the pair, the kind and the whole year completely; where
    none does, and where an engagement possibly was in force, nothing is known: the count is missing.

    Members are the states on the first of the lists at some time of the year, so that each has its code there and
    rows merge one to one on it: `codes=["gw", "cow"]` for Gleditsch and Ward's. Each pair stands once, the lower code
    of that list first (as in COW's own files), or with `directed` both ways. `options` are those of a network
    that decide what ties two: kinds, roles, certainty, sources, domains, obligations, roll_up, parties_at_most,
    expand_organizations. Merge with a COW file on ccode1, ccode2 and year.
    """
    from relgraph.analysis.reading import read

    codes = [codes] if isinstance(codes, str) else list(codes)
    for code in codes or [""]:
        if code not in COLUMNS:
            raise UsageError(f"codes={code!r}: use cow, gw or iso3")
    if by not in ("kind", "label"):
        raise UsageError(f"by={by!r}: use kind or label")
    taken = {"kinds", "roles", "certainty", "sources", "domains", "obligations", "roll_up", "parties_at_most"}
    for name in options:
        if name not in taken | {"expand_organizations"}:
            raise UsageError(f"{name}: no option of dyads, which ask of whole years; leave it out")
    policy = Policy.of(**options)
    first, last = period(years)
    return dyads_of(read(connection, policy), policy, range(first.year, last.year + 1), codes, by, directed)


def dyads_of(
    reading: Reading,
    policy: Policy,
    years: Iterable[int],
    codes: Sequence[str],
    by: str = "kind",
    directed: bool = False,
) -> pd.DataFrame:
    """The same of what was read; no database is asked."""
    import pandas as pd

    engagements = [one for one in reading.engagements if wanted(one, policy)]
    sorts = sorted({_sort(one, by) for one in engagements}, key=_column)
    tables = [_of_year(reading, policy, _Year.of(year, codes), sorts, by, directed) for year in years]
    whole = pd.concat(tables, ignore_index=True)
    whole.attrs.update(policy=_policy(policy, reading.sources), sources=dict(reading.sources))
    return whole


def _policy(policy: Policy, sources: Iterable[str]) -> str:
    certain = " and ".join(word for word in CERTAINTIES if word in policy.certainty)
    return (
        "Engagements that tie the two and were surely in force at some time in the year; missing where no source "
        f"covers them, 0 where one does; {certain} claims of {', '.join(sorted(sources)) or 'no source'}."
    )


class _Year(NamedTuple):
    """The states of a year and their codes; the order is that in which the two of a pair stand.

    Who bore one code of the first list one after the other (COW's 345 in 2006: Yugoslavia, then Serbia) are one
    state, the one that bore it longer; `places` says where each is found.
    """

    year: int
    states: list[str]
    places: dict[str, int]
    codes: dict[str, list[int | None]]

    @classmethod
    def of(cls, year: int, codes: Sequence[str]) -> _Year:
        register = load_countries()
        order = [code for code in codes if code in SYSTEMS]
        members = {state.id for state in register.states_on(year, order[0] if order else None)}
        found = {code: {id: register.code(id, code, year) for id in members} for code in codes}
        numbers = {
            code: {id: int(n) if n and code in SYSTEMS else n for id, n in of.items()} for code, of in found.items()
        }
        stands = {
            id: register.resolve(order[0], found[order[0]][id], year).country.id if order else id for id in members
        }
        ordered = sorted(members, key=lambda id: [(n is None, n or 0) for n in (numbers[c][id] for c in order)] + [id])
        states = [id for id in ordered if stands[id] == id]
        places = {id: states.index(of) for id, of in stands.items()}
        return cls(year, states, places, {code: [numbers[code][id] for id in states] for code in codes})


def _of_year(
    reading: Reading, policy: Policy, year: _Year, sorts: Sequence[Sort], by: str, directed: bool
) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    ours, theirs = np.triu_indices(len(year.states), 1)
    if directed:
        ours, theirs = np.concatenate([ours, theirs]), np.concatenate([theirs, ours])
    ids = np.array(year.states, dtype=object)
    columns: dict[str, Any] = {"year": np.full(len(ours), year.year), "id1": ids[ours], "id2": ids[theirs]}
    for code, numbers in year.codes.items():
        for side, places in (("1", ours), ("2", theirs)):
            columns[COLUMNS[code] + side] = pd.array(
                [numbers[n] for n in places], dtype="Int64" if code in SYSTEMS else "object"
            )
    sure, maybe = (_counts(reading, policy, year.year, by, possibly) for possibly in (False, True))
    for sort in sorts:
        known = _known(reading, policy, year, sort)
        found = _matrix(year, sure.get(sort, {})), _matrix(year, maybe.get(sort, {}))
        counts, most = (matrix[ours, theirs] for matrix in found)
        missing = (counts == 0) & ((most > 0) | ~known[ours, theirs])
        columns[_column(sort)] = pd.array(np.where(missing, 0, counts), dtype="Int64")
        columns[_column(sort)][missing] = pd.NA
    return pd.DataFrame(columns)


def _counts(reading: Reading, policy: Policy, year: int, by: str, possibly: bool) -> dict[Sort, Engaged]:
    """For each sort of engagement: those that tie each pair in the year, surely or also possibly."""
    asked = policy.with_(between=(f"{year:04d}", f"{year:04d}"), possibly=possibly, undated=possibly)
    found: dict[Sort, Engaged] = {}
    for (a, b), entries in tied(reading, asked, enroll(reading, asked)[0]).items():
        for entry in entries:
            found.setdefault(_sort(entry.engagement, by), defaultdict(set))[a.id, b.id].add(entry.engagement.id)
    return found


def _matrix(year: _Year, engaged: Engaged) -> np.ndarray:
    """How many tie each two states."""
    import numpy as np

    together: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for pair, ids in engaged.items():
        if all(id in year.places for id in pair):
            together[tuple(sorted(year.places[id] for id in pair))] |= ids
    matrix = np.zeros((len(year.states), len(year.states)), dtype=int)
    for (a, b), ids in together.items():
        matrix[a, b] = matrix[b, a] = len(ids)
    return matrix


def _known(reading: Reading, policy: Policy, year: _Year, sort: Sort) -> np.ndarray:
    """For every two states: whether a source covers such engagements of theirs completely for the whole year."""
    import numpy as np

    matrix = np.zeros((len(year.states), len(year.states)), dtype=bool)
    for source in reading.sources.values():
        for rows, columns in _reach(source, policy, year, sort):
            matrix[np.ix_(rows, columns)] = True
            matrix[np.ix_(columns, rows)] = True
    return matrix


def _reach(source: Mapping[str, Any], policy: Policy, year: _Year, sort: Sort) -> Iterator[tuple[list[int], list[int]]]:
    """The blocks of pairs that a source covers: among its countries, or between its egos and these."""
    everywhere = {**source, "ego": None, "coversCountries": None}
    label, kind = sort
    days = {"first": date(year.year, 1, 1), "last": date(year.year, 12, 31)}
    if absence([everywhere], label=label, kind=kind, domains=policy.domains, **days).answer != NONE:
        return
    within = source.get("coversCountries") or year.states
    inside = [n for n, id in enumerate(year.states) if id in set(within)]
    ego = set(source.get("ego") or ())
    yield ([n for n in inside if year.states[n] in ego] if ego else inside), inside


def _sort(engagement: Engagement, by: str) -> Sort:
    return engagement.label, engagement.kind if by == "kind" else None


def _column(sort: Sort) -> str:
    """The name of a count's column, such as `agreement_alliance`.

    >>> _column(("Program", "capacity-building")), _column(("Exercise", None))
    ('program_capacity_building', 'exercise')
    """
    return "_".join(word.lower().replace("-", "_") for word in sort if word)
