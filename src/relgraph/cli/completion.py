"""Completion: the words that the shell offers for an option or an argument."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import relgraph


def query_names(incomplete: str) -> list[str]:
    return _begun(incomplete, relgraph.Graph.queries())


def measure_names(incomplete: str) -> list[str]:
    return _begun(incomplete, relgraph.measures.__all__)


def source_names(incomplete: str) -> list[str]:
    from relgraph.ingest.source import bundled_sources

    return _begun(incomplete, bundled_sources())


def _begun(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]


def words(*names: str) -> Callable[[str], list[str]]:
    return lambda incomplete: _begun(incomplete, names)


def kinds(incomplete: str) -> list[str]:
    from relgraph.analysis.policy import kinds_known
    from relgraph.model.ontology import load_ontology

    return _begun(incomplete, kinds_known(load_ontology()))


def roles(incomplete: str) -> list[str]:
    from relgraph.analysis.policy import roles_known
    from relgraph.model.ontology import load_ontology

    return _begun(incomplete, roles_known(load_ontology()))


def countries(incomplete: str) -> list[str]:
    """Codes and names of countries, and organizations of the register."""
    from relgraph.model.countries import load_countries
    from relgraph.model.organizations import load_organizations

    texts = [text for country in load_countries() for text in (country.id, country.name)]
    texts += [f"org:{organization.id}" for organization in load_organizations()]
    return _begun(incomplete, texts)
