"""What may be run as a read. The engines stop changes to the graph; this stops the rest, before it runs.

Neo4j's READ access mode lets a statement read local files (`LOAD CSV`), end other people's transactions, and call
any procedure that does not write to the graph itself. So a text is looked at twice: its words, since subqueries
inside expressions do not show in a plan, and the plan that EXPLAIN gives, since words can be disguised. On the
embedded engine, whose reader may not write, the words are enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from relgraph.errors import QueryError
from relgraph.store.faults import WRITE_REMEDY

if TYPE_CHECKING:
    import neo4j

_ONLY = f"and only reading is allowed here; {WRITE_REMEDY}"
HARMLESS = re.compile(
    r"db\.(labels|relationshiptypes|propertykeys|info|ping|nameFromElementId|awaitindex(es)?"
    r"|schema\.\w+|index\.(fulltext|vector)\.(query\w+|listAvailableAnalyzers))"
    r"|dbms\.(components|info|showcurrentuser|listcapabilities|routing\.getroutingtable)"
    r"|algo\.\w+(\.\w+)*"
    r"|apoc\.(algo|coll|map|meta|neighbors|path|text)\.\w+(\.\w+)*"
    r"|gds\.[\w.]+\.stream",
    re.IGNORECASE,
)
_OPERATORS = {"LoadCSV": "reads files or addresses", "TerminateTransactions": "ends other transactions"}
_NAME = r"(?:`(?:[^`]|``)+`|\w+)"
_QUOTED = re.compile(r"`(?:[^`]|``)+`")
_TOKEN = re.compile(
    r"(?P<text>'(?:\\.|[^'\\])*(?:'|\Z)|\"(?:\\.|[^\"\\])*(?:\"|\Z))|(?P<comment>//[^\r\n]*|/\*.*?(?:\*/|\Z))"
    r"|(?P<name>`(?:[^`]|``)+`)",
    re.DOTALL,
)
_CALL = re.compile(rf"\bCALL(?:\s+|(?=`))({_NAME}(?:\s*\.\s*{_NAME})*)", re.IGNORECASE)
_FILE = re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE)
_OTHERS = re.compile(r"\bTERMINATE\s+TRANSACTIONS?\b", re.IGNORECASE)
_AFTER = (  # what follows a variable that happens to be called `set` or `delete`
    r"AND|AS|ASC|ASCENDING|CALL|CONTAINS|DESC|DESCENDING|ELSE|END|ENDS|FINISH|IN|IS|LIMIT|MATCH|OFFSET|OPTIONAL|OR"
    r"|ORDER|RETURN|SKIP|STARTS|THEN|UNION|UNWIND|WHEN|WHERE|WITH|XOR|YIELD"
)
_WRITES = re.compile(
    r"\A\s*(?:(?:EXPLAIN|PROFILE)\s+)?(CREATE|DROP|ALTER|GRANT|DENY|REVOKE|RENAME)\b"
    rf"|(?<![.:$\w])(?:(CREATE|MERGE|INSERT|FOREACH)\s*(?:{_NAME}\s*=\s*)?\("
    rf"|(SET|REMOVE)\s*(?:\(|(?:`|\b)(?!(?:{_AFTER})\b){_NAME}\s*(?:[.:=\[]|\+=|IS\b))"
    rf"|(DELETE)\s*(?:\(|(?:`|\b)(?!(?:{_AFTER})\b){_NAME}))",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
_PROFILE = re.compile(
    r"\A((?>\s|//[^\r\n]*|/\*.*?\*/|CYPHER\b(?:\s+\d+)?(?:\s+\w+\s*=\s*\w+)*)*+)PROFILE\b",
    re.IGNORECASE | re.DOTALL,
)


class Guard:
    """Refuses what is no read. `plan`, where needed, gives the summary of an EXPLAIN; each text is looked at once."""

    _REMEMBERED = 1000

    def __init__(self, plan: Callable[[str], neo4j.ResultSummary] | None) -> None:
        self._plan = plan
        self._passed: dict[str, None] = {}

    def check(self, cypher: str) -> None:
        """Return if the statement only reads; else raise a `QueryError` that says what it would do."""
        if cypher in self._passed:
            return
        check_words(cypher)
        if self._plan:
            check_plan(cypher, self._plan(_PROFILE.sub(r"\1 ", cypher)))
        else:
            check_writes(cypher)
        if len(self._passed) >= self._REMEMBERED:
            self._passed.pop(next(iter(self._passed)))
        self._passed[cypher] = None


def check_words(cypher: str) -> None:
    """Refuse files, other transactions and unlisted procedures, wherever in the text they are called."""
    for code in _codes(cypher):
        if _FILE.search(code):
            raise _refused(cypher, "LOAD CSV", _OPERATORS["LoadCSV"])
        if _OTHERS.search(code):
            raise _refused(cypher, "TERMINATE TRANSACTIONS", _OPERATORS["TerminateTransactions"])
        for call in _CALL.finditer(code):
            _check_procedure(cypher, re.sub(r"[`\s]", "", call.group(1)))


def check_writes(cypher: str) -> None:
    """Refuse what is worded as a change, also where nothing would match: the engine objects to real ones only."""
    for code in _codes(cypher):
        if write := _WRITES.search(_QUOTED.sub("`x`", code)):
            raise _refused(cypher, next(filter(None, write.groups())).upper(), "would change the graph")


def check_plan(cypher: str, summary: neo4j.ResultSummary) -> None:
    """Refuse a plan that writes, and the same as `check_words` where it shows in the plan."""
    if summary.query_type in ("w", "rw"):
        raise _refused(cypher, "this", "would change the graph")
    for operator, details in _operators(summary.plan):
        if operator in _OPERATORS:
            raise _refused(cypher, operator, _OPERATORS[operator])
        if operator == "ProcedureCall":
            _check_procedure(cypher, details.partition("(")[0])


def _check_procedure(cypher: str, name: str) -> None:
    if not HARMLESS.fullmatch(name):
        raise _refused(cypher, f"procedure {name}", "is not on the list of those that only read the graph")


def _refused(cypher: str, what: str, why: str) -> QueryError:
    return QueryError(f"query: {what} {why}, {_ONLY}", cypher)


def _operators(plan: Any) -> Iterator[tuple[str, str]]:
    if plan:
        yield plan["operatorType"].partition("@")[0], str(plan.get("args", {}).get("Details", ""))
        for child in plan.get("children", ()):
            yield from _operators(child)


def _codes(cypher: str) -> dict[str, None]:
    """The text without comments and the contents of strings, in each way that an engine may read its escapes."""
    return dict.fromkeys(_TOKEN.sub(_blanked, text) for text in (cypher, _ESCAPE.sub(_unescaped, cypher)))


def _blanked(token: re.Match[str]) -> str:
    if token["text"]:
        return "''"
    return " " if token["comment"] else token["name"]


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape.group(1), 16))
