"""A user's program, loaded as far as its client but not run."""

from __future__ import annotations

import contextlib
import os
import runpy
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..client import Client

__all__ = ["CannotLoad", "load_client"]

_LOADED = "__disruption_loaded__"  # what a program is called that is only looked at


class CannotLoad(Exception):
    """The program could not be loaded, or there is no client in it; the text says why."""


class _Runs(BaseException):
    """The program has come to where its client connects; no ``except Exception`` takes it."""


def load_client(script: str | None, module: str | None, name: str | None = None) -> Client:
    """Load a program until it would connect, and return its client.

    It is imported first, so that what is under ``if __name__ == "__main__":`` does not run. Where
    that makes no client it is run as a program, as far as ``client.run()``.

    Args:
        script: The program, bot.py.
        module: A module instead.
        name: Which client, by the name of its variable or of its own; needed for several.

    Raises:
        CannotLoad: It raised an error, there is no client, or there are several.
    """
    shown = script if script is not None else f"module {module}"
    if script is not None and not Path(script).is_file():
        raise CannotLoad(f"there is no file {script}")
    found: dict[str, Client] = {}
    for run_name in (_LOADED, "__main__"):
        found = _clients(script, module, run_name, str(shown))
        if found:
            break
    if name is not None:
        chosen = [client for key, client in found.items() if name in (key, client.name)]
    else:
        defining = [client for client in _different(found) if len(client.commands)]
        chosen = defining or _different(found)
    if len(chosen) == 1:
        return chosen[0]
    if not found:
        raise CannotLoad(
            f"{shown} makes no Client that can be found: have one in a variable at its top, or "
            "let it connect when the program is run"
        )
    names = ", ".join(found)
    if not chosen:
        raise CannotLoad(f"{shown} has no client {name!r}; it has {names}")
    raise CannotLoad(f"{shown} has several clients ({names}): name one with --client")


def _different(found: dict[str, Client]) -> list[Client]:
    return list({id(client): client for client in found.values()}.values())


def _clients(
    script: str | None, module: str | None, run_name: str, shown: str
) -> dict[str, Client]:
    """Run a program until a client connects; return its clients by their names."""
    from ..client import Client
    from ..commands.sync import SyncReport

    connecting: list[Client] = []

    def connect(client: Client, *_: Any, **__: Any) -> None:
        connecting.append(client)
        raise _Runs

    def sync(client: Client, **_: Any) -> SyncReport:
        connecting.append(client)
        return SyncReport()

    values: dict[str, Any] = {}
    with (
        _replaced(Client, "connect", connect),
        _replaced(Client, "sync_commands", sync),
        _as_program(script),
    ):
        try:
            if script is not None:
                values = runpy.run_path(script, run_name=run_name)
            else:
                values = runpy.run_module(str(module), run_name=run_name, alter_sys=True)
        except _Runs:
            pass
        except SystemExit as error:
            if not connecting:
                raise CannotLoad(f"{shown} has ended itself: sys.exit({error.code!r})") from None
        except Exception as error:
            if connecting and isinstance(error.__context__, _Runs):
                pass  # what the program says when its client ends
            else:
                raise CannotLoad(_told(error, shown)) from error
    found = {key: value for key, value in values.items() if isinstance(value, Client)}
    known = {id(client) for client in found.values()}
    return {**found, **{one.name: one for one in connecting if id(one) not in known}}


@contextlib.contextmanager
def _replaced(cls: type, name: str, function: Callable[..., object]) -> Iterator[None]:
    """Let a method be another one meanwhile."""
    before = getattr(cls, name)
    setattr(cls, name, function)
    try:
        yield
    finally:
        if name in vars(cls):
            delattr(cls, name)
        if getattr(cls, name, None) is not before:  # it was the class's own, not inherited
            setattr(cls, name, before)


@contextlib.contextmanager
def _as_program(script: str | None) -> Iterator[None]:
    """Let the program see itself as if it had been started, and put all back.

    What it prints goes where errors go: the output is ours.
    """
    argv, path = sys.argv, list(sys.path)
    folder = Path(script).resolve().parent if script is not None else Path.cwd()
    sys.argv = [script or "-m"]
    sys.path.insert(0, os.fspath(folder))
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        sys.argv, sys.path[:] = argv, path


def _told(error: Exception, shown: str) -> str:
    """Return an error with the place in the user's program where it happened."""
    from ..commands.errors import CommandDefinitionError
    from ..errors import DisruptionError

    if isinstance(error, CommandDefinitionError):  # says by itself where
        return f"{shown} cannot be loaded: {error}"

    own = os.fspath(Path(__file__).resolve().parents[1])
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith((own, "<frozen")) and frame.filename != runpy.__file__
    ]
    where = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    kind = "" if isinstance(error, DisruptionError) else f"{type(error).__name__}: "
    if isinstance(error, SyntaxError) and error.filename:
        where = f" ({error.filename}:{error.lineno})"
        return f"{shown} cannot be loaded: {kind}{error.msg}{where}"
    return f"{shown} cannot be loaded: {kind}{error}{where}"
