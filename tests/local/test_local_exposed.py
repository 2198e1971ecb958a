"""A local Discord that other machines reach: by which names, and by whose pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from raw_gateway import raw

from disruption.local import LocalDiscord
from disruption.local.rest.hosts import allowed_host, allowed_origin

EVERYWHERE = frozenset({"0.0.0.0"})


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord(host="0.0.0.0", exposed=True, hosts=["discord", "chat.test"]) as running:
        yield running


def fetch(url: str, **headers: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False  # no proxy knows this machine
        return session.get(url, headers=headers, timeout=20)


def ask(discord: LocalDiscord, **headers: str) -> requests.Response:
    port = discord.rest_url.split(":")[2].partition("/")[0]
    return fetch(f"http://127.0.0.1:{port}/api/v10/gateway", **headers)


def test_its_addresses_have_its_first_name(discord: LocalDiscord) -> None:
    assert discord.rest_url.startswith("http://discord:")
    assert discord.gateway_url.startswith("ws://discord:")
    assert ask(discord, Host="discord").json()["url"] == discord.gateway_url


def test_without_a_name_they_have_the_address_that_others_know() -> None:
    with LocalDiscord(host="0.0.0.0", exposed=True) as discord:
        assert "0.0.0.0" not in discord.rest_url + discord.gateway_url + discord.page_url
        bot = discord.add_bot("bot")
        assert fetch(f"{discord.rest_url}/users/@me", Authorization=f"Bot {bot.token}").ok
        host, _, port = discord.gateway_url.removeprefix("ws://").rpartition(":")
        assert f"//{host}:" in discord.rest_url
        with raw(f"ws://127.0.0.1:{port}") as client:
            client.identify(bot.token)


@pytest.mark.parametrize("host", ["discord:80", "chat.test", "192.0.2.7:8080", "[2001:db8::7]:1"])
def test_it_answers_to_its_names_and_to_every_address(discord: LocalDiscord, host: str) -> None:
    assert ask(discord, Host=host).status_code == 200
    assert ask(discord, Host=host, Origin=f"http://{host}").status_code == 200


def test_it_does_not_answer_to_other_names_and_foreign_pages(discord: LocalDiscord) -> None:
    assert ask(discord, Host="evil.test").status_code == 403
    for origin in ("http://evil.test", "http://203.0.113.9", "null"):
        assert ask(discord, Host="192.0.2.7", Origin=origin).status_code == 403
    with LocalDiscord() as near:
        assert ask(near, Host="192.0.2.7").status_code == 403


def test_an_address_is_every_address_only_where_that_was_asked_for() -> None:
    assert allowed_host("192.0.2.7:8080", EVERYWHERE)
    assert not allowed_host("192.0.2.7:8080", frozenset({"192.0.2.8"}))
    assert not allowed_host("192.0.2.7.evil.test", EVERYWHERE)
    assert not allowed_origin("http://192.0.2.7", EVERYWHERE)
    assert allowed_origin("http://192.0.2.7", EVERYWHERE, "192.0.2.7:8080")
    assert not allowed_origin("http://")
