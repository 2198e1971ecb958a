"""What the methods for Discord's routes stand on: settings, life, and making a call.

The files of the resources are mixins on `RestCore`; each of their methods checks its
arguments and makes one call here.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar
from urllib.parse import quote, urlencode

import msgspec

import disruption
from disruption import errors
from disruption.counters import Counters
from disruption.errors import InvalidArgument
from disruption.rest.call import Call
from disruption.rest.cdn import CDNClient
from disruption.rest.checks import check_timeout, several
from disruption.rest.files import File
from disruption.rest.hooks import Hook
from disruption.rest.http import HTTPClient, base_url_of
from disruption.rest.limiter import RateLimiter, limiter_of
from disruption.rest.mentions import DEFAULT_MENTIONS, mentions_body
from disruption.rest.multipart import Multipart, UrlForm
from disruption.rest.retry import Retries
from disruption.rest.route import SnowflakeLike, Target
from disruption.rest.upload_limits import UploadLimits
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
_DEEPEST: Final = 8  # how far down a fault in a body is looked for
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
        verify: str | PathLike[str] | bool | None = None,
        global_limit: float | None = None,
        counters: Counters | None = None,
        limiter: RateLimiter | None = None,
        api: Api | None = None,
        hooks: Iterable[Hook] = (),
        _scheme: str | None = "Bot",
    ) -> None:
        check_timeout("timeout", timeout)
        check_timeout("attempt_timeout", attempt_timeout, needed=True)
        check_timeout("connect_timeout", connect_timeout, needed=True)
        if global_limit is not None and not (
            isinstance(global_limit, int | float) and global_limit >= 1
        ):
            raise InvalidArgument(f"global_limit must be at least 1, not {global_limit!r}")
        for title, given, cls in (("retries", retries, Retries), ("counters", counters, Counters)):
            if not isinstance(given, cls | None):
                raise InvalidArgument(
                    f"{title} must be a {cls.__name__}, not {type(given).__name__}"
                )
        if limiter is not None and not hasattr(limiter, "acquire"):
            raise InvalidArgument(f"limiter must be a RateLimiter, not {type(limiter).__name__}")
        self._token = token if _scheme != "Bot" else checked_token(token)
        self.base_url = base_url_of(base_url)
        self.timeout = timeout
        self.retries = retries or Retries()
        self.counters = counters or Counters()
        self.allowed_mentions = mentions_body(allowed_mentions)
        self.api = api  # what decoded objects are bound to instead of this; the client sets it
        self._upload_limits = UploadLimits()
        self.hooks: list[Hook] = several("hooks", hooks)  # called after each attempt
        if not all(map(callable, self.hooks)):
            raise InvalidArgument("hooks must be functions that take an Exchange")
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
        self.is_bot = _scheme == "Bot"
        self._authorization = {"Authorization": f"{_scheme} {self._token}"} if self._token else {}
        self.cdn = CDNClient(
            proxy=proxy,
            verify=verify,
            retries=self.retries,
            counters=self.counters,
            hooks=self.hooks,
        )
        self._stopped = threading.Event()

    # Life ------------------------------------------------------------------------------

    @property
    def rest(self) -> Rest:
        """This object: received objects reach their REST through ``.rest``."""
        return self  # type: ignore[return-value]

    def open(self) -> None:
        """Make it usable again after `close`, and let a refused token be tried again."""
        self._stopped.clear()
        self._http.allow()
        self._limiter.guard.reset()

    def close(self, *, abort: bool = False) -> None:
        """Close idle connections; calls that wait, and later ones, raise `ClientStopped`.

        Args:
            abort: Break off the requests that are under way too: Discord may or may not have
                carried them out. They end in `ClientStopped` or `RequestFailed`.
        """
        self._stopped.set()
        if abort:
            self._http.break_off()
        self._limiter.cancel(self)
        self._open_limiter.cancel(self)
        self._http.close()
        self.cdn.close()

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

    def _check_uploads(
        self,
        place: SnowflakeLike,
        files: Sequence[File],
        timeout: float | None,
        *,
        channel: bool = True,
    ) -> float | None:
        """Refuse files that are too large for a channel or a webhook; see `UploadLimits`.

        Returns:
            What is left of `timeout`, as Discord may have been asked.
        """
        if not files:
            return timeout
        timeout = self.timeout if timeout is None else timeout
        check_timeout("timeout", timeout)
        deadline = math.inf if timeout is None else time.monotonic() + timeout
        self._upload_limits.check(self.rest, place, files, channel=channel, deadline=deadline)
        return None if timeout is None else max(1e-9, deadline - time.monotonic())

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

    def _fetch_any(
        self,
        cls: type[_T],
        target: Target,
        body: object = None,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> _T | None:
        """Make a call and decode its answer as `cls`, or return None where it is empty."""
        api: Any = self.api or self

        def parse(answer: bytes) -> _T | None:
            return decode(cls, answer, api) if answer else None

        return self._call(parse, target, body, reason=reason, timeout=timeout)

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
        headers: Mapping[str, str] | None = None,
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
            headers=headers,
        )

    def _call(
        self,
        parse: Callable[[bytes], _T],
        target: Target,
        body: object = None,
        *,
        query: Query | None = None,
        files: Sequence[File] = (),
        reason: str | None = None,
        timeout: float | None = None,
        repeatable: bool | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> _T:
        """Make one call with everything around it.

        Args:
            parse: Reads the body of a successful answer; what it raises as DecodeError
                counts as a broken answer.
            target: Where to.
            body: JSON-ready data, a form, or None for no body.
            query: The query; None values are left out.
            files: Files that go with the body.
            reason: For the audit log.
            timeout: Seconds for the whole call, waits and retries included; None takes
                the client's.
            repeatable: Whether twice is as good as once; None takes the route's.
            headers: Others than the client's own.

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
            check_timeout("timeout", timeout)
        path = target.path
        if query:
            path += _encode_query(query)
        sent = dict(self._authorization) if route.auth else {}
        if route.auth and not sent:
            raise errors.InvalidToken(f"{route.key} needs a token, and this Rest has none")
        if headers:
            sent.update(headers)
        if reason is not None:
            sent["X-Audit-Log-Reason"] = _encode_reason(reason)
        data: bytes | Multipart | None = None
        if files or isinstance(body, Multipart):
            data = (
                body if isinstance(body, Multipart) else Multipart(_encode_body(body or {}), files)
            )
            sent["Content-Type"] = data.content_type
            if data.length is not None:
                sent["Content-Length"] = str(data.length)
        elif isinstance(body, UrlForm):
            data = body.data
            sent["Content-Type"] = body.content_type
        elif body is not None:
            data = _encode_body(body)
            sent.update(_JSON)
        call = Call(
            self,
            target,
            path,
            sent,
            data,
            reason=reason,
            deadline=math.inf if timeout is None else time.monotonic() + timeout,
            repeatable=route.repeatable if repeatable is None else repeatable,
        )
        return call.run(parse)


def _encode_body(body: object) -> bytes:
    try:
        return msgspec.json.encode(body)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        where = _culprit(body, ()) or "the body"
        raise InvalidArgument(f"{where} cannot be written as JSON: {error}") from error


def _culprit(value: object, path: tuple[str, ...]) -> str:
    """Return where in a body the thing is that cannot be written, empty if nowhere."""
    inner: Iterable[tuple[object, object]] = ()
    if len(path) < _DEEPEST:
        if isinstance(value, Mapping):
            inner = value.items()
        elif isinstance(value, list | tuple):
            inner = enumerate(value)
    for key, item in inner:
        if found := _culprit(item, (*path, str(key))):
            return found
    try:
        msgspec.json.encode(value)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return ".".join(path)
    return ""


def _encode_query(query: Query) -> str:
    if not isinstance(query, Mapping):
        raise InvalidArgument(f"query must be a mapping, not {type(query).__name__}")
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        if value is None:
            continue
        values = value if isinstance(value, list | tuple) else (value,)
        for single in values:
            if isinstance(single, bool):
                single = "true" if single else "false"
            pairs.append((name, str(single)))
    try:
        return "?" + urlencode(pairs, quote_via=quote) if pairs else ""
    except UnicodeEncodeError as error:
        raise InvalidArgument(f"the query is not valid Unicode: {error}") from None


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
