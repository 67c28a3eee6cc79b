"""`Connection.read` cannot change anything, on any engine, however it is asked."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

import pytest

from relgraph.errors import QueryError
from relgraph.query.statement import columns
from relgraph.store import open_connection, readonly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.engines.running import Engine

    from relgraph.store import Connection

CLAUSES = """
CREATE (n:New)
CREATE (n:Country {id: 'KOR'}) RETURN n
MERGE (n:New {id: 1})
MERGE (n:Country {id: 'JPN'}) ON MATCH SET n.name = 'x'
MERGE (n:Country {id: 'NEW'}) ON CREATE SET n.name = 'x' RETURN n.name AS name
MATCH (n:Country) SET n.name = 'x'
MATCH (n:Country) SET n += {name: 'x'} RETURN n
MATCH (n:Country {id: 'JPN'}) SET n = {id: 'x'}
MATCH (n:Country) SET n:New
MATCH (n:Country) REMOVE n.name
MATCH (n:Country) REMOVE n:Country
MATCH (n:Lone) DELETE n
MATCH (n) DETACH DELETE n
MATCH ()-[t:TIE]->() DELETE t
MATCH ()-[t:TIE]->() SET t.source = 'x'
MATCH (a:Country {id: 'JPN'}), (b:Country {id: 'USA'}) CREATE (a)-[:TIE {id: 'new'}]->(b)
MATCH (a:Country {id: 'USA'}), (b:Country {id: 'JPN'}) MERGE (a)-[:TIE]->(b)
FOREACH (i IN [1] | CREATE (:New))
MATCH (n:Country) FOREACH (m IN [n] | SET m.name = 'x')
INSERT (n:New)
UNWIND [1, 2] AS i CREATE (n:New {id: i}) WITH n DELETE n RETURN 1 AS one
CALL { CREATE (n:New) RETURN n } RETURN n
MATCH (n:Country) CALL { WITH n SET n.name = 'x' } RETURN n
MATCH (n:Country) CALL (n) { SET n.name = 'x' } RETURN n
UNWIND [1, 2] AS i CALL { WITH i CREATE (:New {id: i}) } IN TRANSACTIONS OF 1 ROWS RETURN i
RETURN 1 AS one UNION CREATE (n:New) RETURN 1 AS one
"""
WHERE_NOTHING_MATCHES = """
MATCH (n:Nothing) SET n.name = 'x'
MATCH (n:Nothing) DETACH DELETE n
UNWIND [] AS i CREATE (:New)
MATCH (n:Nothing) REMOVE n.name RETURN n
DROP CONSTRAINT no_such_constraint IF EXISTS
DROP INDEX no_such_index IF EXISTS
"""
SCHEMA_AND_ADMINISTRATION = """
CREATE INDEX new_index FOR (n:Country) ON (n.name)
CREATE INDEX new_index FOR ()-[t:TIE]-() ON (t.source)
CREATE CONSTRAINT new_constraint FOR (n:Country) REQUIRE n.name IS UNIQUE
DROP CONSTRAINT relgraph_country_id
CREATE USER bob SET PASSWORD 'long-enough-1'
ALTER CURRENT USER SET PASSWORD FROM 'relgraph' TO 'long-enough-1'
DROP USER neo4j
CREATE DATABASE other
DROP DATABASE relgraph
STOP DATABASE neo4j
GRANT ROLE admin TO reader
TERMINATE TRANSACTIONS 'neo4j-transaction-1'
SHOW TRANSACTIONS YIELD transactionId AS id TERMINATE TRANSACTIONS id YIELD message RETURN message
"""
PROCEDURES = """
CALL db.createLabel('New')
CALL db.createProperty('new')
CALL db.createRelationshipType('NEW')
CALL db.clearQueryCaches()
CALL db.index.fulltext.createNodeIndex('new', ['Country'], ['name'])
CALL dbms.setConfigValue('db.transaction.timeout', '1s')
CALL dbms.killTransaction('neo4j-transaction-1')
CALL dbms.killConnection('bolt-1')
CALL dbms.security.createUser('bob', 'long-enough-1', false)
CALL tx.setMetaData({a: 1})
CALL create.node(['New'], {})
CALL merge.node(['Country'], {id: 'KOR'}, {}, {})
CALL apoc.create.node(['New'], {})
CALL apoc.cypher.doIt('CREATE (:New)', {})
CALL apoc.periodic.iterate('RETURN 1', 'CREATE (:New)', {})
CALL apoc.export.csv.all('/tmp/out.csv', {})
CALL apoc.load.json('file:///etc/passwd') YIELD value RETURN value
CALL apoc.refactor.rename.label('Country', 'New')
CALL `apoc`.`cypher` . `doIt`('CREATE (:New)', {}) YIELD value RETURN value
CALL/**/apoc.cypher.doIt('CREATE (:New)', {}) YIELD value RETURN value
CALL`dbms`.killConnection('bolt-1')
OPTIONAL CALL dbms.killConnection('bolt-1') YIELD message RETURN message
MATCH (n) WHERE EXISTS { CALL dbms.killConnection('bolt-1') YIELD message RETURN message } RETURN n
RETURN reduce(a = 0, i IN [1] | a + COUNT { CALL dbms.killConnection('bolt-1') YIELD message RETURN 1 AS x }) AS x
CALL sql('CREATE VERTEX TYPE New')
CALL sql.execute('DELETE FROM Country')
RETURN sql('DELETE FROM Country') AS gone
"""
FILES_AND_ADDRESSES = """
LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line
LOAD CSV FROM '/etc/passwd' AS line RETURN line
LOAD CSV WITH HEADERS FROM 'http://127.0.0.1:1/x.csv' AS line RETURN line
LOAD /* a */ CSV FROM 'file:///etc/passwd' AS line CREATE (:New {id: line[0]})
CALL { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } RETURN line
RETURN [i IN [1] | COUNT { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line }] AS lines
RETURN COLLECT { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } AS lines
"""
DISGUISES = r"""
PROFILE CREATE (n:New)
PROFILE MATCH (n) DETACH DELETE n
EXPLAIN CREATE (n:New)
EXPLAIN MATCH (n) DETACH DELETE n
PROFILE LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line
CYPHER 25 CREATE (n:New)
CYPHER 5 PROFILE CREATE (n:New)
cReAtE (n:New)
/* RETURN */ CREATE (n:New) // RETURN
// RETURN 1
\u0043REATE (n:New)
L\u004fAD CSV FROM 'file:///etc/passwd' AS line RETURN line
RETURN 1 AS one; CREATE (n:New)
RETURN '\'' AS quote /* ' */ UNION CREATE (n:New) RETURN '' AS quote
RETURN "/*" AS a LOAD CSV FROM 'file:///etc/passwd' AS line RETURN "*/" AS b
USE neo4j CREATE (n:New)
WHEN true THEN CREATE (n:New)
INSERT INTO Country SET id = 'KOR'
DELETE FROM Country
MATCH (n:`Country`)SET`n`.`name`='x'
// RETURN 1\rCREATE (n:New)
RETURN 1 AS a //\r, [i IN [1] | COUNT { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line }] AS lines
RETURN 1 AS a //\r, [i IN [1] | COUNT { CALL dbms.killConnection('bolt-1') YIELD message RETURN message }] AS n
RETURN 1 AS a //\u000d, [i IN [1] | COUNT { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line }] AS lines
RETURN [i IN [1] | COUNT { LOAD/* */CSV FROM 'file:///etc/passwd' AS line RETURN line }] AS lines
RETURN [i IN [1] | COUNT { CALL dbms.kill\u0043onnection('bolt-1') YIELD message RETURN message }] AS n
RETURN '\\u0027' AS a, [i IN [1] | COUNT { \u004cOAD CSV FROM 'file:///etc/passwd' AS line RETURN line }] AS b
""".replace("// RETURN 1\n", "// RETURN 1\\nCREATE (n:New)\n")
MORE_OF_NEO4J = """
MATCH (n:Country) SET n:$($label)
MATCH (n:Country) SET n['name'] = 'x'
MATCH (n:Country) REMOVE n['name']
CREATE (:$($label))
MATCH (n:Country) CALL (n) { SET n.name = 'x' } IN 2 CONCURRENT TRANSACTIONS OF 1 ROWS ON ERROR CONTINUE
USE system CREATE DATABASE other
CREATE OR REPLACE DATABASE neo4j
ALTER DATABASE neo4j SET ACCESS READ ONLY
CREATE ALIAS other FOR DATABASE neo4j
CREATE ROLE spy
DENY TRAVERSE ON GRAPH * TO reader
RENAME USER neo4j TO other
CALL db.index.vector.createNodeIndex('new', 'Country', 'name', 3, 'cosine')
CALL db.create.setNodeVectorProperty('4:x:0', 'name', [1.0])
CALL dbms.upgrade()
CREATE TEXT INDEX new_index FOR (n:Country) ON (n.name)
CREATE FULLTEXT INDEX new_index FOR (n:Country) ON EACH [n.name]
CREATE LOOKUP INDEX new_index FOR (n) ON EACH labels(n)
"""
pytestmark = pytest.mark.filterwarnings("ignore::neo4j.warnings.Neo4jWarning")  # old ways to write are tried too
GROUPS = (
    CLAUSES, WHERE_NOTHING_MATCHES, SCHEMA_AND_ADMINISTRATION, PROCEDURES, FILES_AND_ADDRESSES, DISGUISES,
    MORE_OF_NEO4J,
)  # fmt: skip
ATTEMPTS = [
    line.replace("\\n", "\n").replace("\\r", "\r") for group in GROUPS for line in group.strip().splitlines()
]

READS = """
MATCH (n:Country) RETURN n.id AS id ORDER BY id
MATCH (n:Country) RETURN n.id AS set ORDER BY set
WITH 'x' AS delete, 1 AS merge RETURN delete ORDER BY delete LIMIT 1
MATCH (create:Country) WHERE (create)--() RETURN create.id AS remove
RETURN 'CREATE (n) SET n.x = 1 LOAD CSV CALL a.b()' AS text // DELETE n
RETURN "it's CREATE (n)" AS `SET n.x = 1`
RETURN {set: 1, delete: $set} AS merge
MATCH (n:Country {name: 'Japan'}) RETURN n.set AS a, n.remove AS b, n:Set AS c
CALL { RETURN 1 AS one } RETURN one
MATCH (n:Country) CALL { WITH n RETURN n.id AS id } RETURN id
CALL db.labels() YIELD label RETURN label
SHOW CONSTRAINTS YIELD name RETURN name
SHOW INDEXES
EXPLAIN MATCH (n:Country) RETURN n
PROFILE MATCH (n:Country) RETURN n.id AS id
"""


@pytest.fixture(scope="module")
def kept(engine: Engine) -> Iterator[Connection]:
    """A connection to a small graph that must stay as it is."""
    engine.wipe()
    with open_connection(engine.settings) as connection:
        connection.write("CREATE CONSTRAINT relgraph_country_id IF NOT EXISTS FOR (n:Country) REQUIRE n.id IS UNIQUE")
        connection.write(
            "CREATE (:Country {id: 'JPN', name: 'Japan'})-[:TIE {id: 't', source: 's'}]->(:Country {id: 'USA'}),"
            " (:Lone)"
        )
        yield connection
    engine.wipe()


@pytest.fixture(scope="module")
def before(kept: Connection) -> list[Any]:
    """What the database holds to begin with."""
    return everything(kept)


def everything(connection: Connection) -> list[Any]:
    """What the database holds: things, ties, constraints, indexes."""
    things = connection.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties").rows
    ties = connection.read("MATCH (a)-[t]->(b) RETURN a.id, type(t) AS type, properties(t) AS p, b.id").rows
    names = [connection.read(f"SHOW {what} YIELD name RETURN name").rows for what in ("CONSTRAINTS", "INDEXES")]
    return [sorted(map(repr, rows)) for rows in (things, ties, *names)]


def test_there_are_enough_attempts() -> None:
    assert len(set(ATTEMPTS)) == len(ATTEMPTS) > 120


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_refused(kept: Connection, before: list[Any], attempt: str) -> None:
    with pytest.raises(QueryError) as refusal:
        kept.read(attempt, {"label": "New"})
    assert everything(kept) == before
    assert re.match(r"query(, line \d+, column \d+)?: \S", str(refusal.value))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("query", READS.strip().splitlines())
def test_allowed(kept: Connection, query: str) -> None:
    kept.read(query, {"set": 1})


def test_a_refusal_says_what_and_how(kept: Connection) -> None:
    with pytest.raises(QueryError, match=r"would change the graph, and only reading is allowed here; use --write"):
        kept.read("MATCH (n) SET n.x = 1")
    with pytest.raises(QueryError, match=r"LOAD CSV reads files or addresses, and only reading"):
        kept.read("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line")
    with pytest.raises(QueryError, match=r"procedure apoc\.cypher\.doIt is not on the list"):
        kept.read("CALL apoc.cypher.doIt('CREATE (:New)', {})")


def test_a_text_is_explained_once() -> None:
    asked = []
    summary = type("Summary", (), {"query_type": "r", "plan": None})
    guard = readonly.Guard(lambda text: asked.append(text) or summary)
    for _ in range(3):
        guard.check("RETURN 1 AS one")
    assert asked == ["RETURN 1 AS one"]


def test_what_is_remembered_is_bounded() -> None:
    guard = readonly.Guard(None)
    for number in range(3 * guard._REMEMBERED):
        guard.check(f"RETURN {number} AS number")
    assert len(guard._passed) == guard._REMEMBERED


PIECES = ["/**/", "//", "/*", "'\\'", '"', "`", "CYPHER a=b ", "CALL ", "CREATE ", "(", "SET a"]


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_is_looked_at_in_no_time(piece: str) -> None:
    """A hundred thousand characters, more than which no system passes on as one argument: a slow pattern never ends."""
    text = piece * (100_000 // len(piece)) + "RETURN 1 AS one"
    with contextlib.suppress(QueryError):
        readonly.Guard(lambda _: type("Summary", (), {"query_type": "r", "plan": None})).check(text)
    with contextlib.suppress(QueryError):
        readonly.Guard(None).check(text)
    columns(f"{text} RETURN 1 AS one")
