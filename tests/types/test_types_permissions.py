"""Who may do what, by example, against the documentation's own algorithm, and by its facts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from guild_makers import ANN, GUILD, OWNER, channel, guild, member, role
from hypothesis import given, settings
from hypothesis import strategies as st
from type_facts import HERE, discord_data

from disruption.errors import InvalidArgument
from disruption.types import (
    Channel,
    ChannelType,
    GuildMember,
    PartialChannel,
    PartialGuild,
    Permissions,
)
from disruption.types.rules.permissions import (
    PermissionExplanation,
    PermissionRule,
    applicable,
    explain,
)

P = Permissions
NOW = datetime(2026, 8, 1, tzinfo=timezone.utc)
FACTS = json.loads((HERE / "documented_permissions.json").read_text())
BITS = {name: P(1 << bit) for name, (bit, _) in FACTS["permissions"].items()}


TALK = P.VIEW_CHANNEL | P.SEND_MESSAGES | P.ATTACH_FILES | P.READ_MESSAGE_HISTORY


# Facts -----------------------------------------------------------------------------------


def test_the_table_is_that_of_the_documentation() -> None:
    data = json.loads((discord_data() / "permissions.json").read_text())
    assert FACTS["kept_while_timed_out"] == data["kept_while_timed_out"]
    assert FACTS["channel_types"] == data["channel_type_abbreviations"]
    assert FACTS["permissions"] == {
        each["name"]: [each["bit"], "".join(each["channel_types"])] for each in data["permissions"]
    }


def test_each_permission_has_its_bit() -> None:
    assert {name: int(bit) for name, bit in P.__members__.items() if bit} == {
        name: int(bit) for name, bit in BITS.items()
    }


@pytest.mark.parametrize("letter", "TVS")
def test_each_channel_type_has_its_permissions(letter: str) -> None:
    documented = {n for n, (_, letters) in FACTS["permissions"].items() if letter in letters}
    for name in FACTS["channel_types"][letter]:
        assert set(P.all_for(ChannelType[name]).names) == documented
    for name in ("PUBLIC_THREAD", "PRIVATE_THREAD", "ANNOUNCEMENT_THREAD"):
        if letter == "T":
            assert set(P.all_for(ChannelType[name]).names) == documented


def test_a_category_has_the_permissions_of_all_types_and_a_direct_message_none() -> None:
    documented = {name for name, (_, letters) in FACTS["permissions"].items() if letters}
    assert set(P.all_for(ChannelType.GUILD_CATEGORY).names) == documented
    assert not P.all_for(ChannelType.DM)


def test_names_can_be_read() -> None:
    assert (P.MANAGE_GUILD | P.SEND_MESSAGES).labels == ("Manage Server", "Send Messages")
    assert all(label and "_" not in label for label in P.all().labels)


def test_missing_permissions_are_told_and_administrators_miss_none() -> None:
    assert TALK.missing(P.SEND_MESSAGES | P.BAN_MEMBERS) == P.BAN_MEMBERS
    assert not P.ADMINISTRATOR.missing(P.all())


# Examples --------------------------------------------------------------------------------


def test_roles_add_up() -> None:
    here = guild(role(11, P.BAN_MEMBERS), role(12, P.KICK_MEMBERS), everyone=TALK)
    assert member(ANN, 11).permissions_of_roles(here) == TALK | P.BAN_MEMBERS
    assert member(ANN, 11, 99).permissions_of_roles(here) == TALK | P.BAN_MEMBERS


def test_the_owner_may_do_everything_that_the_channel_knows() -> None:
    here = guild()
    assert member(OWNER).permissions_of_roles(here) == P.all()
    text = member(OWNER).permissions_in(channel((OWNER, 0, P.VIEW_CHANNEL)), here)
    assert P.VIEW_CHANNEL | P.BAN_MEMBERS | P.ADMINISTRATOR in text
    assert P.CONNECT not in text


def test_an_administrator_is_above_overwrites_and_timeouts() -> None:
    here = guild(role(11, P.ADMINISTRATOR))
    closed = channel((GUILD, 0, P.VIEW_CHANNEL), (ANN, 0, P.all()))
    late = member(ANN, 11, until=NOW + timedelta(days=1))
    assert TALK in late.permissions_in(closed, here, when=NOW)
    assert late.permissions_of_roles(here, when=NOW) == P.all()


def test_an_overwrite_makes_nobody_an_administrator() -> None:
    here = guild(everyone=TALK)
    open_ = channel((ANN, P.ADMINISTRATOR | P.BAN_MEMBERS, 0))
    assert member().permissions_in(open_, here) == TALK


def test_overwrites_apply_in_their_order() -> None:
    here = guild(role(11, 0), role(12, 0), everyone=TALK)
    deny, allow = P.ATTACH_FILES, P.ATTACH_FILES
    ann = member(ANN, 11, 12)
    assert P.ATTACH_FILES not in ann.permissions_in(channel((GUILD, 0, deny)), here)
    assert P.ATTACH_FILES in ann.permissions_in(channel((GUILD, 0, deny), (11, allow, 0)), here)
    both = channel((11, 0, deny), (12, allow, 0))
    assert P.ATTACH_FILES in ann.permissions_in(both, here)
    own = channel((ANN, 0, deny), (12, allow, 0))
    assert P.ATTACH_FILES not in ann.permissions_in(own, here)
    foreign = channel((13, 0, deny), (3, 0, deny))
    assert P.ATTACH_FILES in ann.permissions_in(foreign, here)


def test_who_cannot_see_can_do_nothing() -> None:
    here = guild(everyone=TALK | P.BAN_MEMBERS)
    assert not member().permissions_in(channel((GUILD, 0, P.VIEW_CHANNEL)), here)


def test_who_cannot_send_cannot_attach() -> None:
    here = guild(everyone=TALK | P.EMBED_LINKS | P.MENTION_EVERYONE | P.SEND_TTS_MESSAGES)
    left = member().permissions_in(channel((GUILD, 0, P.SEND_MESSAGES)), here)
    assert left == P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY


@pytest.mark.parametrize("kind", [ChannelType.GUILD_VOICE, ChannelType.GUILD_STAGE_VOICE])
def test_who_cannot_connect_cannot_manage_a_voice_channel(kind: ChannelType) -> None:
    here = guild(everyone=TALK | P.MANAGE_CHANNELS | P.CONNECT | P.STREAM | P.MUTE_MEMBERS)
    assert P.MANAGE_CHANNELS | P.STREAM in member().permissions_in(channel(kind=kind), here)
    left = member().permissions_in(channel((GUILD, 0, P.CONNECT), kind=kind), here)
    assert P.VIEW_CHANNEL in left
    assert not left & (P.MANAGE_CHANNELS | P.STREAM | P.MUTE_MEMBERS | P.CONNECT)


def test_a_timeout_leaves_looking_and_reading_until_it_is_over() -> None:
    here = guild(everyone=TALK | P.BAN_MEMBERS)
    late = member(ANN, until=NOW)
    kept = P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY
    before, after = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)
    assert late.permissions_in(channel(), here, when=before) == kept
    assert late.permissions_of_roles(here, when=before) == kept
    assert late.permissions_in(channel(), here, when=after) == TALK | P.BAN_MEMBERS
    assert set(FACTS["kept_while_timed_out"]) == set(kept.names)


def test_a_thread_asks_for_its_own_permission() -> None:
    here = guild(everyone=TALK)
    thread = channel(kind=ChannelType.PUBLIC_THREAD)
    quiet = channel((GUILD, P.SEND_MESSAGES_IN_THREADS, P.SEND_MESSAGES))
    assert P.SEND_MESSAGES | P.ATTACH_FILES in member().permissions_in(thread, here, parent=quiet)
    loud = member().permissions_in(thread, here, parent=channel())
    assert not loud & (P.SEND_MESSAGES | P.ATTACH_FILES)
    assert P.VIEW_CHANNEL in loud


def test_a_private_thread_shows_itself_to_its_members() -> None:
    thread = channel(kind=ChannelType.PRIVATE_THREAD)
    here, parent = guild(everyone=TALK), channel()
    assert P.VIEW_CHANNEL in member().permissions_in(thread, here, parent=parent, joined=True)
    assert not member().permissions_in(thread, here, parent=parent, joined=False)
    with pytest.raises(InvalidArgument, match="joined"):
        member().permissions_in(thread, here, parent=parent)
    theirs = channel(
        kind=ChannelType.PRIVATE_THREAD,
        member={"user_id": str(ANN), "join_timestamp": NOW.isoformat(), "flags": 0},
    )
    assert P.VIEW_CHANNEL in member().permissions_in(theirs, here, parent=parent)
    mods = guild(everyone=TALK | P.MANAGE_THREADS)
    assert P.VIEW_CHANNEL in member().permissions_in(thread, mods, parent=parent, joined=False)


def test_permissions_of_tomorrow_are_kept() -> None:
    tomorrow = P(1 << 60)
    assert tomorrow in member().permissions_in(channel(), guild(everyone=TALK | tomorrow))


@pytest.mark.parametrize(
    ("ask", "named"),
    [
        (lambda: member().permissions_of_roles(PartialGuild(id=GUILD)), "owner_id"),
        (lambda: member().permissions_of_roles(PartialGuild(id=GUILD, owner_id=1)), "roles"),
        (
            lambda: member().permissions_in(channel(kind=ChannelType.PUBLIC_THREAD), guild()),
            "parent",
        ),
        (
            lambda: member().permissions_in(PartialChannel(id=7), guild()),
            "permission_overwrites",
        ),
        (lambda: member().permissions_in(channel(kind=ChannelType.DM), guild()), "direct"),
        (
            lambda: GuildMember(roles=[], joined_at=None).permissions_of_roles(guild()),
            "user",
        ),
    ],
)
def test_what_is_not_known_is_asked_for(ask: Any, named: str) -> None:
    with pytest.raises(InvalidArgument, match=named):
        ask()


def test_roles_can_be_given_apart() -> None:
    bare = PartialGuild(id=GUILD, owner_id=OWNER)
    assert member().permissions_of_roles(bare, roles=[role(GUILD, TALK)]) == TALK


# Explanations ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("permission", "rule", "source"),
    [
        (P.VIEW_CHANNEL, PermissionRule.EVERYONE, GUILD),
        (P.BAN_MEMBERS, PermissionRule.ROLE, 11),
        (P.SEND_MESSAGES, PermissionRule.EVERYONE_OVERWRITE, GUILD),
        (P.ATTACH_FILES, PermissionRule.NO_SEND_MESSAGES, None),
        (P.ADD_REACTIONS, PermissionRule.ROLE_OVERWRITES, None),
        (P.PIN_MESSAGES, PermissionRule.MEMBER_OVERWRITE, ANN),
        (P.CONNECT, PermissionRule.CHANNEL_TYPE, None),
        (P.KICK_MEMBERS, PermissionRule.NOTHING, None),
    ],
)
def test_the_rule_that_decided_is_told(
    permission: P, rule: PermissionRule, source: int | None
) -> None:
    here = guild(role(11, P.BAN_MEMBERS), everyone=TALK | P.CONNECT)
    asked = channel((GUILD, 0, P.SEND_MESSAGES), (11, P.ADD_REACTIONS, 0), (ANN, P.PIN_MESSAGES, 0))
    told = member(ANN, 11).explain_permissions(here, asked)
    step = told.step_of(permission)
    assert (step.rule, step.source_id) == (rule, source)
    verdict = "allowed" if permission in told.permissions else "denied"
    assert told.why(permission).startswith(f"{permission.names[0]} is {verdict}: ")


def test_one_permission_is_explained_at_a_time() -> None:
    told = member().explain_permissions(guild(everyone=TALK))
    with pytest.raises(InvalidArgument, match="one permission"):
        told.why(TALK)


# By property -----------------------------------------------------------------------------

bits = st.integers(0, (1 << 53) - 1).map(P)
some = st.lists(st.sampled_from(sorted(BITS.values(), key=int)), max_size=6).map(
    lambda each: P(sum({int(bit) for bit in each}))
)
KINDS = [
    ChannelType.GUILD_TEXT, ChannelType.GUILD_VOICE, ChannelType.GUILD_STAGE_VOICE,
    ChannelType.GUILD_ANNOUNCEMENT, ChannelType.GUILD_FORUM, ChannelType.GUILD_CATEGORY,
]  # fmt: skip


@st.composite
def questions(draw: st.DrawFn) -> tuple[GuildMember, PartialGuild, Channel]:
    here = guild(role(11, draw(some)), role(12, draw(some)), everyone=draw(bits))
    mine = draw(st.lists(st.sampled_from([11, 12]), unique=True))
    who = draw(st.sampled_from([ANN, ANN, ANN, OWNER]))
    until = draw(st.sampled_from([None, NOW - timedelta(1), NOW + timedelta(1)]))
    ids = draw(st.lists(st.sampled_from([GUILD, 11, 12, 13, ANN]), unique=True))
    overwrites = [(each, draw(bits), draw(bits)) for each in ids]
    kind = draw(st.sampled_from(KINDS))
    return member(who, *mine, until=until), here, channel(*overwrites, kind=kind)


def documented(who: GuildMember, here: PartialGuild, asked: Channel) -> int:
    """Follow the documentation's pseudocode, then its implicit permissions, bit by bit."""
    roles = {each.id: each.permissions for each in here.roles or ()}
    base = int(roles[GUILD])
    for each in who.roles:
        base |= int(roles[each])
    above = who.id == OWNER or bool(base & P.ADMINISTRATOR)
    letters: dict[ChannelType, set[str]] = {kind: set() for kind in KINDS}
    for letter, kinds in FACTS["channel_types"].items():
        for name in kinds:
            letters.get(ChannelType[name], set()).add(letter)
    result = (1 << 53) - 1 if above else base
    if not above:
        found = {each.id: each for each in asked.permission_overwrites or ()}
        groups = [[GUILD], list(who.roles), [who.id]]
        for group in groups:
            mine = [found[each] for each in group if each in found]
            for name, bit in BITS.items():
                if not FACTS["permissions"][name][1]:
                    continue
                if any(each.allow & bit for each in mine):
                    result |= int(bit)
                elif any(each.deny & bit for each in mine):
                    result &= ~int(bit)
    here_letters = letters[asked.type] or set("TVS")
    for name, bit in BITS.items():
        listed = FACTS["permissions"][name][1]
        if listed and not here_letters & set(listed):
            result &= ~int(bit)
    if above:
        return result & ~(1 << 47)
    if not result & P.VIEW_CHANNEL:
        return 0
    if here_letters in ({"V"}, {"S"}) and not result & P.CONNECT:
        for name, bit in BITS.items():
            listed = FACTS["permissions"][name][1]
            if listed and "T" not in listed:
                result &= ~int(bit)
        result &= ~int(P.MANAGE_CHANNELS | P.MANAGE_ROLES | P.READ_MESSAGE_HISTORY)
    if not result & P.SEND_MESSAGES:
        result &= ~int(P.MENTION_EVERYONE | P.SEND_TTS_MESSAGES | P.ATTACH_FILES | P.EMBED_LINKS)
    if who.communication_disabled_until and who.communication_disabled_until > NOW:
        result &= int(P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY)
    return result


@settings(deadline=None)
@given(questions())
def test_it_is_the_documented_algorithm(asked: tuple[GuildMember, PartialGuild, Channel]) -> None:
    who, here, where = asked
    mine = int(who.permissions_in(where, here, when=NOW))
    unnamed = 1 << 47  # not a permission yet: kept where the roles have it, given to nobody
    assert mine & ~unnamed == documented(who, here, where) & ~unnamed


@settings(deadline=None)
@given(questions())
def test_the_steps_add_up_to_the_outcome(
    asked: tuple[GuildMember, PartialGuild, Channel],
) -> None:
    who, here, where = asked
    told: PermissionExplanation = explain(who, here, where, when=NOW)
    value = 0
    for step in told.steps:
        assert step.granted or step.denied
        assert not step.granted & value
        assert value & step.denied == step.denied
        value = value & ~int(step.denied) | int(step.granted)
    assert value == told.permissions
    for bit in BITS.values():
        decided = told.step_of(bit)
        assert bool(decided.granted & bit) == (bit in told.permissions)


@settings(deadline=None)
@given(questions())
def test_nothing_is_left_that_the_channel_does_not_know(
    asked: tuple[GuildMember, PartialGuild, Channel],
) -> None:
    who, here, where = asked
    mine = who.permissions_in(where, here, when=NOW)
    channel_wide = int(P.all()) & applicable(ChannelType.GUILD_CATEGORY)
    assert not int(mine) & channel_wide & ~applicable(where.type)
