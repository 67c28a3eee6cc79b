"""Neo4j's jars, copied by Maven into the user's cache: once for all checkouts; `make clean` leaves them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from filelock import FileLock

from tests.engines import LEAVE_OUT, EngineMissing

HERE = Path(__file__).parent
ATTEMPTS = 3


def jars_of(name: str) -> Path:
    """The folder of an engine's jars; fetched on first use, which takes half a minute."""
    folder = cache() / f"{name}-{version(name)}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(folder.suffix + ".lock")):
        if not folder.is_dir():
            _fetch(name, folder)
    return folder


def version(name: str) -> str:
    """The version of Neo4j that an engine's pom.xml names."""
    found = re.search(r"<artifactId>neo4j</artifactId>\s*<version>(.+?)</version>", _pom(name).read_text())
    assert found, f"{_pom(name)} names no version of Neo4j"
    return found[1]


def cache() -> Path:
    """Where jars are kept between runs."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "relgraph" / "engines"


def _pom(name: str) -> Path:
    return HERE / name / "pom.xml"


def _fetch(name: str, folder: Path) -> None:
    """Copy into a folder beside it, then rename: a folder of the right name is always whole."""
    maven = shutil.which("mvn")
    if maven is None:
        raise EngineMissing(f"{name}: its jars come through Maven; install it (mvn), or {LEAVE_OUT}")
    sys.stderr.write(f"Fetching Neo4j {version(name)} (once) …\n")
    with tempfile.TemporaryDirectory(dir=folder.parent) as parts:
        command = [maven, "--batch-mode", "--quiet", "--strict-checksums", f"--file={_pom(name)}"]
        goal = ["dependency:copy-dependencies", f"-DoutputDirectory={parts}/jars"]
        _attempt(name, [*command, *goal], parts)
        Path(parts, "jars").rename(folder)


def _attempt(name: str, command: list[str], cwd: str) -> None:
    for _ in range(ATTEMPTS):
        run = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
        if run.returncode == 0:
            return
    raise EngineMissing(f"{name} could not be fetched ({_last(run.stdout)}): try again, or {LEAVE_OUT}")


def _last(output: str) -> str:
    lines = [line for line in output.splitlines() if "ERROR" in line]
    return lines[0][:300] if lines else "Maven said nothing"
