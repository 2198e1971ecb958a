"""The bot's own application.

See https://discord.com/developers/docs/resources/application
"""

from __future__ import annotations

from disruption.rest.core import RestCore
from disruption.rest.route import Route
from disruption.types import Application

__all__ = ["ApplicationRoutes"]

_GET_CURRENT = Route("GET", "/applications/@me")


class ApplicationRoutes(RestCore):
    """The bot's own application."""

    def get_current_application(self, *, timeout: float | None = None) -> Application:
        """Get the application that the bot belongs to.

        See https://discord.com/developers/docs/resources/application#get-current-application
        """
        return self._fetch(Application, _GET_CURRENT(), timeout=timeout)
