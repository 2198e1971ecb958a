"""``disruption local``: it says where it is, serves until it is told to end, keeps its world."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from disruption.cli.other_libraries import SETTINGS

DEADLINE = 60.0  # seconds; only a broken command needs them


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, list[str]]]]:
    """Run the command, and yield it with what it says about itself."""
    command = [sys.executable, "-m", "disruption", "local", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as process:
        try:
            yield process, _facts(process)
        finally:
            process.kill()


def _facts(process: subprocess.Popen[str]) -> dict[str, list[str]]:
    facts: dict[str, list[str]] = {}
    assert process.stdout is not None
    for line in process.stdout:
        key, _, value = line.strip().partition(" ")
        facts.setdefault(key, []).append(value.strip())
        if key == "bot":
            return facts
    return facts


@pytest.mark.slow
def test_it_serves_until_it_is_told_to_end_and_keeps_its_world(tmp_path: Path) -> None:
    path = tmp_path / "world.json"
    with running("--world", str(path), "--bot", "helper:my-token") as (process, facts):
        assert facts["bot"] == ["helper: my-token"]
        me = requests.get(
            f"{facts['REST'][0]}/users/@me",
            headers={"Authorization": "Bot my-token"},
            timeout=DEADLINE,
        )
        assert me.json()["username"] == "helper"
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE) == 0
    assert json.loads(path.read_text())["format"] == "disruption local world"
    with running("--world", str(path), "--save", str(tmp_path / "b.json")) as (process, facts):
        assert facts["bot"] == ["helper: my-token"]
        process.send_signal(signal.SIGINT)
        assert process.wait(DEADLINE) == 0
    assert (tmp_path / "b.json").exists()


def ends(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "disruption", "local", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE)


@pytest.mark.slow
def test_what_cannot_be_begun_says_why(tmp_path: Path) -> None:
    seed = tmp_path / "seed.json"
    seed.write_text('{"guild": []}')
    done = ends("--world", str(seed))
    assert done.returncode == 2
    assert "'guild', which is none of users, bots, guilds" in done.stderr
    done = ends("--host", "0.0.0.0")
    assert done.returncode == 2
    assert "exposed" in done.stderr
    for option in ("--port", "--gateway-port"):
        done = ends(option, "99999")
        assert done.returncode == 2
        assert f"{option}: '99999' is no port" in done.stderr


@pytest.mark.slow
def test_it_tells_how_each_library_is_pointed_at_it() -> None:
    with running("--env") as (process, facts):
        assert process.stdout is not None
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
    for library in SETTINGS:
        assert f"\n  {library}\n" in rest
    assert f'rest_url="{facts["REST"][0]}"' in rest
