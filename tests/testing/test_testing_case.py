"""`DiscordTestCase`, as unittest runs it."""

from __future__ import annotations

import unittest

import pytest
from testing_bot import Bot

from disruption import Client
from disruption.testing import DiscordTestCase


class Ping(DiscordTestCase):
    bot_factory = Bot
    discord_options = {"timeout": 20.0}  # noqa: RUF012

    def test_ping(self) -> None:
        self.discord.user("ann").say("!ping")
        self.discord.channel().expect("Pong!")
        assert isinstance(self.bot, Client)


class NoBot(DiscordTestCase):
    def test_talk(self) -> None:
        self.discord.user("ann").say("hello")
        assert not hasattr(self, "bot")


def _function() -> Client:
    return Client(Bot())


class Function(Ping):
    bot_factory = _function


class Method(Ping):
    def bot_factory(self, token: str) -> Client:
        return Client(Bot(), token)


class Broken(DiscordTestCase):
    bot_factory = Bot

    def test_crash(self) -> None:
        self.discord.user("ann").say("!crash")


class Forgiven(Broken):
    allow_handler_errors = True


class NeverMade(DiscordTestCase):
    bot_factory = "nobot:client"

    def test_it(self) -> None:
        raise AssertionError("it did not get here")


def outcome(case: type[unittest.TestCase]) -> unittest.TestResult:
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    assert result.testsRun == 1
    return result


# pytest would run them as well, the broken ones too
CASES = [Ping, NoBot, Function, Method, Forgiven]
for _case in (*CASES, Broken, NeverMade, DiscordTestCase):
    _case.__test__ = False  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", CASES)
def test_passes(case: type[unittest.TestCase]) -> None:
    result = outcome(case)
    assert result.wasSuccessful(), (result.errors, result.failures)


def test_an_error_in_a_handler_is_a_failure() -> None:
    result = outcome(Broken)
    ((_, text),) = result.failures
    assert "A handler raised ValueError('this bot is broken') on MESSAGE_CREATE" in text
    assert not result.errors


def test_a_bot_that_cannot_be_made_is_an_error() -> None:
    ((_, text),) = outcome(NeverMade).errors
    assert "there is no module 'nobot'" in text
