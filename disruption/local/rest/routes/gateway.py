"""Where the gateway is.

See https://discord.com/developers/docs/events/gateway#get-gateway
"""

from __future__ import annotations

from typing import Any

from ..errors import unauthorized
from ..routing import Call, Routes

routes = Routes()


@routes.get("/gateway", auth="optional")
def get_gateway(call: Call) -> dict[str, Any]:
    """Return the gateway's address."""
    return {"url": call.server.gateway_url}


@routes.get("/gateway/bot")
def get_gateway_bot(call: Call) -> dict[str, Any]:
    """Return the gateway's address, how many shards to use and how many sessions may start."""
    if call.account is None:
        raise unauthorized()
    guilds = len(call.world.guilds.of_user(call.user_id))
    return {
        "url": call.server.gateway_url,
        "shards": max(1, -(-guilds // 1000)),
        "session_start_limit": call.server.session_start_limit(call.account),
    }
