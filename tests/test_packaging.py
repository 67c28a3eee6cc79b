"""What is shipped: a wheel that runs by itself, exact lists of libraries, and no word of this machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ["requirements.txt", "requirements-dev.txt"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    """The wheel as hatchling builds it from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-deps", "--no-build-isolation", f"--wheel-dir={folder}", str(ROOT))
    return next(folder.glob("relgraph-*.whl"))


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory) -> Path:
    """An environment outside the checkout with the wheel, the libraries of requirements.txt, and no more.

    The libraries are those of this environment, seen through links, so that nothing is fetched again.
    relgraph, which this environment has as an editable install, is not among them.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    site = next(home.glob("lib/python*/site-packages"))
    _link_libraries(site, {name for name, _ in _pins("requirements.txt")})
    _pip(f"--python={home / 'bin' / 'python'}", "install", "--no-index", "--no-deps", str(wheel))
    return home


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], check=True)


def _link_libraries(site: Path, names: set[str]) -> None:
    """Link into `site` every top-level file that the named distributions installed here."""
    from importlib.metadata import distributions

    for found in distributions():
        if canonicalize_name(found.name) in names:
            base = Path(str(found.locate_file("")))
            for top in {file.parts[0] for file in found.files or []} - {"..", "__pycache__"}:
                if not (site / top).exists():
                    (site / top).symlink_to(base / top)


def test_the_wheel_installed_alone_runs_the_demo(installed, tmp_path):
    work, home = tmp_path / "work", tmp_path / "home"
    work.mkdir(), home.mkdir()
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    command = [str(installed / "bin" / "relgraph"), "demo"]
    run = subprocess.run(command, cwd=work, env=environ, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert (work / "brief.html").stat().st_size > 10_000
    assert str(ROOT) not in run.stdout + run.stderr


def test_the_installed_relgraph_is_the_wheels(installed, tmp_path):
    code = "import relgraph, sys; print(relgraph.__file__, *sys.path, sep='\\n')"
    printed = subprocess.check_output([installed / "bin" / "python", "-c", code], cwd=tmp_path, text=True)
    assert printed.startswith(str(installed))
    assert str(ROOT) not in printed


def test_the_wheel_holds_queries_sources_and_the_license(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("cypher", "ingest"):
        kept = {f"relgraph/_resources/{file}" for file in _tracked() if file.startswith(f"{folder}/")}
        assert kept
        assert kept <= names
    assert f"relgraph-{PROJECT['project']['version']}.dist-info/licenses/LICENSE" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests/", "src/"))]


def test_the_version_is_stated_once():
    import relgraph

    assert relgraph.__version__ == PROJECT["project"]["version"]


def test_the_locked_libraries_are_those_that_pyproject_names():
    stated = {Requirement(text).name for text in PROJECT["project"]["dependencies"]}
    assert _listed("requirements.in") == stated | {"hatchling"}


def test_the_locked_versions_are_in_the_ranges_of_pyproject():
    pins = dict(_pins("requirements.txt"))
    for text in PROJECT["project"]["dependencies"]:
        stated = Requirement(text)
        assert stated.specifier.contains(pins[stated.name], prereleases=True), stated


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_exact_and_hashed(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert len(entries) == len(_pins(lock)) > 20
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry_and_no_path(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"://|--index|--find-links|^-|\s/\w", text, flags=re.MULTILINE) == []


def test_no_tracked_file_names_a_path_of_this_machine():
    here = "|".join(re.escape(str(path)) for path in (ROOT, Path.home()))
    named = re.compile(rf"(?<![\w./])(?:{here})/".encode())
    assert [file for file in _tracked() if named.search((ROOT / file).read_bytes())] == []


def _pins(lock: str) -> list[tuple[str, str]]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return re.findall(r"^([a-z0-9][\w.-]*)==([^\s;\\]+)", text, flags=re.MULTILINE)


def _listed(file: str) -> set[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {Requirement(line).name for line in lines if line and not line.startswith(("#", "-"))}


def _tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [file for file in listing.stdout.split("\0") if file and (ROOT / file).is_file()]
