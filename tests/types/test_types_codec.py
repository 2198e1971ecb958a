"""Decoding what is wrong: damaged JSON, wrong types, odd times, and threads at once."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import disruption.types as T
from disruption.counters import Counters
from disruption.errors import DecodeError
from disruption.types.core.base import current

EMOJI = b'{"id": null, "name": "%b"}'


class FakeApi:
    """What a client is to the objects it receives."""

    def __init__(self) -> None:
        self.counters = Counters()

    @property
    def rest(self) -> Any:
        raise AssertionError("no verb is called here")


@pytest.mark.parametrize(
    "data", [b"", b"{", b"nul", b"<html>", b'{"id": NaN}', b'{"a" 1}', b"\xff"]
)
def test_what_is_not_json_is_refused(data: bytes) -> None:
    with pytest.raises(DecodeError, match="not JSON"):
        T.decode(T.Emoji, data)


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        (b"a\xffb", "a\ufffdb"),
        (b"a\\ud800b", "a\ufffd\ufffd\ufffdb"),
        (b"a\\udc00", "a\ufffd\ufffd\ufffd"),
        (b"\\ud83d\\ude00", "\U0001f600"),
        ("\u4f60".encode(), "\u4f60"),
    ],
)
def test_damaged_text_does_not_lose_the_event(inside: bytes, name: str) -> None:
    api = FakeApi()
    emoji = T.decode(T.Emoji, EMOJI % inside, api)
    assert emoji.name == name
    assert json.dumps(T.to_plain(emoji), ensure_ascii=False).encode()
    damaged = "\ufffd" in name
    assert api.counters["types.salvaged_payloads"] == damaged


def test_a_number_of_thousands_of_digits_does_not_lose_the_event() -> None:
    emoji = T.decode(T.Emoji, b'{"id": "1", "name": "x", "roles": [%b, "2"]}' % (b"1" * 6000))
    assert (emoji.id, emoji.name, emoji.roles) == (1, "x", [2])


def test_a_number_beyond_64_bits_is_an_id() -> None:
    for text in (b'"%d"', b"%d"):
        emoji = T.decode(T.Emoji, b'{"id": ' + text % 10**30 + b', "name": "x"}')
        assert emoji.id == 10**30
        assert T.to_plain(emoji)["id"] == str(10**30)


def test_json_that_is_nested_too_deeply_is_refused() -> None:
    deep = b'{"components": ' * 50_000 + b"1" + b"}" * 50_000
    with pytest.raises(DecodeError):
        T.decode(T.Message, deep)


def test_a_chain_of_replies_is_taken_as_far_as_it_goes() -> None:
    payload: dict[str, Any] = {"id": "1", "content": "end"}
    for _ in range(100):
        payload = {"id": "2", "content": "x", "referenced_message": payload}
    message = T.decode(T.Message, json.dumps(payload).encode())
    assert isinstance(message.referenced_message, T.Message)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ('"2024-05-06T07:08:09.123456+00:00"', (7, 123456)),
        ('"2024-05-06T07:08:09Z"', (7, 0)),
        ('"2024-05-06T09:08:09+02:00"', (7, 0)),
        ('"2024-05-06T07:08:09.123456"', (7, 123456)),
        ("1714979289", (7, 0)),
    ],
)
def test_times_have_a_zone(text: str, moment: tuple[int, int]) -> None:
    hour, micro = moment
    expected = datetime(2024, 5, 6, hour, 8, 9, micro, timezone.utc)
    for embed in (
        T.decode(T.Embed, b'{"timestamp": ' + text.encode() + b"}"),
        T.convert(T.Embed, {"timestamp": json.loads(text)}),
        T.Embed.from_dict({"timestamp": json.loads(text)}),
        T.Embed.from_json('{"timestamp": ' + text + "}"),
    ):
        assert embed.timestamp == expected
        assert embed.timestamp is not None
        assert embed.timestamp.utcoffset() is not None


def test_a_time_that_is_none_is_left_out() -> None:
    for text in ("0000-00-00", "yesterday", "1e400", "99999-01-01T00:00:00Z"):
        assert T.convert(T.Embed, {"title": "t", "timestamp": text}) == T.Embed(title="t")


@given(st.datetimes(datetime(2015, 1, 1), datetime(2100, 1, 1)), st.integers(-14, 14))
def test_times_survive(naive: datetime, hours: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(hours=hours)))
    written = T.to_plain(T.Embed(timestamp=moment))
    assert T.convert(T.Embed, written, strict=True).timestamp == moment


def test_the_word_null_is_no_text_lost() -> None:
    assert T.decode(T.Embed, b'{"title": "null"}').title == "null"
    message = T.decode(T.Message, b'{"nonce": "null"}')
    assert message.nonce == "null"
    option = T.decode(
        T.ApplicationCommandInteractionDataOption, b'{"name": "a", "type": 3, "value": "null"}'
    )
    assert option.value == "null"


@pytest.mark.parametrize("value", ["true", "1", "1.5", 1, 1.5, True, False, "", 2**53])
def test_the_value_of_an_option_keeps_its_type(value: Any) -> None:
    data = {"name": "a", "type": 3, "value": value}
    option = T.decode(T.ApplicationCommandInteractionDataOption, json.dumps(data).encode())
    assert option.value == value
    assert type(option.value) is type(value)


def test_a_key_that_is_no_id_is_left_out() -> None:
    data = {"users": {"x": {}, "5": {"id": "5", "username": "ann"}}, "messages": {"null": 1}}
    resolved = T.convert(T.ResolvedData, data)
    assert isinstance(resolved.users, dict)
    assert list(resolved.users) == [5]
    assert resolved.users[T.Snowflake(5)].username == "ann"
    assert resolved.messages == {}


def test_a_bool_is_no_number() -> None:
    embed = T.convert(T.Embed, {"color": True, "title": "t"})
    assert embed.color is None
    assert T.convert(T.Embed, {"flags": True}).flags is T.UNSET


def test_a_number_in_the_place_of_text_is_taken_as_text() -> None:
    entry = T.convert(T.AuditLogEntry, {"options": {"type": 0, "count": 5, "status": True}})
    assert entry.options is not None
    assert (entry.options.type, entry.options.count, entry.options.status) == ("0", "5", None)
    with pytest.raises(DecodeError, match="expected text"):
        T.convert(T.Embed, {"title": 5}, strict=True)


def test_absent_and_null_stay_apart() -> None:
    member = {"roles": [], "joined_at": None}
    assert T.convert(T.GuildMember, member).nick is T.UNSET
    assert not T.UNSET
    assert T.convert(T.GuildMember, {**member, "nick": None}).nick is None
    for payload in (member, {**member, "nick": None}, {**member, "nick": "x"}):
        made = T.convert(T.GuildMember, payload)
        assert T.to_plain(made) == made.to_dict() == payload
        assert T.to_plain(T.GuildMember.from_dict(payload)) == payload


def test_a_list_that_was_absent_stays_absent_and_an_empty_one_stays() -> None:
    for payload in ({"id": "1", "entitlements": []}, {"id": "1"}):
        written = T.to_plain(T.convert(T.Interaction, payload))
        assert ("entitlements" in written) == ("entitlements" in payload)
    interaction = T.convert(T.Interaction, {"id": "1"})
    assert interaction.entitlements == []


def test_the_wire_cannot_bind_nor_unbind() -> None:
    api = FakeApi()
    for value in ("null", "{}", '"x"', "1"):
        data = b'{"id": "1", "name": "x", "_api": ' + value.encode() + b"}"
        role = T.decode(T.PartialRole, data, api)
        assert role._api is api
        assert role.name == "x"
    assert current.get() is None


def test_the_client_is_not_left_behind_after_an_error() -> None:
    with pytest.raises(DecodeError):
        T.decode(T.Message, b"[]", FakeApi())
    with pytest.raises(DecodeError):
        T.convert(T.Message, [], FakeApi())
    assert current.get() is None
    assert T.Message.from_dict(T.to_plain(T.convert(T.Message, {})))._api is None


def test_lists_and_dicts_of_models_decode() -> None:
    roles = T.decode(list[T.PartialRole], b'[{"id": "1"}, 5, {"id": []}]')
    assert [role.id for role in roles] == [1, 0]
    counts = T.decode(dict[T.Snowflake, int], b'{"5": 7, "x": 1}')
    assert counts == {5: 7}


def test_from_dict_says_what_is_wrong() -> None:
    for bad in ({}, {"id": "1"}, {"id": "x", "name": "n"}, {"id": None, "name": []}):
        with pytest.raises(DecodeError):
            T.Emoji.from_dict(bad)
    with pytest.raises(DecodeError):
        T.Emoji.from_json("{")
    with pytest.raises(DecodeError):
        T.Embed.from_dict({"title": 5})


def test_threads_that_decode_for_the_first_time_at_once() -> None:
    # msgspec prepares classes without a lock; without ours this ends the process.
    script = (
        "import threading, disruption.types as T\n"
        "names = list(T.EVENTS)\n"
        "ready = threading.Barrier(8)\n"
        "def work(n):\n"
        "    ready.wait(30)\n"
        "    for name in names[n::4] + names:\n"
        '        T.decode_event(name, b\'{"id": "1"}\')\n'
        "threads = [threading.Thread(target=work, args=(n % 4,)) for n in range(8)]\n"
        "import logging, sys; logging.disable(50); sys.setswitchinterval(1e-5)\n"
        "[t.start() for t in threads]; [t.join() for t in threads]\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_each_thread_binds_to_its_own_client() -> None:
    apis = [FakeApi() for _ in range(4)]
    wrong: list[object] = []

    def work(api: FakeApi) -> None:
        for _ in range(200):
            role = T.decode(T.PartialRole, b'{"id": "1"}', api)
            if role._api is not api:
                wrong.append(role)

    threads = [threading.Thread(target=work, args=(api,)) for api in apis]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
