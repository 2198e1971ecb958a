"""The audit log of a guild.

See https://discord.com/developers/docs/resources/audit-log
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import WorldError
from ..routing import Call, Routes

routes = Routes()


@routes.get("/guilds/{guild_id}/audit-logs")
def get_guild_audit_log(call: Call, guild_id: str) -> dict[str, Any]:
    """Return entries with what they speak of, as far as it still exists."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "VIEW_AUDIT_LOG")
    action_type = call.text("action_type")
    entries = world.audit.list(
        guild_id,
        limit=call.integer("limit", 50, 1, 100),
        before=call.snowflake("before"),
        after=call.snowflake("after"),
        user_id=call.snowflake("user_id"),
        target_id=call.snowflake("target_id"),
        action_type=None if action_type is None else call.integer("action_type", 0, 0, 1000),
    )
    ids = dict.fromkeys(key for entry in entries for key in (entry["user_id"], entry["target_id"]))
    named = [key for key in ids if key is not None]
    own = call.account.application_id if call.account is not None else None
    return {
        "audit_log_entries": entries,
        "users": [world.users.get(key) for key in named if world.users.exists(key)],
        "webhooks": _found(named, world.webhooks.get),
        "threads": [
            thread
            for archived in (False, True)
            for thread in world.threads.of_guild(guild_id, archived=archived)
            if thread["id"] in ids
        ],
        "integrations": [
            _partial(item) for item in world.integrations.list(guild_id) if item["id"] in ids
        ],
        "application_commands": [
            command
            for place in (None, guild_id)
            for command in (world.commands.list(own, place) if own is not None else ())
            if command["id"] in ids
        ],
        "auto_moderation_rules": _found(
            named, lambda key: world.auto_moderation.get(guild_id, key)
        ),
        "guild_scheduled_events": _found(
            named, lambda key: world.scheduled_events.get(guild_id, key)
        ),
    }


def _found(ids: list[str], get: Callable[[str], dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for key in ids:
        try:
            found.append(get(key))
        except WorldError:
            continue  # it is something else, or gone
    return found


def _partial(integration: dict[str, Any]) -> dict[str, Any]:
    shown = {key: integration[key] for key in ("id", "name", "type", "account")}
    return {**shown, "application_id": integration["application"]["id"]}
