"""Where the gateway is.

See https://discord.com/developers/docs/events/gateway
"""

from __future__ import annotations

from disruption.rest.core import RestCore
from disruption.rest.route import Route
from disruption.types import GatewayBot
from disruption.types.core.base import Model, model

__all__ = ["GatewayRoutes"]

_GET = Route("GET", "/gateway")
_GET_BOT = Route("GET", "/gateway/bot")


@model
class _Gateway(Model):
    """The answer of Get Gateway."""

    url: str


class GatewayRoutes(RestCore):
    """Where the gateway is."""

    def get_gateway(self, *, timeout: float | None = None) -> str:
        """Get the gateway's URL.

        See https://discord.com/developers/docs/events/gateway#get-gateway
        """
        return self._fetch(_Gateway, _GET(), timeout=timeout).url

    def get_gateway_bot(self, *, timeout: float | None = None) -> GatewayBot:
        """Get the gateway's URL, how many shards to use, and what is left of today's identifies.

        Raises:
            Unauthorized: The token is not valid.

        See https://discord.com/developers/docs/events/gateway#get-gateway-bot
        """
        return self._fetch(GatewayBot, _GET_BOT(), timeout=timeout)
