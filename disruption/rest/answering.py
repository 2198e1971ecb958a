"""One interaction's answer, claimed and settled from any thread: the shell around `answer.Answer`.

The lock guards the state and is never held while a request is under way; whoever finds
the answer claimed waits until that request is over, and then does what is right then.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from disruption.errors import (
    AlreadyResponded,
    ClientStopped,
    DecodeError,
    Forbidden,
    HTTPError,
    InteractionExpired,
    InvalidArgument,
    NotFound,
    RequestFailed,
    ServerError,
)
from disruption.rest.answer import (
    FIRST_LIMIT,
    TOKEN_LIMIT,
    WITHOUT_MESSAGE,
    Answer,
    Kind,
    Plan,
    Result,
    State,
    Step,
)
from disruption.rest.files import File
from disruption.rest.handle import InteractionHandle, Sent
from disruption.rest.interactions import RESPOND, InteractionRoutes
from disruption.rest.route import SnowflakeLike, snowflake
from disruption.types import InteractionCallbackResponse, Message, decode

if TYPE_CHECKING:
    from disruption.rest.rest import Rest

__all__ = ["Answering", "InlineAnswer"]

_log = logging.getLogger("disruption.rest")
_T = TypeVar("_T")

_ALREADY: Final = 40060
_GONE: Final = frozenset((10062, 50027))
_ATTEMPTS: Final = 3  # of a first answer whose reply was lost
_GRACE: Final = 1.0  # seconds beyond the 3 in which a first answer's reply may come
_TRY: Final = 1.0  # seconds for the first try of an automatic deferral, so that there is a second
_WAIT: Final = 60.0  # seconds between two looks while another thread answers
_EPHEMERAL: Final = 1 << 6

_THERE: Final = (State.ANSWERED, State.DEFERRED)
_SETTLING: Final = (0.1, 0.2, 0.4, 0.8, 1.5)  # seconds until Discord has read an inline answer


class InlineAnswer(Protocol):
    """Takes the first answer of an interaction that came in an HTTP request, as its response."""

    def offer(self, body: Mapping[str, Any], files: Sequence[File]) -> bool:
        """Send this as the response; False where it is too late for one."""

    def wait_sent(self) -> None:
        """Wait until the response has gone out, not for long."""


class Answering:
    """The part of a `Responder` that knows what is right at each moment; see there."""

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
        size_limit: int | None = None,
        clock: Callable[[], float] = time.monotonic,
        inline: InlineAnswer | None = None,
        on_answered: Callable[[Any], object] | None = None,
    ) -> None:
        self._rest = rest
        self._application_id = snowflake(application_id, "application_id")
        self._interaction_id = snowflake(interaction_id, "interaction_id")
        self._token = token
        self._size_limit = size_limit
        self._clock = clock
        self._inline = inline
        self._on_answered = on_answered  # until it is called
        born = clock() if received_at is None else received_at
        self._created_at = time.time() - (clock() - born)
        self._answer = Answer(int(type), has_message=has_message, born=born)
        self._settled = threading.Condition()  # guards _answer; notified when a claim ends
        self._sent: Sent | None = None  # the message that is the answer, where it is known
        self._fresh = False  # answered inline, and Discord may not have read it yet
        self.handed_over = False  # somebody took a handle, to answer elsewhere

    @property
    def interaction_id(self) -> int:
        """The interaction's id."""
        return self._interaction_id

    @property
    def state(self) -> State:
        """Where the answer stands."""
        return self._answer.state

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer, or a deferral, or one is under way."""
        return self._answer.state is not State.NEW

    @property
    def is_claimed(self) -> bool:
        """Whether somebody is about to answer."""
        return self._answer.state is State.CLAIMED

    @property
    def is_expired(self) -> bool:
        """Whether Discord does not know it any more, or its 15 minutes are over."""
        answer = self._answer
        return answer.expired or self._clock() - answer.born >= TOKEN_LIMIT

    @property
    def is_waited_for(self) -> bool:
        """Whether the user sees "thinking…": deferred with a new message, not filled in."""
        answer = self._answer
        return answer.state is State.DEFERRED and answer.deferred == Kind.DEFER.value

    @property
    def handle(self) -> InteractionHandle:
        """What another process needs to go on with the interaction."""
        with self._settled:
            self.handed_over = True
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
                self._size_limit,
                answer.hidden,
                answer.callback,
                self._sent,
            )

    def __repr__(self) -> str:
        return f"<Responder {self._interaction_id} {self.state.name}>"

    def auto_defer(self, *, ephemeral: bool = False) -> bool:
        """Defer if nobody has answered, without waiting for those who are about to.

        For what watches the 3 seconds. A lost reply is asked for again; failures are logged
        and counted.

        Args:
            ephemeral: Only the user will see the answer (not for updates of a message).

        Returns:
            Whether it was deferred by this call.
        """
        failure: Exception | None = None
        for attempt in range(_ATTEMPTS):
            with self._settled:
                now = self._clock()
                plan = self._answer.auto_defer(now, ephemeral=ephemeral, again=attempt > 0)
                late = not self.is_answered and self._answer.is_late(now)
            if plan.step is Step.NOTHING:
                if failure is None and late:
                    failure = InteractionExpired("its 3 seconds were over")
                break
            try:
                self._attempt(plan, partial(self._defer, limit=None if attempt else _TRY))
                return self._deferred()
            except ClientStopped:
                return False
            except HTTPError as error:
                if error.code == _ALREADY:  # somebody was quicker, or the try before had worked
                    return failure is not None and self._deferred()
                failure = error
                if error.status < 500 and error.status != 429:
                    break
            except (RequestFailed, InteractionExpired) as error:
                failure = error
        if failure is not None:
            self._rest.counters.add("rest.auto_defer_failures")
            _log.warning("interaction %d could not be deferred: %s", self._interaction_id, failure)
        return False

    def _deferred(self) -> bool:
        self._rest.counters.add("rest.auto_defers")
        return True

    # How -------------------------------------------------------------------------------

    def _run(self, kind: Kind, send: Callable[[Plan], _T], *, ephemeral: bool = False) -> _T | None:
        """Do `kind` with `send`, in whatever way is right by then.

        Returns:
            What `send` returns; None where it was done already.
        """
        attempts = 0
        lost = False  # the reply to an attempt of ours
        while True:
            with self._settled:
                plan = self._answer.plan(kind, self._clock(), ephemeral=ephemeral)
                while plan.step is Step.WAIT:
                    self._settled.wait(_WAIT)
                    plan = self._answer.plan(kind, self._clock(), ephemeral=ephemeral)
            if plan.step is Step.NOTHING:
                return None
            attempts += 1
            try:
                if not plan.resolves:
                    return self._attempt(plan, send)
                self._attempt(plan, self._defer)
            except RequestFailed as error:
                if plan.step is not Step.CALLBACK or not error.maybe_processed:
                    raise
                lost = True
                if attempts >= _ATTEMPTS:
                    raise
            except ServerError:
                lost = True
                if plan.step is not Step.CALLBACK or attempts >= _ATTEMPTS:
                    raise
            except HTTPError as error:
                if plan.step is not Step.CALLBACK or error.code != _ALREADY:
                    raise
                if plan.resolves:
                    continue
                if kind in (Kind.DEFER, Kind.DEFER_UPDATE):
                    return None
                if lost and plan.callback in WITHOUT_MESSAGE:
                    return None  # the attempt before had worked
                # There is an answer, so that what comes next is no first one again.
                if kind not in (Kind.RESPOND, Kind.UPDATE) or attempts > _ATTEMPTS:
                    raise AlreadyResponded(
                        "somebody else has answered the interaction, and this can only be the "
                        "first answer"
                    ) from error

    def _attempt(self, plan: Plan, send: Callable[[Plan], _T]) -> _T:
        """Send, and settle the plan whatever comes of it."""
        result = Result.UNKNOWN  # interrupted
        try:
            sent = self._send(plan, send)
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
                tell = None
                if self._answer.state in _THERE:
                    tell, self._on_answered = self._on_answered, None
            if tell is not None:
                tell(self)

    def _send(self, plan: Plan, send: Callable[[Plan], _T]) -> _T:
        """Send; what comes right after an inline answer is sent again until Discord has read it."""
        if not self._fresh or self._inline is None or plan.step is Step.CALLBACK:
            return send(plan)
        self._inline.wait_sent()
        for pause in _SETTLING:
            try:
                sent = send(plan)
            except NotFound:
                if self._rest._stopped.wait(pause):
                    raise
            else:
                self._fresh = False
                return sent
        self._fresh = False
        return send(plan)

    def _callback(
        self, plan: Plan, data: object, files: Sequence[File], limit: float | None = None
    ) -> Message | None:
        """Give the first answer. Not repeated below here: a lost reply must be known."""
        body: dict[str, Any] = {"type": plan.callback}
        if data is not None:
            body["data"] = data
        if self._inline is not None and self._inline.offer(body, files):
            self._fresh = True
            return None
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
            timeout=timeout if limit is None else min(timeout, limit),
            repeatable=False,
        )

    def _defer(self, plan: Plan, limit: float | None = None) -> bool:
        self._callback(plan, {"flags": _EPHEMERAL} if plan.hidden else None, (), limit)
        return True

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

    # The answer's message --------------------------------------------------------------

    def _keep(self, message: Message | None, *, followup: bool = False) -> Message | None:
        """Remember the message that is the answer, and return it."""
        if message is not None:
            hidden = bool(int(message.flags or 0) & _EPHEMERAL)
            self._sent = Sent(int(message.channel_id), int(message.id), hidden, followup)
        return message

    def _after(
        self, expired: InteractionExpired, sent: Sent | None, act: Callable[[Rest, Sent], _T]
    ) -> _T:
        """Go on with the bot's own token where a message is public; else raise `expired`."""
        rest = self._rest.rest
        if sent is None or sent.ephemeral or not rest._token:
            raise expired
        try:
            done = act(rest, sent)
        except (Forbidden, NotFound) as refused:
            raise expired from refused
        rest.counters.add("rest.interactions_outlived")
        return done


def _result_of(error: HTTPError) -> Result:
    if error.code == _ALREADY:
        return Result.ALREADY
    if error.code in _GONE:
        return Result.EXPIRED
    return Result.UNKNOWN if error.status >= 500 else Result.FAILED
