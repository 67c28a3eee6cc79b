"""The columns of an answer without rows, which the embedded engine leaves out: its plan has them."""

from __future__ import annotations

import re

_LAST_STEP = re.compile(r"\+ FINAL PROJECTION \[(.*)\]\s*$", re.MULTILINE)
_OPENING, _CLOSING = "([{", ")]}"


def columns_of(plan: str) -> list[str]:
    """The names that the last step of a plan returns.

    >>> columns_of("Execution Plan:\\n+ MATCH NODE (n)\\n+ FINAL PROJECTION [id, coalesce(n.a, n.b), [1, 2]]\\n")
    ['id', 'coalesce(n.a, n.b)', '[1, 2]']
    """
    steps = _LAST_STEP.findall(plan)
    return split(steps[-1]) if steps and steps[-1] else []


def split(names: str) -> list[str]:
    """Split at the commas that stand in no bracket."""
    found, depth = [""], 0
    for character in names:
        depth += (character in _OPENING) - (character in _CLOSING)
        if character == "," and depth == 0:
            found.append("")
        else:
            found[-1] += character
    return [name.strip() for name in found]
