"""One HTTP exchange: the requests library, without what a bot must not have of it.

Requests are prepared by hand and go straight to a `requests` transport adapter, so
that there are no cookies, no redirects, no netrc (which replaces an explicit bot
token) and no look at the environment for each request. What remains is taught two
things: one deadline for everything (connecting to each address, TLS, sending, every
single read), and whether the request went out whole, which decides about retries.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import math
import os
import ssl
import time
import urllib.request
import weakref
from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import requests
import requests.utils
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import HTTPError as Urllib3Error
from urllib3.exceptions import ProtocolError
from urllib3.poolmanager import PoolManager
from urllib3.util.ssl_ import create_urllib3_context

from disruption.errors import InvalidArgument
from disruption.rest import redact
from disruption.rest.wire import PlainPool, Running, SecurePool, exchange

__all__ = ["Body", "HTTPClient", "Reply", "TransportFailure", "base_url_of"]

_log = logging.getLogger("disruption.rest")

DEFAULT_BASE_URL: Final = "https://discord.com/api/v10"
_CHUNK: Final = 64 * 1024
_PROXIES: Final = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")
_LOOPBACK: Final = frozenset(("localhost", "127.0.0.1", "::1"))


class Body(Protocol):
    """A streamed body; each iteration starts it from the beginning."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body in pieces."""


class Reply:
    """A complete HTTP answer."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status = status
        self.headers = headers  # case-insensitive
        self.body = body  # decompressed

    def __repr__(self) -> str:
        return f"<Reply {self.status}, {len(self.body)} bytes>"


class TransportFailure(Exception):
    """There was no complete answer; never leaves the package.

    Attributes:
        text: What happened, without secrets.
        sent: The request went out whole, so that it may have been carried out.
        timed_out: The deadline passed.
        cause: The interpreter's own error beneath, without secrets, or None.
    """

    def __init__(
        self, text: str, *, sent: bool, timed_out: bool, cause: BaseException | None
    ) -> None:
        super().__init__(text)
        self.text = text
        self.sent = sent
        self.timed_out = timed_out
        self.cause = cause


def base_url_of(url: str | None) -> str:
    """Return the base URL to use: `url`, else ``DISRUPTION_REST_URL``, else Discord's.

    Raises:
        InvalidArgument: It is no http or https URL, or has a query or a password.
    """
    source = "base_url"
    if url is None:
        url = os.environ.get("DISRUPTION_REST_URL") or DEFAULT_BASE_URL
        source = "DISRUPTION_REST_URL"
    if not isinstance(url, str):
        raise InvalidArgument(f"{source} must be a str, not {type(url).__name__}")
    url = url.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or not url.isprintable() or " " in url:
        raise InvalidArgument(f"{source} must be an http or https URL like {DEFAULT_BASE_URL}")
    if parts.username is not None or parts.query or parts.fragment:
        raise InvalidArgument(f"{source} must have no user, query or fragment")
    return url


@functools.lru_cache(maxsize=8)
def _context(verify: str | bool) -> ssl.SSLContext:
    """Return what all connections that trust the same have: loading it takes 20 ms."""
    context = create_urllib3_context()
    if verify is False:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    bundle = verify if isinstance(verify, str) else requests.utils.DEFAULT_CA_BUNDLE_PATH
    if os.path.isdir(bundle):
        context.load_verify_locations(capath=bundle)
    else:
        context.load_verify_locations(cafile=bundle)
    return context


class _Adapter(HTTPAdapter):
    """An adapter with one pool, found once, whose connections keep a deadline."""

    def __init__(self, base_url: str, *, proxy: str | None, verify: str | bool, width: int) -> None:
        self._base_url = base_url
        self._proxy = proxy
        self._verify = verify
        self._pool: ConnectionPool | None = None
        # Through a plain HTTP proxy the request line has the whole URL.
        parts = urlsplit(base_url)
        self._skip = (
            0 if proxy and parts.scheme == "http" else len(f"{parts.scheme}://{parts.netloc}")
        )
        super().__init__(pool_connections=1, pool_maxsize=width, max_retries=0)

    def get_connection_with_tls_context(
        self, request: Any, verify: Any, proxies: Any = None, cert: Any = None
    ) -> Any:
        return self._pool or self._make_pool()

    def get_connection(self, url: Any, proxies: Any = None) -> Any:
        return self._pool or self._make_pool()  # the same seam before requests 2.32

    def _make_pool(self) -> ConnectionPool:
        manager: PoolManager = self.poolmanager
        if self._proxy:
            manager = self.proxy_manager_for(self._proxy)
        if not self._proxy or not self._proxy.startswith("socks"):
            manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
        parts = urlsplit(self._base_url)
        options: dict[str, Any] = {}
        if parts.scheme == "https":
            options["cert_reqs"] = "CERT_NONE" if self._verify is False else "CERT_REQUIRED"
            options["ssl_context"] = _context(self._verify)
        pool = manager.connection_from_host(parts.hostname, parts.port, parts.scheme, options)
        self._pool = pool
        return pool

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Do nothing: the pool was made with its certificates."""

    def request_url(self, request: Any, proxies: Any) -> str:
        url: str = request.url
        return url[self._skip :]

    def build_response(self, req: Any, resp: Any) -> Any:
        return resp  # urllib3's: there is nothing that requests' own would add


def _environment_proxy(base_url: str) -> str | None:
    """Return the proxy that the environment has for `base_url`."""
    parts = urlsplit(base_url)
    proxies = urllib.request.getproxies()
    if requests.utils.should_bypass_proxies(base_url, no_proxy=proxies.get("no")):
        return None
    return proxies.get(parts.scheme) or proxies.get("all")


def _proxy_of(proxy: str | None, base_url: str) -> str | None:
    """Return the proxy to use: the one that is given, else the environment's; None for none.

    Raises:
        InvalidArgument: It is no address of one.
    """
    source = "proxy"
    if proxy is None:
        proxy, source = _environment_proxy(base_url), "the environment's proxy"
    if not proxy:
        return None
    if not isinstance(proxy, str):
        raise InvalidArgument(f"{source} must be a str, not {type(proxy).__name__}")
    if "://" not in proxy:
        proxy = f"http://{proxy}"  # as curl has it
    try:
        parts = urlsplit(proxy)
        fits = bool(parts.hostname) and parts.scheme in _PROXIES and parts.port != 0
    except ValueError:
        fits = False
    if not fits:  # it may have a password, so it is not shown
        raise InvalidArgument(
            f"{source} must be a URL like http://host:3128, with one of {', '.join(_PROXIES)}"
        )
    return proxy


def _bundle_of(verify: str | os.PathLike[str] | bool | None) -> str | bool:
    """Return the CA bundle to use: the one that is given, else the environment's.

    Raises:
        InvalidArgument: There is no such file or folder.
    """
    source = "verify"
    if verify is None:
        source = "REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE"
        verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
    if isinstance(verify, bool):
        return verify
    if not isinstance(verify, str | os.PathLike):
        raise InvalidArgument(f"{source} must be a path, True or False, not {verify!r:.60}")
    path = os.fspath(verify)
    if not os.path.exists(path):
        raise InvalidArgument(f"{source}: there is no CA bundle {path!r}")
    return path


class HTTPClient:
    """Sends requests below one base URL; safe to use from any number of threads.

    Args:
        base_url: An absolute http or https URL.
        user_agent: The ``User-Agent`` header.
        proxy: The URL of a proxy; None takes the environment's (read once, here), ""
            uses none.
        verify: A CA bundle (file or folder), True for the usual ones, False to trust
            anyone; None takes the environment's.
        connect_timeout: Seconds for connecting and TLS, within each exchange's own limit.
        width: How many idle connections are kept. There is no bound on busy ones.
        max_body: The largest answer in bytes, decompressed, that is read.
    """

    def __init__(
        self,
        base_url: str,
        *,
        user_agent: str,
        proxy: str | None = None,
        verify: str | os.PathLike[str] | bool | None = None,
        connect_timeout: float = 10.0,
        width: int = 512,
        max_body: int = 64 * 1024 * 1024,
    ) -> None:
        redact.install()
        self.base_url = base_url
        parts = urlsplit(base_url)
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            _log.warning("%s is not encrypted: tokens can be read on the way", base_url)
        self._headers = {
            "User-Agent": user_agent,
            "Accept-Encoding": "gzip, deflate",
            "Accept": "application/json",
        }
        self._proxy = _proxy_of(proxy, base_url)
        self._verify = _bundle_of(verify)
        self._width = width
        self._connect_timeout = connect_timeout
        self._max_body = max_body
        self._adapter = self._make_adapter()
        self._running = Running()
        _clients.add(self)

    def _make_adapter(self) -> _Adapter:
        return _Adapter(self.base_url, proxy=self._proxy, verify=self._verify, width=self._width)

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        body: bytes | Body | None,
        timeout: float,
    ) -> Reply:
        """Do one exchange.

        Args:
            method: The HTTP method.
            path: Path and query below the base URL, percent-encoded.
            headers: Headers besides the client's own; a streamed body of known size
                needs a Content-Length among them.
            body: What to send.
            timeout: Seconds for all of it. Only the system's name resolution, which
                cannot be interrupted, may take longer.

        Raises:
            TransportFailure: There was no complete answer.
        """
        failure: TransportFailure | None = None
        exchange.running = running = self._running
        try:
            raw = self._ask(method, path, headers, body, timeout)
            try:
                return Reply(raw.status, raw.headers, self._read(raw))
            except ValueError as error:  # a length that cannot be one, as of a chunk of -1 bytes
                raise ProtocolError(str(error)) from error
            finally:
                # A body read whole has already given its connection back.
                if raw.connection is not None:
                    raw.close()
        except (requests.RequestException, Urllib3Error, OSError, _TooLarge) as error:
            failure = _failure(error, timeout)
        finally:
            exchange.running = None
            running.done()
        # Raised out here, so that the original, which has the headers, is not its context.
        raise failure from failure.cause

    @contextlib.contextmanager
    def stream(
        self, path: str, *, timeout: float, idle: float
    ) -> Iterator[tuple[Reply, Iterator[bytes]]]:
        """Get something large: its status and headers first, then its content in pieces.

        Args:
            path: Path and query below the base URL, percent-encoded.
            timeout: Seconds for all of it.
            idle: Seconds that a piece may take to come.

        Raises:
            TransportFailure: There was no complete answer; also while its pieces come.
        """
        failure: TransportFailure | None = None
        raw: Any = None
        exchange.idle = idle
        try:
            raw = self._ask("GET", path, {}, None, timeout)
        except (requests.RequestException, Urllib3Error, OSError) as error:
            failure = _failure(error, min(idle, timeout))
        finally:
            exchange.idle = math.inf
        if failure is not None:
            raise failure from failure.cause
        try:
            yield Reply(raw.status, raw.headers, b""), _pieces(raw, min(idle, timeout))
        finally:
            raw.close()

    def _ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes | Body | None,
        timeout: float,
    ) -> Any:
        """Send a request and return the answer, of which only the head was read."""
        request = requests.PreparedRequest()
        request.method = method
        request.url = self.base_url + path
        request.body = body  # type: ignore[assignment]
        sent_headers = {**self._headers, **headers}
        if isinstance(body, bytes):
            sent_headers["Content-Length"] = str(len(body))
        elif body is None and method not in ("GET", "HEAD"):
            sent_headers["Content-Length"] = "0"
        request.headers = sent_headers  # type: ignore[assignment]

        now = time.monotonic()
        exchange.sent = False
        exchange.deadline = now + timeout
        exchange.connect_deadline = now + min(timeout, self._connect_timeout)
        return self._adapter.send(request, stream=True, timeout=timeout)

    def _read(self, raw: Any) -> bytes:
        length = raw.headers.get("Content-Length")
        if length is not None and "Content-Encoding" not in raw.headers:
            if length.isdigit() and int(length) > self._max_body:
                raise _TooLarge
            body: bytes = raw.read()
            return body
        pieces = []
        size = 0
        for piece in raw.stream(_CHUNK, decode_content=True):
            size += len(piece)
            if size > self._max_body:
                raise _TooLarge
            pieces.append(piece)
        return b"".join(pieces)

    def close(self) -> None:
        """Close the idle connections; the client can be used again."""
        old, self._adapter = self._adapter, self._make_adapter()
        old.close()

    def break_off(self) -> None:
        """End the exchanges that are under way, and all others until `allow`."""
        self._running.break_off()

    def allow(self) -> None:
        """Let exchanges begin again."""
        self._running.allow()

    def forget(self) -> None:
        """Drop all connections without a word to their peers, as after a fork."""
        self._running = Running()
        self._adapter = self._make_adapter()


class _TooLarge(Exception):
    """The answer is larger than the limit."""


def _pieces(raw: Any, idle: float) -> Iterator[bytes]:
    failure: TransportFailure | None = None
    try:
        yield from raw.stream(_CHUNK, decode_content=True)
    except (requests.RequestException, Urllib3Error, OSError, ValueError) as error:
        failure = _failure(error, idle)
    if failure is not None:
        raise failure from failure.cause


def _failure(error: Exception, timeout: float) -> TransportFailure:
    sent = exchange.sent
    if isinstance(error, _TooLarge):
        return TransportFailure(
            "the answer was larger than max_body", sent=True, timed_out=False, cause=None
        )
    cause = redact.root_cause(error)
    timed_out = isinstance(cause, TimeoutError) or isinstance(error, requests.Timeout)
    if timed_out:
        doing = "an answer" if sent else "a connection"
        text = f"there was not {doing} within {timeout:.3g} s"
    else:
        text = redact.redact(f"{type(cause or error).__name__}: {cause or error}")
        text = f"{'the connection broke' if sent else 'could not connect or send'} ({text})"
    return TransportFailure(text, sent=sent, timed_out=timed_out, cause=cause)


_clients: weakref.WeakSet[HTTPClient] = weakref.WeakSet()


def _after_fork() -> None:
    for client in list(_clients):
        client.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
