"""Under which licences the installed libraries are: the list is true, and no required one is under the GPL."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution

import pytest

from tests import licences

COPYLEFT = re.compile(r"(?<!L)GPL|Affero|(?<!Lesser )General Public|SSPL|BUSL|Commons Clause", re.IGNORECASE)
TEXT = re.compile(r"^\s*(?:The )?GNU (?:AFFERO )?GENERAL PUBLIC LICENSE", re.IGNORECASE | re.MULTILINE)


def test_the_list_is_that_of_the_locks():
    """After `make lock`: `make licences`."""
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page()


@pytest.mark.parametrize(("name", "version"), licences.pins(licences.REQUIRED))
def test_a_required_library_states_a_licence_other_than_the_gpl(name, version):
    stated = licences.licence(name, version)
    assert stated != licences.UNSTATED
    assert not COPYLEFT.search(stated)


def test_the_gpl_is_told_from_the_lgpl():
    """Else the test above could not fail."""
    for stated in ("GPL-3.0-only", "GNU General Public License v2 (GPLv2)", "AGPL-3.0", "GNU Affero General Public"):
        assert COPYLEFT.search(stated), stated
    assert not COPYLEFT.search("GNU Lesser General Public License v3 (LGPLv3)")


def test_where_the_text_of_the_gpl_is_brought_along_an_exception_stands_beside_it():
    """What lies inside a wheel may have another licence than the wheel says."""
    texts = {name: _texts(name) for name, _ in licences.pins(licences.REQUIRED)}
    assert {name for name, text in texts.items() if TEXT.search(text)} == set(licences.WITH_EXCEPTION)
    for name, words in licences.WITH_EXCEPTION.items():
        assert words in texts[name]


def _texts(name: str) -> str:
    """All files of a library that are named for a licence."""
    try:
        files = distribution(name).files or ()
    except PackageNotFoundError:
        return ""
    named = [file for file in files if re.search(r"licen[cs]e|copying|notice", str(file), re.IGNORECASE)]
    kept = [file for file in named if file.suffix in ("", ".txt", ".md", ".LESSER")]
    return "\n".join(file.locate().read_text(encoding="utf-8", errors="replace") for file in kept)
