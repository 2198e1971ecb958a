"""The inspector's view: traffic as it goes over the wire, sessions and buckets."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from raw_gateway import raw

from disruption.local import LocalDiscord
from disruption.local.rest.control import KEY_HEADER
from disruption.local.traffic import KEPT, LONGEST, Traffic


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord() as running:
        yield running


def look(discord: LocalDiscord, path: str) -> Any:
    url = discord.rest_url.removesuffix("/api/v10") + "/local" + path
    answer = requests.get(url, headers={KEY_HEADER: discord.page_secret}, timeout=30)
    assert answer.ok, answer.text
    return answer.json()


def test_records_are_numbered_and_the_oldest_are_let_go() -> None:
    traffic = Traffic()
    for number in range(KEPT + 5):
        traffic.add("sent", b"%d" % number)
    records = traffic.after(0)
    assert len(records) == KEPT
    assert records[-1].number == KEPT + 5
    assert [record.payload for record in traffic.after(KEPT + 3)] == [b"1003", b"1004"]


def test_of_a_long_payload_the_beginning_is_kept() -> None:
    traffic = Traffic()
    traffic.add("sent", b"x" * (LONGEST + 1))
    (record,) = traffic.after(0)
    assert (len(record.payload), record.size) == (LONGEST, LONGEST + 1)


def test_a_watcher_is_woken_by_the_next_record() -> None:
    traffic = Traffic()
    found: list[int] = []
    watcher = threading.Thread(
        target=lambda: found.extend(record.number for record in traffic.after(0, 20))
    )
    watcher.start()
    traffic.add("sent", "{}")
    watcher.join(20)
    assert found == [1]


def test_closing_lets_nobody_wait() -> None:
    traffic = Traffic()
    watcher = threading.Thread(target=traffic.after, args=(0, 60))
    watcher.start()
    traffic.close()
    watcher.join(20)
    assert not watcher.is_alive()
    traffic.open()
    assert traffic.after(0, 0) == []


def test_a_waiting_page_does_not_hold_up_the_stop() -> None:
    discord = LocalDiscord().start()
    url = discord.rest_url.removesuffix("/api/v10") + "/local/traffic?after=0&wait=25"
    started = threading.Event()

    def watch() -> None:
        started.set()
        headers = {KEY_HEADER: discord.page_secret}
        with contextlib.suppress(requests.ConnectionError):  # when the stop comes first
            requests.get(url, headers=headers, timeout=30)

    watcher = threading.Thread(target=watch)
    watcher.start()
    started.wait(10)
    discord.stop()
    watcher.join(15)
    assert not watcher.is_alive()


def test_gateway_traffic_shows_both_directions_and_no_token(discord: LocalDiscord) -> None:
    bot = discord.add_bot("helper")
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        client.beat()
    records = look(discord, "/traffic")
    names = [(item["kind"], item["payload"]["op"]) for item in records if item["payload"]]
    assert names[:3] == [("sent", 10), ("received", 2), ("sent", 0)]
    assert ("received", 1) in names
    assert ("sent", 11) in names
    assert records[1]["payload"]["d"]["token"] == "(hidden)"
    assert bot.token not in json.dumps(records)
    ready = records[2]
    assert ready["user_id"] == bot.user_id
    assert ready["connection"] == 1
    assert ready["size"] > 100


def test_a_close_is_shown_with_its_code(discord: LocalDiscord) -> None:
    with raw(discord.gateway_url) as client:
        client.send(99)
        assert client.close_code() == 4001
    closed = [item for item in look(discord, "/traffic") if item["kind"] == "closed"]
    assert closed[0]["facts"]["code"] == 4001


def test_requests_are_shown_with_body_answer_and_limits(discord: LocalDiscord) -> None:
    token = discord.world.user("ann").token
    general = discord.world.channels.find("general")
    requests.post(
        f"{discord.rest_url}/channels/{general}/messages",
        json={"content": "hello"},
        headers={"Authorization": token},
        timeout=10,
    )
    (record,) = look(discord, "/traffic")
    facts = record["facts"]
    assert (facts["method"], facts["status"]) == ("POST", 200)
    assert facts["route"] == "/channels/{channel_id}/messages"
    assert facts["body"] == {"content": "hello"}
    assert facts["limits"]["X-RateLimit-Limit"] == "5"
    assert record["payload"]["content"] == "hello"
    assert look(discord, f"/traffic?after={record['number']}") == []


def test_state_tells_of_sessions_and_buckets(discord: LocalDiscord) -> None:
    bot = discord.add_bot("helper")
    headers = {"Authorization": f"Bot {bot.token}"}
    requests.get(f"{discord.rest_url}/gateway/bot", headers=headers, timeout=10)
    with raw(discord.gateway_url) as client:
        session_id = client.identify(bot.token)["session_id"]
        state = look(discord, "/state")
        (session,) = state["sessions"]
        assert session["user"]["username"] == "helper"
        assert session["connected"] is True
        assert session_id.startswith(session["id"])
        assert session["id"] != session_id
    (bucket,) = state["buckets"]
    assert bucket["name"] == "GET /gateway/bot"
    assert (bucket["used"], bucket["limit"], bucket["who"]) == (1, 2, "helper")


def test_what_is_posted_to_an_endpoint_is_shown_also_when_it_fails(discord: LocalDiscord) -> None:
    pytest.importorskip("nacl", reason="PyNaCl signs what is posted")
    bot = discord.add_bot("helper")
    nobody = "http://127.0.0.1:9/bot"
    discord.world.applications.update(bot.application_id, {"interactions_endpoint_url": nobody})
    discord.world.commands.create(bot.application_id, {"name": "tea", "description": "Tea"})
    discord.world.user("ann").slash("#general", "tea")
    (record,) = look(discord, "/traffic?wait=20")
    assert (record["kind"], record["user_id"]) == ("posted", bot.user_id)
    facts = record["facts"]
    assert (facts["path"], facts["status"], facts["forged"]) == (nobody, 0, False)
    assert facts["body"]["data"]["name"] == "tea"
    assert "refused" in facts["error"]


def test_the_page_learns_what_a_bots_program_needs(discord: LocalDiscord) -> None:
    bot = discord.add_bot("helper")
    shown = look(discord, f"/bots/{bot.user_id}")
    application = discord.world.applications.get(bot.application_id)
    assert shown["token"] == bot.token
    assert shown["public_key"] == application["verify_key"]
    assert shown["client_secret"] == discord.world.applications.secret(bot.application_id)
    assert (shown["user"]["username"], shown["interactions_endpoint_url"]) == ("helper", None)
    url = discord.rest_url.removesuffix("/api/v10") + f"/local/bots/{bot.user_id}"
    assert requests.get(url, timeout=10).status_code == 401  # not without the run's secret
