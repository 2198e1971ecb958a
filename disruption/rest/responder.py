"""Answering one interaction from any thread: the blocking shell around `answer.Answer`.

The lock guards the state and is never held while a request is under way; whoever finds
the answer claimed waits until that request is over, and then does what is right then.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from disruption.errors import (
    AlreadyResponded,
    ClientStopped,
    DecodeError,
    HTTPError,
    InteractionExpired,
    InvalidArgument,
    RequestFailed,
    ServerError,
)
from disruption.rest.answer import FIRST_LIMIT, Answer, Kind, Plan, Result, State, Step
from disruption.rest.files import File
from disruption.rest.handle import InteractionHandle
from disruption.rest.interactions import RESPOND, InteractionCallbackResponse, InteractionRoutes
from disruption.rest.mentions import choose_mentions
from disruption.rest.payload import EditOptions, MessageOptions, create_body, edit_body
from disruption.rest.route import SnowflakeLike, snowflake
from disruption.types import UNSET, Message, Unset, decode, to_plain
from disruption.types.rules.components import check_modal

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from disruption.types import AllowedMentions
    from disruption.types.core.base import Model

__all__ = ["InteractionHandle", "Responder"]

_log = logging.getLogger("disruption.rest")
_T = TypeVar("_T")

_EPHEMERAL: Final = 1 << 6
_ALREADY: Final = 40060
_GONE: Final = frozenset((10062, 50027))
_ATTEMPTS: Final = 3  # of a first answer whose reply was lost
_GRACE: Final = 1.0  # seconds beyond the 3 in which a first answer's reply may come
_WAIT: Final = 60.0  # seconds between two looks while another thread answers
_CHOICES: Final = 25


class Responder:
    """All ways to answer one interaction, right at every moment and from any thread.

    Args:
        rest: What to send with.
        application_id: The bot's application.
        interaction_id: The interaction.
        token: Its token.
        type: Its type: 2 command, 3 component, 4 autocomplete, 5 modal.
        has_message: It comes from a component of a message (or a modal opened by one).
        received_at: When it came (monotonic seconds); now, where it is not given.
        clock: Monotonic seconds.

    See https://discord.com/developers/docs/interactions/receiving-and-responding
    """

    def __init__(
        self,
        rest: InteractionRoutes,
        *,
        application_id: SnowflakeLike,
        interaction_id: SnowflakeLike,
        token: str,
        type: int,
        has_message: bool = False,
        received_at: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rest = rest
        self._application_id = snowflake(application_id, "application_id")
        self._interaction_id = snowflake(interaction_id, "interaction_id")
        self._token = token
        self._clock = clock
        born = clock() if received_at is None else received_at
        self._created_at = time.time() - (clock() - born)
        self._answer = Answer(int(type), has_message=has_message, born=born)
        self._settled = threading.Condition()  # guards _answer; notified when a claim ends

    @property
    def state(self) -> State:
        """Where the answer stands."""
        return self._answer.state

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer, or a deferral, or one is under way."""
        return self._answer.state is not State.NEW

    @property
    def handle(self) -> InteractionHandle:
        """What another process needs to go on with the interaction."""
        with self._settled:
            answer = self._answer
            return InteractionHandle(
                self._application_id,
                self._interaction_id,
                self._token,
                answer.interaction_type,
                answer.has_message,
                self._created_at,
                answer.state.name,
                answer.deferred,
                answer.of_source,
            )

    def __repr__(self) -> str:
        return f"<Responder {self._interaction_id} {self.state.name}>"

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

    # How -------------------------------------------------------------------------------

    def _run(self, kind: Kind, send: Callable[[Plan], _T]) -> _T | None:
        """Do `kind` with `send`, in whatever way is right by then.

        Returns:
            What `send` returns; None where it was done already.
        """
        attempts = 0
        while True:
            with self._settled:
                plan = self._answer.plan(kind, self._clock())
                while plan.step is Step.WAIT:
                    self._settled.wait(_WAIT)
                    plan = self._answer.plan(kind, self._clock())
            if plan.step is Step.NOTHING:
                return None
            attempts += 1
            try:
                return self._attempt(plan, send)
            except RequestFailed as error:
                lost = plan.step is Step.CALLBACK and error.maybe_processed
                if not lost or attempts >= _ATTEMPTS:
                    raise
            except ServerError:
                if plan.step is not Step.CALLBACK or attempts >= _ATTEMPTS:
                    raise
            except HTTPError as error:
                if plan.step is not Step.CALLBACK or error.code != _ALREADY:
                    raise
                if kind in (Kind.DEFER, Kind.DEFER_UPDATE):
                    return None
                if kind not in (Kind.RESPOND, Kind.UPDATE) or attempts >= _ATTEMPTS:
                    raise AlreadyResponded(
                        "somebody else has answered the interaction, and this can only be the "
                        "first answer"
                    ) from error

    def _attempt(self, plan: Plan, send: Callable[[Plan], _T]) -> _T:
        """Send, and settle the plan whatever comes of it."""
        result = Result.UNKNOWN  # interrupted
        try:
            sent = send(plan)
            result = Result.DONE
            return sent
        except RequestFailed as error:
            result = Result.UNKNOWN if error.maybe_processed else Result.FAILED
            raise
        except HTTPError as error:
            result = _result_of(error)
            if result is Result.EXPIRED:
                raise InteractionExpired(
                    "Discord does not know the interaction any more: the first answer must come "
                    "within 3 seconds, all others within 15 minutes"
                ) from error
            raise
        except (InvalidArgument, ClientStopped):
            result = Result.FAILED
            raise
        finally:
            with self._settled:
                self._answer.settle(plan, result)
                self._settled.notify_all()

    def _callback(self, plan: Plan, data: object, files: Sequence[File]) -> Message | None:
        """Give the first answer. Not repeated below here: a lost reply must be known."""
        body: dict[str, Any] = {"type": plan.callback}
        if data is not None:
            body["data"] = data
        left = self._answer.born + FIRST_LIMIT - self._clock()
        target = RESPOND(self._interaction_id, self._token)
        timeout = max(left, 0.0) + _GRACE
        query = None
        if plan.callback in (Kind.RESPOND.value, Kind.UPDATE.value):
            query = {"with_response": True}
        return self._rest._call(
            self._message_of,
            target,
            body,
            query=query,
            files=files,
            reason=None,
            timeout=timeout,
            repeatable=False,
        )

    def _message_of(self, body: bytes) -> Message | None:
        """Return the message in a reply to a first answer, which stands whatever it says."""
        if not body:
            return None
        api: Any = self._rest.api or self._rest
        try:
            reply = decode(InteractionCallbackResponse, body, api)
        except DecodeError as error:
            self._rest.counters.add("rest.bad_bodies")
            _log.warning("the reply to interaction %d is broken: %s", self._interaction_id, error)
            return None
        return None if reply.resource is None else reply.resource.message


def _result_of(error: HTTPError) -> Result:
    if error.code == _ALREADY:
        return Result.ALREADY
    if error.code in _GONE:
        return Result.EXPIRED
    return Result.UNKNOWN if error.status >= 500 else Result.FAILED
