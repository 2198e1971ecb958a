"""Guilds and the lists of what is in them.

See https://discord.com/developers/docs/resources/guild
"""

from __future__ import annotations

from typing import Any

from ..errors import WorldError, missing_permissions, unknown
from ..routing import Call, Routes
from ..validate import Body, Form
from .channels import COMMUNITY_CHANNELS, channel_fields, check_overwrites

routes = Routes()

_TEXTUAL = frozenset({0, 5})

#: The channels that a guild uses for something, and of which types they may be.
_CHANNELS = {
    "afk_channel_id": frozenset({2}),
    **dict.fromkeys(
        (
            *("system_channel_id", "rules_channel_id", "public_updates_channel_id"),
            "safety_alerts_channel_id",
        ),
        _TEXTUAL,
    ),
}

#: Languages of Discord's.
_LOCALES = (
    *("ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he"),
    *("hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru"),
    *("sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW"),
)


@routes.get("/guilds/{guild_id}")
def get_guild(call: Call, guild_id: str) -> dict[str, Any]:
    """Return a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.guilds.get(guild_id, with_counts=call.flag("with_counts"))


@routes.get("/guilds/{guild_id}/preview")
def get_guild_preview(call: Call, guild_id: str) -> dict[str, Any]:
    """Return what may be known of a guild from outside."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.guilds.preview(guild_id)


@routes.patch("/guilds/{guild_id}")
def modify_guild(call: Call, guild_id: str) -> dict[str, Any]:
    """Change a guild."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    form = Form()
    body = Body(call.body, form)
    body.string("name", low=2, high=100)
    body.integer("verification_level", choices=(0, 1, 2, 3, 4))
    body.integer("default_message_notifications", choices=(0, 1))
    body.integer("explicit_content_filter", choices=(0, 1, 2))
    body.integer("afk_timeout", choices=(60, 300, 900, 1800, 3600))
    body.integer("system_channel_flags", low=0)
    body.string("description", high=300)
    body.string("preferred_locale", choices=_LOCALES)
    body.boolean("premium_progress_bar_enabled")
    body.strings("features")
    for key in _CHANNELS:
        body.snowflake(key)
    form.check()
    changes = dict(body.clean)
    for key, types in _CHANNELS.items():
        if changes.get(key) is not None:
            _check_channel(call, guild_id, changes[key], types)
    for key in ("icon", "splash", "discovery_splash", "banner"):
        if key in body.data:
            changes[key] = call.server.files.image(key, body.data[key])
    for key in ("name", "preferred_locale", "features", "afk_timeout", "system_channel_flags"):
        if key in changes and changes[key] is None:
            del changes[key]
    if "features" in changes:
        _check_features(call, guild_id, changes)
    return world.guilds.update(guild_id, changes)


def _check_features(call: Call, guild_id: str, changes: dict[str, Any]) -> None:
    """Raise where a guild's features cannot become what they are to be.

    See https://discord.com/developers/docs/resources/guild#guild-object-mutable-guild-features
    """
    guild = call.world.guilds.get(guild_id)
    changed = set(guild["features"]) ^ set(changes["features"])
    if changed & {"COMMUNITY", "DISCOVERABLE"}:
        call.world.permissions.require_guild(call.user_id, guild_id, "ADMINISTRATOR")
    after = {**guild, **changes}
    if "COMMUNITY" in after["features"] and not all(after[key] for key in COMMUNITY_CHANNELS):
        # Discord says no more than this.
        raise WorldError(403, 40006, "This feature has been temporarily disabled")


def _check_channel(call: Call, guild_id: str, channel_id: str, types: frozenset[int]) -> None:
    """Raise where a channel cannot be what a guild is to use it for."""
    channels = call.world.channels
    channel = channels.get(channel_id) if channels.exists(channel_id) else {}
    if channel.get("guild_id") != guild_id:
        raise unknown("channel")
    if channel["type"] not in types:
        raise WorldError(400, 50024, "Cannot execute action on this channel type")


@routes.get("/guilds/{guild_id}/channels")
def get_guild_channels(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the channels of a guild, without threads."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.channels.list(guild_id)


@routes.post("/guilds/{guild_id}/channels")
def create_guild_channel(call: Call, guild_id: str) -> tuple[dict[str, Any], int]:
    """Make a channel."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_CHANNELS")
    form = Form()
    body = Body(call.body, form)
    body.integer("type", choices=(0, 2, 4, 5, 13, 15, 16))
    form.check()
    kind = body.clean.get("type") or 0
    fields = channel_fields(call, call.body, guild_id, kind, create=True)
    fields = {key: value for key, value in fields.items() if value is not None}
    check_overwrites(call, guild_id, fields.get("permission_overwrites"), None)
    fields.pop("type", None)
    return world.channels.create(guild_id, fields.pop("name"), kind, **fields), 201


@routes.patch("/guilds/{guild_id}/channels")
def modify_guild_channel_positions(call: Call, guild_id: str) -> None:
    """Move channels."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_CHANNELS")
    form = Form()
    positions = []
    for item in Body({"items": call.body}, form).children("items", required=True):
        item.snowflake("id", required=True)
        item.integer("position", low=0)
        item.snowflake("parent_id")
        positions.append(item.clean)
    form.check()
    world.channels.move(guild_id, positions)


@routes.get("/guilds/{guild_id}/vanity-url")
def get_guild_vanity_url(call: Call, guild_id: str) -> dict[str, Any]:
    """Return the guild's own invite code; none has any here."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    if "VANITY_URL" not in call.world.guilds.get(guild_id)["features"]:
        raise missing_permissions()
    return {"code": call.world.guilds.get(guild_id)["vanity_url_code"], "uses": 0}


@routes.get("/guilds/{guild_id}/integrations")
def get_guild_integrations(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return what is integrated into a guild: its bots."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    return call.world.integrations.list(guild_id)


@routes.delete("/guilds/{guild_id}/integrations/{integration_id}")
def delete_guild_integration(call: Call, guild_id: str, integration_id: str) -> None:
    """Delete an integration, which kicks its bot."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    call.world.integrations.delete(guild_id, integration_id)


@routes.get("/guilds/{guild_id}/prune")
def get_guild_prune_count(call: Call, guild_id: str) -> dict[str, Any]:
    """Return how many members a prune would kick."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD", "KICK_MEMBERS")
    days, roles = call.integer("days", 7, 1, 30), call.snowflakes("include_roles")
    return {"pruned": call.world.members.prune(guild_id, days, roles, count_only=True)}


@routes.post("/guilds/{guild_id}/prune")
def begin_guild_prune(call: Call, guild_id: str) -> dict[str, Any]:
    """Kick members who have not been seen for days."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD", "KICK_MEMBERS")
    form = Form()
    data = call.body
    if isinstance(data, dict) and isinstance(data.get("include_roles"), str):
        data = {**data, "include_roles": [key for key in data["include_roles"].split(",") if key]}
    body = Body(data, form)
    body.integer("days", low=1, high=30)
    body.boolean("compute_prune_count")
    body.snowflakes("include_roles", high=100)
    form.check()
    days, roles = body.clean.get("days") or 7, body.clean.get("include_roles") or ()
    count = call.world.members.prune(guild_id, days, roles)
    return {"pruned": None if body.clean.get("compute_prune_count") is False else count}


@routes.put("/guilds/{guild_id}/incident-actions")
def modify_guild_incident_actions(call: Call, guild_id: str) -> dict[str, Any]:
    """Pause invites or direct messages for at most a day."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    form = Form()
    body = Body(call.body, form)
    keys = ("invites_disabled_until", "dms_disabled_until")
    for key in keys:
        body.timestamp(key)
        until = body.clean.get(key)
        if until and Body.moment(until).timestamp() > world.clock.now() + 86400:
            body.fail(key, "INCIDENT_ACTION_TOO_LONG", "Must be within 24 hours")
    form.check()
    before = world.guilds.get(guild_id)["incidents_data"] or dict.fromkeys(keys)
    after = {**before, **body.clean}
    shown = after if any(after.values()) else None
    world.guilds.update(guild_id, {"incidents_data": shown})
    return after
