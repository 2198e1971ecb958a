"""``disruption run``: a bot's program, on a local Discord if wished, started again on changes."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import run_program

if TYPE_CHECKING:
    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]

__all__ = ["WAITING", "ended", "folder_of", "name_of", "register", "run"]

#: What there is to do when a program has ended that is watched.
WAITING = "waiting for a change"


def register(subcommands: Subcommands) -> None:
    """Add the subcommand to the parser."""
    text = "run a bot's program, on a local Discord and with reload if wished"
    parser = subcommands.add_parser(
        "run",
        help=text,
        description=text,
        usage="disruption run [options] (SCRIPT | -m MODULE) [-- ARGUMENT ...]",
    )
    parser.add_argument("script", nargs="?", metavar="SCRIPT", help="the program, bot.py")
    parser.add_argument("-m", dest="module", metavar="MODULE", help="a module instead")
    parser.add_argument(
        "--local",
        action="store_true",
        help="run it on a local Discord, with you as a user: no token, no internet",
    )
    parser.add_argument(
        "--reload", action="store_true", help="start it again when a Python file changes"
    )
    local = parser.add_argument_group("with --local")
    local.add_argument(
        "--user", default="ann", metavar="NAME", help="whom you play (default: %(default)s)"
    )
    local.add_argument(
        "--world", metavar="FILE", help="the world to go on with, as for disruption local"
    )
    local.add_argument(
        "--no-chat", action="store_true", help="no chat in the terminal, only the page"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the program until it ends or the person has had enough; return its exit code."""
    target = _target(arguments)
    if target is None:
        return 2
    kept = arguments.local or arguments.reload
    command = run_program.command([*target, *arguments.rest], watched=kept)
    if arguments.local:
        from .run_local import run_local

        return run_local(arguments, command)
    if arguments.reload:
        return _run_reloading(arguments, command)
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":
        import subprocess

        return subprocess.call(command)
    os.execv(command[0], command)


def _target(arguments: argparse.Namespace) -> list[str] | None:
    """Return what Python is to run; None, having said why, where that is nothing."""
    if (arguments.script is None) == (arguments.module is None):
        problem = "name a program (bot.py) or, with -m, a module"
    elif arguments.module is not None:
        return ["-m", arguments.module]
    elif not Path(arguments.script).exists():
        problem = f"there is no file {arguments.script}"
    else:
        return [arguments.script]
    print(f"disruption: {problem}", file=sys.stderr)
    return None


def ended(code: int) -> str:
    """Say that the program has ended."""
    return "the program has ended" if code == 0 else f"the program ended with exit code {code}"


def folder_of(arguments: argparse.Namespace) -> Path:
    """Return the folder whose changes matter."""
    return Path(arguments.script).resolve().parent if arguments.script else Path.cwd()


def name_of(arguments: argparse.Namespace) -> str:
    """Return what the program is called."""
    return Path(arguments.script).stem if arguments.script else str(arguments.module)


def _run_reloading(arguments: argparse.Namespace, command: list[str]) -> int:
    from .run_child import Child, reloaded
    from .run_wait import interruptible

    def tell(text: str) -> None:
        print(f"disruption: {text}", file=sys.stderr, flush=True)

    child = Child(command, os.environ, ended=lambda code: tell(f"{ended(code)}; {WAITING}"))
    with interruptible() as waker, reloaded(child, folder_of(arguments), tell):
        try:
            child.start()
            waker.wait()  # nobody wakes it
        except KeyboardInterrupt:
            pass
        return child.close_at_last()
