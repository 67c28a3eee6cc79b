"""Accepting: pairs that a person has marked as one thing become rows of a source's crosswalk; no other pair does."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from os.path import isfile, islink
from pathlib import Path

from relgraph.errors import DataError, UsageError
from relgraph.ingest.crosswalk import COLUMNS, CROSSWALK
from relgraph.ingest.issues import Issues
from relgraph.ingest.source import open_source
from relgraph.model.files import whole
from relgraph.model.records import ID

YES, NO = ("yes", "y", "true", "1", "x"), ("", "no", "n", "false", "0")
REASON = "accepted by a person"


def accept(source: str | Path, pairs: str | Path, to: str | Path | None = None) -> tuple[Path, int]:
    """Add the marked pairs of a table that `reconcile` wrote to the crosswalk of `source`, or to the file `to`.

    Returns the file and how many rows it gained. What the crosswalk says already stays; a pair that contradicts
    it, or a mark that is neither yes nor no, is a `DataError`, and nothing is written.
    """
    path = Path(to) if to else open_source(source).folder / CROSSWALK
    if islink(path):
        raise UsageError(f"{path}: is a link; name the file itself with -o")
    issues = Issues()
    held = {(label, id): same_as for label, id, same_as, _ in _crosswalk(path)}
    rows = []
    for number, row in enumerate(_read(Path(pairs)), 2):
        mark = (row.get("accepted") or "").strip().casefold()
        if mark not in (*YES, *NO):
            remedy = f"write {YES[0]}, or leave it empty"
            issues.add("is neither yes nor no", remedy, file=str(pairs), row=number, column="accepted", value=mark)
        elif mark in YES:
            label, id, same_as = ((row[name] or "").strip() for name in COLUMNS)
            if not ID.fullmatch(same_as) or not ID.fullmatch(id):
                issues.add(
                    "is no id", "leave it as it was written", file=str(pairs), row=number, value=f"{id}, {same_as}"
                )
            elif (said := held.setdefault((label, id), same_as)) != same_as:
                remedy = "accept one of them"
                issues.add(f"is {said} already", remedy, file=str(pairs), row=number, column="same_as", value=same_as)
            else:
                rows.append((label, id, same_as, row.get("reason") or REASON))
    if issues:
        raise DataError(f"{issues[0].sentence()}; nothing was written", issues)
    return path, _write(path, rows)


def _read(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            lacking = [name for name in ("accepted", *COLUMNS) if name not in (reader.fieldnames or ())]
            if lacking:
                raise DataError(f"{path}: has no column {', '.join(lacking)}; give the table that reconcile wrote")
            yield from reader
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: cannot be read ({error}); give the table that reconcile wrote, as CSV") from error


def _crosswalk(path: Path) -> list[tuple[str, str, str, str]]:
    if not isfile(path):
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(*(row[name] for name in COLUMNS), row.get("reason") or "") for row in csv.DictReader(file)]  # type: ignore[misc]


def _write(path: Path, rows: list[tuple[str, str, str, str]]) -> int:
    """The file with these rows added, in the order of ids; returns how many are new."""
    held = _crosswalk(path)
    known = {row[:3] for row in held}
    new = list({row[:3]: row for row in rows if row[:3] not in known}.values())
    with whole(path) as file, TextIOWrapper(file, encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow((*COLUMNS, "reason"))
        writer.writerows(sorted([*held, *new]))
    return len(new)
