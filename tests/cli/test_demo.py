"""`relgraph demo`, which is what a new user tries first, gives the same on every engine."""

from __future__ import annotations

import re
import shlex

import relgraph


def test_the_demo_loads_asks_measures_and_draws(run, engine, tmp_path, monkeypatch):
    for name, value in engine.environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    engine.wipe()
    first = run("demo")
    assert first.code == 0, first.err
    assert re.match(r"Loaded the bundled sources: \+1,\d{3} ~0 -0\n", first.out)
    assert "VNM  Vietnam" in first.out
    assert "[1] csis-hayashi-2020, S1.3 Capacity Building Assistance Programs, P5" in first.out
    assert "betweenness_rank" in first.out
    assert "Every two parties of an engagement are tied" in first.out
    assert "wrote brief.html" in first.err
    page = (tmp_path / "brief.html").read_bytes()
    with relgraph.open() as graph:
        held = graph.content_hash()
        second = run("demo")
        assert graph.content_hash() == held
    assert second.out.startswith("Loaded the bundled sources: +0 ~0 -0\n")
    assert second.out.partition("\n")[2] == first.out.partition("\n")[2]
    assert (tmp_path / "brief.html").read_bytes() == page


def test_every_step_of_the_demo_is_a_command_that_gives_the_same(run, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = run("demo", "--graph", folder).out
    steps = re.split(r"\n\$ relgraph (.*)\n\n", shown)[1:]
    commands = dict(zip(steps[::2], steps[1::2], strict=True))
    assert [command.split()[0] for command in commands] == ["status", "query", "measure", "export"]
    for command, result in commands.items():
        assert run(*shlex.split(command)).out == result
