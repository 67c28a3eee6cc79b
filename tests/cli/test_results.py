"""Results go to stdout or to a file, in the form that was asked for; everything else goes to stderr."""

from __future__ import annotations

import csv
import io
import json

import pytest

COUNTRIES = "MATCH (c:Country) WHERE c.id IN ['AUS', 'JPN'] RETURN c.id AS id, c.name AS name ORDER BY id"
EXPECTED = [{"id": "AUS", "name": "Australia"}, {"id": "JPN", "name": "Japan"}]
READ = {
    "json": json.loads,
    "jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
    "csv": lambda text: list(csv.DictReader(io.StringIO(text, newline=""))),
}


@pytest.mark.parametrize("form", READ)
def test_a_format_reads_back(run, folder, form):
    ran = run("query", COUNTRIES, "--graph", folder, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert READ[form](ran.out) == EXPECTED


def test_a_table_and_markdown_show_the_same(run, folder):
    table = run("query", COUNTRIES, "--graph", folder).out
    assert [line.split() for line in table.splitlines()][2:] == [["AUS", "Australia"], ["JPN", "Japan"]]
    markdown = run("query", COUNTRIES, "--graph", folder, "--format", "markdown").out
    assert markdown.splitlines()[2:] == ["| AUS | Australia |", "| JPN | Japan |"]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["status"],
        ["sources"],
        ["show", "malabar"],
        ["ties", "JPN", "PHL"],
        ["measure", "centrality"],
        ["query", "recipients_of", "-p", "provider=JPN"],
        ["load", "--dry-run"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_data_formats_hold_data_alone(run, folder, arguments, form):
    ran = run(*arguments, "--graph", folder, "--format", form)
    assert ran.code == 0
    assert isinstance(READ[form](ran.out), list)


def test_nothing_found_is_an_empty_list_and_says_on_stderr_what_that_means(run, folder):
    ran = run("query", "agreements_between", "-p", "a=PHL", "-p", "b=VNM", "--graph", folder, "--format", "json")
    assert json.loads(ran.out) == []
    assert "ot covered, which is not none" in ran.err


def test_a_table_says_what_nothing_means(run, folder):
    ran = run("query", "agreements_between", "-p", "a=PHL", "-p", "b=VNM", "--graph", folder)
    assert "No rows." in ran.out
    assert "ot covered, which is not none" in ran.out


def test_no_rows_of_a_label_that_nothing_knows_are_explained(run, folder):
    ran = run("query", "MATCH (c:Cuntry) RETURN c.id AS id", "--graph", folder)
    assert ran == (0, "No rows.\n\nNo label Cuntry; near it: Country.\n", "")
    ran = run("query", "MATCH (c:Cuntry) RETURN c.id AS id", "--graph", folder, "--format", "json")
    assert ran == (0, "[]\n", "No label Cuntry; near it: Country.\n")


@pytest.mark.parametrize(("name", "form"), [("a.json", "json"), ("a.jsonl", "jsonl"), ("a.csv", "csv")])
def test_the_ending_of_a_file_says_its_format(run, folder, tmp_path, name, form):
    ran = run("query", COUNTRIES, "--graph", folder, "-o", tmp_path / name)
    assert ran == (0, "", f"wrote {tmp_path / name}\n")
    assert READ[form]((tmp_path / name).read_bytes().decode()) == EXPECTED


def test_a_format_that_is_named_goes_before_the_ending(run, folder, tmp_path):
    run("query", COUNTRIES, "--graph", folder, "-o", tmp_path / "a.txt", "--format", "json")
    assert json.loads((tmp_path / "a.txt").read_text("utf-8")) == EXPECTED


def test_a_file_is_written_whole_or_not_at_all(run, folder, tmp_path):
    (tmp_path / "a.json").write_text("as it was")
    assert run("query", "RETURN 1 / 0 AS a", "--graph", folder, "-o", tmp_path / "a.json").code == 1
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.json", "as it was")]


@pytest.mark.parametrize("ending", ["html", "graphml", "gexf", "csv", "json"])
def test_an_export_writes_a_file_of_each_ending(run, folder, tmp_path, ending):
    ran = run("export", tmp_path / f"net.{ending}", "--graph", folder, "--kind", "Exercise", "--marking", "DRAFT")
    beside = f" and {tmp_path / 'net-nodes.csv'}" if ending == "csv" else ""
    assert ran == (0, "", f"wrote {tmp_path / f'net.{ending}'}{beside}\n")
    assert (tmp_path / f"net.{ending}").stat().st_size > 1000


def test_the_look_of_a_page_is_as_asked_for(run, folder, tmp_path):
    look = ["--marking", "DRAFT", "--title", "Japan", "--layout", "ego", "--focus", "Japan"]
    assert run("export", tmp_path / "net.html", *look, "--graph", folder).code == 0
    page = (tmp_path / "net.html").read_text("utf-8")
    assert "<title>Japan" in page
    assert "DRAFT" in page


def test_a_page_of_a_query_and_a_period_is_opened(run, folder, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("typer.launch", lambda address: opened.append(address) or 0)
    asked = ["--query", "exercises_of", "-p", "country=JPN", "--since", "2018", "--open"]
    assert run("export", tmp_path / "net.html", *asked, "--graph", folder).code == 0
    assert opened == [(tmp_path / "net.html").as_uri()]
    page = (tmp_path / "net.html").read_text("utf-8")
    assert "Only what the query exercises_of returns." in page
    assert '"state":{"since":"2018"}' in page
    assert "malabar-2007" not in page
    assert run("export", tmp_path / "two.html", "--compare", "2015-01-01", "2020-01-01", "--graph", folder).code == 0
    assert '"compare":["2015-01-01","2020-01-01"]' in (tmp_path / "two.html").read_text("utf-8")


def test_options_of_a_named_query_are_its_parameters(run, folder):
    asked = ["query", "exercises_of", "--graph", folder, "--format", "json"]
    by_option = run(*asked, "--country", "japan", "--domain", "ha-dr")
    assert by_option == run(*asked, "-p", "country=JPN", "-p", "domain=ha-dr")
    assert "cope-north-guam-2018" in {row["id"] for row in json.loads(by_option.out)}


def test_options_of_a_statement_are_its_parameters(run, folder):
    text = "RETURN $country AS country, $n + 1 AS n"
    ran = run("query", text, "--country", "JPN", "-p", "n=1", "--graph", folder, "--format", "json")
    assert json.loads(ran.out) == [{"country": "JPN", "n": 2}]


def test_options_narrow_the_network(run, folder):
    def degrees(*options: str) -> dict[str, int]:
        ran = run("measure", "centrality", *options, "--graph", folder, "--format", "json")
        return {row["id"]: row["degree"] for row in json.loads(ran.out)}

    everyone, paper = degrees(), degrees("--source", "csis-hayashi-2020")
    assert degrees("--country", "JPN", "--country", "AUS", "--country", "United States").keys() == {"JPN", "AUS", "USA"}
    assert degrees("--kind", "Transfer") == {"JPN": 1, "PHL": 1}
    assert paper.keys() < everyone.keys()
    assert all(paper[id_] <= everyone[id_] for id_ in paper)
    assert len(degrees("--certainty", "stated")) <= len(everyone)


def test_a_measure_shows_the_columns_asked_for_in_the_order_of_the_first(run, folder):
    ran = run("measure", "centrality", "--only", "constraint", "--top", "3", "--graph", folder, "--format", "json")
    rows = json.loads(ran.out)
    assert [list(row) for row in rows] == [["id", "name", "constraint", "constraint_rank"]] * 3
    assert [row["constraint_rank"] for row in rows] == sorted(row["constraint_rank"] for row in rows)
    assert "gathered around Japan" in ran.err


def test_every_line_of_a_table_fits_the_terminal(run, folder):
    for arguments in (["ties", "JPN", "PHL", "AUS"], ["show", "Japan"], ["queries"], ["measure", "groups"]):
        graph = [] if arguments == ["queries"] else ["--graph", folder]
        assert max(map(len, run(*arguments, *graph).out.splitlines())) <= 80


def test_ties_are_tables_with_footnotes_and_the_policy(run, folder):
    shown = run("ties", "JPN", "PHL", "--as-of", "2019-12-31", "--graph", folder).out
    assert "Between Japan, Philippines on 2019-12-31: bilateral" in shown
    assert "Between Japan, Philippines on 2019-12-31: multilateral" in shown
    assert "] mod-jpn provides: csis-hayashi-2020, S4.1" in shown
    assert "in force or possibly in force on 2019-12-31" in shown.replace("\n", " ")


def test_the_tracer_shows_statements_on_stderr_alone(run, folder):
    ran = run("query", "RETURN 1 AS one", "--graph", folder, "--trace")
    assert "one" in ran.out
    assert "RETURN 1 AS one" not in ran.out
    assert "RETURN 1 AS one" in ran.err


def test_bibtex_is_as_the_source_has_it(run, folder):
    assert run("sources", "csis-hayashi-2020", "--bibtex", "--graph", folder).out.startswith("@techreport{hayashi2020,")


def test_a_named_query_is_described_with_its_cypher(run):
    shown = run("queries", "agreements_between").out
    assert shown.startswith("agreements_between(a: country, b: country")
    assert "MATCH" in shown
    assert "example: relgraph query agreements_between -p a=JPN -p b=AUS" in shown


def test_an_empty_graph_says_that_it_is(run, own):
    assert run("query", "MATCH (n) RETURN n.id AS id", "--graph", own).out.endswith(
        "No source is loaded: `relgraph load` loads those that are bundled.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ties", "JPN", "MYS", "--kind", "acsa"), "None: japan-security-agreements covers this completely"),
        (("ties", "PHL", "VNM", "--kind", "acsa"), "Not covered, which is not none"),
        (("ties", "JPN", "PHL", "--domain", "cybersecurity"), "do not say how far they cover a domain"),
        (("matrix", "JPN", "MYS", "--kind", "acsa"), "acsa  none"),
        (("matrix", "PHL", "VNM", "--kind", "Exercise"), "exercise  not covered"),
        (("matrix", "PHL", "VNM"), "any   not covered"),
        (("matrix", "JPN", "USA", "--kind", "acsa", "--domain", "maritime-security"), "acsa  not covered"),
    ],
)
def test_an_absence_is_always_explained(run, folder, arguments, told):
    assert told in " ".join(run(*arguments, "--graph", folder).out.splitlines())


def test_several_tables_have_titles_in_markdown_too(run, folder):
    out = run("diff", "2024-01-01", "2026-01-31", "--kind", "raa", "--format", "markdown", "--graph", folder).out
    assert out.startswith("**Changes after 2024-01-01 and up to 2026-01-31: began**\n\n| name |")
