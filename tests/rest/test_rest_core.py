from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from rest_fake import TOKEN, Answer, FakeDiscord, message

from disruption.errors import (
    BadRequest,
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
from disruption.rest import Rest, anonymous_rest
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
            (b"[1, 2]", "application/json", "JSON, but no object"),
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

    def test_can_be_announced_before_it_comes(self, discord: FakeDiscord, rest: Rest) -> None:
        answer = b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"a": 1}'
        hints = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
        discord.answer(
            Answer(raw=hints + hints + answer),
            Answer(raw=b"HTTP/1.1 100 Continue\r\n\r\n" + answer),
            Answer(json={"b": 2}),
        )
        assert rest.request("GET", "/x") == {"a": 1}
        assert rest.request("GET", "/x") == {"a": 1}
        assert rest.request("GET", "/x") == {"b": 2}

    def test_is_json_of_another_kind(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.default = Answer(body=b"null")
        with pytest.raises(DecodeError, match=r"JSON, but no object: null"):
            rest.get_channel(2)

    def test_can_be_compressed(self, discord: FakeDiscord, rest: Rest) -> None:
        import gzip

        body = gzip.compress(b'{"a": 1}')
        discord.answer(Answer(body=body, headers={"Content-Encoding": "gzip"}))
        assert rest.request("GET", "/x") == {"a": 1}


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


def test_a_name_with_several_addresses_is_tried_to_the_end(discord: FakeDiscord) -> None:
    # localhost is often ::1 first, and the server listens on 127.0.0.1 only.
    with Rest(TOKEN, base_url=f"http://localhost:{discord.port}/api") as rest:
        rest.trigger_typing_indicator(2, timeout=20)
    assert len(discord.requests) == 1


def test_a_body_that_is_no_json_is_refused(discord: FakeDiscord, rest: Rest) -> None:
    for body in ({"a": "\ud800"}, {"a": object()}):
        with pytest.raises(InvalidArgument, match="JSON"):
            rest.request("POST", "/x", json=body)
    assert not discord.requests
