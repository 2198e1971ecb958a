"""Enums and flags: unknown values, combinations, and what they cost."""

from __future__ import annotations

import copy
import json
import pickle
from enum import Enum
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import disruption.types as T
from disruption.types.core import enums as core

FLAGS: list[Any] = [
    value
    for name in dir(T)
    if isinstance(value := getattr(T, name), type)
    and issubclass(value, core.OpenFlag)
    and value.__members__
]


def decode(cls: Any, text: str) -> Any:
    return msgspec.json.decode(text.encode(), type=cls, strict=False)


def test_an_unknown_number_is_a_member_of_its_own() -> None:
    kind = decode(T.ChannelType, "99")
    assert isinstance(kind, T.ChannelType)
    assert kind == 99
    assert not kind.is_known
    assert str(kind) == "UNKNOWN_99"
    assert f"{kind}" == "UNKNOWN_99"
    assert f"{kind:03}" == "099"
    assert T.ChannelType.GUILD_TEXT.is_known


def test_an_unknown_text_is_a_member_of_its_own() -> None:
    locale = decode(T.Locale, '"tlh"')
    assert isinstance(locale, T.Locale)
    assert locale == "tlh"
    assert str(locale) == "tlh"
    assert not locale.is_known
    assert T.Locale("de").is_known
    assert hash(locale) == hash("tlh")


@pytest.mark.parametrize("value", [None, "x", 1.5, [], {}, object()])
def test_what_cannot_be_a_member_is_refused(value: Any) -> None:
    for cls in (T.ChannelType, T.Permissions):
        with pytest.raises((ValueError, TypeError)):
            cls(value)
    with pytest.raises((ValueError, TypeError)):
        T.Locale(7)


def test_permissions_come_as_text_or_number_and_leave_as_text() -> None:
    for text in ('"1125899906842623"', "1125899906842623"):
        permissions = decode(T.Permissions, text)
        assert permissions == 1125899906842623
        assert T.to_plain(permissions) == "1125899906842623"


def test_flags_wider_than_64_bits_survive() -> None:
    role = {"id": "1", "permissions": str(1 << 90 | 1)}
    made = T.convert(T.PartialRole, role)
    assert made.permissions is not None
    assert made.permissions & T.Permissions.CREATE_INSTANT_INVITE
    assert T.to_plain(made) == role


@given(st.integers(0, 2**70), st.integers(0, 2**70))
def test_flags_are_sets_of_bits(a: int, b: int) -> None:
    one, other = T.Permissions(a), T.Permissions(b)
    assert one | other == a | b == one | b == a | other
    assert one & other == a & b
    assert one ^ other == a ^ b
    assert one - other == a & ~b
    assert (other in one) == (a & b == b)
    assert isinstance(one | other, T.Permissions)
    assert set(one.names) == {n for n, bit in T.Permissions.__members__.items() if bit and bit & a}
    assert [bit.name for bit in one] == list(one.names)
    assert bool(one) == bool(a)


@pytest.mark.parametrize("cls", FLAGS, ids=lambda cls: cls.__name__)
def test_the_complement_is_all_the_other_named_bits(cls: Any) -> None:
    everything = 0
    for bit in cls.__members__.values():
        everything |= int(bit)
    assert int(cls.all()) == int(~cls(0)) == everything
    assert ~cls.all() == 0
    assert cls(0).names == ()
    assert str(cls(0)) == "NONE"
    assert (1 << 62) in cls(1 << 62)


def test_flags_say_their_names() -> None:
    assert str(T.Permissions(1 << 62 | 3)) == (
        "CREATE_INSTANT_INVITE|KICK_MEMBERS|0x4000000000000000"
    )
    assert repr(T.Permissions(3)) == "<Permissions CREATE_INSTANT_INVITE|KICK_MEMBERS>"


@pytest.mark.parametrize("value", [3, 0, 1 << 62, 1])
def test_the_same_flags_are_the_same_object(value: int) -> None:
    assert T.Permissions(value) is T.Permissions(value)


def test_an_unnamed_combination_is_no_larger_than_its_number() -> None:
    flags = T.Permissions(0b1011 << 40)
    assert flags.name is None
    assert flags.value == 0b1011 << 40
    assert type(flags.value) is int
    assert not vars(flags)
    assert T.Permissions.ADMINISTRATOR.name == "ADMINISTRATOR"
    assert T.Permissions.ADMINISTRATOR.value == 8


def test_members_can_be_forgotten() -> None:
    flags, unknown = T.Permissions(0b1101 << 40), T.ChannelType(991)
    core.forget_members()
    again = T.Permissions(0b1101 << 40), T.ChannelType(991)
    assert again == (flags, unknown)
    assert again[0] is not flags
    assert again[1] is not unknown


def test_a_server_cannot_fill_memory() -> None:
    for number in range(5000):
        assert T.Permissions(number * 7 + 3) == number * 7 + 3
        assert T.ChannelType(number + 1000) == number + 1000
        assert T.Locale(f"x{number}") == f"x{number}"
    assert T.Locale("x" * 1000) == "x" * 1000
    assert "x" * 1000 not in T.Locale._missing_.__self__  # type: ignore[attr-defined]
    for cls in (T.Permissions, T.ChannelType, T.Locale):
        kept = cls._missing_.__self__  # type: ignore[attr-defined]
        assert len(kept) <= core._KEPT
        assert not any(f"{number}" in cls.__members__ for number in range(1000))


@pytest.mark.parametrize(
    "member",
    [
        T.Permissions(3), T.Permissions.ADMINISTRATOR, T.Permissions(0), T.ChannelType(99),
        T.ChannelType.DM, T.Locale("tlh"), T.Locale("de"), T.Intents.all(),
    ],
    ids=str,
)  # fmt: skip
def test_members_pickle_and_copy(member: Enum) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        twin = pickle.loads(pickle.dumps(member, protocol))
        assert twin == member
        assert type(twin) is type(member)
    assert copy.copy(member) == copy.deepcopy(member) == member
    assert json.loads(json.dumps(member)) == member.value


def test_all_intents_and_those_that_need_no_switch() -> None:
    assert T.Intents.all() == sum(T.Intents)
    assert T.Intents.default() | T.PRIVILEGED_INTENTS == T.Intents.all()
    assert not T.Intents.default() & T.PRIVILEGED_INTENTS
