"""Quotes: where a source's own text is at hand, words that do not stand where they are said to are an issue."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.ingest.making import make_source, problems

TOML = """
[text]
file = "text.csv"
locator = "p. {page}"
text = "{words}"

[[tables]]
file = "treaties.csv"
locator = "p. {page}"
quote = "{quote}"

[[tables.things]]
label = "Agreement"
id = "{id}"
name = "{id}"

[[tables.ties]]
type = "PARTY_TO"
from = { label = "Country", id = "{party}" }
to = { label = "Agreement", id = "{id}" }
"""
TEXT = "page,words\n3,The “Pact” of 1951 binds  both.\n4,Japan’s pact ended later.\n"


def _with(folder: Path, page: str, quote: str, text: str | None = TEXT) -> list[str]:
    tables = {"treaties.csv": f'id,party,page,quote\npact,JPN,{page},"{quote}"\n'}
    source = make_source(folder, "treaties", TOML, tables | ({"text.csv": text} if text else {}))
    return [issue.sentence() for issue in problems(source)]


@pytest.mark.parametrize(("page", "quote"), [("3", "The “Pact” of 1951 binds both"), ("4", "pact ended"), ("4", "")])
def test_what_stands_there_is_no_issue(tmp_path: Path, page: str, quote: str) -> None:
    assert _with(tmp_path, page, quote) == []


@pytest.mark.parametrize(
    ("page", "quote", "words"),
    [
        ("3", "binds neither", "'binds neither' does not stand in p. 3; quote the words there"),
        ("3", "pact ended later", "'pact ended later' does not stand in p. 3; it stands in p. 4"),
        ("4", "Japan's pact", '"Japan\'s pact" does not stand in p. 4; copy its quotation marks'),
        ("9", "pact", "'pact' is said to stand in p. 9, which is no place of the text; mend the place"),
        ("", "pact", "'pact' is said to stand in treaties.csv, row 2, which is no place of the text; mend"),
    ],
)
def test_a_misquotation_is_told_at_its_row(tmp_path: Path, page: str, quote: str, words: str) -> None:
    told = _with(tmp_path, page, quote)
    assert len(told) == 2  # the row's thing and its tie both quote
    assert all(each.startswith(f"treaties.csv, row 2, quote: {words}") for each in told)


def test_without_the_text_nothing_is_said_of_quotes(tmp_path: Path) -> None:
    assert _with(tmp_path, "3", "binds neither", text=None) == []
