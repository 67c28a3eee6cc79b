"""Ends: which thing a cell means, among the source's own things, the registers, and its crosswalk."""

from __future__ import annotations

from collections.abc import Callable

from relgraph.errors import UsageError
from relgraph.ingest.claims import Claims
from relgraph.ingest.columns import Cells, Chosen, each_once
from relgraph.ingest.conversions import Unreadable
from relgraph.ingest.crosswalk import Crosswalk
from relgraph.ingest.language import End, Value
from relgraph.ingest.rows import Rows
from relgraph.ingest.values import Compiler
from relgraph.model.countries import AmbiguousCountry, UnknownCountry, load_countries
from relgraph.model.names import close
from relgraph.model.ontology import Ontology
from relgraph.model.organizations import UnknownOrganization, load_organizations
from relgraph.model.records import Ref

Key = tuple[tuple[str, ...], str, str, "str | None"]  # labels, id, scheme, day
Found = tuple[Ref, "str | None"]  # the thing, and a warning where the code was taken from another time
MakeRefs = Callable[[Chosen], "list[Ref | None]"]
MakeNamed = Callable[[Cells, int, "str | None"], "tuple[Ref, str] | None"]


class Ends:
    """Resolves the ends of ties; an id that means nothing is an issue with the nearest that would."""

    def __init__(self, claims: Claims, ontology: Ontology) -> None:
        self.ontology, self.things = ontology, claims.citations
        self.crosswalk = Crosswalk(claims, ontology)
        self.countries, self.organizations = load_countries(), load_organizations()
        self._found: dict[Key, Found | Unreadable] = {}

    def own(self, labels: tuple[str, ...], id_: str) -> Ref | None:
        """The thing of this source with one of these labels and that id."""
        for label in labels:
            ref = self.crosswalk.meaning(Ref(label, id_))
            if ref in self.things:
                return ref
        return None

    def compile(self, rows: Rows, end: End) -> MakeRefs:
        """A function from rows to the things at this end; None, with an issue, where one names none."""
        names = (end.label,) if isinstance(end.label, str) else end.label
        labels = tuple(label for name in names for label in self.ontology.family(name))
        if not labels:
            raise rows.bad_mapping("is no label", "see ontology.toml", ", ".join(names))
        if end.id is None:
            if rows.defined.keys().isdisjoint(labels):
                made = ", ".join(rows.defined) or "no thing: give the end an id"
                raise rows.bad_mapping("is no label of what its rows define", f"they define {made}", ", ".join(names))
            return _of_the_row(rows, labels)
        compiler, scheme = rows.compiler, end.scheme
        make_on = compiler.one(end.on, "text", said=True) if end.on else None  # a doubtful day still tells the era
        named = self._named(compiler, end.id, labels, scheme)
        again = self._named(compiler, end.agrees.id, labels, end.agrees.scheme, warn=False) if end.agrees else None
        columns = compiler.columns(end.id)

        def make(cells: Cells, row: int) -> Ref | None:
            on = make_on(cells, row) if make_on else None
            found = named(cells, row, on)
            other = again(cells, row, on) if again and found else None
            if found and other and other[0] != found[0]:
                problem = f"is {found[0].id}, but {other[1]} in the same row is {other[0].id}"
                remedy = "mend one of them, or name the defect as known"
                compiler.unreadable(Unreadable(problem, remedy), cells, row, columns, found[1])
                return None
            return found[0] if found else None

        values = [each for each in (end.id, end.on, end.agrees and end.agrees.id) if each]
        return each_once(make, compiler.places(*values), rows.claims.issues)

    def _named(
        self, compiler: Compiler, id: Value, labels: tuple[str, ...], scheme: str, *, warn: bool = True
    ) -> MakeNamed:
        make_id, columns = compiler.one(id, "text"), compiler.columns(id)

        def named(cells: Cells, row: int, on: str | None) -> tuple[Ref, str] | None:
            id_ = make_id(cells, row)
            if id_ is None:
                return None
            found = self._look_up((labels, id_, scheme, on))
            if isinstance(found, Unreadable):
                compiler.unreadable(found, cells, row, columns, id_)
                return None
            ref, warning = found
            if warning and warn:
                compiler.warn(warning, cells, row, columns, id_)
            return ref, id_

        return named

    def _look_up(self, key: Key) -> Found | Unreadable:
        """What `_resolve` answers, remembered: the same name stands in thousands of rows, and a search for the
        names nearest to an unknown one is slow."""
        if key not in self._found:
            try:
                self._found[key] = self._resolve(*key)
            except Unreadable as error:
                self._found[key] = error
        return self._found[key]

    def _resolve(self, labels: tuple[str, ...], id_: str, scheme: str, on: str | None) -> Found:
        ref = self.own(labels, id_)
        if ref:
            return ref, None
        if "Organization" in labels and (organization := self.organizations.get(id_)):
            return Ref("Organization", organization.id), None
        if "Country" in labels:
            return self._country(labels, id_, scheme, on)
        if "Organization" in labels and (called := self._organization(id_, scheme)):
            return called, None
        own = [ref.id for ref in self.things if ref.label in labels]
        near = ", ".join(close(id_, own, cutoff=0.3))
        raise Unreadable("is defined by no row", f"near it: {near}" if near else "add the row that defines it")

    def _country(self, labels: tuple[str, ...], id_: str, scheme: str, on: str | None) -> Found:
        try:
            if scheme == "any":
                return Ref("Country", self.countries.find(id_, on).id), None
            found = self.countries.resolve(scheme, id_, on)
            return Ref("Country", found.country.id), found.warning
        except AmbiguousCountry as error:
            raise Unreadable("may be several countries", str(error)) from error
        except UnknownCountry as error:
            if "Organization" in labels and (called := self._organization(id_, scheme)):
                return called, None
            near = error.nearest or self.countries.nearest(id_)
            own = [ref.id for ref in self.things if ref.label in labels]
            names = [*close(id_, own), *near][:3]
            what = "country" if labels == ("Country",) else "actor that this source or a register has"
            remedy = f"near it: {', '.join(names)}; a lookup can say which is meant and when can leave it out"
            raise Unreadable(f"is no {what}", remedy) from error
        except UsageError as error:
            raise Unreadable("cannot be placed in time", str(error)) from error

    def _organization(self, name: str, scheme: str) -> Ref | None:
        """The organization of the register that has this name, where a cell may name one."""
        if scheme not in ("any", "name"):
            return None
        try:
            return Ref("Organization", self.organizations.find(name).id)
        except UnknownOrganization:
            return None


def _of_the_row(rows: Rows, labels: tuple[str, ...]) -> MakeRefs:
    """The thing that the row defines; a row that has none of its own has had its issue there."""
    defined = [rows.defined[label] for label in labels if label in rows.defined]

    def make(chosen: Chosen) -> list[Ref | None]:
        return [next((ref for of in defined if (ref := of.get(row))), None) for row in chosen.numbers]

    return make
