"""Each example does what it says, driven by a person on a local Discord."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from example_process import DEADLINE, Example

from disruption.local import ExpectationFailed, LocalDiscord


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord(rate_limits=False) as server:
        yield server


def test_ping_answers_and_stops_at_ctrl_c(discord: LocalDiscord) -> None:
    ann, general = discord.world.user("ann"), discord.world.channel("#general")
    with Example("ping", discord) as example:
        example.wait_online()
        ann.say(general, "!ping")
        general.expect("Pong!", timeout=DEADLINE)
        example.interrupt()
        code, _, errors = example.finish()
    assert code != 0, "start() raises KeyboardInterrupt again"
    assert "KeyboardInterrupt" in errors


def test_echo_receives_in_four_ways(discord: LocalDiscord) -> None:
    ann, general = discord.world.user("ann"), discord.world.channel("#general")
    with Example("echo_four_ways", discord) as example:
        example.wait_line("ready")
        for way in ("method", "function", "loop"):
            ann.say(general, f"!{way} hello")
            general.expect(f"{way}: hello", timeout=DEADLINE)
        ann.say(general, "!wait")
        general.expect("I am listening.", timeout=DEADLINE)
        for _ in range(30):  # what is said before the bot listens is not heard, as with people
            ann.say(general, "hello")
            try:
                general.expect("wait: hello", timeout=DEADLINE / 30)
                break
            except ExpectationFailed:
                continue
        else:
            pytest.fail("the bot that waits never answered")
        example.interrupt()
        assert example.finish() == (0, "", "")


def test_embedding_works_on_while_the_bot_answers(discord: LocalDiscord) -> None:
    ann, general = discord.world.user("ann"), discord.world.channel("#general")
    with Example("embedding", discord) as example:
        example.wait_line("ready")
        ann.say(general, "!status")
        general.expect(re.compile(r"^\d+ jobs done$"), timeout=DEADLINE)
        ann.say(general, "!stop")
        general.expect(re.compile(r"^Stopping after \d+ jobs$"), timeout=DEADLINE)
        code, output, errors = example.finish()
    assert (code, errors) == (0, "")
    assert re.fullmatch(r"\d+ jobs done\n", output)


def test_webhook_reports_without_client_or_token(discord: LocalDiscord) -> None:
    world = discord.world
    ann, general = world.user("ann"), world.channel("#general")
    webhook = world.webhooks.create(general.id, "Reports", ann.id)
    url = f"{discord.rest_url}/webhooks/{webhook['id']}/{webhook['token']}"
    with Example("webhook", discord, DISCORD_WEBHOOK=url, DISCORD_TOKEN="") as example:
        assert example.finish() == (0, "", "")
    message = general.expect("Backup: done", timeout=DEADLINE)
    assert message.author == "Backup"
    assert [item["filename"] for item in message.data["attachments"]] == ["report.txt"]
