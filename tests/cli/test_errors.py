"""What goes wrong is told in one sentence on stderr, with the remedy, and ends with the exit code that says whose fault
it is.
"""

from __future__ import annotations

import pytest

from relgraph import cli
from relgraph.errors import EngineError

NOBODY = "bolt://127.0.0.1:1"
G = "GRAPH"  # stands for the loaded graph

USAGE = [
    (["blah"], "No such command 'blah'; see `relgraph --help`"),
    (["loda"], "Did you mean 'load'"),
    (["query", "--nope", "--graph", G], "No such option: --nope; see `relgraph query --help`"),
    (["query", "--graph", G], "give a statement, the name of a query, or -f FILE"),
    (["query", "", "--graph", G], "is empty"),
    (["query", "RETURN 1 AS a", "-f", "a.cypher", "--graph", G], "give a statement, the name of a query, or -f"),
    (["query", "-f", "no.cypher", "--graph", G], "no.cypher: cannot be read as text (No such file or directory)"),
    (["query", "RETURN $a AS a", "--graph", G], "$a has no value; give it with -p a=VALUE"),
    (["query", "RETURN 1 AS a", "-p", "b=1", "--graph", G], "the statement has no $b"),
    (["query", "RETURN 1 AS a", "--kind", "Exercise", "--graph", G], "the statement has no $kind"),
    (["query", "RETURN 1 AS a", "-p", "b", "--graph", G], "-p b: is no parameter; write it as KEY=VALUE"),
    (["query", "RETURN 1 AS a", "--format", "xml", "--graph", G], "'xml' is not one of 'table'"),
    (["query", "agreements_betwen", "--graph", G], "near it: agreements_between"),
    (["query", "agreements_between", "--graph", G], "needs a (country), for example -p a=JPN -p b=AUS"),
    (["query", "parties_of", "-p", "agrement=x", "--graph", G], "near it: agreement"),
    (["query", "parties_of", "-p", "agreement=nope", "--graph", G], "names no engagement in this graph"),
    (["query", "agreements_of", "--country", "Atlantis", "--graph", G], "country = 'Atlantis'"),
    (["query", "agreements_of", "--country", "JPN", "--as-of", "soon", "--graph", G], "as_of = 'soon'"),
    (["queries", "nope"], "`relgraph queries` lists them"),
    (["load", "nope", "--graph", G], "nope: no such source; known are atop, cow-alliances, csis-hayashi-2020"),
    (["load", "--data", ".", "--graph", G], "--data goes with the name of a source"),
    (["unload", "--graph", G], "Missing argument 'SOURCE'; see `relgraph unload --help`"),
    (["unload", "nope", "--graph", G], "is not loaded; loaded are csis-hayashi-2020"),
    (["check", "nope"], "nope: no such source"),
    (["sources", "nope", "--graph", G], "known are atop, cow-alliances, csis-hayashi-2020"),
    (["show", "nothing like it", "--graph", G], "no loaded source mentions it"),
    (["ties", "JPN", "--graph", G], "name two or more countries"),
    (["ties", "JPN", "Atlantis", "--graph", G], "'Atlantis' is no country of the register"),
    (["ties", "JPN", "PHL", "--as-of", "2019-13", "--graph", G], "2019-13: not a day"),
    (["ties", "JPN", "PHL", "--as-of", "", "--graph", G], "relgraph: '': not a day"),
    (["ties", "JPN", "PHL", "--kind", "Blah", "--graph", G], "'Blah'"),
    (["measure", "nope", "--graph", G], "nope: is no measure; there are brokerage, centrality"),
    (["measure", "centrality", "--mode", "x", "--graph", G], "country, two-mode"),
    (["measure", "centrality", "--weight", "x", "--graph", G], "count, newman, binary"),
    (["measure", "centrality", "--only", "x", "--graph", G], "x: no such measure of this network; known are degree"),
    (["measure", "groups", "--only", "x", "--graph", G], "--only x: groups has no such column; it has id"),
    (["measure", "centrality", "--top", "0", "--graph", G], "--top"),
    (["measure", "centrality", "--partition", "JPN,USA", "--graph", G], "--partition goes with brokerage"),
    (["measure", "brokerage", "--graph", G], "needs a partition"),
    (["measure", "brokerage", "--partition", "JPN,Atlantis", "--graph", G], "'Atlantis' is no country of the register"),
    (["measure", "brokerage", "--partition", "org:nato", "--graph", G], "org:nato: no loaded source names its members"),
    (["measure", "similarity", "--by", "x", "--graph", G], "use strength, label or kind"),
    (["measure", "groups", "--by", "kind", "--graph", G], "--by goes with similarity"),
    (["measure", "groups", "--years", "2019-2015", "--graph", G], "write the first year and the last, such as 2015"),
    (["measure", "groups", "--years", "2019", "--as-of", "2019-12-31", "--graph", G], "leave it out"),
    (["measure", "groups", "--since", "2019", "--until", "2015", "--graph", G], "ends before it begins; swap the two"),
    (["measure", "groups", "--years", "2019", "--stability", "--graph", G], "exclude each other; leave one out"),
    (["measure", "hub-and-spoke", "--stability", "--graph", G], "stability needs ranks of countries"),
    (["measure", "groups", "--since", "2019", "--graph", G], "--since and --until belong together: give both"),
    (["measure", "groups", "--population", "system", "--graph", G], "needs as_of or between"),
    (["measure", "groups", "--parties-at-most", "1", "--graph", G], "a whole number of 2 or more"),
    (["measure", "groups", "--role", "hots", "--graph", G], "perhaps host"),
    (["matrix", "JPN", "--graph", G], "name two or more countries"),
    (["matrix", "JPN", "PHL", "--by", "year", "--graph", G], "years belong together"),
    (["matrix", "JPN", "PHL", "--by", "color", "--graph", G], "use kind, domain, year"),
    (["matrix", "@none.txt", "--graph", G], "@none.txt: cannot be read as text (No such file or directory); give"),
    (["diff", "2019-12-31", "2015-12-31", "--graph", G], "give an earlier and a later day"),
    (["diff", "2015-12-31", "--graph", G], "Missing argument 'DATE'; see `relgraph diff --help`"),
    (["diff", "2015", "2019", "--graph", G], "2015: not a day; write it in full"),
    (["dyads", "--graph", G], "Missing option '--years'"),
    (["dyads", "--years", "last", "--graph", G], "--years last: write the first year and the last"),
    (["dyads", "--years", "2019", "--code", "un", "--graph", G], "use cow, gw or iso3"),
    (["conflicts", "--kind", "exercize", "--graph", G], "near it: exercise"),
    (["conflicts", "--country", "Atlantis", "--graph", G], "'Atlantis', which is no country of the register"),
    (["export", "a.xlsx", "--graph", G], "its ending says no format; end it in .html, .graphml"),
    (["export", "no/a.html", "--graph", G], "no/a.html"),
    (["export", "a.csv", "--title", "T", "--graph", G], "--title is for pages; leave it out, or end a.csv in .html"),
    (["export", "a.html", "--layout", "x", "--graph", G], "use geographic, force, ego"),
    (["export", "a.html", "--focus", "LTU", "--graph", G], "'LTU'"),
    (["export", "a.html", "--as-of", "2019-01-01", "--since", "2018", "--graph", G], "give one of the two"),
    (["export", "a.html", "--compare", "2015-01-01", "2016-01-01", "--since", "2015", "--graph", G], "leave --as-of"),
    (["--graph", G, "status"], "options of a command stand behind its name"),
    (["ties", "JPN", "PHL", "--as-of", "2026-02-30", "--graph", G], "2026-02-30: not a day of the calendar"),
    (["export", "a.html", "--compare", "2015", "2016", "--graph", G], "give two days in full"),
    (["export", "a.html", "--compare", "2020-01-01", "2015-01-01", "--graph", G], "give an earlier and a later day"),
    (["export", "a.html", "-p", "a=JPN", "--graph", G], "-p goes with --query"),
    (["export", "a.html", "--query", "nope", "--graph", G], "there is no query 'nope'"),
    (["export", "a.html", "--query", "RETURN 1 AS a", "--graph", G], "names no engagement, country or organization"),
    (["status", "--graph", G, "--uri", NOBODY], "name two graphs; give one of them"),
    (["status", "--graph", ""], "the graph: its name is empty; give a folder or the address of a server"),
    (["status", "--uri", ""], "--uri : is no address of a server"),
    (["status", "--uri", "folder"], "is no address of a server, such as neo4j://localhost:7687"),
    (["status", "-o", "no/a.json", "--graph", G], "no/a.json: the folder no is not there"),
    (["status", "-o", ".", "--graph", G], "is a folder; name a file in it"),
]


@pytest.mark.parametrize(("arguments", "told"), USAGE, ids=[" ".join(a[:-2] or a) for a, _ in USAGE])
def test_wrong_usage_is_told_in_a_sentence_and_ends_with_2(run, folder, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    ran = run(*[folder if argument == G else argument for argument in arguments])
    assert (ran.code, ran.out) == (2, ""), ran
    assert ran.err.startswith("relgraph: ")
    assert ran.err.count("\n") == 1
    assert told in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("CREATE (n:Country {id: 'XXX'})", "use --write"),
        ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "LOAD CSV"),
        ("RETURN nope(1) AS a", "nope"),
    ],
)
def test_a_query_at_fault_ends_with_1(run, folder, statement, told):
    ran = run("query", statement, "--graph", folder)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_a_syntax_error_shows_the_line_with_a_caret(run, folder, tmp_path):
    file = tmp_path / "wrong.cypher"
    file.write_text("MATCH (c:Country)\nWHERE c.id = = 3\nRETURN c.id", "utf-8")
    ran = run("query", "-f", file, "--graph", folder)
    assert ran.code == 1
    line, caret, sentence = ran.err.splitlines()
    assert [line, caret] == ["WHERE c.id = = 3", "             ^"]
    assert sentence.startswith("relgraph: query, line 2, column 14: ")


@pytest.mark.parametrize("uri", [NOBODY, "neo4j://127.0.0.1:1"])
def test_an_engine_that_is_not_there_ends_with_3(run, uri):
    ran = run("status", "--uri", uri)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"relgraph: {uri}: nothing answers there")
    assert ran.err.count("\n") == 1


def test_a_folder_that_cannot_be_one_ends_with_3(run, tmp_path):
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "in it" / "graph"):
        ran = run("sources", "--graph", place)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err == f"relgraph: {tmp_path / 'file'}: a file, not a folder; give a folder to --graph\n"


def test_a_folder_whose_name_is_no_unicode_ends_with_3(run, tmp_path):
    ran = run("sources", "--graph", f"{tmp_path}/\udcff")
    told = "its name is no Unicode, which the embedded engine needs; give a new or an empty folder to --graph"
    assert (ran.code, ran.err) == (3, f"relgraph: {tmp_path}/�: {told}\n")
    assert list(tmp_path.iterdir()) == []


READS = {
    "status": ("status",),
    "query": ("query", "RETURN 1 AS one"),
    "show": ("show", "JPN"),
    "export": ("export", "page.html"),
    "unload": ("unload", "csis-hayashi-2020"),
    "backup": ("backup", "graph.jsonl"),
}


@pytest.mark.parametrize("command", READS.values(), ids=READS)
def test_a_graph_that_is_not_there_is_not_taken_for_an_empty_one(run, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    ran = run(*command, "--graph", "typo")
    told = f"{tmp_path / 'typo'}: there is no graph; `relgraph load SOURCE --graph typo` makes one"
    assert (ran.code, ran.out, ran.err) == (2, "", f"relgraph: {told}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("sources",), ("query", "RETURN 1 AS one", "--write")], ids=["sources", "write"])
def test_a_command_that_needs_none_or_makes_one_makes_it(run, tmp_path, command):
    assert run(*command, "--graph", tmp_path / "new").code == 0
    assert run("status", "--graph", tmp_path / "new").code == 0


def test_a_folder_goes_before_the_environment(run, folder, monkeypatch):
    monkeypatch.setenv("NEO4J_URI", NOBODY)
    assert run("status", "--graph", folder).code == 0
    assert run("status").code == 3


def test_a_traceback_is_shown_with_debug_alone(run):
    assert "Traceback" not in run("status", "--uri", NOBODY).err
    for arguments in (["--debug", "status", "--uri", NOBODY], ["status", "--uri", NOBODY, "--debug"]):
        ran = run(*arguments)
        assert ran.code == 3
        assert "Traceback" in ran.err
        assert ran.err.splitlines()[-1].startswith("relgraph: ")


def test_a_fault_of_relgraph_is_told_as_one(run, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr(cli.relgraph, "open", broken)
    ran = run("status")
    assert ran.code == 1
    assert ran.err == "relgraph: KeyError: 'oops'; this is a fault of relgraph: please report it with --debug\n"


def test_exit_codes_are_those_of_the_errors():
    assert cli.faults.failed(EngineError("x"), debug=False) == 3


def test_a_name_that_no_system_takes_is_told_in_a_sentence(run, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    long = "x" * 300
    (tmp_path / "pairs.csv").write_text("accepted,label,id,same_as\nyes,Agreement,a,b\n", "utf-8")
    for line in (
        ["status", "-o", long],
        ["check", long],
        ["reconcile", "atop", "dcad", "--accept", "pairs.csv", "-o", long],
        ["new-source", long, "--from", "pairs.csv"],
        ["load", "atop", "--data", long],
        ["status", "--graph", long],
    ):
        ran = run(*line, *(["--graph", folder] if line[0] == "load" else []))
        assert ran.code in (2, 3), ran
        assert ran.err.startswith("relgraph: ")
        assert ran.err.count("\n") == 1
        assert "fault of relgraph" not in ran.err
