"""Emojis of guilds and of applications.

See https://discord.com/developers/docs/resources/emoji
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import several
from disruption.rest.core import RestCore
from disruption.rest.fields import put_ids, put_image
from disruption.rest.images import EMOJI_BYTES, FileSource
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import UNSET, ApplicationEmojiList, Emoji, Unset
from disruption.types.core.base import fill

__all__ = ["EmojiRoutes"]

_GUILD_EMOJIS: Final = "/guilds/{guild_id}/emojis"
_GUILD_EMOJI: Final = _GUILD_EMOJIS + "/{emoji_id}"
_APP_EMOJIS: Final = "/applications/{application_id}/emojis"
_APP_EMOJI: Final = _APP_EMOJIS + "/{emoji_id}"

_LIST = Route("GET", _GUILD_EMOJIS)
_GET = Route("GET", _GUILD_EMOJI)
_CREATE = Route("POST", _GUILD_EMOJIS)
_MODIFY = Route("PATCH", _GUILD_EMOJI)
_DELETE = Route("DELETE", _GUILD_EMOJI)
_APP_LIST = Route("GET", _APP_EMOJIS)
_APP_GET = Route("GET", _APP_EMOJI)
_APP_CREATE = Route("POST", _APP_EMOJIS)
_APP_MODIFY = Route("PATCH", _APP_EMOJI)
_APP_DELETE = Route("DELETE", _APP_EMOJI)

_NAME: Final = re.compile(r"\w{2,32}\Z", re.ASCII)


class EmojiRoutes(RestCore):
    """Emojis of guilds and of applications."""

    def list_guild_emojis(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[Emoji]:
        """Get the emojis of a guild.

        See https://discord.com/developers/docs/resources/emoji#list-guild-emojis
        """
        emojis = self._fetch(list[Emoji], _LIST(guild_id), timeout=timeout)
        return [_of_guild(emoji, guild_id) for emoji in emojis]

    def get_guild_emoji(
        self, guild_id: SnowflakeLike, emoji_id: SnowflakeLike, *, timeout: float | None = None
    ) -> Emoji:
        """Get an emoji of a guild.

        Raises:
            NotFound: There is no such emoji.

        See https://discord.com/developers/docs/resources/emoji#get-guild-emoji
        """
        emoji = self._fetch(Emoji, _GET(guild_id, emoji_id), timeout=timeout)
        return _of_guild(emoji, guild_id)

    def create_guild_emoji(
        self,
        guild_id: SnowflakeLike,
        *,
        name: str,
        image: FileSource,
        roles: Iterable[SnowflakeLike] = (),
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Emoji:
        """Create an emoji of a guild.

        Args:
            guild_id: Where.
            name: 2 to 32 letters, digits or underscores.
            image: A path, bytes or an open file; at most 256 KiB.
            roles: Whose members can use it; everybody where there is none.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: The name or the image cannot be right.
            Forbidden: CREATE_GUILD_EXPRESSIONS is missing.

        See https://discord.com/developers/docs/resources/emoji#create-guild-emoji
        """
        body: dict[str, Any] = {"name": _name(name)}
        put_image(body, "image", image, EMOJI_BYTES)
        if roles := several("roles", roles):
            put_ids(body, "roles", roles)
        emoji = self._fetch(Emoji, _CREATE(guild_id), body, reason=reason, timeout=timeout)
        return _of_guild(emoji, guild_id)

    def modify_guild_emoji(
        self,
        guild_id: SnowflakeLike,
        emoji_id: SnowflakeLike,
        *,
        name: str | Unset = UNSET,
        roles: Iterable[SnowflakeLike] | Unset | None = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Emoji:
        """Change an emoji of a guild; what is not given stays.

        Args:
            guild_id: Where it is.
            emoji_id: Which one.
            name: 2 to 32 letters, digits or underscores.
            roles: Whose members can use it; None for everybody.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: The name cannot be right.
            Forbidden: MANAGE_GUILD_EXPRESSIONS is missing, or for an emoji of the bot's own
                CREATE_GUILD_EXPRESSIONS.

        See https://discord.com/developers/docs/resources/emoji#modify-guild-emoji
        """
        body: dict[str, Any] = {}
        if not isinstance(name, Unset):
            body["name"] = _name(name)
        put_ids(body, "roles", roles)
        target = _MODIFY(guild_id, emoji_id)
        emoji = self._fetch(Emoji, target, body, reason=reason, timeout=timeout)
        return _of_guild(emoji, guild_id)

    def delete_guild_emoji(
        self,
        guild_id: SnowflakeLike,
        emoji_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete an emoji of a guild.

        Raises:
            Forbidden: MANAGE_GUILD_EXPRESSIONS is missing, or for an emoji of the bot's own
                CREATE_GUILD_EXPRESSIONS.

        See https://discord.com/developers/docs/resources/emoji#delete-guild-emoji
        """
        self._do(_DELETE(guild_id, emoji_id), reason=reason, timeout=timeout)

    # Of applications -------------------------------------------------------------------

    def list_application_emojis(
        self, application_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[Emoji]:
        """Get the emojis of an application, at most 2000.

        See https://discord.com/developers/docs/resources/emoji#list-application-emojis
        """
        target = _APP_LIST(application_id)
        found = self._fetch(ApplicationEmojiList, target, timeout=timeout)
        return [_of_application(emoji, application_id) for emoji in found.items]

    def get_application_emoji(
        self,
        application_id: SnowflakeLike,
        emoji_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> Emoji:
        """Get an emoji of an application.

        Raises:
            NotFound: There is no such emoji.

        See https://discord.com/developers/docs/resources/emoji#get-application-emoji
        """
        emoji = self._fetch(Emoji, _APP_GET(application_id, emoji_id), timeout=timeout)
        return _of_application(emoji, application_id)

    def create_application_emoji(
        self,
        application_id: SnowflakeLike,
        *,
        name: str,
        image: FileSource,
        timeout: float | None = None,
    ) -> Emoji:
        """Create an emoji of an application, which its bot can use everywhere.

        Args:
            application_id: Whose.
            name: 2 to 32 letters, digits or underscores.
            image: A path, bytes or an open file; at most 256 KiB.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: The name or the image cannot be right.

        See https://discord.com/developers/docs/resources/emoji#create-application-emoji
        """
        body: dict[str, Any] = {"name": _name(name)}
        put_image(body, "image", image, EMOJI_BYTES)
        emoji = self._fetch(Emoji, _APP_CREATE(application_id), body, timeout=timeout)
        return _of_application(emoji, application_id)

    def modify_application_emoji(
        self,
        application_id: SnowflakeLike,
        emoji_id: SnowflakeLike,
        *,
        name: str,
        timeout: float | None = None,
    ) -> Emoji:
        """Rename an emoji of an application.

        Args:
            application_id: Whose.
            emoji_id: Which one.
            name: 2 to 32 letters, digits or underscores.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: The name cannot be right.

        See https://discord.com/developers/docs/resources/emoji#modify-application-emoji
        """
        target = _APP_MODIFY(application_id, emoji_id)
        emoji = self._fetch(Emoji, target, {"name": _name(name)}, timeout=timeout)
        return _of_application(emoji, application_id)

    def delete_application_emoji(
        self,
        application_id: SnowflakeLike,
        emoji_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> None:
        """Delete an emoji of an application.

        See https://discord.com/developers/docs/resources/emoji#delete-application-emoji
        """
        self._do(_APP_DELETE(application_id, emoji_id), timeout=timeout)


def _name(name: str) -> str:
    if not isinstance(name, str) or not _NAME.match(name):
        raise InvalidArgument(
            f"name must be 2 to 32 letters, digits or underscores, not {str(name)[:40]!r}"
        )
    return name


def _of_guild(emoji: Emoji, guild_id: SnowflakeLike) -> Emoji:
    fill(emoji, guild_id=snowflake(guild_id, "guild_id"))
    return emoji


def _of_application(emoji: Emoji, application_id: SnowflakeLike) -> Emoji:
    fill(emoji, application_id=snowflake(application_id, "application_id"))
    return emoji
