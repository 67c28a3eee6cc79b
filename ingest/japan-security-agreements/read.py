"""Rows of agreements.csv, each with how well its dates are witnessed by claims.csv beside it.

A date is witnessed twice where two publishers state it as exactly as the row does, one of them a government or an
organization that is party, and not both of the same government. A row whose dates are not all witnessed twice must
give its reason; `witnessed` is then the reason, else "twice". It is empty, and the row refused, where a reason is
missing or a date is stated by no page at all.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

DATES = ("signed", "start", "end")
NO_GOVERNMENT = ("press", "institute")

Row = dict[str, str]
Witnesses = set[tuple[str, str]]  # publisher, and whose word it is


def rows(path: Path) -> Iterator[Row]:
    """The agreements, with `witnessed` and the `certainty` that follows from it."""
    claims: dict[tuple[str, str, str], Witnesses] = defaultdict(set)
    for claim in _read(path.with_name("claims.csv")):
        claims[claim["id"], claim["states"], claim["date"]].add((claim["publisher"], claim["witness"]))
    for row in _read(path):
        found = [claims[row["id"], name, row[name]] for name in _dates(row)]
        twice = bool(found) and all(map(_independent, found))
        stated = all(found) and (not row["attested"] or claims[row["id"], "attested", row["attested"]])
        witnessed = "twice" if twice else row["reason"]
        yield row | {"witnessed": witnessed if stated else "", "certainty": "stated" if twice else "implied"}


def _dates(row: Row) -> list[str]:
    """The dates that need witnesses; a start that is the signature again needs none of its own."""
    own = [name for name in DATES if row[name] not in ("", "..")]
    return [name for name in own if name != "start" or row["start_basis"] != "signature"]


def _independent(witnesses: Witnesses) -> bool:
    """Whether two stand behind a date who do not depend on each other, one of them a government."""
    voices = {publisher if witness in NO_GOVERNMENT else witness for publisher, witness in witnesses}
    return len(voices) > 1 and any(witness not in NO_GOVERNMENT for _, witness in witnesses)


def _read(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
