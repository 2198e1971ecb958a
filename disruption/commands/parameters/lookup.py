"""What people write in place of users, roles, channels, messages, emojis: mentions, ids, names.

What the message does not carry is asked of Discord, one request a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, Protocol, TypeVar, cast

from ...errors import Forbidden, InvalidArgument, NotFound
from ...types import Emoji, GuildMember, Message, PartialChannel, Role, Snowflake, User
from ...types.core.base import fill
from ..errors import BadArgument
from ..phrases import Phrase
from .kind import ConversionContext, bad

__all__ = [
    "any_id",
    "find_channel",
    "find_emoji",
    "find_member",
    "find_message",
    "find_role",
    "find_user",
    "mentioned_id",
    "not_a_member",
    "read_id",
]

_T = TypeVar("_T")
_MEMBERS: Final = 100


class _HasId(Protocol):
    id: Snowflake


def read_id(text: str, *kinds: str) -> Snowflake | None:
    """Return the id that a text is: digits, or a mention of one of these kinds; else None.

    Args:
        text: What was written.
        kinds: ``user``, ``role``, ``channel``, ``command``, ``emoji``.
    """
    plain = text.strip()
    if plain.isascii() and plain.isdigit() and len(plain) <= 20:
        number = int(plain)
        return Snowflake(number) if number < 1 << 64 else None
    return mentioned_id(plain, *kinds)


def mentioned_id(text: str, *kinds: str) -> Snowflake | None:
    """Return the id of a mention of one of these kinds; None for everything else."""
    if not text.lstrip().startswith("<"):
        return None
    from ...types import markup  # its expressions take a while to compile, and few need them

    classes: dict[str, type[Any]] = {
        "user": markup.UserMarkup,
        "role": markup.RoleMarkup,
        "channel": markup.ChannelMarkup,
        "command": markup.CommandMarkup,
        "emoji": markup.EmojiMarkup,
    }
    try:
        found = markup.parse_mention(text)
    except InvalidArgument:
        return None
    for kind in kinds:
        if isinstance(found, classes[kind]):
            return Snowflake(cast("_HasId", found).id)
    return None


def any_id(text: str) -> Snowflake | None:
    """Return the id in digits, a mention, a custom emoji or a link; else None."""
    found = read_id(text, "user", "role", "channel", "command", "emoji")
    if found is not None:
        return found
    from ...types import links

    try:
        link = links.parse_link(text)
    except InvalidArgument:
        return None
    if isinstance(link, links.MessageLink):
        return link.message_id
    return link.channel_id if isinstance(link, links.ChannelLink) else None


def find_user(text: str, ctx: ConversionContext, name: str, accepts: str) -> User:
    """Return a user by mention, id or, in a guild, a member's name.

    Raises:
        BadArgument: There is none, or there are several.
    """
    user_id = read_id(text, "user")
    if user_id is None:
        if ctx.guild_id is None:
            raise bad(name, text, accepts)
        named = _named_member(text, ctx, ctx.guild_id, name, accepts).user
        if named is None:
            raise bad(name, text, accepts)
        return named
    message = ctx.message
    for mentioned in () if message is None else message.mentions:
        if mentioned.id == user_id:
            return mentioned
    try:
        return ctx.client.rest.get_user(user_id)
    except NotFound as error:
        raise bad(name, text, accepts) from error


def find_member(text: str, ctx: ConversionContext, name: str, accepts: str) -> GuildMember:
    """Return a member of the guild by mention, id or name.

    Raises:
        BadArgument: There is none, there are several, or this is no guild.
    """
    guild_id = ctx.guild_id
    if guild_id is None:
        raise _only_in_guilds(name, text)
    user_id = read_id(text, "user")
    if user_id is None:
        return _named_member(text, ctx, guild_id, name, accepts)
    message = ctx.message
    for mentioned in () if message is None else message.mentions:
        member = mentioned.member
        if mentioned.id == user_id and member is not None and member.user is not None:
            if member.guild_id is None:
                fill(member, guild_id=Snowflake(guild_id))
            return member
    try:
        return ctx.client.rest.get_guild_member(guild_id, user_id)
    except NotFound as error:
        raise not_a_member(name, text) from error


def not_a_member(name: str, who: object) -> BadArgument:
    """Return the error for a user who is not in the guild."""
    text = Phrase("{name}: {who} is not a member of this server", name=name, who=who)
    return BadArgument(text, name, who)


def _only_in_guilds(name: str, value: object) -> BadArgument:
    return BadArgument(Phrase("{name} can be chosen in servers only", name=name), name, value)


def _named_member(
    text: str, ctx: ConversionContext, guild_id: int, name: str, accepts: str
) -> GuildMember:
    wanted = text.strip().removeprefix("@")
    if not 1 <= len(wanted) <= 100:
        raise bad(name, text, accepts)
    found = ctx.client.rest.search_guild_members(guild_id, wanted, limit=_MEMBERS)
    return _only(
        wanted,
        found,
        lambda member: (
            (member.nick or "", member.user.username, member.user.global_name or "")
            if member.user is not None
            else ()
        ),
        name,
        accepts,
    )


def find_role(text: str, ctx: ConversionContext, name: str, accepts: str) -> Role:
    """Return a role of the guild by mention, id or name.

    Raises:
        BadArgument: There is none, there are several, or this is no guild.
    """
    if ctx.guild_id is None:
        raise _only_in_guilds(name, text)
    roles = ctx.client.rest.get_guild_roles(ctx.guild_id)
    role_id = read_id(text, "role")
    for role in roles:
        if role.id == role_id:
            return role
    wanted = text.strip()
    return _only(wanted, roles, lambda role: (role.name, f"@{role.name}"), name, accepts)


def find_channel(
    text: str,
    ctx: ConversionContext,
    name: str,
    accepts: str,
    fits: Callable[[PartialChannel], bool],
    threads: bool,
) -> PartialChannel:
    """Return a channel of the guild by mention, link, id or name.

    Args:
        text: What was written.
        ctx: The command's context.
        name: The parameter's.
        accepts: What it accepts, for errors.
        fits: Whether a channel is of the right type.
        threads: Whether to look for active threads of the name too.

    Raises:
        BadArgument: There is none, there are several, or this is no guild.
    """
    guild_id = ctx.guild_id
    if guild_id is None:
        raise _only_in_guilds(name, text)
    rest = ctx.client.rest
    channel_id = read_id(text, "channel") or _linked(text, guild_id)
    if channel_id is not None:
        try:
            channel = rest.get_channel(channel_id)
        except (NotFound, Forbidden) as error:
            raise bad(name, text, accepts) from error
        if channel.guild_id != guild_id or not fits(channel):
            raise bad(name, text, accepts)
        return channel
    channels = list(rest.get_guild_channels(guild_id))
    if threads:
        channels += rest.list_active_guild_threads(guild_id).threads
    wanted = text.strip().removeprefix("#")
    fitting = [channel for channel in channels if fits(channel)]
    found = _only(wanted, fitting, lambda channel: (channel.name or "",), name, accepts)
    if found.guild_id is None:
        fill(found, guild_id=Snowflake(guild_id))
    return found


def find_message(text: str, ctx: ConversionContext, name: str, accepts: str) -> Message:
    """Return a message by link, ``channel-message`` as Discord copies ids, or id in this channel.

    It must be of the guild of the command, in a direct message of the same channel: what the bot
    sees elsewhere is not for those who use it here.

    Raises:
        BadArgument: There is none.
    """
    channel_id, message_id = _message_ids(text, ctx) or (None, None)
    if channel_id is None or message_id is None:
        raise bad(name, text, accepts)
    rest, guild_id = ctx.client.rest, ctx.guild_id
    try:
        if channel_id != ctx.channel_id and (
            guild_id is None or rest.get_channel(channel_id).guild_id != guild_id
        ):
            raise bad(name, text, accepts)
        found = rest.get_channel_message(channel_id, message_id)
    except (NotFound, Forbidden) as error:
        raise bad(name, text, accepts) from error
    if guild_id is not None:
        fill(found, guild_id=Snowflake(guild_id))
    return found


def _message_ids(text: str, ctx: ConversionContext) -> tuple[int, int] | None:
    plain = text.strip()
    before, dash, after = plain.partition("-")
    if dash:
        pair = (_digits(before), _digits(after))
        return None if pair[0] is None or pair[1] is None else (pair[0], pair[1])
    here, number = ctx.channel_id, _digits(plain)
    if number is not None:
        return None if here is None else (here, number)
    from ...types import links

    try:
        link = links.parse_link(plain)
    except InvalidArgument:
        return None
    return (link.channel_id, link.message_id) if isinstance(link, links.MessageLink) else None


def _digits(text: str) -> int | None:
    """Return the id that digits are; unlike `read_id` no mention."""
    return read_id(text) if text[:1].isdigit() else None


def find_emoji(text: str, ctx: ConversionContext, name: str, accepts: str) -> Emoji:
    """Return an emoji: of Unicode, a custom one as it is written, or by name or id in the guild.

    Raises:
        BadArgument: There is none, or there are several.
    """
    try:
        return Emoji.parse(text)
    except InvalidArgument as error:
        wanted = text.strip().strip(":")
        if ctx.guild_id is None or not 1 <= len(wanted) <= 32 or not wanted.isascii():
            raise bad(name, text, accepts) from error
    emojis = ctx.client.rest.list_guild_emojis(ctx.guild_id)
    emoji_id = _digits(wanted)
    for emoji in emojis if emoji_id is not None else ():
        if emoji.id == emoji_id:
            return emoji
    return _only(wanted, emojis, lambda emoji: (emoji.name or "",), name, accepts)


def _linked(text: str, guild_id: int) -> Snowflake | None:
    from ...types import links

    try:
        link = links.parse_link(text)
    except InvalidArgument:
        return None
    if isinstance(link, links.ChannelLink) and link.guild_id == guild_id:
        return link.channel_id
    return None


def _only(
    wanted: str,
    things: Iterable[_T],
    names: Callable[[_T], Iterable[str]],
    name: str,
    accepts: str,
) -> _T:
    """Return the one thing of a name; its exact spelling wins over other cases."""
    every = list(things)
    for spelt in (str, str.casefold):
        found = [
            thing for thing in every if spelt(wanted) in {spelt(called) for called in names(thing)}
        ]
        if len(found) == 1:
            return found[0]
        if found:
            text = Phrase(
                '{name}: there are {number} of the name "{wanted}"; mention the one that is meant, '
                "or write its id",
                name=name,
                number=len(found),
                wanted=wanted[:60],
            )
            raise BadArgument(text, name, wanted)
    raise bad(name, wanted, accepts)
