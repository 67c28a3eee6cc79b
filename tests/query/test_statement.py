from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.query import statement


@pytest.mark.parametrize(
    ("cypher", "expected"),
    [
        ("RETURN $a AS a, $b_2 AS b, $a AS c", ("a", "b_2")),
        ("RETURN 'it''s $a' AS a, \"$b\" AS b, `$c` AS c // $d\n, 1 AS e /* $f */", ()),
        (r"RETURN 'a\'$no' + $yes AS a", ("yes",)),
        ("RETURN 'not closed $a", ()),
        ("RETURN /* not closed $a", ()),
    ],
)
def test_parameters(cypher, expected):
    assert statement.parameters(cypher) == expected


@pytest.mark.parametrize(
    ("cypher", "expected"),
    [
        ("RETURN 1 AS one", ("one",)),
        ("MATCH (a) RETURN DISTINCT a.id AS id, count(*) AS `how many` ORDER BY id LIMIT 3", ("id", "how many")),
        ("MATCH (a) RETURN a, a.limit, [x IN [1, 2] | x + 1] AS l SKIP 1", ("a", "a.limit", "l")),
        ("RETURN COLLECT { MATCH (a) RETURN a.id AS x ORDER BY x } AS all_ids, {a: 1, b: 2} AS map",
         ("all_ids", "map")),
        ("CALL { RETURN 1 AS hidden } RETURN hidden AS shown", ("shown",)),
        ("RETURN 1 AS a UNION RETURN 2 AS a", ("a",)),
        ("RETURN ',' AS comma, 'AS x' AS y;", ("comma", "y")),
        ("MATCH (n) RETURN *", None),
        ("CREATE (n)", None),
        ("", None),
    ],
)  # fmt: skip
def test_columns(cypher, expected):
    assert statement.columns(cypher) == expected


@pytest.mark.parametrize(
    ("cypher", "expected"),
    [
        ("RETURN 1 AS a ORDER BY a", True),
        ("RETURN 1 AS a", False),
        ("WITH 1 AS a ORDER BY a RETURN a", False),
        ("RETURN COLLECT { UNWIND [1] AS x RETURN x ORDER BY x } AS a", False),
        ("RETURN 'ORDER BY' AS a // ORDER BY a", False),
        ("MATCH (n)", False),
    ],
)
def test_is_ordered(cypher, expected):
    assert statement.is_ordered(cypher) is expected


@pytest.mark.parametrize(
    ("cypher", "expected"),
    [
        ("MATCH (n) DETACH DELETE n", "DELETE"),
        ("merge (n) RETURN n", "MERGE"),
        ("LOAD  CSV FROM 'x' AS row RETURN row", "LOAD  CSV"),
        ("MATCH (n:Set {create: 1}) WHERE n.delete = $remove AND n.set <> 'CREATE' RETURN n // MERGE", None),
    ],
)
def test_writes(cypher, expected):
    assert statement.writes(cypher) == expected


PIECES = st.lists(
    st.sampled_from(["RETURN ", "'", '"', "`", "//", "/*", "*/", "\n", "$a", "(", ")", "{", "}", ",", " AS b", "\\"])
    | st.text(max_size=5)
)


@given(PIECES.map("".join))
def test_any_text_can_be_read(text):
    assert len(statement.masked(text)) == len(text)
    statement.parameters(text)
    statement.columns(text)
    statement.is_ordered(text)
    statement.writes(text)
