"""One call: wait for the limits, send, judge the answer, perhaps again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from disruption import errors
from disruption.errors import DecodeError
from disruption.rest import errors_map
from disruption.rest.hooks import Exchange, captured, tell
from disruption.rest.http import Reply, TransportFailure
from disruption.rest.limiter import Permit, WaitTooLong
from disruption.rest.limits import Limits, Outcome
from disruption.rest.multipart import Multipart
from disruption.rest.retry import Retries
from disruption.rest.route import Target
from disruption.slices import pause

if TYPE_CHECKING:
    from disruption.rest.core import RestCore

__all__ = ["Call"]

_log = logging.getLogger("disruption.rest")
_T = TypeVar("_T")
_WAITED: Final = 0.05  # seconds that count as a wait for a rate limit
_WAITED_LONG: Final = 5.0  # seconds that are worth a line in the log
# What an access token may ask, and of it what a bot's token may not.
_PERSONS: Final = ("/users/@me", "/oauth2/")
_NO_BOTS: Final = (
    "/oauth2/@me",
    "/oauth2/userinfo",
    "/users/@me/applications",
    "/users/@me/connections",
)
_LONGEST_PAUSE: Final = 60.0  # seconds that a 5xx may ask for; past it, the caller is told
_UPLOAD_SPEED: Final = 50_000  # bytes a second that an upload is expected to do at least


class Call:
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
            elif reply is not None and 200 <= reply.status < 300:
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
        started = time.monotonic()
        try:
            permit = self.limiter.acquire(
                self.target, deadline=self.deadline, owner=rest, number=self.number
            )
        except WaitTooLong as wait:
            seconds = wait.seconds
        else:
            self.number = permit.number
            waited = time.monotonic() - started
            if waited > _WAITED:
                rest.counters.add("rest.rate_limit_waits")
                level = logging.INFO if waited > _WAITED_LONG else logging.DEBUG
                _log.log(level, "%s: waited %.1f s for its limit", self.target.route.key, waited)
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
            self._tell(started, None, failure)
            return None, failure
        finally:
            self.limiter.report(permit, outcome)
        self._tell(started, reply, None)
        if _log.isEnabledFor(logging.DEBUG):
            took = (time.monotonic() - started) * 1000
            _log.debug("%s: %d in %.0f ms", self.target.route.key, reply.status, took)
        return reply, None

    def _tell(self, started: float, reply: Reply | None, failure: TransportFailure | None) -> None:
        """Show the attempt to the hooks, and to who waits for a raw answer."""
        if reply is not None:
            replies = captured.get()
            if replies is not None:
                replies.append(reply)
        hooks = self.rest.hooks
        if not hooks:
            return
        route = self.target.route
        length = self.data.length if isinstance(self.data, Multipart) else len(self.data or b"")
        exchange = Exchange(
            method=route.method,
            route=route.name,
            status=None if reply is None else reply.status,
            seconds=time.monotonic() - started,
            attempt=self.attempt,
            bucket=None if reply is None else reply.headers.get("X-RateLimit-Bucket"),
            sent=length,
            received=0 if reply is None else len(reply.body),
            failure=None if failure is None else failure.text,
        )
        tell(hooks, exchange, self.rest.counters)

    def _outcome(self, reply: Reply) -> Outcome:
        limits = Limits.from_headers(reply.headers)
        if reply.status != 429:
            return Outcome(answered=reply.status < 400, limits=limits)
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
                message="Discord refused the token before; it is not tried again (get a new one: "
                "for a bot on the application's Bot page, for OAuth2 with refresh_access_token)",
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
            auth=route.auth and _tells(route.name, bot=rest.is_bot),
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
            asked = errors_map.asked_pause(reply)
            if again and self._pause(f"{status} {body.message}", at_least=asked):
                return
        raise errors_map.http_error(
            reply, body=body, method=route.method, route=route.name, reason=self.reason
        )

    def _pause(self, why: str, at_least: float = 0.0) -> bool:
        """Sleep before the next attempt; return False when that would take too long."""
        rest = self.rest
        seconds = max(at_least, self.retries.wait(self.attempt))
        if at_least > _LONGEST_PAUSE or time.monotonic() + seconds >= self.deadline:
            return False
        rest.counters.add("rest.retries")
        _log.warning("%s: %s; again in %.2f s", self.target.route.key, why, seconds)
        if pause(rest._stopped, seconds):
            raise errors.ClientStopped(
                "the client was stopped while the call waited to be repeated"
            )
        return True


def _tells(route: str, *, bot: bool) -> bool:
    """Tell whether a 401 there is for the token, and not for its kind, which is good elsewhere."""
    return not route.startswith(_NO_BOTS) if bot else route.startswith(_PERSONS)
