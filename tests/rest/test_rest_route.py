from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.errors import InvalidArgument
from disruption.rest.literal import literal_route
from disruption.rest.route import Route, emoji_text, snowflake

REACTION = Route("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}")
EXECUTE = Route("POST", "/webhooks/{webhook_id}/{webhook_token}")
FOLLOWUP = Route("POST", "/webhooks/{application_id}/{interaction_token}", interaction=True)


def test_ids_are_taken_as_numbers_text_and_objects() -> None:
    assert snowflake(5) == snowflake("5") == snowflake(SimpleNamespace(id=5)) == 5


@pytest.mark.parametrize(
    "bad", ["", "abc", "1/2", "..", "-1", "\uff11", "1" * 30, -1, 2**64, None, True, 1.5, b"1"]
)
def test_what_is_no_id_is_refused_by_name(bad: object) -> None:
    with pytest.raises(InvalidArgument, match="channel_id"):
        snowflake(bad, "channel_id")  # type: ignore[arg-type]


def test_a_target_has_path_key_and_major_parameter() -> None:
    target = REACTION("1", 2, "👍")
    assert target.path == "/channels/1/messages/2/reactions/%F0%9F%91%8D"
    assert target.major == "1"
    assert target.key.startswith("DELETE /channels/{channel_id}/messages/{message_id}")


@pytest.mark.parametrize(
    ("emoji", "text"),
    [
        ("👍", "👍"),
        ("name:123", "name:123"),
        ("<:name:123>", "name:123"),
        ("<a:name:123>", "name:123"),
        (SimpleNamespace(id=None, name="🔥"), "🔥"),
        (SimpleNamespace(id=12, name="x"), "x:12"),
    ],
)
def test_emojis_are_taken_in_every_form(emoji: object, text: str) -> None:
    assert emoji_text(emoji) == text


@pytest.mark.parametrize("emoji", ["", ".", "..", "a/b", "abc", None, 5, "../..", "x" * 500])
def test_what_is_no_emoji_is_refused(emoji: object) -> None:
    with pytest.raises(InvalidArgument):
        REACTION(1, 2, emoji)


@given(st.text())
def test_no_text_changes_which_endpoint_is_asked(text: str) -> None:
    try:
        path = REACTION(1, 2, text).path
    except InvalidArgument:
        return
    segments = path.split("/")
    assert segments[:-1] == ["", "channels", "1", "messages", "2", "reactions"]
    assert segments[-1] not in ("", ".", "..")
    assert segments[-1].isascii()


@given(st.text())
def test_no_token_changes_which_endpoint_is_asked(text: str) -> None:
    try:
        target = EXECUTE(1, text)
    except InvalidArgument:
        return
    assert target.path.count("/") == 3
    assert not target.path.endswith(("/.", "/.."))


def test_tokens_are_part_of_the_limits_but_of_no_name() -> None:
    target = EXECUTE(1, "tok-en")
    assert target.major == "1/tok-en"
    assert "tok-en" not in repr(target) + target.key
    assert not EXECUTE.auth
    assert EXECUTE.webhook
    assert FOLLOWUP(7, "abc").major == "7/abc"
    assert not FOLLOWUP.webhook


def test_only_posts_are_not_repeatable() -> None:
    assert REACTION.repeatable
    assert not EXECUTE.repeatable
    assert Route("POST", "/users/@me/channels", repeatable=True).repeatable


def test_the_number_of_values_is_checked() -> None:
    with pytest.raises(InvalidArgument, match="3 values, not 1"):
        REACTION(1)


class TestWrittenOutPaths:
    def test_ids_become_parameters(self) -> None:
        target = literal_route("GET", "/channels/1310000000000000002/messages", ())
        assert target.key == "GET /channels/{channel_id}/messages"
        assert target.major == "1310000000000000002"

    def test_tokens_become_parameters(self) -> None:
        target = literal_route("POST", "/webhooks/1310000000000000002/s3cret/slack", ())
        assert target.key == "POST /webhooks/{webhook_id}/{webhook_token}/slack"
        assert "s3cret" not in repr(target)
        assert not target.route.auth

    def test_placeholders_take_values(self) -> None:
        target = literal_route("GET", "/new/{thing}/x", ("a b/c",))
        assert target.path == "/new/a%20b%2Fc/x"

    @pytest.mark.parametrize(
        "path", ["x", "", "/a?b=c", "/a#b", "/a/../b", "/a//b", "/a b", "/{x}", "/ä", "//evil/x"]
    )
    def test_bad_paths_are_refused(self, path: str) -> None:
        with pytest.raises(InvalidArgument):
            literal_route("GET", path, ())
