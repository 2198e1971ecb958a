"""Downloads from Discord's CDN: no token, known hosts only, in pieces.

See https://discord.com/developers/docs/reference#cdn-formatting
"""

from __future__ import annotations

import io
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import disruption
from disruption import errors
from disruption.counters import Counters
from disruption.errors import InvalidArgument
from disruption.rest.checks import check_timeout, integer
from disruption.rest.errors_map import http_error
from disruption.rest.hooks import Exchange, Hook, tell
from disruption.rest.http import HTTPClient, Reply, TransportFailure
from disruption.rest.retry import Retries
from disruption.slices import pause

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = ["CDNClient", "Target", "clean_name", "default_cdn"]

Target: TypeAlias = "str | os.PathLike[str] | IO[bytes]"
"""Where a download goes: a folder, a file that is not there yet, or a file open for writing."""

Progress = Callable[[int, "int | None"], object]
"""Called with the bytes that have come, and how many there are where the server says."""

_HOSTS: Final = frozenset(
    (
        "cdn.discordapp.com",
        "media.discordapp.net",
        "images-ext-1.discordapp.net",
        "images-ext-2.discordapp.net",
    )
)
_LOOPBACK: Final = frozenset(("localhost", "127.0.0.1", "::1"))
_IDLE: Final = 30.0  # seconds
_TIMEOUT: Final = 600.0  # seconds
_NAME: Final = 150  # characters; file systems take 255 bytes
_TRIES: Final = 10_000
_BAD: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
# What Windows takes for a device, with any ending.
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)", re.IGNORECASE)


def clean_name(name: str, otherwise: str = "file") -> str:
    """Return a name that is safe to save a file under: no path, no device, not hidden."""
    name = _BAD.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    if not name:
        return otherwise
    if _DEVICES.match(name):
        name = "_" + name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 20:
        return name[:_NAME]
    return f"{stem[: _NAME - len(ending) - 1]}.{ending}"


class CDNClient:
    """Downloads from Discord's CDN; safe to use from any number of threads.

    Args:
        proxy: The URL of a proxy; None takes the environment's, "" none.
        verify: A CA bundle; None takes the environment's or the usual one.
        retries: What is tried again while nothing has come yet.
        counters: Where failures and retries are counted.
        hooks: Called after each attempt, when its headers have come.
    """

    def __init__(
        self,
        *,
        proxy: str | None = None,
        verify: str | PathLike[str] | bool | None = None,
        retries: Retries | None = None,
        counters: Counters | None = None,
        hooks: Sequence[Hook] = (),
    ) -> None:
        self._proxy = proxy
        self._verify = verify
        self._retries = retries or Retries()
        self._counters = counters or Counters()
        self._hooks = hooks
        self._lock = threading.Lock()  # guards _clients
        self._clients: dict[str, HTTPClient] = {}  # by origin, of which there are few

    def read(
        self,
        url: str,
        *,
        max_bytes: int | None = None,
        progress: Progress | None = None,
        timeout: float = _TIMEOUT,
    ) -> bytes:
        """Return the content of a file of the CDN's.

        Args:
            url: Its address.
            max_bytes: The most to take; None for all there is.
            progress: Called with the bytes that have come, and how many there are (or None).
            timeout: Seconds for all of it; half a minute without a byte ends it, too.

        Raises:
            InvalidArgument: The address is not one of Discord's, or it is larger than that.
            NotFound: There is no such file (any more).
            RequestFailed: It did not come whole, or not in time.
        """
        with self._open(url, max_bytes, progress, timeout) as pieces:
            return b"".join(pieces)

    def save(
        self,
        url: str,
        target: Target,
        *,
        filename: str | None = None,
        max_bytes: int | None = None,
        progress: Progress | None = None,
        timeout: float = _TIMEOUT,
    ) -> Path | None:
        """Save a file of the CDN's; never over another one.

        Args:
            url: Its address.
            target: A folder, where it gets a cleaned `filename` (with a number if there is
                one of that name), a path where no file is yet, or a file open for writing.
            filename: Its name in a folder; by default the address's.
            max_bytes: As for `read`, like the others.
            progress: Called with the bytes that have come, and how many there are (or None).
            timeout: Seconds for all of it.

        Returns:
            Where it is now, None for an open file.

        Raises:
            InvalidArgument: There is a file at that path, or the address is not Discord's.
            NotFound: There is no such file (any more).
            RequestFailed: It did not come whole, or not in time; what came is deleted.
        """
        if not isinstance(target, str | os.PathLike):
            if isinstance(target, io.TextIOBase) or not hasattr(target, "write"):
                raise InvalidArgument(
                    "target must be a path, a folder or a file opened for writing in binary mode"
                )
            with self._open(url, max_bytes, progress, timeout) as pieces:
                for piece in pieces:
                    target.write(piece)
            return None
        path = Path(target)
        with self._open(url, max_bytes, progress, timeout) as pieces:
            name = filename or unquote(urlsplit(url).path.rsplit("/", 1)[-1])
            opened = _in_folder(path, clean_name(name)) if path.is_dir() else _new(path)
            whole = False
            try:
                with opened:
                    for piece in pieces:
                        opened.write(piece)
                whole = True
            finally:
                if not whole:
                    os.unlink(opened.name)
        return Path(opened.name)

    # -----------------------------------------------------------------------------------

    @contextmanager
    def _open(
        self, url: str, max_bytes: int | None, progress: Progress | None, timeout: float
    ) -> Iterator[Iterator[bytes]]:
        client, path, shown = self._place(url)
        check_timeout("timeout", timeout, needed=True)
        if max_bytes is not None and integer("max_bytes", max_bytes) < 0:
            raise InvalidArgument(f"max_bytes must not be negative, not {max_bytes}")
        if progress is not None and not callable(progress):
            raise InvalidArgument(f"progress must be a function, not {progress!r:.60}")
        deadline = time.monotonic() + timeout
        attempt = 0
        while True:
            attempt += 1
            failure: TransportFailure | None = None
            started, host = time.monotonic(), shown.partition("/")[0]
            answered = False
            try:
                with client.stream(path, timeout=max(0.001, deadline - started), idle=_IDLE) as (
                    reply,
                    pieces,
                ):
                    answered = True
                    self._tell(host, started, attempt, reply, None)
                    if reply.status == 200:
                        try:
                            yield _checked(reply, pieces, max_bytes, progress)
                        except TransportFailure as broken:
                            raise _failed(shown, broken.text) from broken.cause
                        return
                    said = Reply(reply.status, reply.headers, next(pieces, b""))
                    self._judge(said, attempt, shown)
            except TransportFailure as broken:
                failure = broken
                if not answered:
                    self._tell(host, started, attempt, None, broken.text)
            if failure is not None and not self._retries.after_failure(
                attempt, sent=failure.sent, repeatable=True
            ):
                raise _failed(shown, failure.text) from failure.cause
            seconds = self._retries.wait(attempt)
            if time.monotonic() + seconds >= deadline:
                raise _failed(shown, failure.text if failure else "the timeout passed")
            self._counters.add("rest.retries")
            pause(threading.Event(), seconds)

    def _tell(
        self, host: str, started: float, attempt: int, reply: Reply | None, failure: str | None
    ) -> None:
        """Show an attempt to the hooks; what comes after the headers is not in it."""
        if not self._hooks:
            return
        length = "" if reply is None else reply.headers.get("Content-Length", "")
        exchange = Exchange(
            method="GET",
            route=f"https://{host}",
            status=None if reply is None else reply.status,
            seconds=time.monotonic() - started,
            attempt=attempt,
            bucket=None,
            sent=0,
            received=int(length) if length.isdigit() else 0,
            failure=failure,
        )
        tell(self._hooks, exchange, self._counters)

    def _judge(self, reply: Reply, attempt: int, shown: str) -> None:
        """Raise for an answer that is no file, unless it is worth another attempt."""
        self._counters.add("rest.cdn_errors")
        if self._retries.after_status(attempt, reply.status, repeatable=True):
            return
        raise http_error(reply, method="GET", route=shown, reason=None)

    def _place(self, url: str) -> tuple[HTTPClient, str, str]:
        """Return the client for an address, the path to ask for, and how to call it."""
        try:
            parts = urlsplit(url if isinstance(url, str) else "")
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            parts, host = urlsplit(""), ""
        local = host in _LOOPBACK and parts.scheme in ("http", "https")
        if not local and not (parts.scheme == "https" and host in _HOSTS and parts.port is None):
            raise InvalidArgument(
                f"only files of Discord's CDN are downloaded, not of {host or 'nowhere'!r}: use "
                "an HTTP library of your own for others"
            )
        if parts.username is not None or not url.isascii() or not url.isprintable() or " " in url:
            raise InvalidArgument("the address has what an address of Discord's CDN cannot have")
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            client = self._clients.get(origin)
            if client is None:
                client = self._clients[origin] = HTTPClient(
                    origin,
                    user_agent=f"DiscordBot (disruption, {disruption.__version__})",
                    proxy=self._proxy,
                    verify=self._verify,
                    width=16,
                )
                if len(self._clients) > len(_HOSTS) + 8:  # many local servers, in tests
                    self._clients.pop(next(iter(self._clients))).close()
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        return client, path, host + parts.path  # the query has signatures

    def close(self) -> None:
        """Close the idle connections; it can be used again."""
        with self._lock:
            clients, self._clients = list(self._clients.values()), {}
        for client in clients:
            client.close()


def _failed(shown: str, text: str) -> errors.RequestFailed:
    return errors.RequestFailed(
        f"GET {shown}: {text}", method="GET", route=shown, maybe_processed=False
    )


def _checked(
    reply: Reply, pieces: Iterator[bytes], most: int | None, progress: Progress | None
) -> Iterator[bytes]:
    length = reply.headers.get("Content-Length", "")
    total = int(length) if length.isdigit() and "Content-Encoding" not in reply.headers else None
    if most is not None and total is not None and total > most:
        raise InvalidArgument(f"the file has {total} bytes, more than max_bytes={most}")
    done = 0
    for piece in pieces:
        done += len(piece)
        if most is not None and done > most:
            raise InvalidArgument(f"the file is larger than max_bytes={most}")
        yield piece
        if progress is not None:
            progress(done, total)


def _new(path: Path) -> IO[bytes]:
    try:
        return path.open("xb")
    except FileExistsError:
        raise InvalidArgument(
            f"there is something at {os.fspath(path)!r} already: delete it first, or give the "
            "folder to get another name"
        ) from None
    except OSError as error:
        raise InvalidArgument(f"{os.fspath(path)!r} cannot be written: {error}") from error


def _in_folder(folder: Path, name: str) -> IO[bytes]:
    stem, ending = os.path.splitext(name)
    for number in range(_TRIES):
        path = folder / (f"{stem} ({number}){ending}" if number else name)
        try:
            return path.open("xb")
        except FileExistsError:
            continue
        except OSError as error:
            raise InvalidArgument(f"{os.fspath(path)!r} cannot be written: {error}") from error
    raise InvalidArgument(f"there are {_TRIES} files called {name!r} in {os.fspath(folder)!r}")


_default: CDNClient | None = None
_default_lock = threading.Lock()  # guards _default


def default_cdn() -> CDNClient:
    """Return the process's client: what images and files without a `Rest` use."""
    global _default
    with _default_lock:
        if _default is None:
            _default = CDNClient()
        return _default
