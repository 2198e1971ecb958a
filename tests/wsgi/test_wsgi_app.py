"""What the app says to whom: pings, forged requests, replays, webhook events."""

from __future__ import annotations

import json
import time
from queue import Queue
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey
from wsgi_requests import PUBLIC_KEY, call, environ_of, interaction, post, sign

from disruption import (
    ApplicationAuthorized,
    ApplicationDeauthorized,
    Client,
    EntitlementCreate,
    Handler,
    InteractionCreate,
    InvalidArgument,
    LobbyMessageDelete,
    UnknownEvent,
    WSGIApp,
)
from disruption.local import LocalDiscord
from disruption.local.server import Bot

USER = {"id": "3", "username": "ann", "discriminator": "0", "avatar": None}


def event(name: str, data: Any) -> dict[str, Any]:
    body = {"type": name, "timestamp": "2026-11-24T20:00:00.000000", "data": data}
    return {"version": 1, "application_id": "7", "type": 1, "event": body}


def test_a_ping_is_answered(app: WSGIApp) -> None:
    response = post(app, {"id": "1", "application_id": "7", "type": 1, "token": "x", "version": 1})
    assert (response.status, response.json) == (200, {"type": 1})
    assert response.headers["Content-Type"] == "application/json"


def test_a_ping_may_come_twice(app: WSGIApp) -> None:
    environ = environ_of(b'{"id": "1", "type": 1}')
    assert call(app, dict(environ)).status == 200
    environ["wsgi.input"].seek(0)
    assert call(app, environ).status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", ""])
def test_only_post_is_taken(app: WSGIApp, method: str) -> None:
    response = call(app, environ_of(b"", method=method))
    assert response.status == 405
    assert response.headers["Allow"] == "POST"


PING = b'{"id": "1", "type": 1}'
FORGED: dict[str, dict[str, Any]] = {
    "no signature": {"HTTP_X_SIGNATURE_ED25519": None},
    "no timestamp": {"HTTP_X_SIGNATURE_TIMESTAMP": None},
    "an odd signature": {"signature": "abc"},
    "somebody else's signature": {"signature": sign(PING, "1", SigningKey(bytes(32)))},
    "a signature of zeros": {"signature": "0" * 128},
    "a timestamp in words": {"timestamp": "now"},
    "an old timestamp": {"timestamp": str(int(time.time()) - 400)},
    "a future timestamp": {"timestamp": str(int(time.time()) + 4000)},
    "a wrong length": {"CONTENT_LENGTH": "3"},
    "too long a length": {"CONTENT_LENGTH": "300"},
    "no length": {"CONTENT_LENGTH": ""},
    "a length in words": {"CONTENT_LENGTH": "many"},
    "latin-1 in the signature": {"signature": "\xff" * 128},
}


@pytest.mark.parametrize("how", FORGED)
def test_what_discord_did_not_send_gets_401(app: WSGIApp, client: Client, how: str) -> None:
    response = call(app, environ_of(PING, **FORGED[how]))
    assert response.status == 401
    assert client.counters.total("http.refused") == 1
    assert client.counters["http.requests"] == 0


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    body=st.binary(max_size=60),
    signature=st.text(st.characters(max_codepoint=255), max_size=130),
    timestamp=st.text(st.characters(max_codepoint=255), max_size=20),
    length=st.text(st.characters(max_codepoint=255), max_size=6),
)
def test_no_request_is_an_error_of_ours(
    app: WSGIApp, body: bytes, signature: str, timestamp: str, length: str
) -> None:
    environ = environ_of(body, signature=signature, timestamp=timestamp, CONTENT_LENGTH=length)
    assert call(app, environ).status in (401, 413)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff",
        b'{"type": "x"}',
        b'{"type": 2, "id": "5"}',
        b'{"type": 2, "id": "5", "token": ""}',
        b'{"type": 2, "id": {}}',
        b'{"type": 1, "event": 5}',
        b'{"type": 1, "event": {"type": "APPLICATION_AUTHORIZED", "data": 5}}',
        b"[" * 100_000,
    ],
)
def test_signed_nonsense_is_a_bad_request(app: WSGIApp, client: Client, body: bytes) -> None:
    client.on(InteractionCreate, ApplicationAuthorized)(lambda event: None)
    assert call(app, environ_of(body)).status in (400, 401)


def test_a_body_that_is_too_large_is_not_taken(client: Client) -> None:
    app = client.wsgi_app(max_body=100)
    assert call(app, environ_of(b"x" * 101)).status == 413
    assert app.handle(b"x" * 101, signature="", timestamp="").status == 413


def test_an_interaction_is_taken_once(app: WSGIApp, client: Client) -> None:
    client.on(InteractionCreate)(lambda interaction: interaction.respond("hi"))
    payload = interaction()
    assert post(app, payload).json["type"] == 4
    assert post(app, payload).status == 401
    assert client.counters["http.replays"] == 1


def test_an_interaction_that_nothing_listens_to_is_not_waited_for(app: WSGIApp) -> None:
    assert post(app, interaction()).status == 404


def test_webhook_events_are_pinged_and_dispatched(app: WSGIApp, client: Client) -> None:
    events: Queue[Any] = Queue()
    client.on(
        ApplicationAuthorized,
        ApplicationDeauthorized,
        EntitlementCreate,
        LobbyMessageDelete,
        UnknownEvent,
    )(events.put)
    ping = {"version": 1, "application_id": "7", "type": 0}
    assert post(app, ping).status == 204
    sent = [
        ("APPLICATION_AUTHORIZED", {"integration_type": 1, "scopes": ["bot"], "user": USER}),
        ("APPLICATION_DEAUTHORIZED", {"user": USER}),
        ("ENTITLEMENT_CREATE", {"id": "1", "sku_id": "2", "application_id": "7", "type": 8}),
        ("LOBBY_MESSAGE_DELETE", {"id": "1", "lobby_id": "2"}),
        ("QUEST_USER_ENROLLMENT", None),
    ]
    for name, data in sent:
        response = post(app, event(name, data))
        assert (response.status, response.body) == (204, b"")
    got = [events.get(timeout=30) for _ in sent]
    by_class = {type(each): each for each in got}
    assert set(by_class) == {
        ApplicationAuthorized,
        ApplicationDeauthorized,
        EntitlementCreate,
        LobbyMessageDelete,
        UnknownEvent,
    }
    assert by_class[ApplicationAuthorized].user.username == "ann"
    assert by_class[UnknownEvent].name == "QUEST_USER_ENROLLMENT"


def test_a_webhook_event_that_is_sent_again_is_taken_once(app: WSGIApp, client: Client) -> None:
    events: Queue[Any] = Queue()
    client.on(ApplicationDeauthorized)(events.put)
    body = json.dumps(event("APPLICATION_DEAUTHORIZED", {"user": USER})).encode()
    for timestamp in (int(time.time()), int(time.time()) - 60):  # a retry is signed anew
        assert call(app, environ_of(body, timestamp=str(timestamp))).status == 204
    assert client.counters["http.replays"] == 1
    assert client.dispatcher.wait_idle(30)
    assert events.qsize() == 1


def test_events_reach_the_handlers_methods_too(local: LocalDiscord, bot: Bot) -> None:
    got: Queue[str] = Queue()

    class Mine(Handler):
        def setup(self, client: Client) -> None:
            got.put("setup")

        def on_entitlement_create(self, entitlement: EntitlementCreate) -> None:
            got.put(str(entitlement.sku_id))

    with Client(Mine(), bot.token, rest_url=local.rest_url, public_key=PUBLIC_KEY).serving() as it:
        data = {"id": "1", "sku_id": "2", "application_id": "7", "type": 8}
        assert post(it.wsgi, event("ENTITLEMENT_CREATE", data)).status == 204
        assert [got.get(timeout=30), got.get(timeout=30)] == ["setup", "2"]


class TestTheKey:
    def test_comes_from_the_environment(
        self, local: LocalDiscord, bot: Bot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DISCORD_PUBLIC_KEY", PUBLIC_KEY)
        client = Client(None, bot.token, rest_url=local.rest_url)
        assert call(client.wsgi, environ_of(PING)).status == 200
        client.stop()

    def test_is_asked_for_where_nobody_gave_it(self, local: LocalDiscord, bot: Bot) -> None:
        local.world.applications.update(bot.application_id, {"verify_key": PUBLIC_KEY})
        client = Client(None, bot.token, rest_url=local.rest_url)
        assert call(client.wsgi, environ_of(PING)).status == 200
        assert call(client.wsgi, environ_of(PING, timestamp="1")).status == 401
        client.stop()

    def test_that_cannot_be_asked_for_is_no_error_of_the_caller(self) -> None:
        client = Client(None, "x" * 60, rest_url="http://127.0.0.1:9/api/v10")
        assert call(client.wsgi, environ_of(PING)).status == 503
        assert client.counters["http.unavailable"] == 1
        client.stop()

    def test_that_cannot_be_one_is_refused(self, client: Client) -> None:
        with pytest.raises(InvalidArgument, match="public_key"):
            client.wsgi_app("abc")


def test_options_that_cannot_work_are_refused(client: Client) -> None:
    for options in ({"answer_within": 3}, {"answer_within": -1}, {"max_body": 0}):
        with pytest.raises(InvalidArgument):
            client.wsgi_app(**options)


def test_what_is_no_request_of_discord_starts_nothing(app: WSGIApp, client: Client) -> None:
    assert call(app, environ_of(PING, signature="abc")).status == 401
    assert not client._running


def test_after_a_stop_requests_are_turned_away(app: WSGIApp, client: Client) -> None:
    assert call(app, environ_of(PING)).status == 200
    client.stop()
    assert call(app, environ_of(PING)).status == 503
    client.start_http()
    assert call(app, environ_of(PING)).status == 200
