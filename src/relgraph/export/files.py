"""Writing an export: whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from relgraph.errors import UsageError

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Text without the characters that no HTML or XML may hold.

    >>> clean("a\\x00b")
    'a�b'
    """
    return CONTROL.sub("\ufffd", text)


def write_whole(path: str | os.PathLike[str], content: str | bytes) -> Path:
    """Writes to a temporary file beside `path` and moves it into place; text is UTF-8 whatever the locale."""
    target = Path(path)
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-", suffix=".part")
    except OSError as error:
        raise UsageError(
            f"{target}: cannot be written ({error.strerror}); give a file in a folder that is yours"
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror})") from error
    finally:
        Path(temporary).unlink(missing_ok=True)
    return target


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
