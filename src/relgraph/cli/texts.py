"""Texts that a person gives, turned into what a call takes: years, lists, statements and their parameters."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from relgraph.errors import UsageError
from relgraph.model.files import text_of


def years(text: str) -> tuple[str, str]:
    """The first and the last of the years that `--years` names.

    >>> years("2015-2019"), years("2019")
    (('2015', '2019'), ('2019', '2019'))
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text)
    if not found or not "0001" <= found[1] <= (found[2] or found[1]):
        raise UsageError(f"--years {text}: write the first year and the last, such as 2015-2019")
    return found[1], found[2] or found[1]


def year_ends(text: str) -> list[str]:
    """The last day of each year that `--years` names."""
    first, last = years(text)
    return [f"{year:04d}-12-31" for year in range(int(first), int(last) + 1)]


def split(text: str) -> list[str]:
    """The words in a text with commas; one that has a comma of its own is in quotation marks."""
    from relgraph.query import parameters

    try:
        return parameters.split(text)
    except parameters.BadValue as error:
        raise UsageError(f"{text}: {error}") from error


def statement(cypher: str | None, file: Path | None) -> str:
    """The text to run: what was given, or what the file holds (`-`: stdin)."""
    if (cypher is None) == (file is None):
        raise UsageError("query: give a statement, the name of a query, or -f FILE (see `relgraph queries`)")
    text = (cypher if file is None else _read(file)) or ""
    if not (text := text.strip().rstrip(";")):
        raise UsageError(f"{file or 'query'}: is empty; write a statement")
    return text


def _read(file: Path) -> str:
    try:
        return text_of(sys.stdin.buffer if str(file) == "-" else file)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{file}: cannot be read as text ({why}); name a file with one statement") from error


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """What `-p KEY=VALUE` gives."""
    given = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise UsageError(f"-p {text}: is no parameter; write it as KEY=VALUE")
        given[name.strip()] = value
    return given


def filled(cypher: str, common: Mapping[str, str], own: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of a free statement, each that it uses and no other; `own` may be JSON, and goes first."""
    from relgraph.query.statement import parameters

    given, used = common | {name: _typed(value) for name, value in own.items()}, parameters(cypher)
    for name in used:
        if name not in given:
            raise UsageError(f"query: ${name} has no value; give it with -p {name}=VALUE")
    for name in given:
        if name not in used:
            raise UsageError(f"query: the statement has no ${name}; use it there, or leave that option out")
    return given


def _typed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
