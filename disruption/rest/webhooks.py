"""Webhooks; `webhook_messages.py` has what they send.

See https://discord.com/developers/docs/resources/webhook
"""

from __future__ import annotations

from typing import Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.core import RestCore
from disruption.rest.fields import put_id, put_image, put_text
from disruption.rest.images import FileSource
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import UNSET, Unset, Webhook

__all__ = ["WebhookRoutes"]

_WEBHOOK: Final = "/webhooks/{webhook_id}"
_WITH_TOKEN: Final = _WEBHOOK + "/{webhook_token}"

_CREATE = Route("POST", "/channels/{channel_id}/webhooks")
_OF_CHANNEL = Route("GET", "/channels/{channel_id}/webhooks")
_OF_GUILD = Route("GET", "/guilds/{guild_id}/webhooks")
_GET = Route("GET", _WEBHOOK)
_MODIFY = Route("PATCH", _WEBHOOK)
_DELETE = Route("DELETE", _WEBHOOK)
_GET_WITH_TOKEN = Route("GET", _WITH_TOKEN)
_MODIFY_WITH_TOKEN = Route("PATCH", _WITH_TOKEN)
_DELETE_WITH_TOKEN = Route("DELETE", _WITH_TOKEN)


class WebhookRoutes(RestCore):
    """Webhooks."""

    def create_webhook(
        self,
        channel_id: SnowflakeLike,
        *,
        name: str,
        avatar: FileSource | None = None,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Webhook:
        """Make a webhook.

        Args:
            channel_id: Where it sends to.
            name: 1 to 80 characters, without "clyde" and "discord".
            avatar: An image: a path, bytes or an open file.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: Discord does not allow the name, or that is no image.
            BadRequest: The channel has as many as it can have (code 30007).
            Forbidden: MANAGE_WEBHOOKS is missing.

        See https://discord.com/developers/docs/resources/webhook#create-webhook
        """
        body: dict[str, Any] = {}
        _put_name(body, name)
        if avatar is not None:
            put_image(body, "avatar", avatar)
        return self._fetch(Webhook, _CREATE(channel_id), body, reason=reason, timeout=timeout)

    def get_channel_webhooks(
        self, channel_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[Webhook]:
        """Get the webhooks of a channel.

        Raises:
            Forbidden: MANAGE_WEBHOOKS is missing.

        See https://discord.com/developers/docs/resources/webhook#get-channel-webhooks
        """
        return self._fetch(list[Webhook], _OF_CHANNEL(channel_id), timeout=timeout)

    def get_guild_webhooks(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[Webhook]:
        """Get the webhooks of a guild.

        Raises:
            Forbidden: MANAGE_WEBHOOKS is missing.

        See https://discord.com/developers/docs/resources/webhook#get-guild-webhooks
        """
        return self._fetch(list[Webhook], _OF_GUILD(guild_id), timeout=timeout)

    def modify_webhook(
        self,
        webhook_id: SnowflakeLike,
        *,
        name: str | Unset = UNSET,
        avatar: FileSource | Unset | None = UNSET,
        channel_id: SnowflakeLike | Unset = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Webhook:
        """Change a webhook; what is not given stays, None clears.

        Args:
            webhook_id: Which one.
            name: 1 to 80 characters, without "clyde" and "discord".
            avatar: An image: a path, bytes or an open file.
            channel_id: Where it is to send to.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: Discord does not allow the name, or that is no image.
            Forbidden: MANAGE_WEBHOOKS is missing.

        See https://discord.com/developers/docs/resources/webhook#modify-webhook
        """
        body: dict[str, Any] = {}
        _put_name(body, name)
        put_image(body, "avatar", avatar)
        put_id(body, "channel_id", channel_id)
        return self._fetch(Webhook, _MODIFY(webhook_id), body, reason=reason, timeout=timeout)

    def modify_webhook_with_token(
        self,
        webhook_id: SnowflakeLike,
        webhook_token: str,
        *,
        name: str | Unset = UNSET,
        avatar: FileSource | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> Webhook:
        """Change a webhook by its own token; what is not given stays, None clears.

        Args:
            webhook_id: Which one.
            webhook_token: Its token.
            name: 1 to 80 characters, without "clyde" and "discord".
            avatar: An image: a path, bytes or an open file.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: Discord does not allow the name, or that is no image.

        See https://discord.com/developers/docs/resources/webhook#modify-webhook-with-token
        """
        body: dict[str, Any] = {}
        _put_name(body, name)
        put_image(body, "avatar", avatar)
        target = _MODIFY_WITH_TOKEN(webhook_id, webhook_token)
        return self._fetch(Webhook, target, body, timeout=timeout)

    def get_webhook(self, webhook_id: SnowflakeLike, *, timeout: float | None = None) -> Webhook:
        """Get a webhook.

        Raises:
            Forbidden: MANAGE_WEBHOOKS is missing.

        See https://discord.com/developers/docs/resources/webhook#get-webhook
        """
        return self._fetch(Webhook, _GET(webhook_id), timeout=timeout)

    def get_webhook_with_token(
        self, webhook_id: SnowflakeLike, webhook_token: str, *, timeout: float | None = None
    ) -> Webhook:
        """Get a webhook by its own token.

        See https://discord.com/developers/docs/resources/webhook#get-webhook-with-token
        """
        return self._fetch(Webhook, _GET_WITH_TOKEN(webhook_id, webhook_token), timeout=timeout)

    def delete_webhook(
        self,
        webhook_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete a webhook.

        Raises:
            Forbidden: MANAGE_WEBHOOKS is missing.

        See https://discord.com/developers/docs/resources/webhook#delete-webhook
        """
        self._do(_DELETE(webhook_id), reason=reason, timeout=timeout)

    def delete_webhook_with_token(
        self,
        webhook_id: SnowflakeLike,
        webhook_token: str,
        *,
        timeout: float | None = None,
    ) -> None:
        """Delete a webhook by its own token.

        See https://discord.com/developers/docs/resources/webhook#delete-webhook-with-token
        """
        self._do(_DELETE_WITH_TOKEN(webhook_id, webhook_token), timeout=timeout)


def _put_name(body: dict[str, Any], name: str | Unset) -> None:
    put_text(body, "name", name, 80, least=1)
    if isinstance(name, str):
        for word in ("clyde", "discord"):
            if word in name.lower():
                raise InvalidArgument(f"name must not have {word!r} in it")
