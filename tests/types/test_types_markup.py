"""Mentions and the rest of <…>, in both directions."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import disruption.types as T
from disruption.errors import InvalidArgument
from disruption.types import markup
from disruption.types.markup import (
    AnyMarkup,
    ChannelMarkup,
    CommandMarkup,
    EmojiMarkup,
    EveryoneMarkup,
    NavigationMarkup,
    NavigationType,
    RoleMarkup,
    TimeMarkup,
    TimestampStyle,
    UserMarkup,
    parse_mention,
    parse_mentions,
)

ids = st.integers(0, 2**64 - 1).map(T.Snowflake)
words = st.from_regex(r"\A[a-z0-9_-]{1,32}\Z") | st.sampled_from(["añadir", "हिन्दी", "ไทย"])
markups: st.SearchStrategy[AnyMarkup] = st.one_of(
    st.builds(UserMarkup, ids),
    st.builds(RoleMarkup, ids),
    st.builds(ChannelMarkup, ids),
    st.builds(CommandMarkup, st.lists(words, min_size=1, max_size=3).map(" ".join), ids),
    st.builds(EmojiMarkup, st.from_regex(r"\A[A-Za-z0-9_]{1,32}\Z"), ids, st.booleans()),
    st.builds(
        TimeMarkup,
        st.integers(-8_640_000_000_000, 8_640_000_000_000),
        st.none() | st.sampled_from(TimestampStyle),
    ),
    st.builds(NavigationMarkup, st.sampled_from(NavigationType)),
    st.builds(NavigationMarkup, st.just(NavigationType.LINKED_ROLES), ids),
    st.builds(EveryoneMarkup, st.booleans()),
)
plain = st.text(st.characters(exclude_characters="<>@`:&#/\\"), max_size=20)


@given(markups)
def test_what_is_written_is_read(made: AnyMarkup) -> None:
    text = str(made)
    assert parse_mention(f" {text} ") == made
    assert parse_mentions(text) == [made]
    assert parse_mentions(text)[0].span == (0, len(text))


@given(st.lists(st.tuples(plain, markups)), plain)
def test_everything_is_found_where_it_is(pieces: list[tuple[str, AnyMarkup]], end: str) -> None:
    text = "".join(f"{before}{made}" for before, made in pieces) + end
    found = parse_mentions(text)
    assert found == [made for _, made in pieces]
    assert [text[slice(*m.span)] for m in found] == [str(made) for _, made in pieces]


@given(st.text(st.sampled_from("<>@!&#:/atid`0123456789 \\-Rx\n")))
def test_no_text_is_too_strange(text: str) -> None:
    for found in parse_mentions(text):
        assert parse_mention(text[slice(*found.span)]) == found


def test_the_forms_of_the_documentation() -> None:
    text = (
        "<@80351110224678912> <@!80351110224678912> <#103735883630395392> "
        "<@&165511591545143296> </airhorn:816437322781949972> </foo group bar:123456789012345678> "
        "<:mmLol:216154654256398347> <a:b1nzy:392938283556143104> <t:1618953630> "
        "<t:1618953630:d> <id:customize> <id:linked-roles:7> @here"
    )
    assert parse_mentions(text) == [
        UserMarkup(T.Snowflake(80351110224678912)),
        UserMarkup(T.Snowflake(80351110224678912)),
        ChannelMarkup(T.Snowflake(103735883630395392)),
        RoleMarkup(T.Snowflake(165511591545143296)),
        CommandMarkup("airhorn", T.Snowflake(816437322781949972)),
        CommandMarkup("foo group bar", T.Snowflake(123456789012345678)),
        EmojiMarkup("mmLol", T.Snowflake(216154654256398347)),
        EmojiMarkup("b1nzy", T.Snowflake(392938283556143104), True),
        TimeMarkup(1618953630),
        TimeMarkup(1618953630, TimestampStyle.SHORT_DATE),
        NavigationMarkup(NavigationType.CUSTOMIZE),
        NavigationMarkup(NavigationType.LINKED_ROLES, T.Snowflake(7)),
        EveryoneMarkup(here=True),
    ]
    assert markup.find_user_ids(text) == [80351110224678912]
    assert markup.find_role_ids(text) == [165511591545143296]
    assert markup.find_channel_ids(text) == [103735883630395392]


@pytest.mark.parametrize(
    "text",
    [
        *("<@>", "<@x>", "< @1>", "<@1", "<@99999999999999999999>", "<#>", "</:1>", "</a b c d:1>"),
        *("<:x>", "<:x:>", "<:a b:1>", "<t:>", "<t:1:x>", "<t:9999999999999>", "<id:home>"),
        *("<id:browse:1>", "@everyon", "@ here", "<@\u0663>"),
    ],
)
def test_what_is_none(text: str) -> None:
    assert parse_mentions(text) == []
    with pytest.raises(InvalidArgument, match="no mention"):
        parse_mention(text)


def test_code_mentions_nobody() -> None:
    text = "`<@1>` <@2> ```\n<@3>\n``` <@4> \\`<@5>\\`"
    assert markup.find_user_ids(text) == [2, 4, 5]
    assert [m.id for m in parse_mentions(text, in_code=True) if isinstance(m, UserMarkup)] == [
        *(1, 2, 3, 4, 5)
    ]


def test_entities_are_mentioned_as_by_their_ids() -> None:
    assert markup.mention_user(T.PartialUser(id=1)) == T.PartialUser(id=1).mention == "<@1>"
    assert markup.mention_channel("2") == T.PartialChannel(id=2).mention == "<#2>"
    assert markup.mention_role(3) == T.PartialRole(id=3).mention == "<@&3>"
    assert T.PartialRole(id=3, guild_id=T.Snowflake(3)).mention == "@everyone"
    command = T.convert(T.ApplicationCommand, {"id": "4", "name": "tag"})
    assert command.mention == markup.mention_command("tag", command) == "</tag:4>"
    assert command.mention_subcommand("local add") == "</tag local add:4>"
    with pytest.raises(InvalidArgument):
        command.mention_subcommand("a b c")


@given(
    st.datetimes(timezones=st.just(timezone.utc)) | st.datetimes(),
    st.none() | st.sampled_from(TimestampStyle),
)
def test_moments_are_whole_seconds(when: datetime, style: TimestampStyle | None) -> None:
    try:
        aware = when if when.tzinfo else when.astimezone()
    except (OverflowError, ValueError):  # year 1 and year 9999 have no other zones
        return
    found = parse_mention(markup.mention_time(when, style))
    assert isinstance(found, TimeMarkup)
    assert found.style == style
    if found.when is not None:
        assert timedelta() <= aware - found.when < timedelta(seconds=1)


def test_moments_by_number() -> None:
    assert markup.mention_time(0) == "<t:0>"
    assert markup.mention_time(1.9, "R") == "<t:1:R>"
    assert markup.mention_time(-0.5) == "<t:-1>"
    assert TimeMarkup(8_640_000_000_000).when is None


@pytest.mark.parametrize(
    "call",
    [
        lambda: markup.mention_time(0, "x"),
        lambda: markup.mention_time(float("nan")),
        lambda: markup.mention_time(float("inf")),
        lambda: markup.mention_time(1e15),
        lambda: markup.mention_user("ann"),
        lambda: markup.mention_command("", 1),
        lambda: markup.mention_command("a b c d", 1),
        lambda: markup.mention_emoji("a-b", 1),
        lambda: markup.mention_navigation("home"),
        lambda: markup.mention_navigation("browse", 1),
    ],
)
def test_what_cannot_be_written(call: Any) -> None:
    with pytest.raises(InvalidArgument):
        call()


def test_replacing_leaves_code_alone() -> None:
    replaced = markup.replace_mentions(
        "<@1> `<@1>` <#2>", lambda m: "Ann" if isinstance(m, UserMarkup) else None
    )
    assert replaced == "Ann `<@1>` <#2>"


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    ["<", "<@", "</a ", "</aaaaaaaaaaaa", "<:a", "<t:1", "<@1>", "`", "`<@1>", "``` ", "\\`", "@"],
)
def test_hostile_text_takes_no_longer_than_its_length(unit: str) -> None:
    parse_mentions(unit * (300_000 // len(unit)))
