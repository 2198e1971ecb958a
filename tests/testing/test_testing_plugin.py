"""The pytest plugin, in runs of pytest of its own."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import disruption
import disruption.testing.models  # loaded here, or each inner run loads it anew
import disruption.testing.recorder
from disruption.local import Clock  # noqa: F401
from disruption.testing import Discord  # noqa: F401

pytest_plugins = ["pytester"]

ROOT = Path(disruption.__file__).parents[1]

BOT = """
import os
from disruption import Client, Handler, MessageCreate

class MyBot(Handler):
    def on_message(self, message: MessageCreate) -> None:
        if message.content == "!ping":
            message.reply("Pong!")
        if message.content == "!crash":
            raise ValueError("this bot is broken")

def make_client():
    return Client(MyBot())

if "DISCORD_TOKEN" in os.environ:
    client = make_client()
"""

PING = """
def test_ping(bot, discord):
    discord.user("ann").say("!ping")
    discord.channel().expect("Pong!")
"""

FIXTURE = """
import pytest
from mybot import MyBot

@pytest.fixture
def bot_factory():
    return MyBot
"""


def arguments() -> list[str]:
    """Return what loads the plugin where this package is not installed."""
    known = {item.name for item in entry_points(group="pytest11")}
    return [] if "disruption" in known else ["-p", "disruption.testing.plugin"]


def run(pytester: pytest.Pytester, *more: str) -> pytest.RunResult:
    # The plugin of hypothesis takes seconds to say that it has nothing to say.
    quick = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
    return pytester.runpytest_inprocess(*arguments(), *quick, *more)


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with a bot; what is imported in it is forgotten."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makepyfile(mybot=BOT)
    pytester.syspathinsert()
    return pytester


def test_a_fixture_makes_the_bot(folder: pytest.Pytester) -> None:
    folder.makepyfile(FIXTURE + PING)
    run(folder).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    "factory",
    [
        "mybot.MyBot",
        "mybot.MyBot()",
        "mybot.make_client",
        "lambda **options: mybot.Client(mybot.MyBot(), **options)",
        "lambda token, rest_url: mybot.Client(mybot.MyBot(), token, rest_url=rest_url)",
        "'mybot:client'",
        "'mybot:MyBot'",
        "'mybot.py:make_client'",
    ],
)
def test_a_marker_makes_the_bot(folder: pytest.Pytester, factory: str) -> None:
    mark = f"import mybot, pytest\npytestmark = pytest.mark.bot(factory={factory})\n"
    folder.makepyfile(mark + PING + PING.replace("test_ping", "test_again"))
    run(folder).assert_outcomes(passed=2)


def test_a_setting_makes_the_bot(folder: pytest.Pytester) -> None:
    folder.makeini("[pytest]\ndiscord_bot = mybot:client\ndiscord_timeout = 3\n")
    folder.makepyfile(PING + "    assert discord.timeout == 3\n")
    run(folder).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("factory", "told"),
    [
        (None, "No bot is known. Either write a fixture bot_factory"),
        ("lambda: 3", "made 3, which is no client"),
        ("3", "3 makes no client"),
        ("'mybot'", "is no 'module:name'"),
        ("'nobot:client'", "there is no module 'nobot'"),
        ("'mybot:nothing'", "the module has no 'nothing'"),
        (
            "lambda: mybot.Client(rest_url='http://127.0.0.1:9/api/v10')",
            "would connect to http://127.0.0.1:9/api/v10",
        ),
    ],
)
def test_no_bot_says_what_to_do(folder: pytest.Pytester, factory: str | None, told: str) -> None:
    mark = f"import mybot, pytest\npytestmark = pytest.mark.bot(factory={factory})\n"
    mark = mark if factory else ""
    folder.makepyfile(mark + PING)
    result = run(folder)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(f"*{told.replace('[', '[[]')}*")


def test_a_marker_without_a_factory_is_told_of(folder: pytest.Pytester) -> None:
    folder.makepyfile("import pytest\npytestmark = pytest.mark.bot(factry=1)\n" + PING)
    result = run(folder)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines("*No bot is known (the marker bot says factry, and no factory).*")


def test_a_failed_expectation_explains_itself(folder: pytest.Pytester) -> None:
    folder.makepyfile(FIXTURE + PING.replace('"Pong!")', '"Ping!", timeout=0.2)'))
    result = run(folder)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            '>*discord.channel().expect("Ping!", timeout=0.2)',
            "E*No bot said 'Ping!' in #general within 0.2 s.",
            "E*bot: 'Pong!'  (its text is 'Pong!')",
            "E*MESSAGE_CREATE → bot: ann: '!ping'",
        ]
    )
    result.stdout.no_fnmatch_line("*What happened on Discord*")
    result.stdout.no_fnmatch_line("*def expect(*")


def test_any_other_failure_is_explained_below(folder: pytest.Pytester) -> None:
    folder.makepyfile(FIXTURE + PING + "    assert False\n")
    result = run(folder)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*What happened on Discord*", "*general  ann: '!ping'"])


def test_an_error_in_a_handler_fails_the_test(folder: pytest.Pytester) -> None:
    folder.makepyfile(FIXTURE + PING.replace("!ping", "!crash").replace("Pong!", "x"))
    folder.makepyfile(
        test_quiet=FIXTURE + 'def test_it(bot, discord):\n    discord.user("ann").say("!crash")\n'
    )
    result = run(folder)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "E*A handler failed: ValueError('this bot is broken') on MESSAGE_CREATE.",
            "*HandlersFailed: A handler raised ValueError('this bot is broken') on MESSAGE_CREATE",
        ]
    )


def test_an_error_can_be_allowed_or_expected(folder: pytest.Pytester) -> None:
    folder.makepyfile(
        FIXTURE
        + """
@pytest.mark.allow_handler_errors
def test_allowed(bot, discord):
    discord.user("ann").say("!crash")

def test_expected(bot, discord):
    discord.user("ann").say("!crash")
    discord.expect_error(ValueError, "broken")
"""
    )
    run(folder, "--strict-markers").assert_outcomes(passed=2)


def test_an_error_while_the_bot_stops_is_not_lost(folder: pytest.Pytester) -> None:
    folder.makepyfile(
        FIXTURE
        + """
from disruption import ClientStopped, MessageCreate

class Late(MyBot):
    def setup(self, client):
        self.client = client

    def on_message(self, message):
        try:
            self.client.wait_for(MessageCreate, timeout=60)
        except ClientStopped:
            raise KeyError("too late") from None

def test_late(request, discord):
    with discord.running(Late):
        discord.user("ann").say("!wait")
        discord.settle()
"""
    )
    result = run(folder)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines("*A handler raised KeyError('too late') on MESSAGE_CREATE")


def test_a_marker_sets_up_the_discord(folder: pytest.Pytester) -> None:
    folder.makepyfile(
        """
import pytest
from disruption.local import Clock

@pytest.mark.discord(clock=Clock(start=1_700_000_000, running=False), timeout=1)
class TestTime:
    def test_stands_still(self, discord):
        message = discord.user("ann").say("hello")
        assert message.data["timestamp"] == "2023-11-14T22:13:20+00:00"[:19] + ".000000+00:00"
        assert discord.timeout == 1

    @pytest.mark.discord(timeout=2, rate_limits=True)
    def test_the_nearest_marker_wins(self, discord):
        assert discord.timeout == 2
        assert discord.local.limits.enabled
"""
    )
    run(folder).assert_outcomes(passed=2)


def test_a_recorder_needs_no_server(folder: pytest.Pytester) -> None:
    folder.makepyfile(
        """
from mybot import MyBot
from disruption.testing import make_message

def test_it(recorder):
    MyBot().on_message(make_message("!ping", recorder=recorder))
    assert recorder.last["content"] == "Pong!"
"""
    )
    run(folder).assert_outcomes(passed=1)


def test_it_loads_nothing_until_a_fixture_is_used() -> None:
    code = (
        "import sys, disruption.testing.plugin\n"
        "print({'flask', 'websockets', 'requests', 'msgspec', 'websocket'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "set()\n", done.stderr


@pytest.mark.slow
def test_it_runs_in_parallel(folder: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    many = "@pytest.mark.parametrize('n', range(12))" + PING.replace("(bot", "(n, bot")
    folder.makepyfile(FIXTURE + many)
    quick = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
    result = folder.runpytest_subprocess(*arguments(), "-n2", *quick)
    result.assert_outcomes(passed=12)
