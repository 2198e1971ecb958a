"""All ways to answer one interaction, from any thread; `answering.py` is what they stand on."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from disruption.errors import (
    HTTPError,
    InteractionExpired,
    InvalidArgument,
    RequestFailed,
)
from disruption.rest.answer import Kind, Plan, Step
from disruption.rest.answering import Answering
from disruption.rest.files import File
from disruption.rest.handle import InteractionHandle
from disruption.rest.mentions import choose_mentions
from disruption.rest.payload import (
    EditOptions,
    MessageOptions,
    check_sizes,
    create_body,
    edit_body,
)
from disruption.types import UNSET, Message, Unset, to_plain
from disruption.types.rules.components import check_modal

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from disruption.types import AllowedMentions
    from disruption.types.core.base import Model

__all__ = ["InteractionHandle", "Responder"]

_log = logging.getLogger("disruption.rest")

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
            flags: SUPPRESS_EMBEDS, IS_COMPONENTS_V2 and others.
            ephemeral: Only the user sees it. After a deferral of a command it is what the
                deferral was.
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
        flags = int(flags) | (_EPHEMERAL if ephemeral else 0)
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
                return self._callback(plan, body, files)
            if plan.step is Step.FOLLOWUP:
                return rest.create_followup_message(
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
            return rest.edit_original_interaction_response(
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

        return self._run(Kind.RESPOND, send)

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
        deferred = self._run(kind, lambda plan: self._deferral(plan, ephemeral))
        return deferred is not None

    def auto_defer(self, *, ephemeral: bool = False) -> bool:
        """Defer if nobody has answered, without waiting for those who are about to.

        For the timer that watches the 3 seconds. Failures are logged and counted.

        Returns:
            Whether it was deferred by this call.
        """
        with self._settled:
            plan = self._answer.auto_defer(self._clock())
        if plan.step is Step.NOTHING:
            return False
        try:
            self._attempt(plan, lambda plan: self._deferral(plan, ephemeral))
        except (HTTPError, RequestFailed, InteractionExpired) as error:
            self._rest.counters.add("rest.auto_defer_failures")
            _log.warning("interaction %d could not be deferred: %s", self._interaction_id, error)
            return False
        self._rest.counters.add("rest.auto_defers")
        return True

    def _deferral(self, plan: Plan, ephemeral: bool) -> bool:
        hidden = ephemeral and plan.callback == Kind.DEFER.value
        self._callback(plan, {"flags": _EPHEMERAL} if hidden else None, ())
        return True

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
                return self._callback(plan, body, files)
            return self._rest.edit_original_interaction_response(
                self._application_id, self._token, **changes, allowed_mentions=allowed_mentions
            )

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
        if len(choices) > _CHOICES:
            raise InvalidArgument(f"choices: at most {_CHOICES}, not {len(choices)}")
        body = {"choices": to_plain(list(choices))}
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
        if ephemeral:
            options["flags"] = int(options.get("flags", 0)) | _EPHEMERAL
        check_sizes(options.get("files", ()), self._size_limit)
        message = self._run(
            Kind.USE,
            lambda plan: self._rest.create_followup_message(
                self._application_id, self._token, content=content, **options
            ),
        )
        assert message is not None  # USE is never NOTHING
        return message

    def edit_response(
        self, content: str | Unset | None = UNSET, **options: Unpack[EditOptions]
    ) -> Message:
        """Edit the message of the first answer, or fill in a deferred one.

        Args:
            content: The text; what is not given stays, None clears.
            options: As for `Rest.edit_original_interaction_response`.

        Raises:
            InteractionExpired: The 15 minutes are over.
            InvalidArgument: There is no first answer yet, or a limit is passed.
        """
        check_sizes(options.get("files", ()), self._size_limit)
        message = self._run(
            Kind.EDIT,
            lambda plan: self._rest.edit_original_interaction_response(
                self._application_id, self._token, content=content, **options
            ),
        )
        assert message is not None  # EDIT is never NOTHING
        return message

    def get_response(self) -> Message:
        """Get the message of the first answer."""
        message = self._run(
            Kind.USE,
            lambda plan: self._rest.get_original_interaction_response(
                self._application_id, self._token
            ),
        )
        assert message is not None  # USE is never NOTHING
        return message

    def delete_response(self) -> None:
        """Delete the message of the first answer."""

        def send(plan: Plan) -> None:
            self._rest.delete_original_interaction_response(self._application_id, self._token)

        self._run(Kind.USE, send)
