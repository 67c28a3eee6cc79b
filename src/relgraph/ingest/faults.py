"""Faults of a declaration, in the words of the person who writes it: pydantic speaks to programmers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from relgraph.ingest.issues import Issues

_FAULTS: dict[Any, str] = {
    "extra_forbidden": "is no key that may stand there",
    "missing": "is missing",
    "tuple_type": "is no list: write [ … ]",
    "dict_type": "is no table: write { key = … }",
    "model_type": "is no table: write { key = … }",
    ("model_type", "Value"): "is neither a text nor a table",
    "bool_type": "is neither true nor false",
    "bool_parsing": "is neither true nor false",
    "string_type": 'is no text: write "…"',
}


def add_faults(issues: Issues, error: ValidationError, whole: type[BaseModel], file: str) -> None:
    """An issue for each entry of the file at fault; `whole` is the model that all of it is to fit."""
    for fault in error.errors():
        # The first of several is 1, as people count.
        entry = ".".join(str(part + 1 if isinstance(part, int) else part) for part in fault["loc"]) or "top level"
        value = fault["input"] if isinstance(fault["input"], str) else None
        said = fault["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
        problem = _FAULTS.get((fault["type"], fault.get("ctx", {}).get("class_name")), _FAULTS.get(fault["type"], said))
        remedy = "see CONTRIBUTING.md for what may stand there"
        if fault["type"] == "extra_forbidden":
            remedy = f"use {', '.join(_keys_at(whole, fault['loc'][:-1]))}, which CONTRIBUTING.md explains"
        issues.add(problem, remedy, file=file, column=entry, value=value)


def _keys_at(model: type[BaseModel], entry: tuple[int | str, ...]) -> list[str]:
    """The keys that may stand in an entry."""
    for part in entry:
        field = next((f for name, f in model.model_fields.items() if (f.alias or name) == part), None)
        model = next(_models(field.annotation), model) if field else model
    return [field.alias or name for name, field in model.model_fields.items()]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
