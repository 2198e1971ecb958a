"""The Flask and the Django example under real WSGI servers, used by a person on a local Discord."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from example_process import DEADLINE, ROOT

from disruption.local import LocalDiscord
from disruption.local.server import Bot

HAS_FORK = hasattr(os, "fork")


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord(rate_limits=False) as server:
        yield server


def _environment(discord: LocalDiscord, bot: Bot) -> dict[str, str]:
    application = discord.world.applications.get(bot.application_id)
    return {
        **os.environ,
        "DISCORD_TOKEN": bot.token,
        "DISCORD_PUBLIC_KEY": application["verify_key"],
        "DISRUPTION_REST_URL": discord.rest_url,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'examples'}",
        "PYTHONUNBUFFERED": "1",
    }


def _run(discord: LocalDiscord, bot: Bot, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        env=_environment(discord, bot),
        capture_output=True,
        text=True,
        timeout=2 * DEADLINE,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def _served(discord: LocalDiscord, bot: Bot, path: str, *command: str, ready: str) -> Iterator[str]:
    """Run a server on a free port; tells Discord the address, and yields the site's."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        [sys.executable, *(part.format(address=address) for part in command)],
        env=_environment(discord, bot),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if ready in line:
                break
        else:
            pytest.fail("the server ended")
        changes = {"interactions_endpoint_url": f"http://{address}{path}"}
        discord.endpoints.check(bot.application_id, changes)
        discord.world.applications.update(bot.application_id, changes)
        yield f"http://{address}/"
    finally:
        process.terminate()
        process.communicate(timeout=DEADLINE)


@pytest.mark.slow
def test_flask_under_waitress(discord: LocalDiscord) -> None:
    bot = discord.add_bot("example")
    _run(discord, bot, "-m", "flask", "--app", str(ROOT / "examples/flask_app.py"), "sync")
    serve = (
        "import logging, waitress, flask_app;"
        "logging.basicConfig(level='INFO');"
        "waitress.serve(flask_app.app, listen='{address}', threads=16)"
    )
    ann = discord.world.user("ann")
    with _served(discord, bot, "/discord", "-c", serve, ready="Serving on") as site:
        asked = ann.slash("#general", "drinks").message(DEADLINE)
        ann.click(asked, "Tea")
        assert discord.world.wait_until(lambda: asked.content == "Tea or coffee? 1 : 0", DEADLINE)
        with urllib.request.urlopen(site, timeout=DEADLINE) as page:
            assert json.load(page) == {"tea": 1, "coffee": 0}
        brewing = ann.slash("#general", "brew", seconds=3.2)
        assert brewing.answer(DEADLINE) == 5
        assert brewing.message(DEADLINE).content == "Your tea is ready."


@pytest.mark.slow
@pytest.mark.skipif(not HAS_FORK, reason="gunicorn needs fork")
def test_django_under_gunicorn_with_processes_that_were_forked(discord: LocalDiscord) -> None:
    bot = discord.add_bot("example")
    _run(discord, bot, str(ROOT / "examples/django_app.py"), "sync_commands")
    command = (
        *("-m", "gunicorn", "--preload", "--workers", "2", "--threads", "8"),
        *("--bind", "{address}", "--graceful-timeout", "5", "django_app:application"),
    )
    ann = discord.world.user("ann")
    with _served(discord, bot, "/discord/", *command, ready="Booting worker") as site:
        workers = set()
        for number in range(12):
            answer = ann.slash("#general", "greet", name=f"Ann {number}").message(DEADLINE)
            found = re.fullmatch(rf"Hello Ann {number}, from worker (\d+)", answer.content)
            assert found is not None
            workers.add(found[1])
        assert workers
        with urllib.request.urlopen(site, timeout=DEADLINE) as page:
            assert json.load(page) == {"bot": "disruption"}
