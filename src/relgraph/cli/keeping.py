"""Commands that keep a graph: everything that it holds to a file, and back from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relgraph.cli import arguments
from relgraph.cli.groups import Where
from relgraph.cli.terminal import progress, say

if TYPE_CHECKING:
    from relgraph.backup.writing import Backup


def backup(where: Where, file: arguments.BackupFile) -> None:
    """Write everything that the graph holds to a file.

    A line for each thing and each claim, in an order of its own: equal graphs have equal files, on whichever
    engine, and a diff of two shows what changed between them. It is packed where its name ends in .gz.

    \b
    Example: relgraph backup graph.jsonl
    """
    with where.open() as graph, progress("reading"):
        made = graph.backup(file)
    say(f"wrote {_told(made)}")
    for reason, number in sorted(made.left_out.items()):
        say(f"left out, because {reason}: {number:,} of what was written by --write")


def restore(where: Where, file: arguments.BackupFile, replace: arguments.Replace = False) -> None:
    """Make an empty graph hold what a backup says.

    All of it or nothing, on whichever engine; then the graph has the content hash of the one that was backed up. A
    file that was damaged or changed is refused.

    \b
    Example: relgraph restore graph.jsonl --graph new
    """
    with where.open(make=True) as graph, progress("restoring") as bar:
        held = graph.restore(file, replace=replace, progress=bar)
    say(f"restored {_told(held)}")


def _told(backup: Backup) -> str:
    return f"{backup.path}: {backup.things:,} things, {backup.ties:,} ties, content hash {backup.content_hash}"
