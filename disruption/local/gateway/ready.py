"""READY, and the guilds as a session is told of them.

See https://discord.com/developers/docs/events/gateway-events#ready
"""

from __future__ import annotations

from typing import Any

from ..world import World
from .intents import INTENTS
from .session import Session

__all__ = ["guild_create", "ready"]


def ready(
    world: World, session: Session, guild_ids: list[str], url: str, *, with_shard: bool
) -> dict[str, Any]:
    """Return the data of a session's READY."""
    data: dict[str, Any] = {
        "user_settings": {},
        "user": world.users.me(session.account.user_id),
        "session_type": "normal",
        "session_id": session.id,
        "resume_gateway_url": url,
        "relationships": [],
        "private_channels": [],
        "presences": [],
        "guilds": [{"id": guild_id, "unavailable": True} for guild_id in guild_ids],
        "guild_join_requests": [],
        "geo_ordered_rtc_regions": ["local"],
    }
    application_id = session.account.application_id
    if application_id is not None:
        flags = world.applications.state(application_id)["flags"]
        data["application"] = {"id": application_id, "flags": flags}
    if with_shard:
        data["shard"] = list(session.shard)
    return data


def guild_create(data: dict[str, Any], session: Session) -> dict[str, Any]:
    """Return a GUILD_CREATE with what this session may have of it.

    Of a guild with more members than `large_threshold` only those online are sent; without
    GUILD_PRESENCES only the bot itself and those in voice channels.
    """
    trimmed = dict(data)
    own = session.account.user_id
    voice = {state["user_id"] for state in data["voice_states"]}
    if not session.intents & INTENTS["GUILD_VOICE_STATES"]:
        trimmed["voice_states"] = []
    if session.intents & INTENTS["GUILD_PRESENCES"]:
        trimmed["large"] = data["member_count"] > session.large_threshold
        if trimmed["large"]:
            shown = {presence["user"]["id"] for presence in data["presences"]} | voice | {own}
            trimmed["members"] = [
                member for member in data["members"] if member["user"]["id"] in shown
            ]
        return trimmed
    trimmed["large"] = data["member_count"] > session.large_threshold
    trimmed["presences"] = []
    shown = voice | {own}
    trimmed["members"] = [member for member in data["members"] if member["user"]["id"] in shown]
    return trimmed
