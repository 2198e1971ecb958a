"""Where the gateway is.

See https://discord.com/developers/docs/events/gateway
"""

from __future__ import annotations

from typing import Any

from disruption.rest.core import RestCore
from disruption.rest.route import Route
from disruption.types import GatewayBot

__all__ = ["GatewayRoutes"]

_GET = Route("GET", "/gateway")
_GET_BOT = Route("GET", "/gateway/bot")


class GatewayRoutes(RestCore):
    """Where the gateway is."""

    def get_gateway(self, *, timeout: float | None = None) -> str:
        """Get the gateway's URL.

        See https://discord.com/developers/docs/events/gateway#get-gateway
        """
        answer = self._fetch(dict[str, Any], _GET(), timeout=timeout)
        return str(answer["url"])

    def get_gateway_bot(self, *, timeout: float | None = None) -> GatewayBot:
        """Get the gateway's URL, how many shards to use, and what is left of today's identifies.

        Raises:
            Unauthorized: The token is not valid.

        See https://discord.com/developers/docs/events/gateway#get-gateway-bot
        """
        return self._fetch(GatewayBot, _GET_BOT(), timeout=timeout)
