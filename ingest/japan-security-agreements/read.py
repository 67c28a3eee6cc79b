"""Rows of agreements.csv, each with how well its dates are witnessed by claims.csv beside it.

A date is witnessed twice where two publishers state it as exactly as the row does, one of them a government or an
organization of the agreement's kind, and not both the same government's. A row with a date that is not must give its
reason; `witnessed` is then the reason, else "twice", and empty where a reason is missing.
"""

import csv
from collections import defaultdict

DATES = ("signed", "start", "end")
NO_GOVERNMENT = ("press", "institute")


def rows(path):
    """The agreements, with `witnessed` and the `certainty` that follows from it."""
    witnesses = _witnesses(path.with_name("claims.csv"))
    for row in _read(path):
        twice = all(_twice(witnesses[row["id"], name, row[name]]) for name in _dates(row)) and _dates(row)
        yield row | {"witnessed": "twice" if twice else row["reason"], "certainty": "stated" if twice else "implied"}


def _dates(row):
    """The dates that need witnesses: a declaration acts from its signature, and that date counts once."""
    return [name for name in DATES if row[name] not in ("", "..") and not (name == "start" and _is_signature(row))]


def _is_signature(row):
    return row["start_basis"] == "signature"


def _twice(publishers):
    """Whether two independent publishers stand behind a date, one of them a government."""
    return len({witness if witness not in NO_GOVERNMENT else name for name, witness in publishers}) > 1 and any(
        witness not in NO_GOVERNMENT for _, witness in publishers
    )


def _witnesses(path):
    found = defaultdict(set)
    for claim in _read(path):
        found[claim["id"], claim["states"], claim["date"]].add((claim["publisher"], claim["witness"]))
    return found


def _read(path):
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
