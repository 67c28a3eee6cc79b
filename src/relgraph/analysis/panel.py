"""A measure for many days, in long format."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from relgraph.analysis.coverage import unreached
from relgraph.analysis.policy import Policy
from relgraph.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from relgraph.analysis.records import Reading
    from relgraph.store.connection import Connection

Measure = str | Callable[..., Any]


def panel(
    connection: Connection,
    measure: Measure,
    days: Iterable[date | str],
    *,
    arguments: Mapping[str, Any] | None = None,
    **options: Any,
) -> pd.DataFrame:
    """A measure of the network of each day: its table for each, one under the other, with `day` before it.

    `measure` is the name of one of `relgraph.measures` (with hyphens or without) or a function of a network;
    `arguments` are given to it, `options` to the projection, all but `as_of` and `between`. The graph is read
    once, and a network that equals another day's is measured once. On a day that none of the sources reaches every
    measure is missing, unless what is only `possibly` in force is asked for. `attrs` holds `policy`, `sources`, `ego`,
    `warning` and `notes` of all days. No day at all is a `UsageError`.
    """
    from relgraph.analysis.reading import read
    from relgraph.analysis.selection import select

    for name in ("as_of", "between"):
        if name in options:
            raise UsageError(f"{name}: a panel takes its days from the list; leave it out")
    policies = [Policy.of(**options, as_of=one) for one in days]
    if not policies:
        raise UsageError("a panel needs days; give one or more")
    if policies[0].countries is not None:
        chosen = select(connection, policies[0].countries, policies[0])
        policies = [policy.with_(countries=chosen) for policy in policies]
    given = [known_members(connection, arguments, policy) for policy in policies]
    return panel_of(read(connection, policies[0]), measure, policies, given)


def known_members(connection: Connection, arguments: Mapping[str, Any] | None, policy: Policy) -> dict[str, Any]:
    """The arguments of a measure, with the members then for a partition such as `org:asean`."""
    from relgraph.analysis.selection import select

    given = dict(arguments or {})
    partition = given.get("partition")
    if isinstance(partition, str) and partition.casefold().startswith("org:"):
        given["partition"] = select(connection, partition, policy)
    return given


def panel_of(
    reading: Reading,
    measure: Measure,
    policies: Sequence[Policy],
    arguments: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
) -> pd.DataFrame:
    """The same of what was read, a table for each policy (and arguments of its own, or one for all)."""
    import pandas as pd

    from relgraph.analysis.measures.tables import provenance
    from relgraph.analysis.network import project
    from relgraph.analysis.projection import Counts
    from relgraph.analysis.sentence import sentence
    from relgraph.model.memory import many_objects

    function = measure_named(measure)
    known: dict[tuple, list[tuple[Mapping[str, Any], pd.DataFrame]]] = {}
    tables: list[pd.DataFrame] = []
    attrs: list[dict[str, Any]] = []
    counts: list[Counts] = []
    each = [arguments or {}] * len(policies) if arguments is None or isinstance(arguments, Mapping) else arguments
    for policy, given in zip(policies, each, strict=True):
        with many_objects():
            net = project(reading, policy)
        same = known.setdefault(_content(net), [])
        found = next((measured for under, measured in same if under == given), None)
        if found is None:
            found = function(net, **given)
            same.append((given, found))
        table = found.copy()
        attrs.append(provenance(net, table.attrs.get("notes", ())))
        counts.append(Counts(**net.graph["counts"]))
        table.attrs.clear()
        table.insert(0, "day", policy.as_of.isoformat() if policy.as_of else None)
        tables.append(table)
    named = [str(policy.as_of) for policy in policies]
    reasons = {day: unreached(reading.sources.values(), policy) for day, policy in zip(named, policies, strict=True)}
    missing = {day: why for day, why in reasons.items() if why}
    if missing:
        tables = _with_missing(list(zip(named, tables, strict=True)), missing)
        attrs = [{**about, "notes": []} if day in missing else about for day, about in zip(named, attrs, strict=True)]
        attrs[0]["notes"] = [*_told(missing), *attrs[0]["notes"]]
    filled = [table for table in tables if len(table)] or tables[:1]
    whole = pd.concat(filled, ignore_index=True)
    whole.attrs.update(_together(attrs))
    days = list(dict.fromkeys(policy.as_of for policy in policies if policy.as_of))
    most = Counts(*map(max, *counts, counts[0]))
    whole.attrs["policy"] = sentence(policies[0], most, whole.attrs["sources"], reading.actors, days)
    return whole


def _told(missing: Mapping[str, str]) -> Iterator[str]:
    """A note for all days that are missing for the same reason."""
    for why in dict.fromkeys(missing.values()):
        days = [day for day in missing if missing[day] == why]
        several = f" to {days[-1]} ({len(days)} days)" if len(days) > 1 else ""
        yield f"missing on {days[0]}{several}. {why}"


def _with_missing(tables: Sequence[tuple[str, pd.DataFrame]], missing: Container[str]) -> list[pd.DataFrame]:
    """The tables of days; on a missing one each row of the other days is there, and has no values."""
    import pandas as pd

    reached = pd.concat([table.iloc[:0] if day in missing else table for day, table in tables])
    keys = [name for name in reached if str(name).startswith(("id", "name"))]
    rows = reached[keys].drop_duplicates().sort_values(keys) if keys else pd.DataFrame(index=[0])
    blank = rows.reindex(columns=list(reached))
    whole = {name: "Int64" for name in reached if pd.api.types.is_integer_dtype(reached[name])}
    return [(blank.assign(day=day) if day in missing else table).astype(whole) for day, table in tables]


def measure_named(measure: Measure) -> Callable[..., pd.DataFrame]:
    """The function that computes a measure, by its name or as it is given."""
    from relgraph.analysis import measures

    if callable(measure):
        return measure
    name = measure.replace("-", "_")
    if name not in measures.__all__:
        raise UsageError(f"{measure}: no such measure; known are {', '.join(measures.__all__)}")
    return getattr(measures, name)


def _content(net: nx.Graph) -> tuple:
    """All of a network that a measure of it can depend on."""
    edges = ((a, b, about["weight"], _ids(about)) for a, b, about in net.edges(data=True))
    return tuple(net), tuple(edges)


def _ids(about: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(one["id"] for one in about["engagements"])


def _together(attrs: list[dict[str, Any]]) -> dict[str, Any]:
    warnings = dict.fromkeys(one.get("warning") for one in attrs if one.get("warning"))
    return {
        "sources": {id: about for one in attrs for id, about in one["sources"].items()},
        "ego": list(dict.fromkeys(actor for one in attrs for actor in one.get("ego", ()))),
        "warning": " ".join(warnings) or None,
        "notes": list(dict.fromkeys(note for one in attrs for note in one.get("notes", ()))),
    }
