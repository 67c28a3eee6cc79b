"""The command line: a thin door to the methods of `Graph`; the only part that talks to a person.

Exit codes: 0 done, 1 the data or the query is at fault, 2 wrong usage, 3 the engine cannot be reached, 130 interrupted.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated

import typer

import relgraph
from relgraph.cli import countries, demo, faults, keeping, networks, questions, serving, sources
from relgraph.cli.groups import OPENED, grouped
from relgraph.errors import interrupt_behind

COMMANDS = (  # in the order in which `relgraph --help` lists them
    demo.demo,
    sources.load,
    sources.unload,
    sources.check,
    sources.new_source,
    sources.sources,
    sources.reconcile,
    questions.status,
    questions.query,
    questions.queries,
    questions.show,
    countries.ties,
    countries.matrix,
    countries.diff,
    countries.dyads,
    questions.conflicts,
    networks.measure,
    networks.export,
    keeping.backup,
    keeping.restore,
    serving.serve,
)
app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"relgraph {relgraph.__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", help="Show the version and end.", is_eager=True, callback=_version)]
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback where something fails.")]


@app.callback()
def _root(version: Version = False, debug: Debug = False) -> None:
    """A graph database of defense relationships: who is tied to whom, since when, and which source says so.

    \b
    Example: relgraph demo
             relgraph query --help
    """


for command in COMMANDS:
    app.command(command.__name__.replace("_", "-"))(grouped(command))


def main() -> None:
    """Run the command line and end the process with its exit code."""
    _open_streams()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # whatever the locale of a pipe
    code = _run(sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command has ended, and said so
    sys.exit(code)


def _open_streams() -> None:
    """A stream that the shell has closed (`>&-`) is empty, and takes everything."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # until the process ends


def _run(arguments: list[str]) -> int:
    """Run one command; returns its exit code."""
    OPENED.clear()
    debug = "--debug" in arguments
    given = [argument for argument in arguments if argument != "--debug"]  # it may stand anywhere
    try:
        code = app(given, prog_name="relgraph", standalone_mode=False) or 0
    except (KeyboardInterrupt, typer.Abort) as error:
        return faults.interrupted(error)
    except Exception as error:  # noqa: BLE001  # the last to see it: a person is told in a sentence
        if isinstance(interrupt := interrupt_behind(error), SystemExit):
            raise interrupt from None
        return faults.interrupted(interrupt) if interrupt else faults.failed(error, debug)
    return faults.interrupted() if code == 130 else code
