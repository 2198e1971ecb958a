"""A program in a process of its own: started, stopped, started again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from .run_watch import Tree, Watcher

__all__ = ["Child", "exit_code", "python_environment", "reloaded"]

# A client's stop takes ten seconds at most; who takes longer is told less kindly.
_PATIENCE = 12.0
_LAST = 2.0
_TRACEBACK = "Traceback (most recent call last):"
# On Windows a process group is made and interrupted in ways of its own.
_GROUP: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
_CTRL_C: int = getattr(signal, "CTRL_BREAK_EVENT", signal.SIGINT)


def exit_code(returned: int) -> int:
    """Return the exit code of a process as a shell gives it: 128 and the signal that ended it."""
    return 128 - returned if returned < 0 else returned


class Child:
    """One process at a time.

    It is in a group of its own, so that Ctrl-C reaches it once and through us. Its input, which is
    the person's, is a pipe in which nothing comes, but which ends with this process: see
    `run_program`. Threads: `disruption-run-child` waits for the process, and
    `disruption-run-output` reads what it writes, where somebody wants that; both end with the
    process and are joined by `stop`.

    Args:
        command: What to run.
        environment: Its environment.
        wrote: Called with each line it writes; None lets it write by itself.
        ended: Called with the exit code when it ends and nobody has stopped it.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        wrote: Callable[[str], object] | None = None,
        ended: Callable[[int], object] | None = None,
    ) -> None:
        self._command = list(command)
        self._environment = dict(environment)
        self._wrote = wrote
        self._ended = ended
        self._changed = threading.Condition()  # guards what follows
        self._process: subprocess.Popen[str] | None = None
        self._threads: list[threading.Thread] = []
        self._stopping = False
        self._closed = False
        self._code: int | None = None

    @property
    def code(self) -> int | None:
        """The exit code of the last process that has ended; None while one runs."""
        with self._changed:
            return self._code

    def start(self) -> None:
        """Start the process, unless `close` was called."""
        with self._changed:
            if self._closed:
                return
            piped = self._wrote is not None
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if piped else None,
                stderr=subprocess.STDOUT if piped else None,
                text=True,
                encoding="utf-8",
                errors="replace",
                bufsize=-1,
                start_new_session=True,
                creationflags=_GROUP,
            )
            self._stopping = False
            self._code = None
            self._threads = [self._thread("child", self._wait)]
            if piped:
                self._threads.insert(0, self._thread("output", self._read))
            for thread in self._threads:
                thread.start()

    def stop(self, patience: float = _PATIENCE) -> int | None:
        """End the process: Ctrl-C first, and by force if that does not help.

        Args:
            patience: Seconds that Ctrl-C has.

        Returns:
            Its exit code; None where none was started.
        """
        with self._changed:
            process, threads = self._process, self._threads
            self._stopping = True
        if process is None:
            return None
        for send, seconds in (
            (self._interrupt, patience),
            (process.terminate, _LAST),
            (process.kill, _LAST),
        ):
            with contextlib.suppress(OSError):  # it has just ended
                send()
            with self._changed:
                if self._changed.wait_for(lambda: self._code is not None, seconds):
                    break
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join(_LAST)  # a grandchild may hold the output open
        return self.code

    def close(self, patience: float = _PATIENCE) -> int | None:
        """End the process and let none be started again."""
        with self._changed:
            self._closed = True
        return self.stop(patience)

    def close_at_last(self) -> int:
        """End the process as `close` does, and at once if Ctrl-C is pressed again.

        Returns:
            Its exit code, 0 where none was started.
        """
        try:
            code = self.close()
        except KeyboardInterrupt:
            code = self.close(0.0)
        return code or 0

    def _interrupt(self) -> None:
        process = self._process
        if process is not None and process.poll() is None:
            process.send_signal(_CTRL_C)

    def _thread(self, name: str, target: Callable[[], object]) -> threading.Thread:
        return threading.Thread(target=target, name=f"disruption-run-{name}", daemon=True)

    def _read(self) -> None:
        process, wrote = self._process, self._wrote
        assert process is not None
        assert process.stdout is not None
        assert wrote is not None
        with process.stdout as lines:
            for line in _without_our_interrupt(lines, lambda: self._stopping):
                wrote(line)

    def _wait(self) -> None:
        process, threads = self._process, self._threads
        assert process is not None
        returned = process.wait()
        assert process.stdin is not None
        process.stdin.close()
        for thread in threads[:-1]:
            thread.join(_LAST)  # its last words come before the news of its end
        with self._changed:
            if self._process is not process:
                return  # something it started held its output open, and the next one runs already
            self._code = exit_code(returned)
            stopped = self._stopping
            self._changed.notify_all()
        if not stopped and self._ended is not None:
            self._ended(exit_code(returned))


def _without_our_interrupt(lines: Iterable[str], stopping: Callable[[], bool]) -> Iterator[str]:
    """Leave out the traceback of the Ctrl-C by which we end a program, which is no news.

    Args:
        lines: What it writes.
        stopping: Whether it was told to end.
    """
    held: list[str] = []
    for written in lines:
        line = written.rstrip("\r\n")
        if held and line == "KeyboardInterrupt":
            held.clear()
        elif (held and line.startswith(" ")) or (stopping() and line == _TRACEBACK):
            held.append(line)
        else:
            yield from held
            held.clear()
            yield line
    yield from held


def python_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment for a Python whose output is read line by line."""
    return {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", **(more or {})}


@contextlib.contextmanager
def reloaded(child: Child, folder: Path, tell: Callable[[str], object]) -> Iterator[None]:
    """Start a program again whenever a file in a folder changes, while the block lasts."""

    def restart(names: list[str]) -> None:
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        tell(f"{shown} changed: starting again")
        child.stop()
        try:
            child.start()
        except OSError as error:  # no memory, say; the next change may find some
            tell(f"it could not be started: {error}")

    watcher = Watcher(Tree(folder), restart)
    watcher.start()
    try:
        yield
    finally:
        watcher.stop()
