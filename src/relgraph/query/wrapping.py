"""Text in columns of a terminal, where a Chinese or Japanese character takes two."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PIECES = re.compile(r"[^\s/-]*[/-]+|[^\s/-]+|\s+")


def breadth(text: str) -> int:
    """How many columns of a terminal the text takes, by its widest line."""
    if text.isascii() and "\n" not in text:
        return len(text)
    from rich.cells import cell_len

    return max(map(cell_len, text.split("\n")))


def padded(text: str, width: int, right: bool = False) -> str:
    """One line of text with spaces up to the width."""
    space = " " * (width - breadth(text))
    return space + text if right else text + space


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text in a column: broken at spaces, hyphens and slashes, else wherever it must be.

    >>> wrapped("anti-terrorism exercise", 12)
    ['anti-', 'terrorism', 'exercise']
    >>> wrapped("協定の名", 5)
    ['協定', 'の名']
    """
    if breadth(text) <= width and "\n" not in text:
        return [text]
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, width)]


def _lines(paragraph: str, width: int) -> list[str]:
    lines = [""]
    for piece in _PIECES.findall(paragraph):
        if breadth(lines[-1] + piece.rstrip()) <= width:
            lines[-1] += piece
        elif not piece.isspace():
            lines = [*lines[: -1 if not lines[-1].strip() else None], *_cut(piece, width)]
    return [line.rstrip() for line in lines]


def _cut(piece: str, width: int) -> list[str]:
    """A piece without spaces in parts that fit; a character that alone is too wide gets a part."""
    parts = [""]
    for character in piece:
        if parts[-1] and breadth(parts[-1] + character) > width:
            parts.append("")
        parts[-1] += character
    return parts


def shared(natural: Sequence[int], least: Sequence[int], width: int) -> list[int] | None:
    """How wide each column is made so that all fit: the widest give way first, none below its least.

    >>> shared([30, 4, 20], [10, 4, 10], 40)
    [18, 4, 18]
    >>> shared([30, 30], [25, 25], 40) is None
    True
    """
    widths = [min(wanted, width) for wanted in natural]
    for _ in range(sum(widths) - width):
        able = [n for n, one in enumerate(widths) if one > least[n]]
        if not able:
            return None
        widths[max(able, key=lambda n: widths[n])] -= 1
    return widths
