"""What the pages show is what relgraph does: their commands are run and their outputs compared, at 80 columns.

`python -m tests.test_docs` writes the outputs of today, and the tables made from the ontology, into them.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

import relgraph
from relgraph import cli
from relgraph.ingest import source
from tests.ingest.making import make_source
from tests.model_tables import with_tables

ROOT = Path(__file__).parents[1]
README, CONTRIBUTING, MODEL = ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "docs" / "model.md"
_FENCED = re.compile(r"^```(console|python)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def refreshed(text: str) -> str:
    """The text with the outputs of its console and Python examples, and its tables, as they are now."""
    names: dict[str, object] = {}
    with _fresh_folder():
        return _FENCED.sub(lambda block: f"```{block[1]}\n{_RUN[block[1]](block[2], names)}```", with_tables(text))


@contextlib.contextmanager
def _fresh_folder() -> Iterator[None]:
    """An empty folder to work in, a loaded graph of its own where none is named, and a terminal of 80 columns."""
    kept = dict(os.environ)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        graph = Path(folder, "default")
        os.environ.update(RELGRAPH_GRAPH=str(graph), COLUMNS="80")
        try:
            with relgraph.open(graph) as opened:  # kept open, so that each command only joins it
                opened.load()
                yield
        finally:
            os.environ.clear()
            os.environ.update(kept)


def _console(block: str, names: dict[str, object]) -> str:
    return "".join(f"$ {command}\n{_ran(command)}" for command in _commands(block))


def _commands(block: str) -> Iterator[str]:
    """What stands behind the prompts; a command goes on while a quotation mark is open or a line ends with a \\."""
    begun = ""
    for line in block.splitlines():
        if begun or line.startswith("$ "):
            begun += line.removeprefix("$ ")
            if begun.count("'") % 2 == begun.count('"') % 2 == 0 and not begun.endswith("\\"):
                yield begun
                begun = ""
            else:
                begun += "\n"


def _ran(command: str) -> str:
    program, *arguments = shlex.split(command.replace("\\\n", ""))
    assert program == "relgraph", command
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        code = cli._run(arguments)
    assert code == 0, err.getvalue()
    return "\n".join(shown.rstrip() for shown in (out.getvalue() + err.getvalue()).splitlines()) + "\n"


def _python(block: str, names: dict[str, object]) -> str:
    return "".join(f"{example.source_lines}{_evaluated(example, names)}" for example in _examples(block))


class Example:
    """One statement as it stands behind its prompts."""

    def __init__(self, example: doctest.Example) -> None:
        self.code = example.source
        first, *rest = example.source.splitlines()
        self.source_lines = "".join(f"{line}\n" for line in (f">>> {first}", *(f"... {line}" for line in rest)))


def _examples(block: str) -> list[Example]:
    return [Example(example) for example in doctest.DocTestParser().get_examples(block)]


def _evaluated(example: Example, names: dict[str, object]) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(example.code, "README.md", "single"), names)
    return out.getvalue()


_RUN = {"console": _console, "python": _python}


@pytest.mark.parametrize("file", [README, MODEL], ids=lambda file: file.name)
def test_the_outputs_and_tables_on_a_page_are_those_of_today(file):
    text = file.read_text("utf-8")
    assert refreshed(text) == text, "run `python -m tests.test_docs` and read what it changed"


def test_every_command_is_in_the_table_of_the_readme():
    rows = re.findall(r"^\| `relgraph ([a-z-]+)", README.read_text("utf-8"), flags=re.MULTILINE)
    assert rows == [command.name or command.callback.__name__ for command in cli.app.registered_commands]


@pytest.mark.parametrize("file", [README, CONTRIBUTING, MODEL], ids=lambda file: file.name)
def test_every_command_and_target_that_is_named_exists(file):
    text = file.read_text("utf-8")
    commands = {command.name or command.callback.__name__ for command in cli.app.registered_commands}
    named = set(re.findall(r"[`$] ?relgraph ([a-z][a-z-]*)", text))
    assert named - commands == set()
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[`\s]*(?:#|`|$))", text, flags=re.MULTILINE)) - targets == set()


@pytest.mark.parametrize("file", [README, CONTRIBUTING, MODEL], ids=lambda file: file.name)
def test_every_file_that_is_linked_is_there(file):
    links = re.findall(r"\]\(([^)#:]+)\)", file.read_text("utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []


def test_the_source_that_contributors_are_shown_loads(tmp_path):
    text, folder = CONTRIBUTING.read_text("utf-8"), tmp_path / "mylist"
    folder.mkdir()
    (declaration,) = re.findall(r"^```toml\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    tables = re.findall(r"^```csv (\S+)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    for name, content in [*tables, ("source.toml", declaration)]:
        (folder / name).write_text(content, "utf-8")
    with relgraph.open(tmp_path / "graph") as graph:
        graph.load(folder)
        found = graph.query(
            "MATCH (a:Agreement)<-[:PARTY_TO]-(c) WITH a, c ORDER BY c.id "
            "RETURN a.id AS id, a.kind AS kind, a.signed AS signed, a.end AS end, collect(c.id) AS parties ORDER BY id"
        )
    assert found.values.tolist() == [
        ["mylist-1", "alliance", "1955-05-14", "1991-07-01", ["POL", "SUN"]],
        ["mylist-2", "memorandum", "2017", "..", ["JPN", "PHL"]],
    ]


YEARLY = """
[[tables]]
file = "pairs.csv"
skip = [{ when = [{ column = "defense", in = ["0"] }, { column = "neutrality", in = ["0", ""] }], reason = "nothing" }]

[[tables.things]]
label = "Agreement"
start = "{start}"
end = "{end}"
attested = "{attested}"

[[tables.things]]
label = "Domain"
rows = "repeats"
each = { column = "topics", split = ";" }
id = "{each|slug}"
name = "{each}"

[[tables.ties]]
type = "PARTY_TO"
each = { columns = ["side*"] }
from = { label = "Country", id = "{each}" }
to = { label = "Agreement" }

[[tables.ties]]
type = "COVERS"
each = { column = "topics", split = ";" }
from = { label = "Agreement" }
to = { label = "Domain", id = "{each|slug}" }
"""
PAIRS = """\
side1,side2,start,end,attested,defense,neutrality,topics
USA,JPN,1960-01-01,1960-12-31,,1,0,bases;cyber
USA,FRA,1960,1960,,1,,bases
USA,GBR,,,1960,0,1,
USA,ITA,1960,,,1,1,Sea lanes
USA,DEU,1960-01-01,1960-12-31,,0,0,
USA,CAN,1960-01-01,1960-12-31,,0,,
"""


def test_what_contributors_are_told_of_pairs_years_and_domains_is_so(tmp_path):
    def in_force(partner, day):
        return "".join(graph.ask("agreements_between", a="USA", b=partner, as_of=day)["in_force"]) or "no"

    with relgraph.open(tmp_path / "graph") as graph:
        graph.load(make_source(tmp_path, "yearly", YEARLY, {"pairs.csv": PAIRS}))
        days = ("1959-06-30", "1960-06-30", "1961-06-30")
        assert {each: [in_force(each, day) for day in days] for each in ("JPN", "FRA", "GBR", "ITA", "DEU", "CAN")} == {
            "JPN": ["no", "yes", "no"],
            "FRA": ["no", "possibly", "no"],
            "GBR": ["possibly"] * 3,
            "ITA": ["no", "possibly", "possibly"],
            "DEU": ["no"] * 3,
            "CAN": ["no"] * 3,
        }
        found = graph.query("MATCH (:Agreement)-[:COVERS]->(d:Domain) RETURN d.name AS name ORDER BY name")
    assert found["name"].tolist() == ["Sea lanes", "bases", "bases", "cyber"]


def test_every_key_of_a_declaration_is_told_to_contributors():
    text = CONTRIBUTING.read_text("utf-8")
    models = [found for found in vars(source).values() if isinstance(found, type) and issubclass(found, BaseModel)]
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert {key for key in keys if not re.search(rf"[`\[ ]{key}[`\], =.]|^{key} =", text, flags=re.MULTILINE)} == set()


def test_the_changelog_tells_of_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_picture_is_small_enough_to_be_kept():
    assert 10_000 < (ROOT / "docs" / "brief.png").stat().st_size <= 150_000


if __name__ == "__main__":
    for page in (README, MODEL):
        page.write_text(refreshed(page.read_text("utf-8")), "utf-8")
