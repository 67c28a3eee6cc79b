"""What commands show of a result: plans, ties and measures as rows that fit a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from relgraph.analysis.coverage import NONE, NOT_COVERED
from relgraph.errors import UsageError
from relgraph.query.cells import cell
from relgraph.query.coverage import reach
from relgraph.query.results import Rows, plain

if TYPE_CHECKING:
    import pandas

    from relgraph.analysis.changes import Change, Changes
    from relgraph.analysis.lines import Line
    from relgraph.analysis.matrix import Cell, Matrix
    from relgraph.analysis.ties import Ties
    from relgraph.ingest.plan import Plan


def planned(plan: Plan, what: str) -> Rows:
    """A row for each label, then for each type of tie, that the plan concerns."""
    counts = sorted(plan.counts(), key=lambda row: (row[0].isupper(), row[0]))
    return Rows(("record", "created", "changed", "removed"), counts, title=f"{what}: {plan}")


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
    return _period(line.start, line.end) or (f"signed {line.signed}" if line.signed else "")


def _period(start: str | None, end: str | None) -> str:
    if end == ".." and not start:
        return "ongoing"
    return f"{start or ''}/{end}" if end and end != start else start or ""


def narrowed(name: str, only: Sequence[str]) -> dict[str, Any]:
    """The arguments with which a measure computes only what is shown."""
    if name != "centrality" or not only:  # eigenvectors take a third of a second to load what finds them
        return {}
    return {"measures": list(dict.fromkeys(column.removesuffix("_rank") for column in only))}


def measured(name: str, table: pandas.DataFrame, *, only: Sequence[str] = (), top: int | None = None) -> Rows:
    """The table of a measure, with its policy and what it says of itself as notes.

    `only`: these columns beside the names, in the order of the first; `top`: the first rows (of each day, or of each
    measure whose stability it is) alone.
    """
    each = "Each day by itself: the sentence is that of the first." if "day" in table else None
    notes = [table.attrs.get("policy"), each, table.attrs.get("warning"), *table.attrs.get("notes", ())]
    apart = [column for column in ("day", "measure") if column in table]
    if only:
        table = _only(name, table, only, apart)
    shown = (table.groupby(apart[0], sort=False).head(top) if apart else table.head(top)) if top else table
    rows = shown.astype(object).where(shown.notna(), None).values.tolist()
    cells = ([round(one, 4) if isinstance(one, float) else one for one in row] for row in rows)
    return Rows(tuple(table.columns), list(cells), title=name, notes=tuple(note for note in notes if note))


def _only(name: str, table: pandas.DataFrame, only: Sequence[str], apart: Sequence[str]) -> pandas.DataFrame:
    """These columns in the order of the first, or of a table of stability the rows of these measures."""
    known = table["measure"].unique() if "measure" in apart else table.columns
    for column in only:
        if column not in known:
            raise UsageError(f"--only {column}: {name} has no such column; it has {', '.join(known)}")
    if "measure" in apart:
        return table[table["measure"].isin(only)]
    ranks = [f"{column}_rank" for column in only if f"{column}_rank" in table]
    named = [column for column in table if str(column).partition("_")[0] in ("day", "id", "name", "hub")]
    ordered = table.sort_values([*apart, *ranks[:1]], kind="stable") if ranks else table
    return ordered[list(dict.fromkeys([*named, *only, *ranks]))]


def bands(rows: Rows) -> list[Rows]:
    """A table for each measure whose stability was asked for: ranks, and from where to where each moves."""
    columns = ("name", "value", "rank", "moves", "engagement", "source", "policy", "top_five_rests_on")
    titles = {row["measure"]: f"{row['measure']}: how far ranks move without one engagement or source" for row in rows}
    tables = [Rows(columns, [_band(row) for row in rows if row["measure"] == name], titles[name]) for name in titles]
    return [*tables[:-1], replace(tables[-1], notes=rows.notes)] if tables else [rows]


def _band(row: Mapping[str, Any]) -> list[Any]:
    ends = [(row[f"{of}lowest"], row[f"{of}highest"]) for of in ("", "engagement_", "source_", "policy_")]
    spans = [None if low is None else f"{low}" if low == high else f"{low}–{high}" for low, high in ends]
    return [row["name"], row["value"], row["rank"], *spans, row["top_five_rests_on"]]


def parted(rows: Rows, width: int) -> list[Rows]:
    """A table too wide for the terminal as several, each with the names and as many measures as fit."""
    names = [at for at, column in enumerate(rows.columns) if column.partition("_")[0] in ("day", "id", "name", "hub")]
    if len(rows) < 2 or _breadth(rows, range(len(rows.columns))) <= width:
        return [rows]
    parts: list[list[int]] = []
    for at in (at for at, column in enumerate(rows.columns) if at not in names and not column.endswith("_rank")):
        beside = [at, *(n for n, column in enumerate(rows.columns) if column == f"{rows.columns[at]}_rank")]
        if parts and _breadth(rows, [*names, *parts[-1], *beside]) <= width:
            parts[-1] += beside
        else:
            parts.append(beside)
    tables = [_columns(rows, [*names, *part], f"{rows.title}, {n} of {len(parts)}") for n, part in enumerate(parts, 1)]
    return [*tables[:-1], replace(tables[-1], notes=rows.notes)]


def _columns(rows: Rows, places: Sequence[int], title: str) -> Rows:
    """Some columns; a rank, which stands right of what it ranks, is called just that."""
    names = [rows.columns[at] for at in places]
    short = ["rank" if name.endswith("_rank") else name for name in names]
    return Rows(tuple(short), [[row[at] for at in places] for row in rows.rows], title)


def _breadth(rows: Rows, places: Iterable[int]) -> int:
    """How wide a table of these columns is; long names may be broken."""
    table = _columns(rows, list(places), "")
    cells = [[cell(plain(value)) for value in row] for row in table.rows]
    columns = zip(table.columns, *cells, strict=True)
    return sum(min(max(map(len, column)), max(len(column[0]), 20)) + 2 for column in columns) - 2


# --- who has what with whom ---

SHORT = {"signed": "sig.", "possibly": "poss.", NOT_COVERED: "–"}
LEGEND = "sig.: signed; poss.: possibly; –: not covered, which is not none."


def pairs(found: Matrix, policy: Mapping[str, Any]) -> Rows:
    """A row for each two countries, an answer a column."""
    return _noted(found.rows(), policy, found.sources)


def _noted(rows: Rows, policy: Mapping[str, Any], sources: Mapping[str, Any]) -> Rows:
    """The rows with what they rest on as notes: the claims, and how far the sources reach."""
    return replace(rows, notes=(*rows.notes, f"Counted are {_counted(policy)}.", reach(sources.values())))


def _counted(policy: Mapping[str, Any]) -> str:
    """Which claims count, and every other option that was given.

    >>> _counted({"kinds": ["Exercise"], "parties_at_most": 3})
    'stated and implied claims, kinds Exercise, parties_at_most 3'
    """
    certain = " and ".join(policy.get("certainty") or ("stated", "implied"))
    given = [f", {name} {cell(plain(value))}" for name, value in policy.items() if name != "certainty"]
    return f"{certain} claims{''.join(given)}"


def evidence(found: Matrix) -> list[str]:
    """The ids of the engagements behind the answers."""
    cells = [cell for cell in found.cells.values() if cell.answer not in (NONE, NOT_COVERED)]
    return sorted({id for cell in cells for id in cell.evidence})


def matrix(found: Matrix, policy: Mapping[str, Any], places: Mapping[str, list[str]], width: int) -> list[Rows]:
    """One table with a column for each two countries; for many countries, a square for each column of the matrix.

    `places`: the footnotes for each engagement.
    """
    whole = pairs(found, policy)
    title, notes = whole.title, whole.notes
    if len(found.pairs) > max((width - 30) // 10, 1):
        squares = [_square(found, column, places, f"{title}: {column}") for column in found.columns]
        return [*squares[:-1], replace(squares[-1], notes=(LEGEND, *notes))] if squares else [whole]
    heads = (found.by, *(" ".join(pair) for pair in found.pairs), "sources")
    cells = {column: [found.cells[pair, column] for pair in found.pairs] for column in found.columns}
    rows = [[column, *(cell.answer for cell in of), _footnotes(of, places)] for column, of in cells.items()]
    return [Rows(heads, rows, title, notes)]


def _square(found: Matrix, column: str, places: Mapping[str, list[str]], title: str) -> Rows:
    def between(one: str, other: str) -> Cell | None:
        return found.cells.get(((one, other), column)) or found.cells.get(((other, one), column))

    rows = []
    for one in found.names:
        of = [between(one, other) for other in found.names]
        answers = [SHORT.get(each.answer, each.answer) if each else "" for each in of]
        rows.append([one, *answers, _footnotes(filter(None, of), places)])
    return Rows(("", *found.names, "sources"), rows, title)


def _footnotes(cells: Iterable[Cell], places: Mapping[str, list[str]]) -> list[str]:
    """The places in the sources behind some answers, each under the engagement that it speaks of."""
    ids = dict.fromkeys(id for cell in cells for id in cell.evidence)
    return [f"{id}: {place}" for id in ids for place in places.get(id, ())]


# --- what changed, and how much there was ---


def changed(found: Changes, policy: Mapping[str, Any]) -> Rows:
    """A row for each change."""
    return _noted(found.rows(), policy, found.sources)


def changes(found: Changes, policy: Mapping[str, Any]) -> list[Rows]:
    """A table for each sort of change, the places in the sources as footnotes."""
    columns = ("name", "what", "when", "parties", "sources")
    whole = changed(found, policy)
    sorts = dict.fromkeys(one.change for one in found.changes)
    tables = [Rows(columns, [_change(x) for x in found.of(sort)], f"{whole.title}: {sort}") for sort in sorts]
    return [*tables[:-1], replace(tables[-1], notes=whole.notes)] if tables else [whole]


def _change(one: Change) -> list[Any]:
    dates = _period(one.start, one.end)
    parties = [one.party] if one.party else one.parties
    said = (claim.partition(": ") for claim in one.claims)  # "JPN signatory: paper, p. 2", or the place alone
    places = dict.fromkeys(f"{who}{colon}{place}" if "," in who or not colon else place for who, colon, place in said)
    return [one.name, one.kind or one.label, dates, ", ".join(parties), list(places)]


KEYS = ("year", "id1", "id2", "ccode1", "ccode2", "gwcode1", "gwcode2")


def framed(table: pandas.DataFrame, policy: Mapping[str, Any]) -> Rows:
    """The pairs of states and years as they are."""
    cells = table.astype(object).where(table.notna(), None)
    return Rows(tuple(table.columns), cells.values.tolist(), "Pairs of states by year", (_rule(table, policy),))


def had(table: pandas.DataFrame, policy: Mapping[str, Any]) -> Rows:
    """The pairs that had any engagement in the year, with what they had."""
    counts = [column for column in table if column not in KEYS]
    some = table[(table[counts].fillna(0) > 0).any(axis=1)]
    rows = [
        [year, f"{a} {b}", [f"{column} {n}" for column, n in zip(counts, numbers, strict=True) if n > 0]]
        for year, a, b, *numbers in some[["year", "id1", "id2", *counts]].fillna(0).values.tolist()
    ]
    left = f"{len(table) - len(some):,} of {len(table):,} pairs had none that is known; -o FILE.csv takes them all."
    return Rows(("year", "between", "engagements"), rows, "Pairs of states by year", (left, _rule(table, policy)))


def _rule(table: pandas.DataFrame, policy: Mapping[str, Any]) -> str:
    """What a count, a 0 and an empty cell stand for."""
    return (
        f"Counted is what ties the two, by {_counted(policy)}, and was surely in force in the year. 0: a source covers "
        f"it completely; missing: none does, or it was possibly in force. {reach(table.attrs['sources'].values())}"
    )
