"""What holds for every request: prefixes, tokens, errors, rate limits, faults, origins, the log."""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import threading
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests
from local_rest_support import Caller, Stage

from disruption.local import LocalDiscord
from disruption.local.rest.app import _missing_route
from disruption.local.rest.limits import Rule
from disruption.local.world import WorldError


@pytest.mark.parametrize("prefix", ["/api/v10", "/api/v9", "/api"])
def test_every_prefix_leads_to_the_same_routes(stage: Stage, prefix: str) -> None:
    base = stage.bot.base.removesuffix("/api/v10") + prefix
    assert Caller(base, f"Bot {stage.token}").ok("GET", "/users/@me")["id"] == stage.bot_id


def test_what_some_clients_ask_at_login_is_answered(stage: Stage) -> None:
    answer = stage.bot("GET", "/applications/detectable")
    assert (answer.status_code, answer.json()) == (200, [])


def test_other_versions_are_refused(stage: Stage) -> None:
    base = stage.bot.base.removesuffix("/v10") + "/v3"
    assert Caller(base, None).refused("GET", "/gateway") == (400, 50041)


@pytest.mark.parametrize(
    "token", [None, "", "Bot nonsense", "Bearer nonsense", "{token}", "Foo {token}"]
)
def test_wrong_tokens_are_401(stage: Stage, token: str | None) -> None:
    header = token.format(token=stage.token) if token else token
    answer = Caller(stage.bot.base, header)("GET", "/users/@me")
    assert answer.status_code == 401
    assert answer.json() == {"message": "401: Unauthorized", "code": 0}


def test_a_person_asks_with_a_bare_token(stage: Stage) -> None:
    person = Caller(stage.bot.base, stage.world.users.token(stage.ann))
    assert person.ok("GET", "/users/@me")["username"] == "ann"


def test_what_is_not_discords_is_404_and_a_wrong_method_405(stage: Stage) -> None:
    answer = stage.bot("GET", "/no/such/thing")
    assert (answer.status_code, answer.json()) == (404, {"message": "404: Not Found", "code": 0})
    assert stage.bot.refused("PUT", "/gateway") == (405, 0)


def test_what_is_missing_says_501_and_names_its_route() -> None:
    missing = _missing_route("GET", "/not/made/yet")
    with pytest.raises(WorldError, match="GET /not/made/yet") as caught:
        missing.handler(None)
    assert caught.value.status == 501


def test_ids_must_be_ids(stage: Stage) -> None:
    answer = stage.bot("GET", "/channels/general")
    assert answer.status_code == 400
    error = answer.json()["errors"]["channel_id"]["_errors"][0]
    assert error["code"] == "NUMBER_TYPE_COERCE"
    assert error["message"] == 'Value "general" is not snowflake.'


def test_broken_json_and_foreign_content_types(stage: Stage) -> None:
    as_json = {"Content-Type": "application/json"}
    for body in (b"{", b"[" * 100_000, b'{"content": NaN}', b"\xff"):
        refused = stage.bot.refused("POST", stage.messages, data=body, headers=as_json)
        assert refused == (400, 50109)
    as_text = {"Content-Type": "text/plain"}
    assert stage.bot.refused("POST", stage.messages, data=b"{}", headers=as_text) == (400, 50035)


def test_chunked_bodies_are_taken(stage: Stage) -> None:
    body = json.dumps({"content": "in pieces"}).encode()
    as_json = {"Content-Type": "application/json"}
    sent = stage.bot.ok("POST", stage.messages, data=iter([body[:5], body[5:]]), headers=as_json)
    assert sent["content"] == "in pieces"


def test_limits_are_told_in_headers_and_end_with_their_window(limited: Stage) -> None:
    for left in range(4, -1, -1):
        answer = limited.bot("POST", limited.messages, {"content": "x"})
        assert answer.status_code == 200
        assert answer.headers["X-RateLimit-Limit"] == "5"
        assert answer.headers["X-RateLimit-Remaining"] == str(left)
        assert "X-RateLimit-Bucket" in answer.headers
    refused = limited.bot("POST", limited.messages, {"content": "x"})
    assert refused.status_code == 429
    assert refused.headers["Via"]  # without it clients believe to be banned
    assert refused.headers["Content-Type"] == "application/json"
    assert refused.headers["Retry-After"] == "5"
    assert refused.headers["X-RateLimit-Scope"] == "user"
    body = refused.json()
    assert (body["global"], body["retry_after"]) == (False, 5.0)
    limited.discord.clock.advance(body["retry_after"])
    assert limited.bot("POST", limited.messages, {"content": "x"}).status_code == 200


def test_the_global_limit_says_so(limited: Stage) -> None:
    limited.discord.limits.global_limit = 2
    for _ in range(2):
        assert limited.bot("GET", "/users/@me").status_code == 200
    refused = limited.bot("GET", f"/guilds/{limited.guild}")
    assert refused.status_code == 429
    assert refused.headers["X-RateLimit-Global"] == "true"
    assert refused.json()["global"] is True
    record = limited.interact()
    callback = f"/interactions/{record.id}/{record.token}/callback"
    assert limited.bot.ok("POST", callback, {"type": 5}) is None


def test_limits_can_be_set(limited: Stage) -> None:
    limited.discord.limits.rules[("GET", "/users/@me")] = Rule(1, 60.0)
    assert limited.bot("GET", "/users/@me").status_code == 200
    assert limited.bot("GET", "/users/@me").json()["retry_after"] == 60.0


def test_too_many_invalid_requests_end_at_cloudflare(limited: Stage) -> None:
    limited.discord.limits.invalid_limit = 3
    for _ in range(3):
        assert limited.nobody("GET", "/users/@me").status_code == 401
    blocked = limited.bot("GET", "/users/@me")
    assert blocked.status_code == 429
    assert blocked.headers["Content-Type"].startswith("text/html")
    assert "Via" not in blocked.headers
    limited.discord.clock.advance(600)
    assert limited.bot("GET", "/users/@me").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:80"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "[::1]:1"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:9"}, 200),
    ],
)
def test_foreign_pages_are_refused(stage: Stage, headers: dict[str, str], status: int) -> None:
    assert stage.nobody("GET", "/gateway", headers=headers).status_code == status
    origin = stage.bot.base.removesuffix("/api/v10")
    image = requests.get(origin + "/embed/avatars/0.png", headers=headers, timeout=20)
    assert image.status_code == status


def test_faults_answer_for_the_route(stage: Stage) -> None:
    faults = stage.discord.faults
    faults.add("rate_limit", retry_after=0.25, scope="shared", route="^GET /users")
    refused = stage.bot("GET", "/users/@me")
    assert (refused.status_code, refused.json()["retry_after"]) == (429, 0.25)
    assert refused.headers["Via"]
    assert refused.headers["X-RateLimit-Scope"] == "shared"
    faults.add("server_error", status=503)
    assert stage.bot("GET", "/users/@me").status_code == 503
    faults.add("html")
    page = stage.bot("GET", "/users/@me")
    assert (page.status_code, page.headers["Content-Type"]) == (502, "text/html; charset=utf-8")
    faults.add("slow", seconds=0.01)
    assert stage.bot("GET", "/users/@me").status_code == 200
    assert faults.counts == {"rate_limit": 1, "server_error": 1, "html": 1, "slow": 1}


class Heard(logging.Handler):
    """Sets an event when something is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.event = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.event.set()


def test_a_stop_lets_a_slow_answer_be_finished(caplog: pytest.LogCaptureFixture) -> None:
    discord = LocalDiscord().start()
    bot = discord.add_bot()
    channel = discord.world.channels.find("#general") or ""
    discord.faults.add("slow", seconds=3600.0)
    caller = Caller(discord.rest_url, f"Bot {bot.token}")
    happened = Heard()

    def send() -> None:
        with contextlib.suppress(requests.RequestException):  # the connection may be gone
            caller("POST", f"/channels/{channel}/messages", files=[("files[0]", ("a.txt", b"a"))])

    thread = threading.Thread(target=send)
    with caplog.at_level("INFO", "disruption.local"):
        logging.getLogger("disruption.local.faults").addHandler(happened)
        thread.start()
        assert happened.event.wait(30)
        discord.stop()
        thread.join(30)
        logging.getLogger("disruption.local.faults").removeHandler(happened)
    (sent,) = discord.world.messages.list(channel)
    assert sent["attachments"][0]["filename"] == "a.txt"
    assert "failed" not in caplog.text


def test_truncated_answers_were_carried_out(stage: Stage) -> None:
    stage.discord.faults.add("truncated")
    answer = stage.bot("POST", stage.messages, {"content": "half"})
    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.text)
    assert [m["content"] for m in stage.world.messages.list(stage.general)] == ["half"]


@pytest.mark.parametrize(("before", "sent"), [(False, ["cut"]), (True, [])])
def test_resets_cut_the_connection(stage: Stage, before: bool, sent: list[str]) -> None:
    stage.discord.faults.add("reset", before=before)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        stage.bot("POST", stage.messages, {"content": "cut"})
    assert [m["content"] for m in stage.world.messages.list(stage.general)] == sent
    assert stage.discord.requests.wait_for(lambda seen: bool(seen), 10)
    assert [seen.status for seen in stage.discord.requests] == [0]
    assert stage.bot("GET", "/users/@me").status_code == 200


@pytest.mark.parametrize(
    "header",
    ["because %C3%BCn%C3%AF", "because%20%C3%BCn%C3%AF", "because ünï".encode().decode("latin-1")],
)
def test_reasons_are_decoded_in_each_spelling(stage: Stage, header: str) -> None:
    headers = {"X-Audit-Log-Reason": header}
    path = f"/guilds/{stage.guild}/bans/{stage.ann}"
    stage.bot.ok("PUT", path, {}, headers=headers)
    assert stage.bot.ok("GET", path)["reason"] == "because ünï"
    assert stage.discord.requests.find("PUT", "/guilds/{guild_id}/bans/{user_id}")[0].reason == (
        "because ünï"
    )


def test_too_long_reasons_are_refused(stage: Stage) -> None:
    headers = {"X-Audit-Log-Reason": "x" * 513}
    path = f"/guilds/{stage.guild}/bans/{stage.ann}"
    assert stage.bot.refused("PUT", path, {}, headers=headers) == (400, 50035)


def test_the_log_tells_what_was_asked(stage: Stage) -> None:
    stage.bot("POST", stage.messages, {"content": "hi"})
    stage.bot("GET", stage.messages + "/5")
    log = list(stage.discord.requests)
    assert [(seen.method, seen.route, seen.status, seen.code) for seen in log] == [
        ("POST", "/channels/{channel_id}/messages", 200, None),
        ("GET", "/channels/{channel_id}/messages/{message_id}", 404, 10008),
    ]
    assert log[0].body == {"content": "hi"}
    assert log[0].user_id == stage.bot_id
    assert stage.token not in repr(log)


def test_a_client_that_leaves_in_the_middle_does_no_harm(stage: Stage) -> None:
    port = int(stage.bot.base.split(":")[2].partition("/")[0])
    head = (
        f"POST /api/v10{stage.messages} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        raw.sendall(head.encode() + b'{"content"')
    assert stage.bot("GET", "/users/@me").status_code == 200


def test_a_mistake_of_the_server_is_a_500_in_json(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(user_id: str) -> Any:
        raise RuntimeError("broken")

    monkeypatch.setattr(stage.world.users, "me", broken)
    assert stage.bot.refused("GET", "/users/@me") == (500, 0)


def test_every_known_route_is_answered_without_a_crash(stage: Stage) -> None:
    from disruption.local.rest.known_routes import KNOWN_ROUTES

    crashed = []
    for method, path in KNOWN_ROUTES:
        for identity in ("1", stage.general, stage.guild):
            segments = [identity if part.startswith("{") else part for part in path.split("/")]
            answer = stage.bot(method, "/".join(segments), [] if method == "PUT" else {})
            if answer.status_code == 500:
                crashed.append((method, path, identity))
    assert crashed == []


def test_names_and_topics_of_a_channel_change_twice_in_ten_minutes(limited):
    path = f"/channels/{limited.general}"
    for name in ("one", "two", "two"):  # what changes nothing does not count
        limited.bot.ok("PATCH", path, {"name": name})
    refused = limited.bot("PATCH", path, {"name": "three"})
    assert refused.status_code == 429
    assert refused.json()["retry_after"] == 600.0
    assert refused.headers["X-RateLimit-Remaining"] == "1"
    assert refused.headers["Retry-After"] == "600"
    assert refused.headers["Via"]
    assert limited.world.channels.get(limited.general)["name"] == "two"
    limited.bot.ok("PATCH", path, {"topic": "Still free"})
    owner = limited.person(limited.world.guilds.get(limited.guild)["owner_id"])
    for name in ("three", "four", "five"):  # people are not bots
        owner.ok("PATCH", path, {"name": name})
    limited.discord.clock.advance(600)
    limited.bot.ok("PATCH", path, {"name": "three"})


def test_a_429_by_a_fault_is_of_the_bucket_of_its_route(limited):
    usual = limited.bot("POST", limited.messages, {"content": "one"}).headers
    limited.discord.faults.add("rate_limit", retry_after=0.5)
    refused = limited.bot("POST", limited.messages, {"content": "two"})
    assert refused.status_code == 429
    for name in ("X-RateLimit-Bucket", "X-RateLimit-Limit"):
        assert refused.headers[name] == usual[name]
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert refused.headers["X-RateLimit-Reset-After"] == "0.500"


def test_a_clock_that_is_wrong_and_fields_that_nobody_knows(limited):
    usual = limited.bot("GET", "/users/@me").headers
    limited.discord.faults.add("clock_skew", seconds=3600)
    skewed = limited.bot("GET", "/users/@me").headers
    seconds = [parsedate_to_datetime(item["Date"]).timestamp() for item in (usual, skewed)]
    assert 3590 < seconds[1] - seconds[0] < 3700
    resets = [float(item["X-RateLimit-Reset"]) for item in (usual, skewed)]
    assert resets[1] - resets[0] == 3600
    limited.discord.faults.add("unknown_keys")
    assert limited.bot("GET", "/users/@me").json()["disruption_unknown"]


def test_version_9_takes_the_reason_in_the_query(stage):
    path = f"/guilds/{stage.guild}/bans/{stage.ann}?reason=because"
    assert stage.bot("PUT", path).status_code == 204
    assert stage.entries()[-1].get("reason") is None
    stage.world.members.unban(stage.guild, stage.ann)
    old = Caller(stage.bot.base.replace("/v10", "/v9"), f"Bot {stage.token}")
    assert old("PUT", path).status_code == 204
    assert stage.entries()[-1]["reason"] == "because"


@pytest.mark.parametrize("text", ['{"content": "\\ud800"}', '{"content": NaN}', "[" * 5000])
def test_what_python_reads_and_json_is_not(stage, text):
    headers = {"Content-Type": "application/json"}
    assert stage.bot.refused("POST", stage.messages, data=text, headers=headers) == (400, 50109)


def test_pairs_of_surrogates_are_text(stage):
    headers = {"Content-Type": "application/json"}
    sent = stage.bot.ok(
        "POST", stage.messages, data='{"content": "\\ud83d\\ude00"}', headers=headers
    )
    assert sent["content"] == "\N{GRINNING FACE}"
