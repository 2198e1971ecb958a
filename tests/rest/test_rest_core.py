from __future__ import annotations

import logging
import os
import pickle
import socket
import threading
import time
import traceback
from pathlib import Path
from typing import Any

import pytest
from rest_fake import TOKEN, Answer, FakeDiscord, message

from disruption.errors import (
    BadRequest,
    ClientStopped,
    DecodeError,
    Forbidden,
    HTTPError,
    InvalidArgument,
    InvalidToken,
    NotFound,
    RateLimitExceeded,
    RequestFailed,
    ServerError,
    Unauthorized,
)
from disruption.rest import Rest, Retries, anonymous_rest
from disruption.types import Message

SECRET = "webhook-s3cret"


def limited(
    remaining: int, *, limit: int = 5, reset: float = 1e9, after: float = 5.0
) -> dict[str, str]:
    return {
        "X-RateLimit-Bucket": "bucket",
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": "1000000000.000",
        "X-RateLimit-Reset-After": f"{after:.3f}",
    }


class TestARequest:
    def test_has_what_discord_demands(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.answer(Answer(json=message()))
        made = rest.create_message(2, content="hello")
        request = discord.requests[0]
        assert isinstance(made, Message)
        assert made.id == 10
        assert request.method == "POST"
        assert request.path == "/api/v10/channels/2/messages"
        assert request.headers["Authorization"] == f"Bot {TOKEN}"
        assert request.headers["User-Agent"].startswith("DiscordBot (https://")
        assert request.headers["Content-Type"] == "application/json"
        assert "Cookie" not in request.headers

    def test_that_makes_an_object_binds_it(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.default = Answer(json=message())
        rest.create_message(2, content="hello").delete()
        assert discord.requests[1].method == "DELETE"
        assert rest.rest is rest

    def test_has_its_reason_encoded(self, discord: FakeDiscord, rest: Rest) -> None:
        rest.delete_message(2, 3, reason="because ünï\n")
        assert discord.requests[0].headers["X-Audit-Log-Reason"] == "because%20%C3%BCn%C3%AF%0A"

    def test_with_a_reason_too_long_is_refused(self, rest: Rest) -> None:
        with pytest.raises(InvalidArgument, match="512"):
            rest.delete_message(2, 3, reason="x" * 513)

    def test_keeps_its_connection(self, discord: FakeDiscord, rest: Rest) -> None:
        for _ in range(3):
            rest.trigger_typing_indicator(2)
        assert len({request.connection for request in discord.requests}) == 1

    def test_sends_no_cookie_back(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.answer(Answer(json={}, headers={"Set-Cookie": "__cfuid=1; path=/"}))
        rest.trigger_typing_indicator(2)
        rest.trigger_typing_indicator(2)
        assert "Cookie" not in discord.requests[1].headers

    def test_of_any_kind_can_be_made(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.answer(Answer(json={"new": True}), Answer(status=204))
        assert rest.request("get", "/new/{thing}", "a/b", query={"x": [1, 2], "y": True}) == {
            "new": True
        }
        assert rest.request("POST", "/channels/123456789/x", json={"a": 1}) is None
        assert discord.requests[0].path == "/api/v10/new/a%2Fb?x=1&x=2&y=true"
        assert discord.requests[1].json == {"a": 1}
        with pytest.raises(InvalidArgument, match="method"):
            rest.request("TRACE", "/x")

    def test_does_not_read_the_netrc(
        self, discord: FakeDiscord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login somebody password else\n")
        netrc.chmod(0o600)
        monkeypatch.setenv("NETRC", str(netrc))
        with Rest(TOKEN, base_url=discord.url) as rest:
            rest.trigger_typing_indicator(2)
        assert discord.requests[0].headers["Authorization"] == f"Bot {TOKEN}"

    def test_goes_through_the_proxy_that_it_is_given(self, discord: FakeDiscord) -> None:
        proxy = f"http://127.0.0.1:{discord.port}"
        with Rest(TOKEN, base_url="http://discord.invalid/api/v10", proxy=proxy) as rest:
            rest.trigger_typing_indicator(2)
        path = discord.requests[0].path
        assert path == "http://discord.invalid/api/v10/channels/2/typing"

    def test_reads_the_proxy_of_the_environment_once(
        self, discord: FakeDiscord, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{discord.port}")
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{discord.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        with Rest(TOKEN, base_url="http://discord.invalid/api/v10") as rest:
            monkeypatch.delenv("HTTP_PROXY")
            monkeypatch.delenv("http_proxy")
            rest.trigger_typing_indicator(2)
        assert len(discord.requests) == 1


class TestAToken:
    @pytest.mark.parametrize("bad", ["", " ", "a b", "a\n", " a", "ä", "Bot "])
    def test_that_cannot_be_one_is_refused_and_not_shown(self, bad: str) -> None:
        with pytest.raises(InvalidToken) as caught:
            Rest(bad)
        assert "a b" not in str(caught.value)

    def test_comes_from_the_environment(
        self, discord: FakeDiscord, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DISCORD_TOKEN", "from-the-environment")
        monkeypatch.setenv("DISRUPTION_REST_URL", discord.url + "/")
        with Rest() as rest:
            rest.trigger_typing_indicator(2)
        assert discord.requests[0].headers["Authorization"] == "Bot from-the-environment"

    def test_that_is_missing_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("DISCORD_TOKEN", raising=False)
        with pytest.raises(InvalidToken, match="DISCORD_TOKEN"):
            Rest()

    def test_that_is_refused_is_not_tried_again(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.default = Answer(status=401, json={"message": "401: Unauthorized", "code": 0})
        for _ in range(3):
            with pytest.raises(Unauthorized):
                rest.get_current_user()
        with Rest(TOKEN, base_url=discord.url) as other, pytest.raises(Unauthorized):
            other.get_current_user()
        assert len(discord.requests) == 1
        rest.open()
        with pytest.raises(Unauthorized):
            rest.get_current_user()
        assert len(discord.requests) == 2

    def test_is_not_needed_for_webhooks(self, discord: FakeDiscord) -> None:
        rest = anonymous_rest(discord.url)
        assert anonymous_rest(discord.url) is rest
        rest.execute_webhook(1, "secret", content="x")
        assert "Authorization" not in discord.requests[0].headers
        with pytest.raises(InvalidToken):
            rest.get_current_user()

    def test_is_not_sent_where_a_webhook_has_its_own(
        self, discord: FakeDiscord, rest: Rest
    ) -> None:
        rest.execute_webhook(1, "secret", content="x")
        assert "Authorization" not in discord.requests[0].headers


@pytest.mark.parametrize(
    "url", ["", "ftp://x/y", "x", "http://", "http://a:b@c/", "http://a/?b=c", "http://a:99999999"]
)
def test_a_base_url_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(InvalidArgument, match="base_url"):
        Rest(TOKEN, base_url=url)


class TestAnError:
    def test_has_its_fields_flattened(self, discord: FakeDiscord, rest: Rest) -> None:
        nested = {
            "embeds": {
                "0": {
                    "title": {
                        "_errors": [
                            {
                                "code": "BASE_TYPE_MAX_LENGTH",
                                "message": "Must be 256 or fewer in length.",
                            }
                        ]
                    }
                }
            }
        }
        discord.answer(
            Answer(
                status=400,
                json={"code": 50035, "message": "Invalid Form Body", "errors": nested},
                headers=limited(4),
            )
        )
        with pytest.raises(BadRequest) as caught:
            rest.create_message(2, content="x")
        error = caught.value
        assert error.code == 50035
        assert error.bucket == "bucket"
        assert error.route == "/channels/{channel_id}/messages"
        assert "embeds.0.title: Must be 256 or fewer in length. (BASE_TYPE_MAX_LENGTH)" in str(
            error
        )
        assert pickle.loads(pickle.dumps(error)).errors == error.errors

    @pytest.mark.parametrize(
        ("status", "kind"),
        [
            (400, BadRequest),
            (403, Forbidden),
            (404, NotFound),
            (405, HTTPError),
            (503, ServerError),
        ],
    )
    def test_has_its_class(
        self, discord: FakeDiscord, rest: Rest, status: int, kind: type[HTTPError]
    ) -> None:
        discord.default = Answer(status=status, json={"code": 1, "message": "no"})
        with pytest.raises(kind) as caught:
            rest.get_channel(2)
        assert caught.value.status == status

    @pytest.mark.parametrize(
        ("body", "kind", "said"),
        [
            (b"<html><head><title>502 Bad\n Gateway</title>", "text/html", "502 Bad Gateway"),
            (b"", "text/html", "empty body"),
            (b'{"code": 50', "application/json", "cut off"),
            (b"[1, 2]", "application/json", "cut off or broken"),
            (b"\xff\xfe\x00", "", "no content type"),
            (b"nope", "text/plain", "nope"),
        ],
    )
    def test_can_be_anything(
        self, discord: FakeDiscord, rest: Rest, body: bytes, kind: str, said: str
    ) -> None:
        discord.default = Answer(status=403, body=body, headers={"Content-Type": kind})
        with pytest.raises(Forbidden) as caught:
            rest.get_channel(2)
        assert said in str(caught.value)

    def test_is_a_redirect_which_is_not_followed(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.answer(
            Answer(status=302, json={}, headers={"Location": f"{discord.url}/elsewhere"})
        )
        with pytest.raises(HTTPError, match="redirect"):
            rest.get_channel(2)
        assert len(discord.requests) == 1


class TestASuccessThatIsBroken:
    @pytest.mark.parametrize(
        ("body", "kind"),
        [(b"<title>Hotel Wi-Fi</title>", "text/html"), (b'{"id": "10", "chan', "application/json")],
    )
    def test_is_asked_for_again_and_then_raised(
        self, discord: FakeDiscord, rest: Rest, body: bytes, kind: str
    ) -> None:
        broken = Answer(body=body, headers={"Content-Type": kind})
        discord.answer(broken, Answer(json=message()))
        assert rest.get_channel_message(2, 10).id == 10
        assert rest.counters["rest.bad_bodies"] == 1
        discord.default = broken
        with pytest.raises(DecodeError):
            rest.get_channel_message(2, 10)

    def test_is_not_asked_for_again_where_that_would_do_it_twice(
        self, discord: FakeDiscord, rest: Rest
    ) -> None:
        discord.default = Answer(body=b"<html>")
        with pytest.raises(DecodeError):
            rest.execute_webhook(1, "t", content="x", wait=True)
        assert len(discord.requests) == 1

    def test_is_larger_than_anything_sane(self, discord: FakeDiscord, rest: Rest) -> None:
        rest._http._max_body = 1000
        discord.default = Answer(body=b" " * 2000)
        with pytest.raises(RequestFailed, match="larger"):
            rest.get_channel(2)

    def test_is_a_decompression_bomb(self, discord: FakeDiscord, rest: Rest) -> None:
        import gzip

        rest._http._max_body = 100_000
        bomb = gzip.compress(b" " * 10_000_000)
        discord.default = Answer(body=bomb, headers={"Content-Encoding": "gzip"})
        with pytest.raises(RequestFailed, match="larger"):
            rest.get_channel(2)

    def test_can_be_compressed(self, discord: FakeDiscord, rest: Rest) -> None:
        import gzip

        body = gzip.compress(b'{"a": 1}')
        discord.answer(Answer(body=body, headers={"Content-Encoding": "gzip"}))
        assert rest.request("GET", "/x") == {"a": 1}


class TestAConnectionThatBreaks:
    def test_before_the_answer_is_retried_where_that_is_safe(
        self, discord: FakeDiscord, rest: Rest
    ) -> None:
        discord.answer(Answer(reset=True), Answer(reset=True), Answer(json=message()))
        assert rest.get_channel_message(2, 10).id == 10
        assert rest.counters["rest.retries"] == 2

    def test_in_the_middle_of_the_answer_is_retried(self, discord: FakeDiscord, rest: Rest) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"
        discord.answer(Answer(raw=head), Answer(raw=head, reset=True), Answer(json=message()))
        assert rest.get_channel_message(2, 10).id == 10

    def test_does_not_send_a_message_twice(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.answer(Answer(reset=True), Answer(json=message()))
        rest.create_message(2, content="x")
        first, second = (request.json for request in discord.requests)
        assert first["nonce"] == second["nonce"]
        assert len(first["nonce"]) <= 25
        assert first["enforce_nonce"] is True

    def test_does_not_repeat_what_may_have_been_done(
        self, discord: FakeDiscord, rest: Rest
    ) -> None:
        discord.answer(Answer(reset=True))
        with pytest.raises(RequestFailed) as caught:
            rest.execute_webhook(1, SECRET, content="x")
        assert caught.value.maybe_processed
        assert len(discord.requests) == 1
        assert SECRET not in "".join(traceback.format_exception(caught.value))

    def test_while_idle_is_no_failure_even_for_what_cannot_be_repeated(
        self, discord: FakeDiscord, rest: Rest
    ) -> None:
        discord.answer(Answer(json={}, close=True))
        rest.execute_webhook(1, "t", content="x")
        rest.execute_webhook(1, "t", content="x")
        assert len({request.connection for request in discord.requests}) == 2

    def test_means_that_a_deletion_not_found_the_second_time_was_done(
        self, discord: FakeDiscord, rest: Rest
    ) -> None:
        discord.answer(Answer(reset=True), Answer(status=404, json={"code": 10008}))
        rest.delete_message(2, 3)
        discord.answer(Answer(status=404, json={"code": 10008}))
        with pytest.raises(NotFound):
            rest.delete_message(2, 3)

    def test_that_never_stood_says_that_nothing_was_sent(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        url = f"http://127.0.0.1:{port}/api/v10"
        with Rest(TOKEN, base_url=url, retries=Retries(attempts=2, backoff=0.001)) as rest:
            with pytest.raises(RequestFailed) as caught:
                rest.execute_webhook(1, SECRET, content="x")
            assert not caught.value.maybe_processed
            assert isinstance(caught.value.__cause__, ConnectionRefusedError)
            assert rest.counters["rest.failures"] == 2


class TestServerErrors:
    def test_are_retried(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.answer(Answer(status=500, json={}), Answer(status=502, body=b""), Answer(json={}))
        rest.trigger_typing_indicator(2)
        assert len(discord.requests) == 3

    def test_are_raised_in_the_end(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.default = Answer(status=503, json={})
        with pytest.raises(ServerError):
            rest.trigger_typing_indicator(2)
        assert len(discord.requests) == 5

    def test_do_not_repeat_what_may_have_been_done(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.default = Answer(status=502, json={})
        with pytest.raises(ServerError):
            rest.execute_webhook(1, "t", content="x")
        assert len(discord.requests) == 1


class TestADeadline:
    def test_ends_a_call_whose_answer_never_comes(self, discord: FakeDiscord, rest: Rest) -> None:
        never = threading.Event()
        discord.default = Answer(wait=never, json={})
        started = time.monotonic()
        with pytest.raises(RequestFailed, match=r"within 0\.3 s") as caught:
            rest.get_channel(2, timeout=0.3)
        assert time.monotonic() - started < 10
        assert isinstance(caught.value.__cause__, TimeoutError)
        never.set()

    def test_ends_a_call_whose_answer_comes_in_drops(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            over = threading.Event()

            def drip() -> None:
                while not over.is_set():
                    try:
                        conn, _ = server.accept()
                    except OSError:
                        return
                    with conn:
                        conn.recv(65536)
                        try:
                            conn.sendall(b"HTTP/1.1 200 OK\r\n")
                            number = 0
                            while not over.wait(0.05):
                                number += 1
                                conn.sendall(b"X-%d: y\r\n" % number)
                        except OSError:
                            continue

            thread = threading.Thread(target=drip)
            thread.start()
            url = f"http://127.0.0.1:{server.getsockname()[1]}/api/v10"
            try:
                with Rest(TOKEN, base_url=url) as rest, pytest.raises(RequestFailed):
                    rest.get_channel(2, timeout=0.5)
            finally:
                over.set()
                server.shutdown(socket.SHUT_RDWR)
            thread.join(10)
            assert not thread.is_alive()

    def test_ends_a_call_that_would_wait_too_long_for_its_limit_at_once(
        self, discord: FakeDiscord, rest: Rest
    ) -> None:
        discord.answer(Answer(json={}, headers=limited(0, after=3600)))
        rest.trigger_typing_indicator(2)
        with pytest.raises(RateLimitExceeded) as caught:
            rest.trigger_typing_indicator(2, timeout=100)
        assert 3500 < caught.value.retry_after <= 3601
        assert len(discord.requests) == 1

    def test_ends_a_call_whose_429_is_too_long(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.default = Answer(
            status=429,
            json={"message": "slow", "retry_after": 3600, "global": False},
            headers={"X-RateLimit-Scope": "shared", "Retry-After": "3600"},
        )
        with pytest.raises(RateLimitExceeded) as caught:
            rest.trigger_typing_indicator(2, timeout=10)
        assert caught.value.scope == "shared"
        assert rest.counters["rest.invalid_requests"] == 0

    @pytest.mark.parametrize("bad", [0, -1, float("nan"), float("inf"), "1"])
    def test_must_make_sense(self, rest: Rest, bad: Any) -> None:
        with pytest.raises(InvalidArgument, match="timeout"):
            rest.get_channel(2, timeout=bad)


class TestA429:
    def test_is_waited_out(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.answer(
            Answer(status=429, json={"retry_after": 0.01}, headers={"X-RateLimit-Scope": "user"}),
            Answer(json={}),
        )
        rest.trigger_typing_indicator(2)
        assert rest.counters["rest.rate_limited.user"] == 1

    def test_that_is_not_json_is_of_the_address(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.answer(
            Answer(status=429, body=b"error code: 1015", headers={"Retry-After": "3600"})
        )
        with pytest.raises(RateLimitExceeded) as caught:
            rest.trigger_typing_indicator(2, timeout=30)
        assert caught.value.scope == "address"

    def test_comes_again_and_again(self, discord: FakeDiscord) -> None:
        discord.default = Answer(status=429, json={"retry_after": 0.001})
        with (
            Rest(TOKEN, base_url=discord.url, retries=Retries(rate_limited=3)) as rest,
            pytest.raises(RateLimitExceeded),
        ):
            rest.trigger_typing_indicator(2)
        assert len(discord.requests) == 4


class TestWebhooksThatAreGone:
    def test_are_not_asked_again(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.default = Answer(status=404, json={"code": 10015, "message": "Unknown Webhook"})
        for _ in range(3):
            with pytest.raises(NotFound):
                rest.execute_webhook(1, "t", content="x")
        assert len(discord.requests) == 1
        with pytest.raises(NotFound):
            rest.execute_webhook(1, "other", content="x")
        assert len(discord.requests) == 2

    def test_are_another_thing_than_interactions_without_answer(
        self, discord: FakeDiscord, rest: Rest
    ) -> None:
        discord.answer(Answer(status=404, json={"code": 10015}))
        with pytest.raises(NotFound):
            rest.create_followup_message(1, "t", content="x")
        discord.answer(Answer(json=message()))
        rest.create_followup_message(1, "t", content="x")


def test_too_many_invalid_requests_stop_everything(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(status=403, json={"code": 50013, "message": "Missing Permissions"})
    rest._open_limiter.guard.invalid.limit = 3
    for _ in range(3):
        with pytest.raises(Forbidden):
            rest.get_channel(2)
    with pytest.raises(RateLimitExceeded, match="IP address"):
        rest.get_channel(2)
    assert len(discord.requests) == 3


class TestSecrets:
    def test_are_in_no_log_error_or_repr(
        self, discord: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        seen: list[str] = []

        def failing(call: Any) -> None:
            with pytest.raises(Exception) as caught:  # noqa: PT011
                call()
            seen.append("".join(traceback.format_exception(caught.value)))
            error: BaseException | None = caught.value
            while error is not None:
                seen.append(repr(error) + str(error) + repr(vars(error)))
                error = error.__cause__ or error.__context__

        quick = Retries(attempts=2, backoff=0.001)
        with Rest(TOKEN, base_url=discord.url, retries=quick) as rest:
            seen.append(repr(rest))
            discord.answer(Answer(json={}))
            rest.execute_webhook(1, SECRET, content="x")
            discord.default = Answer(reset=True)
            failing(lambda: rest.execute_webhook(1, SECRET, content="x"))
            failing(lambda: rest.edit_webhook_message(1, SECRET, 2, content="x"))
            failing(lambda: rest.create_followup_message(1, SECRET, content="x"))
            failing(lambda: rest.create_interaction_response(1, SECRET, 5))
            failing(lambda: rest.get_current_user())
            discord.default = Answer(status=500, body=f"/webhooks/1/{SECRET}".encode())
            failing(lambda: rest.get_webhook_with_token(1, SECRET))
            failing(lambda: rest.request("POST", f"/webhooks/12345/{SECRET}"))
            failing(lambda: rest.get_webhook_with_token(1, SECRET + "\n"))
        with Rest(TOKEN, base_url="http://127.0.0.1:9/api", retries=quick) as rest:
            failing(lambda: rest.get_webhook_with_token(1, SECRET))
        text = "\n".join(seen) + caplog.text
        text += "".join(str(record.__dict__) for record in caplog.records)
        assert "urllib3" in {record.name.partition(".")[0] for record in caplog.records}
        assert "s3cret" not in text

    def test_are_not_pickled(self, rest: Rest) -> None:
        with pytest.raises(TypeError, match="pickle"):
            pickle.dumps(rest)


class TestClosing:
    def test_wakes_those_that_wait(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.answer(Answer(json={}, headers=limited(0, after=3600)))
        rest.trigger_typing_indicator(2)
        caught: list[BaseException] = []

        def call() -> None:
            try:
                rest.trigger_typing_indicator(2)
            except ClientStopped as error:
                caught.append(error)

        threads = [threading.Thread(target=call) for _ in range(5)]
        for thread in threads:
            thread.start()
        rest.close()
        for thread in threads:
            thread.join(10)
        assert len(caught) == 5
        with pytest.raises(ClientStopped):
            rest.get_channel(3)
        rest.open()
        discord.default = Answer(json={"id": "3", "type": 0})
        assert rest.get_channel(3).id == 3

    def test_starts_and_leaves_no_thread(self, discord: FakeDiscord) -> None:
        before = threading.active_count()
        with Rest(TOKEN, base_url=discord.url):
            assert threading.active_count() == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_has_connections_of_its_own(discord: FakeDiscord, rest: Rest) -> None:
    rest.trigger_typing_indicator(2)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            rest.trigger_typing_indicator(2)
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    rest.trigger_typing_indicator(2)
    connections = [request.connection for request in discord.requests]
    assert connections[0] == connections[2] != connections[1]
