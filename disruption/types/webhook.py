"""Webhook.

The types of https://discord.com/developers/docs/resources/webhook
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import InvalidArgument
from .channel import PartialChannel
from .core.base import Entity, bind, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .core.unset import UNSET, Unset
from .guild import PartialGuild
from .user import User

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ..rest import File
    from ..rest.images import FileSource
    from ..rest.route import SnowflakeLike
    from .allowed_mentions import AllowedMentions
    from .attachment import Attachment, AttachmentRequest
    from .cdn import Asset
    from .components import AnyComponent
    from .embed import Embed
    from .message import Message
    from .poll import PollCreateRequest

__all__ = ["PartialWebhook", "Webhook", "WebhookType"]


class WebhookType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/webhook#webhook-object"""

    INCOMING = 1
    CHANNEL_FOLLOWER = 2
    APPLICATION = 3


@model
class PartialWebhook(Entity):
    """A webhook of which the id and, mostly, the token are known: enough to send."""

    token: str | None = None

    @staticmethod
    def from_url(url: str) -> PartialWebhook:
        """Return the webhook of an address as Discord shows it; no client or token is needed.

        All webhooks of a process share their rate limits, whatever threads use them.

        ```python
        Webhook.from_url("https://discord.com/api/webhooks/…/…").send("Backup done")
        ```

        Raises:
            InvalidArgument: It is no address of a webhook.
        """
        found = _URL.fullmatch(url.strip()) if isinstance(url, str) else None
        if found is None:
            raise InvalidArgument(
                "this is no webhook's address: it looks like "
                "https://discord.com/api/webhooks/<id>/<token>"
            )
        scheme, host, webhook_id, token = found.group("scheme", "host", "id", "token")
        if scheme == "http" and not _LOOPBACK.fullmatch(host):
            raise InvalidArgument("a webhook's address must begin with https://")
        from ..rest import anonymous_rest

        webhook = PartialWebhook(id=int(webhook_id), token=token)
        return bind(webhook, anonymous_rest(f"{scheme}://{host}/api/v10"))

    def fetch(self) -> Webhook:
        """Ask Discord for the webhook as it is now.

        See https://discord.com/developers/docs/resources/webhook#get-webhook-with-token
        """
        rest = self._bound().rest
        if self.token is None:
            return rest.get_webhook(self.id)
        return rest.get_webhook_with_token(self.id, self.token)

    def edit(
        self,
        *,
        name: str | Unset = UNSET,
        avatar: FileSource | Unset | None = UNSET,
        channel: SnowflakeLike | Unset = UNSET,
        reason: str | None = None,
    ) -> Webhook:
        """Change the webhook; what is not given stays, None clears.

        With its token, unless what is given needs a bot's.

        Args:
            name: 1 to 80 characters, without "clyde" and "discord".
            avatar: An image: a path, bytes or an open file.
            channel: Where it is to send to (needs a bot's token).
            reason: Shown in the audit log, at most 512 characters (needs a bot's token).

        See https://discord.com/developers/docs/resources/webhook#modify-webhook
        """
        rest = self._bound().rest
        if self.token is None or channel is not UNSET or reason is not None:
            return rest.modify_webhook(
                self.id, name=name, avatar=avatar, channel_id=channel, reason=reason
            )
        return rest.modify_webhook_with_token(self.id, self.token, name=name, avatar=avatar)

    def delete(self, *, reason: str | None = None) -> None:
        """Delete the webhook.

        Args:
            reason: Shown in the audit log, at most 512 characters (needs a bot's token).

        See https://discord.com/developers/docs/resources/webhook#delete-webhook
        """
        rest = self._bound().rest
        if self.token is None or reason is not None:
            rest.delete_webhook(self.id, reason=reason)
        else:
            rest.delete_webhook_with_token(self.id, self.token)

    def send(
        self,
        content: str | None = None,
        *,
        username: str | None = None,
        avatar_url: str | None = None,
        embeds: Sequence[Embed] = (),
        components: Sequence[AnyComponent] = (),
        files: Sequence[File] = (),
        poll: PollCreateRequest | None = None,
        flags: int = 0,
        tts: bool = False,
        allowed_mentions: AllowedMentions | Unset | None = UNSET,
        thread_id: SnowflakeLike | None = None,
        thread_name: str | None = None,
        applied_tags: Sequence[SnowflakeLike] = (),
    ) -> Message:
        """Send a message and return it when it is there.

        Args:
            content: The text, at most 2000 characters.
            username: Shown instead of the webhook's name.
            avatar_url: Shown instead of the webhook's avatar.
            embeds: At most 10.
            components: Buttons and menus only if an application owns the webhook.
            files: At most 10.
            poll: A poll.
            flags: `MessageFlags`.
            tts: Have it read aloud.
            allowed_mentions: Whom it may ping; by default nobody.
            thread_id: A thread of its channel to send to.
            thread_name: Start a thread with it (forums and media channels).
            applied_tags: Tags of that thread, at most 5.

        Raises:
            InvalidArgument: A limit is passed, or the message would be empty.
            NotFound: The webhook was deleted; it is not asked again.

        See https://discord.com/developers/docs/resources/webhook#execute-webhook
        """
        return self._bound().rest.execute_webhook(
            self,
            self._secret(),
            wait=True,
            content=content,
            username=username,
            avatar_url=avatar_url,
            embeds=embeds,
            components=components,
            files=files,
            poll=poll,
            flags=flags,
            tts=tts,
            allowed_mentions=allowed_mentions,
            thread_id=thread_id,
            thread_name=thread_name,
            applied_tags=applied_tags,
        )

    def send_slack(
        self, payload: Mapping[str, Any], *, thread_id: SnowflakeLike | None = None
    ) -> None:
        """Send what was made for a webhook of Slack's.

        Args:
            payload: Slack's ``text``, ``username``, ``icon_url`` and ``attachments``.
            thread_id: A thread of its channel to send to.

        See https://discord.com/developers/docs/resources/webhook#execute-slackcompatible-webhook
        """
        self._bound().rest.execute_slack_compatible_webhook(
            self.id, self._secret(), payload, thread_id=thread_id
        )

    def send_github(
        self, event: str, payload: Mapping[str, Any], *, thread_id: SnowflakeLike | None = None
    ) -> None:
        """Send what GitHub would send to a webhook.

        Args:
            event: GitHub's name of it: ``push``, ``issues``, ….
            payload: The event as GitHub sends it.
            thread_id: A thread of its channel to send to.

        See https://discord.com/developers/docs/resources/webhook#execute-githubcompatible-webhook
        """
        self._bound().rest.execute_github_compatible_webhook(
            self.id, self._secret(), event, payload, thread_id=thread_id
        )

    def fetch_message(
        self, message_id: SnowflakeLike, *, thread_id: SnowflakeLike | None = None
    ) -> Message:
        """Ask Discord for a message it sent.

        See https://discord.com/developers/docs/resources/webhook#get-webhook-message
        """
        return self._bound().rest.get_webhook_message(
            self.id, self._secret(), message_id, thread_id=thread_id
        )

    def edit_message(
        self,
        message_id: SnowflakeLike,
        content: str | Unset | None = UNSET,
        *,
        embeds: Sequence[Embed] | Unset | None = UNSET,
        components: Sequence[AnyComponent] | Unset | None = UNSET,
        files: Sequence[File] = (),
        attachments: Sequence[Attachment | AttachmentRequest | int | str] | Unset | None = UNSET,
        flags: int | Unset | None = UNSET,
        allowed_mentions: AllowedMentions | Unset | None = UNSET,
        thread_id: SnowflakeLike | None = None,
    ) -> Message:
        """Change a message it sent; what is not given stays as it is, None removes it.

        See https://discord.com/developers/docs/resources/webhook#edit-webhook-message
        """
        return self._bound().rest.edit_webhook_message(
            self,
            self._secret(),
            message_id,
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            attachments=attachments,
            flags=flags,
            allowed_mentions=allowed_mentions,
            thread_id=thread_id,
        )

    def delete_message(
        self, message_id: SnowflakeLike, *, thread_id: SnowflakeLike | None = None
    ) -> None:
        """Delete a message it sent.

        See https://discord.com/developers/docs/resources/webhook#delete-webhook-message
        """
        self._bound().rest.delete_webhook_message(
            self.id, self._secret(), message_id, thread_id=thread_id
        )

    def _secret(self) -> str:
        if not self.token:
            raise InvalidArgument(
                f"the token of webhook {self.id} is not known: only the application that made an "
                "incoming webhook is told; use Webhook.from_url"
            )
        return self.token


@model
class Webhook(PartialWebhook):
    """Webhook.

    See https://discord.com/developers/docs/resources/webhook#webhook-object
    """

    type: WebhookType
    guild_id: Snowflake | Unset | None = UNSET
    channel_id: Snowflake | None
    user: User | None = None
    name: str | None
    avatar: str | None
    application_id: Snowflake | None
    source_guild: PartialGuild | None = None
    source_channel: PartialChannel | None = None
    url: str | None = None

    _hidden = frozenset({"token", "url"})  # the address contains the token

    @property
    def avatar_asset(self) -> Asset | None:
        """The avatar it was given, where there is one."""
        from . import cdn

        return cdn.user_avatar(self.id, self.avatar) if self.avatar else None


_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[^/?#@]+)/api(?:/v\d+)?/webhooks/"
    r"(?P<id>\d{1,20})/(?P<token>[\w.-]+)/?(?:[?#].*)?",
    re.ASCII,
)
_LOOPBACK = re.compile(r"(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::\d+)?")
