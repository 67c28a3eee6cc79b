"""Faults: what a person is told when a command fails, and the exit code."""

from __future__ import annotations

from typing import Any

from relgraph.cli.groups import OPENED
from relgraph.cli.terminal import say, width
from relgraph.errors import DataError, QueryError, RelgraphError, UsageError, sentence


def interrupted(error: BaseException | None = None) -> int:
    """Tell a person what became of the graph when a command was interrupted; returns the exit code."""
    changed = any(graph.connection.changes for graph in OPENED)
    told = "what was changed before holds" if changed else "the graph is as it was"
    say(f"relgraph: interrupted; {error.args[0] if error and error.args else told}")
    return 130


def failed(error: Exception, debug: bool) -> int:
    """Tell a person what went wrong; returns the exit code."""
    if debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, RelgraphError):
        return _at_fault(error)
    if hasattr(error, "format_message"):  # typer's own, whose class has no public name
        return _misused(error)
    if isinstance(error, OSError) and error.filename is not None:  # a name too long, a folder that may not be read
        say(sentence(f"relgraph: {error.filename}: {error.strerror}; name another file or folder"))
        return UsageError.exit_code
    told = f"relgraph: {type(error).__name__}: {error}; this is a fault of relgraph: please report it with --debug"
    say(sentence(told))
    return 1


def _at_fault(error: RelgraphError) -> int:
    if isinstance(error, QueryError) and (pointer := error.pointer()):
        say(pointer)
    say(f"relgraph: {error}")
    if isinstance(error, DataError) and len(error.issues) > 1:
        from relgraph.cli import checked
        from relgraph.query.formats import render

        say(render(checked.at_a_glance(error.issues, most=20), width=width()))
    return error.exit_code


def _misused(error: Any) -> int:
    """Wrong usage in one sentence; without any command, the help."""
    context = getattr(error, "ctx", None)
    message = error.format_message().rstrip(".").replace("Value error, ", "")
    if message.startswith("Usage:"):
        say(message)
    else:
        command = context.command_path if context else "relgraph"
        if command == "relgraph" and message.startswith("No such option"):
            message += "; options of a command stand behind its name"
        say(sentence(f"relgraph: {message}{'' if message.endswith('?') else ';'} see `{command} --help`"))
    return error.exit_code
