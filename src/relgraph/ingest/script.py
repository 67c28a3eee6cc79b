"""Scripts: what a source's own `read.py` yields, where a mapping cannot express its file."""

from __future__ import annotations

import importlib.util
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from relgraph.ingest.issues import Issues
from relgraph.ingest.workbook import as_shown


def rows_of_script(script: Path, path: Path, file: str, issues: Issues) -> Iterator[list[str]]:
    """The rows that the script's `rows(path)` yields, dictionaries of the same keys; whatever it raises is an issue."""
    if not script.is_file():
        problem = f"is read by {script.name}, which is not beside source.toml"
        issues.add(problem, "add it, or take out reader", file=file)
        return
    try:
        yield from _as_lists(_run(script, path), file, issues)
    except Exception as error:  # noqa: BLE001 - the code is the source's, and so is every fault in it
        said = f"{type(error).__name__}: {error}{_line(error, script)}"
        issues.add(f"is read by {script.name}, which cannot be run ({said})", "mend it", file=file)


def _run(script: Path, path: Path) -> Iterable[dict[str, Any]]:
    spec = importlib.util.spec_from_file_location(f"relgraph_source_{script.parent.name}", script)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.rows(path)  # type: ignore[no-any-return]


def _as_lists(rows: Iterable[dict[str, Any]], file: str, issues: Issues) -> Iterator[list[str]]:
    header: dict[str, None] = {}
    for number, row in enumerate(rows, 2):
        if not header:
            header = dict.fromkeys(row)
            yield list(header)
        for name in row.keys() - header.keys():
            remedy = "yield the same keys in every row"
            issues.add("is a column that the first row lacks", remedy, file=file, row=number, column=name)
        yield [as_shown(row.get(name)) for name in header]


def _line(error: Exception, script: Path) -> str:
    """Where in the script it went wrong."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(script)]
    line = error.lineno if isinstance(error, SyntaxError) else lines[-1] if lines else None
    return f", line {line}" if line else ""
