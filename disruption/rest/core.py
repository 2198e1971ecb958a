"""The way of a request: encode, wait for the limits, send, judge the answer, perhaps again.

The files of the resources are mixins on `RestCore`; each of their methods checks its
arguments and makes one call here.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar
from urllib.parse import quote, urlencode

import msgspec

import disruption
from disruption import errors
from disruption.counters import Counters
from disruption.errors import DecodeError, InvalidArgument
from disruption.rest import errors_map
from disruption.rest.buckets import Limits, Outcome
from disruption.rest.files import File
from disruption.rest.http import HTTPClient, Reply, TransportFailure, base_url_of
from disruption.rest.limiter import Permit, RateLimiter, WaitTooLong, limiter_of
from disruption.rest.mentions import DEFAULT_MENTIONS, mentions_body
from disruption.rest.multipart import Multipart
from disruption.rest.retry import Retries
from disruption.rest.route import Target
from disruption.token import checked_token
from disruption.types import decode

if TYPE_CHECKING:
    from typing_extensions import Self

    from disruption.rest.rest import Rest
    from disruption.types import AllowedMentions
    from disruption.types.core.base import Api

__all__ = ["Query", "RestCore"]

_log = logging.getLogger("disruption.rest")
_T = TypeVar("_T")

Query = Mapping[str, "str | int | bool | Sequence[str | int] | None"]

_URL: Final = "https://pypi.org/project/disruption"
_REASON_LIMIT: Final = 512
_UPLOAD_SPEED: Final = 50_000  # bytes a second that an upload is expected to do at least
_JSON: Final = {"Content-Type": "application/json"}


def _nothing(body: bytes) -> None:
    return None


class RestCore:
    """Everything of a `Rest` but the methods for Discord's routes; see there."""

    def __init__(
        self,
        token: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float | None = None,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | None = DEFAULT_MENTIONS,
        retries: Retries | None = None,
        attempt_timeout: float = 30.0,
        connect_timeout: float = 10.0,
        proxy: str | None = None,
        verify: str | bool | None = None,
        global_limit: float | None = None,
        counters: Counters | None = None,
        limiter: RateLimiter | None = None,
        api: Api | None = None,
        _anonymous: bool = False,
    ) -> None:
        for name, value in (("timeout", timeout), ("attempt_timeout", attempt_timeout)):
            _check_timeout(name, value)
        if global_limit is not None and not global_limit >= 1:
            raise InvalidArgument(f"global_limit must be at least 1, not {global_limit!r}")
        self._token = None if _anonymous else checked_token(token)
        self.base_url = base_url_of(base_url)
        self.timeout = timeout
        self.retries = retries or Retries()
        self.counters = counters or Counters()
        self.allowed_mentions = mentions_body(allowed_mentions)
        self.api = api  # what decoded objects are bound to instead of this; the client sets it
        self._attempt_timeout = attempt_timeout
        self._http = HTTPClient(
            self.base_url,
            user_agent=f"DiscordBot ({_URL}, {disruption.__version__})",
            proxy=proxy,
            verify=verify,
            connect_timeout=connect_timeout,
        )
        # Requests without the token are limited by address, together with those of
        # every other Rest in the process.
        self._open_limiter: RateLimiter = limiter_of(None, self.base_url)
        self._limiter: RateLimiter
        if limiter is not None:
            self._limiter = limiter
        else:
            self._limiter = limiter_of(self._token, self.base_url, global_limit)
        self._authorization = {"Authorization": f"Bot {self._token}"} if self._token else {}
        self._stopped = threading.Event()

    # Life ------------------------------------------------------------------------------

    @property
    def rest(self) -> Rest:
        """This object: received objects reach their REST through ``.rest``."""
        return self  # type: ignore[return-value]

    def open(self) -> None:
        """Make it usable again after `close`, and let a refused token be tried again."""
        self._stopped.clear()
        self._limiter.guard.reset()

    def close(self) -> None:
        """Close idle connections; calls that wait, and later ones, raise `ClientStopped`."""
        self._stopped.set()
        self._limiter.cancel(self)
        self._open_limiter.cancel(self)
        self._http.close()

    def __enter__(self) -> Self:
        if self._stopped.is_set():
            self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a Rest has connections and a token and cannot be pickled: make one in the other "
            "process (for interactions, pickle interaction.handle)"
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url}{'' if self._token else ' without token'}>"

    # Calls -----------------------------------------------------------------------------

    def _fetch(
        self,
        cls: type[_T],
        target: Target,
        body: object = None,
        *,
        query: Query | None = None,
        files: Sequence[File] = (),
        reason: str | None = None,
        timeout: float | None = None,
        repeatable: bool | None = None,
    ) -> _T:
        """Make a call and decode its answer as `cls`."""
        api: Any = self.api or self

        def parse(answer: bytes) -> _T:
            return decode(cls, answer, api)

        return self._call(
            parse,
            target,
            body,
            query=query,
            files=files,
            reason=reason,
            timeout=timeout,
            repeatable=repeatable,
        )

    def _do(
        self,
        target: Target,
        body: object = None,
        *,
        query: Query | None = None,
        files: Sequence[File] = (),
        reason: str | None = None,
        timeout: float | None = None,
        repeatable: bool | None = None,
    ) -> None:
        """Make a call whose answer has nothing to say."""
        self._call(
            _nothing,
            target,
            body,
            query=query,
            files=files,
            reason=reason,
            timeout=timeout,
            repeatable=repeatable,
        )

    def _call(
        self,
        parse: Callable[[bytes], _T],
        target: Target,
        body: object,
        *,
        query: Query | None,
        files: Sequence[File],
        reason: str | None,
        timeout: float | None,
        repeatable: bool | None,
    ) -> _T:
        """Make one call with everything around it.

        Args:
            parse: Reads the body of a successful answer; what it raises as DecodeError
                counts as a broken answer.
            target: Where to.
            body: JSON-ready data, None for no body.
            query: The query; None values are left out.
            files: Files that go with the body.
            reason: For the audit log.
            timeout: Seconds for the whole call, waits and retries included; None takes
                the client's.
            repeatable: Whether twice is as good as once; None takes the route's.

        Raises:
            RequestFailed: No answer came, or not in time.
            HTTPError: Discord refused.
            DecodeError: The answer was successful but broken.
            ClientStopped: `close` was called.
        """
        route = target.route
        if timeout is None:
            timeout = self.timeout
        else:
            _check_timeout("timeout", timeout)
        path = target.path
        if query:
            path += _encode_query(query)
        headers = dict(self._authorization) if route.auth else {}
        if route.auth and not headers:
            raise errors.InvalidToken(f"{route.key} needs a bot's token, and this Rest has none")
        if reason is not None:
            headers["X-Audit-Log-Reason"] = _encode_reason(reason)
        data: bytes | Multipart | None = None
        if files:
            data = Multipart(msgspec.json.encode({} if body is None else body), files)
            headers["Content-Type"] = data.content_type
            if data.length is not None:
                headers["Content-Length"] = str(data.length)
        elif body is not None:
            data = msgspec.json.encode(body)
            headers.update(_JSON)
        call = _Call(
            self,
            target,
            path,
            headers,
            data,
            reason=reason,
            deadline=math.inf if timeout is None else time.monotonic() + timeout,
            repeatable=route.repeatable if repeatable is None else repeatable,
        )
        return call.run(parse)


class _Call:
    """One call: its attempts share a deadline and a place in the queue."""

    __slots__ = (
        "attempt",
        "data",
        "deadline",
        "doubtful",
        "headers",
        "http",
        "limiter",
        "number",
        "owner",
        "path",
        "rate_limited",
        "reason",
        "repeatable",
        "rest",
        "retries",
        "target",
        "time_limit",
    )

    def __init__(
        self,
        rest: RestCore,
        target: Target,
        path: str,
        headers: Mapping[str, str],
        data: bytes | Multipart | None,
        *,
        reason: str | None,
        deadline: float,
        repeatable: bool,
    ) -> None:
        self.rest = rest
        self.target = target
        self.path = path  # with the query; may hold tokens
        self.headers = headers
        self.data = data
        self.reason = reason
        self.deadline = deadline  # monotonic
        self.repeatable = repeatable
        self.retries = rest.retries
        self.http = rest._http
        self.limiter = rest._limiter if target.route.auth else rest._open_limiter
        self.attempt = 0  # of those that count
        self.rate_limited = 0  # 429s so far
        self.number: int | None = None  # the place in the queue, kept after a 429
        self.doubtful = False  # an attempt without an answer may have been carried out
        self.time_limit = rest._attempt_timeout
        if isinstance(data, Multipart):
            self.time_limit += (data.length or 0) / _UPLOAD_SPEED
            if not data.rewindable:
                self.retries = Retries.none()

    def run(self, parse: Callable[[bytes], _T]) -> _T:
        """Send until there is an answer to return or an error to raise."""
        while True:
            self._check_guard()
            permit = self._acquire()
            self.attempt += 1
            self.rest.counters.add("rest.requests")
            reply, failure = self._send(permit)
            if failure is not None:
                self._judge_failure(failure)
            elif reply is not None and reply.status < 300:
                try:
                    return parse(reply.body)
                except DecodeError as error:
                    self._judge_body(reply, error)
            elif reply is not None:
                if reply.status == 404 and self.doubtful and self.target.route.method == "DELETE":
                    # The attempt whose answer was lost has done it.
                    return parse(b"")
                self._judge_status(reply)

    # One attempt -----------------------------------------------------------------------

    def _acquire(self) -> Permit:
        rest = self.rest
        if rest._stopped.is_set():
            raise errors.ClientStopped("this Rest was closed; open() makes it usable again")
        try:
            permit = self.limiter.acquire(
                self.target, deadline=self.deadline, owner=rest, number=self.number
            )
        except WaitTooLong as wait:
            seconds = wait.seconds
        else:
            self.number = permit.number
            return permit
        rest.counters.add("rest.deadlines")
        raise errors.RateLimitExceeded(
            message=f"the rate limit lasts {seconds:.1f} s, longer than the call's timeout",
            retry_after=seconds,
            method=self.target.route.method,
            route=self.target.route.name,
            reason=self.reason,
        )

    def _send(self, permit: Permit) -> tuple[Reply | None, TransportFailure | None]:
        started = time.monotonic()
        # Unless told otherwise below: interrupted somewhere on the way.
        outcome = Outcome(answered=False, sent=True)
        try:
            left = self.deadline - started
            if left <= 0:
                outcome = Outcome(answered=False, sent=False)
                failure = TransportFailure(
                    "the timeout passed before it was sent", sent=False, timed_out=True, cause=None
                )
                return None, failure
            reply = self.http.send(
                self.target.route.method,
                self.path,
                headers=self.headers,
                body=self.data,
                timeout=min(self.time_limit, left),
            )
            outcome = self._outcome(reply)
        except TransportFailure as failure:
            outcome = Outcome(answered=False, sent=failure.sent)
            return None, failure
        finally:
            self.limiter.report(permit, outcome)
        if _log.isEnabledFor(logging.DEBUG):
            took = (time.monotonic() - started) * 1000
            _log.debug("%s: %d in %.0f ms", self.target.route.key, reply.status, took)
        return reply, None

    def _outcome(self, reply: Reply) -> Outcome:
        limits = Limits.from_headers(reply.headers)
        if reply.status != 429:
            return Outcome(answered=reply.status < 500, limits=limits)
        body = errors_map.parse_body(reply)
        return Outcome(
            limits=limits,
            retry_after=errors_map.retry_after(reply, body),
            scope=errors_map.scope_of(reply, body),
        )

    def _check_guard(self) -> None:
        """Refuse what must not be asked again."""
        route = self.target.route
        guard = self.limiter.guard
        wait = self.rest._open_limiter.guard.invalid.wait(time.monotonic())
        facts: dict[str, Any] = {
            "method": route.method,
            "route": route.name,
            "reason": self.reason,
        }
        if wait > 0:
            self.rest.counters.add("rest.refused.invalid_requests")
            raise errors.RateLimitExceeded(
                message="too many 401, 403 and 429 answers in 10 minutes: nothing is sent for a "
                "while, because Discord blocks the IP address at 10,000",
                retry_after=wait,
                scope="address",
                **facts,
            )
        if guard.unauthorized and route.auth:
            self.rest.counters.add("rest.refused.unauthorized")
            raise errors.Unauthorized(
                401,
                message="Discord refused the token before; it is not tried again (reset the "
                "token on the application's Bot page and use the new one)",
                **facts,
            )
        if route.webhook and guard.is_gone(self.target.major):
            self.rest.counters.add("rest.refused.webhook")
            raise errors.NotFound(
                404, 10015, "Unknown Webhook (it was gone before; not asked again)", **facts
            )

    # What to do about it ---------------------------------------------------------------

    def _judge_failure(self, failure: TransportFailure) -> None:
        """Wait for the next attempt after one without an answer, or raise."""
        rest, route = self.rest, self.target.route
        rest.counters.add("rest.failures")
        self.doubtful = self.doubtful or failure.sent
        again = self.retries.after_failure(
            self.attempt, sent=failure.sent, repeatable=self.repeatable
        )
        if again and self._pause(failure.text):
            return
        advice = ""
        if failure.sent and not self.repeatable:
            advice = "; Discord may have carried it out all the same, so it was not sent again"
        raise errors.RequestFailed(
            f"{route.key}: {failure.text}{advice}",
            method=route.method,
            route=route.name,
            maybe_processed=self.doubtful,
        ) from failure.cause

    def _judge_body(self, reply: Reply, error: DecodeError) -> None:
        """Wait for the next attempt after a success that cannot be read, or raise."""
        self.rest.counters.add("rest.bad_bodies")
        self.doubtful = True
        body = errors_map.parse_body(reply)
        text = body.message or str(error)
        if self.retries.after_body(self.attempt, repeatable=self.repeatable) and self._pause(
            f"{reply.status} with a broken body {text}"
        ):
            return
        raise DecodeError(
            f"{self.target.route.key}: {reply.status}, but the body cannot be read: {text}"
        ) from error

    def _judge_status(self, reply: Reply) -> None:
        """Wait for the next attempt after an answer that is an error, or raise it."""
        rest, route, status = self.rest, self.target.route, reply.status
        body = errors_map.parse_body(reply)
        scope = errors_map.scope_of(reply, body) if status == 429 else ""
        now = time.monotonic()
        invalid = rest._open_limiter.guard.invalid
        if invalid.record(status, shared=scope == "shared", now=now):
            count = rest.counters.add("rest.invalid_requests")
            if count % 500 == 0:
                _log.warning(
                    "%d answers of 401, 403 or 429 in the last 10 minutes; at %d nothing is sent "
                    "for a while",
                    invalid.count(now),
                    invalid.limit,
                )
        if self.limiter.guard.record(
            status,
            body.code,
            auth=route.auth,
            webhook=route.webhook,
            major=self.target.major,
        ):
            _log.error("%s: %d %s; not asked again", route.key, status, body.message)
        if status == 429:
            self.rate_limited += 1
            rest.counters.add(f"rest.rate_limited.{scope}")
            seconds = errors_map.retry_after(reply, body)
            # A shared limit is the resource's own and no fault of ours.
            level = logging.INFO if scope == "shared" else logging.WARNING
            _log.log(level, "%s: 429 (%s), again in %.2f s", route.key, scope, seconds)
            if self.retries.after_rate_limit(self.rate_limited) and now + seconds < self.deadline:
                self.attempt -= 1
                return
        elif status >= 500:
            self.doubtful = True
            again = self.retries.after_status(self.attempt, status, repeatable=self.repeatable)
            if again and self._pause(f"{status} {body.message}"):
                return
        raise errors_map.http_error(
            reply, body=body, method=route.method, route=route.name, reason=self.reason
        )

    def _pause(self, why: str) -> bool:
        """Sleep before the next attempt; return False when the deadline would pass."""
        rest = self.rest
        seconds = self.retries.wait(self.attempt)
        if time.monotonic() + seconds >= self.deadline:
            return False
        rest.counters.add("rest.retries")
        _log.warning("%s: %s; again in %.2f s", self.target.route.key, why, seconds)
        if rest._stopped.wait(seconds):
            raise errors.ClientStopped(
                "the client was stopped while the call waited to be repeated"
            )
        return True


def _check_timeout(name: str, value: float | None) -> None:
    if value is None:
        return
    if not isinstance(value, int | float) or not 0 < value < math.inf:
        raise InvalidArgument(f"{name} must be a number of seconds above 0, not {value!r}")


def _encode_query(query: Query) -> str:
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        if value is None:
            continue
        values = value if isinstance(value, list | tuple) else (value,)
        for single in values:
            if isinstance(single, bool):
                single = "true" if single else "false"
            pairs.append((name, str(single)))
    return "?" + urlencode(pairs, quote_via=quote) if pairs else ""


def _encode_reason(reason: str) -> str:
    if not isinstance(reason, str):
        raise InvalidArgument(f"reason must be a str, not {type(reason).__name__}")
    if len(reason) > _REASON_LIMIT:
        raise InvalidArgument(
            f"reason must be at most {_REASON_LIMIT} characters, not {len(reason)}"
        )
    try:
        return quote(reason, safe="")
    except UnicodeEncodeError:
        raise InvalidArgument("reason is not valid Unicode") from None
