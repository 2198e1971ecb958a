"""Factories of models, for unit tests that need no server.

Each gives a complete object with sensible values; every field can be given as a keyword, as a
model or as Discord writes it. With `recorder=` its verbs are taken down (see `Recorder`), without
one they raise `Unbound`.
"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import fields as fields_of
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..errors import InvalidArgument
from ..types import (
    Channel,
    Guild,
    GuildMember,
    InteractionType,
    Role,
    User,
    convert,
    to_plain,
)
from ..types.events import EVENTS, Event, InteractionCreate, MessageCreate

if TYPE_CHECKING:
    from ..types.core.base import Api

__all__ = [
    "APPLICATION_ID",
    "CHANNEL_ID",
    "GUILD_ID",
    "make_channel",
    "make_event",
    "make_guild",
    "make_interaction",
    "make_member",
    "make_message",
    "make_role",
    "make_user",
    "new_id",
]

_T = TypeVar("_T")

#: Where everything happens, and what the bot is, unless a test says otherwise.
GUILD_ID, CHANNEL_ID, APPLICATION_ID = 1_000_000_000_001, 1_000_000_000_002, 1_000_000_000_003

_TIME = "2024-01-01T00:00:00+00:00"
_numbers = itertools.count(1_000_000_000_100)
_OPTION_TYPES: tuple[tuple[type, int], ...] = ((bool, 5), (int, 4), (float, 10), (str, 3))


def new_id() -> int:
    """Return an id that no object had before."""
    return next(_numbers)


def make_user(
    name: str = "ann", *, bot: bool = False, recorder: Api | None = None, **fields: Any
) -> User:
    """Make a user."""
    return _made(User, _user(name, bot), fields, recorder)


def make_role(name: str = "member", *, recorder: Api | None = None, **fields: Any) -> Role:
    """Make a role."""
    colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    role: dict[str, Any] = {
        "id": new_id(),
        "name": name,
        "color": 0,
        "colors": colours,
        "hoist": False,
        "position": 1,
        "permissions": "0",
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return _made(Role, role, fields, recorder)


def make_member(
    name: str = "ann",
    *,
    user: User | None = None,
    roles: Iterable[Any] = (),
    recorder: Api | None = None,
    **fields: Any,
) -> GuildMember:
    """Make a member.

    Args:
        name: The user's.
        user: The user, instead of a new one.
        roles: Roles or their ids.
        recorder: What takes down its verbs.
        fields: Further fields of the member.
    """
    member = _member(roles)
    member["user"] = to_plain(user) if user is not None else _user(name, False)
    return _made(GuildMember, {**member, "guild_id": GUILD_ID}, fields, recorder)


def make_channel(name: str = "general", *, recorder: Api | None = None, **fields: Any) -> Channel:
    """Make a channel, a text channel of the guild unless `type` says otherwise."""
    channel: dict[str, Any] = {
        "id": CHANNEL_ID if name == "general" else new_id(),
        "type": 0,
        "guild_id": GUILD_ID,
        "name": name,
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "topic": None,
        "parent_id": None,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "flags": 0,
    }
    return _made(Channel, channel, fields, recorder)


def make_guild(name: str = "Home", *, recorder: Api | None = None, **fields: Any) -> Guild:
    """Make a guild."""
    guild: dict[str, Any] = dict.fromkeys(
        (
            *("icon", "splash", "discovery_splash", "afk_channel_id", "application_id"),
            *("system_channel_id", "rules_channel_id", "vanity_url_code", "description"),
            *("banner", "public_updates_channel_id", "safety_alerts_channel_id", "incidents_data"),
        )
    )
    guild.update(
        dict.fromkeys(
            (
                *("verification_level", "default_message_notifications", "mfa_level"),
                *("explicit_content_filter", "system_channel_flags", "premium_tier"),
                "nsfw_level",
            ),
            0,
        )
    )
    guild.update(
        id=GUILD_ID,
        name=name,
        owner_id=new_id(),
        afk_timeout=300,
        roles=[],
        emojis=[],
        stickers=[],
        features=[],
        preferred_locale="en-US",
        premium_progress_bar_enabled=False,
    )
    return _made(Guild, guild, fields, recorder)


def make_message(
    content: str = "",
    *,
    author: User | str = "ann",
    direct: bool = False,
    recorder: Api | None = None,
    **fields: Any,
) -> MessageCreate:
    """Make a message as it comes with its event.

    Args:
        content: Its text.
        author: Who wrote it, a user or a name.
        direct: It is a direct message, in no guild.
        recorder: What takes down its verbs.
        fields: Further fields of the message.
    """
    message = message_payload(
        content, _user(author, False) if isinstance(author, str) else to_plain(author)
    )
    if not direct:
        message.update(guild_id=GUILD_ID, member=_member(()))
    return _made(MessageCreate, message, fields, recorder)


def make_interaction(
    command: str | None = None,
    *,
    options: Mapping[str, Any] | None = None,
    custom_id: str | None = None,
    values: Iterable[str] | None = None,
    inputs: Mapping[str, str] | None = None,
    focused: str | None = None,
    user: User | str = "ann",
    recorder: Api | None = None,
    **fields: Any,
) -> InteractionCreate:
    """Make an interaction as it comes with its event.

    Args:
        command: The name of a slash command, with the subcommand's after a space.
        options: Its options by name.
        custom_id: A component's, or with `inputs` a modal's, instead of a command.
        values: What was chosen; makes the component a select menu, else it is a button.
        inputs: What was typed into the modal's text inputs, by custom id.
        focused: The option that is typed into; makes it an autocomplete.
        user: Who, a user or a name.
        recorder: What takes down its verbs.
        fields: Further fields of the interaction.

    Raises:
        InvalidArgument: Neither a command nor a custom id is given, or both are.
    """
    if (command is None) == (custom_id is None):
        raise InvalidArgument("an interaction is one with a command or with a custom_id")
    whole: dict[str, Any] = {
        "id": new_id(),
        "application_id": APPLICATION_ID,
        "token": "token-of-a-made-interaction",
        "version": 1,
        "guild_id": GUILD_ID,
        "channel_id": CHANNEL_ID,
        "channel": {"id": CHANNEL_ID, "type": 0},
        "member": {
            **_member(()),
            "user": _user(user, False) if isinstance(user, str) else to_plain(user),
            "permissions": "0",
        },
        "locale": "en-US",
        "guild_locale": "en-US",
        "app_permissions": "0",
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(GUILD_ID)},
        "context": 0,
        "attachment_size_limit": 10 << 20,
    }
    if command is not None:
        kind = InteractionType.APPLICATION_COMMAND
        if focused is not None:
            kind = InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE
        whole["data"] = _command(command, options or {}, focused)
    elif inputs is not None:
        kind = InteractionType.MODAL_SUBMIT
        rows = [
            {"type": 18, "component": {"type": 4, "custom_id": key, "value": text}}
            for key, text in inputs.items()
        ]
        whole["data"] = {"custom_id": custom_id, "components": rows}
    else:
        kind = InteractionType.MESSAGE_COMPONENT
        whole["data"] = {"custom_id": custom_id, "component_type": 2}
        if values is not None:
            whole["data"].update(component_type=3, values=list(values))
        bot = {**_user("bot", True), "id": APPLICATION_ID}
        whole["message"] = {**message_payload("", bot), "guild_id": GUILD_ID}
    whole["type"] = int(kind)
    return _made(InteractionCreate, whole, fields, recorder)


def make_event(name: str, *, recorder: Api | None = None, **fields: Any) -> Event:
    """Make any event.

    Args:
        name: On the wire, `MESSAGE_REACTION_ADD`.
        recorder: What takes down its verbs.
        fields: All that it must have, and what it may have.

    Raises:
        InvalidArgument: There is no such event or field.
        DecodeError: A field is missing or does not fit.
    """
    spec = EVENTS.get(name)
    if spec is None:
        near = difflib.get_close_matches(name, EVENTS, 1)
        raise InvalidArgument(f"there is no event {name!r}{_meant(near)}")
    return _made(spec.cls, {}, fields, recorder)


def message_payload(content: str, author: Any) -> dict[str, Any]:
    """Return a message in no guild as Discord writes it."""
    return {
        "id": new_id(),
        "channel_id": CHANNEL_ID,
        "author": author,
        "content": content,
        "timestamp": _TIME,
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "type": 0,
        "flags": 0,
    }


def _made(cls: type[_T], payload: dict[str, Any], given: dict[str, Any], api: Api | None) -> _T:
    names = {field.name for field in fields_of(cast("Any", cls))}
    for name, value in given.items():
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            raise InvalidArgument(f"{cls.__name__} has no field {name!r}{_meant(near)}")
        payload[name] = to_plain(value)
    return convert(cls, payload, api, strict=True)


def _meant(near: list[str]) -> str:
    return f"; did you mean {near[0]!r}?" if near else ""


def _user(name: str, bot: bool) -> dict[str, Any]:
    user: dict[str, Any] = {
        "id": new_id(),
        "username": name,
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
    }
    return {**user, "bot": True} if bot else user


def _member(roles: Iterable[Any]) -> dict[str, Any]:
    return {
        "roles": [str(getattr(role, "id", role)) for role in roles],
        "joined_at": _TIME,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "nick": None,
        "avatar": None,
    }


def _command(command: str, options: Mapping[str, Any], focused: str | None) -> dict[str, Any]:
    name, *path = command.removeprefix("/").split()
    data: dict[str, Any] = {"id": new_id(), "name": name, "type": 1}
    holder = data
    for number, step in enumerate(path):
        inner: dict[str, Any] = {"name": step, "type": 1 if number == len(path) - 1 else 2}
        holder["options"] = [inner]
        holder = inner
    given = []
    for key, value in options.items():
        option = _option(key, value, data)
        if key == focused:
            option["focused"] = True
        given.append(option)
    if given:
        holder["options"] = given
    return data


def _option(name: str, value: Any, data: dict[str, Any]) -> dict[str, Any]:
    """Return an option; what is an object of Discord's is told in `resolved` as well."""
    for cls, kind, place in ((User, 6, "users"), (Role, 8, "roles"), (Channel, 7, "channels")):
        if isinstance(value, cls):
            resolved = data.setdefault("resolved", {})
            resolved.setdefault(place, {})[str(value.id)] = to_plain(value)
            return {"name": name, "type": kind, "value": str(value.id)}
    kind = next((kind for cls, kind in _OPTION_TYPES if isinstance(value, cls)), 3)
    return {"name": name, "type": kind, "value": value}
