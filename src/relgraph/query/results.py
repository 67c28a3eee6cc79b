"""What a query answers with: named columns, rows, and values in the forms that every output shares.

=================  ==========================================================================================
in the graph       as plain data (JSON, and what the other formats are made from)
=================  ==========================================================================================
date, time         text as ISO 8601; a duration, too (`P1Y2M`)
unknown bound      null: 0001-01-01 and 9999-12-31 stand for "not known" and are never shown
node               `{"labels": […], "properties": {…}}`, both sorted; without the internal property `hash`,
                   which `properties(n)` leaves out as well
relationship       `{"type": …, "start": …, "end": …, "properties": {…}}`; `start` and `end` are the ids of
                   the things at its ends, null where the query does not return these
path               `{"nodes": […], "relationships": […]}`
point              `{"srid": …, "coordinates": […]}`
NaN, ±Infinity     null
list, map          list, object
=================  ==========================================================================================
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from relgraph.model.records import INTERNAL

if TYPE_CHECKING:
    import pandas

HIDDEN = INTERNAL
UNKNOWN = (date.min.isoformat(), date.max.isoformat())


@dataclass(frozen=True)
class Rows:
    """The answer to a query: columns in order, and rows of driver values.

    `title` says what it answers, `notes` what a reader must know beside it (for one, whether an absence is
    covered by a source); table and markdown show both, the data formats neither.
    """

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    title: str | None = None
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row as a dict of plain data."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.plain())

    def plain(self) -> Iterator[list[Any]]:
        """Each row as a list of plain data."""
        return ([plain(value) for value in row] for row in self.rows)

    def column(self, name: str) -> list[Any]:
        """The plain values of one column."""
        position = self.columns.index(name)
        return [plain(row[position]) for row in self.rows]

    def _repr_html_(self) -> str:
        """How a notebook shows the rows."""
        return self.to_dataframe()._repr_html_()

    def to_dataframe(self) -> pandas.DataFrame:
        """The rows as a pandas DataFrame of plain values; whole numbers stay whole where some are missing.

        Dates are ISO texts, because pandas has no imprecise ones; nodes are dicts and lists are lists. The
        title and the notes stand in `.attrs["title"]` and `.attrs["note"]` (None where there are none).
        """
        import pandas

        columns = list(zip(*self.plain(), strict=True)) or [()] * len(self.columns)
        series = [pandas.Series(list(values), dtype=_dtype(values)) for values in columns]
        frame = pandas.concat(series, axis=1, keys=self.columns) if series else pandas.DataFrame()
        frame.attrs.update(title=self.title, note=" ".join(self.notes) or None)
        return frame


def _dtype(values: Iterable[Any]) -> str:
    kinds = {type(value) for value in values}
    missing = type(None) in kinds
    if kinds <= {int, type(None)} and int in kinds:
        return "Int64" if missing else "int64"
    if kinds <= {int, float, type(None)} and float in kinds:
        return "float64"
    return "bool" if kinds == {bool} else "object"


def rows_of(result: Any, cypher: str) -> Rows:
    """The rows of a `store.Result`; an engine that names no columns when there are no rows is helped out."""
    from relgraph.query.statement import columns

    return Rows(tuple(result.keys) or columns(cypher) or (), result.rows)


def plain(value: Any) -> Any:
    """A driver value as plain data, in the forms at the top of this module.

    >>> plain([date(2017, 5, 12), date.max, float("nan"), {"a": (1, 2)}])
    ['2017-05-12', None, None, {'a': [1, 2]}]
    """
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return None if value in UNKNOWN else value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    for recognized, convert in _FORMS:
        if recognized(value):
            return convert(value)
    return str(value)


def is_node(value: Any) -> bool:
    return hasattr(value, "labels") and hasattr(value, "element_id")


def is_relationship(value: Any) -> bool:
    return hasattr(value, "start_node") and hasattr(value, "element_id")


def is_path(value: Any) -> bool:
    return hasattr(value, "start_node") and hasattr(value, "relationships")


def _properties(entity: Any) -> dict[str, Any]:
    return {key: plain(entity[key]) for key in sorted(entity.keys()) if key not in HIDDEN}


def _node(node: Any) -> dict[str, Any]:
    return {"labels": sorted(node.labels), "properties": _properties(node)}


def _relationship(tie: Any) -> dict[str, Any]:
    ends = {"start": tie.start_node, "end": tie.end_node}
    ids = {name: plain(node.get("id")) if node is not None else None for name, node in ends.items()}
    return {"type": tie.type, **ids, "properties": _properties(tie)}


def _path(path: Any) -> dict[str, Any]:
    return {
        "nodes": [_node(node) for node in path.nodes],
        "relationships": [_relationship(tie) for tie in path.relationships],
    }


def _moment(value: Any) -> Any:
    written = value.iso_format() if hasattr(value, "iso_format") else value.isoformat()
    return None if written in UNKNOWN else written


def _point(value: Any) -> dict[str, Any]:
    return {"srid": value.srid, "coordinates": [plain(coordinate) for coordinate in value]}


def _map(value: Mapping[Any, Any]) -> dict[str, Any]:
    hidden = HIDDEN if "id" in value else ()  # what `properties(n)` gives is a map
    return {str(key): plain(value[key]) for key in sorted(value, key=str) if key not in hidden}


# By shape, not by class: naming the driver's classes would import the driver to print a number.
_FORMS: tuple[tuple[Callable[[Any], bool], Callable[[Any], Any]], ...] = (
    (is_path, _path),
    (is_node, _node),
    (is_relationship, _relationship),
    (lambda value: hasattr(value, "iso_format") or hasattr(value, "isoformat"), _moment),
    (lambda value: hasattr(value, "srid"), _point),
    (lambda value: isinstance(value, Mapping), _map),
    (lambda value: isinstance(value, (bytes, bytearray)), lambda value: bytes(value).hex()),
    (lambda value: isinstance(value, Iterable), lambda value: [plain(item) for item in value]),
)
