"""Stability: which ranks a country takes when a claim of the network is doubted, or another policy chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from relgraph.analysis.network import project
from relgraph.analysis.panel import Measure, known_members, measure_named
from relgraph.analysis.policy import Policy
from relgraph.analysis.records import Reading
from relgraph.analysis.variants import KNOWN, Function, Measured, Quick, Ranking, policies_beside, ranks_of
from relgraph.model.memory import many_objects

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from relgraph.store.connection import Connection

LIMITS = (None, 10, 5, 2)
TOP = 5
ENGAGEMENT, SOURCE, POLICY = VARIATIONS = ("engagement", "source", "policy")
NAMED = 3  # in a warning; more are counted
Rankings = Mapping[str, Ranking]
Variant = tuple[str, str, Rankings]
"""What was varied (one of `VARIATIONS`), the id of what was left out, and the ranks by each measure."""


def stability(
    connection: Connection,
    measure: Measure,
    *,
    arguments: Mapping[str, Any] | None = None,
    limits: Iterable[int | None] = LIMITS,
    **options: Any,
) -> pd.DataFrame:
    """The band of ranks that every country takes when the network is varied: one row a country and measure.

    The network is that of `options` (see `relgraph.analysis.network`), and `measure` a column of
    `measures.centrality` such as `betweenness`, the name of a measure of countries (all its columns, with
    `arguments`), or a function of a network that gives such a table. It is varied in three ways: without each
    engagement in turn; without each source in turn, as if it were not loaded; and under every combination of the
    three weights, of certainty (stated; and implied; and ambiguous), of `possibly` (where there is a day or a
    period), and of `parties_at_most` in `limits`.

    id, name, measure, value, rank: as the network itself has them.
    lowest, highest: the smallest and the greatest rank over all of that.
    engagement_lowest, engagement_highest, source_lowest, …, policy_highest: over one way of varying; missing where
        there is nothing to vary (a single source).
    top_five_rests_on: the engagements and sources without any one of which the country is not among the top five.

    Who has no tie in a network, or no value, ranks after all who have. Left out engagements keep their place in a
    series: only who takes part is doubted. `attrs` holds `policy`, `sources`, `ego`, `notes`, and in `warning` also
    which engagement or source alone decides who the top five are. Columns of centrality in a country network that is
    not directed are found from what changes (200 countries and 2,000 engagements take seconds), others by measuring
    every network. What has no ranks of countries is a `UsageError`.
    """
    from relgraph.analysis.reading import read
    from relgraph.analysis.selection import select

    policy = Policy.of(**options)
    if policy.countries is not None:
        policy = policy.with_(countries=select(connection, policy.countries, policy))
    with many_objects():
        reading = read(connection, policy)
        ids = sorted(reading.sources)
        others = {id: [other for other in ids if other != id] for id in ids if len(ids) > 1}
        without = ((id, read(connection, policy.with_(sources=rest))) for id, rest in others.items())
        given = known_members(connection, arguments, policy)
        return stability_of(reading, policy, measure, without, given, tuple(limits))


def stability_of(
    reading: Reading,
    policy: Policy,
    measure: Measure,
    without: Iterable[tuple[str, Reading]] = (),
    arguments: Mapping[str, Any] | None = None,
    limits: Sequence[int | None] = LIMITS,
) -> pd.DataFrame:
    """The same of what was read; `without` has each source, and what was read of all others."""
    net = project(reading, policy)
    function, columns = _asked(measure, dict(arguments or {}))
    table = function(net)
    ranked = ranks_of(table)
    bands = {column: Band(table["id"], ranks) for column, ranks in ranked.items()}
    quick = columns is not None and policy.mode == "country" and not policy.directed
    ranker = Quick(reading, policy, list(ranked)) if quick else Measured(reading, policy, function)
    for kind, what, rankings in _variants(ranker, without, policies_beside(policy, limits)):
        for column, band in bands.items():
            band.take(kind, what, rankings[column])
    return _table(net, table, bands)


def _asked(measure: Measure, arguments: dict[str, Any]) -> tuple[Function, list[str] | None]:
    """The function that gives the ranks, and which columns of centrality these are, if they are its."""
    from relgraph.analysis.measures import centrality

    if measure in KNOWN:
        arguments, measure = {**arguments, "measures": [measure]}, "centrality"
    function = partial(measure_named(measure), **arguments)
    known = function.func is centrality and set(arguments) <= {"measures"}
    return function, list(arguments.get("measures") or KNOWN) if known else None


def _variants(
    ranker: Quick | Measured, without: Iterable[tuple[str, Reading]], beside: Sequence[Policy]
) -> Iterator[Variant]:
    for id, rankings in ranker.without_engagements():
        yield ENGAGEMENT, id, rankings
    for id, reading in without:
        yield SOURCE, id, ranker.of(reading)
    for rankings in ranker.under(beside):
        yield POLICY, "", rankings


class Band:
    """The ranks of one measure over all variants, for the countries of the network itself."""

    def __init__(self, ids: Iterable[str], base: Ranking) -> None:
        self.top = _top(base)
        self.ids = list(ids)
        self.ranks: dict[str, dict[str, tuple[float, float]]] = {kind: {} for kind in VARIATIONS}
        self.lost: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.decisive: list[Decisive] = []
        self._widen(ENGAGEMENT, base)
        self._widen(POLICY, base)

    def take(self, kind: str, what: str, ranking: Ranking) -> None:
        """Widen the bands by the ranks of one variant; one without any rank says nothing of ranks."""
        self._widen(kind, ranking)
        if kind != POLICY and (top := _top(ranking)) != self.top:
            self.decisive.append(Decisive(kind, what, sorted(self.top - top), sorted(top - self.top)))
            for id in self.top - top:
                self.lost[id].append((kind, what))

    def _widen(self, kind: str, ranking: Ranking) -> None:
        last, found = len(ranking) + 1, self.ranks[kind]
        for id in self.ids if ranking else ():
            rank = ranking.get(id, last)
            least, most = found.get(id, (rank, rank))
            found[id] = min(least, rank), max(most, rank)

    def ends(self, id: str, kinds: Iterable[str]) -> tuple[float, float] | tuple[None, None]:
        """The least and the greatest rank of a country over these ways of varying."""
        found = [self.ranks[kind][id] for kind in kinds if id in self.ranks[kind]]
        return (min(least for least, _ in found), max(most for _, most in found)) if found else (None, None)


class Decisive(NamedTuple):
    """An engagement or source without which others are among the top five."""

    kind: str
    what: str
    out: list[str]
    into: list[str]


def _top(ranking: Ranking) -> frozenset[str]:
    return frozenset(id for id, rank in ranking.items() if rank <= TOP)


def _table(net: nx.Graph, measured: pd.DataFrame, bands: Mapping[str, Band]) -> pd.DataFrame:
    import pandas as pd

    tables = [_of_one(measured, column, band) for column, band in bands.items()]
    table = pd.concat(tables, ignore_index=True)
    warnings = [_warning(net, column, band.decisive) for column, band in bands.items()]
    shown = " ".join(each for each in (measured.attrs.get("warning"), *warnings) if each)
    table.attrs.update({**measured.attrs, "warning": shown or None})
    if not any(band.ranks[SOURCE] for band in bands.values()):
        table.attrs["notes"] = [*table.attrs.get("notes", ()), "No source could be left out: all rests on one."]
    return table


def _of_one(measured: pd.DataFrame, column: str, band: Band) -> pd.DataFrame:
    """The rows of one measure, in the order of its ranks."""
    import pandas as pd

    table = measured[["id", "name"]].copy()
    table["measure"] = column
    table["value"], table["rank"] = measured[column].astype("float64"), _whole(measured[f"{column}_rank"])
    rows = table["id"].tolist()
    for prefix, kinds in [("", VARIATIONS), *((f"{kind}_", [kind]) for kind in VARIATIONS)]:
        found = [band.ends(id, kinds) for id in rows]
        table[f"{prefix}lowest"], table[f"{prefix}highest"] = (_whole(each[end] for each in found) for end in (0, 1))
    table["top_five_rests_on"] = pd.Series([_rests_on(band.lost[id]) for id in rows], dtype="object")
    return table.sort_values(["rank", "id"], ignore_index=True)


def _rests_on(lost: Sequence[tuple[str, str]]) -> str | None:
    """The engagements and sources without which a country is not among the top five, the first few by id."""
    said = [f"{kind} {what}" for kind, what in lost[:NAMED]]
    return ", ".join([*said, *[f"{len(lost) - NAMED} more"] * (len(lost) > NAMED)]) or None


def _whole(ranks: Iterable[float | None]) -> pd.Series:
    import pandas as pd

    return pd.Series(list(ranks), dtype="Int64")


def _warning(net: nx.Graph, column: str, decisive: Sequence[Decisive]) -> str | None:
    """Which engagements and sources alone decide who the top five are, the weightiest first; None: none does."""
    if not decisive:
        return None
    order = sorted(decisive, key=lambda one: (one.kind == ENGAGEMENT, -len(one.out) - len(one.into), one.what))
    said = [f"{one.kind} {one.what} ({_moves(one)})" for one in order[:NAMED]]
    more = f", and so do {len(order) - NAMED} more" if len(order) > NAMED else ""
    return f"Alone decides who the top five of {column} are: {', '.join(said)}{more}."


def _moves(one: Decisive) -> str:
    moves = [("out", one.out), ("in", one.into)]
    return "without it " + ", ".join(f"{way} {' '.join(ids)}" for way, ids in moves if ids)
