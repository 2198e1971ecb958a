"""A `disruption` command at a terminal of its own, and the person who sits at it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

__all__ = ["Terminal", "at_terminal"]

DEADLINE = 60.0  # seconds; only a broken command needs them


@contextmanager
def at_terminal(*arguments: str, env: Mapping[str, str] | None = None) -> Iterator[Terminal]:
    """Run `disruption` with these arguments at a terminal; kill it where it is still there."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "disruption", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,
        env=env,
    )
    os.close(theirs)
    try:
        yield Terminal(ours, process)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


class Terminal:
    def __init__(self, terminal: int, process: subprocess.Popen[bytes]) -> None:
        self._terminal = terminal
        self._process = process

    def type(self, keys: bytes) -> None:
        os.write(self._terminal, keys)

    def read_until(self, enough: Callable[[str], bool], again: bytes = b"") -> str:
        """Read until the text is enough, or the command has closed the terminal.

        `again` is pressed once more whenever nothing happens for a while, as a person would:
        readline misses a Ctrl-C that comes while it draws its line.
        """
        data = b""
        end = time.monotonic() + DEADLINE
        while not enough(data.decode("utf-8", "replace")):
            left = max(0.0, end - time.monotonic())
            pause = min(left, 2.0) if again else left
            readable, _, _ = select.select([self._terminal], [], [], pause)
            if again and not readable and time.monotonic() < end:
                self.type(again)
                continue
            assert readable, f"this is all that came: {data!r}"
            try:
                piece = os.read(self._terminal, 4096)
            except OSError:  # how Linux says that it is closed
                break
            if not piece:
                break
            data += piece
        return data.decode("utf-8", "replace")

    def end(self, again: bytes = b"") -> tuple[int, str]:
        """Wait until the command has ended; return its exit code and what it still wrote."""
        rest = self.read_until(lambda text: False, again)
        return self._process.wait(DEADLINE), rest


def _take_terminal() -> None:
    """Make standard input the terminal that Ctrl-C comes from."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
