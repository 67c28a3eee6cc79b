"""Everything between two or more countries, what each claim of it rests on, and what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from relgraph.analysis.coverage import absence, meaning
from relgraph.analysis.lines import ABSENT, BILATERAL, MULTILATERAL, SECTIONS, Line
from relgraph.analysis.policy import CERTAINTIES, Policy, roles_known
from relgraph.analysis.projection import enroll
from relgraph.errors import UsageError
from relgraph.model.ontology import load_ontology
from relgraph.model.records import Ref

if TYPE_CHECKING:
    import pandas as pd

    from relgraph.analysis.records import Reading
    from relgraph.query.results import Rows
    from relgraph.store.connection import Connection


@dataclass(frozen=True)
class Ties:
    """What is between countries: lines in the order of `SECTIONS`, by label and kind and then by date.

    Where none is about engagements, `nothing` says what that means: none, or not covered. `before` names the countries
    of the graph that had the code of one of them at another time, such as the Soviet Union that of Russia.
    """

    countries: Mapping[str, str]
    lines: Sequence[Line]
    as_of: date | None = None
    sources: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    policy: str = ""
    nothing: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    def section(self, name: str) -> list[Line]:
        """The lines of one section."""
        return [line for line in self.lines if line.section == name]

    @property
    def bilateral(self) -> list[Line]:
        return self.section(BILATERAL)

    @property
    def multilateral(self) -> list[Line]:
        return self.section(MULTILATERAL)

    @property
    def absent(self) -> list[Line]:
        return self.section(ABSENT)

    def rows(self) -> Rows:
        """The lines as rows for every output format, with the policy as a note."""
        from relgraph.query.results import Rows

        notes = (*self.nothing, *self.before, self.policy)
        return Rows(Line._fields, [list(line) for line in self.lines], self.title, notes)

    def table(self) -> pd.DataFrame:
        """The lines as a DataFrame; `attrs` holds policy and sources."""
        table = self.rows().to_dataframe()
        table.attrs.update(policy=self.policy, sources=dict(self.sources))
        return table

    @property
    def title(self) -> str:
        """What the rows show, in a phrase."""
        day = f" on {self.as_of}" if self.as_of else ""
        return f"Between {', '.join(self.countries.values())}{day}"


def ties(
    connection: Connection,
    countries: Iterable[str],
    *,
    as_of: date | str | None = None,
    kinds: str | Iterable[str] | None = None,
    domains: str | Iterable[str] | None = None,
    certainty: str | Iterable[str] = ("stated", "implied"),
    sources: str | Iterable[str] | None = None,
    expand_organizations: bool = False,
) -> Ties:
    """All engagements of two or more of these countries, the organizations and frameworks that they share, and
    what two of them lack together though each has it with someone else.

    Countries are taken by ISO code, name or alias, as `org:asean` or `@FILE`. Every role counts here, and is shown.
    On a day, what was certainly not in force is left out. An absence is `none` only where a loaded source covers
    it completely, else `not covered`. Fewer than two countries are a `UsageError`.
    """
    from relgraph.analysis.between import absent_lines, engagement_lines
    from relgraph.analysis.reading import read
    from relgraph.analysis.selection import select
    from relgraph.analysis.sharing import framework_lines, organization_lines

    policy = Policy.of(
        as_of=as_of, kinds=kinds, domains=domains, certainty=certainty, sources=sources, possibly=True,
        roles=roles_known(load_ontology()), expand_organizations=expand_organizations,
    )  # fmt: skip
    chosen = select(connection, countries, policy)
    if len(chosen) < 2:
        raise UsageError(f"ties of {', '.join(chosen) or 'nobody'}: name two or more countries")
    reading = read(connection, policy, near=chosen)
    entries = enroll(reading, policy)[0]
    engagements = list(engagement_lines(entries, policy, chosen))
    absent = list(absent_lines(entries, list(reading.sources.values()), policy, chosen))
    lines = [
        *engagements,
        *organization_lines(connection, policy, chosen),
        *framework_lines(connection, policy, engagements, chosen),
        *absent,
    ]
    names = {id: _name(reading, id) for id in chosen}
    said = _policy(policy, reading.sources)
    nothing = () if engagements or absent else _nothing(reading, policy, chosen)
    before = tuple(_before(connection, chosen))
    return Ties(names, sorted(lines, key=_order), policy.as_of, reading.sources, said, nothing, before)


def _before(connection: Connection, chosen: Sequence[str]) -> Iterator[str]:
    """A sentence for each country of the graph, not among the chosen, that had the code of one of them."""
    from relgraph.model.countries import load_countries

    register = load_countries()
    meant = {other.id: (other, register.get(id)) for id in chosen for other in register.with_its_code(id)}
    found = "MATCH (c:Country) WHERE c.id IN $ids RETURN c.id ORDER BY c.id"
    asked = [id for id in meant if id not in chosen]
    for (id,) in connection.read(found, {"ids": asked}).rows if asked else ():
        other, ours = meant[id]
        yield f"{other.name} ({id}) had the code of {ours.name} at another time; its ties are not among these."


def _nothing(reading: Reading, policy: Policy, chosen: Sequence[str]) -> tuple[str, ...]:
    """What it means that no engagement is found, for each kind that was asked for."""
    question = {"countries": chosen, "first": policy.as_of, "last": policy.as_of, "domains": policy.domains}
    asked = map(meaning, policy.kinds or ("",))
    found = [absence(reading.sources.values(), label=labels, kind=kind, **question) for labels, kind in asked]
    return tuple(dict.fromkeys(one.why for one in found))


def _name(reading: Reading, id: str) -> str:
    from relgraph.model.countries import load_countries

    country = load_countries().get(id)
    organization = reading.actors.get(Ref("Organization", id))
    return country.name if country else organization.name if organization else id


def _order(line: Line) -> tuple:
    """By section, label, kind, and date; what has no date comes last."""
    labels = list(load_ontology().labels)
    began = line.start or line.signed or "~"
    return SECTIONS.index(line.section), labels.index(line.label), line.kind or "", began, line.id or "", line.between


def _policy(policy: Policy, sources: Iterable[str]) -> str:
    """What the lines rest on, in a sentence."""
    certain = " and ".join(word for word in CERTAINTIES if word in policy.certainty)
    when = f"in force or possibly in force on {policy.as_of}, or undated" if policy.as_of else "of any time"
    kinds = f" of kind {' or '.join(policy.kinds)}" if policy.kinds else ""
    return f"Engagements{kinds} {when}, in every role; {certain} claims of {', '.join(sorted(sources)) or 'no source'}."
