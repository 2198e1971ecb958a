"""Onboarding, the welcome screen and the widget of a guild.

See https://discord.com/developers/docs/resources/guild#get-guild-onboarding
"""

from __future__ import annotations

from typing import Any

from ...world.permissions import BITS
from ..errors import WorldError, form_error
from ..png import plain_png
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_ONBOARDING = "/guilds/{guild_id}/onboarding"
_WELCOME = "/guilds/{guild_id}/welcome-screen"
_WIDGET = "/guilds/{guild_id}/widget"

_STYLES = ("shield", "banner1", "banner2", "banner3", "banner4")

#: Channels everyone must be able to see, and to write in, before onboarding can be switched on.
DEFAULT_CHANNELS, WRITABLE_CHANNELS = 7, 5


@routes.get(_ONBOARDING)
def get_guild_onboarding(call: Call, guild_id: str) -> dict[str, Any]:
    """Return a guild's onboarding."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.community.onboarding(guild_id)


@routes.put(_ONBOARDING)
def modify_guild_onboarding(call: Call, guild_id: str) -> dict[str, Any]:
    """Change a guild's onboarding."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD", "MANAGE_ROLES")
    form = Form()
    body = Body(call.body, form)
    body.boolean("enabled")
    body.integer("mode", choices=(0, 1))
    body.snowflakes("default_channel_ids", high=500)
    for prompt in body.children("prompts", high=15):
        prompt.snowflake("id")
        prompt.string("title", required=True, low=1, high=100)
        prompt.integer("type", choices=(0, 1))
        for key in ("single_select", "required", "in_onboarding"):
            prompt.boolean(key)
        for option in prompt.children("options", required=True, low=1, high=50):
            option.snowflake("id")
            option.string("title", required=True, low=1, high=50)
            option.string("description", high=100)
            option.snowflakes("role_ids", high=50)
            option.snowflakes("channel_ids", high=50)
            option.snowflake("emoji_id")
            option.string("emoji_name", high=100)
            option.boolean("emoji_animated")
            option.keep("emoji")
    form.check()
    changes = {key: value for key, value in body.clean.items() if value is not None}
    after = {**world.community.onboarding(guild_id), **changes}
    if after["enabled"]:
        _check_enough(call, guild_id, after)
    return world.community.set_onboarding(guild_id, changes)


def _check_enough(call: Call, guild_id: str, onboarding: dict[str, Any]) -> None:
    """Raise 350000 unless newcomers would have something to see and somewhere to write."""
    ids = set(onboarding["default_channel_ids"])
    if onboarding["mode"] == 1:
        for prompt in onboarding["prompts"]:
            ids |= {key for option in prompt["options"] for key in option.get("channel_ids") or ()}
    everyone = int(call.world.roles.get(guild_id, guild_id)["permissions"])
    writable = 0
    for channel in call.world.channels.list(guild_id):
        if channel["id"] not in ids:
            continue
        own = {item["id"]: item for item in channel["permission_overwrites"]}.get(guild_id)
        allowed = everyone
        if own is not None:
            allowed = everyone & ~int(own["deny"]) | int(own["allow"])
        writable += bool(allowed & BITS["SEND_MESSAGES"])
    if len(ids) < DEFAULT_CHANNELS or writable < WRITABLE_CHANNELS:
        raise WorldError(400, 350000, "Cannot enable onboarding, requirements are not met")


@routes.get(_WELCOME)
def get_guild_welcome_screen(call: Call, guild_id: str) -> dict[str, Any]:
    """Return a guild's welcome screen; one that is off only to those who manage the guild."""
    permissions = call.world.permissions
    permissions.require_guild(call.user_id, guild_id)
    manages = bool(permissions.in_guild(guild_id, call.user_id) & BITS["MANAGE_GUILD"])
    return call.world.community.welcome_screen(guild_id, edited=manages)


@routes.patch(_WELCOME)
def modify_guild_welcome_screen(call: Call, guild_id: str) -> dict[str, Any]:
    """Change a guild's welcome screen."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    form = Form()
    body = Body(call.body, form)
    body.boolean("enabled")
    body.string("description", high=140)
    for channel in body.children("welcome_channels", high=5):
        channel.snowflake("channel_id", required=True)
        channel.string("description", required=True, low=1, high=50)
        channel.snowflake("emoji_id")
        channel.string("emoji_name")
        channel.clean = {"emoji_id": None, "emoji_name": None, **channel.clean}
        body.clean["welcome_channels"][-1] = channel.clean
    form.check()
    changes = dict(body.clean)
    if changes.get("welcome_channels", ()) is None:
        changes["welcome_channels"] = []
    return call.world.community.set_welcome_screen(guild_id, changes)


@routes.get("/guilds/{guild_id}/new-member-welcome")
def get_guild_new_member_welcome(call: Call, guild_id: str) -> None:
    """Return nothing: there is no server guide here, which Discord says with a 204."""
    call.world.permissions.require_guild(call.user_id, guild_id)


@routes.get(_WIDGET)
def get_guild_widget_settings(call: Call, guild_id: str) -> dict[str, Any]:
    """Return whether a guild has a widget, and where its invite leads."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    return _settings(call, guild_id)


@routes.patch(_WIDGET)
def modify_guild_widget(call: Call, guild_id: str) -> dict[str, Any]:
    """Switch a guild's widget on or off, or change where its invite leads."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    form = Form()
    body = Body(call.body, form)
    body.boolean("enabled")
    body.snowflake("channel_id")
    form.check()
    changes: dict[str, Any] = {}
    if body.clean.get("enabled") is not None:
        changes["widget_enabled"] = body.clean["enabled"]
    if "channel_id" in body.clean:
        channel_id = body.clean["channel_id"]
        if channel_id not in (None, *(item["id"] for item in world.channels.list(guild_id))):
            raise form_error("channel_id", "CHANNEL_INVALID", "Channel does not exist")
        changes["widget_channel_id"] = channel_id
    world.guilds.update(guild_id, changes)
    return _settings(call, guild_id)


def _settings(call: Call, guild_id: str) -> dict[str, Any]:
    guild = call.world.guilds.get(guild_id)
    return {"enabled": guild["widget_enabled"], "channel_id": guild["widget_channel_id"]}


@routes.get(_WIDGET + ".json", auth="optional")
def get_guild_widget(call: Call, guild_id: str) -> dict[str, Any]:
    """Return what a guild shows of itself to everyone.

    Raises:
        WorldError: 50004 when its widget is off.
    """
    world = call.world
    guild = world.guilds.get(guild_id)
    if not guild["widget_enabled"]:
        raise WorldError(403, 50004, "Widget Disabled")
    online = world.presences.of_guild(guild_id)
    return {
        "id": guild_id,
        "name": guild["name"],
        "instant_invite": _widget_invite(call, guild["widget_channel_id"]),
        "channels": [
            {key: channel[key] for key in ("id", "name", "position")}
            for channel in world.channels.list(guild_id)
            if channel["type"] == 2
        ],
        "members": [
            _widget_member(call, number, presence) for number, presence in enumerate(online[:100])
        ],
        "presence_count": len(online),
    }


def _widget_invite(call: Call, channel_id: str | None) -> str | None:
    if channel_id is None or not call.world.channels.exists(channel_id):
        return None
    with call.world.acting(None):
        code = call.world.invites.create(channel_id, None)["code"]
    return f"https://discord.com/invite/{code}"


def _widget_member(call: Call, number: int, presence: dict[str, Any]) -> dict[str, Any]:
    user = call.world.users.get(presence["user"]["id"])
    origin = call.server.rest_url.partition("/api/")[0]
    return {
        "id": str(number),
        "username": user["global_name"] or user["username"],
        "discriminator": "0000",
        "avatar": None,
        "status": presence["status"],
        "avatar_url": f"{origin}/embed/avatars/{number % 6}.png",
    }


@routes.get(_WIDGET + ".png", auth="optional")
def get_guild_widget_image(call: Call, guild_id: str) -> Any:
    """Return a picture of a guild for other pages."""
    if (call.text("style") or "shield") not in _STYLES:
        listed = ", ".join(f"'{style}'" for style in _STYLES)
        raise form_error("style", "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")
    if not call.world.guilds.get(guild_id)["widget_enabled"]:
        raise WorldError(403, 50004, "Widget Disabled")
    return call.file("image/png", plain_png(guild_id, 64))
