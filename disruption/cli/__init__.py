"""The `disruption` command: one file a subcommand.

A subcommand's module imports what it needs when it runs, so that
``disruption --version`` stays quick.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from .. import __version__
from . import commands, demo, info, local, run

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Args:
        argv: The arguments after the command's name; None takes the process's own.

    Returns:
        0 when all went well, 1 when the subcommand failed, 2 when it could not begin
        (wrong arguments, or an extra that is not installed).
    """
    parser = argparse.ArgumentParser(
        prog="disruption", description="Discord bots in plain, blocking Python."
    )
    parser.add_argument("--version", action="version", version=f"disruption {__version__}")
    subcommands = parser.add_subparsers(metavar="command", required=True)
    commands.register(subcommands)
    demo.register(subcommands)
    info.register(subcommands)
    local.register(subcommands)
    run.register(subcommands)
    given = list(sys.argv[1:] if argv is None else argv)
    rest: list[str] = []
    if "--" in given:  # what follows is for the program that is run
        cut = given.index("--")
        given, rest = given[:cut], given[cut + 1 :]
    arguments = parser.parse_args(given, argparse.Namespace(rest=rest))
    if rest and arguments.run is not run.run:
        parser.error("only disruption run takes arguments after --")

    from ..errors import DisruptionError, MissingExtra

    try:
        code: int = arguments.run(arguments)
    except MissingExtra as error:
        print(f"disruption: {error}", file=sys.stderr)
        return 2
    except DisruptionError as error:
        print(f"disruption: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # before the subcommand minded
        return 130
    except BrokenPipeError:  # whoever read the output has seen enough: ``disruption info | head``
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing to flush at exit
        return 1
    return code
