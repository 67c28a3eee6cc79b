"""Commands on several countries: what is between them, what changed, and counts for regression."""

from __future__ import annotations

import relgraph
from relgraph.cli import arguments, texts
from relgraph.cli.groups import Claimed, Claims, Result, Selected, Tying, Where
from relgraph.cli.terminal import FOR_EYES, progress, width


def ties(where: Where, claims: Claims, result: Result, countries: arguments.Countries) -> None:
    """Show what is between two or more countries.

    Engagements, bilateral and multilateral; organizations and frameworks that they share; and what two of them
    lack together: none, or not covered.

    \b
    Example: relgraph ties JPN PHL --as-of 2019-12-31
    """
    from relgraph.cli import views

    with where.open(result) as graph, progress("reading"):
        found = graph.ties(*countries, **claims.policy())
    result.rows(*(views.sections(found) if result.format in FOR_EYES else [found.rows()]))


def matrix(
    where: Where,
    claims: Claims,
    result: Result,
    countries: arguments.Countries,
    by: arguments.Sort = "kind",
    years: arguments.SomeYears = None,
) -> None:
    """Show who of these countries has what with whom.

    For each two of them and each kind of engagement, domain or year: yes, signed, possibly, none or not covered.

    \b
    Example: relgraph matrix JPN PHL AUS --as-of 2019-12-31
             relgraph matrix JPN PHL --by year --years 2015-2019
    """
    from relgraph.cli import views

    period, policy = texts.years(years) if years else None, claims.policy()
    with where.open(result) as graph, progress("reading"):
        found = graph.matrix(*countries, by=by, years=period, **policy)
        places = _places(graph, claims, views.evidence(found), list(found.names))
    eyes = result.format in FOR_EYES
    result.rows(*(views.matrix(found, policy, places, width()) if eyes else [views.pairs(found, policy)]))


def _places(
    graph: relgraph.Graph, claims: Claimed, engagements: list[str], actors: list[str] | None = None
) -> dict[str, list[str]]:
    """Where sources speak of these engagements, by their ids."""
    if not engagements:
        return {}
    asked = {"engagements": engagements, "actors": actors, "certainty": claims.certainty, "sources": claims.source}
    return {row["id"]: row["sources"] for row in graph.answer("places_of", asked)}


def diff(where: Where, selection: Selected, result: Result, first: arguments.FirstDay, last: arguments.LastDay) -> None:
    """Show what began and ended between two days.

    What began after the first day and by the last, what ended from the first on and before the last, and what may
    have. With --country: of which one of these is a party.

    \b
    Example: relgraph diff 2015-12-31 2020-06-30 --kind Exercise
    """
    from relgraph.cli import views

    policy = selection.policy()
    with where.open(result) as graph, progress("reading"):
        found = graph.diff(first, last, **policy)
    eyes = result.format in FOR_EYES
    result.rows(*(views.changes(found, policy) if eyes else [views.changed(found, policy)]))


def dyads(
    where: Where,
    tying: Tying,
    result: Result,
    years: arguments.Years,
    by: arguments.Count = "kind",
    code: arguments.Codes = None,
    directed: arguments.Directed = False,
) -> None:
    """Give a row for each pair of states and year.

    How many engagements of each kind they surely had in the year, for regression: 0 where a source covers it
    completely, nothing where none does. A table shows only the pairs that had any; -o FILE.csv takes all, with
    COW and Gleditsch-Ward codes.

    \b
    Example: relgraph dyads --years 2018-2019 --kind Exercise
    """
    from relgraph.cli import views

    period, policy = texts.years(years), tying.policy()
    with where.open(result) as graph, progress("counting"):
        table = graph.dyads(period, code or ("cow", "gw"), by=by, directed=directed, **policy)
    result.rows((views.had if result.format in FOR_EYES else views.framed)(table, policy))
