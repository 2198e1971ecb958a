"""One interaction's answer, claimed and settled from any thread: the shell around `answer.Answer`.

The lock guards the state and is never held while a request is under way; whoever finds
the answer claimed waits until that request is over, and then does what is right then.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

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
from disruption.rest.interactions import RESPOND, InteractionRoutes
from disruption.rest.route import SnowflakeLike, snowflake
from disruption.types import InteractionCallbackResponse, Message, decode

__all__ = ["Answering"]

_log = logging.getLogger("disruption.rest")
_T = TypeVar("_T")

_ALREADY: Final = 40060
_GONE: Final = frozenset((10062, 50027))
_ATTEMPTS: Final = 3  # of a first answer whose reply was lost
_GRACE: Final = 1.0  # seconds beyond the 3 in which a first answer's reply may come
_WAIT: Final = 60.0  # seconds between two looks while another thread answers


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
    ) -> None:
        self._rest = rest
        self._application_id = snowflake(application_id, "application_id")
        self._interaction_id = snowflake(interaction_id, "interaction_id")
        self._token = token
        self._size_limit = size_limit
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
                self._size_limit,
            )

    def __repr__(self) -> str:
        return f"<Responder {self._interaction_id} {self.state.name}>"

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
