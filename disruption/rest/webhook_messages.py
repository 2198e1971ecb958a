"""What webhooks send. None of the methods needs the token of a bot.

See https://discord.com/developers/docs/resources/webhook
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, overload

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, exclusive, mapped
from disruption.rest.core import RestCore
from disruption.rest.fields import put_ids
from disruption.rest.files import File
from disruption.rest.mentions import choose_mentions
from disruption.rest.payload import create_body, edit_body
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import UNSET, Message, Unset, to_plain

if TYPE_CHECKING:
    from disruption.types import AllowedMentions
    from disruption.types.core.base import Model

__all__ = ["WebhookMessageRoutes"]

_WITH_TOKEN: Final = "/webhooks/{webhook_id}/{webhook_token}"
_MESSAGE: Final = _WITH_TOKEN + "/messages/{message_id}"

_EXECUTE = Route("POST", _WITH_TOKEN)
_SLACK = Route("POST", _WITH_TOKEN + "/slack")
_GITHUB = Route("POST", _WITH_TOKEN + "/github")
_GET_MESSAGE = Route("GET", _MESSAGE)
_EDIT_MESSAGE = Route("PATCH", _MESSAGE)
_DELETE_MESSAGE = Route("DELETE", _MESSAGE)


class WebhookMessageRoutes(RestCore):
    """What webhooks send."""

    @overload
    def execute_webhook(
        self,
        webhook_id: SnowflakeLike,
        webhook_token: str,
        *,
        wait: Literal[True],
        content: str | None = ...,
        username: str | None = ...,
        avatar_url: str | None = ...,
        embeds: Sequence[Model | Mapping[str, Any]] = ...,
        components: Sequence[Model | Mapping[str, Any]] = ...,
        files: Sequence[File] = ...,
        poll: Model | Mapping[str, Any] | None = ...,
        flags: int = ...,
        tts: bool = ...,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = ...,
        thread_id: SnowflakeLike | None = ...,
        thread_name: str | None = ...,
        applied_tags: Sequence[SnowflakeLike] = ...,
        timeout: float | None = ...,
    ) -> Message: ...

    @overload
    def execute_webhook(
        self,
        webhook_id: SnowflakeLike,
        webhook_token: str,
        *,
        wait: bool = ...,
        content: str | None = ...,
        username: str | None = ...,
        avatar_url: str | None = ...,
        embeds: Sequence[Model | Mapping[str, Any]] = ...,
        components: Sequence[Model | Mapping[str, Any]] = ...,
        files: Sequence[File] = ...,
        poll: Model | Mapping[str, Any] | None = ...,
        flags: int = ...,
        tts: bool = ...,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = ...,
        thread_id: SnowflakeLike | None = ...,
        thread_name: str | None = ...,
        applied_tags: Sequence[SnowflakeLike] = ...,
        timeout: float | None = ...,
    ) -> Message | None: ...

    def execute_webhook(
        self,
        webhook_id: SnowflakeLike,
        webhook_token: str,
        *,
        wait: bool = False,
        content: str | None = None,
        username: str | None = None,
        avatar_url: str | None = None,
        embeds: Sequence[Model | Mapping[str, Any]] = (),
        components: Sequence[Model | Mapping[str, Any]] = (),
        files: Sequence[File] = (),
        poll: Model | Mapping[str, Any] | None = None,
        flags: int = 0,
        tts: bool = False,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = UNSET,
        thread_id: SnowflakeLike | None = None,
        thread_name: str | None = None,
        applied_tags: Sequence[SnowflakeLike] = (),
        timeout: float | None = None,
    ) -> Message | None:
        """Send a message through a webhook.

        It cannot be repeated after a broken connection: webhooks know no nonce.

        Args:
            webhook_id: Which one.
            webhook_token: Its token.
            wait: Wait until the message is there, and return it; without, Discord does not
                say whether it could be saved.
            content: The text, at most 2000 characters.
            username: Shown instead of the webhook's name, at most 80 characters.
            avatar_url: Shown instead of the webhook's avatar.
            embeds: At most 10, of 6000 characters together.
            components: Buttons and menus only if an application owns the webhook.
            files: At most 10.
            poll: A poll.
            flags: SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, IS_COMPONENTS_V2.
            tts: Have it read aloud.
            allowed_mentions: Whom it may ping; by default the client's, None for all.
            thread_id: A thread of the webhook's channel to send to.
            thread_name: Start a thread with it (forums and media channels).
            applied_tags: Tags of that thread.
            timeout: Seconds for the whole call, waits included.

        Returns:
            The message, None without `wait`.

        Raises:
            InvalidArgument: A limit is passed, or the message would be empty.
            NotFound: There is no such webhook; it is not asked again.

        See https://discord.com/developers/docs/resources/webhook#execute-webhook
        """
        exclusive(thread_id=thread_id, thread_name=thread_name)
        at_most("username", username, 80, least=1)
        at_most("thread_name", thread_name, 100, least=1)
        body = create_body(
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            poll=poll,
            flags=flags,
            tts=tts,
            allowed_mentions=choose_mentions(allowed_mentions, self.allowed_mentions),
            otherwise=" or a poll",
        )
        if username is not None:
            body["username"] = username
        if avatar_url is not None:
            body["avatar_url"] = avatar_url
        if thread_name is not None:
            body["thread_name"] = thread_name
        if applied_tags:
            put_ids(body, "applied_tags", applied_tags, 5)
        timeout = self._check_uploads(webhook_id, files, timeout, channel=False)
        query = {
            "wait": wait or None,
            "thread_id": _thread(thread_id),
            "with_components": True if components else None,
        }
        target = _EXECUTE(webhook_id, webhook_token)
        if wait:
            return self._fetch(Message, target, body, query=query, files=files, timeout=timeout)
        self._do(target, body, query=query, files=files, timeout=timeout)
        return None

    def execute_slack_compatible_webhook(
        self,
        webhook_id: SnowflakeLike,
        webhook_token: str,
        payload: Mapping[str, Any],
        *,
        thread_id: SnowflakeLike | None = None,
        wait: bool | None = None,
        timeout: float | None = None,
    ) -> None:
        """Send what was made for a webhook of Slack's.

        Args:
            webhook_id: Which one.
            webhook_token: Its token.
            payload: Slack's ``text``, ``username``, ``icon_url`` and ``attachments``; Discord
                does not know ``channel``, ``icon_emoji``, ``mrkdwn`` and ``mrkdwn_in``.
            thread_id: A thread of the webhook's channel to send to.
            wait: Wait until the message is there (Discord's default); without, Discord does
                not say whether it could be saved.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/webhook#execute-slackcompatible-webhook
        """
        target = _SLACK(webhook_id, webhook_token)
        query = {"thread_id": _thread(thread_id), "wait": wait}
        self._do(target, to_plain(dict(mapped("payload", payload))), query=query, timeout=timeout)

    def execute_github_compatible_webhook(
        self,
        webhook_id: SnowflakeLike,
        webhook_token: str,
        event: str,
        payload: Mapping[str, Any],
        *,
        thread_id: SnowflakeLike | None = None,
        wait: bool | None = None,
        timeout: float | None = None,
    ) -> None:
        """Send what GitHub would send to a webhook.

        Args:
            webhook_id: Which one.
            webhook_token: Its token.
            event: GitHub's name of it, sent as ``X-GitHub-Event``: ``push``, ``issues``, …
            payload: The event as GitHub sends it.
            thread_id: A thread of the webhook's channel to send to.
            wait: Wait until the message is there (Discord's default); without, Discord does
                not say whether it could be saved.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: The event's name has what no header can have.

        See https://discord.com/developers/docs/resources/webhook#execute-githubcompatible-webhook
        """
        at_most("event", event, 100, least=1)
        if not event or not event.isascii() or not event.isprintable() or " " in event:
            raise InvalidArgument(f"event must be a name as GitHub has them, not {event!r}")
        target = _GITHUB(webhook_id, webhook_token)
        query = {"thread_id": _thread(thread_id), "wait": wait}
        headers = {"X-GitHub-Event": event}
        body = to_plain(dict(mapped("payload", payload)))
        self._do(target, body, query=query, headers=headers, timeout=timeout)

    def get_webhook_message(
        self,
        webhook_id: SnowflakeLike,
        webhook_token: str,
        message_id: SnowflakeLike,
        *,
        thread_id: SnowflakeLike | None = None,
        timeout: float | None = None,
    ) -> Message:
        """Get a message that the webhook sent.

        See https://discord.com/developers/docs/resources/webhook#get-webhook-message
        """
        return self._fetch(
            Message,
            _GET_MESSAGE(webhook_id, webhook_token, message_id),
            query={"thread_id": _thread(thread_id)},
            timeout=timeout,
        )

    def edit_webhook_message(
        self,
        webhook_id: SnowflakeLike,
        webhook_token: str,
        message_id: SnowflakeLike,
        *,
        content: str | Unset | None = UNSET,
        embeds: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        components: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        files: Sequence[File] = (),
        attachments: Sequence[Model | Mapping[str, Any] | int | str] | Unset | None = UNSET,
        flags: int | Unset | None = UNSET,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = UNSET,
        thread_id: SnowflakeLike | None = None,
        timeout: float | None = None,
    ) -> Message:
        """Edit a message that the webhook sent; what is not given stays, None clears.

        See https://discord.com/developers/docs/resources/webhook#edit-webhook-message
        """
        body = edit_body(
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            attachments=attachments,
            flags=flags,
            allowed_mentions=choose_mentions(allowed_mentions, self.allowed_mentions),
        )
        timeout = self._check_uploads(webhook_id, files, timeout, channel=False)
        return self._fetch(
            Message,
            _EDIT_MESSAGE(webhook_id, webhook_token, message_id),
            body,
            query={
                "thread_id": _thread(thread_id),
                "with_components": True if components else None,
            },
            files=files,
            timeout=timeout,
        )

    def delete_webhook_message(
        self,
        webhook_id: SnowflakeLike,
        webhook_token: str,
        message_id: SnowflakeLike,
        *,
        thread_id: SnowflakeLike | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete a message that the webhook sent.

        See https://discord.com/developers/docs/resources/webhook#delete-webhook-message
        """
        self._do(
            _DELETE_MESSAGE(webhook_id, webhook_token, message_id),
            query={"thread_id": _thread(thread_id)},
            timeout=timeout,
        )


def _thread(thread_id: SnowflakeLike | None) -> int | None:
    return None if thread_id is None else snowflake(thread_id, "thread_id")
