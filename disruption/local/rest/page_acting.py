"""What a person does on the page with a bot's commands, components and modals.

See https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..driver.options import CHANNEL, MENTIONABLE, ROLE, USER, attach, command_data, resolve
from ..world.interactions import (
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    FIRST_ANSWER,
    MODAL,
    MODAL_SUBMIT,
    InteractionRecord,
)
from .errors import WorldError

if TYPE_CHECKING:
    from ..world import World

__all__ = ["commands", "interact"]

FILE_UPLOAD = 19

Uploads = Mapping[str, dict[str, Any]]

#: Select menus that choose things of Discord's, and what kind of thing.
_MENUS = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: CHANNEL}


def commands(world: World, user_id: str, channel_id: str) -> dict[str, Any]:
    """Return the commands somebody may use in a channel, and the bots they belong to."""
    with world.lock:
        world.permissions.require(user_id, channel_id)
        guild_id = world.channels.get(channel_id).get("guild_id")
        members = world.channels.dm_members(channel_id)
        found = []
        for application_id in world.applications.all():
            if guild_id is not None:
                present = application_id in world.guilds.state(guild_id).members
            else:
                present = members is not None and application_id in members
            if not present:
                continue
            own = world.commands.list(application_id, guild_id) if guild_id is not None else []
            names = {(item["name"], item["type"]) for item in own}
            everywhere = [
                item
                for item in world.commands.list(application_id)
                if (item["name"], item["type"]) not in names
            ]
            found += [
                item
                for item in [*own, *everywhere]
                if world.commands.allows(item, user_id, channel_id)
            ]
        owners = {item["application_id"] for item in found}
        return {
            "commands": found,
            "applications": [world.users.get(key) for key in sorted(owners)],
        }


def interact(world: World, user_id: str, body: dict[str, Any], uploads: Uploads) -> dict[str, Any]:
    """Make an interaction and wait for the bot's first answer.

    Args:
        body: `type`, `channel_id`, `application_id`, and what the type needs: `data`,
            `message_id`, `interaction_id` (the one that opened the modal).
        uploads: Attachment objects by their ids; an option names one as `{"attachment": id}`.

    Returns:
        `{id, answer, data, message_id}`; `answer` is the callback's type, or None when the bot
        has not answered within three seconds.
    """
    kind, channel_id = body.get("type"), str(body.get("channel_id"))
    given = body.get("data")
    if not isinstance(given, dict):
        raise ValueError("data has to be an object")
    with world.lock:
        world.permissions.require(user_id, channel_id)
        if kind in (COMMAND, AUTOCOMPLETE):
            record = _command(world, user_id, channel_id, kind, body, given, uploads)
        elif kind == COMPONENT:
            record = _component(world, user_id, channel_id, str(body.get("message_id")), given)
        elif kind == MODAL_SUBMIT:
            record = _modal(
                world, user_id, channel_id, str(body.get("interaction_id")), given, uploads
            )
        else:
            raise ValueError(f"There is no interaction of type {kind!r} to make")
    return _wait(world, record)


def _wait(world: World, record: InteractionRecord) -> dict[str, Any]:
    world.wait_until(lambda: record.answer is not None, FIRST_ANSWER)
    if record.answer == MODAL:
        # The bot knows of its modal when its request has returned.
        world.wait_until(lambda: record.settled, FIRST_ANSWER)
    with world.lock:
        shown = record.answer_data if record.answer in (CHOICES, MODAL) else {}
        return {
            "id": record.id,
            "application_id": record.application_id,
            "answer": record.answer,
            "data": shown,
            "message_id": record.original_id,
        }


def _command(
    world: World,
    user_id: str,
    channel_id: str,
    kind: int,
    body: dict[str, Any],
    given: dict[str, Any],
    uploads: Uploads,
) -> InteractionRecord:
    guild_id = world.channels.get(channel_id).get("guild_id")
    name, sort = str(given.get("name")), int(given.get("type", 1))
    application_id = str(body.get("application_id"))
    found = world.commands.find(guild_id, name, sort, application_id)
    if found is None:
        raise WorldError(404, 10063, "Unknown application command")
    if not world.commands.allows(found, user_id, channel_id):
        raise WorldError(403, 50013, "You may not use this command here")
    if sort == 1:
        path = [str(item) for item in given.get("path", [])]
        values = {
            key: _uploaded(uploads, value["attachment"]) if isinstance(value, dict) else value
            for key, value in dict(given.get("values", {})).items()
        }
        data = command_data(world, found, path, values, guild_id, given.get("focused"))
    else:
        data = {key: found[key] for key in ("id", "name", "type")}
        target = data["target_id"] = str(given.get("target_id"))
        resolved: dict[str, Any] = {}
        if sort == 3:
            resolved["messages"] = {target: world.messages.get(channel_id, target, user_id)}
        else:
            resolve(world, USER, target, guild_id, resolved)
        data["resolved"] = resolved
    return world.interactions.create(application_id, user_id, channel_id, kind, data)


def _component(
    world: World, user_id: str, channel_id: str, message_id: str, given: dict[str, Any]
) -> InteractionRecord:
    message = world.messages.get(channel_id, message_id, user_id)
    custom_id = given.get("custom_id")
    component = next(
        (
            item
            for item in _walk(message["components"])
            if item.get("custom_id") == custom_id and not item.get("disabled")
        ),
        None,
    )
    if component is None:
        raise ValueError("The message has no such component any more")
    data: dict[str, Any] = {
        "component_type": component["type"],
        "custom_id": custom_id,
        "id": component["id"],
    }
    if component["type"] != 2:
        data.update(_chosen(world, channel_id, component, given.get("values") or []))
    application_id = message.get("application_id") or message["author"]["id"]
    return world.interactions.create(
        application_id, user_id, channel_id, COMPONENT, data, message_id=message_id
    )


def _chosen(
    world: World, channel_id: str, component: dict[str, Any], values: list[Any]
) -> dict[str, Any]:
    low, high = component.get("min_values", 1), component.get("max_values", 1)
    if not low <= len(values) <= high:
        raise ValueError(f"This menu takes {low} to {high} values, not {len(values)}")
    kind = _MENUS.get(component["type"])
    if kind is None:
        known = {option["value"] for option in component.get("options") or ()}
        if component["type"] == 3 and not known.issuperset(values):
            raise ValueError("The menu has no such option")
        return {"values": values}
    guild_id = world.channels.get(channel_id).get("guild_id")
    resolved: dict[str, Any] = {}
    chosen = [resolve(world, kind, item, guild_id, resolved) for item in values]
    return {"values": chosen, "resolved": resolved}


def _modal(
    world: World,
    user_id: str,
    channel_id: str,
    interaction_id: str,
    given: dict[str, Any],
    uploads: Uploads,
) -> InteractionRecord:
    opener = world.interactions.state(interaction_id)
    if opener.user_id != user_id or opener.answer != MODAL:
        raise ValueError("That interaction has not opened a modal for you")
    fields = given.get("components")
    if not isinstance(fields, list):
        raise ValueError("components has to be a list")
    data: dict[str, Any] = {"custom_id": opener.answer_data["custom_id"], "components": fields}
    guild_id = world.channels.get(channel_id).get("guild_id")
    resolved: dict[str, Any] = {}
    for item in _walk(fields):
        if item.get("type") == FILE_UPLOAD:
            item["values"] = [
                attach(item["custom_id"], _uploaded(uploads, value), resolved)
                for value in item["values"]
            ]
        kind = _MENUS.get(item.get("type", 0))
        if kind is not None:
            item["values"] = [
                resolve(world, kind, value, guild_id, resolved) for value in item["values"]
            ]
    if resolved:
        data["resolved"] = resolved
    return world.interactions.create(
        opener.application_id,
        user_id,
        channel_id,
        MODAL_SUBMIT,
        data,
        message_id=opener.message_id,
        triggered_by=opener,
    )


def _uploaded(uploads: Uploads, identity: Any) -> dict[str, Any]:
    found = uploads.get(str(identity))
    if found is None:
        raise ValueError("The file is no longer kept: choose it again")
    return found


def _walk(components: list[Any]) -> list[dict[str, Any]]:
    """Return every component at any depth."""
    found: list[dict[str, Any]] = []
    for item in components:
        if isinstance(item, dict):
            found.append(item)
            found += _walk(item.get("components") or [])
            found += _walk([item[key] for key in ("accessory", "component") if item.get(key)])
    return found
