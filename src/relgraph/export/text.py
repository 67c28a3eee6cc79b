"""Text as a file of XML or HTML may hold it."""

from __future__ import annotations

import re

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Text without the characters that no HTML or XML may hold.

    >>> clean("a\\x00b")
    'a�b'
    """
    return CONTROL.sub("\ufffd", text)
