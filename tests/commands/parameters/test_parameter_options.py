"""From what Discord sends of an option to the argument."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Annotated, Any, Literal

import pytest

from disruption.commands.errors import BadArgument, UserError
from disruption.commands.parameters import (
    Autocomplete,
    Choices,
    Converter,
    FileTypes,
    Length,
    Mentionable,
    Range,
    read_parameters,
    register_converter,
)
from disruption.commands.parameters.custom import _registered
from disruption.errors import InvalidArgument
from disruption.types import (
    Attachment,
    Channel,
    Member,
    PartialChannel,
    ResolvedData,
    Role,
    Snowflake,
    TextChannel,
    Thread,
    User,
    VoiceChannel,
)
from disruption.types.core.base import bind

UTC = timezone.utc
GUILD = SimpleNamespace(guild_id=10, client=None, message=None)

USER = {"id": "1", "username": "ann", "discriminator": "0", "avatar": None, "global_name": "Ann"}
OTHER = {**USER, "id": "2", "username": "bob", "global_name": None}
MEMBER = {"roles": [], "joined_at": None, "deaf": False, "mute": False, "flags": 0}
ROLE = {
    "id": "3",
    "name": "mods",
    "color": 0,
    "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    "hoist": False,
    "position": 1,
    "permissions": "0",
    "managed": False,
    "mentionable": False,
    "flags": 0,
}
FILE = {
    "id": "6",
    "filename": "cat.PNG",
    "size": 1,
    "url": "https://x",
    "proxy_url": "https://x",
    "content_type": "image/png",
}


def resolved() -> ResolvedData:
    return ResolvedData.from_dict(
        {
            "users": {"1": USER, "2": OTHER},
            "members": {"1": MEMBER},
            "roles": {"3": ROLE},
            "channels": {
                "4": {"id": "4", "type": 0, "name": "general", "permissions": "0"},
                "5": {"id": "5", "type": 11, "name": "talk", "permissions": "0"},
                "7": {"id": "7", "type": 99, "name": "new", "permissions": "0"},
            },
            "attachments": {"6": FILE},
        }
    )


class Colour(enum.Enum):
    RED = "r"
    GREEN = "g"


class Size(enum.IntEnum):
    SMALL = 1
    LARGE = 2


class Point(enum.Enum):
    ORIGIN = (0, 0)


class Song:
    def __init__(self, title: str = "") -> None:
        self.title = title

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Song) and other.title == self.title

    @classmethod
    def convert(cls, ctx: Any, value: str) -> Song:
        if value == "unknown":
            raise BadArgument("There is no such song.")
        if value == "broken":
            raise ValueError("songs have no such name")
        return cls(value)


class Doubler:
    def convert(self, ctx: Any, value: str) -> str:
        return value * 2


def convert(annotation: Any, raw: Any, data: ResolvedData | None = None, ctx: Any = GUILD) -> Any:
    def function(ctx: Any, option: Any) -> None: ...

    function.__annotations__["option"] = annotation
    (parameter,) = read_parameters(function)
    return parameter.from_option(raw, data, ctx)


@pytest.mark.parametrize(
    ("annotation", "raw", "argument"),
    [
        (str, "text", "text"),
        (str, "", ""),
        (int, 5, 5),
        (int, 5.0, 5),
        (float, 5, 5.0),
        (float, 0.5, 0.5),
        (bool, True, True),
        (bool, False, False),
        (int | None, 5, 5),
        (Annotated[int, Range(2, 6)], 2, 2),
        (Annotated[int, Range(2, 6)], 6, 6),
        (Annotated[str, Length(1, 3)], "abc", "abc"),
        (Colour, "r", Colour.RED),
        (Size, 2, Size.LARGE),
        (Point, "ORIGIN", Point.ORIGIN),
        (Literal["a", "b"], "b", "b"),
        (Literal[1, 2], 2, 2),
        (Literal[Colour.RED], "r", Colour.RED),
        (Annotated[int, Choices({"One": 1})], 1, 1),
        (Annotated[float, Choices(1, 2)], 1, 1.0),
        (Annotated[timedelta, Choices({"An hour": "1h"})], "1h", timedelta(hours=1)),
        (Annotated[Colour, Autocomplete(lambda ctx, value: [])], "Green", Colour.GREEN),
        (Snowflake, "123", 123),
        (Snowflake, "<@!123>", 123),
        (Snowflake, "<:smile:123>", 123),
        (Snowflake, "https://discord.com/channels/1/2", 2),
        (Snowflake, "https://discord.com/channels/1/2/3", 3),
        (timedelta, "1h30m", timedelta(minutes=90)),
        (datetime, "2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        (Song, "x", Song("x")),
        (Doubler, "x", "xx"),
        (Annotated[str, Doubler()], "x", "xx"),
        (Annotated[str, Converter(Doubler)], "x", "xx"),
        (Annotated[int, Converter(lambda ctx, value: value + 1, takes=int)], 5, 6),
        (Annotated[int, lambda ctx, value: len(value)], "abc", 3),
        (Annotated[int, Converter(lambda ctx, v: v + 1, takes=int), Choices(1, 2)], 2, 3),
    ],
)
def test_values(annotation: Any, raw: Any, argument: Any) -> None:
    found = convert(annotation, raw)
    assert found == argument
    assert type(found) is type(argument)


@pytest.mark.parametrize(
    ("annotation", "raw", "says"),
    [
        (str, 5, 'option must be a text, not "5"'),
        (str, None, "a text"),
        (int, "5", "a whole number"),
        (int, True, "a whole number"),
        (int, 5.5, "a whole number"),
        (float, "5", "a number"),
        (float, True, "a number"),
        (bool, 1, "yes or no"),
        (bool, "true", "yes or no"),
        (Annotated[int, Range(2, 6)], 7, 'a whole number from 2 to 6, not "7"'),
        (Annotated[int, Range(2)], 1, "a whole number of at least 2"),
        (Annotated[float, Range(max=2)], 3, "a number of at most 2"),
        (Annotated[str, Length(2, 2)], "abc", "a text of 2 characters"),
        (Annotated[str, Length(2)], "a", "at least 2 characters"),
        (Annotated[str, Length(max=2)], "abc", "at most 2 characters"),
        (Colour, "RED", "one of RED, GREEN"),
        (Colour, [], "one of RED, GREEN"),
        (Literal["a"], "c", "one of a"),
        (Annotated[timedelta, Choices("1h")], "2h", "one of 1h"),
        (Annotated[Colour, Autocomplete(lambda ctx, value: [])], "blue", "one of RED, GREEN"),
        (Snowflake, "ann", "an id, a mention or a link"),
        (Snowflake, 5, "an id"),
        (Snowflake, str(2**64), "an id"),
        (timedelta, "soon", "a duration, as 1h30m"),
        (timedelta, 5, "a duration"),
        (datetime, "soon", "a date and time"),
        (Annotated[timedelta, Range(max=timedelta(1))], "2d", "at most 1 day"),
        (Annotated[timedelta, Range(timedelta(1))], "2h", "at least 1 day"),
        (Song, "unknown", "^There is no such song.$"),
        (Song, "broken", "option: songs have no such name"),
        (Song, 5, "a text"),
    ],
)
def test_values_that_do_not_fit(annotation: Any, raw: Any, says: str) -> None:
    with pytest.raises(BadArgument, match=says) as caught:
        convert(annotation, raw)
    assert caught.value.parameter == "option"
    assert caught.value.value == raw


def test_errors_of_converters_that_are_no_value_errors_pass() -> None:
    def fails(ctx: Any, value: str) -> int:
        raise LookupError("a bug")

    def tells(ctx: Any, value: str) -> int:
        raise UserError("No.")

    with pytest.raises(LookupError, match="a bug"):
        convert(Annotated[int, fails], "x")
    with pytest.raises(UserError, match="No"):
        convert(Annotated[int, tells], "x")


def test_users_and_members() -> None:
    user = convert(User, "1", resolved())
    assert (type(user), user.username) == (User, "ann")
    member = convert(Member, "1", resolved())
    assert type(member) is Member
    assert (member.user, member.guild_id, member.display_name) == (user, 10, "Ann")
    assert "user" not in member.to_dict()
    assert convert(User | Member, "1", resolved()) == member
    assert convert(User | Member, "2", resolved()).username == "bob"


def test_arguments_belong_to_the_client_that_received_them() -> None:
    api: Any = SimpleNamespace(rest=None, counters=None)
    for annotation, raw in ((User, "1"), (Member, "1"), (Role, "3"), (Channel, "4")):
        data = bind(resolved(), api)
        assert convert(annotation, raw, data)._api is api


def test_someone_who_is_no_member() -> None:
    with pytest.raises(BadArgument, match="option: bob is not a member of this server"):
        convert(Member, "2", resolved())


def test_roles_and_mentionables() -> None:
    role = convert(Role, "3", resolved())
    assert (type(role), role.name, role.guild_id) == (Role, "mods", 10)
    assert convert(Mentionable, "3", resolved()) == role
    assert type(convert(Mentionable, "1", resolved())) is Member
    assert type(convert(Mentionable, "2", resolved())) is User
    assert type(convert(User | Role, "1", resolved())) is User
    with pytest.raises(BadArgument, match="bob is not a member"):
        convert(Member | Role, "2", resolved())


def test_channels_are_of_their_class() -> None:
    for annotation in (TextChannel, Channel, PartialChannel, TextChannel | VoiceChannel):
        channel = convert(annotation, "4", resolved())
        assert (type(channel), channel.name, channel.guild_id) == (TextChannel, "general", 10)
    assert type(convert(Thread, "5", resolved())) is Thread
    assert type(convert(Channel, "7", resolved())) is Channel
    with pytest.raises(BadArgument, match='a voice channel, not "#general"'):
        convert(VoiceChannel, "4", resolved())


def test_files() -> None:
    assert convert(Attachment, "6", resolved()).filename == "cat.PNG"
    for types in (("image",), (".png",), (".pdf", "image")):
        assert convert(Annotated[Attachment, FileTypes(*types)], "6", resolved()).id == 6
    for types in (("video",), (".pdf",)):
        with pytest.raises(BadArgument, match=r"must be a file \(.*not \"cat.PNG\""):
            convert(Annotated[Attachment, FileTypes(*types)], "6", resolved())


@pytest.mark.parametrize("annotation", [User, Member, Role, Mentionable, Channel, Attachment])
@pytest.mark.parametrize("raw", ["99", "x", None])
@pytest.mark.parametrize("data", [None, ResolvedData(), resolved()])
def test_what_discord_did_not_send_along(annotation: Any, raw: Any, data: Any) -> None:
    with pytest.raises(BadArgument, match="option: Discord did not say what"):
        convert(annotation, raw, data)


def test_outside_of_guilds_there_is_no_guild_id() -> None:
    direct = SimpleNamespace(guild_id=None, client=None, message=None)
    assert convert(User, "1", resolved(), direct).id == 1
    assert convert(Channel, "4", resolved(), direct).guild_id is None


@pytest.fixture
def table() -> Any:
    before = dict(_registered)
    yield
    _registered.clear()
    _registered.update(before)


def test_converters_by_type(table: None) -> None:
    register_converter(complex, lambda ctx, value: complex(value))
    register_converter(bytes, lambda ctx, value: bytes(value), takes=Annotated[int, Range(0, 9)])
    assert convert(complex, "1+2j") == 1 + 2j
    assert convert(bytes | None, 2) == b"\0\0"
    with pytest.raises(BadArgument, match="malformed string"):
        convert(complex, "x")
    with pytest.raises(BadArgument, match="from 0 to 9"):
        convert(bytes, 10)
    with pytest.raises(InvalidArgument, match=r"takes \(ctx, value\)"):
        register_converter(complex, lambda value: 1j)  # type: ignore[misc, arg-type]
