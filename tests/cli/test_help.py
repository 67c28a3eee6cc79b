"""What a new user reads: every command is summed up, shown by an example that runs, and documented."""

from __future__ import annotations

import inspect
import re
import shlex

import pytest
import typer
from tests.cli.conftest import WIDTH, commands, examples
from tests.ingest.small import small

import relgraph
from relgraph import cli
from relgraph.cli import groups

NEEDS_NO_GRAPH = {"check", "queries", "new-source"}
HAS_NO_RESULT = {"demo", "export", "backup", "restore", "serve", "new-source"}
OF_ITS_OWN = {"unload": (), "reconcile": ("dcad", "atop")}  # graphs, with which sources (none: all that are bundled)
EXAMPLES = [(name, example) for name, text in commands().items() for example in examples(text)]


def test_the_commands_are_those_that_are_done(run):
    listed = re.findall(r"^  ([a-z-]+)  ", run("--help").out.partition("Commands:")[2], flags=re.MULTILINE)
    assert listed == list(commands())


def test_no_summary_is_cut_off(run):
    summaries = run("--help").out.partition("Commands:\n")[2].splitlines()
    assert [line for line in summaries if not line.endswith(".") or line.endswith("...")] == []


@pytest.mark.parametrize("name", commands())
def test_the_help_of_a_command_fits_the_terminal_and_shows_an_example(run, name):
    ran = run(name, "--help")
    assert ran.code == 0
    assert f"Example: relgraph {name}" in ran.out
    assert [line for line in ran.out.splitlines() if len(line) > WIDTH] == []
    assert "list[" not in ran.out.partition("Options:")[2]


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_an_example_runs(run, folder, tmp_path, monkeypatch, name, example):
    program, *arguments = shlex.split(example)
    assert (program, arguments[0]) == ("relgraph", name)
    if name == "serve":
        pytest.skip("serves until it is stopped: tests/cli/test_processes.py")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "treaties.csv").write_text("id,party\n1,JPN\n", "utf-8")
    if name == "restore":
        with relgraph.open(folder) as graph:
            graph.backup("graph.jsonl")
    if name in OF_ITS_OWN:
        folder = tmp_path / "graph"
        with relgraph.open(folder) as graph:
            graph.load(*(small(tmp_path, source) for source in OF_ITS_OWN[name]))
    graph = [] if name in NEEDS_NO_GRAPH or "--graph" in arguments else ["--graph", folder]
    ran = run(*arguments, *graph)
    assert ran.code == 0, ran.err
    assert name == "conflicts" or "No rows" not in ran.out  # one source cannot disagree with itself


def test_every_command_is_a_call_of_the_same_name_in_python():
    """`measure NAME` is `relgraph.measures.NAME`; `demo` and `serve` are what only a command line does."""
    for name in commands().keys() - {"demo", "serve", "measure"}:
        assert inspect.getdoc(getattr(relgraph.Graph, name.replace("-", "_"))), name


def test_the_help_of_measure_names_them_all(run):
    shown = run("measure", "--help").out
    assert {name for name in relgraph.measures.__all__ if name not in shown} == set()


@pytest.mark.parametrize("name", sorted(commands().keys() - NEEDS_NO_GRAPH - {"serve"}))
def test_whatever_opens_a_graph_takes_the_options_for_it(run, name):
    shown = run(name, "--help").out
    assert {option for option in ("--graph", "--uri", "--trace") if option not in shown} == set()


@pytest.mark.parametrize("name", sorted(commands().keys() - HAS_NO_RESULT))
def test_whatever_has_a_result_takes_a_format_and_a_file(run, name):
    shown = run(name, "--help").out
    assert {option for option in ("--format", "-o, --output") if option not in shown} == set()


@pytest.mark.parametrize("name", ["query", "ties", "matrix", "diff", "dyads", "conflicts", "measure", "export"])
def test_whatever_selects_claims_takes_the_options_for_it(run, name):
    shown = run(name, "--help").out
    wanted = {"--kind", "--domain", "--source", "--certainty"}
    wanted |= {"--as-of"} if name not in ("diff", "dyads", "conflicts") else set()
    wanted |= {"--country"} if name not in ("ties", "matrix", "dyads") else set()
    assert {option for option in wanted if option not in shown} == set()


def test_a_network_takes_every_option_of_a_policy(run):
    from relgraph.analysis.policy import Policy

    shown = run("measure", "--help").out
    singular = {plural: option for option, plural in groups.PLURAL.items()} | {"between": "since"}
    for name in Policy.__dataclass_fields__:
        assert f"--{singular.get(name, name).replace('_', '-')}" in shown


COMPLETED = [
    ("measure", "kind", "ser", ["series"]),
    ("measure", "country", "Jap", ["Japan"]),
    ("measure", "role", "wel", ["welcomed"]),
    ("measure", "weight", "", ["count", "newman", "binary"]),
    ("measure", "certainty", "im", ["implied"]),
    ("measure", "partition", "l", ["label"]),
    ("ties", "countries", "org:anz", ["org:anzus"]),
    ("matrix", "countries", "PH", ["PHL"]),
    ("matrix", "by", "", ["kind", "domain", "year"]),
    ("dyads", "code", "", ["cow", "gw"]),
    ("diff", "source", "csis", ["csis-hayashi-2020"]),
]


@pytest.mark.parametrize(("command", "option", "begun", "offered"), COMPLETED)
def test_the_shell_is_offered_what_an_option_takes(command, option, begun, offered):
    known = typer.main.get_command(cli.app).commands[command]
    (parameter,) = [parameter for parameter in known.params if parameter.name == option]
    found = parameter.shell_complete(typer.Context(known), begun)
    assert [item.value for item in found] == offered


def test_the_version_is_told(run):
    assert run("--version") == (0, f"relgraph {relgraph.__version__}\n", "")


def test_without_a_command_there_is_help(run):
    ran = run()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: relgraph [OPTIONS] COMMAND")


def test_functions_are_short():
    modules = [module for _, module in inspect.getmembers(cli, inspect.ismodule) if module.__package__ == cli.__name__]
    functions = {f for module in [cli, *modules] for _, f in inspect.getmembers(module, inspect.isfunction)}
    ours = {f for f in functions if f.__module__.startswith(cli.__name__)}
    assert len(ours) > len(cli.COMMANDS)
    assert max(len(inspect.getsource(f).splitlines()) for f in ours) <= 50
