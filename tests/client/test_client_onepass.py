"""Frames whose event is decoded with the envelope, and those that are left to two passes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from disruption import MessageCreate, Rest
from disruption.client.onepass import OnePass
from disruption.gateway.envelope import Envelope, Opened, decode_envelope
from disruption.types.core.base import current
from disruption.types.events import EVENTS, MessageDelete, decode_event

DELETED = {"id": "31", "channel_id": "21", "guild_id": "11"}
LARGEST = 4096


def frame(name: str | None, data: Any, **more: Any) -> bytes:
    """A frame as Discord writes it: without spaces, the name first, the event last."""
    payload = {"t": name, "s": 7, "op": 0, **more, "d": data}
    return json.dumps(payload, separators=(",", ":")).encode()


@pytest.fixture
def rest() -> Iterator[Rest]:
    before = current.set(None)  # this thread is no reader's: what is set for it is taken back
    yield Rest("a-token.for.tests")
    current.reset(before)


@pytest.fixture
def opener(rest: Rest) -> OnePass:
    one = OnePass(lambda cls: True, rest, apart={"TYPING_START"}, smallest=0, largest=LARGEST)
    one.begin()
    return one


def test_an_event_that_is_wanted_comes_with_its_envelope(opener: OnePass, rest: Rest):
    opened = opener.open(frame("MESSAGE_DELETE", DELETED))
    assert isinstance(opened, Opened)
    assert (opened.op, opened.t, opened.s) == (0, "MESSAGE_DELETE", 7)
    assert type(opened.d) is MessageDelete
    assert opened.d.to_dict() == DELETED


def test_objects_inside_are_bound(opener: OnePass, rest: Rest):
    data = {"guild_id": "11", "user": {"id": "5", "username": "ann", "discriminator": "0"}}
    data["user"]["avatar"] = data["user"]["global_name"] = None  # type: ignore[index]
    opened = opener.open(frame("GUILD_BAN_ADD", data))
    assert isinstance(opened, Opened)
    assert opened.d.user._api is rest


@pytest.mark.parametrize("name", sorted(set(EVENTS) - {"TYPING_START"}))
def test_every_event_has_a_decoder(opener: OnePass, name: str):
    payload = opener.open(frame(name, {}))
    if isinstance(payload, Opened):  # nothing is required of it
        assert type(payload.d) is EVENTS[name].cls
        assert payload.d == decode_event(name, b"{}")
    else:
        assert bytes(payload.d) == b"{}"


@pytest.mark.parametrize(
    "odd",
    [
        frame("TYPING_START", DELETED),  # apart
        frame("NEW_EVENT", DELETED),
        frame(None, None, op=11, s=None),
        frame("MESSAGE_DELETE", DELETED, op=7),
        frame("MESSAGE_DELETE", {**DELETED, "id": [1]}),  # does not fit
        frame("MESSAGE_DELETE", {**DELETED, "more": "x" * LARGEST}),
        json.dumps({"t": "MESSAGE_DELETE", "s": 7, "op": 0, "d": DELETED}).encode(),  # spaces
        b'{"d":{"t":"MESSAGE_DELETE"},"t":"TYPING_START","s":7,"op":0}',
        b'{"d":{"t":"MESSAGE_DELETE","id":"1","channel_id":"2"},"t":"GUILD_DELETE","s":7,"op":0}',
        b'{"t":"MESSAGE_DELETE","t":"GUILD_DELETE","op":0,"d":{"id":"1","channel_id":"2"}}',
        b'{"t":"MESSAGE_DELETE","op":10}',
        b'{"op":11}',
    ],
)
def test_all_else_is_left_as_it_was(opener: OnePass, odd: bytes):
    payload = opener.open(odd)
    assert type(payload) is Envelope
    assert payload == decode_envelope(odd)


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"{",
        b'{"t":"',
        b'{"t":"MESSAGE_DELETE',
        b"[]",
        b'"t":"MESSAGE_DELETE"',
        frame("MESSAGE_DELETE", DELETED)[:-1],
        frame("MESSAGE_DELETE", DELETED) + b"}",
        frame("MESSAGE_DELETE", DELETED).replace(b'"21"', b'"21'),
    ],
)
def test_what_is_no_json_is_refused(opener: OnePass, bad: bytes):
    with pytest.raises(msgspec.DecodeError):
        opener.open(bad)


def test_a_small_frame_is_not_looked_at(rest: Rest):
    opener = OnePass(lambda cls: True, rest, apart=(), smallest=200, largest=LARGEST)
    assert type(opener.open(frame("MESSAGE_DELETE", DELETED))) is Envelope
    large = opener.open(frame("MESSAGE_DELETE", {**DELETED, "more": "x" * 200}))
    assert isinstance(large, Opened)


def test_an_event_nobody_wants_is_not_decoded(rest: Rest):
    asked = []

    def listens(cls: type) -> bool:
        asked.append(cls)
        return False

    opener = OnePass(listens, rest, apart=(), smallest=0, largest=LARGEST)
    assert type(opener.open(frame("MESSAGE_CREATE", {}))) is Envelope
    assert asked == [MessageCreate]
