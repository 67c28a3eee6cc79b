"""Files that people write: read up to a size, since a name may lead to one without an end."""

from __future__ import annotations

import errno
import os
import tomllib
from pathlib import Path
from typing import Any, BinaryIO

TEXT = 10_000_000  # bytes of a list of names, a statement, a register
DECLARED = 1_000_000  # bytes of a declaration in TOML, which is read slowly


def text_of(file: Path | BinaryIO, most: int = TEXT) -> str:
    """What a file says, as UTF-8; an `OSError` where it has more bytes than that, as `/dev/zero` has."""
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return text_of(opened, most)
    raw = file.read(most + 1)
    if len(raw) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), f"of more than {most:,} bytes")
    return raw.decode("utf-8-sig")


def toml_of(path: Path) -> dict[str, Any]:
    """What a declaration says; an `OSError` or a `ValueError` where it is no TOML, too long, or nested too deeply."""
    try:
        return tomllib.loads(text_of(path, DECLARED))
    except RecursionError:
        raise ValueError("nested too deeply") from None
