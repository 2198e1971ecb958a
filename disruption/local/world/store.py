"""Write a world to a JSON file and read it back.

Every attribute of every part of a world is kept, so that a new part is kept without a word; what
only makes sense while the world runs is named in `_PASSING`. Plain JSON stands as it is; what JSON
does not have is an object with the key "$".
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .guilds import GuildState
from .invites import Invite
from .messages import MessageRecord
from .oauth import Code, Grant

if TYPE_CHECKING:
    from .world import World

__all__ = ["FORMAT", "WorldFileError", "is_saved_world", "load", "save"]

#: What a saved world calls itself.
FORMAT = "disruption local world"
VERSION = 1

#: Parts of a world that are not kept: what is due is set anew, and nobody waits for the rest.
_PASSING = frozenset(
    {"schedule", "interactions", "transcript", "permissions", "files", "activities"}
)

_RECORDS = {cls.__name__: cls for cls in (GuildState, MessageRecord, Invite, Grant, Code)}


class WorldFileError(ValueError):
    """A file that holds no world."""


def parts(world: World) -> dict[str, Any]:
    """Return the parts of a world that are kept, by name."""
    return {
        name: part
        for name, part in vars(world).items()
        if name not in _PASSING and getattr(part, "_world", None) is world
    }


def save(world: World, path: str | os.PathLike[str], *, origin: str | None = None) -> None:
    """Write a world to a file, whole or not at all.

    Args:
        world: What to write.
        path: Where to.
        origin: The address in the URLs of its files, `http://127.0.0.1:port`.
    """
    with world.lock:
        state = {
            name: encode({key: item for key, item in vars(part).items() if key != "_world"})
            for name, part in parts(world).items()
        }
        data = {
            "format": FORMAT,
            "version": VERSION,
            "saved_at": world.now(),
            "origin": origin,
            "last_id": world.ids.next(),
            "world": state,
            "files": [
                [list(key), kind, base64.b64encode(content).decode()]
                for key, kind, content in world.files.all()
            ],
        }
    target = Path(path)
    beside = target.with_name(target.name + ".new")
    beside.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8")
    beside.replace(target)


def load(world: World, path: str | os.PathLike[str]) -> str | None:
    """Make a world what a file says, and return the address in the URLs of its files.

    Raises:
        WorldFileError: The file cannot be read, or holds something else.
    """
    try:
        data = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WorldFileError(f"{os.fspath(path)} cannot be read as a world: {error}") from error
    if not is_saved_world(data):
        raise WorldFileError(f"{os.fspath(path)} is no world that was saved")
    if data.get("version") != VERSION:
        text = f"{os.fspath(path)} is of version {data.get('version')}; this is {VERSION}"
        raise WorldFileError(text)
    try:
        with world.lock:
            _restore(world, data)
    except (KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise WorldFileError(f"{os.fspath(path)} is damaged: {error!r}") from error
    origin = data.get("origin")
    return origin if isinstance(origin, str) else None


def is_saved_world(data: Any) -> bool:
    """Tell whether parsed JSON is what `save` writes."""
    return isinstance(data, dict) and data.get("format") == FORMAT


def encode(value: Any) -> Any:
    """Return JSON for a value: a copy, free to be written without the lock."""
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value) and "$" not in value:
            return {key: encode(item) for key, item in value.items()}
        return {"$": "dict", "of": [[encode(key), encode(item)] for key, item in value.items()]}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, tuple):
        return {"$": "tuple", "of": [encode(item) for item in value]}
    if isinstance(value, (set, frozenset)):
        return {"$": "set", "of": [encode(item) for item in sorted(value)]}
    if dataclasses.is_dataclass(value):
        fields = {
            item.name: encode(getattr(value, item.name)) for item in dataclasses.fields(value)
        }
        return {"$": type(value).__name__, "of": fields}
    return value


def decode(value: Any) -> Any:
    """Return the value that `encode` made JSON of."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("$")
    if kind is None:
        return {key: decode(item) for key, item in value.items()}
    inside = value["of"]
    if kind == "dict":
        return {decode(key): decode(item) for key, item in inside}
    if kind == "tuple":
        return tuple(decode(item) for item in inside)
    if kind == "set":
        return {decode(item) for item in inside}
    cls = _RECORDS[kind]
    known = {item.name for item in dataclasses.fields(cls)}
    return cls(**{key: decode(item) for key, item in inside.items() if key in known})


def _restore(world: World, data: dict[str, Any]) -> None:
    read = {name: decode(state) for name, state in data["world"].items()}
    for name, part in parts(world).items():
        for key, value in read.get(name, {}).items():
            if key in vars(part):  # what an older version had and this one has not is dropped
                setattr(part, key, value)
    world.ids.continue_after(data["last_id"])
    # Not as at the beginning: the same codes and tokens would come again.
    world.random.seed(data["last_id"])
    world.files.clear()
    for key, kind, content in data["files"]:
        world.files.put(tuple(key), kind, base64.b64decode(content, validate=True))
    for guild_id in world.guilds.all():
        guild = world.guilds.state(guild_id)
        guild.presences.clear()
        guild.voice_states.clear()
    for resource in (world.users, world.invites, world.messages, world.scheduled_events):
        resource.restore()
    world.schedule.run()
