"""What can be done with the messages of a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.base import Entity, place
from ..core.unset import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from ...rest import File
    from ...rest.paging import After, Before
    from ...rest.route import SnowflakeLike
    from ...rest.typing import Typing
    from ..allowed_mentions import AllowedMentions
    from ..components import AnyComponent
    from ..core.snowflake import Snowflake
    from ..core.unset import Unset
    from ..embed import Embed
    from ..message import Message, MessagePin
    from ..poll import PollCreateRequest

__all__ = ["SendVerbs"]


class SendVerbs(Entity):
    """What can be done with the messages of a channel."""

    if TYPE_CHECKING:
        guild_id: Snowflake | None

    def send(
        self,
        content: str | None = None,
        *,
        embeds: Sequence[Embed] = (),
        components: Sequence[AnyComponent] = (),
        files: Sequence[File] = (),
        flags: int = 0,
        allowed_mentions: AllowedMentions | Unset | None = UNSET,
        sticker_ids: Sequence[SnowflakeLike] = (),
        poll: PollCreateRequest | None = None,
        tts: bool = False,
        delete_after: float | None = None,
    ) -> Message:
        """Send a message.

        Args:
            content: The text, at most 2000 characters.
            embeds: At most 10.
            components: Buttons, menus, layouts.
            files: At most 10; or a `VoiceMessage` alone.
            flags: `MessageFlags`.
            allowed_mentions: Whom it may ping; by default the client's rule, which is nobody.
            sticker_ids: At most 3.
            poll: A poll.
            tts: Have it read aloud.
            delete_after: Seconds after which it is deleted again; needs a running `Client`.

        Raises:
            InvalidArgument: A limit is passed, or the message would be empty.
            Forbidden: The bot may not send there.

        See https://discord.com/developers/docs/resources/message#create-message
        """
        from ...rest.purging import delete_later, may_delete_later

        api = self._bound()
        may_delete_later(api, delete_after)
        sent = api.rest.create_message(
            self,  # not the id alone: its guild says how large files may be
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            flags=flags,
            allowed_mentions=allowed_mentions,
            sticker_ids=sticker_ids,
            poll=poll,
            tts=tts,
        )
        delete_later(api, sent, delete_after)
        return place(sent, self.guild_id)

    say = send

    def typing(self) -> Typing:
        """Show that the bot is typing, for ten seconds, or for as long as a block runs.

        ```python
        with channel.typing():
            answer = think()
        channel.send(answer)
        ```

        See https://discord.com/developers/docs/resources/channel#trigger-typing-indicator
        """
        from ...rest.typing import Typing

        return Typing(self._bound().rest, self.id)

    def history(
        self,
        *,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[Message]:
        """Go through the messages, newest first (with `after` alone, oldest first).

        ```python
        for message in channel.history(after=yesterday):
            ...
        ```

        No more than a page is held, and it can be left at any time.

        Args:
            before: Messages before this one, or before a time.
            after: Messages after this one, or after a time.
            oldest_first: In which direction.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/message#get-channel-messages
        """
        found = self._bound().rest.iter_channel_messages(
            self.id, before=before, after=after, oldest_first=oldest_first, limit=limit
        )
        return (place(message, self.guild_id) for message in found)

    def fetch_around(self, message: Before, *, limit: int = 50) -> list[Message]:
        """Ask Discord for the messages around one, or around a time, newest first.

        Args:
            message: The message, its id, or a time.
            limit: How many, 1 to 100.

        See https://discord.com/developers/docs/resources/message#get-channel-messages
        """
        found = self._bound().rest.get_channel_messages(self.id, around=message, limit=limit)
        return [place(each, self.guild_id) for each in found]

    def pins(
        self, *, before: datetime | None = None, limit: int | None = None
    ) -> Iterator[MessagePin]:
        """Go through the pinned messages, those pinned last first.

        Args:
            before: Those pinned before this time.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/message#get-channel-pins
        """
        return self._bound().rest.iter_channel_pins(self.id, before=before, limit=limit)

    def purge(
        self,
        *,
        limit: int | None = 100,
        check: Callable[[Message], bool] | None = None,
        before: Before | None = None,
        after: After | None = None,
        bulk: bool = True,
        reason: str | None = None,
        progress: Callable[[int], object] | None = None,
    ) -> int:
        """Delete messages, newest first; return how many were deleted.

        Up to a hundred go at once; those older than two weeks one by one, which takes long.

        Args:
            limit: How many messages are looked at; None for all.
            check: Says for each whether it is deleted; None deletes all.
            before: Messages before this one, or before a time.
            after: Messages after this one, or after a time.
            bulk: False does all one by one, as direct messages need it.
            reason: Shown in the audit log, at most 512 characters.
            progress: Called with how many were deleted so far.

        Raises:
            Forbidden: MANAGE_MESSAGES or READ_MESSAGE_HISTORY is missing.

        See https://discord.com/developers/docs/resources/message#bulk-delete-messages
        """
        from ...rest.purging import purge

        return purge(
            self._bound().rest,
            self.id,
            limit=limit,
            check=check,
            before=before,
            after=after,
            bulk=bulk,
            reason=reason,
            progress=progress,
        )

    def delete_messages(
        self, messages: Iterable[SnowflakeLike], *, reason: str | None = None
    ) -> int:
        """Delete messages, any number, of any age; return how many were deleted.

        Args:
            messages: Messages or ids.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            Forbidden: MANAGE_MESSAGES is missing.

        See https://discord.com/developers/docs/resources/message#bulk-delete-messages
        """
        from ...rest.payload import ids
        from ...rest.purging import delete_many

        numbers = [int(each) for each in ids(messages, "messages")]
        return delete_many(self._bound().rest, self.id, numbers, reason=reason)
