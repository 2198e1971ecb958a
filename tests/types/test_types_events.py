"""The table of gateway events, held against a table of facts."""

from __future__ import annotations

import contextlib
import gc
import json

import msgspec
import pytest
from type_facts import discord_data, events

import disruption.types as T
from disruption.errors import DecodeError
from disruption.types.core.union import Unknown

ROWS = events()


def test_there_are_79_events() -> None:
    assert len(ROWS) == len(T.EVENTS) == 79
    assert list(ROWS) == sorted(T.EVENTS)


@pytest.mark.parametrize("name", ROWS)
def test_an_event_has_its_class_method_and_intents(name: str) -> None:
    row, spec = ROWS[name], T.EVENTS[name]
    assert spec.name == name
    assert spec.cls is getattr(T, row["class"])
    assert issubclass(spec.cls, T.Event)
    assert spec.cls.event_name == name
    assert spec.method == row["method"]
    assert set(spec.intents.names) == set(row["intents"])


def test_the_table_of_facts_is_what_the_documentation_says() -> None:
    documented = json.loads((discord_data() / "gateway-events.json").read_text())
    dispatched = {
        event["name"]: set(event["intents"]) for event in documented["receive"] if event["dispatch"]
    }
    assert {name: set(row["intents"]) for name, row in ROWS.items()} == dispatched


def test_an_event_that_carries_an_object_is_a_subclass_of_it() -> None:
    for cls, of in (
        (T.MessageCreate, T.Message),
        (T.GuildCreate, T.Guild),
        (T.ChannelUpdate, T.Channel),
        (T.GuildMemberAdd, T.GuildMember),
        (T.InteractionCreate, T.Interaction),
        (T.PresenceUpdate, T.Presence),
        (T.VoiceStateUpdate, T.VoiceState),
        (T.UserUpdate, T.User),
    ):
        assert issubclass(cls, of)


def test_a_guild_with_an_outage_is_told_by_its_id_alone(caplog: pytest.LogCaptureFixture) -> None:
    told = {"id": "41771983423143937", "unavailable": True}
    guild = T.decode_event("GUILD_CREATE", json.dumps(told).encode())
    assert isinstance(guild, T.GuildCreate)
    assert guild.unavailable is True
    assert guild.id == 41771983423143937
    assert (guild.name, guild.roles, guild.members, guild.icon) == ("", [], [], None)
    assert guild.to_dict() == T.GuildCreate.from_dict(told).to_dict() == told
    assert json.loads(T.GuildCreate.from_json(guild.to_json()).to_json()) == told
    assert caplog.text == "", "it is documented, and nothing is mended"


@pytest.mark.parametrize("more", [{"name": 5}, {"unavailable": False}, {"unavailable": "true"}])
def test_a_guild_that_misses_fields_without_an_outage_is_mended(
    more: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    told = {"id": "41771983423143937", "unavailable": True, **more}
    guild = T.decode_event("GUILD_CREATE", json.dumps(told).encode())
    assert isinstance(guild, T.GuildCreate)
    assert "did not fit" in caplog.text


def test_an_unknown_event_keeps_its_name_and_data() -> None:
    event = T.decode_event("EVENT_OF_TOMORROW", b'{"a": [1, null]}')
    assert isinstance(event, T.UnknownEvent)
    assert (event.name, event.data) == ("EVENT_OF_TOMORROW", {"a": [1, None]})
    assert T.decode_event("EVENT_OF_TOMORROW", b"null").data is None


def test_an_event_without_data_is_an_event() -> None:
    assert isinstance(T.decode_event("RESUMED", b"null"), T.Resumed)
    assert isinstance(T.decode_event("RESUMED", b'{"_trace": []}'), T.Resumed)
    for buffer in (bytearray(b"null"), memoryview(b"null"), msgspec.Raw(b"null")):
        assert isinstance(T.decode_event("RESUMED", buffer), T.Resumed)


def test_an_event_has_a_place_for_what_was_before() -> None:
    event = T.decode_event("MESSAGE_DELETE", b'{"id": "1", "channel_id": "2"}')
    assert event.old is None
    assert (event.shard_id, event.sequence) == (0, 0)


def test_a_channel_event_is_also_of_its_kind() -> None:
    event = T.decode_event("CHANNEL_CREATE", b'{"id": "1", "type": 15, "guild_id": "3"}')
    assert isinstance(event, T.ChannelCreate)
    assert isinstance(event, T.ForumChannel)
    assert type(event).__name__ == "ChannelCreate"
    assert type(event) is type(
        T.decode_event("CHANNEL_CREATE", b'{"id": "2", "type": 15, "guild_id": "3"}')
    )


def test_a_channel_of_an_unknown_type_is_a_channel() -> None:
    event = T.decode_event("CHANNEL_CREATE", b'{"id": "1", "type": 99}')
    assert type(event) is T.ChannelCreate
    assert event.type == 99
    assert not event.type.is_known


@pytest.mark.parametrize("data", [b'{"guild_id":"1","members":[],"chunk_index":0}', b"[]", b"{"])
@pytest.mark.parametrize("collects", [True, False])
def test_garbage_collection_is_as_it_was_after_a_large_event(data: bytes, collects: bool) -> None:
    before = gc.isenabled()
    (gc.enable if collects else gc.disable)()
    try:
        with contextlib.suppress(DecodeError):
            T.decode_event("GUILD_MEMBERS_CHUNK", data)
        assert gc.isenabled() is collects
    finally:
        (gc.enable if before else gc.disable)()


def test_a_guild_gives_its_id_to_what_is_in_it() -> None:
    data = {
        "id": "1", "name": "g", "icon": None, "roles": [{"id": "1"}],
        "members": [{"roles": [], "joined_at": None, "user": {"id": "5"}}],
        "channels": [{"id": "3", "type": 0}, {"id": "4", "type": 2, "guild_id": "1"}],
        "presences": [{"user": {"id": "5"}}], "voice_states": [{"user_id": "5"}],
    }  # fmt: skip
    guild = T.decode_event("GUILD_CREATE", json.dumps(data).encode())
    assert isinstance(guild, T.GuildCreate)
    inside = [
        *guild.roles, *guild.members, *guild.channels, *guild.presences, *guild.voice_states,
    ]  # fmt: skip
    assert [thing.guild_id for thing in inside] == [1] * 6
    written = T.to_plain(guild)
    assert written["channels"] == data["channels"]
    assert written["presences"] == data["presences"]
    assert "guild_id" not in written["members"][0]
    assert "guild_id" not in written["roles"][0]
    assert "guild_id" not in written["voice_states"][0]
    assert "threads" not in written


def test_a_message_completes_the_members_in_it() -> None:
    data = {
        "id": "1", "channel_id": "2", "guild_id": "3", "author": {"id": "4", "username": "ann"},
        "member": {"roles": [], "joined_at": None, "nick": "A"},
        "mentions": [{"id": "5", "username": "bob", "member": {"roles": ["6"], "joined_at": None}}],
    }  # fmt: skip
    message = T.decode_event("MESSAGE_CREATE", json.dumps(data).encode())
    assert isinstance(message, T.MessageCreate)
    assert message.member is not None
    assert (message.member.id, message.member.guild_id) == (4, 3)
    assert message.member.display_name == "A"
    mentioned = message.mentions[0]
    assert mentioned.member is not None
    assert mentioned.member.user == mentioned
    assert type(mentioned.member.user) is T.User  # no circle
    assert mentioned.member.display_name == "bob"
    written = T.to_plain(message)
    assert written["member"] == data["member"]
    assert written["mentions"][0]["member"] == data["mentions"][0]["member"]
    assert written == message.to_dict()
    assert "ann" in repr(message)


def test_unions_never_reach_an_event_as_their_private_class() -> None:
    row = {"type": 1, "components": [{"type": 2, "style": 1}, {"type": 99, "x": 1}]}
    message = T.decode_event("MESSAGE_CREATE", json.dumps({"components": [row]}).encode())
    assert isinstance(message, T.MessageCreate)
    assert message.components is not None
    made = message.components[0]
    assert isinstance(made, T.ActionRow)
    assert type(made.components[0]) is T.Button
    assert isinstance(made.components[1], Unknown)
    assert T.to_plain(message)["components"] == [row]
