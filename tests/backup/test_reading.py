"""A backup that was cut off, changed, or made to do harm is refused in one sentence, before anything is written."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ingest.making import pact

import relgraph
from relgraph.backup.lines import LONGEST
from relgraph.backup.reading import Reading
from relgraph.errors import DataError, EngineError, UsageError

MANY = settings(
    derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
THING = '{"thing": ["Domain"], "id": "a", "properties": {}}'
TIE = '{"tie": "T", "from": ["Domain", "a"], "to": ["Domain", "b"], "properties": {}}'


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> bytes:
    """A backup as it was written."""
    folder = tmp_path_factory.mktemp("whole")
    with relgraph.open(folder / "graph") as graph:
        graph.load(pact(folder))
        return graph.backup(folder / "graph.jsonl").path.read_bytes()


@pytest.fixture
def refused(tmp_path):
    """Reads such a file to its end, and returns what is said of it, without the file's own name."""

    def refused(content: bytes, kind: type[Exception] = DataError) -> str:
        path = tmp_path / "given.jsonl"
        path.write_bytes(content)
        with pytest.raises(kind) as raised:
            list(Reading(path))
        said = str(raised.value)
        assert said.startswith(str(path))
        assert "\n" not in said
        return said.removeprefix(str(path))

    return refused


def with_line(whole: bytes, line: str) -> bytes:
    """The backup with a line after its header."""
    header, rest = whole.split(b"\n", 1)
    return b"\n".join([header, line.encode("utf-8", "surrogatepass"), rest])


def test_as_it_was_written_it_can_be_read_twice(whole, tmp_path):
    path = tmp_path / "given.jsonl"
    path.write_bytes(whole)
    reading = Reading(path)
    assert list(reading) == list(reading) != []
    assert (reading.backup.things, reading.backup.ties, reading.version) == (4, 5, 1)


@MANY
@given(data=st.data())
def test_wherever_it_is_cut_off_or_changed_it_is_noticed(whole, tmp_path, data):
    at = data.draw(st.integers(0, len(whole) - 2))
    cut = data.draw(st.booleans())
    given = whole[:at] if cut else whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]
    (tmp_path / "whole.jsonl").write_bytes(whole)
    (tmp_path / "given.jsonl").write_bytes(given)
    try:
        found = list(Reading(tmp_path / "given.jsonl"))
    except DataError:
        return
    assert found == list(Reading(tmp_path / "whole.jsonl"))  # a space that became another, say
    assert not cut


@MANY
@given(packed=st.booleans(), at=st.integers(2, 400))
def test_a_packed_one_that_was_cut_off_is_noticed(whole, tmp_path, packed, at):
    path = tmp_path / "given.jsonl.gz"
    path.write_bytes(gzip.compress(whole)[:at] if packed else b"\x1f\x8b" + whole[:at])
    with pytest.raises(DataError, match=r"cannot be read|cut off"):
        list(Reading(path))


def test_a_header_without_its_version_is_refused(whole, refused):
    said = refused(whole.replace(b"schemaVersion", b"version", 1))
    assert said.startswith(", line 1: does not say its schemaVersion")


def test_a_line_that_is_missing_or_doubled_is_noticed(whole, refused):
    lines = whole.splitlines(keepends=True)
    assert "some were changed or are missing" in refused(b"".join([*lines[:-2], lines[-1]]))
    assert "has Agreement pact again" in refused(b"".join([*lines[:4], *lines[3:]])) or lines[3:5]
    assert "which is nowhere above" in refused(b"".join([lines[0], *lines[5:]]))
    assert "stands after the end" in refused(whole + lines[1])
    assert "cut off" in refused(b"".join(lines[:-1]))


def test_what_is_no_backup_is_named(refused, tmp_path):
    for content in (b"", b"{}\n", b"id,name\n1,x\n", b"[1]\n"):
        assert "is no" in refused(content)
    for path in (tmp_path / "nowhere.jsonl", tmp_path):
        with pytest.raises(UsageError, match="there is no such file"):
            list(Reading(path))


def test_a_newer_format_or_schema_is_refused(whole, refused):
    header, rest = whole.split(b"\n", 1)
    newer = {**json.loads(header), "format": 2}
    assert refused(json.dumps(newer).encode() + b"\n" + rest) == (
        ": is a backup of format 2, and this relgraph reads 1; install the relgraph that wrote it"
    )
    for schema, said in ((99, "knows no newer one"), ("1", "none of relgraph's"), (True, "none of relgraph's")):
        newer = {**json.loads(header), "schemaVersion": schema}
        assert said in refused(json.dumps(newer).encode() + b"\n" + rest)


HOSTILE = {
    "deep": "[" * 100_000,
    "deep in an object": '{"thing": ' + "[" * 100_000,
    "a number of a million digits": f'{{"thing": ["A"], "id": "a", "properties": {{"n": {"9" * 1_000_000}}}}}',
    "a number too large": THING.replace("{}", f'{{"n": {1 << 63}}}'),
    "no number": THING.replace("{}", '{"n": NaN}'),
    "infinity": THING.replace("{}", '{"n": [Infinity]}'),
    "half a character": THING.replace("{}", '{"n": "\\ud800"}'),
    "half a character in a name": THING.replace("{}", '{"\\ud800": 1}'),
    "half a character in an id": THING.replace('"a"', '"\\ud800"'),
    "a property without a name": THING.replace("{}", '{"": 1}'),
    "nothing": THING.replace("{}", '{"n": null}'),
    "a map": THING.replace("{}", '{"n": {"a": 1}}'),
    "a list in a list": THING.replace("{}", '{"n": [[1]]}'),
    "nothing in a list": THING.replace("{}", '{"n": [null]}'),
    "a day that is none": THING.replace("}", '}, "days": {"n": "2020-02-30"}', 1),
    "days that are none": THING.replace("}", '}, "days": [1]', 1),
    "no label": THING.replace('["Domain"]', "[]"),
    "a label without a name": THING.replace('["Domain"]', '[""]'),
    "a label that is no text": THING.replace('["Domain"]', "[1]"),
    "labels that are no list": THING.replace('["Domain"]', '"Domain"'),
    "no id": THING.replace('"id": "a", ', ""),
    "an id that is no text": THING.replace('"a"', "1"),
    "an id that is a property of another kind": '{"thing": ["A"], "properties": {"id": 5}}',
    "an end that is none": TIE.replace('["Domain", "a"]', '["Domain"]'),
    "no type": TIE.replace('"T"', "null"),
    "neither": '{"properties": {}}',
    "no properties": '{"tie": "T"}',
    "bytes": "\ud800",
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE)
def test_a_line_that_is_made_to_do_harm_is_refused(whole, refused, line):
    said = refused(with_line(whole, line))
    assert said.startswith(", line 2: ")
    assert said.endswith("; nothing was restored; use another copy of the backup")
    assert len(said) < 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(["thing", "tie", "from", "to", "id", "source", "properties", "days", "content_hash", "things"])


@MANY
@given(line=st.dictionaries(KEYS, JSON) | JSON)
def test_whatever_a_line_holds_the_last_one_does_not_vouch_for_it(whole, tmp_path, line):
    path = tmp_path / "given.jsonl"
    path.write_bytes(with_line(whole, json.dumps(line)))
    with pytest.raises(DataError):
        list(Reading(path))


def test_a_line_without_an_end_takes_no_more_memory_than_the_longest(refused, monkeypatch):
    monkeypatch.setattr("relgraph.backup.reading.LONGEST", 1 << 16)
    assert refused(gzip.compress(b'{"relgraph": "backup"' + b" " * (1 << 24))) == (
        ", line 1: is too long; nothing was restored; use another copy of the backup"
    )
    assert LONGEST == 1 << 26


def test_a_packed_one_that_swells_is_read_no_further_unless_it_is_unpacked_first(whole, refused, monkeypatch):
    monkeypatch.setattr("relgraph.backup.reading.LONGEST", 1 << 16)
    lines = [THING, THING.replace('"a"', '"b"'), *[TIE] * 20_000]
    swollen = with_line(whole, "\n".join(lines))
    said = refused(gzip.compress(swollen))
    assert re.match(r", line \d+: unpacks to over 100 times its size; nothing was restored; if you trust it, ", said)
    assert "some were changed or are missing" in refused(swollen)  # to its end, which knows nothing of them


def test_a_damaged_one_changes_nothing(graph, whole, tmp_path):
    graph.load(pact(tmp_path))
    before = graph.content_hash()
    (tmp_path / "given.jsonl").write_bytes(whole.replace(b"implied", b"stated"))
    with pytest.raises(DataError, match="some were changed or are missing"):
        graph.restore(tmp_path / "given.jsonl", replace=True)
    assert graph.content_hash() == before


def test_a_name_is_never_taken_for_cypher(graph, tmp_path, whole):
    """Labels, types and names of properties are quoted; what a file says of itself must be true all the same."""
    injected = "x`}) DETACH DELETE n //"
    content = [
        {"relgraph": "backup", "format": 1, "schemaVersion": 1},
        {"thing": [injected], "id": injected, "properties": {injected: injected}},
        {"tie": injected, "from": [injected, injected], "to": [injected, injected], "properties": {injected: 1}},
    ]
    path = tmp_path / "given.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in content), "utf-8")
    reading = Reading(path)
    with pytest.raises(DataError, match="cut off"):
        list(reading)
    seal = {"things": 1, "ties": 1, "content_hash": "0"}
    path.write_text("".join(f"{json.dumps(line)}\n" for line in [*content, seal]), "utf-8")
    with pytest.raises(DataError, match="some were changed"):
        list(reading)
    seal = reading.backup.seal()
    path.write_text("".join(f"{json.dumps(line)}\n" for line in [*content, seal]), "utf-8")
    try:
        graph.restore(path)
    except (EngineError, relgraph.QueryError):  # an engine may know no such label
        assert graph.rows("MATCH (n) RETURN count(n)").rows == [[0]]
    else:
        assert graph.content_hash() == seal["content_hash"]
