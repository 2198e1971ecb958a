"""Webhooks by their address: no client, no token."""

from __future__ import annotations

import pytest

from disruption import InvalidArgument, NotFound, Webhook
from disruption.local import LocalDiscord


@pytest.fixture
def url(local: LocalDiscord) -> str:
    """The address of a webhook on #general."""
    channel = local.world.channel("#general")
    made = local.world.webhooks.create(channel.id, "Backups", local.world.user("ann").id)
    return f"{local.rest_url}/webhooks/{made['id']}/{made['token']}"


def test_a_webhook_sends_edits_and_deletes(local: LocalDiscord, url: str) -> None:
    webhook = Webhook.from_url(url)

    sent = webhook.send("Backup done", username="Nightly")
    local.world.channel("#general").expect("Backup done")
    assert sent.author.username == "Nightly"

    assert webhook.edit_message(sent.id, "Backup failed").content == "Backup failed"
    webhook.delete_message(sent.id)
    assert local.world.channel("#general").history() == []


def test_a_webhook_can_be_fetched(url: str) -> None:
    assert Webhook.from_url(url).fetch().name == "Backups"


def test_a_webhook_pings_nobody_by_default(local: LocalDiscord, url: str) -> None:
    assert not Webhook.from_url(url).send("@everyone look").mention_everyone


def test_a_deleted_webhook_raises_and_is_not_asked_again(local: LocalDiscord, url: str) -> None:
    webhook = Webhook.from_url(url)
    local.world.webhooks.delete(str(webhook.id))

    for _ in range(2):
        with pytest.raises(NotFound):
            webhook.send("Hello?")
    asked = [line for line in local.requests if "/webhooks/" in line.route]
    assert len(asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://discord.com/api/webhooks/123/abc-DEF_g",
        "https://ptb.discord.com/api/v10/webhooks/123/abc-DEF_g",
        "https://discordapp.com/api/webhooks/123/abc-DEF_g?thread_id=5",
        "  https://discord.com/api/webhooks/123/abc-DEF_g/\n",
    ],
)
def test_addresses_as_discord_shows_them(address: str) -> None:
    webhook = Webhook.from_url(address)

    assert (webhook.id, webhook.token) == (123, "abc-DEF_g")
    assert "abc-DEF_g" not in repr(webhook)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://discord.com/api/webhooks/123",
        "https://discord.com/channels/1/2",
        "http://discord.com/api/webhooks/123/abc",
        "https://user@evil.example/api/webhooks/123/abc",
        "https://discord.com/api/webhooks/123/abc/slack",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InvalidArgument):
        Webhook.from_url(address)
