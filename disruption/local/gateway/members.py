"""Request Guild Members: the answer in chunks.

See https://discord.com/developers/docs/events/gateway-events#request-guild-members
"""

from __future__ import annotations

from typing import Any

from ..world import World

__all__ = ["CHUNK", "is_whole", "member_chunks"]

#: Members in one chunk.
CHUNK = 1000

_MOST = 100
_NONCE_BYTES = 32


def is_whole(request: dict[str, Any]) -> bool:
    """Tell whether a request is for all members of a guild."""
    return "user_ids" not in request and not request.get("query") and not request.get("limit")


def member_chunks(
    world: World, guild_id: str, request: dict[str, Any], *, may_see_presences: bool
) -> list[dict[str, Any]]:
    """Return the data of every GUILD_MEMBERS_CHUNK that answers a request."""
    members, not_found = _chosen(world, guild_id, request)
    count = max(1, -(-len(members) // CHUNK))
    nonce = request.get("nonce")
    online = set(world.presences.online(guild_id))
    chunks = []
    for index in range(count):
        part = members[index * CHUNK : (index + 1) * CHUNK]
        data: dict[str, Any] = {
            "guild_id": guild_id,
            "members": part,
            "chunk_index": index,
            "chunk_count": count,
        }
        if not_found and index == 0:
            data["not_found"] = not_found
        if request.get("presences") and may_see_presences:
            data["presences"] = [
                world.presences.get(guild_id, member["user"]["id"])
                for member in part
                if member["user"]["id"] in online
            ]
        # A longer nonce is ignored, as on Discord.
        if isinstance(nonce, str) and len(nonce.encode()) <= _NONCE_BYTES:
            data["nonce"] = nonce
        chunks.append(data)
    return chunks


def _chosen(
    world: World, guild_id: str, request: dict[str, Any]
) -> tuple[list[dict[str, Any]], list[str]]:
    wanted = request.get("user_ids")
    if wanted is not None:
        ids = wanted if isinstance(wanted, list) else [wanted]
        present = world.guilds.state(guild_id).members
        keys = [str(key) for key in ids[:_MOST]]
        found = [world.members.get(guild_id, key) for key in keys if key in present]
        return found, [key for key in keys if key not in present]
    query = str(request.get("query") or "")
    limit = request.get("limit") or 0
    if not query and not limit:
        return world.members.list(guild_id), []
    return world.members.search(guild_id, query, min(limit or _MOST, _MOST)), []
