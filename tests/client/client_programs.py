"""Programs that run a bot in a process of their own, for signals, forks and exits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any

from client_bots import PATIENCE

ROOT = str(Path(__file__).parents[2])

_HEAD = """
import faulthandler, logging, os, signal, sys, threading
faulthandler.enable()  # so that SIGABRT shows where it hangs
from disruption import Client, Handler, GatewayError, Rest
logging.basicConfig(level=logging.INFO, format="%(name)s %(message)s")
TOKEN, URL = os.environ["TEST_TOKEN"], os.environ["TEST_URL"]

def say(text):
    print(text + "\\n", end="", flush=True)  # in one piece: several threads say something

class Bot(Handler):
    def on_ready(self, ready):
        say("ready")
    def on_message(self, message):
        say(f"got {message.content}")
        if message.content == "block":
            threading.Event().wait()
"""


class Program:
    """A running program; its output is read line by line by a thread."""

    def __init__(self, code: str, *, token: str, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _HEAD + textwrap.dedent(code)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": ROOT, "TEST_TOKEN": token, "TEST_URL": url},
        )
        self._changed = threading.Condition()
        self.lines: list[str] = []
        self.errors = ""
        self._ended = False  # it prints nothing more
        self._readers = [
            threading.Thread(target=self._read_lines, name="program-out", daemon=True),
            threading.Thread(target=self._read_errors, name="program-err", daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def _read_lines(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._changed:
                self.lines.append(line.rstrip("\n"))
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.errors = self.process.stderr.read()

    def expect(self, line: str) -> None:
        """Wait until the program has printed a line."""
        with self._changed:
            self._changed.wait_for(lambda: line in self.lines or self._ended, PATIENCE)
            if line in self.lines:
                return
        self.end()
        raise AssertionError(f"no {line!r} came, but {self.lines} and\n{self.errors}")

    def interrupt(self, number: int = signal.SIGINT) -> None:
        self.process.send_signal(number)

    def finish(self) -> int:
        """Wait for the end; return the exit code."""
        hangs = False
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            hangs = True
            self.interrupt(signal.SIGABRT)
            code = self.process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        assert not hangs, f"it hung after {self.lines}:\n{self.errors}"
        return code

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.finish()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: Any) -> None:
        self.end()
