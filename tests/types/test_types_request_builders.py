"""Polls, attachments and allowed mentions built by hand."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.errors import InvalidArgument
from disruption.types import (
    AllowedMentions,
    AttachmentRequest,
    PartialRole,
    PartialUser,
    PollAnswer,
    PollCreateRequest,
    PollMedia,
)


def test_a_poll_is_built() -> None:
    poll = PollCreateRequest.build(
        "Lunch?",
        [
            "Pizza",
            PollMedia.of("Salad", emoji="🥗"),
            PollAnswer(poll_media=PollMedia.of("Cake", emoji="<:cake:9>")),
        ],
        hours=2,
        multiselect=True,
    )
    assert poll.to_dict() == {
        "question": {"text": "Lunch?"},
        "answers": [
            {"poll_media": {"text": "Pizza"}},
            {"poll_media": {"text": "Salad", "emoji": {"id": None, "name": "🥗"}}},
            {"poll_media": {"text": "Cake", "emoji": {"id": "9", "name": "cake"}}},
        ],
        "duration": 2,
        "allow_multiselect": True,
    }


@pytest.mark.parametrize(
    ("question", "answers", "hours", "path"),
    [
        ("x" * 301, ["a"], 1, r"poll\.question\.text must be at most 300"),
        (" ", ["a"], 1, r"poll\.question\.text must be at least 1"),
        ("?", [], 1, r"poll\.answers: at least 1"),
        ("?", ["a"] * 11, 1, r"poll\.answers: at most 10"),
        ("?", ["a", "x" * 56], 1, r"poll\.answers\.1\.poll_media\.text"),
        ("?", ["a", ""], 1, r"poll\.answers\.1\.poll_media\.text"),
        ("?", ["a"], 0, r"poll\.duration"),
        ("?", ["a"], 32 * 24 + 1, r"poll\.duration must be between 1 and 768"),
        ("?", "abc", 1, r"poll\.answers must be a list"),
    ],
)
def test_a_poll_that_discord_refuses_is_refused(
    question: str, answers: Any, hours: int, path: str
) -> None:
    with pytest.raises(InvalidArgument, match=path):
        PollCreateRequest.build(question, answers, hours=hours)


def test_the_longest_poll_is_taken() -> None:
    PollCreateRequest.build("x" * 300, ["x" * 55] * 10, hours=768)


def test_an_emoji_must_be_one() -> None:
    with pytest.raises(InvalidArgument):
        PollMedia.of("x", emoji=":cake:")


# Mentions --------------------------------------------------------------------------------


def test_mentions_have_short_names() -> None:
    assert AllowedMentions.none().to_dict() == {"parse": [], "replied_user": False}
    assert AllowedMentions.all().to_dict() == {
        "parse": ["roles", "users", "everyone"],
        "replied_user": True,
    }
    only = AllowedMentions.only(
        users=[1, "2", PartialUser(id=3)], roles=[PartialRole(id=4)], replied_user=True
    )
    assert only.to_dict() == {
        "parse": [],
        "users": ["1", "2", "3"],
        "roles": ["4"],
        "replied_user": True,
    }
    assert AllowedMentions.only(roles=True, everyone=True, users=[5]).to_dict() == {
        "parse": ["roles", "everyone"],
        "users": ["5"],
        "replied_user": False,
    }


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"users": range(1, 102)}, "users takes at most 100"),
        ({"users": "123"}, "users must be a list"),
        ({"users": ["x"]}, r"users\.0"),
        ({"roles": 5}, "roles must be a list"),
    ],
)
def test_mentions_that_are_none_are_refused(arguments: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidArgument, match=named):
        AllowedMentions.only(**arguments)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["users", "roles", "everyone"]), unique=True),
    st.none() | st.lists(st.integers(1, 9)),
    st.none() | st.lists(st.integers(1, 9)),
)
def test_mentions_contradict_themselves_where_all_and_some_are_named(
    parse: list[str], users: list[int] | None, roles: list[int] | None
) -> None:
    mentions: Any = AllowedMentions.from_dict({"parse": parse})
    mentions.users, mentions.roles = users, roles
    wrong = (users and "users" in parse) or (roles and "roles" in parse)
    if wrong:
        with pytest.raises(InvalidArgument, match="leave one out"):
            mentions.validate()
    else:
        mentions.validate()


# Attachments -----------------------------------------------------------------------------


def test_attachments_are_described() -> None:
    made = AttachmentRequest.upload(1, "a.png", description="A", is_spoiler=True)
    assert made.to_dict() == {
        "id": "1", "filename": "a.png", "description": "A", "is_spoiler": True
    }  # fmt: skip
    assert AttachmentRequest.keep("77").to_dict() == {"id": "77"}
    assert AttachmentRequest.keep(77, description="B").description == "B"
    with pytest.raises(InvalidArgument, match=r"description must be at most 1024"):
        AttachmentRequest.upload(0, "a", description="x" * 1025)
    with pytest.raises(InvalidArgument, match="attachment"):
        AttachmentRequest.keep("x")


def test_a_voice_message_has_its_wave() -> None:
    made = AttachmentRequest.voice(0, [0, 128, 255], 2.5)
    assert b64decode(made.waveform or "") == b"\x00\x80\xff"
    assert (made.duration_secs, made.filename) == (2.5, "voice.ogg")
    for loudness, duration in (([], 1), ([0] * 257, 1), ([256], 1), ([0], 0)):
        with pytest.raises(InvalidArgument):
            AttachmentRequest.voice(0, loudness, duration)
