"""The tables of `docs/model.md` that are made from `ontology.toml`: labels and ties, as the file groups them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from relgraph.model.files import toml_of
from relgraph.model.ontology import Label, TieType, load_ontology
from relgraph.settings import resources

_MADE = re.compile(r"(?<=^<!-- )(labels|ties) -->\n.*?(?=^<!-- end -->$)", re.MULTILINE | re.DOTALL)


def with_tables(text: str) -> str:
    """The text with its tables as the ontology makes them now."""
    return _MADE.sub(lambda made: f"{made[1]} -->\n{_TABLES[made[1]]()}", text)


def labels() -> str:
    """Each label with its family, kinds, own properties, and whether it is an event."""
    rows = (
        (f"`{':'.join(label.labels)}`", _code(label.kinds), _code(label.properties), _event(label))
        for label in load_ontology().labels.values()
    )
    return _table("label and family | kinds | properties of its own | event", rows)


def ties() -> str:
    """Each type of tie with its ends, roles and own properties."""
    declared = toml_of(resources("ingest") / "ontology.toml")["ties"]
    rows = (
        (_code([tie.name]), _ends(declared[tie.name]["ends"]), _roles(tie), _code(tie.properties))
        for tie in load_ontology().ties.values()
    )
    return _table("type | from → to | roles | properties of its own", rows)


def _event(label: Label) -> str:
    differ = [kind for kind, event in label.kind_events.items() if event != label.event]
    return ("yes" if label.event else "no") + (f"; {_code(differ)}" if differ else "")


def _ends(pairs: Iterable[tuple[str, str]]) -> str:
    to = defaultdict(list)
    for start, end in pairs:
        to[start].append(end)
    starts = defaultdict(list)
    for start, ends in to.items():
        starts[tuple(ends)].append(start)
    return "; ".join(f"{', '.join(several)} → {', '.join(ends)}" for ends, several in starts.items())


def _roles(tie: TieType) -> str:
    bold = tie.counts if tie.counts != tie.roles else ()
    return ", ".join(f"**`{role}`**" if role in bold else f"`{role}`" for role in tie.roles)


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    rule = "|---" * (head.count("|") + 1)
    return f"| {head} |\n{rule}|\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)


_TABLES: dict[str, Callable[[], str]] = {"labels": labels, "ties": ties}
