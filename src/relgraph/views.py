"""What commands show of a result: plans, issues, ties and measures as rows that fit a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from relgraph.errors import UsageError
from relgraph.query.results import Rows

if TYPE_CHECKING:
    import networkx

    from relgraph.analysis.lines import Line
    from relgraph.analysis.ties import Ties
    from relgraph.ingest.issues import Issue
    from relgraph.ingest.plan import Plan


def planned(plan: Plan, what: str) -> Rows:
    """A row for each label, then for each type of tie, that the plan concerns."""
    counts = sorted(plan.counts(), key=lambda row: (row[0].isupper(), row[0]))
    return Rows(("record", "created", "changed", "removed"), counts, title=f"{what}: {plan}")


def issues(found: Iterable[Issue]) -> Rows:
    """A row for each issue."""
    from relgraph.ingest.issues import Issue

    return Rows(Issue._fields, [list(issue) for issue in found], title="Issues")


def sections(found: Ties) -> list[Rows]:
    """What is between countries: a table for each section, its claims as footnotes, the policy under the last."""
    policy = found.rows()
    parts = [
        _section(f"{found.title}: {name}", [line for line in found.lines if line.section == name])
        for name in dict.fromkeys(line.section for line in found.lines)
    ]
    return [*parts[:-1], Rows(parts[-1].columns, parts[-1].rows, parts[-1].title, policy.notes)] if parts else [policy]


def _section(title: str, lines: Sequence[Line]) -> Rows:
    """The lines in as few columns as tell them apart; what each party does stands in the footnotes, too."""
    columns = ("between", "name", "what", "when", "status", "others", "sources")
    rows = [(x.between, x.name or x.parties, x.kind or x.label, _when(x), x.status, x.others, x.claims) for x in lines]
    kept = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    return Rows(tuple(columns[at] for at in kept), [[row[at] for at in kept] for row in rows], title)


def _when(line: Line) -> str:
    """Start and end as one EDTF interval, or the day of the signature."""
    if line.end == ".." and not line.start:
        return "ongoing"
    if line.end and line.end != line.start:
        return f"{line.start or ''}/{line.end}"
    return line.start or (f"signed {line.signed}" if line.signed else "")


def measured(name: str, net: networkx.Graph, *, only: Sequence[str] = (), top: int | None = None, **more: Any) -> Rows:
    """A measure of the network, with its policy and what it says of itself as notes.

    `only`: these columns beside the names, in the order of the first; `top`: the first rows alone.
    """
    from relgraph.analysis import measures

    if name == "centrality" and only:  # eigenvectors take a third of a second to load what finds them
        more["measures"] = list(dict.fromkeys(column.removesuffix("_rank") for column in only))
    table = getattr(measures, name)(net, **more)
    notes = [table.attrs.get("policy"), table.attrs.get("warning"), *table.attrs.get("notes", ())]
    for column in only:
        if column not in table:
            raise UsageError(f"--only {column}: {name} has no such column; it has {', '.join(table.columns)}")
    if only:
        ranks = [f"{column}_rank" for column in only if f"{column}_rank" in table]
        named = [column for column in table if str(column).partition("_")[0] in ("id", "name", "hub")]
        table = (table.sort_values(ranks[0], kind="stable") if ranks else table)[[*named, *only, *ranks]]
    shown = table.head(top) if top else table
    cells = ([round(cell, 4) if isinstance(cell, float) else cell for cell in row] for row in shown.values.tolist())
    return Rows(tuple(table.columns), list(cells), title=name, notes=tuple(note for note in notes if note))
