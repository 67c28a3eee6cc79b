"""The vocabulary: what a mapping may name of the ontology, in few lines, for whoever writes a `source.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from relgraph.ingest.things import NOT_DEFINED
from relgraph.model.ontology import ANY_THING, ANY_TIE, CITED_IN, Ontology

WIDE = 97


def vocabulary(ontology: Ontology) -> Iterator[str]:
    """Labels that rows can define, with their kinds; families; types of tie, with what they join and their roles."""
    labels = [label for label in ontology.labels.values() if label.name not in NOT_DEFINED]
    types = [type_ for type_ in ontology.ties.values() if type_.name != CITED_IN]
    families = "; ".join(f"{name} is {', '.join(ontology.family(name))}" for name in ontology.families)
    yield f"Labels of things: kinds [properties; all: {', '.join(ANY_THING)}]"
    yield from _listed((label.name, ", ".join(label.kinds), label.properties) for label in labels)
    yield f"Ties: from → to (roles) [properties; all: {', '.join(ANY_TIE)}]"
    yield from _listed((each.name, f"{each.joined}{_roles(each.roles)}", each.properties) for each in types)
    yield from wrap(f"There {families}. A tie whose role is not mapped has the first.", WIDE)


def _roles(roles: Iterable[str]) -> str:
    listed = ", ".join(roles)
    return f" ({listed})" if listed else ""


def _listed(entries: Iterable[tuple[str, str, tuple[str, ...]]]) -> Iterator[str]:
    """A paragraph for each text with properties, behind the names of which it is said."""
    names: dict[str, list[str]] = {}
    for name, text, properties in entries:
        own = f"[{', '.join(properties)}]" if properties else ""
        names.setdefault(f"{text} {own}".strip(), []).append(name)
    for said, those in names.items():
        entry = f"{', '.join(those)}: {said or 'no kinds'}"
        yield from wrap(entry, WIDE, initial_indent="  ", subsequent_indent=" " * 6, break_on_hyphens=False)
