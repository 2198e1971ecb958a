"""What guilds, their members and their parts can do, against a whole local Discord."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

from disruption import InvalidArgument, NotFound, Rest, Unbound
from disruption.local import LocalDiscord
from disruption.types import (
    UNSET,
    AuditLogEvent,
    BlockMessageAction,
    ChannelType,
    Emoji,
    Guild,
    GuildScheduledEventStatus,
    Member,
    PartialMember,
    Permissions,
    Role,
    Snowflake,
    StageChannel,
    StageInstance,
    Sticker,
    bind,
)


def png(side: int = 1) -> bytes:
    """Return a black square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * side) * side)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def rest(local: LocalDiscord) -> Iterator[Rest]:
    """The REST of a bot that may do everything, in a guild with Ann."""
    local.world.user("ann").join("Home")
    bot = local.add_bot("bot")
    with Rest(bot.token, base_url=local.rest_url) as rest:
        yield rest


@pytest.fixture
def guild(local: LocalDiscord, rest: Rest) -> Guild:
    """The guild Home."""
    return rest.get_guild(rest.get_current_user_guilds()[0].id)


@pytest.fixture
def ann(guild: Guild) -> Member:
    """Ann, a member of Home."""
    (found,) = guild.search_members("ann")
    return found


def test_a_guild_is_changed(guild: Guild) -> None:
    changed = guild.edit(name="Castle", icon=png(), reason="new name")

    assert changed.name == guild.fetch().name == "Castle"
    assert changed.icon
    assert guild.edit(icon=None).icon is None


def test_channels_are_made_and_moved(guild: Guild) -> None:
    category = guild.create_category("stuff")
    text = guild.create_channel("talk", topic="all", parent_id=category.id)
    kinds = [
        guild.create_voice_channel("voice").type,
        guild.create_stage_channel("stage").type,
        guild.create_forum("forum").type,
    ]

    assert text.parent_id == category.id
    assert kinds == [
        ChannelType.GUILD_VOICE,
        ChannelType.GUILD_STAGE_VOICE,
        ChannelType.GUILD_FORUM,
    ]
    guild.move_channels([{"id": text, "position": 5}])
    found = {channel.id: channel for channel in guild.fetch_channels()}
    assert found[text.id].position == 5
    assert guild.fetch_active_threads().threads == []


def test_roles_are_made_changed_moved_and_deleted(guild: Guild, ann: Member) -> None:
    role = guild.create_role("mods", permissions=Permissions.KICK_MEMBERS, color=0xFF0000)

    assert role.guild_id == guild.id
    assert role.colors.primary_color == 0xFF0000
    assert role.edit(name="team", hoist=True).name == guild.fetch_role(role.id).name == "team"
    other = guild.create_role("others")
    assert next(each for each in role.move(2) if each.id == role.id).position == 2
    guild.move_roles({other: 2, role: 1})
    ann.add_role(role, reason="earned")
    assert ann.fetch().roles == [role.id]
    assert guild.count_role_members()[Snowflake(role.id)] == 1
    ann.remove_role(role)
    assert guild.member(ann.id).fetch().roles == []
    guild.role(role.id).delete(reason="done")
    assert role not in guild.fetch_roles()


def test_a_role_that_does_not_know_its_guild_says_so(rest: Rest) -> None:
    role = bind(Role.from_dict(ROLE), rest)

    with pytest.raises(InvalidArgument, match="this Role does not know its guild"):
        role.delete()


ROLE = {
    "id": "5",
    "name": "r",
    "color": 0,
    "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    "hoist": False,
    "position": 1,
    "permissions": "0",
    "managed": False,
    "mentionable": False,
    "flags": 0,
}


def test_a_role_that_nobody_received_says_so() -> None:
    with pytest.raises(Unbound):
        Role.from_dict(ROLE).edit(name="x")


def test_a_member_is_named_and_given_roles(guild: Guild, ann: Member) -> None:
    role = guild.create_role("mods")

    assert ann.guild_id == guild.id
    assert ann.set_nick("Annie").nick == "Annie"
    assert ann.edit(roles=[role], nick=None).roles == [role.id]
    assert not ann.fetch().nick
    assert guild.edit_me(nick="Robot").nick == "Robot"


def test_a_member_has_to_be_silent_for_a_while(ann: Member) -> None:
    before = datetime.now(timezone.utc)

    silent = ann.timeout(timedelta(hours=1), reason="loud")

    until = silent.communication_disabled_until
    assert until
    assert until - before >= timedelta(minutes=59)
    assert not ann.timeout(None).communication_disabled_until


@pytest.mark.parametrize("bad", [timedelta(days=28, seconds=1), -timedelta(1), timedelta(0), 5])
def test_a_timeout_is_checked_before_it_is_sent(ann: Member, bad: timedelta) -> None:
    with pytest.raises(InvalidArgument, match="duration must be"):
        ann.timeout(bad)


def test_members_are_kicked_banned_and_forgiven(guild: Guild, ann: Member) -> None:
    ann.ban(delete_messages=timedelta(days=1), reason="spam")

    assert guild.fetch_ban(ann.id).reason == "spam"
    assert [ban.user.id for ban in guild.bans()] == [ann.id]
    with pytest.raises(NotFound):
        ann.fetch()
    ann.unban(reason="sorry")
    assert list(guild.bans()) == []
    with pytest.raises(NotFound):
        guild.fetch_ban(ann.id)


def test_a_guild_bans_many_and_kicks(local: LocalDiscord, guild: Guild, ann: Member) -> None:
    others = []
    for name in ("bob", "cid"):
        local.world.user(name).join("Home")
        others.append(guild.search_members(name)[0])

    done = guild.bulk_ban(others, reason="raid")

    assert sorted(done.banned_users) == sorted(member.id for member in others)
    guild.unban(others[0])
    guild.kick(ann, reason="bye")
    assert ann.id not in [member.id for member in guild.iter_members()]


def test_members_come_one_by_one(guild: Guild, ann: Member) -> None:
    members = list(guild.iter_members())

    assert ann in members
    assert [m.id for m in members] == sorted(m.id for m in members)
    assert len(list(guild.iter_members(limit=1))) == 1


def test_a_handle_of_a_member_needs_no_request(guild: Guild, ann: Member) -> None:
    handle = guild.member(ann.id)

    assert isinstance(handle, PartialMember)
    assert handle.set_nick("Annie").nick == "Annie"
    handle.kick()
    with pytest.raises(NotFound):
        handle.fetch()


def test_pruning_counts_first(guild: Guild) -> None:
    assert guild.count_prune(days=30) == 0
    assert guild.prune(days=30, reason="tidy") == 0


def test_the_audit_log_tells_what_was_done(guild: Guild, ann: Member) -> None:
    guild.create_role("mods", reason="new team")
    ann.ban(reason="spam")

    ban, role, *_ = guild.audit_log()

    assert (ban.action_type, ban.reason) == (AuditLogEvent.MEMBER_BAN_ADD, "spam")
    assert (role.action_type, role.reason) == (AuditLogEvent.ROLE_CREATE, "new team")
    only = guild.audit_log(action_type=AuditLogEvent.ROLE_CREATE, oldest_first=True)
    assert [entry.id for entry in only] == [role.id]


def test_incident_actions_are_set(guild: Guild) -> None:
    data = guild.set_incident_actions(invites_disabled_until=timedelta(hours=1))

    assert data.invites_disabled_until
    assert not guild.set_incident_actions(invites_disabled_until=None).invites_disabled_until


def test_rules_of_auto_moderation_live(guild: Guild) -> None:
    rule = guild.create_auto_moderation_rule(
        "no spam",
        event_type=1,
        trigger_type=1,
        trigger_metadata={"keyword_filter": ["spam"]},
        actions=[BlockMessageAction()],
    )

    assert rule.enabled
    assert not rule.edit(enabled=False).enabled
    assert guild.fetch_auto_moderation_rule(rule.id).name == "no spam"
    rule.delete(reason="done")
    assert guild.fetch_auto_moderation_rules() == []


def test_emojis_live(guild: Guild) -> None:
    emoji = guild.create_emoji("ok", png(), reason="needed")

    assert emoji.guild_id == guild.id
    assert emoji.edit(name="fine").name == "fine"
    (fetched,) = guild.fetch().emojis
    assert fetched.guild_id == guild.id
    fetched.delete(reason="done")
    assert guild.fetch_emojis() == []
    with pytest.raises(NotFound):
        guild.fetch_emoji(emoji.id or 0)


def test_emojis_of_an_application_live(rest: Rest) -> None:
    application_id = rest.get_current_application().id
    emoji = rest.create_application_emoji(application_id, name="ok", image=png())

    assert emoji.edit(name="fine").name == "fine"
    with pytest.raises(InvalidArgument, match="give the name"):
        emoji.edit(roles=[1])
    emoji.delete()
    assert rest.list_application_emojis(application_id) == []


def test_emojis_of_nobody_cannot_be_changed(rest: Rest) -> None:
    with pytest.raises(InvalidArgument, match="does not know its guild"):
        bind(Emoji(id=Snowflake(5), name="x"), rest).delete()
    with pytest.raises(InvalidArgument, match="of Unicode"):
        bind(Emoji(id=None, name="x", guild_id=Snowflake(4)), rest).edit(name="xx")


def test_stickers_live(guild: Guild) -> None:
    sticker = guild.create_sticker("wave", png(320), tags="wave", description="a hand")

    assert isinstance(sticker, Sticker)
    assert sticker.edit(name="hello", description=None).name == "hello"
    assert guild.fetch_sticker(sticker.id) == sticker.fetch() == sticker
    sticker.delete()
    assert guild.fetch_stickers() == []


def test_sounds_live(guild: Guild) -> None:
    sound = guild.create_sound("quack", b"OggS" + bytes(60), volume=0.5, emoji_name="🦆")

    assert sound.volume == 0.5
    assert sound.edit(name="honk").name == guild.fetch_sound(sound.sound_id).name == "honk"
    sound.delete()
    assert guild.fetch_sounds() == []


def test_events_live(local: LocalDiscord, guild: Guild, ann: Member) -> None:
    event = guild.create_event(
        "party", timedelta(hours=1), timedelta(hours=3), location="the garden"
    )

    assert event.entity_metadata
    assert event.entity_metadata.location == "the garden"
    local.world.user("ann").attend("party")
    (interested,) = event.users(with_member=True)
    assert interested.user == ann.user
    assert event.fetch(with_user_count=True).user_count == 1
    assert event.edit(name="feast").name == "feast"
    assert event.start().status == GuildScheduledEventStatus.ACTIVE
    assert event.end().status == GuildScheduledEventStatus.COMPLETED
    voice = guild.create_voice_channel("hall")
    later = guild.create_event("later", timedelta(days=1), channel_id=voice.id)
    assert later in guild.fetch_events(with_user_count=True)
    later.delete()
    with pytest.raises(NotFound):
        guild.fetch_event(later.id)


def test_stages_go_live(guild: Guild) -> None:
    stage = guild.create_stage_channel("stage")
    assert isinstance(stage, StageChannel)
    live = stage.start_stage("talk")

    assert isinstance(live, StageInstance)
    assert stage.fetch_stage() == live
    assert live.edit(topic="more talk").topic == "more talk"
    live.delete(reason="over")
    with pytest.raises(NotFound):
        stage.fetch_stage()


def test_what_a_guild_says_of_itself(guild: Guild) -> None:
    assert guild.fetch_preview().name == guild.name
    assert guild.fetch_invites() == []
    assert guild.fetch_webhooks() == []
    assert guild.fetch_integrations() is not None
    assert guild.fetch_voice_regions()
    with pytest.raises(NotFound):
        guild.fetch_voice_state(guild.owner_id)


def test_what_a_guild_shows_is_changed(guild: Guild) -> None:
    general = guild.fetch_channels()[0]

    assert guild.edit_widget(enabled=True, channel_id=general).channel_id == general.id
    assert guild.fetch_widget_settings().enabled
    assert guild.fetch_widget().name == guild.name
    assert guild.fetch_widget_image(style="banner1").startswith(b"\x89PNG")
    assert not guild.edit_widget(enabled=False).enabled


def test_templates_live(guild: Guild) -> None:
    template = guild.create_template("mine", description="all of it")

    assert template.edit(description=None).description is None
    assert template.sync().code == template.code
    assert [each.code for each in guild.fetch_templates()] == [template.code]
    template.delete()
    assert guild.fetch_templates() == []


def test_a_guild_is_left(guild: Guild, rest: Rest) -> None:
    guild.leave()

    assert rest.get_current_user_guilds() == []


def test_unset_is_what_verbs_leave_alone(guild: Guild) -> None:
    assert guild.edit(name=UNSET).name == guild.name
