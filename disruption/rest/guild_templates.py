"""Guild templates.

See https://discord.com/developers/docs/resources/guild-template
"""

from __future__ import annotations

from typing import Any, Final

from disruption.rest.core import RestCore
from disruption.rest.fields import put_text
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import UNSET, GuildTemplate, Unset

__all__ = ["GuildTemplateRoutes"]

_TEMPLATES: Final = "/guilds/{guild_id}/templates"
_TEMPLATE: Final = _TEMPLATES + "/{code}"

_GET = Route("GET", "/guilds/templates/{code}")
_LIST = Route("GET", _TEMPLATES)
_CREATE = Route("POST", _TEMPLATES)
_SYNC = Route("PUT", _TEMPLATE)
_MODIFY = Route("PATCH", _TEMPLATE)
_DELETE = Route("DELETE", _TEMPLATE)


class GuildTemplateRoutes(RestCore):
    """Guild templates."""

    def get_guild_template(self, code: str, *, timeout: float | None = None) -> GuildTemplate:
        """Get a template, whosever it is.

        Raises:
            NotFound: There is no such template.

        See https://discord.com/developers/docs/resources/guild-template#get-guild-template
        """
        return self._fetch(GuildTemplate, _GET(code), timeout=timeout)

    def get_guild_templates(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[GuildTemplate]:
        """Get the templates that were made of a guild.

        Raises:
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild-template#get-guild-templates
        """
        return self._fetch(list[GuildTemplate], _LIST(guild_id), timeout=timeout)

    def create_guild_template(
        self,
        guild_id: SnowflakeLike,
        *,
        name: str,
        description: str | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> GuildTemplate:
        """Make a template of a guild.

        Args:
            guild_id: Which guild.
            name: 1 to 100 characters.
            description: At most 120 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild-template#create-guild-template
        """
        body = _body(name, description)
        return self._fetch(GuildTemplate, _CREATE(guild_id), body, timeout=timeout)

    def sync_guild_template(
        self, guild_id: SnowflakeLike, code: str, *, timeout: float | None = None
    ) -> GuildTemplate:
        """Bring a template to what its guild is now.

        Raises:
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild-template#sync-guild-template
        """
        return self._fetch(GuildTemplate, _SYNC(guild_id, code), timeout=timeout)

    def modify_guild_template(
        self,
        guild_id: SnowflakeLike,
        code: str,
        *,
        name: str | Unset = UNSET,
        description: str | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> GuildTemplate:
        """Change a template's name or description; what is not given stays.

        Args:
            guild_id: The guild that it was made of.
            code: Which template.
            name: 1 to 100 characters.
            description: At most 120 characters; None for none.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild-template#modify-guild-template
        """
        body = _body(name, description)
        return self._fetch(GuildTemplate, _MODIFY(guild_id, code), body, timeout=timeout)

    def delete_guild_template(
        self, guild_id: SnowflakeLike, code: str, *, timeout: float | None = None
    ) -> GuildTemplate:
        """Delete a template, and return what it was.

        Raises:
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild-template#delete-guild-template
        """
        return self._fetch(GuildTemplate, _DELETE(guild_id, code), timeout=timeout)


def _body(name: str | Unset, description: str | Unset | None) -> dict[str, Any]:
    body: dict[str, Any] = {}
    put_text(body, "name", name, 100, least=1)
    put_text(body, "description", description, 120)
    return body
