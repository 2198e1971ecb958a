"""Every error the library raises, in one tree under `DisruptionError`.

Each class says what happened and what to do, carries its facts as attributes,
and survives pickling (a Celery worker may raise it into another process).
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .types import JSONErrorCode

__all__ = [
    "AlreadyConnected",
    "AlreadyResponded",
    "AuthenticationFailed",
    "BadRequest",
    "ClientStopped",
    "ConnectionFailed",
    "DecodeError",
    "DisallowedIntents",
    "DisruptionError",
    "FatalClose",
    "Forbidden",
    "GatewayError",
    "HTTPError",
    "IntentNotRequested",
    "InteractionExpired",
    "InvalidArgument",
    "InvalidHandler",
    "InvalidToken",
    "JobStoreError",
    "MissingExtra",
    "NotConnected",
    "NotFound",
    "PayloadTooLarge",
    "RateLimitExceeded",
    "RequestFailed",
    "SearchNotReady",
    "ServerError",
    "SubmitQueueFull",
    "TaskCancelled",
    "Unauthorized",
    "Unbound",
    "WaitCancelled",
    "WaitTimeout",
    "ignore",
]

_log = logging.getLogger("disruption.errors")


class DisruptionError(Exception):
    """The root of all errors of this library."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args, self.__dict__.copy())


def _restore(cls: type[DisruptionError], args: tuple[Any, ...], state: dict[str, Any]) -> Any:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class InvalidArgument(DisruptionError, ValueError):
    """An argument cannot be right; nothing was sent."""


class InvalidToken(InvalidArgument):
    """The token cannot be a bot token; its text is never part of the message."""


class InvalidHandler(InvalidArgument):
    """A handler class or function cannot be called as it is written."""


class MissingExtra(DisruptionError, ImportError):
    """A feature needs a package that is not installed; `extra` names what to install."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs packages that are not installed: pip install 'disruption[{extra}]'"
        )
        self.feature = feature
        self.extra = extra


class DecodeError(DisruptionError, ValueError):
    """Bytes from Discord are not what they claim to be (not JSON, or not an object)."""


class Unbound(DisruptionError):
    """A verb was called on an object that no client received; `client.bind(obj)` gives it one."""


class ClientStopped(DisruptionError):
    """The client was stopped while, or before, the call waited."""


class AlreadyConnected(DisruptionError):
    """A live client in this process holds the same token and shard."""


class IntentNotRequested(DisruptionError):
    """An event was waited for whose gateway intent the client did not ask for."""


class SubmitQueueFull(DisruptionError):
    """Too many submitted functions wait for a thread; wait for some of their results first."""


class TaskCancelled(DisruptionError):
    """A background task was cancelled while its run slept; the run need not catch it."""


class JobStoreError(DisruptionError):
    """The file with the stored jobs cannot be used; says which, why, and what to do."""


class WaitCancelled(DisruptionError):
    """Nobody wants the event any more that was waited for."""


class WaitTimeout(DisruptionError, TimeoutError):
    """Nothing that matched came before the deadline."""


# Gateway ------------------------------------------------------------------------------


class GatewayError(DisruptionError):
    """Something about the gateway connection went wrong."""


class ConnectionFailed(GatewayError):
    """No session could be established before the deadline; `__cause__` is the last failure."""


class NotConnected(GatewayError):
    """A gateway command was given while there is no session to send it on."""


class PayloadTooLarge(GatewayError, ValueError):
    """A gateway command is larger than Discord takes (4096 bytes); nothing was sent."""


class FatalClose(GatewayError):
    """Discord closed the gateway with a code after which reconnecting is useless.

    Attributes:
        code: The close code (https://discord.com/developers/docs/topics/opcodes-and-status-codes).
        reason: Discord's text.
        advice: What to do about it.
    """

    def __init__(self, code: int, reason: str = "", advice: str = "") -> None:
        text = f"Discord closed the gateway with code {code}"
        if reason:
            text += f" ({reason})"
        super().__init__(f"{text}. {advice}" if advice else text)
        self.code = code
        self.reason = reason
        self.advice = advice


class AuthenticationFailed(FatalClose):
    """The gateway did not accept the token (4004)."""


class DisallowedIntents(FatalClose):
    """A privileged intent was asked for that is not switched on for the application (4014).

    Attributes:
        intents: The names of the intents that are missing, where they are known.
    """

    def __init__(
        self, code: int, reason: str = "", advice: str = "", intents: tuple[str, ...] = ()
    ) -> None:
        super().__init__(code, reason, advice)
        self.intents = intents


# REST -----------------------------------------------------------------------------------


class RequestFailed(DisruptionError):
    """A request got no answer: the connection failed, was reset, or timed out.

    Attributes:
        method: The HTTP method.
        route: The route template, without secrets.
        maybe_processed: Whether Discord may have carried the request out all the same.
    """

    def __init__(self, message: str, *, method: str, route: str, maybe_processed: bool) -> None:
        super().__init__(message)
        self.method = method
        self.route = route
        self.maybe_processed = maybe_processed


class HTTPError(DisruptionError):
    """Discord answered a request with an error.

    Attributes:
        status: The HTTP status.
        code: Discord's JSON error code, 0 where the answer had none.
        message: Discord's message.
        errors: Form errors, path → messages (``{"embeds.0.title": ("Must be … (CODE)",)}``).
        method: The HTTP method.
        route: The route template, without ids or tokens.
        bucket: The rate-limit bucket, where it is known.
        reason: The audit-log reason that was sent.
    """

    def __init__(
        self,
        status: int,
        code: int = 0,
        message: str = "",
        *,
        errors: Mapping[str, tuple[str, ...]] | None = None,
        method: str = "",
        route: str = "",
        bucket: str | None = None,
        reason: str | None = None,
    ) -> None:
        self.status = status
        self.code = code
        self.message = message
        self.errors = dict(errors or {})
        self.method = method
        self.route = route
        self.bucket = bucket
        self.reason = reason
        head = f"{method} {route}: {status}" if method else str(status)
        lines = [f"{head} {message}".rstrip() + (f" (code {code})" if code else "")]
        lines += [f"  {path}: {text}" for path, texts in self.errors.items() for text in texts]
        super().__init__("\n".join(lines))

    @property
    def json_code(self) -> JSONErrorCode:
        """The code by name, `GENERAL_ERROR` where the answer had none."""
        from .types import JSONErrorCode

        return JSONErrorCode(self.code)


class BadRequest(HTTPError):
    """400: the request was malformed or a field was refused; see `errors`."""


class Unauthorized(HTTPError):
    """401: the token is missing or not valid."""


class Forbidden(HTTPError):
    """403: the bot may not do this; often a missing permission or a role that ranks too low."""


class NotFound(HTTPError):
    """404: the thing does not exist, or the bot cannot see it."""


class ServerError(HTTPError):
    """5xx: Discord failed, and kept failing through all retries."""


class RateLimitExceeded(HTTPError):
    """429 that could not be waited out before the call's deadline.

    Attributes:
        retry_after: Seconds until the limit ends.
        scope: ``user``, ``global`` or ``shared``.
    """

    def __init__(
        self,
        status: int = 429,
        code: int = 0,
        message: str = "",
        *,
        retry_after: float = 0.0,
        scope: str = "user",
        **facts: Any,
    ) -> None:
        super().__init__(status, code, message, **facts)
        self.retry_after = retry_after
        self.scope = scope


class SearchNotReady(HTTPError):
    """Discord has not made the index of what is searched yet, and did not in time.

    Attributes:
        retry_after: Seconds after which to try again.
    """

    def __init__(
        self,
        status: int = 202,
        code: int = 0,
        message: str = "",
        *,
        retry_after: float = 0.0,
        **facts: Any,
    ) -> None:
        super().__init__(status, code, message, **facts)
        self.retry_after = retry_after


@contextlib.contextmanager
def ignore(*expected: type[BaseException] | int) -> Iterator[None]:
    """Let a block end at an error that was to be expected; a line in the debug log tells of it.

    ```python
    with ignore(NotFound, JSONErrorCode.CANNOT_SEND_MESSAGES_TO_THIS_USER):
        member.send("Welcome!")
    ```

    Args:
        expected: Classes of errors, and codes of Discord's (`JSONErrorCode` or numbers).

    Raises:
        InvalidArgument: None is given, or something else.
    """
    classes = tuple(one for one in expected if isinstance(one, type))
    codes = frozenset(one for one in expected if isinstance(one, int))
    if not expected or len(classes) + len([one for one in expected if isinstance(one, int)]) < len(
        expected
    ):
        raise InvalidArgument("ignore() takes classes of errors and Discord's error codes")
    try:
        yield
    except classes as error:
        _log.debug("ignored as expected: %s", error)
    except HTTPError as error:
        if error.code not in codes:
            raise
        _log.debug("ignored as expected: %s", error)


# Interactions -----------------------------------------------------------------------------


class InteractionExpired(DisruptionError):
    """The interaction can no longer be answered (3 seconds to respond, 15 minutes after that)."""


class AlreadyResponded(DisruptionError):
    """The interaction already has an answer, and this one would need to be the first."""
