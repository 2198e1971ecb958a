"""A world from a file that a person writes, in JSON or, with PyYAML, in YAML.

    users: [ann, {name: bob, global_name: Bob}]
    bots: [{name: helper, token: my-token}]
    guilds:
      - name: Home
        owner: ann
        roles: [{name: mods, permissions: [KICK_MEMBERS], color: "#3498db", hoist: true}]
        members: [{user: bob, nick: Bobby, roles: [mods]}]
        channels:
          - {name: general, topic: Anything, messages: [{author: ann, content: Hello}]}
          - name: Staff
            type: category
            overwrites: {"@everyone": {deny: [VIEW_CHANNEL]}, mods: {allow: [VIEW_CHANNEL]}}
            channels: [office, {name: lounge, type: voice}]

Whoever is named and not listed is made. Every bot joins every guild as an administrator unless a
guild lists its own `bots`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .world import World, WorldError
from .world.permissions import BITS, bits

__all__ = ["SeedError", "plant", "read"]

_TYPES = {
    "text": 0,
    "voice": 2,
    "category": 4,
    "announcement": 5,
    "stage": 13,
    "forum": 15,
    "media": 16,
}
_CHANNEL = (
    *("name", "type", "topic", "nsfw", "rate_limit_per_user", "bitrate", "user_limit"),
    *("overwrites", "tags", "messages", "channels", "id"),
)
_MESSAGE = ("author", "content", "embeds", "components", "reactions", "pinned", "reply_to")


class SeedError(ValueError):
    """A seed that cannot be planted; the text says where in it, and what is expected."""


def read(path: Path) -> Any:
    """Return what a file says.

    Raises:
        SeedError: It cannot be read, or it is YAML and there is nothing to read YAML with.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(f"{path} cannot be read: {error}") from error
    if path.suffix.lower() not in (".yml", ".yaml"):
        try:
            return json.loads(text)
        except ValueError as error:
            raise SeedError(f"{path} is no JSON: {error}") from error
    try:
        import yaml  # type: ignore[import-untyped, unused-ignore]
    except ModuleNotFoundError as error:
        message = f"{path} is YAML: install PyYAML to read it (pip install pyyaml), or use JSON"
        raise SeedError(message) from error
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SeedError(f"{path} is no YAML: {error}") from error


def plant(world: World, data: Any) -> None:
    """Make in a world what a seed says.

    Args:
        world: Where; usually an empty one.
        data: The seed, as `read` returns it.

    Raises:
        SeedError: Something in it is not known or does not fit; what came before it is made.
    """
    try:
        with world.lock:
            _Planter(world).plant(data)
    except WorldError as error:
        raise SeedError(f"The seed asks for what Discord would refuse: {error}") from error


class _Planter:
    def __init__(self, world: World) -> None:
        self._world = world

    def plant(self, data: Any) -> None:
        seed = _object(data, "the seed", ("users", "bots", "guilds"))
        for index, item in enumerate(_list(seed, "users", "the seed")):
            self._user(item, f"users[{index}]")
        bots = [
            self._bot(item, f"bots[{index}]")
            for index, item in enumerate(_list(seed, "bots", "the seed"))
        ]
        for index, item in enumerate(_list(seed, "guilds", "the seed")):
            self._guild(item, f"guilds[{index}]", bots)

    def _user(self, item: Any, at: str) -> str:
        fields = _object(item, at, ("name", "global_name", "id", "token"), named=True)
        user_id = self._world.users.find(fields["name"])
        if user_id is None:
            user = self._world.users.create(
                fields["name"], id=_id(fields), global_name=fields.get("global_name")
            )
            user_id = str(user["id"])
        if "token" in fields:
            self._world.users.set_token(user_id, str(fields["token"]))
        return user_id

    def _bot(self, item: Any, at: str) -> str:
        known = ("name", "token", "owner", "privileged_intents")
        fields = _object(item, at, known, named=True)
        options: dict[str, Any] = {"token": fields.get("token")}
        if "owner" in fields:
            options["owner_id"] = self._user(fields["owner"], f"{at}.owner")
        if "privileged_intents" in fields:
            options["privileged"] = fields["privileged_intents"]
        try:
            made = self._world.applications.create_bot(fields["name"], **options)
        except ValueError as error:
            raise SeedError(f"{at}: {error}") from error
        return str(made["id"])

    def _guild(self, item: Any, at: str, bots: list[str]) -> None:
        known = ("name", "owner", "description", "id", "roles", "members", "bots", "channels")
        fields = _object(item, at, (*known, "emojis"), named=True)
        world = self._world
        owner = self._user(fields.get("owner", "admin"), f"{at}.owner")
        guild_id = str(world.guilds.create(fields["name"], owner, id=_id(fields))["id"])
        if fields.get("description"):
            world.guilds.update(guild_id, {"description": fields["description"]})
        roles = {"@everyone": guild_id}
        # A new role goes below the others: the first in the list is to be the highest.
        for index, role in enumerate(_list(fields, "roles", at)):
            self._role(guild_id, role, f"{at}.roles[{index}]", roles)
        for index, member in enumerate(_list(fields, "members", at)):
            self._member(guild_id, member, f"{at}.members[{index}]", roles)
        if "bots" in fields:
            bots = [self._found(name, f"{at}.bots") for name in _list(fields, "bots", at)]
        for bot_id in bots:
            world.members.add(guild_id, bot_id)
        for index, emoji in enumerate(_list(fields, "emojis", at)):
            made = _object(emoji, f"{at}.emojis[{index}]", ("name", "animated"), named=True)
            world.emojis.create(guild_id, made["name"], animated=bool(made.get("animated")))
        for index, channel in enumerate(_list(fields, "channels", at)):
            self._channel(guild_id, channel, f"{at}.channels[{index}]", roles, None)
        system = world.channels.find("general", guild_id)
        if system is not None:
            world.guilds.update(guild_id, {"system_channel_id": system})

    def _role(self, guild_id: str, item: Any, at: str, roles: dict[str, str]) -> None:
        known = ("name", "permissions", "color", "hoist", "mentionable", "id")
        fields = _object(item, at, known, named=True)
        changes: dict[str, Any] = {
            key: fields[key] for key in ("hoist", "mentionable") if key in fields
        }
        if "color" in fields:
            changes["color"] = _colour(fields["color"], at)
        if "permissions" in fields:
            changes["permissions"] = str(_permissions(fields["permissions"], at))
        if fields["name"] == "@everyone":
            self._world.roles.update(guild_id, guild_id, changes)
            return
        changes.setdefault("permissions", "0")
        made = self._world.roles.create(guild_id, id=_id(fields), name=fields["name"], **changes)
        roles[fields["name"]] = made["id"]

    def _member(self, guild_id: str, item: Any, at: str, roles: dict[str, str]) -> None:
        item = {"user": item} if isinstance(item, str) else item
        fields = _object(item, at, ("user", "nick", "roles"))
        if "user" not in fields:
            raise SeedError(f"{at} needs a user")
        user_id = self._user(fields["user"], f"{at}.user")
        given = [_known(roles, name, f"{at}.roles", "role") for name in _list(fields, "roles", at)]
        self._world.members.add(guild_id, user_id, nick=fields.get("nick"), roles=given)
        if user_id == self._world.guilds.get(guild_id)["owner_id"]:
            changes = {"nick": fields.get("nick"), "roles": given}
            self._world.members.update(guild_id, user_id, changes)

    def _channel(
        self, guild_id: str, item: Any, at: str, roles: dict[str, str], parent_id: str | None
    ) -> None:
        fields = _object(item, at, _CHANNEL, named=True)
        kind = _known(_TYPES, fields.get("type", "text"), f"{at}.type", "type")
        plain = ("topic", "nsfw", "rate_limit_per_user", "bitrate", "user_limit")
        options: dict[str, Any] = {key: fields[key] for key in plain if key in fields}
        if parent_id is not None:
            options["parent_id"] = parent_id
        if "overwrites" in fields:
            rules = _object(fields["overwrites"], f"{at}.overwrites", None)
            options["permission_overwrites"] = [
                self._overwrite(guild_id, name, rule, f"{at}.overwrites.{name}", roles)
                for name, rule in rules.items()
            ]
        if "tags" in fields:
            options["available_tags"] = [{"name": name} for name in _list(fields, "tags", at)]
        made = self._world.channels.create(
            guild_id, fields["name"], kind, id=_id(fields), **options
        )
        sent: list[str] = []
        for index, message in enumerate(_list(fields, "messages", at)):
            sent.append(
                self._message(guild_id, made["id"], message, f"{at}.messages[{index}]", sent)
            )
        for index, inner in enumerate(_list(fields, "channels", at)):
            self._channel(guild_id, inner, f"{at}.channels[{index}]", roles, made["id"])

    def _overwrite(
        self, guild_id: str, name: str, item: Any, at: str, roles: dict[str, str]
    ) -> dict[str, Any]:
        fields = _object(item, at, ("allow", "deny"))
        return {
            "id": roles[name] if name in roles else self._found(name, at),
            "type": 0 if name in roles else 1,
            "allow": str(_permissions(fields.get("allow", ()), at)),
            "deny": str(_permissions(fields.get("deny", ()), at)),
        }

    def _message(self, guild_id: str, channel_id: str, item: Any, at: str, sent: list[str]) -> str:
        fields = _object(item, at, _MESSAGE)
        author = fields.get("author")
        if author is None:
            raise SeedError(f"{at} needs an author")
        author_id = self._user(author, f"{at}.author")
        if author_id not in self._world.guilds.state(guild_id).members:
            self._world.members.add(guild_id, author_id)
        options: dict[str, Any] = {
            key: _list(fields, key, at) for key in ("embeds", "components") if key in fields
        }
        if "reply_to" in fields:
            answered = fields["reply_to"]
            if not isinstance(answered, int) or not 0 <= answered < len(sent):
                raise SeedError(f"{at}.reply_to is the number of a message before it, from 0")
            options["reference"] = {"message_id": sent[answered], "channel_id": channel_id}
        content = str(fields.get("content", ""))
        made = self._world.messages.create(channel_id, author_id, content, **options)
        message_id = str(made["id"])
        reactions = _object(fields.get("reactions", {}), f"{at}.reactions", None)
        for emoji, names in reactions.items():
            for name in names:
                user_id = self._user(name, f"{at}.reactions")
                self._world.reactions.add(channel_id, message_id, user_id, emoji)
        if fields.get("pinned"):
            self._world.messages.pin(channel_id, message_id, author_id)
        return message_id

    def _found(self, name: Any, at: str) -> str:
        user_id = self._world.users.find(str(name))
        if user_id is None:
            raise SeedError(f"{at}: there is nobody called {name!r}")
        return user_id


def _object(
    item: Any, at: str, known: Iterable[str] | None, *, named: bool = False
) -> dict[str, Any]:
    """Return an object with no keys but those known; a name alone stands for one, if it may."""
    if named and isinstance(item, str):
        item = {"name": item}
    if not isinstance(item, dict):
        raise SeedError(f"{at} is an object{' or a name' if named else ''}, not {item!r:.40}")
    if known is not None:
        for key in item:
            if key not in known:
                raise SeedError(f"{at} has {key!r}, which is none of {', '.join(known)}")
    if named and not isinstance(item.get("name"), str):
        raise SeedError(f"{at} needs a name")
    return item


def _list(fields: dict[str, Any], key: str, at: str) -> list[Any]:
    value = fields.get(key) or []
    if not isinstance(value, list):
        raise SeedError(f"{key} of {at} is a list, not {value!r:.40}")
    return value


def _known(table: dict[str, Any], name: Any, at: str, what: str) -> Any:
    if name not in table:
        raise SeedError(f"{at}: there is no {what} {name!r}; there are {', '.join(table)}")
    return table[name]


def _permissions(names: Any, at: str) -> int:
    if isinstance(names, (int, str)) and str(names).isdecimal():
        return int(names)
    listed = [names] if isinstance(names, str) else names
    if not isinstance(listed, (list, tuple)):
        raise SeedError(f"{at}: permissions are a list of names, or a number")
    for name in listed:
        _known(BITS, name, at, "permission")
    return bits(*listed)


def _colour(value: Any, at: str) -> int:
    try:
        return value if isinstance(value, int) else int(str(value).lstrip("#"), 16)
    except ValueError:
        raise SeedError(f'{at}: a color is a number or "#rrggbb", not {value!r}') from None


def _id(fields: dict[str, Any]) -> str | None:
    value = fields.get("id")
    if value is None:
        return None
    if not str(value).isdecimal():
        raise SeedError(f"{fields.get('name')}: an id is a number, not {value!r}")
    return str(value)
