from __future__ import annotations

import shlex
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.errors import QueryError, UsageError
from relgraph.query.header import read_folder, read_text
from relgraph.query.library import load_library
from relgraph.query.named import Query
from relgraph.query.parameters import Parameter

LIBRARY = load_library()
FILE = Path("topic.cypher")
GOOD = """\
// About the topic.

// name: named(a: country, most: integer = 5,
//             certainty: certainties = 'stated, implied', kind: kind = null)
// What it answers, in a sentence. And what to know of it.
// returns: id,
//          name
// covers: Agreement|Policy(a, kind)
// example: -p a=JPN
MATCH (c {id: $a}) // $not_a_parameter
WHERE c.kind = $kind AND c.certainty IN $certainty AND c.name <> '$neither'
RETURN c.id AS id, c.name AS name
ORDER BY id LIMIT $most;
"""


def read(text: str) -> list[Query]:
    return read_text(text, FILE)[1]


def test_a_header_is_read_in_full():
    topic, (query,) = read_text(GOOD, FILE)
    assert topic == "About the topic."
    assert (query.name, query.topic, query.line) == ("named", "topic", 3)
    assert query.purpose == "What it answers, in a sentence."
    assert query.notes == "And what to know of it."
    assert query.returns == ("id", "name")
    assert query.example == "-p a=JPN"
    assert query.covers.labels == ("Agreement", "Policy")
    assert query.covers.parameters == ("a", "kind")
    assert query.parameters == (
        Parameter("a", "country"),
        Parameter("most", "integer", 5, required=False),
        Parameter("certainty", "certainties", ["stated", "implied"], required=False),
        Parameter("kind", "kind", None, required=False),
    )
    assert query.cypher.startswith("MATCH")
    assert query.cypher.endswith("LIMIT $most")
    assert query.signature == (
        "named(a: country, most: integer = 5, certainty: certainties = 'stated, implied', kind: kind = null)"
    )


def test_comments_between_queries_belong_to_none():
    second = GOOD.replace("named(", "other(").replace("// About the topic.\n", "// ---- others ----\n")
    assert [query.name for query in read(GOOD + second)] == ["named", "other"]
    assert read(GOOD + second)[0].cypher == read(GOOD)[0].cypher


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("$a}", "$b}", "topic.cypher:3: named: uses $b, which its header does not declare"),
        ("LIMIT $most", "LIMIT 5", "declares the parameter most, which its statement does not use"),
        ("What it answers, in a sentence. And what to know of it.", "", "needs a sentence"),
        ("And what to know of it.", "And no stop", "needs a sentence, with its full stop"),
        ("// returns: id,\n//          name\n", "", "needs a line `// returns: …`"),
        ("//          name", "//          nam", "says it returns id, nam, its statement returns id, name"),
        ("c.id AS id, c.name AS name", "*", "has no RETURN that names its columns"),
        ("a: country", "a: land", "a has the unknown type 'land'; known are actor,"),
        ("a: country", "a country", "'a country' is no parameter"),
        ("a: country", "from: country", "'from' is a keyword of Python"),
        ("most: integer", "a: integer", "the parameter a is declared twice"),
        ("= 5", "= five", "the default of most, five, is no whole number"),
        ("'stated, implied'", "sure", "the default of certainty, sure, must be one or more of stated, implied"),
        ("named(", "Named(", "is not of the form name(parameter: type, …)"),
        ("// returns:", "// return:", "a header has no field 'return'"),
        ("// covers: Agreement", "// covers: Treaty", "covers 'Treaty', which is no label"),
        ("(a, kind)", "(b)", "covers names 'b', which is not among its parameters"),
        ("(a, kind)", "", "is not of the form Label(parameter, …)"),
        ("// example: -p a=JPN", "// returns: id", "'returns' stands twice"),
        ("ORDER BY id ", "", "needs an ORDER BY"),
        ("ORDER BY id", "; MATCH (n) ORDER BY n", "has more than one statement"),
        ("WHERE c.kind", "SET c.kind", "has SET; a named query only reads"),
        ("// About the topic.", "MATCH (n)", "topic.cypher:1: this stands under no header"),
    ],
)
def test_a_bad_header_is_an_error_that_names_it(old, new, message):
    assert old in GOOD
    with pytest.raises(QueryError) as error:
        read(GOOD.replace(old, new))
    assert message in str(error.value)


def test_a_header_without_a_statement_is_an_error():
    with pytest.raises(QueryError, match=r"topic.cypher:1: alone: has no statement"):
        read("// name: alone()\n// A sentence.\n// returns: id\n")


def test_a_name_may_be_taken_once_in_all_files(tmp_path):
    (tmp_path / "a.cypher").write_text(GOOD, "utf-8")
    (tmp_path / "b.cypher").write_text(GOOD, "utf-8")
    with pytest.raises(QueryError, match=r"b.cypher:3: the name named is taken by a.cypher:3; rename one"):
        read_folder(tmp_path)


def test_a_file_that_is_not_utf8_is_an_error_that_names_it(tmp_path):
    (tmp_path / "a.cypher").write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(QueryError, match=r"a.cypher: cannot be read as UTF-8"):
        load_library(tmp_path)


LINES = st.sampled_from(
    [*GOOD.splitlines(), "// name: x()", "// name: (", "// returns:", "//", "", ";", "// A.", "// covers: ()"]
)


@given(st.lists(LINES | st.text(max_size=30), max_size=12).map("\n".join))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    with suppress(QueryError):
        read(text)


# --- the queries that relgraph has ---


@pytest.mark.parametrize("query", LIBRARY.values(), ids=list(LIBRARY))
def test_each_query_is_documented(query):
    assert query.purpose.endswith(".")
    assert len(query.purpose) <= 130
    assert all(len(line) <= 120 for line in query.file.read_text("utf-8").splitlines())
    assert query.example or not any(parameter.required for parameter in query.parameters)


@pytest.mark.parametrize("query", [q for q in LIBRARY.values() if q.example], ids=lambda query: query.name)
def test_each_example_is_one(query):
    words = shlex.split(query.example)
    given = dict(word.split("=", 1) for word in words[1::2])
    assert set(words[::2]) == {"-p"}
    bound = query.bind(given)
    assert list(bound) == [parameter.name for parameter in query.parameters]


def test_each_topic_is_described():
    assert {query.topic for query in LIBRARY.values()} == set(LIBRARY.topics)
    assert all(LIBRARY.topics.values())


def test_what_the_library_must_have():
    assert set(LIBRARY) >= {
        *("parties_of", "agreements_of", "agreements_between", "exercises_of", "exercises_between"),
        *("partners_of", "recipients_of", "providers_to", "in_force_on", "began_between", "members_of"),
        *("shared_organizations", "only_these_countries", "party_sets", "signed_not_in_force", "held_in"),
        *("path_between", "sources_of", "claims_about", "unsourced", "uncertain", "domains_of", "timeline"),
    }


def test_a_query_is_found_by_its_name_in_any_spelling():
    assert LIBRARY.find("Parties-of").name == "parties_of"
    with pytest.raises(UsageError, match="there is no query 'partys_of' in the library; near it: parts_of, parties_of"):
        LIBRARY.find("partys_of")
    with pytest.raises(UsageError, match="no query 'xyzzy' in the library; `relgraph queries` lists them"):
        LIBRARY.find("xyzzy")


# --- binding ---


def test_defaults_and_values_are_bound():
    (query,) = read(GOOD)
    assert query.bind({"a": "japan", "kind": "treaty"}) == {
        "a": "JPN",
        "most": 5,
        "certainty": ["stated", "implied"],
        "kind": "treaty",
    }


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"a": "JPN", "mots": 3}, "named has no parameter 'mots'; near it: most"),
        ({"a": "JPN", "zzz": 3}, "named has no parameter 'zzz'; it takes a, most, certainty, kind"),
        ({}, "named needs a (country), for example -p a=JPN"),
        ({"a": None}, "named needs a (country)"),
        ({"a": "Jpan"}, "named: a = 'Jpan' is no country of the register; near it: "),
        ({"a": "JPN", "most": "x"}, "named: most = 'x' is no whole number"),
    ],
)
def test_what_cannot_be_bound_is_one_sentence(values, message):
    (query,) = read(GOOD)
    with pytest.raises(UsageError) as error:
        query.bind(values)
    assert str(error.value).startswith(message)


def test_things_are_taken_by_id_where_there_is_no_graph():
    assert LIBRARY["parties_of"].bind({"agreement": " acsa-jpn-aus "}) == {"agreement": "acsa-jpn-aus"}
