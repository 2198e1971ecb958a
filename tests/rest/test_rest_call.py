from __future__ import annotations

import socket
import threading
import time
import traceback
from typing import Any

import pytest
from rest_fake import TOKEN, Answer, FakeDiscord, message

from disruption.errors import (
    InvalidArgument,
    NotFound,
    RateLimitExceeded,
    RequestFailed,
    ServerError,
)
from disruption.rest import Rest, Retries

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

    @pytest.mark.parametrize(
        "head", [b"Transfer-Encoding: chunked\r\n\r\n-5\r\n{}", b"Content-Length: \xb2\r\n\r\n{}"]
    )
    def test_or_says_a_length_that_is_none_is_retried(
        self, discord: FakeDiscord, rest: Rest, head: bytes
    ) -> None:
        broken = Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + head)
        discord.answer(broken, Answer(json=message()))
        assert rest.get_channel_message(2, 10).id == 10
        assert rest.counters["rest.failures"] == 1

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
        discord.wait_for_close()
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

    def test_say_how_long_to_wait(self, discord: FakeDiscord, rest: Rest) -> None:
        def busy(seconds: str) -> Answer:
            return Answer(status=503, json={}, headers={"Retry-After": seconds})

        discord.answer(busy("0.3"), busy("Wed, 21 Oct 2026 07:28:00 GMT"), Answer(json={}))
        started = time.monotonic()
        rest.trigger_typing_indicator(2)
        assert time.monotonic() - started >= 0.3
        discord.answer(busy("3600"))
        with pytest.raises(ServerError):
            rest.trigger_typing_indicator(2)
        assert len(discord.requests) == 4

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
