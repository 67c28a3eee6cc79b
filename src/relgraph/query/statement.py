"""What can be read off a Cypher statement without running it: parameters, columns, names, and whether it writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_OPAQUE = re.compile(
    r"""//[^\r\n]*                  # comment to the end of the line
      | /\*.*?(?:\*/|\Z)            # comment of several lines
      | '(?:\\.|[^'\\])*(?:'|\Z)    # text
      | "(?:\\.|[^"\\])*(?:"|\Z)
      | `(?:``|[^`])*(?:`|\Z)       # quoted name
    """,
    re.VERBOSE | re.DOTALL,
)
_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")
# A keyword is no property (`e.limit`), no label (`:Set`) and no parameter (`$skip`).
_RETURN = re.compile(r"(?<![.:$\w])RETURN\b(?:\s+DISTINCT\b)?", re.IGNORECASE)
_AFTER_COLUMNS = re.compile(r"(?<![.:$\w])(?:ORDER\s+BY|SKIP|OFFSET|LIMIT|UNION)\b|;", re.IGNORECASE)
_ORDER = re.compile(r"(?<![.:$\w])ORDER\s+BY\b", re.IGNORECASE)
_WRITES = re.compile(r"(?<![.:$\w])(CREATE|MERGE|SET|DELETE|REMOVE|DROP|FOREACH|LOAD\s+CSV)\b(?!\s*:)", re.IGNORECASE)
# `{id: row.id}` and `{.name, x: y}` have colons of their own; `EXISTS { (n:Country) }` has not.
_MAP = re.compile(r"\{(?=\s*+(?:\.|\w*+\s*+:|\w++\s*+[,}]))[^{}]*\}")
_DEPTH = 20  # of maps in maps
_TYPES = re.compile(r"-\s*\[\s*+(?:\w+\s*+)?(:[\w\s|&!:()%]*)")
# In a node's brackets `|` stands between labels; in a condition it may end it: `[x IN list WHERE x:Country | x]`.
_LABELS = re.compile(r"\(\s*+(?:\w+\s*+)?(:[\w\s|&!:(%]*)|(?<=\w)(:[\w\s&!:(%]*)")
_NAMED = re.compile(r"[:|&][\s!(]*(\w+)")
_ALIAS = re.compile(r"\bAS\s+(`(?:``|[^`])+`|\w+)\s*\Z", re.IGNORECASE)


def masked(cypher: str) -> str:
    """The statement with texts, comments and quoted names blanked out, every other character where it was.

    >>> masked("RETURN '$a' AS b // $c")
    'RETURN      AS b      '
    """
    return _OPAQUE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), cypher)


def parameters(cypher: str) -> tuple[str, ...]:
    """The names of the `$parameters` used, each once, in order of first use.

    >>> parameters("MATCH (c {id: $a}) WHERE c.name <> '$5' AND $b IN c.aliases RETURN $a AS a")
    ('a', 'b')
    """
    return tuple(dict.fromkeys(_PARAMETER.findall(masked(cypher))))


def columns(cypher: str) -> tuple[str, ...] | None:
    """The names of the columns that the last RETURN gives, or None where it does not say (`RETURN *`).

    >>> columns("MATCH (c:Country) RETURN c.id AS id, c.name, [x IN [1, 2] | x] AS list ORDER BY id")
    ('id', 'c.name', 'list')
    """
    span = _last_return(masked(cypher))
    if span is None:
        return None
    items = [cypher[start:end].strip() for start, end in _items(masked(cypher), *span)]
    return None if any(item in ("", "*") for item in items) else tuple(_column(item) for item in items)


def is_ordered(cypher: str) -> bool:
    """Whether the rows of the last RETURN are put in an order."""
    code = masked(cypher)
    span = _last_return(code)
    return bool(span and _ORDER.search(code, span[1]))


def writes(cypher: str) -> str | None:
    """The first word in the statement that could change a graph, or None."""
    found = _WRITES.search(masked(cypher))
    return found.group(1).upper() if found else None


def labels_and_types(cypher: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels and the types of tie that the statement looks for, each once, in order of first use.

    A condition `x:NAME` may be about a tie; it is among the labels. Names with blanks or signs are passed over.

    >>> labels_and_types("MATCH (c:Country {id: $a})-[t:PARTY_TO|PROVIDES]->(e) WHERE e:Agreement RETURN ':No' AS n")
    (('Country', 'Agreement'), ('PARTY_TO', 'PROVIDES'))
    """
    code = _OPAQUE.sub(_plain_name, cypher)
    for _ in range(_DEPTH):
        code = _MAP.sub(" ", code)
    types = [name for found in _TYPES.findall(code) for name in _NAMED.findall(found)]
    labels = [name for found in _LABELS.findall(_TYPES.sub("-[", code)) for name in _NAMED.findall("".join(found))]
    return tuple(dict.fromkeys(labels)), tuple(dict.fromkeys(types))


def _plain_name(opaque: re.Match[str]) -> str:
    """A quoted name without its quotation marks; nothing of a text, a comment, or a name that needs the marks."""
    text = opaque.group()
    return " " if text[0] != "`" else text[1:-1] if text[1:-1].isidentifier() else "%"


def _last_return(code: str) -> tuple[int, int] | None:
    """Where the columns of the last RETURN that is not inside brackets begin and end."""
    found = [match.end() for match in _outside(code, 0, _RETURN.finditer(code))]
    if not found:
        return None
    after = _outside(code, found[-1], _AFTER_COLUMNS.finditer(code, found[-1]))
    return found[-1], next((match.start() for match in after), len(code))


def _outside(code: str, start: int, matches: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Those that stand outside of the brackets that are opened from `start` on."""
    depth = 0
    for match in matches:
        end = match.start()
        depth += sum(code.count(o, start, end) - code.count(c, start, end) for o, c in ("()", "[]", "{}"))
        start = end
        if depth == 0:
            yield match


def _items(code: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between the commas that stand outside of brackets."""
    depth, begins, spans = 0, start, []
    for position in range(start, end):
        depth += (code[position] in "([{") - (code[position] in ")]}")
        if code[position] == "," and depth == 0:
            spans.append((begins, position))
            begins = position + 1
    return [*spans, (begins, end)]


def _column(item: str) -> str:
    alias = _ALIAS.search(item)
    return alias.group(1).strip("`").replace("``", "`") if alias else item
