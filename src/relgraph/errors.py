"""What can go wrong, and whose fault it is.

Every error that relgraph raises on purpose is a `RelgraphError`; its message is one sentence that says where,
what and what to do, and `exit_code` is what the command line ends with::

    RelgraphError            1
    ├── DataError            1   a source's files or tables; `.issues` lists every cell at fault
    ├── OntologyError        1   ontology.toml or a register: an entry that names something undeclared
    ├── QueryError           1   the Cypher given, or what it may do; `.line` and `.column` where known
    ├── UsageError           2   the call: an unknown name, a missing or contradictory option
    └── EngineError          3   the engine cannot be reached, started or written to
"""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from typing import Any

LONGEST = 2_000  # characters of a message, of which a hostile file or a long query may be a part
# What moves a cursor, changes colors or turns the direction of what follows; and what no file can hold as UTF-8.
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_WHO = re.compile(r"(?<=:)//\S*@")
REMEDIES = {
    errno.ENOSPC: "make room on its disk",
    errno.EDQUOT: "make room in your share of its disk",
    errno.EROFS: "mount its file system for writing",
    errno.EFBIG: "raise the limit on the size of files (`ulimit -f`)",
    errno.EMFILE: "raise the limit on open files (`ulimit -n`)",
}


def sentence(text: str, most: int = LONGEST) -> str:
    """The text on one line, without what would act on a terminal; of a flood, its beginning and its end.

    Nor does it repeat the user and the password of an address.

    >>> sentence("a\\nb\\x1b[2J"), sentence("x" * 5_000 + "; mend it", 30)
    ('a b�[2J', 'xxxxxxxxxxxxxxx … xxx; mend it')
    """
    line = UNSEEN.sub("�", text.replace("\r\n", "\n").translate({9: " ", 10: " ", 13: " "}))
    line = _WHO.sub("//…@", line)
    return line if len(line) <= most else f"{line[: most // 2]} … {line[-most // 2 + 3 :]}"


class RelgraphError(Exception):
    """The root of every error that relgraph raises on purpose."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(sentence(message if not message.startswith(":") else f"''{message}"))  # of an empty text


class DataError(RelgraphError):
    """A source cannot be loaded as it stands; `issues` (of `relgraph.ingest.issues`) says which cells and why."""

    def __init__(self, message: str, issues: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.issues = tuple(issues)


class OntologyError(RelgraphError):
    """A declaration (ontology.toml, countries.csv, organizations.csv) contradicts itself or names the unknown."""


class QueryError(RelgraphError):
    """A query cannot be run as it stands: its text (`query`, `line`, `column` from 1), or what it tries to do."""

    def __init__(
        self, message: str, query: str | None = None, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message)
        self.query, self.line, self.column = query, line, column

    def pointer(self) -> str | None:
        """The line at fault with a caret under its column, or None where the position is not known.

        >>> print(QueryError("…", query="RETURN 1 +", line=1, column=10).pointer())
        RETURN 1 +
                 ^
        """
        lines = (self.query or "").splitlines()
        if not self.line or not self.column or self.line > len(lines):
            return None
        return f"{lines[self.line - 1]}\n{' ' * (self.column - 1)}^"


class UsageError(RelgraphError):
    """The call is wrong: an unknown name, a missing or contradictory option."""

    exit_code = 2


class EngineError(RelgraphError):
    """The engine cannot be reached, started or written to."""

    exit_code = 3


def unwritten(what: object, error: OSError, otherwise: str) -> str:
    """What to tell of a file or folder that the operating system would not let us write to.

    >>> unwritten("a.csv", OSError(errno.ENOSPC, "No space left on device"), "name another file")
    'a.csv: cannot be written (No space left on device); make room on its disk'
    """
    return f"{what}: cannot be written ({error.strerror}); {REMEDIES.get(error.errno or 0, otherwise)}"


def interrupt_behind(
    error: BaseException | None, handled: BaseException | None = None
) -> KeyboardInterrupt | SystemExit | None:
    """The interrupt amid which an error was raised, as where what a signal broke off cannot be cleaned up.

    `handled` is what was being handled before, and is not asked.

    >>> interrupt_behind(BufferError()) is None
    True
    """
    while error is not None and error is not handled:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            return error
        error = error.__context__
    return None
