"""What becomes of a client that serves HTTP when its process forks or ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from disruption.local import LocalDiscord
from disruption.local.server import Bot

HERE = Path(__file__).parent
START = """
import logging, os, sys, threading, time
from wsgi_requests import PUBLIC_KEY, interaction, post
from disruption import Client, InteractionCreate

client = Client(token=os.environ["TOKEN"], rest_url=os.environ["URL"], public_key=PUBLIC_KEY)
client.on(InteractionCreate)(lambda interaction: interaction.respond(str(os.getpid())))

def ask():
    response = post(client.wsgi, interaction())
    assert response.status == 200, response
    assert response.json["data"]["content"] == str(os.getpid()), response
"""


def run(local: LocalDiscord, bot: Bot, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        # From 3.12 on a process with threads is warned when it forks.
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", START + code],
        env={
            **os.environ,
            "TOKEN": bot.token,
            "URL": local.rest_url,
            "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1])]),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.parametrize("before", ["pass", "client.start_http()", "ask()"])
def test_a_forked_child_serves_by_itself(local: LocalDiscord, bot: Bot, before: str) -> None:
    code = f"""
{before}
child = os.fork()
if child == 0:
    try:
        ask()
        ask()
        client.stop()
    except BaseException as error:
        sys.stderr.write(repr(error))
        os._exit(1)
    os._exit(0)
_, status = os.waitpid(child, 0)
assert status == 0
ask()
client.stop()
assert threading.active_count() == 1, threading.enumerate()
"""
    done = run(local, bot, code)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_process_ends_although_nobody_stops_the_client(local: LocalDiscord, bot: Bot) -> None:
    done = run(local, bot, "ask()")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_first_requests_wait_for_the_handlers_setup(local: LocalDiscord, bot: Bot) -> None:
    code = """
from disruption import Handler
order = []
class Mine(Handler):
    def setup(self, client):
        order.append("setup begins")
        entered.set()
        assert go.wait(30)
        order.append("setup ends")
    def on_interaction(self, interaction):
        order.append("handled")
        interaction.respond("hi")
entered, go = threading.Event(), threading.Event()
client = Client(Mine(), os.environ["TOKEN"], rest_url=os.environ["URL"], public_key=PUBLIC_KEY)
client.wsgi
threads = [threading.Thread(target=post, args=(client.wsgi, interaction())) for _ in range(4)]
for thread in threads: thread.start()
assert entered.wait(30)
go.set()
for thread in threads: thread.join()
client.stop()
assert order == ["setup begins", "setup ends"] + ["handled"] * 4, order
"""
    done = run(local, bot, code)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_setup_that_fails_turns_requests_away(local: LocalDiscord, bot: Bot) -> None:
    code = """
logging.disable()
from disruption import Handler
class Mine(Handler):
    def setup(self, client):
        raise ZeroDivisionError
client = Client(Mine(), os.environ["TOKEN"], rest_url=os.environ["URL"], public_key=PUBLIC_KEY)
assert post(client.wsgi, interaction()).status == 503
assert threading.active_count() == 1
"""
    done = run(local, bot, code)
    assert (done.returncode, done.stderr) == (0, "")


def test_tasks_run_where_the_client_is_started_not_where_a_request_comes(
    local: LocalDiscord, bot: Bot
) -> None:
    code = """
logging.getLogger("disruption.tasks").setLevel("ERROR")  # a run may be late on a loaded machine
ran = threading.Event()
client.every(seconds=0.01)(ran.set)
ask()
assert not ran.wait(0.2)
client.start_http()
assert ran.wait(30)
client.stop()
assert threading.active_count() == 1, threading.enumerate()
"""
    done = run(local, bot, code)
    assert (done.returncode, done.stderr) == (0, "")
