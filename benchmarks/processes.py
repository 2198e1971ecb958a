"""Child processes that talk in JSON lines, with deadlines."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}


class ChildFailed(Exception):
    """A child ended or fell silent; says what it wrote to standard error."""


class Child:
    """A `python -m module arguments` whose output is JSON lines.

    Args:
        module: What to run.
        arguments: Its command line.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self.module = module
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 - lives as long as the child
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            cwd=ROOT,
            env=ENVIRONMENT,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        # Reads until the child's output ends, which stop() makes happen.
        self._reader = threading.Thread(target=self._read, name=f"read-{module}", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def tell(self, word: str) -> None:
        """Write a line to the child."""
        assert self._process.stdin is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()

    def hear(self, timeout: float) -> dict[str, Any]:
        """Wait for the child's next line.

        Raises:
            ChildFailed: It ended, or said nothing for `timeout` seconds.
        """
        try:
            line = self._lines.get(timeout=timeout)
        except queue.Empty:
            raise ChildFailed(self._story(f"said nothing for {timeout:g} s")) from None
        if line is None:
            raise ChildFailed(self._story(f"ended with {self._process.wait(10)}"))
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _story(self, what: str) -> str:
        self._errors.seek(0)
        tail = self._errors.read().strip().splitlines()[-12:]
        return "\n".join([f"{self.module} {what}", *tail])

    def stop(self) -> None:
        """End the child and wait until it has."""
        self._process.kill()
        self._process.wait()
        self._reader.join(timeout=10)
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                stream.close()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
