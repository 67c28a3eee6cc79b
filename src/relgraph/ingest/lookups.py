"""Lookups: the publisher's words and ours; a word that a lookup does not have is an issue, never a default."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relgraph.ingest.conversions import BUILT_IN, Unreadable
from relgraph.ingest.declaration import FILE
from relgraph.ingest.issues import fault
from relgraph.model.names import close

LookUp = Callable[[str], str]


def through(names: str, lookups: Mapping[str, Mapping[str, str]], file: str) -> LookUp | None:
    """A function that takes a word through these lookups (`a|b?|slug`), one after the other; None for no name."""
    steps = [_one(name, lookups, file) for name in names.split("|") if name]
    if len(steps) < 2:
        return steps[0] if steps else None

    def look_up(word: str) -> str:
        for step in steps:
            word = step(word)
        return word

    return look_up


def _one(name: str, lookups: Mapping[str, Mapping[str, str]], file: str) -> LookUp:
    if name in BUILT_IN:
        return BUILT_IN[name]
    some, name = name.endswith("?"), name.removesuffix("?")
    if name not in lookups:
        raise fault(f"is used for {file} but not there", "add it", file=FILE, column=f"lookups.{name}")
    table = lookups[name]
    if some:
        return lambda word: table.get(word, word)

    def look_up(word: str) -> str:
        try:
            return table[word]
        except KeyError:
            near = close(word, table, cutoff=0.4) or list(table)[:5]
            raise Unreadable(f"is not in [lookups.{name}]", f"it has {', '.join(near)}; add the word") from None

    return look_up
