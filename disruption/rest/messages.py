"""Messages; reactions, pins and the search have files of their own.

See https://discord.com/developers/docs/resources/message
"""

from __future__ import annotations

import itertools
import os
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, between, exclusive, younger_than
from disruption.rest.core import RestCore
from disruption.rest.fields import at_most_items
from disruption.rest.files import File
from disruption.rest.mentions import choose_mentions
from disruption.rest.paging import After, Before, by_id, moment
from disruption.rest.payload import create_body, edit_body, ids
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import UNSET, Message, Unset, to_plain

if TYPE_CHECKING:
    from disruption.types import AllowedMentions
    from disruption.types.core.base import Model

__all__ = ["MessageRoutes"]

_MESSAGES: Final = "/channels/{channel_id}/messages"
_MESSAGE: Final = _MESSAGES + "/{message_id}"

_LIST = Route("GET", _MESSAGES)
_GET = Route("GET", _MESSAGE)
_CREATE = Route("POST", _MESSAGES)
_EDIT = Route("PATCH", _MESSAGE)
_DELETE = Route("DELETE", _MESSAGE)
_BULK_DELETE = Route("POST", _MESSAGES + "/bulk-delete", repeatable=True)
_CROSSPOST = Route("POST", _MESSAGE + "/crosspost")

_NONCE: Final = 25  # characters
_STICKERS: Final = 3
_PAGE: Final = 100
_TWO_WEEKS: Final = 14 * 24 * 3600.0  # seconds
_EPOCH: Final = 1_420_070_400.0  # seconds

_nonce_prefix = secrets.token_hex(6)
_nonce_count = itertools.count()


def _new_nonce() -> str:
    """Return a nonce that no other message of this bot has."""
    return f"{_nonce_prefix}{next(_nonce_count):x}"


def _after_fork() -> None:
    global _nonce_prefix
    _nonce_prefix = secrets.token_hex(6)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


class MessageRoutes(RestCore):
    """Messages; reactions, pins and the search have files of their own."""

    def get_channel_messages(
        self,
        channel_id: SnowflakeLike,
        *,
        around: Before | None = None,
        before: Before | None = None,
        after: After | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> list[Message]:
        """Get messages of a channel, newest first.

        Args:
            channel_id: The channel.
            around: Messages around this one, or around a time.
            before: Messages before this one, or before a time.
            after: Messages after this one, or after a time.
            limit: How many, 1 to 100; Discord's default is 50.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: More than one of around, before and after, or a bad limit.

        See https://discord.com/developers/docs/resources/message#get-channel-messages
        """
        exclusive(around=around, before=before, after=after)
        between("limit", limit, 1, 100)
        query = {
            "around": moment(around, "around"),
            "before": moment(before, "before"),
            "after": moment(after, "after", high=True),
            "limit": limit,
        }
        return self._fetch(list[Message], _LIST(channel_id), query=query, timeout=timeout)

    def iter_channel_messages(
        self,
        channel_id: SnowflakeLike,
        *,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[Message]:
        """Go through the messages of a channel, newest first (with `after` alone, oldest first).

        Args:
            channel_id: The channel.
            before: Messages before this one, or before a time.
            after: Messages after this one, or after a time.
            oldest_first: In which direction.
            limit: How many at most; None for all.

        Raises:
            InvalidArgument: The limit is no number.

        See https://discord.com/developers/docs/resources/message#get-channel-messages
        """

        def fetch(before: int | None, after: int | None, size: int) -> list[Message]:
            return self.get_channel_messages(channel_id, before=before, after=after, limit=size)

        return by_id(
            fetch,
            lambda message: message.id,
            before=before,
            after=after,
            oldest_first=oldest_first,
            limit=limit,
            page=_PAGE,
        )

    def get_channel_message(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> Message:
        """Get one message.

        Raises:
            NotFound: There is no such message.

        See https://discord.com/developers/docs/resources/message#get-channel-message
        """
        return self._fetch(Message, _GET(channel_id, message_id), timeout=timeout)

    def create_message(
        self,
        channel_id: SnowflakeLike,
        *,
        content: str | None = None,
        embeds: Sequence[Model | Mapping[str, Any]] = (),
        components: Sequence[Model | Mapping[str, Any]] = (),
        files: Sequence[File] = (),
        sticker_ids: Sequence[SnowflakeLike] = (),
        poll: Model | Mapping[str, Any] | None = None,
        message_reference: Model | Mapping[str, Any] | None = None,
        flags: int = 0,
        tts: bool = False,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = UNSET,
        nonce: str | int | None = None,
        enforce_nonce: bool = True,
        shared_client_theme: Model | Mapping[str, Any] | None = None,
        timeout: float | None = None,
    ) -> Message:
        """Send a message.

        It is sent with a nonce that Discord enforces, so that it can be repeated after a
        broken connection without being there twice.

        Args:
            channel_id: Where to.
            content: The text, at most 2000 characters.
            embeds: At most 10, of 6000 characters together.
            components: Buttons, menus, layouts.
            files: At most 10.
            sticker_ids: At most 3.
            poll: A poll.
            message_reference: The message that this one replies to or forwards.
            flags: SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, IS_COMPONENTS_V2, IS_VOICE_MESSAGE.
            tts: Have it read aloud.
            allowed_mentions: Whom it may ping; by default the client's, None for all.
            nonce: At most 25 characters, given back in the MESSAGE_CREATE event.
            enforce_nonce: Whether a second message with the nonce gives the first one.
            shared_client_theme: A theme to share.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or the message would be empty.
            Forbidden: The bot may not send there.

        See https://discord.com/developers/docs/resources/message#create-message
        """
        at_most_items("sticker_ids", sticker_ids, _STICKERS)
        reference = to_plain(message_reference)
        filled = sticker_ids or shared_client_theme or _is_forward(reference)
        body = create_body(
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            poll=poll,
            flags=flags,
            tts=tts,
            allowed_mentions=choose_mentions(allowed_mentions, self.allowed_mentions),
            otherwise="-" if filled else ", sticker_ids or a poll",
        )
        if sticker_ids:
            body["sticker_ids"] = ids(sticker_ids, "sticker_ids")
        if reference is not None:
            body["message_reference"] = reference
        if shared_client_theme is not None:
            body["shared_client_theme"] = to_plain(shared_client_theme)
        if nonce is None:
            nonce = _new_nonce()
        else:
            at_most("nonce", str(nonce), _NONCE)
        body["nonce"] = nonce
        if enforce_nonce:
            body["enforce_nonce"] = True
        timeout = self._check_uploads(channel_id, files, timeout)
        return self._fetch(
            Message,
            _CREATE(channel_id),
            body,
            files=files,
            timeout=timeout,
            repeatable=enforce_nonce,
        )

    def edit_message(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        *,
        content: str | Unset | None = UNSET,
        embeds: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        components: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        files: Sequence[File] = (),
        attachments: Sequence[Model | Mapping[str, Any] | int | str] | Unset | None = UNSET,
        flags: int | Unset | None = UNSET,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> Message:
        """Edit a message of the bot's own (or the flags of another's).

        What is not given stays; None clears.

        Args:
            channel_id: Where it is.
            message_id: Which one.
            content: The text, at most 2000 characters.
            embeds: At most 10; all of them, old ones included.
            components: All of them.
            files: New files; without `attachments` the old ones go.
            attachments: Those to keep, by id.
            flags: Only SUPPRESS_EMBEDS and IS_COMPONENTS_V2 can be changed.
            allowed_mentions: Whom it may ping; by default the client's, None for all.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: It is somebody else's.

        See https://discord.com/developers/docs/resources/message#edit-message
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
        timeout = self._check_uploads(channel_id, files, timeout)
        return self._fetch(
            Message, _EDIT(channel_id, message_id), body, files=files, timeout=timeout
        )

    def delete_message(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete a message.

        Raises:
            Forbidden: It is somebody else's and MANAGE_MESSAGES is missing.
            NotFound: There is no such message.

        See https://discord.com/developers/docs/resources/message#delete-message
        """
        number = snowflake(message_id, "message_id")
        target = _DELETE(channel_id, number, variant=_age_of(number))
        self._do(target, reason=reason, timeout=timeout)

    def bulk_delete_messages(
        self,
        channel_id: SnowflakeLike,
        messages: Sequence[SnowflakeLike],
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete 2 to 100 messages of a guild channel at once.

        Args:
            channel_id: Where they are.
            messages: None twice, none older than two weeks.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: Too few, too many, one twice, or one too old.
            Forbidden: MANAGE_MESSAGES is missing.

        See https://discord.com/developers/docs/resources/message#bulk-delete-messages
        """
        numbers = [int(each) for each in ids(messages, "messages")]
        between("the number of messages", len(numbers), 2, 100)
        if len(set(numbers)) < len(numbers):
            raise InvalidArgument("messages must not name a message twice")
        for number in numbers:
            younger_than(
                "message",
                number,
                _TWO_WEEKS,
                "only messages of the last two weeks can be deleted in bulk; use delete_message",
            )
        body = {"messages": [str(number) for number in numbers]}
        self._do(_BULK_DELETE(channel_id), body, reason=reason, timeout=timeout)

    def crosspost_message(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> Message:
        """Publish a message of an announcement channel to those that follow it.

        See https://discord.com/developers/docs/resources/message#crosspost-message
        """
        return self._fetch(Message, _CROSSPOST(channel_id, message_id), timeout=timeout)


def _is_forward(reference: Any) -> bool:
    return isinstance(reference, dict) and reference.get("type") == 1


def _age_of(message_id: int) -> str:
    """Return the rate limit that a deletion falls under: Discord has one for old messages."""
    # The clock is only a hint here: with a wrong one the answer tells the bucket.
    made = (message_id >> 22) / 1000 + _EPOCH
    return "old" if time.time() - made > _TWO_WEEKS else ""
