"""An example as a user would run it: a process of its own, pointed at a local Discord."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from disruption.local import LocalDiscord

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 30.0  # seconds; only a broken example needs them


class Example:
    """Runs ``examples/NAME.py``; ends it with Ctrl-C at the latest when its block ends."""

    def __init__(self, name: str, discord: LocalDiscord, **environment: str) -> None:
        account = discord.add_bot("example")
        self._bot_id = account.user_id
        self._world = discord.world
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "examples" / f"{name}.py")],
            env={
                **os.environ,
                "DISCORD_TOKEN": account.token,
                "DISRUPTION_REST_URL": discord.rest_url,
                "PYTHONPATH": str(ROOT),
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Example:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        _, errors = self._process.communicate()
        if error is not None and errors:
            print(errors, file=sys.stderr)  # pytest shows it with the failure

    def wait_online(self) -> None:
        """Wait until the bot has a session."""
        (guild_id,) = self._world.guilds.all()
        assert self._world.wait_until(
            lambda: self._bot_id in self._world.presences.online(guild_id), DEADLINE
        )

    def wait_line(self, expected: str) -> None:
        """Read a line of its output."""
        assert self._process.stdout is not None
        assert self._process.stdout.readline().rstrip("\n") == expected

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._process.send_signal(signal.SIGINT)

    def finish(self) -> tuple[int, str, str]:
        """Wait for its end; return exit code, the rest of its output, and its errors."""
        output, errors = self._process.communicate(timeout=DEADLINE)
        return self._process.returncode, output, errors
