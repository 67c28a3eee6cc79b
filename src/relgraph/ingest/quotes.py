"""Quotes: the words that a claim quotes stand where it says, wherever the source's own text is at hand."""

from __future__ import annotations

from os.path import isfile

from relgraph.ingest.claims import Claims
from relgraph.ingest.declaration import TableMapping, Text
from relgraph.ingest.read import read_table
from relgraph.ingest.values import Compiler

_MARKS = {ord(mark): "'" for mark in '‘’“”"`'}  # a spreadsheet may put one in place of another
Places = dict[str, str]
"""What the text says at each of its places."""


def check_quotes(claims: Claims) -> None:
    """Note each quote that does not stand at its locator; white space does not count."""
    text = claims.source.declared.text
    said = _read(claims, text) if text and isfile(claims.source.path(text.file)) else None
    if said is None:
        return
    at_fault = {(issue.file, issue.row) for issue in claims.issues.errors}
    for file, row, column, locator, quote in claims.quoted:
        problem = remedy = ""
        if locator in said:
            if _plain(quote) not in said[locator]:
                problem, remedy = f"does not stand in {locator}", _where(quote, said[locator], said)
        elif (file, row) not in at_fault:  # else it is told already why the row has no place
            problem, remedy = f"is said to stand in {locator}, which is no place of the text", "mend the place"
        if problem:
            claims.issues.add(problem, remedy, file=file, row=row, column=column, value=quote)


def _read(claims: Claims, text: Text) -> Places | None:
    mapping = TableMapping(file=text.file, encoding=text.encoding)
    table = read_table(claims.source, mapping, claims.issues)
    if table is None:
        return None
    compiler = Compiler(mapping, table.header, claims.source.declared.lookups, (), claims.issues)
    place, words = compiler.one(text.locator, "text"), compiler.one(text.text, "text")
    return {
        str(place(list(row.cells), row.number)): _plain(words(list(row.cells), row.number) or "") for row in table.rows
    }


def _where(quote: str, here: str, said: Places) -> str:
    if _plain(quote).translate(_MARKS) in here.translate(_MARKS):
        return "copy its quotation marks as they are printed there"
    elsewhere = [place for place, words in said.items() if _plain(quote) in words]
    return f"it stands in {' and '.join(elsewhere[:2])}" if elsewhere else "quote the words there"


def _plain(text: str) -> str:
    return " ".join(text.split())
