"""All ways to answer one interaction, from any thread; `answering.py` is what they stand on."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from disruption.errors import InteractionExpired, InvalidArgument, NotFound
from disruption.rest.answer import Kind, Plan, Step
from disruption.rest.answering import Answering
from disruption.rest.checks import integer, several
from disruption.rest.files import File
from disruption.rest.handle import InteractionHandle, Sent
from disruption.rest.mentions import choose_mentions
from disruption.rest.payload import (
    EditOptions,
    MessageOptions,
    check_sizes,
    create_body,
    edit_body,
)
from disruption.rest.route import SnowflakeLike, snowflake
from disruption.types import UNSET, Message, Unset, to_plain
from disruption.types.rules.components import check_modal

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from disruption.types import AllowedMentions
    from disruption.types.core.base import Model

__all__ = ["InteractionHandle", "Responder"]

_EPHEMERAL: Final = 1 << 6
_CHOICES: Final = 25


class Responder(Answering):
    """All ways to answer one interaction, right at every moment and from any thread.

    Args:
        rest: What to send with.
        application_id: The bot's application.
        interaction_id: The interaction.
        token: Its token.
        type: Its type: 2 command, 3 component, 4 autocomplete, 5 modal.
        has_message: It comes from a component of a message (or a modal opened by one).
        received_at: When it came (monotonic seconds); now, where it is not given.
        size_limit: How large a file may be, in bytes; None where it is not known.
        clock: Monotonic seconds.
        on_answered: Called with it, once, when it has been answered or deferred.

    See https://discord.com/developers/docs/interactions/receiving-and-responding
    """

    # First answers ---------------------------------------------------------------------

    def respond(
        self,
        content: str | None = None,
        *,
        embeds: Sequence[Model | Mapping[str, Any]] = (),
        components: Sequence[Model | Mapping[str, Any]] = (),
        files: Sequence[File] = (),
        poll: Model | Mapping[str, Any] | None = None,
        flags: int = 0,
        ephemeral: bool = False,
        tts: bool = False,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = UNSET,
    ) -> Message | None:
        """Answer with a message, whether it was deferred or not.

        Args:
            content: The text, at most 2000 characters.
            embeds: At most 10, of 6000 characters together.
            components: Buttons, menus, layouts.
            files: At most 10.
            poll: A poll.
            flags: SUPPRESS_EMBEDS and others.
            ephemeral: Only the user sees it. What was deferred for all to see is then replaced;
                what was deferred as ephemeral stays so without this too.
            tts: Have it read aloud.
            allowed_mentions: Whom it may ping; by default the client's, None for all.

        Returns:
            The message, None where Discord does not give it.

        Raises:
            AlreadyResponded: There is an answer already.
            InteractionExpired: The time is over.
            InvalidArgument: A limit is passed, or the message would be empty.
        """
        rest = self._rest
        check_sizes(files, self._size_limit)
        flags = integer("flags", flags) | (_EPHEMERAL if ephemeral else 0)
        body = create_body(
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            poll=poll,
            flags=flags,
            tts=tts,
            allowed_mentions=choose_mentions(allowed_mentions, rest.allowed_mentions),
            otherwise=" or a poll",
        )

        def send(plan: Plan) -> Message | None:
            if plan.step is Step.CALLBACK:
                return self._keep(self._callback(plan, body, files))
            if plan.step is Step.REPLACE:
                self._clear_original()
            if plan.step in (Step.FOLLOWUP, Step.REPLACE):
                sent = rest.create_followup_message(
                    self._application_id,
                    self._token,
                    content=content,
                    embeds=embeds,
                    components=components,
                    files=files,
                    poll=poll,
                    flags=flags,
                    tts=tts,
                    allowed_mentions=allowed_mentions,
                )
                return self._keep(sent, followup=True)
            sent = rest.edit_original_interaction_response(
                self._application_id,
                self._token,
                content=content,
                embeds=embeds or UNSET,
                components=components or UNSET,
                files=files,
                poll=poll,
                flags=flags & ~_EPHEMERAL or UNSET,
                allowed_mentions=allowed_mentions,
            )
            return self._keep(sent)

        return self._run(Kind.RESPOND, send, ephemeral=bool(flags & _EPHEMERAL))

    def defer(self, *, ephemeral: bool = False, thinking: bool | None = None) -> bool:
        """Say that the answer will come later; a second time does nothing.

        Args:
            ephemeral: Only the user will see the answer (not for updates of a message).
            thinking: Whether the user sees "thinking…" and gets a new message. By default
                they do for commands, and do not for components.

        Returns:
            Whether it was this call that did it.

        Raises:
            AlreadyResponded: There is an answer already.
            InteractionExpired: The time is over.
            InvalidArgument: It is an autocomplete interaction.
        """
        kind = self._answer.default_defer
        if kind is None:
            raise InvalidArgument("an autocomplete interaction cannot be deferred")
        if thinking is not None:
            kind = Kind.DEFER if thinking else Kind.DEFER_UPDATE
        return self._run(kind, self._defer, ephemeral=ephemeral) is not None

    def update(
        self,
        content: str | Unset | None = UNSET,
        *,
        embeds: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        components: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        files: Sequence[File] = (),
        attachments: Sequence[Model | Mapping[str, Any] | int | str] | Unset | None = UNSET,
        flags: int | Unset | None = UNSET,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = UNSET,
    ) -> Message | None:
        """Change the message that the component is on, whether it was deferred or not.

        What is not given stays, None clears.

        Raises:
            AlreadyResponded: There is an answer that is a message of its own.
            InteractionExpired: The time is over.
            InvalidArgument: The interaction does not come from a message.
        """
        check_sizes(files, self._size_limit)
        changes: dict[str, Any] = {
            "content": content,
            "embeds": embeds,
            "components": components,
            "files": files,
            "attachments": attachments,
            "flags": flags,
        }
        mentions = choose_mentions(allowed_mentions, self._rest.allowed_mentions)
        body = edit_body(**changes, allowed_mentions=mentions)

        def send(plan: Plan) -> Message | None:
            if plan.step is Step.CALLBACK:
                message = self._callback(plan, body, files)
            else:
                message = self._rest.edit_original_interaction_response(
                    self._application_id, self._token, **changes, allowed_mentions=allowed_mentions
                )
            stands = self._sent is not None and self._sent.followup
            return message if stands else self._keep(message)

        return self._run(Kind.UPDATE, send)

    def modal(self, modal: Model | Mapping[str, Any]) -> None:
        """Open a modal; it can only be the first answer.

        Args:
            modal: Custom id, title and components.

        Raises:
            AlreadyResponded: There is an answer or a deferral already.
            InteractionExpired: The time is over.
            InvalidArgument: The interaction is itself one of a modal, or a limit is passed.
        """
        body = to_plain(modal)
        check_modal(body)
        self._run(Kind.MODAL, lambda plan: self._callback(plan, body, ()))

    def autocomplete(self, choices: Sequence[Model | Mapping[str, Any]]) -> None:
        """Give the choices of an autocomplete interaction.

        Args:
            choices: At most 25, each with a name and a value.

        Raises:
            AlreadyResponded: They were given already.
            InteractionExpired: The time is over.
            InvalidArgument: Too many, or it is no autocomplete interaction.
        """
        listed = several("choices", choices)
        if len(listed) > _CHOICES:
            raise InvalidArgument(f"choices: at most {_CHOICES}, not {len(listed)}")
        body = {"choices": to_plain(listed)}
        self._run(Kind.AUTOCOMPLETE, lambda plan: self._callback(plan, body, ()))

    def launch_activity(self) -> None:
        """Start the application's activity.

        Raises:
            AlreadyResponded: There is an answer already.
            InteractionExpired: The time is over.
        """
        self._run(Kind.LAUNCH_ACTIVITY, lambda plan: self._callback(plan, None, ()))

    # Afterwards ------------------------------------------------------------------------

    def followup(
        self,
        content: str | None = None,
        *,
        ephemeral: bool = False,
        **options: Unpack[MessageOptions],
    ) -> Message:
        """Send another message after the first answer.

        Args:
            content: The text, at most 2000 characters.
            ephemeral: Only the user sees it.
            options: As for `Rest.create_followup_message`.

        Raises:
            InteractionExpired: The 15 minutes are over.
            InvalidArgument: There is no first answer yet, or a limit is passed.
        """
        flags = int(options.get("flags", 0)) | (_EPHEMERAL if ephemeral else 0)
        options["flags"] = flags
        check_sizes(options.get("files", ()), self._size_limit)

        def send(plan: Plan) -> Message:
            if plan.step is Step.REPLACE:
                self._clear_original()
            sent = self._rest.create_followup_message(
                self._application_id, self._token, content=content, **options
            )
            if plan.claims:
                self._keep(sent, followup=True)
            return sent

        message = self._run(Kind.FOLLOWUP, send, ephemeral=bool(flags & _EPHEMERAL))
        assert message is not None  # never NOTHING
        return message

    def edit_response(
        self, content: str | Unset | None = UNSET, **options: Unpack[EditOptions]
    ) -> Message:
        """Edit the message of the first answer, or fill in a deferred one.

        After the 15 minutes it goes on with the bot's token where the message is public.

        Args:
            content: The text; what is not given stays, None clears.
            options: As for `Rest.edit_original_interaction_response`.

        Raises:
            InteractionExpired: The 15 minutes are over, and the message is not public.
            InvalidArgument: There is no first answer yet, or a limit is passed.
        """
        check_sizes(options.get("files", ()), self._size_limit)

        def send(plan: Plan) -> Message:
            stands = self._stand_in()
            if stands is not None:
                return self._edit_followup(stands.message_id, content, options)
            sent = self._rest.edit_original_interaction_response(
                self._application_id, self._token, content=content, **options
            )
            self._keep(sent)
            return sent

        try:
            message = self._run(Kind.EDIT, send)
        except InteractionExpired as expired:
            return self._edit_as_bot(expired, self._sent, content, options)
        assert message is not None  # never NOTHING
        return message

    def get_response(self) -> Message:
        """Get the message of the first answer; after the 15 minutes where it is public."""

        def send(plan: Plan) -> Message:
            stands = self._stand_in()
            if stands is not None:
                return self._rest.get_followup_message(
                    self._application_id, self._token, stands.message_id
                )
            return self._rest.get_original_interaction_response(self._application_id, self._token)

        try:
            message = self._run(Kind.GET, send)
        except InteractionExpired as expired:
            return self._after(
                expired,
                self._sent,
                lambda rest, at: rest.get_channel_message(at.channel_id, at.message_id),
            )
        assert message is not None  # never NOTHING
        return message

    def delete_response(self) -> None:
        """Delete the message of the first answer; after the 15 minutes where it is public."""

        def send(plan: Plan) -> None:
            stands = self._stand_in()
            if stands is not None:
                self._rest.delete_followup_message(
                    self._application_id, self._token, stands.message_id
                )
            else:
                self._rest.delete_original_interaction_response(self._application_id, self._token)

        try:
            self._run(Kind.DELETE, send)
        except InteractionExpired as expired:
            self._delete_as_bot(expired, self._sent)

    def edit_followup(
        self,
        message: Message | SnowflakeLike,
        content: str | Unset | None = UNSET,
        **options: Unpack[EditOptions],
    ) -> Message:
        """Edit a follow-up; after the 15 minutes where a public `Message` is given.

        Args:
            message: What `followup` returned, or its id.
            content: The text; what is not given stays, None clears.
            options: As for `Rest.edit_followup_message`.

        Raises:
            InteractionExpired: The 15 minutes are over, and the message is not public.
        """
        check_sizes(options.get("files", ()), self._size_limit)
        number = snowflake(message, "message")
        try:
            edited = self._run(Kind.GET, lambda plan: self._edit_followup(number, content, options))
        except InteractionExpired as expired:
            return self._edit_as_bot(expired, _where(message), content, options)
        assert edited is not None  # never NOTHING
        return edited

    def delete_followup(self, message: Message | SnowflakeLike) -> None:
        """Delete a follow-up; after the 15 minutes where a public `Message` is given."""
        number = snowflake(message, "message")

        def send(plan: Plan) -> None:
            self._rest.delete_followup_message(self._application_id, self._token, number)

        try:
            self._run(Kind.GET, send)
        except InteractionExpired as expired:
            self._delete_as_bot(expired, _where(message))

    # -----------------------------------------------------------------------------------

    def _stand_in(self) -> Sent | None:
        """Return the follow-up that is the answer, where the original is not."""
        sent = self._sent
        return sent if sent is not None and sent.followup else None

    def _clear_original(self) -> None:
        """Take "thinking…" away, so that what follows can be ephemeral."""
        with contextlib.suppress(NotFound):  # done already, by a try that failed afterwards
            self._rest.delete_original_interaction_response(self._application_id, self._token)

    def _edit_followup(
        self, message_id: int, content: str | Unset | None, options: EditOptions
    ) -> Message:
        return self._rest.edit_followup_message(
            self._application_id, self._token, message_id, content=content, **_no_poll(options)
        )

    def _edit_as_bot(
        self,
        expired: InteractionExpired,
        sent: Sent | None,
        content: str | Unset | None,
        options: EditOptions,
    ) -> Message:
        changes = _no_poll(options)
        return self._after(
            expired,
            sent,
            lambda rest, at: rest.edit_message(
                at.channel_id, at.message_id, content=content, **changes
            ),
        )

    def _delete_as_bot(self, expired: InteractionExpired, sent: Sent | None) -> None:
        self._after(
            expired, sent, lambda rest, at: rest.delete_message(at.channel_id, at.message_id)
        )


def _no_poll(options: EditOptions) -> dict[str, Any]:
    """Return the options of an edit of a message that is no deferral any more.

    Raises:
        InvalidArgument: There is a poll among them.
    """
    changes: dict[str, Any] = dict(options)
    if changes.pop("poll", None) is not None:
        raise InvalidArgument("poll: it can only fill in a deferred answer")
    return changes


def _where(message: Message | SnowflakeLike) -> Sent | None:
    """Return where a follow-up is, which its id alone does not tell."""
    if not isinstance(message, Message):
        return None
    hidden = bool(int(message.flags or 0) & _EPHEMERAL)
    return Sent(int(message.channel_id), int(message.id), hidden)
