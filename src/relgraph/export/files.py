"""Writing an export: whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from relgraph.errors import UsageError, unwritten

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_YOURS = "give a file in a folder that is yours"


def clean(text: str) -> str:
    """Text without the characters that no HTML or XML may hold.

    >>> clean("a\\x00b")
    'a�b'
    """
    return CONTROL.sub("\ufffd", text)


def write_whole(path: str | os.PathLike[str], content: str | bytes) -> Path:
    """Write a file whole or not at all; text is UTF-8 whatever the locale."""
    with whole(path) as file:
        file.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)
    return Path(path)


@contextmanager
def whole(path: str | os.PathLike[str], mode: int = 0o666) -> Iterator[IO[bytes]]:
    """A temporary file beside `path`, moved into its place where the block ends without an error."""
    target = Path(path)
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:50]}-", suffix=".part")
    except OSError as error:
        raise UsageError(unwritten(target, error, _YOURS)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        os.chmod(temporary, mode & ~_umask())
        os.replace(temporary, target)
    except OSError as error:
        raise UsageError(unwritten(target, error, _YOURS)) from error
    finally:
        Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
