"""docker-compose.yml: valid by the specification's own schema, closed to the network, and what is tested."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import jsonschema
import pytest
from neo4j import GraphDatabase

from tests.engines import NEO4J_5, NEO4J_2026, compose
from tests.engines.jars import version
from tests.engines.server import Neo4jServer

ROOT = compose.FILE.parent


@pytest.fixture(scope="module")
def service():
    return compose.read_compose()["services"]["neo4j"]


def test_it_is_valid_by_the_compose_specification():
    vendored = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    schema = json.loads(vendored.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(compose.read_compose())] == []


def test_its_ports_are_open_to_this_machine_alone(service):
    assert service["ports"] == ["127.0.0.1:7687:7687", "127.0.0.1:7474:7474"]
    assert "network_mode" not in service


def test_its_data_outlives_the_container(service):
    assert service["volumes"] == ["neo4j-data:/data"]
    assert "neo4j-data" in compose.read_compose()["volumes"]


def test_it_refuses_to_start_without_a_password(service):
    auth = service["environment"]["NEO4J_AUTH"]
    with pytest.raises(KeyError, match=r"copy \.env\.example to \.env"):
        compose.interpolate(auth, {})
    assert compose.interpolate(auth, {"NEO4J_PASSWORD": "kept-out"}) == "neo4j/kept-out"


def test_the_example_names_every_variable_and_holds_no_password():
    used = set(re.findall(r"\$\{(NEO4J_\w+):", compose.FILE.read_text().replace("$$", "")))
    example = (ROOT / ".env.example").read_text()
    assert used == set(re.findall(r"^(?:# )?(NEO4J_\w+)=", example, flags=re.MULTILINE))
    assert re.findall(r"^[^#\n].*$", example, flags=re.MULTILINE) == ["NEO4J_PASSWORD="]
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()


def test_its_health_is_an_answer_to_a_query(service):
    kind, command = service["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    assert "cypher-shell" in command
    assert "RETURN 1" in command
    assert {"interval", "timeout", "retries", "start_period"} <= service["healthcheck"].keys()


def test_its_memory_is_limited_beyond_what_neo4j_is_given(service):
    limit = _megabytes(service["deploy"]["resources"]["limits"]["memory"])
    settings = compose.settings({})
    given = sum(_megabytes(settings[f"server.memory.{part}"]) for part in ("heap.max_size", "pagecache.size"))
    assert given + 1024 <= limit


def test_its_images_are_the_versions_tested(service):
    assert compose.interpolate(service["image"], {}) == f"neo4j:{version(NEO4J_2026)}-community"
    assert f"NEO4J_VERSION={version(NEO4J_5)}\n" in (ROOT / ".env.example").read_text()


@pytest.mark.only_on(NEO4J_5, NEO4J_2026)
def test_the_neo4j_of_the_tests_runs_with_its_settings(engine):
    """Whatever stands there is in force here, but for the size of the heap."""
    asked = compose.settings({"NEO4J_HEAP": "512m"})
    cypher = "SHOW SETTINGS YIELD name, value WHERE name IN $names RETURN name, value"
    with GraphDatabase.driver(engine.settings.uri, auth=("neo4j", engine.settings.password)) as driver:
        found = driver.execute_query(cypher, names=list(asked), database_="neo4j").records
    assert {(name, _plain(value)) for name, value in found} == set(asked.items())


def test_the_tests_add_only_addresses_and_a_quick_end():
    added = Neo4jServer(NEO4J_5).conf.keys() - compose.settings({}).keys()
    assert {name for name in added if not name.endswith(("listen_address", "advertised_address"))} == {
        "internal.dbms.bolt.netty_server_shutdown_quiet_period"
    }


def _megabytes(size: str) -> int:
    number, unit = re.fullmatch(r"(\d+)([mg])", size).groups()
    return int(number) * {"m": 1, "g": 1024}[unit]


def _plain(value: str) -> str:
    """Neo4j shows 512m as 512.00MiB."""
    return re.sub(r"^(\d+)\.00MiB$", r"\1m", value)
