"""docker-compose.yml as data, so that the tests' Neo4j has the settings that people's Neo4j has."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parents[2] / "docker-compose.yml"
NOT_SETTINGS = {"NEO4J_AUTH"}
_VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<how>[-?])(?P<word>[^}]*))?\}")


def read_compose() -> dict[str, Any]:
    """The file as it stands, variables and all."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def settings(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Neo4j's settings, by the names that neo4j.conf has for them."""
    environment = read_compose()["services"]["neo4j"]["environment"]
    return {
        setting_name(variable): interpolate(value, environ)
        for variable, value in environment.items()
        if variable not in NOT_SETTINGS
    }


def setting_name(variable: str) -> str:
    """The setting that an environment variable of Neo4j's image sets.

    >>> setting_name("NEO4J_dbms_usage__report_enabled")
    'dbms.usage_report.enabled'
    """
    return variable.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_")


def interpolate(text: str, environ: Mapping[str, str]) -> str:
    """A value with Compose's variables filled in; a required one that is not set is a `KeyError`.

    >>> interpolate("${HEAP:-2g}", {}), interpolate("$${HOME}", {})
    ('2g', '${HOME}')
    """

    def fill(match: re.Match[str]) -> str:
        value = environ.get(match["name"])
        if not value and match["how"] == "?":
            raise KeyError(match["word"])
        return value or match["word"] or ""

    return "$".join(_VARIABLE.sub(fill, part) for part in text.split("$$"))
