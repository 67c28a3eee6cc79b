"""Files: read up to a size, since a name may lead to one without an end; written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

from relgraph.errors import UsageError, unwritten

TEXT = 10_000_000  # bytes of a list of names, a statement, a register
YOURS = "give a file in a folder that is yours"
DECLARED = 1_000_000  # bytes of a declaration in TOML, which is read slowly
PRIVATE = 0o600


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


def encodable(text: str) -> bool:
    """Whether a text has a place in a file: a name that is no UTF-8 comes as one that has none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def write_whole(path: str | os.PathLike[str], content: str | bytes) -> Path:
    """Write a file whole or not at all; text is UTF-8 whatever the locale."""
    with whole(path) as file:
        file.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)
    return Path(path)


@contextmanager
def whole(path: str | os.PathLike[str], mode: int = 0o666) -> Iterator[IO[bytes]]:
    """A temporary file beside `path`, moved into its place where the block ends without an error.

    A link is followed; a device or a pipe (`/dev/stdout`), in whose place no file must come, is written to as it is.
    """
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            with open(path, "wb") as file:
                yield file
        else:
            with replacing(os.path.realpath(path), mode) as file:
                yield file
    except OSError as error:
        raise UsageError(unwritten(path, error, YOURS)) from error


@contextmanager
def replacing(path: str | os.PathLike[str], mode: int = PRIVATE) -> Iterator[IO[bytes]]:
    """A temporary file beside `path` that takes its place where the block ends without an error, or an `OSError`."""
    folder, name = os.path.split(path)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=temporary_of(name), suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        if mode != PRIVATE:  # as which it was made
            os.chmod(temporary, mode & ~_umask())
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def temporary_of(name: str) -> str:
    """How the names of the temporary files begin that are to take the place of this one."""
    return f".{name[:50]}-"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
