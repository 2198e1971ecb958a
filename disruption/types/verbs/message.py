"""What can be done with messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.base import Entity, place
from ..core.snowflake import Snowflake
from ..core.unset import UNSET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...rest import File
    from ...rest.fields import Duration
    from ...rest.route import SnowflakeLike
    from ..allowed_mentions import AllowedMentions
    from ..attachment import Attachment, AttachmentRequest
    from ..channel import Channel, PartialChannel
    from ..components import AnyComponent
    from ..core.unset import Unset
    from ..embed import Embed
    from ..emoji import Emoji
    from ..message import Message
    from ..poll import PollCreateRequest
    from ..user import User

__all__ = ["MessageVerbs"]

_SUPPRESS_EMBEDS = 1 << 2


class MessageVerbs(Entity):
    """What can be done with messages."""

    if TYPE_CHECKING:
        channel_id: Snowflake
        guild_id: Snowflake | None

        @property
        def channel(self) -> PartialChannel: ...

    def fetch(self) -> Message:
        """Ask Discord for the message as it is now.

        Raises:
            NotFound: It was deleted.

        See https://discord.com/developers/docs/resources/message#get-channel-message
        """
        found = self._bound().rest.get_channel_message(self.channel_id, self.id)
        return place(found, self.guild_id)

    def reply(
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
        """Answer with a message that refers to this one; if it was deleted, without.

        Args:
            content: The text, at most 2000 characters.
            embeds: At most 10.
            components: Buttons, menus, layouts.
            files: At most 10.
            flags: `MessageFlags` for the new message.
            allowed_mentions: Whom it may ping; by default the client's rule, which is the
                author replied to and nobody else.
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
        from ..message import MessageReference

        api = self._bound()
        may_delete_later(api, delete_after)
        sent = api.rest.create_message(
            self.channel,  # not the id alone: its guild says how large files may be
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            flags=flags,
            allowed_mentions=allowed_mentions,
            sticker_ids=sticker_ids,
            poll=poll,
            tts=tts,
            message_reference=MessageReference(
                message_id=Snowflake(self.id), channel_id=self.channel_id, fail_if_not_exists=False
            ),
        )
        delete_later(api, sent, delete_after)
        return place(sent, self.guild_id)

    def forward(self, channel: SnowflakeLike) -> Message:
        """Send the message on to another channel, and return the one that is there.

        Raises:
            Forbidden: The bot may not send there.

        See https://discord.com/developers/docs/resources/message#message-reference-types
        """
        from ..message import MessageReference, MessageReferenceType

        return self._bound().rest.create_message(
            channel,
            message_reference=MessageReference(
                type=MessageReferenceType.FORWARD,
                message_id=Snowflake(self.id),
                channel_id=self.channel_id,
                guild_id=self.guild_id,
            ),
        )

    def edit(
        self,
        content: str | Unset | None = UNSET,
        *,
        embeds: Sequence[Embed] | Unset | None = UNSET,
        components: Sequence[AnyComponent] | Unset | None = UNSET,
        files: Sequence[File] = (),
        attachments: Sequence[Attachment | AttachmentRequest | int | str] | Unset | None = UNSET,
        flags: int | Unset | None = UNSET,
        allowed_mentions: AllowedMentions | Unset | None = UNSET,
    ) -> Message:
        """Change the message; what is not given stays as it is, None removes it.

        Args:
            content: The text, at most 2000 characters.
            embeds: At most 10.
            components: Buttons, menus, layouts.
            files: New ones; of those that are there, the ones in `attachments` stay.
            attachments: Which of those that are there stay; without `files`, by default all.
            flags: SUPPRESS_EMBEDS and IS_COMPONENTS_V2 can be changed.
            allowed_mentions: Whom it may ping.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: It is somebody else's message.

        See https://discord.com/developers/docs/resources/message#edit-message
        """
        edited = self._bound().rest.edit_message(
            self.channel,
            self.id,
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            attachments=attachments,
            flags=flags,
            allowed_mentions=allowed_mentions,
        )
        return place(edited, self.guild_id)

    def suppress_embeds(self, suppress: bool = True) -> Message:
        """Hide the embeds of the message, anybody's, or show them again.

        Raises:
            Forbidden: It is somebody else's, and MANAGE_MESSAGES is missing.

        See https://discord.com/developers/docs/resources/message#edit-message
        """
        flags = int(getattr(self, "flags", None) or 0) & ~_SUPPRESS_EMBEDS
        return self.edit(flags=flags | (_SUPPRESS_EMBEDS if suppress else 0))

    def delete(self, *, reason: str | None = None) -> None:
        """Delete the message.

        Args:
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/message#delete-message
        """
        self._bound().rest.delete_message(self.channel_id, self.id, reason=reason)

    def crosspost(self) -> Message:
        """Publish the message of an announcement channel to those that follow it.

        See https://discord.com/developers/docs/resources/message#crosspost-message
        """
        posted = self._bound().rest.crosspost_message(self.channel_id, self.id)
        return place(posted, self.guild_id)

    def pin(self, *, reason: str | None = None) -> None:
        """Pin the message.

        Args:
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            Forbidden: PIN_MESSAGES is missing.

        See https://discord.com/developers/docs/resources/message#pin-message
        """
        self._bound().rest.pin_message(self.channel_id, self.id, reason=reason)

    def unpin(self, *, reason: str | None = None) -> None:
        """Unpin the message.

        Args:
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/message#unpin-message
        """
        self._bound().rest.unpin_message(self.channel_id, self.id, reason=reason)

    def create_thread(
        self,
        name: str,
        *,
        auto_archive_duration: Duration | Unset = UNSET,
        rate_limit_per_user: Duration | Unset | None = UNSET,
        reason: str | None = None,
    ) -> Channel:
        """Start a thread from the message.

        Args:
            name: 1 to 100 characters.
            auto_archive_duration: Minutes (60, 1440, 4320 or 10080) or a timedelta.
            rate_limit_per_user: Slow mode in seconds (or a timedelta), at most six hours.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/channel#start-thread-from-message
        """
        return self._bound().rest.start_thread_from_message(
            self.channel_id,
            self.id,
            name=name,
            auto_archive_duration=auto_archive_duration,
            rate_limit_per_user=rate_limit_per_user,
            reason=reason,
        )

    # Polls -----------------------------------------------------------------------------

    def end_poll(self) -> Message:
        """End the bot's poll in the message at once.

        See https://discord.com/developers/docs/resources/poll#end-poll
        """
        return place(self._bound().rest.end_poll(self.channel_id, self.id), self.guild_id)

    def poll_voters(
        self, answer_id: int, *, after: SnowflakeLike | None = None, limit: int | None = None
    ) -> Iterator[User]:
        """Go through those who voted for an answer of the poll.

        Args:
            answer_id: The answer's number, from 1.
            after: Users after this one.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/poll#get-answer-voters
        """
        rest = self._bound().rest
        return rest.iter_answer_voters(
            self.channel_id, self.id, answer_id, after=after, limit=limit
        )

    # Reactions -------------------------------------------------------------------------

    def react(self, emoji: str | Emoji) -> None:
        """Add the bot's reaction.

        Args:
            emoji: A Unicode emoji, ``name:id`` of a custom one, or an Emoji.

        See https://discord.com/developers/docs/resources/message#create-reaction
        """
        self._bound().rest.create_reaction(self.channel_id, self.id, emoji)

    def unreact(self, emoji: str | Emoji, user: SnowflakeLike | None = None) -> None:
        """Take back the bot's reaction, or somebody's.

        Args:
            emoji: A Unicode emoji, ``name:id`` of a custom one, or an Emoji.
            user: Whose; None for the bot's own.

        Raises:
            Forbidden: It is somebody's, and MANAGE_MESSAGES is missing.

        See https://discord.com/developers/docs/resources/message#delete-own-reaction
        """
        rest = self._bound().rest
        if user is None:
            rest.delete_own_reaction(self.channel_id, self.id, emoji)
        else:
            rest.delete_user_reaction(self.channel_id, self.id, emoji, user)

    def clear_reactions(self, emoji: str | Emoji | None = None) -> None:
        """Delete all reactions, or all with one emoji.

        Raises:
            Forbidden: MANAGE_MESSAGES is missing.

        See https://discord.com/developers/docs/resources/message#delete-all-reactions
        """
        rest = self._bound().rest
        if emoji is None:
            rest.delete_all_reactions(self.channel_id, self.id)
        else:
            rest.delete_all_reactions_for_emoji(self.channel_id, self.id, emoji)

    def reactors(
        self,
        emoji: str | Emoji,
        *,
        type: int | None = None,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
    ) -> Iterator[User]:
        """Go through those who reacted with an emoji.

        Args:
            emoji: A Unicode emoji, ``name:id`` of a custom one, or an Emoji.
            type: `ReactionType`; by default normal ones.
            after: Users after this one.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/message#get-reactions
        """
        rest = self._bound().rest
        return rest.iter_reactions(
            self.channel_id, self.id, emoji, type=type, after=after, limit=limit
        )
