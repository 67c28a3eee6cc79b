"""Writes a hand-made reading into an engine, in the shape that a load gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from relgraph.analysis.records import Claim, Engagement, Link, Reading
from relgraph.model.ontology import load_ontology
from relgraph.model.records import Ref

Run = Callable[[str, dict[str, Any]], Any]


def store(run: Run, reading: Reading, keep: Callable[[str], bool] = lambda source: True) -> None:
    """Create everything that the reading says, or only what the sources say that `keep` admits.

    Every thing is cited by the sources of its claims; links and settings are claims of the source `paper`.
    """
    cited: dict[Ref, set[str]] = defaultdict(set)
    ties: dict[str, list[dict[str, Any]]] = defaultdict(list)
    things = dict(_things(reading))
    for type, start, end, tie in _ties(reading):
        if keep(tie["source"]):
            ties[type].append({"a": start.id, "al": start.label, "b": end.id, "p": tie})
            cited[start].add(tie["source"])
            cited[end].add(tie["source"])
    for id, about in reading.sources.items():
        if keep(id):
            run("CREATE (n:Source) SET n = $about", {"about": {**about, "id": id}})
    for ref in sorted(cited):
        _create(run, ref, things[ref])
        for source in sorted(cited[ref]):
            said = {
                **things[ref],
                "id": f"cited-{ref.label}-{ref.id}-{source}",
                "source": source,
                "certainty": "stated",
            }
            ties["CITED_IN"].append({"a": ref.id, "al": ref.label, "b": source, "p": said})
    for type, rows in ties.items():
        run(
            f"UNWIND $rows AS row MATCH (a {{id: row.a}}) WHERE row.al IN labels(a) MATCH (b {{id: row.b}}) "
            f"CREATE (a)-[t:{type}]->(b) SET t = row.p",
            {"rows": rows},
        )


def _create(run: Run, ref: Ref, about: dict[str, Any]) -> None:
    labels = ":".join(load_ontology().labels[ref.label].labels)
    run(f"CREATE (n:{labels}) SET n = $about", {"about": {**about, "id": ref.id}})


def _things(reading: Reading) -> Iterator[tuple[Ref, dict[str, Any]]]:
    for ref, actor in reading.actors.items():
        about = {name: getattr(actor, name) for name in ("name", "kind", "lat", "lon", "size")}
        yield ref, _some({**about, "aliases": list(actor.aliases)})
    for one in reading.engagements:
        yield Ref(one.label, one.id), _engagement(one)
        for setting in one.settings:
            yield Ref("Domain" if setting.type == "COVERS" else "Place", setting.id), {"name": setting.name}


def _engagement(one: Engagement) -> dict[str, Any]:
    plain = ("name", "kind", "start", "end", "signed", "note", "quantity", "unit")
    lists = {"aliases": list(one.aliases), "obligations": list(one.obligations or ())}
    dated = one.bounds._asdict() if one.bounds else {}
    return _some({name: getattr(one, name) for name in plain} | lists | dated)


def _ties(reading: Reading) -> Iterator[tuple[str, Ref, Ref, dict[str, Any]]]:
    for one in reading.engagements:
        here = Ref(one.label, one.id)
        for claim in one.claims:
            yield claim.type, claim.actor, here, _claim(claim)
        for n, setting in enumerate(one.settings):
            there = Ref("Domain" if setting.type == "COVERS" else "Place", setting.id)
            about = {"id": f"{one.id}-setting-{n}", "source": "paper", "certainty": setting.certainty}
            yield setting.type, here, there, about
    for n, link in enumerate([*reading.parts, *reading.members]):
        yield "MEMBER_OF" if link in reading.members else "PART_OF", link.of, link.to, _link(link, n)


def _claim(claim: Claim) -> dict[str, Any]:
    about = {"id": claim.tie, "source": claim.source, "certainty": claim.certainty, "locator": claim.locator}
    about |= {"role": claim.role if claim.type in ("PARTY_TO", "TAKES_PART_IN") else None}
    about |= {name: getattr(claim, name) for name in ("start", "end", "quote", "note")}
    about |= {"obligations": list(claim.obligations or ())}
    return _some(about | (claim.bounds._asdict() if claim.bounds else {}))


def _link(link: Link, n: int) -> dict[str, Any]:
    dated = link.bounds._asdict() if link.bounds else {}
    return {"id": f"link-{n:03}", "source": "paper", "role": link.role, "certainty": link.certainty, **dated}


def _some(about: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in about.items() if value not in (None, [])}
