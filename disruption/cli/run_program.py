"""What ``disruption run`` has Python run: the program, quiet at Ctrl-C, and never left behind.

It is run by its path, so that nothing of this package is imported before the program's own
imports:

    python run_program.py {alone|watched} (SCRIPT | -m MODULE) [ARGUMENT ...]

``watched`` says that standard input is a pipe from whoever started the program. It ends when that
process does, however it does, on every system; the program is then interrupted as by Ctrl-C.
"""

from __future__ import annotations

import contextlib
import io
import os
import runpy
import signal
import sys
import threading
from importlib.machinery import SourceFileLoader
from types import ModuleType, TracebackType

__all__ = ["command"]

# A client's stop takes ten seconds at most.
_PATIENCE = 12.0


def command(target: list[str], *, watched: bool) -> list[str]:
    """Return what to run for a program.

    Args:
        target: What would follow ``python``: a script or ``-m`` and a module, and its arguments.
        watched: Whether its standard input will be a pipe that ends with this process.
    """
    return [sys.executable, os.path.abspath(__file__), "watched" if watched else "alone", *target]


def _main(how: str, target: list[str]) -> None:
    if how == "watched":
        _watch_parent()
    sys.excepthook = _tell
    module = target[1] if target[0] == "-m" else None
    sys.argv = target if module is None else target[1:]
    here = os.path.dirname(os.path.realpath(__file__))
    if sys.path and os.path.realpath(sys.path[0]) == here:  # Python's, for this file
        folder = os.path.dirname(os.path.realpath(target[0]))
        sys.path[0] = folder if module is None else os.getcwd()
    if module is not None:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    elif os.path.isfile(target[0]):
        _run_script(os.path.abspath(target[0]))
    else:
        runpy.run_path(os.path.abspath(target[0]), run_name="__main__")


def _run_script(path: str) -> None:
    """Run a script as Python would; `runpy` makes it part of a package without a name.

    Such a package is what Flask's reloader would try to start again.
    """
    main = ModuleType("__main__")
    main.__file__ = path
    main.__loader__ = SourceFileLoader("__main__", path)
    sys.modules["__main__"] = main
    with io.open_code(path) as file:
        code = compile(file.read(), path, "exec", dont_inherit=True)
    exec(code, vars(main))


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print an uncaught exception as Python does for a program that it runs itself."""
    if issubclass(kind, KeyboardInterrupt):
        return
    ours = (__file__, runpy.__file__, "<frozen runpy>")
    while trace is not None and trace.tb_frame.f_code.co_filename in ours:
        trace = trace.tb_next
    sys.__excepthook__(kind, error.with_traceback(trace), trace)


def _watch_parent() -> None:
    """Keep the pipe for ourselves, so that the program has no input, and read it in a thread.

    ``disruption-run-parent`` is a daemon, for it must not keep the program alive.
    """
    pipe = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    threading.Thread(
        target=_end_with, args=(pipe,), name="disruption-run-parent", daemon=True
    ).start()


def _end_with(pipe: int) -> None:
    with contextlib.suppress(OSError):
        while os.read(pipe, 512):
            pass
    with contextlib.suppress(OSError, ValueError):  # what it writes may have nowhere to go
        print("disruption: what ran this program is gone: stopping", file=sys.stderr, flush=True)
    if sys.platform == "win32":
        import _thread

        _thread.interrupt_main()
    else:
        os.kill(os.getpid(), signal.SIGINT)
    threading.Event().wait(_PATIENCE)
    os._exit(130)  # it did not mind


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2:])
