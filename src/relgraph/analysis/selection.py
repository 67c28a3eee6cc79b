"""Countries as people name them: by ISO code, name or alias, as the members of an organization, or in a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from relgraph.analysis.moments import NO, Moment
from relgraph.analysis.parties import MEMBER_ROLES
from relgraph.analysis.policy import Policy
from relgraph.errors import UsageError
from relgraph.model.files import text_of

if TYPE_CHECKING:
    from relgraph.store.connection import Connection

MEMBERS = """
MATCH (country:Country)-[tie:MEMBER_OF]->(organization:Organization {id: $organization})
WHERE $sources IS NULL OR tie.source IN $sources
RETURN country.id AS country, tie.role AS role, tie.certainty AS certainty, tie.startFrom AS startFrom,
  tie.startBy AS startBy, tie.endFrom AS endFrom, tie.endBy AS endBy
ORDER BY country, tie.id
"""


def select(connection: Connection, given: str | Iterable[str], policy: Policy | None = None) -> tuple[str, ...]:
    """The ids of the countries that are meant, in the order given, each once.

    Each is an ISO code, name or alias in any case; `org:asean` for the members of an organization on the policy's
    day (or in its period, or ever), by its sources; `@FILE` for a file with one of these a line. An
    organization's own id stands for itself. What nobody knows is a `UsageError` that names the nearest.
    """
    return _select(connection, given, policy or Policy(), ())


def _select(
    connection: Connection, given: str | Iterable[str], policy: Policy, within: tuple[Path, ...]
) -> tuple[str, ...]:
    found: list[str] = []
    for word in [given] if isinstance(given, str) else given:
        found += _meant(connection, word.strip(), policy, within)
    return tuple(dict.fromkeys(found))


def _meant(connection: Connection, word: str, policy: Policy, within: tuple[Path, ...]) -> Iterable[str]:
    if word.startswith("@"):
        file = Path(word[1:]).expanduser()
        if file.resolve() in within:
            raise UsageError(f"{word}: names itself, or a file that does; give each list of countries once")
        return _select(connection, _lines(file), policy, (*within, file.resolve()))
    if word.casefold().startswith("org:"):
        return members(connection, word[4:].strip().lower(), policy)
    return [_country(connection, word)]


def members(connection: Connection, organization: str, policy: Policy) -> list[str]:
    """The ids of the countries that are members of an organization under the policy's day and sources.

    Those that are possibly members then are among them: what is chosen is who is looked at, not what is counted.
    """
    from relgraph.model.dates import Bounds

    moment = Moment(policy)
    sources = None if policy.sources is None else list(policy.sources)
    rows = connection.read(MEMBERS, {"organization": organization, "sources": sources}).rows
    found = []
    for country, role, certainty, *ends in rows:
        bounds = None if None in ends else Bounds(*ends)
        certain = (certainty or "stated") in policy.certainty
        if role in MEMBER_ROLES and certain and moment.answer((bounds,)) != NO:
            found.append(country)
    if not found:
        raise UsageError(f"org:{organization}: no loaded source names its members then; load one, or list countries")
    return list(dict.fromkeys(found))


def _country(connection: Connection, word: str) -> str:
    from relgraph.model.countries import UnknownCountry, load_countries

    try:
        return load_countries().find(word).id
    except UnknownCountry:
        known = connection.read("MATCH (o:Organization {id: $id}) RETURN o.id AS id ORDER BY id", {"id": word}).rows
        if known:
            return known[0][0]
        raise


def _lines(path: Path) -> list[str]:
    try:
        lines = text_of(path).splitlines()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"@{path}: cannot be read as text ({why}); give a file with one country a line") from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
