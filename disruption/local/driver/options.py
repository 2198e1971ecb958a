"""What a user types into a slash command, as a bot receives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import DriverError

if TYPE_CHECKING:
    from ..world import World

__all__ = ["attach", "command_data", "resolve"]

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = range(1, 11)
ATTACHMENT = 11

_PLAIN: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
}

_CALLED = {
    STRING: "a text",
    INTEGER: "a whole number",
    BOOLEAN: "True or False",
    NUMBER: "a number",
}


def command_data(
    world: World,
    command: dict[str, Any],
    path: list[str],
    values: dict[str, Any],
    guild_id: str | None,
    focused: str | None = None,
) -> dict[str, Any]:
    """Return the data of a slash command's interaction.

    Args:
        path: The subcommand's name, after its group's if it has one.
        values: By option name; users, channels and roles as handles or ids, files as attachment
            objects that are kept already.
        focused: The option the user is typing in, for an autocomplete.
    """
    data: dict[str, Any] = {"id": command["id"], "name": command["name"], "type": 1}
    if command.get("guild_id"):
        data["guild_id"] = command["guild_id"]
    known = command.get("options") or []
    holder = data
    for name in path:
        step = next(
            (item for item in known if item["name"] == name and item["type"] in (1, 2)), None
        )
        if step is None:
            raise DriverError(f"/{command['name']} has no subcommand {name!r}")
        inner: dict[str, Any] = {"name": name, "type": step["type"]}
        holder["options"] = [inner]
        holder, known = inner, step.get("options") or []
    if any(item["type"] in (SUBCOMMAND, GROUP) for item in known):
        names = ", ".join(item["name"] for item in known)
        raise DriverError(f"/{command['name']} needs one of its subcommands: {names}")
    resolved: dict[str, Any] = {}
    by_name = {item["name"]: item for item in known}
    unknown = [name for name in values if name not in by_name]
    if unknown:
        there = ", ".join(by_name) or "none"
        raise DriverError(f"/{command['name']} has no option {', '.join(unknown)}; it has {there}")
    missing = [
        item["name"] for item in known if item.get("required") and item["name"] not in values
    ]
    if missing and focused is None:
        raise DriverError(f"/{command['name']} needs {', '.join(missing)}")
    options = []
    for name, value in values.items():
        option = _option(world, by_name[name], value, guild_id, resolved, name == focused)
        if name == focused:
            option["focused"] = True
        options.append(option)
    if options:
        holder["options"] = options
    if resolved:
        data["resolved"] = resolved
    return data


def resolve(
    world: World, kind: int, value: Any, guild_id: str | None, resolved: dict[str, Any]
) -> str:
    """Return the id of a user, channel or role, and add it to `resolved`."""
    identity = str(getattr(value, "id", value))
    if kind in (USER, MENTIONABLE) and world.users.exists(identity):
        resolved.setdefault("users", {})[identity] = world.users.get(identity)
        if guild_id is not None and identity in world.guilds.state(guild_id).members:
            member = world.members.partial(guild_id, identity)
            member["permissions"] = str(world.permissions.in_guild(guild_id, identity))
            for key in ("deaf", "mute"):
                member.pop(key)
            resolved.setdefault("members", {})[identity] = member
        return identity
    roles = world.guilds.state(guild_id).roles if guild_id is not None else {}
    if kind in (ROLE, MENTIONABLE) and identity in roles:
        assert guild_id is not None
        resolved.setdefault("roles", {})[identity] = world.roles.get(guild_id, identity)
        return identity
    if kind == CHANNEL:
        found = world.channels.find(identity, guild_id)
        if found is not None:
            resolved.setdefault("channels", {})[found] = world.channels.get(found)
            return found
    raise DriverError(f"{value!r} is no user, channel or role that fits here")


def attach(name: str, value: Any, resolved: dict[str, Any]) -> str:
    """Return the id of an attachment object, and add it to `resolved`."""
    if not isinstance(value, dict) or not {"id", "filename", "url"} <= set(value):
        raise DriverError(f"Option {name!r} takes an attachment object, not {value!r}")
    resolved.setdefault("attachments", {})[value["id"]] = value
    return str(value["id"])


def _option(
    world: World,
    known: dict[str, Any],
    value: Any,
    guild_id: str | None,
    resolved: dict[str, Any],
    typing: bool,
) -> dict[str, Any]:
    kind = known["type"]
    if kind in (USER, CHANNEL, ROLE, MENTIONABLE):
        value = resolve(world, kind, value, guild_id, resolved)
    elif kind == ATTACHMENT:
        value = attach(known["name"], value, resolved)
    elif typing:
        value = str(value)
    else:
        value = _check(known, value)
    return {"name": known["name"], "type": kind, "value": value}


def _check(known: dict[str, Any], value: Any) -> Any:
    """Return what is sent for a value: of a choice that is named, the choice's."""
    name, kind = known["name"], known["type"]
    choices = known.get("choices") or ()
    for key in ("value", "name"):
        for choice in choices:
            if choice[key] == value and isinstance(choice[key], bool) == isinstance(value, bool):
                return choice["value"]
    wanted = _PLAIN.get(kind)
    is_bool = isinstance(value, bool)
    if wanted is None or not isinstance(value, wanted) or is_bool != (kind == BOOLEAN):
        what = _CALLED.get(kind, f"of type {kind}")
        raise DriverError(f"Option {name!r} does not take {value!r}: it is {what}")
    if choices:
        there = ", ".join(str(choice["name"]) for choice in choices)
        raise DriverError(f"Option {name!r} has no choice {value!r}; it has {there}")
    size = len(value) if isinstance(value, str) else value
    low = known.get("min_length" if kind == STRING else "min_value")
    high = known.get("max_length" if kind == STRING else "max_value")
    if kind != BOOLEAN and ((low is not None and size < low) or (high is not None and size > high)):
        ends = [f"at least {low}"] * (low is not None) + [f"at most {high}"] * (high is not None)
        unit = " characters" if kind == STRING else ""
        raise DriverError(f"Option {name!r} takes {' and '.join(ends)}{unit}, not {size}")
    return value
