"""One WebSocket connection: whole payloads in, whole payloads out, limits and deadlines kept.

Built on websocket-client, which does the upgrade and makes the frames to send.
Its `close` and `abort` are not used: the one hangs on a silent peer, the other
does nothing after a close frame.

Threads: the reader alone calls `open`, `receive` and `close`; any thread may
call `send` and `end`. The socket never blocks; whoever must wait does so
outside of it, so that reading and writing cannot hold each other up.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import websocket

from .closecodes import KEEP_SESSION
from .compression import InflateError, make_inflater
from .dial import dial
from .failures import PeerClosed, ProtocolViolation, TransportError
from .handshake import upgrade
from .phases import Timeouts
from .proxy import open_tunnel, proxy_for
from .readahead import FIN, ReadAhead
from .readiness import Readiness

__all__ = ["Transport"]

log = logging.getLogger("disruption.gateway")

READ_SIZE = 1 << 16  # bytes

_CONTINUATION, _TEXT, _BINARY = 0x0, 0x1, 0x2
_CLOSE, _PING, _PONG = 0x8, 0x9, 0xA
_WHOLE_TEXT = FIN | _TEXT
_WHOLE_BINARY = FIN | _BINARY
_LONGEST_REASON = 123  # bytes of text in a close frame

_tls_context: ssl.SSLContext | None = None  # made once: loading the CA bundle takes 20 ms


def _default_tls() -> ssl.SSLContext:
    global _tls_context
    if _tls_context is None:
        _tls_context = ssl.create_default_context()
    return _tls_context


class Transport:
    """A connection to one address, used once.

    Args:
        url: The complete address.
        timeouts: The deadlines for TCP, upgrade, sends and the close.
        compress: The transport compression that `url` asks for.
        limit: The largest frame, message and inflated payload, in bytes.
        drained: Called by the reader each time the read buffer is used up, with whether there is
            more to read already.
        tls: Replaces the default TLS context.
    """

    def __init__(
        self,
        url: str,
        *,
        timeouts: Timeouts,
        compress: str | None = None,
        limit: int = 1 << 26,
        drained: Callable[[bool], None] = lambda more: None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.closing = False  # set once by `end`; nothing is sent any more
        self._url = url
        self._timeouts = timeouts
        self._limit = limit
        self._inflate = make_inflater(compress, limit)
        self._drained = drained
        self._tls = tls
        self._socket: socket.socket | None = None  # closed by the reader only
        self._ready: Readiness | None = None  # set with the upgrade
        self._dry = False  # the last read has taken all there was; used by the reader
        self._recv_frame: Callable[[], tuple[int, bytes]] | None = None  # set with the upgrade
        self._parts: list[bytes] | None = None  # of a message that comes in fragments
        self._parts_size = 0  # bytes in `_parts`
        self._parts_binary = False
        self._failure = ""  # why a send broke the connection
        self._send_lock = threading.Lock()  # orders sends; held while one is written
        # OpenSSL does not bear a read and a write at once; each call under it is short.
        self._tls_lock = threading.Lock()
        self._closed = threading.Event()  # the reader has closed the socket

    # Opening, by the reader -----------------------------------------------------------------

    def open(self, upgrading: Callable[[], None]) -> None:
        """Connect; `upgrading` is called when TCP stands.

        Raises:
            TransportError: The address cannot be reached, or is no WebSocket server.
        """
        parts = urlsplit(self._url)
        secure = parts.scheme == "wss"
        host = parts.hostname or ""
        port = parts.port or (443 if secure else 80)
        proxy = proxy_for(self._url)
        first = (proxy.host, proxy.port) if proxy is not None else (host, port)
        sock = dial(*first, self._timeouts.tcp, self._adopt)
        upgrading()
        sock.settimeout(self._timeouts.upgrade)
        if proxy is not None:
            open_tunnel(sock, host, port, proxy)
        if secure:
            sock = self._start_tls(sock, host)
        ws = upgrade(sock, self._url)
        sock.setblocking(False)
        ws.frame_buffer = ReadAhead(self._read, self._limit)
        self._ready = Readiness(sock)
        self._recv_frame = ws.recv_frame
        self._check_open()

    def _adopt(self, sock: socket.socket) -> None:
        self._socket = sock
        self._check_open()

    def _check_open(self) -> None:
        if self.closing:
            raise TransportError(self._failure or "the connection was given up while it opened")

    def _start_tls(self, sock: socket.socket, host: str) -> socket.socket:
        context = self._tls or _default_tls()
        try:
            # The handshake comes after, so that `end` can find the socket and interrupt it.
            wrapped = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
            self._adopt(wrapped)
            wrapped.do_handshake()
        except (OSError, ValueError) as error:
            raise TransportError(f"no TLS connection to {host}: {error}") from error
        return wrapped

    # Reading, by the reader -----------------------------------------------------------------

    def receive(self) -> bytes:
        """Return the next payload, inflated.

        Raises:
            PeerClosed: The peer sent a close frame; it has been answered.
            TransportError: The connection is gone or broke a rule.
        """
        recv_frame = self._recv_frame
        if recv_frame is None:
            raise TransportError("the connection is not open")
        while True:
            head, data = recv_frame()
            if self._parts is not None or (head != _WHOLE_BINARY and head != _WHOLE_TEXT):
                message = self._other(head, data)
                if message is None:
                    continue
                binary, data = message
            else:
                binary = head == _WHOLE_BINARY
            if self._inflate is None or not binary:
                return data
            try:
                payload = self._inflate(data)
            except InflateError as error:
                raise ProtocolViolation(str(error), "gateway.inflate_errors") from error
            if payload is not None:
                return payload

    def _other(self, head: int, data: bytes) -> tuple[bool, bytes] | None:
        """Handle control frames and fragments; return a message that is complete with this."""
        opcode = head & 0x0F
        if opcode == _PING:
            self.send(data, _PONG)
            return None
        if opcode == _PONG:
            return None
        if opcode == _CLOSE:
            raise self._closed_by_peer(data)
        if opcode not in (_CONTINUATION, _TEXT, _BINARY):
            raise ProtocolViolation(f"a frame with the unknown WebSocket opcode {opcode} came")
        if (opcode == _CONTINUATION) == (self._parts is None):
            raise ProtocolViolation("the fragments of a message are out of order")
        if self._parts is None:
            self._parts = []
            self._parts_binary = opcode == _BINARY
        self._parts.append(data)
        self._parts_size += len(data)
        if self._parts_size > self._limit:
            raise ProtocolViolation(
                f"a message in fragments is larger than {self._limit} bytes (max_message_size)",
                "gateway.oversized",
            )
        if not head & FIN:
            return None
        whole = b"".join(self._parts)
        self._parts = None
        self._parts_size = 0
        return self._parts_binary, whole

    def _closed_by_peer(self, data: bytes) -> PeerClosed:
        code = int.from_bytes(data[:2], "big") if len(data) >= 2 else None
        # websocket-client would answer 1000, which may end the session that we want to keep.
        self.end(KEEP_SESSION if code is None else code, "", answer=True)
        text = data[2:].decode("utf-8", "replace")
        # It is logged, and must not look like lines of the log.
        return PeerClosed(code, "".join(c if c.isprintable() else "\ufffd" for c in text))

    def _read(self) -> bytes:
        """Return what the socket has; what was cut from the last read is handed over before."""
        self._drained(not self._dry)
        sock, ready = self._socket, self._ready
        if sock is None or ready is None:
            raise TransportError("the connection is not open")
        if self._dry:  # to ask at once costs an exception, and the turn of whoever has just woken
            ready.readable()
        while True:
            try:
                if isinstance(sock, ssl.SSLSocket):
                    with self._tls_lock:
                        data = sock.recv(READ_SIZE)
                        self._dry = not sock.pending()
                else:
                    data = sock.recv(READ_SIZE)
                    self._dry = len(data) < READ_SIZE
            except (BlockingIOError, ssl.SSLWantReadError):
                wait = ready.readable
            except ssl.SSLWantWriteError:
                wait = ready.writable
            except InterruptedError:
                continue
            except OSError as error:
                raise TransportError(self._failure or f"reading failed: {error}") from error
            else:
                if not data:
                    raise TransportError(
                        self._failure or "the connection was cut without a close frame"
                    )
                return data
            wait()  # out here, where no exception is kept alive meanwhile

    # Sending, from any thread ---------------------------------------------------------------

    def send(self, payload: bytes, opcode: int = _TEXT) -> None:
        """Send one payload; an error ends the connection.

        Raises:
            TransportError: The connection is ending, or the peer did not take the payload
                within the send timeout.
        """
        deadline = time.monotonic() + self._timeouts.send
        with self._sending(self._timeouts.send):
            if self.closing:
                raise TransportError("the connection is closing")
            try:
                self._write(_frame(payload, opcode), deadline)
            except OSError as error:
                # A part of the frame may be out: anything sent now would land inside it.
                self._failure = f"sending failed: {error or 'the peer takes nothing'}"
                self.closing = True
                self._shutdown()
                raise TransportError(self._failure) from error

    @contextlib.contextmanager
    def _sending(self, timeout: float) -> Iterator[None]:
        if not self._send_lock.acquire(timeout=max(timeout, 0)):
            raise TransportError("another send did not come to an end")
        try:
            yield
        finally:
            self._send_lock.release()

    def _write(self, frame: bytes, deadline: float) -> None:
        sock, ready = self._socket, self._ready
        if sock is None or ready is None:
            raise OSError("the connection is not open")
        rest = memoryview(frame)
        while rest:
            wait = ready.writable
            try:
                if isinstance(sock, ssl.SSLSocket):
                    with self._tls_lock:
                        rest = rest[sock.send(rest) :]
                else:
                    rest = rest[sock.send(rest) :]
                continue
            except (BlockingIOError, ssl.SSLWantWriteError):
                pass
            except ssl.SSLWantReadError:
                wait = ready.readable
            left = deadline - time.monotonic()
            if left <= 0 or not wait(left):
                raise TimeoutError("the peer takes nothing")

    # Ending ---------------------------------------------------------------------------------

    def end(self, code: int, reason: str, *, linger: bool = False, answer: bool = False) -> None:
        """End the connection, from any thread: a close frame if it can be sent, then the socket.

        The reader wakes up and closes the socket; this never does.

        Args:
            code: Our close code.
            reason: Our text.
            linger: Give the peer until the close timeout to answer the close frame.
            answer: This is our half of the peer's close.
        """
        if self.closing:
            self._shutdown()
            return
        deadline = time.monotonic() + self._timeouts.close
        self.closing = True  # before the lock: sends that wait for it must not go out
        self._failure = self._failure or reason
        if self._ready is not None:
            text = reason.encode()[:_LONGEST_REASON].decode("utf-8", "ignore").encode()
            if answer and not _may_be_sent(code):
                code = KEEP_SESSION
            try:
                with self._sending(self._timeouts.close):
                    self._write(_frame(struct.pack("!H", code) + text, _CLOSE), deadline)
            except (OSError, TransportError) as error:
                log.debug("the close frame could not be sent: %s", error)
            else:
                if linger:
                    self._closed.wait(max(0.0, deadline - time.monotonic()))
        self._shutdown()

    def _shutdown(self) -> None:
        sock = self._socket
        if sock is None:
            return
        # Not SSLSocket.shutdown: it switches encryption off first, and a send in that moment
        # would go out in clear.
        with contextlib.suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the socket; called once by the reader, when it is done with it."""
        self.closing = True
        self._closed.set()
        self._shutdown()
        sock = self._socket
        if sock is None:
            return
        # A sender that waits on the descriptor has been woken by the shutdown; let it leave.
        entered = self._send_lock.acquire(timeout=self._timeouts.close)
        try:
            sock.close()
        finally:
            if entered:
                self._send_lock.release()

    def abandon(self) -> None:
        """Drop the descriptor in a forked child, without a word to the peer."""
        self.closing = True
        sock, self._socket = self._socket, None
        if sock is not None:
            with contextlib.suppress(OSError):
                os.close(sock.detach())


def _frame(payload: bytes, opcode: int) -> bytes:
    data: bytes = websocket.ABNF.create_frame(payload, opcode).format()
    return data


def _may_be_sent(code: int) -> bool:
    """Tell whether `code` keeps the session when we send it back."""
    return code not in (1000, 1001) and 3000 <= code < 5000
