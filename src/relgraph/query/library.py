"""The library: the named queries of `cypher/*.cypher`.

A file is a topic; each of its queries is a header and a statement::

    // name: agreements_between(a: country, b: country, as_of: date = null)
    // Agreements to which both countries are party, the newest first.
    // returns: id, name, kind, start, end, in_force, sources
    // covers: Agreement(a, b, as_of)
    // example: -p a=JPN -p b=AUS
    MATCH …

`covers` (optional) says what an empty answer would be an absence of, for `relgraph.query.coverage`.
Parameters have the types of `relgraph.query.parameters`; one with a default may be left out.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from relgraph.query.header import read_folder
from relgraph.query.named import Library
from relgraph.settings import resources


@cache
def load_library(folder: Path | None = None) -> Library:
    """The queries of relgraph, or of the `*.cypher` files in `folder`; a fault in one is a `QueryError`.

    >>> load_library()["agreements_between"].returns
    ('id', 'name', 'kind', 'signed', 'start', 'end', 'in_force', 'sources')
    """
    return read_folder(folder or resources("cypher"))
