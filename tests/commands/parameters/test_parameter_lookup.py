"""From what people write in messages to the argument, names looked up on a local Discord."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Annotated, Any, Literal

import pytest

from disruption import Rest
from disruption.commands.errors import BadArgument, MissingArgument
from disruption.commands.parameters import (
    Choices,
    FileTypes,
    Length,
    Mentionable,
    Parameter,
    Range,
    read_parameters,
)
from disruption.local import LocalDiscord
from disruption.local.seed import plant
from disruption.types import (
    Attachment,
    CategoryChannel,
    Channel,
    Emoji,
    Member,
    Message,
    Role,
    Snowflake,
    TextChannel,
    Thread,
    User,
    VoiceChannel,
)

SEED = {
    "users": ["ann", {"name": "bob", "global_name": "Bob"}, "bobby", "carl", "stranger"],
    "bots": [{"name": "helper", "token": "helper-token"}],
    "guilds": [
        {
            "name": "Base",
            "owner": "ann",
            "roles": [{"name": "mods"}, {"name": "Mods"}, {"name": "Team Red"}],
            "members": [{"user": "bob"}, {"user": "bobby"}, {"user": "carl", "nick": "Karl"}],
            "channels": [
                {"name": "general"},
                {"name": "off-topic"},
                {"name": "lounge", "type": "voice"},
                {"name": "lounge", "type": "category"},
            ],
        },
        {"name": "Elsewhere", "owner": "stranger", "channels": [{"name": "secret"}]},
    ],
}

PNG = b"\x89PNG\r\n\x1a\n"  # Discord looks at no more


class Colour(enum.Enum):
    RED = "r"
    GREEN = "g"


class World:
    """The seeded world, and contexts in it."""

    def __init__(self, local: LocalDiscord, rest: Rest) -> None:
        self.world = local.world
        self.rest = rest
        self.client = SimpleNamespace(rest=rest)
        self.guild = int(local.world.guilds.find("Base") or 0)

    def user(self, name: str) -> int:
        return int(self.world.user(name).id)

    def channel(self, name: str, guild: str = "Base") -> int:
        guild_id = self.world.guilds.find(guild)
        return int(self.world.channels.find(name, guild_id) or 0)

    def role(self, name: str) -> int:
        roles = self.world.roles.list(str(self.guild))
        return next(int(role["id"]) for role in roles if role["name"] == name)

    def context(self, **facts: Any) -> Any:
        given = {
            "client": self.client,
            "guild_id": self.guild,
            "channel_id": self.channel("general"),
            "message": None,
        }
        return SimpleNamespace(**{**given, **facts})

    def message(self, text: str) -> Message:
        general = self.world.channels.find("general", str(self.guild))
        sent = self.world.user("ann").say(str(general), text)
        return self.rest.get_channel_message(sent.channel_id, sent.id)


@pytest.fixture
def home(local: LocalDiscord) -> Iterator[World]:
    plant(local.world, SEED)
    with Rest("helper-token", base_url=local.rest_url) as rest:
        yield World(local, rest)


def parameter(annotation: Any) -> Parameter:
    def function(ctx: Any, option: Any) -> None: ...

    function.__annotations__["option"] = annotation
    return read_parameters(function)[0]


@pytest.mark.parametrize(
    ("annotation", "text", "argument"),
    [
        (str, "text", "text"),
        (int, "5", 5),
        (int, "-5", -5),
        (int, "+5", 5),
        (int, "1_000", 1000),
        (int, "1,000,000", 1000000),
        (float, "5", 5.0),
        (float, "-0.5", -0.5),
        (float, ".5", 0.5),
        (float, "5.", 5.0),
        (float, "1,000.5", 1000.5),
        (float, "1e3", 1000.0),
        *((bool, text, True) for text in ("yes", "Y", "on", "TRUE", "1", "enable")),
        *((bool, text, False) for text in ("no", "N", "off", "False", "0", "disabled")),
        (Colour, "red", Colour.RED),
        (Colour, "G", Colour.GREEN),
        (Literal["a", "b"], "B", "b"),
        (Literal[1, 2], "2", 2),
        (Annotated[int, Choices({"One": 1})], "one", 1),
        (Annotated[int, Choices({"One": 1})], "1", 1),
        (Annotated[timedelta, Choices({"An hour": "1h"})], "an hour", timedelta(hours=1)),
        (timedelta, "90s", timedelta(seconds=90)),
        (Snowflake, "<#123>", 123),
    ],
)
def test_plain_texts(annotation: Any, text: str, argument: Any) -> None:
    found = parameter(annotation).from_text(text, None)
    assert found == argument
    assert type(found) is type(argument)


@pytest.mark.parametrize(
    ("annotation", "text", "says"),
    [
        *(
            (int, text, "a whole number")
            for text in ("", "x", "1.5", "1,00", "0x10", "1__0", "1" * 200)
        ),
        *(
            (float, text, "a number")
            for text in ("", "x", "nan", "inf", "1,5", ".", "e5", "1e999", "-")
        ),
        *((bool, text, "yes or no") for text in ("", "maybe", "2")),
        (Annotated[int, Range(2, 6)], "7", "a whole number from 2 to 6"),
        (Annotated[float, Range(2, 6)], "7", "a number from 2 to 6"),
        (Annotated[str, Length(max=2)], "abc", "a text of at most 2"),
        (Colour, "blue", "one of RED, GREEN"),
        (timedelta, "soon", "a duration"),
        (Snowflake, "<t:5>", "an id"),
    ],
)
def test_plain_texts_that_do_not_fit(annotation: Any, text: str, says: str) -> None:
    with pytest.raises(BadArgument, match=f"option must be {says}") as caught:
        parameter(annotation).from_text(text, None)
    assert (caught.value.parameter, caught.value.value) == ("option", text)


def test_people_by_mention_id_and_name(home: World) -> None:
    bob = home.user("bob")
    ctx = home.context()
    for text in (f"<@{bob}>", f"<@!{bob}>", str(bob), "bob", "@bob", "BOB"):
        user = parameter(User).from_text(text, ctx)
        assert (type(user), user.id) == (User, bob)
        member = parameter(Member).from_text(text, ctx)
        assert (type(member), member.id, member.guild_id) == (Member, bob, home.guild)
        assert type(parameter(User | Member).from_text(text, ctx)) is Member
        assert parameter(Mentionable).from_text(text, ctx) == member
    assert parameter(Member).from_text("karl", ctx).id == home.user("carl")
    assert parameter(User).from_text("Bobby", ctx).id == home.user("bobby")


def test_strangers(home: World) -> None:
    stranger = home.user("stranger")
    ctx = home.context()
    assert parameter(User).from_text(str(stranger), ctx).username == "stranger"
    assert type(parameter(User | Member).from_text(str(stranger), ctx)) is User
    with pytest.raises(BadArgument, match="is not a member of this server"):
        parameter(Member).from_text(str(stranger), ctx)
    for annotation, text, says in (
        (Member, "nobody", "a member of this server"),
        (User, "nobody", "a user"),
        (User, "1", "a user"),
        (User, "x" * 101, "a user"),
        (Mentionable, "nobody", "a user or a role"),
        (Role, f"<@{stranger}>", "a role"),
        (Role, "", "a role"),
    ):
        with pytest.raises(BadArgument, match=f"option must be {says}, not"):
            parameter(annotation).from_text(text, ctx)


def test_people_that_the_message_carries_cost_no_request(home: World) -> None:
    bob = home.user("bob")
    message = home.message(f"!do <@{bob}>")
    ctx = home.context(message=message, client=None)
    assert parameter(User).from_text(f"<@{bob}>", ctx).id == bob
    member = home.rest.get_guild_member(home.guild, bob)
    message.mentions[0].member = member
    assert parameter(Member).from_text(f"<@{bob}>", ctx) is member


def test_roles_by_mention_id_and_name(home: World) -> None:
    ctx, red = home.context(), home.role("Team Red")
    for text in (f"<@&{red}>", str(red), "Team Red", "team red"):
        for annotation in (Role, Mentionable, User | Role):
            found = parameter(annotation).from_text(text, ctx)
            assert (type(found), found.id, found.guild_id) == (Role, red, home.guild)
    assert parameter(Role).from_text("Mods", ctx).id == home.role("Mods")
    with pytest.raises(BadArgument, match='there are 2 of the name "MODS"; mention the one'):
        parameter(Role).from_text("MODS", ctx)


def test_channels_by_mention_link_id_and_name(home: World) -> None:
    ctx, general = home.context(), home.channel("general")
    link = f"https://discord.com/channels/{home.guild}/{general}"
    for text in (f"<#{general}>", str(general), link, "general", "#general", "GENERAL"):
        for annotation in (TextChannel, Channel):
            found = parameter(annotation).from_text(text, ctx)
            assert (type(found), found.id, found.guild_id) == (TextChannel, general, home.guild)
    assert type(parameter(VoiceChannel).from_text("lounge", ctx)) is VoiceChannel
    assert type(parameter(CategoryChannel).from_text("lounge", ctx)) is CategoryChannel
    with pytest.raises(BadArgument, match="there are 2 of the name"):
        parameter(Channel).from_text("lounge", ctx)
    with pytest.raises(BadArgument, match="must be a voice channel"):
        parameter(VoiceChannel).from_text(f"<#{general}>", ctx)


def test_threads_are_found_by_name_too(home: World) -> None:
    thread = home.rest.start_thread_without_message(
        home.channel("general"), name="Side talk", type=11
    )
    found = parameter(Thread).from_text("side talk", home.context())
    assert (type(found), found.id) == (Thread, thread.id)


def test_channels_of_other_guilds_are_not_shown(home: World) -> None:
    secret = home.channel("secret", "Elsewhere")
    elsewhere = f"https://discord.com/channels/{home.guild}/{secret}"
    for text in (f"<#{secret}>", str(secret), elsewhere, "secret", "1", "https://discord.com"):
        with pytest.raises(BadArgument, match="option must be a channel, not"):
            parameter(Channel).from_text(text, home.context())


def test_messages_by_link_ids_and_id(home: World) -> None:
    message = home.message("the one")
    here = home.context()
    elsewhere = home.context(channel_id=home.channel("off-topic"))
    made = parameter(Message)
    pair = f"{message.channel_id}-{message.id}"
    link = f"https://discord.com/channels/{home.guild}/{message.channel_id}/{message.id}"
    for text in (pair, link, f"<{link}>"):
        for ctx in (here, elsewhere):
            found = made.from_text(text, ctx)
            assert (type(found), found.id, found.guild_id) == (Message, message.id, home.guild)
            assert found.content == "the one"
            assert made.from_option(text, None, ctx) == found
    assert made.from_text(str(message.id), here) == message
    for text in (str(message.id), f"{elsewhere.channel_id}-{message.id}"):
        with pytest.raises(BadArgument, match="option must be a link to a message of this server"):
            made.from_text(text, elsewhere)


def test_messages_of_other_guilds_are_not_shown(home: World) -> None:
    secret = home.channel("secret", "Elsewhere")
    hidden = home.world.user("stranger").say(str(secret), "do not tell")
    assert home.rest.get_channel_message(secret, hidden.id).content == "do not tell"
    forged = f"https://discord.com/channels/{home.guild}/{secret}/{hidden.id}"
    in_private = home.context(guild_id=None)
    for ctx in (home.context(), in_private):
        for text in (f"{secret}-{hidden.id}", forged):
            with pytest.raises(BadArgument, match="option must be a link"):
                parameter(Message).from_text(text, ctx)
    in_there = home.context(channel_id=secret, guild_id=None)
    assert parameter(Message).from_text(str(hidden.id), in_there).content == "do not tell"


@pytest.mark.parametrize(
    "text", ["", "1", "-1", "1-", "1-2-3", "<@1>", "x", "https://discord.com/channels/1/2", "²"]
)
def test_what_is_no_message(home: World, text: str) -> None:
    with pytest.raises(BadArgument, match="option must be a link to a message") as caught:
        parameter(Message).from_text(text, home.context())
    assert (caught.value.parameter, caught.value.value) == ("option", text)


def test_emojis_as_they_are_written(home: World) -> None:
    made = parameter(Emoji)
    ctx = home.context(client=None)  # nobody is asked
    for text, name, number in (
        ("👍", "👍", None),
        ("❤️", "❤️", None),
        ("<:blob:123>", "blob", 123),
        (" <a:dance:124> ", "dance", 124),
    ):
        for found in (made.from_text(text, ctx), made.from_option(text, None, ctx)):
            assert (type(found), found.name, found.id) == (Emoji, name, number)
    assert made.from_text("<a:dance:124>", ctx).animated
    with pytest.raises(BadArgument, match='option must be an emoji, not "blob"'):
        made.from_text("blob", home.context(client=None, guild_id=None))


def test_emojis_by_name_and_id_in_the_guild(home: World) -> None:
    emoji = home.rest.create_guild_emoji(home.guild, name="blob", image=PNG)
    made = parameter(Emoji)
    for text in ("blob", ":blob:", "BLOB", str(emoji.id)):
        assert made.from_text(text, home.context()) == emoji
    for text in ("nobody", "", ":", "x" * 40, "1"):
        with pytest.raises(BadArgument, match="option must be an emoji, not"):
            made.from_text(text, home.context())


@pytest.mark.parametrize("annotation", [Member, Role, Channel])
def test_in_direct_messages_there_are_no_servers_things(annotation: Any) -> None:
    ctx = SimpleNamespace(guild_id=None, client=None, message=None)
    with pytest.raises(BadArgument, match="can be chosen in servers only"):
        parameter(annotation).from_text("1", ctx)
    with pytest.raises(BadArgument, match="must be a user"):
        parameter(User).from_text("ann", ctx)


def test_files_come_in_the_order_of_the_message() -> None:
    def function(
        ctx: Any, a: Attachment, text: str, b: Annotated[Attachment, FileTypes(".txt")]
    ) -> None: ...

    parameters = {one.name: one for one in read_parameters(function)}
    files = [
        Attachment(id=Snowflake(n), filename=f"{n}.txt", size=1, url="", proxy_url="")
        for n in (1, 2)
    ]
    ctx = SimpleNamespace(message=SimpleNamespace(attachments=files))
    assert [parameters[name].from_text("", ctx).id for name in "ab"] == [1, 2]
    files.pop()
    with pytest.raises(MissingArgument, match=r"b is missing: attach a file \(.txt\)"):
        parameters["b"].from_text("", ctx)
    files.append(Attachment(id=Snowflake(3), filename="3.exe", size=1, url="", proxy_url=""))
    with pytest.raises(BadArgument, match=r"must be a file \(.txt\), not \"3.exe\""):
        parameters["b"].from_text("", ctx)


def test_the_first_type_of_a_union_that_takes_it() -> None:
    def function(ctx: Any, option: int | Colour | timedelta) -> None: ...

    (union,) = read_parameters(function, slash=False)
    assert union.from_text("5", None) == 5
    assert union.from_text("red", None) is Colour.RED
    assert union.from_text("5m", None) == timedelta(minutes=5)
    with pytest.raises(BadArgument, match="a whole number or one of RED, GREEN or a duration"):
        union.from_text("x", None)
