"""A source.toml that cannot be used: every fault is an issue that names the file and the entry."""

from __future__ import annotations

import pytest
from tests.ingest.making import HEAD, PACT, PACT_TABLES, make_source, problems, where

from relgraph.errors import DataError, UsageError
from relgraph.graph import Graph

TOML = "source.toml"
TREATY = PACT.replace
TABLE = '\n[[tables]]\nfile = "agreements.csv"\n'

# the declaration, where the issue points (column is the entry), words of its problem and of its remedy
FAULTS = {
    "no TOML": (PACT + "\n[coverage\n", (TOML, 32, None, None), "cannot be read as TOML", "mend that line"),
    "no UTF-8": (PACT.encode() + b"\n# caf\xe9", (TOML, None, None, None), "cannot be read as TOML", "mend"),
    "no title": ("[source]\nlicence = 'x'\n", (TOML, None, "source.title", None), "is missing", "CONTRIBUTING"),
    "unknown table": (PACT + "\n[covrage]\n", (TOML, None, "covrage", None), "is no key that", "CONTRIBUTING"),
    "unknown key": (
        PACT + '\n[coverage]\nuntill = "2012"\n',
        (TOML, None, "coverage.untill", "2012"),
        "is no key that",
        "use labels, kinds, countries, since, until, completely, ego, note, which CONTRIBUTING",
    ),
    "unknown key of an end": (
        TREATY('id = "{party}"', 'id = "{party}", schema = "cow"'),
        (TOML, None, "tables.2.ties.1.from.schema", "cow"),
        "is no key that",
        "use label, id, scheme, on, agrees, which",
    ),
    "unknown key of a value in a list": (
        TREATY('"{signed}"', '{ first = [{ colum = "signed" }] }'),
        (TOML, None, "tables.1.things.1.properties.signed.first.1.colum", "signed"),
        "is no key that",
        "use flags, none, yes, no, template, column, ",
    ),
    "a word for a list": (
        PACT + '\n[coverage]\nego = "USA"\n',
        (TOML, None, "coverage.ego", "USA"),
        "is no list: write [ … ]",
        "CONTRIBUTING",
    ),
    "a list for a value": (
        TREATY('"{signed}"', '["{signed}"]'),
        (TOML, None, "tables.1.things.1.properties.signed", None),
        "is neither a text nor a table",
        "CONTRIBUTING",
    ),
    "a word for yes or no": (
        HEAD.format(name="x", priority=1).replace("redistributable = true", 'redistributable = "perhaps"') + PACT,
        (TOML, None, "source.redistributable", "perhaps"),
        "is neither true nor false",
        "CONTRIBUTING",
    ),
    "no origin of a value": (
        TREATY('"{signed}"', '{ split = ";" }'),
        (TOML, None, "tables.1.things.1.properties.signed", None),
        "give exactly one of template, column, value, year",
        "CONTRIBUTING",
    ),
    "two origins of a value": (
        TREATY('"{signed}"', '{ value = "1951", column = "signed" }'),
        (TOML, None, "tables.1.things.1.properties.signed", None),
        "give exactly one of template, column, value, year",
        "CONTRIBUTING",
    ),
    "day without a year": (
        TREATY('"{signed}"', '{ column = "signed", day = "signed" }'),
        (TOML, None, "tables.1.things.1.properties.signed", None),
        "month and day need year",
        "CONTRIBUTING",
    ),
    "bad pattern": (
        TREATY('"{signed}"', '{ column = "signed", match = "(" }'),
        (TOML, None, "tables.1.things.1.properties.signed.match", "("),
        "is no regular expression",
        "CONTRIBUTING",
    ),
    "bad pattern of a condition": (
        TREATY('id = "{id}"', 'id = "{id}"\nwhen = [{ column = "id", matches = "(" }]'),
        (TOML, None, "tables.1.things.1.when.1.matches", "("),
        "is no regular expression",
        "CONTRIBUTING",
    ),
    "condition that always holds": (
        TREATY('id = "{id}"', 'id = "{id}"\nwhen = [{ column = "id" }]'),
        (TOML, None, "tables.1.things.1.when.1", None),
        "give in, not_in or matches",
        "CONTRIBUTING",
    ),
    "skip that leaves out every row": (
        TREATY('file = "agreements.csv"', 'file = "agreements.csv"\nskip = [{ column = "id", reason = "none" }]'),
        (TOML, None, "tables.1.skip.1", None),
        "give in, not_in or matches",
        "CONTRIBUTING",
    ),
    "each of nothing": (
        TREATY('role = "{role}"', 'role = "{role}"\neach = { column = "party" }'),
        (TOML, None, "tables.2.ties.1.each", None),
        "give columns, or column and split",
        "CONTRIBUTING",
    ),
    "bad template": (
        TREATY('"{signed}"', '"{signed||a}"'),
        (TOML, None, "tables.1.things.1.properties.signed.template", "{signed||a}"),
        "is no template",
        "CONTRIBUTING",
    ),
    "half a template": (
        TREATY('"{signed}"', '"{signed"'),
        (TOML, None, "tables.1.things.1.properties.signed.template", "{signed"),
        "is no template",
        "CONTRIBUTING",
    ),
    "unknown scheme": (
        TREATY('id = "{party}"', 'id = "{party}", scheme = "fips"'),
        (TOML, None, "tables.2.ties.1.from.scheme", "fips"),
        "must be 'any', 'iso3'",
        "CONTRIBUTING",
    ),
    "unknown label": (
        TREATY('label = "Agreement"\nid', 'label = "Treaty"\nid'),
        (TOML, None, "agreements.csv", "Treaty"),
        "is no label that rows can define",
        "Agreement",
    ),
    "family for a thing": (
        TREATY('label = "Agreement"\nid', 'label = "Engagement"\nid'),
        (TOML, None, "agreements.csv", "Engagement"),
        "is no label that rows can define",
        "Agreement",
    ),
    "countries defined by rows": (
        TREATY('label = "Agreement"\nid', 'label = "Country"\nid'),
        (TOML, None, "agreements.csv", "Country"),
        "is no label that rows can define",
        "use Organization",
    ),
    "unknown label of an end": (
        TREATY('"Actor"', '"Player"'),
        (TOML, None, "parties.csv", "Player"),
        "is no label",
        "ontology.toml",
    ),
    "unknown type of tie": (
        TREATY('"PARTY_TO"', '"ALLY_OF"'),
        (TOML, None, "parties.csv", "ALLY_OF"),
        "is no type of tie that rows can make",
        "PARTY_TO",
    ),
    "citations made by rows": (
        TREATY('"PARTY_TO"', '"CITED_IN"'),
        (TOML, None, "parties.csv", "CITED_IN"),
        "is no type of tie that rows can make",
        "PARTY_TO",
    ),
    "unknown property": (
        TREATY("signed =", "ratified ="),
        (TOML, None, "agreements.csv", "ratified"),
        "is no property of Agreement",
        "signed",
    ),
    "property of another label": (
        TREATY("signed =", "size ="),
        (TOML, None, "agreements.csv", "size"),
        "is no property of Agreement",
        "signed",
    ),
    "role of a tie without roles": (
        TREATY('"PARTY_TO"', '"UNDER"'),
        (TOML, None, "parties.csv", "role"),
        "is no property of UNDER",
        "quote",
    ),
    "missing lookup": (
        TREATY('"{kind}"', '"{kind|kinds}"'),
        (TOML, None, "lookups.kinds", None),
        "is used for agreements.csv but not there",
        "add it",
    ),
    "split of what is no list": (
        TREATY('"{name}"', '{ column = "name", split = ";" }'),
        (TOML, None, "agreements.csv", "name"),
        "split makes a list, and this is to be a text",
        "take out split",
    ),
    "constant of another type": (
        TREATY('"{signed}"', "{ value = 1951 }"),
        (TOML, None, "agreements.csv", "1951"),
        "is to be a date",
        "write it as one",
    ),
    "constant that is no date": (
        TREATY('"{signed}"', '{ value = "last year" }'),
        ("agreements.csv", 2, None, "last year"),
        "is no date in EDTF",
        "mend",
    ),
    "constant list": (
        TREATY('"{name}"', '{ value = ["a", "b"] }'),
        (TOML, None, "agreements.csv", "['a', 'b']"),
        "is to be a text",
        "write it as one",
    ),
    "unknown encoding": (
        TREATY('file = "agreements.csv"', 'file = "agreements.csv"\nencoding = "utf-9"'),
        (TOML, None, "tables.1.encoding", "utf-9"),
        "is no encoding that Python knows",
        "CONTRIBUTING",
    ),
    "two characters between cells": (
        TREATY('file = "agreements.csv"', 'file = "agreements.csv"\ndelimiter = "::"'),
        (TOML, None, "tables.1.delimiter", "::"),
        "at most 1 character",
        "CONTRIBUTING",
    ),
    "bad end of the coverage": (
        PACT + '\n[coverage]\nuntil = "end of 2012"\n',
        (TOML, None, "coverage.until", "end of 2012"),
        "is no date in EDTF",
        "CONTRIBUTING",
    ),
    "bad beginning of the coverage": (
        PACT + '\n[coverage]\nsince = "1816-13"\n',
        (TOML, None, "coverage.since", "1816-13"),
        "is no date in EDTF",
        "CONTRIBUTING",
    ),
    "coverage of an unknown label": (
        PACT + '\n[coverage]\nlabels = ["Treaty"]\n',
        (TOML, None, "coverage.labels", "Treaty"),
        "is no label",
        "use ",
    ),
    "coverage of an unknown country": (
        PACT + '\n[coverage]\ncountries = ["JPN", "Japan"]\n',
        (TOML, None, "coverage.countries", "Japan"),
        "is no id of a country",
        "use ",
    ),
    "complete in an unknown kind": (
        PACT + '\n[coverage]\ncompletely = ["treatise"]\n',
        (TOML, None, "coverage.completely", "treatise"),
        "is no label or kind",
        "treaty",
    ),
    "complete in an unknown kind up to a day": (
        PACT + '\n[coverage.completely]\ntreatise = "2020"\n',
        (TOML, None, "coverage.completely", "treatise"),
        "is no label or kind",
        "treaty",
    ),
    "complete up to no day": (
        PACT + '\n[coverage.completely]\ntreaty = "lately"\n',
        (TOML, None, "coverage.completely.treaty", "lately"),
        "is no date in EDTF",
        "CONTRIBUTING",
    ),
    "complete beyond the reach": (
        PACT + '\n[coverage]\nuntil = "2019"\ncompletely = { treaty = "2020-01-01" }\n',
        (TOML, None, "coverage.completely.treaty", "2020-01-01"),
        "is after until",
        "2019",
    ),
    "complete in what is neither list nor table": (
        PACT + '\n[coverage]\ncompletely = "treaty"\n',
        (TOML, None, "coverage.completely", "treaty"),
        "is neither a list nor a table",
        "CONTRIBUTING",
    ),
    "bad date of publication": (
        "[source]" + HEAD.format(name="broken", priority=1).partition("[source]")[2] + "date = 'July'\n" + PACT,
        (TOML, None, "source.date", "July"),
        "is no date in EDTF",
        "CONTRIBUTING",
    ),
    "assertion of nothing": (
        PACT + '\n[[assertions]]\nthings = "Agreement"\n',
        (TOML, None, "assertions.1", None),
        "give at_least, at_most, exactly or are",
        "CONTRIBUTING",
    ),
    "assertion of an unknown label": (
        PACT + '\n[[assertions]]\nthings = "Treaty"\nat_most = 1\n',
        (TOML, None, "assertions.1", "Treaty"),
        "is no label",
        "use ",
    ),
    "assertion of an unknown type": (
        PACT + '\n[[assertions]]\nties = "ALLY_OF"\nexactly = 0\n',
        (TOML, None, "assertions.1", "ALLY_OF"),
        "is no type of tie",
        "use ",
    ),
    "ignored column that is not there": (
        TREATY('file = "agreements.csv"', 'file = "agreements.csv"\nignore = ["page"]'),
        ("agreements.csv", 1, "page", None),
        "is to be ignored but is not there",
        "take it out",
    ),
}
CROSSWALKS = {
    "empty": (b"", ("crosswalk.csv", None, None, None), "is empty"),
    "without a column": (b"label,id,other\n", ("crosswalk.csv", 1, "same_as", None), "is missing"),
    "no UTF-8": (b"label,id,same_as\nAgreement,caf\xe9,x\n", ("crosswalk.csv", 2, None, None), "is no utf-8"),
    "unknown label": (b"label,id,same_as\nTreaty,pact,x\n", ("crosswalk.csv", 2, "label", "Treaty"), "is no label"),
    "half a row": (b"label,id,same_as\nAgreement,pact,\n", ("crosswalk.csv", 2, "same_as", ""), "is no id"),
    "bad id": (b"label,id,same_as\nAgreement,pact,A 1\n", ("crosswalk.csv", 2, "same_as", "A 1"), "is no id"),
    "two meanings": (
        b"label,id,same_as\nAgreement,pact,one\nAgreement,pact,two\n",
        ("crosswalk.csv", 3, "id", "pact"),
        "stands in row 2 already",
    ),
    "unknown record": (
        b"label,id,same_as\nAgreement,pakt,one\n",
        ("crosswalk.csv", 2, "id", "pakt"),
        "is defined by no row",
    ),
}


def broken(folder, toml):
    if isinstance(toml, bytes):
        source = make_source(folder, "broken", PACT, PACT_TABLES)
        head = HEAD.format(name="broken", priority=50).encode()
        (source / TOML).write_bytes(head + toml)
        return source
    return make_source(folder, "broken", toml, PACT_TABLES)


def issues_of(source):
    """Its issues, whether they came with the claims or with the error that there are none."""
    try:
        return problems(source)
    except DataError as error:
        return list(error.issues) if str(error).startswith("broken/source.toml: ") else []


@pytest.mark.parametrize(("toml", "place", "problem", "remedy"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_an_issue_that_names_the_entry(tmp_path, toml, place, problem, remedy):
    issues = issues_of(broken(tmp_path, toml))
    found = [issue for issue in issues if where(issue) == place]
    assert found, issues
    assert problem in found[0].problem
    assert remedy in found[0].remedy
    assert found[0].level == "error"


@pytest.mark.parametrize(("crosswalk", "place", "problem"), CROSSWALKS.values(), ids=CROSSWALKS)
def test_a_fault_of_the_crosswalk_is_an_issue(tmp_path, crosswalk, place, problem):
    source = make_source(tmp_path, "broken", PACT, {**PACT_TABLES, "crosswalk.csv": crosswalk})
    found = [issue for issue in problems(source) if where(issue) == place]
    assert found, problems(source)
    assert problem in found[0].problem


def test_every_fault_stops_the_load_and_leaves_the_graph_as_it_was(graph, tmp_path):
    graph.load(make_source(tmp_path, "sound", PACT, PACT_TABLES))
    before = graph.content_hash()
    for name, (toml, *_) in FAULTS.items():
        with pytest.raises(DataError):
            graph.load(broken(tmp_path / name.replace(" ", "-"), toml))
    assert graph.content_hash() == before


def test_all_faults_of_a_declaration_are_told_at_once(tmp_path):
    source = broken(tmp_path, PACT + '\n[coverage]\nuntill = "2012"\n\n[covrage]\n')
    assert {where(issue)[2] for issue in issues_of(source)} == {"coverage.untill", "covrage"}


def test_a_source_that_is_not_there_is_named_with_those_that_are(tmp_path):
    with pytest.raises(UsageError, match=r"no-such: no such source; known are .*csis-hayashi-2020.* folder"):
        Graph.check("no-such")
    with pytest.raises(UsageError, match=r"--data .*nothing: there is no such file or folder"):
        Graph.check(make_source(tmp_path, "sound", PACT, PACT_TABLES), data=tmp_path / "nothing")
    with pytest.raises(UsageError, match="--data goes with the name of a source"):
        Graph.check(data=tmp_path)


def test_two_folders_of_one_name_cannot_be_loaded_together(tmp_path):
    one, two = (make_source(tmp_path / name, "same", PACT, PACT_TABLES) for name in "ab")
    with pytest.raises(UsageError, match=r"same: is the name of two folders .*; load one of them"):
        Graph.check(one, two)
    assert len(Graph.check(one, one)) == 1


def test_a_folder_whose_name_is_no_id_is_refused(tmp_path):
    source = make_source(tmp_path, "My Source", PACT, PACT_TABLES)
    with pytest.raises(DataError, match="My Source: is no id of a source; name the folder"):
        Graph.check(source)
