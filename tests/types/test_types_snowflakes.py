"""What ids tell."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import disruption.types as T
from disruption.errors import InvalidArgument
from disruption.types.snowflakes import shard_of, snowflake_of, snowflake_parts

ids = st.integers(0, 2**64 - 1)


def test_the_documented_id() -> None:
    parts = snowflake_parts(175928847299117063)
    assert parts.milliseconds == 41944705796
    assert (parts.worker_id, parts.process_id, parts.increment) == (1, 0, 7)
    assert parts.created_at == datetime(2016, 4, 30, 11, 18, 25, 796000, tzinfo=timezone.utc)


@given(ids)
def test_parts_make_the_id_again(number: int) -> None:
    parts = snowflake_parts(number)
    assert int(parts) == number
    assert parts.worker_id < 32 > parts.process_id
    assert parts.increment < 4096


@given(ids, st.integers(1, 5000))
def test_a_guild_has_one_shard(guild_id: int, shards: int) -> None:
    shard = shard_of(guild_id, shards)
    assert 0 <= shard < shards
    assert shard == (guild_id >> 22) % shards
    assert shard == shard_of(T.PartialGuild(id=guild_id), shards) == shard_of(str(guild_id), shards)


def test_there_is_at_least_one_shard() -> None:
    with pytest.raises(InvalidArgument, match="at least 1"):
        shard_of(1, 0)


@pytest.mark.parametrize("value", ["", "x", "1.0", "٣", "-1", -1, 2**64, True, None, 1.5, "9" * 21])
def test_what_is_no_id(value: Any) -> None:
    with pytest.raises(InvalidArgument, match="id"):
        snowflake_of(value)


def test_ids_come_as_people_have_them() -> None:
    member = T.GuildMember(user=T.convert(T.User, {"id": "5"}), roles=[], joined_at=None)
    assert snowflake_of(5) == snowflake_of("5") == snowflake_of(T.PartialUser(id=5)) == 5
    assert snowflake_of(member) == 5


@pytest.mark.parametrize(
    "cls",
    [
        *(T.Message, T.PartialMessage, T.User, T.PartialUser, T.PartialChannel, T.TextChannel),
        *(T.PartialGuild, T.Guild, T.PartialRole, T.Role, T.Sticker, T.PartialWebhook),
        *(T.Application, T.ApplicationCommand, T.Interaction, T.Attachment, T.AuditLogEntry),
        *(T.GuildScheduledEvent, T.StageInstance, T.Entitlement, T.SKU, T.Team, T.GuildPreview),
        *(T.MessageCreate, T.GuildCreate, T.ChannelCreate, T.Emoji),
    ],
)
def test_entities_say_when_they_were_made(cls: Any) -> None:
    entity = T.convert(cls, {"id": "175928847299117063"})
    assert entity.created_at == datetime(2016, 4, 30, 11, 18, 25, 796000, tzinfo=timezone.utc)
    assert "created_at" not in T.to_plain(entity)


def test_a_member_was_made_when_the_user_was() -> None:
    user = T.convert(T.User, {"id": "175928847299117063"})
    assert T.GuildMember(user=user, roles=[], joined_at=None).created_at == user.created_at
    with pytest.raises(AttributeError, match="without its user"):
        _ = T.GuildMember(user=None, roles=[], joined_at=None).created_at
    assert T.Emoji(id=None, name="👍").created_at is None
