"""Small hand-made readings: who takes part in what, in a line each."""

from __future__ import annotations

from relgraph.analysis.policy import Policy
from relgraph.analysis.records import Actor, Claim, Engagement, Link, Reading, Setting
from relgraph.ingest.merge import Citation, merge
from relgraph.model.dates import bounds
from relgraph.model.records import Ref

TYPES = {"provides": "PROVIDES", "receives": "RECEIVES"}


def ref(text: str) -> Ref:
    """`JPN`, or `Organization/asean` for what is no country."""
    label, _, id = text.rpartition("/")
    return Ref(label or "Country", id)


def spell(text: str | None, *, event: bool = False, seen_until=None):
    """The bounds of `2001 / 2005`, of `2001` alone, or of nothing."""
    if not text:
        return None
    start, _, end = (part.strip() for part in text.partition("/"))
    return bounds(start or None, end or None, event=event, seen_until=seen_until)


def claim(engagement: str, text: str, *, label: str = "Exercise", n: int = 0, source: str = "paper", **more) -> Claim:
    """`JPN`, `JPN:host`, `JPN:host?` (implied), `JPN:host??` (ambiguous)."""
    who, _, role = text.rstrip("?").partition(":")
    certainty = ("stated", "implied", "ambiguous")[text.count("?")]
    default, type = ("signatory", "PARTY_TO") if label == "Agreement" else ("participant", "TAKES_PART_IN")
    return Claim(
        engagement,
        ref(who),
        TYPES.get(role, type),
        role or default,
        f"{engagement}-{n:02}-{source}",
        source,
        certainty=certainty,
        **more,
    )


def engagement(
    id: str, parties: str, *, label: str = "Exercise", when: str | None = None, event: bool = False, **more
) -> Engagement:
    """An engagement with a claim of `paper` for each party of the text; `claims` adds to them."""
    added = tuple(more.pop("claims", ()))
    covers = more.pop("covers", ())
    claims = [claim(id, text, label=label, n=n) for n, text in enumerate(parties.split())]
    return Engagement(
        id,
        label,
        more.pop("name", id.title()),
        bounds=spell(when, event=event),
        start=(when or "").partition("/")[0].strip() or None,
        claims=[*claims, *added],
        settings=tuple(Setting("COVERS", name, name.lower()) for name in covers),
        **more,
    )


def link(text: str, *, when: str | None = None, role: str | None = None, certainty: str = "stated") -> Link:
    """`Unit/jmsdf in JPN`; `member` where the outer thing is an organization or a group."""
    inner, outer = (ref(part.strip()) for part in text.split(" in "))
    default = "member" if outer.label in ("Organization", "Group") else "part"
    return Link(inner, outer, role or default, certainty, spell(when))


def reading(*engagements: Engagement, links: tuple[Link, ...] = (), sizes: dict[str, int] | None = None, sources=None):
    """All of it together; actors are those that anything names."""
    refs = {claim.actor for one in engagements for claim in one.claims}
    refs |= {end for one in links for end in (one.of, one.to) if end.label in ("Country", "Organization", "Unit")}
    sizes = {ref(text): size for text, size in (sizes or {}).items()}
    return Reading(
        engagements=engagements,
        actors={one: actor(one, sizes.get(one)) for one in refs},
        parts=[one for one in links if one.role in ("part", "edition")],
        members=[one for one in links if one.role not in ("part", "edition")],
        sources=sources or {"paper": {"id": "paper", "name": "A paper"}, "list": {"id": "list", "name": "A list"}},
    )


def actor(one: Ref, size: int | None = None) -> Actor:
    """What the registers say of it, or its id for a name."""
    about = merge(one, [Citation(0, "paper", {"name": one.id.title()})]).properties
    aliases = tuple(about.get("aliases", ()))
    return Actor(one, about["name"], about.get("kind"), aliases, about.get("lat"), about.get("lon"), size)


def net(read: Reading, **options):
    """The network of a reading under these options."""
    from relgraph.analysis.network import project

    return project(read, Policy.of(**options))


def weights(network) -> dict[str, float]:
    """`{"JPN-USA": 2}`: the weight of each tie."""
    return {f"{a}-{b}": round(weight, 6) for a, b, weight in network.edges(data="weight")}
