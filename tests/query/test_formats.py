from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import neo4j
import neo4j.time
import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j.graph import Graph, Node, Path, Relationship
from neo4j.spatial import WGS84Point
from rich.cells import cell_len

from relgraph.errors import UsageError
from relgraph.query.formats import FORMATS, render, write
from relgraph.query.results import Rows, plain, rows_of


def things() -> tuple[Node, Relationship, Path]:
    graph = Graph()
    known = {"id": "JPN", "name": "Japan", "hash": "abc", "startFrom": neo4j.time.Date(1, 1, 1)}
    japan = Node(graph, "0", 0, ["Country", "Actor"], known)
    vision = Node(graph, "1", 1, ["Agreement", "Engagement"], {"id": "vision", "endBy": date.max})
    tie = graph.relationship_type("PARTY_TO")(graph, "9", 9, {"id": "t1", "role": "announced", "hash": "x"})
    tie._start_node, tie._end_node = japan, vision
    return japan, tie, Path(japan, tie)


JAPAN, TIE, PATH = things()
NODE = {"labels": ["Actor", "Country"], "properties": {"id": "JPN", "name": "Japan", "startFrom": None}}
AGREEMENTS = Rows(
    ("id", "name", "start", "end", "in_force", "parties", "sources"),
    [
        ["acsa-jpn-aus", "Acquisition and Cross-Servicing Agreement", None, "..", None, 2, ["s, P1", "s, P2", "s, P3"]],
        ["acsa-jpn-ind", "物品役務相互提供協定 | 日印", "2021-07-11", "..", None, 12, ["t, p. 4", "s, P2"]],
    ],
    "Agreements of Japan.",
    ("Not covered by any source.",),
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2017, 5, 12), "2017-05-12"),
        (neo4j.time.Date(2017, 5, 12), "2017-05-12"),
        (datetime(2017, 5, 12, 1, 2), "2017-05-12T01:02:00"),
        (neo4j.time.Duration(years=1, months=2), "P1Y2M"),
        (neo4j.time.Time(1, 2, 3), "01:02:03.000000000"),
        (date.min, None),
        (neo4j.time.Date(9999, 12, 31), None),
        ("9999-12-31", None),
        ([1, date.max, [None]], [1, None, [None]]),
        ({"a": float("inf"), "b": (True,)}, {"a": None, "b": [True]}),
        (float("nan"), None),
        ({"id": "JPN", "hash": "x"}, {"id": "JPN"}),
        ({"hash": "x"}, {"hash": "x"}),
        (b"\x01\xff", "01ff"),
        (WGS84Point((1.5, 2.5)), {"srid": 4326, "coordinates": [1.5, 2.5]}),
        (JAPAN, NODE),
        (TIE, {"type": "PARTY_TO", "start": "JPN", "end": "vision",
               "properties": {"id": "t1", "role": "announced"}}),
    ],
)  # fmt: skip
def test_plain_values(value, expected):
    assert plain(value) == expected


def test_a_path_is_its_things_and_ties():
    path = plain(PATH)
    assert [node["properties"]["id"] for node in path["nodes"]] == ["JPN", "vision"]
    assert path["relationships"] == [plain(TIE)]


def test_ends_that_were_not_returned_are_unknown():
    graph = Graph()
    tie = graph.relationship_type("PARTY_TO")(graph, "9", 9, {})
    tie._start_node, tie._end_node = Node(graph, "0", 0), None
    assert plain(tie) == {"type": "PARTY_TO", "start": None, "end": None, "properties": {}}


def test_columns_are_named_where_an_engine_names_none():
    class Nothing:
        keys: list[str] = []  # noqa: RUF012
        rows: list[list[object]] = []  # noqa: RUF012

    assert rows_of(Nothing, "MATCH (c:Country) RETURN c.id AS id, c.name").columns == ("id", "c.name")


# --- json and csv ---


def test_json_is_one_array_of_objects():
    rows = Rows(("c", "day", "n"), [[JAPAN, date(2017, 5, 12), float("nan")], [None, None, 3]])
    text = render(rows, "json")
    assert json.loads(text) == [{"c": NODE, "day": "2017-05-12", "n": None}, {"c": None, "day": None, "n": 3}]
    assert "日印" in render(AGREEMENTS, "json")
    assert render(Rows(("a",), []), "json") == "[]\n"


def test_json_lines_are_one_object_each():
    lines = render(AGREEMENTS, "jsonl").splitlines()
    assert [json.loads(line)["sources"] for line in lines] == [["s, P1", "s, P2", "s, P3"], ["t, p. 4", "s, P2"]]


def test_csv():
    rows = Rows(
        ("id", "text", "list", "n", "thing", "tie", "path", "map", "yes"),
        [["a", 'say "x",\nor not', ["s, P1", "s, P2"], 1.5, JAPAN, TIE, PATH, {"k": [1]}, True], [None] * 9],
    )
    assert render(rows, "csv") == (
        "id,text,list,n,thing,tie,path,map,yes\r\n"
        'a,"say ""x"",\nor not","s, P1; s, P2",1.5,JPN,t1,JPN; vision,"{""k"": [1]}",true\r\n'
        ",,,,,,,,\r\n"
    )


def test_csv_holds_no_formulas_unless_asked():
    cells = ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "a=b", ["=1"], -1, -1.5]
    rows = Rows(tuple("abcdefghij"), [cells])
    guarded = ["'=1+1", "'+1", "'-1", "'@a", "'\tx", "'\rx", "a=b", "'=1", "-1", "-1.5"]
    assert cells_of(render(rows, "csv"))[1] == guarded
    assert cells_of(render(rows, "csv", raw_cells=True))[1] == [cell.lstrip("'") for cell in guarded]


def cells_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4))
def test_csv_and_json_give_back_what_was_written(rows):
    shown = Rows(("a", "b"), rows)
    kept = [[plain(value) for value in row] for row in rows]
    assert [list(row.values()) for row in json.loads(render(shown, "json"))] == kept
    assert cells_of(render(shown, "csv", raw_cells=True)) == [
        ["a", "b"],
        *[[value or "" for value in row] for row in kept],
    ]


# --- markdown and tables ---


def test_markdown_has_footnotes_and_notes():
    assert render(AGREEMENTS, "markdown") == (
        "| id | name | start | end | in_force | parties | sources |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| acsa-jpn-aus | Acquisition and Cross-Servicing Agreement |  | .. |  | 2 | [1-3] |\n"
        "| acsa-jpn-ind | 物品役務相互提供協定 \\| 日印 | 2021-07-11 | .. |  | 12 | [2, 4] |\n"
        "\n1. s, P1\n2. s, P2\n3. s, P3\n4. t, p. 4\n"
        "\nNot covered by any source.\n"
    )


def test_markdown_cells_stay_cells():
    text = render(Rows(("a",), [["x|y\n<b>*z*`"]]), "markdown")
    assert text.splitlines()[2] == "| x\\|y<br>&lt;b>\\*z\\*\\` |"


def test_a_table_shows_footnotes_notes_and_which_columns_are_empty():
    lines = render(AGREEMENTS).splitlines()
    assert lines[0] == "Agreements of Japan."
    assert lines[2].split() == ["id", "name", "start", "end", "parties", "sources"]
    assert lines[-6:] == [
        "[1] s, P1",
        "[2] s, P2",
        "[3] s, P3",
        "[4] t, p. 4",
        "Empty in every row: in_force.",
        "Not covered by any source.",
    ]


def test_numbers_stand_right_and_wide_letters_take_two_columns():
    lines = render(Rows(("name", "n"), [["協定", 7], ["abcd", 123]])).splitlines()
    assert lines == ["name    n", "─────────", "協定    7", "abcd  123"]


def test_what_does_not_fit_a_table_is_shown_in_blocks():
    rows = Rows(tuple(f"column_{n}" for n in range(12)), [["x" * 12] * 11 + [None], ["y"] * 12])
    lines = render(rows, "table", width=60).splitlines()
    assert lines[0].startswith("── 1 ──")
    assert lines[1] == "column_0   xxxxxxxxxxxx"
    assert lines[12].startswith("── 2 ──")


def test_no_rows_are_said():
    assert render(Rows(("id",), [], "What is there?", ("No source is loaded.",))) == (
        "What is there?\n\nNo rows.\n\nNo source is loaded.\n"
    )


def test_a_table_shows_text_as_it_is():
    text = render(Rows(("a",), [["[bold]x[/bold] :smile: \x1b[31mred\u202e \tb"]]))
    assert "[bold]x[/bold] :smile: �[31mred�  b" in text


CELLS = st.text(max_size=60) | st.none() | st.integers() | st.lists(st.text(max_size=20), max_size=3)


@given(st.integers(1, 9).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), max_size=3)), st.data())
def test_no_line_is_wider_than_the_terminal(rows, data):
    width = data.draw(st.integers(20, 120))
    columns = tuple(data.draw(st.text(min_size=1, max_size=30)) for _ in (rows[0] if rows else "a"))
    for line in render(Rows(columns, rows, "A title", ("a note",)), "table", width=width).splitlines():
        assert cell_len(line) <= width


# --- all ---


@pytest.mark.parametrize("format_", FORMATS)
def test_a_stream_gets_what_render_gives(format_):
    stream = io.StringIO()
    write(AGREEMENTS, stream, format_)
    assert stream.getvalue() == render(AGREEMENTS, format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_no_format_shows_internals_or_unknown_bounds(format_):
    rows = Rows(("thing", "from", "until", "by"), [[JAPAN, date.min, neo4j.time.Date(9999, 12, 31), "0001-01-01"]])
    text = render(rows, format_)
    assert not any(hidden in text for hidden in ("9999", "0001", "hash", "abc"))


def test_an_unknown_format_is_a_wrong_use():
    with pytest.raises(UsageError, match="'xml' is no format; use one of table, csv, json, jsonl, markdown"):
        render(AGREEMENTS, "xml")


def test_a_notebook_shows_rows_as_a_table():
    assert "<td>a&lt;b</td>" in Rows(("name",), [["a<b"]])._repr_html_()


def test_a_dataframe_has_plain_columns():
    rows = Rows(
        ("text", "whole", "missing", "real", "yes", "list", "thing", "day"),
        [["a", 1, 1, 1.5, True, ["x"], JAPAN, date.max], [None, 2, None, 2, False, [], None, date(2017, 5, 12)]],
    )
    frame = rows.to_dataframe()
    assert frame.dtypes.astype(str).to_dict() == {
        **dict.fromkeys(("text", "list", "thing", "day"), "object"),
        "whole": "int64",
        "missing": "Int64",
        "real": "float64",
        "yes": "bool",
    }
    assert frame.loc[1, "day"] == "2017-05-12"
    assert frame.loc[0, ["thing", "day"]].tolist() == [NODE, None]
    assert Rows(("a", "b"), []).to_dataframe().columns.tolist() == ["a", "b"]
    assert Rows((), []).to_dataframe().empty


def test_a_dataframe_keeps_title_and_notes():
    assert AGREEMENTS.to_dataframe().attrs == {
        "title": "Agreements of Japan.",
        "note": "Not covered by any source.",
    }
    assert Rows(("a",), []).to_dataframe().attrs == {"title": None, "note": None}
