"""Users, roles and files, whose data Discord sends along; ids, messages and emojis, as texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from ...types import ApplicationCommandOptionType as OptionType
from ...types import Attachment, Emoji, GuildMember, Message, ResolvedData, Role, Snowflake, User
from ...types.core.base import fill
from ..errors import BadArgument, MissingArgument
from ..phrases import Phrase
from .kind import ConversionContext, FromText, Kind, bad
from .lookup import (
    any_id,
    find_emoji,
    find_member,
    find_message,
    find_role,
    find_user,
    mentioned_id,
    not_a_member,
)
from .marks import Autocomplete, Choices, FileTypes

__all__ = [
    "LOST",
    "Mentionable",
    "attachment_kind",
    "emoji_kind",
    "lost",
    "message_kind",
    "person_kind",
    "snowflake_kind",
]

Mentionable: TypeAlias = User | GuildMember | Role
"""Whoever can be mentioned: in servers people come as members."""

LOST: Final = (KeyError, TypeError, ValueError, AttributeError)
"""What looking up an id raises where Discord did not send what belongs to it."""

_Who: TypeAlias = frozenset[type[Any]]
_ACCEPTS: Final[dict[_Who, Phrase]] = {
    frozenset({User}): Phrase("a user"),
    frozenset({GuildMember}): Phrase("a member of this server"),
    frozenset({User, GuildMember}): Phrase("a user"),
    frozenset({Role}): Phrase("a role"),
    frozenset({User, Role}): Phrase("a user or a role"),
    frozenset({GuildMember, Role}): Phrase("a member or a role of this server"),
    frozenset({User, GuildMember, Role}): Phrase("a user or a role"),
}


def lost(name: str, raw: object) -> BadArgument:
    """Return the error for an id whose data Discord did not send."""
    text = Phrase(
        "{name}: Discord did not say what {value} is; choose it again", name=name, value=raw
    )
    return BadArgument(text, name, raw)


def person_kind(name: str, who: _Who) -> Kind | None:
    """Return the kind of users, members, roles or a union of these; None for other classes."""
    accepts = _ACCEPTS.get(who)
    if accepts is None:
        return None
    roles, users, members = Role in who, User in who, GuildMember in who

    def user(raw: Any, resolved: Any, ctx: ConversionContext) -> Any:
        try:
            return resolved.users[int(raw)]
        except LOST:
            raise lost(name, raw) from None

    def member(raw: Any, resolved: Any, ctx: ConversionContext) -> Any:
        try:
            number = int(raw)
            found = resolved.members[number]
            if found.user is None:
                fill(found, user=resolved.users[number], guild_id=ctx.guild_id)
            return found
        except LOST:
            pass
        known = user(raw, resolved, ctx)
        if users:
            return known
        raise not_a_member(name, known.display_name)

    def role(raw: Any, resolved: Any, ctx: ConversionContext) -> Any:
        try:
            found = resolved.roles[int(raw)]
        except LOST:
            raise lost(name, raw) from None
        if found.guild_id is None:
            fill(found, guild_id=ctx.guild_id)
        return found

    person = member if members else user

    def mentionable(raw: Any, resolved: ResolvedData | None, ctx: ConversionContext) -> Any:
        chosen = resolved.roles if resolved is not None else None
        if chosen and str(raw).isdecimal() and int(raw) in chosen:
            return role(raw, resolved, ctx)
        return person(raw, resolved, ctx)

    def person_text(text: str, ctx: ConversionContext) -> Any:
        if members:
            try:
                return find_member(text, ctx, name, accepts)
            except BadArgument:
                if not users:
                    raise
        return find_user(text, ctx, name, accepts)

    def role_text(text: str, ctx: ConversionContext) -> Any:
        return find_role(text, ctx, name, accepts)

    def mentionable_text(text: str, ctx: ConversionContext) -> Any:
        if mentioned_id(text, "user") is not None:
            return person_text(text, ctx)
        if mentioned_id(text, "role") is not None:
            return role_text(text, ctx)
        if ctx.guild_id is not None:
            try:
                return role_text(text, ctx)
            except BadArgument:
                pass  # then it is a user's name or id
        return person_text(text, ctx)

    if not roles:
        kind, from_option, from_text = OptionType.USER, person, person_text
    elif users or members:
        kind, from_option, from_text = OptionType.MENTIONABLE, mentionable, mentionable_text
    else:
        kind, from_option, from_text = OptionType.ROLE, role, role_text
    classes = tuple(who)
    return Kind(
        kind, accepts, from_option, from_text, holds=lambda value: isinstance(value, classes)
    )


def attachment_kind(name: str, files: FileTypes | None, number: int) -> Kind:
    """Return the kind of a file.

    Args:
        name: The parameter's.
        files: Which files it takes.
        number: Which of a message's files it is, from 0, in a prefix command.
    """
    types = () if files is None else tuple(one.lower() for one in files.types)
    accepts = Phrase("a file ({types})", types=", ".join(types)) if types else Phrase("a file")

    def checked(found: Attachment) -> Attachment:
        if types and not _is_of(found, types):
            raise bad(name, found.filename, accepts)
        return found

    def from_option(raw: Any, resolved: Any, ctx: ConversionContext) -> Attachment:
        try:
            found = resolved.attachments[int(raw)]
        except LOST:
            raise lost(name, raw) from None
        return checked(found)

    def from_text(text: str, ctx: ConversionContext) -> Attachment:
        attached = () if ctx.message is None else ctx.message.attachments
        if number >= len(attached):
            text = "{name} is missing: attach {file} to the message"
            raise MissingArgument(Phrase(text, name=name, file=accepts), name)
        return checked(attached[number])

    return Kind(
        OptionType.ATTACHMENT,
        accepts,
        from_option,
        from_text,
        holds=lambda value: isinstance(value, Attachment),
        marks=(FileTypes,),
        file_types=types,
    )


def _is_of(file: Attachment, types: tuple[str, ...]) -> bool:
    """Tell whether a file is of a type; what belongs to a group is for Discord to say."""
    filename, content = file.filename.lower(), (file.content_type or "").lower()
    return any(
        filename.endswith(one) if one.startswith(".") else not content or content.startswith(one)
        for one in types
    )


def snowflake_kind(name: str) -> Kind:
    """Return the kind of an id; on Discord a text: digits, a mention, a custom emoji or a link."""
    accepts = Phrase("an id, a mention or a link")

    def from_text(text: str, ctx: object) -> Snowflake:
        found = any_id(text)
        if found is None:
            raise bad(name, text, accepts)
        return found

    return _written(
        name,
        accepts,
        from_text,
        lambda value: isinstance(value, int) and not isinstance(value, bool),
    )


def message_kind(name: str) -> Kind:
    """Return the kind of a message, which is asked of Discord; there a text: a link or an id."""
    accepts = Phrase("a link to a message of this server, or the id of one in this channel")

    def from_text(text: str, ctx: ConversionContext) -> Message:
        return find_message(text, ctx, name, accepts)

    return _written(name, accepts, from_text, lambda value: isinstance(value, Message))


def emoji_kind(name: str) -> Kind:
    """Return the kind of an emoji, custom or of Unicode; on Discord a text."""
    accepts = Phrase("an emoji")

    def from_text(text: str, ctx: ConversionContext) -> Emoji:
        return find_emoji(text, ctx, name, accepts)

    return _written(name, accepts, from_text, lambda value: isinstance(value, Emoji))


def _written(name: str, accepts: str, from_text: FromText, holds: Callable[[Any], bool]) -> Kind:
    """Return the kind of what is a text on Discord, too."""

    def from_option(raw: Any, resolved: object, ctx: Any) -> Any:
        if type(raw) is str:
            return from_text(raw, ctx)
        raise bad(name, raw, accepts)

    return Kind(
        OptionType.STRING,
        accepts,
        from_option,
        from_text,
        holds=holds,
        marks=(Choices, Autocomplete),
    )
