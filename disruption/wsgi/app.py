"""The WSGI app: verifies, answers pings, and gives the rest to the client's handlers.

The thread of a request waits for the handler's first answer and sends it as the response;
where none comes in time, the response defers, and the handler's answer goes through REST.
No thread of ours watches these interactions, and the gateway need not be connected.

See https://discord.com/developers/docs/interactions/overview
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ..errors import DecodeError, DisruptionError, InvalidArgument
from ..rest import File
from ..rest.multipart import Multipart
from ..throttle import OncePer
from .body import BadBody, read_body
from .events import Posted, decode_interaction, decode_webhook_event, look_at
from .inline import InlineResponse
from .replay import ReplayGuard
from .signature import check_public_key, verify_signature

if TYPE_CHECKING:
    from ..client import Client
    from ..types import InteractionCreate

__all__ = ["HTTPReply", "WSGIApp"]

_log = logging.getLogger("disruption.wsgi")

_LATEST: Final = 2.9  # seconds after it came at which a request gives up waiting
_KEY_TIMEOUT: Final = 2.0  # seconds to ask Discord for the application's key
_PING, _EVENT_PING = 1, 0
_SIGNATURE: Final = 128  # hexadecimal digits


class HTTPReply:
    """An HTTP response for whatever serves it: iterate over it, or `read` it whole.

    Attributes:
        status: The HTTP status.
        headers: The headers.
    """

    def __init__(
        self,
        status: int,
        headers: Mapping[str, str],
        body: Iterable[bytes] = (),
        closed: Callable[[], object] | None = None,
    ) -> None:
        self.status = status
        self.headers = dict(headers)
        self._body = body
        self._closed = closed

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def read(self) -> bytes:
        """Return the body; it counts as sent then."""
        try:
            return b"".join(self._body)
        finally:
            self.close()

    def close(self) -> None:
        """Note that the response has been sent; WSGI servers call this."""
        closed, self._closed = self._closed, None
        if closed is not None:
            closed()


class WSGIApp:
    """A WSGI app that feeds a client's handlers; `Client.wsgi` makes it.

    Args:
        client: Whose handlers and commands.
        public_key: The application's; None reads ``DISCORD_PUBLIC_KEY``, and asks Discord where
            that is not set.
        answer_within: Seconds that a request waits for an answer before it defers.
        max_body: Bytes of a request at most.
        wall: Seconds since 1970.

    Raises:
        InvalidArgument: The key cannot be one, or a number makes no sense.
        MissingExtra: The extra ``http`` is not installed.
    """

    def __init__(
        self,
        client: Client,
        public_key: str | None = None,
        *,
        answer_within: float = 2.5,
        max_body: int = 1 << 20,
        wall: Callable[[], float] = time.time,
    ) -> None:
        if not 0 <= answer_within <= 2.5:
            raise InvalidArgument(
                f"answer_within={answer_within}: Discord waits for 3 seconds, so it is 0 to 2.5"
            )
        if max_body < 1:
            raise InvalidArgument(f"max_body={max_body}: it must be at least 1")
        given = public_key or os.environ.get("DISCORD_PUBLIC_KEY") or None
        self._client = client
        self._key = None if given is None else check_public_key(given)
        self._answer_within = answer_within
        self._max_body = max_body
        self._wall = wall
        self._guard = ReplayGuard()
        self._refusals = OncePer()

    def __repr__(self) -> str:
        return f"<WSGIApp of {self._client.name}>"

    def __call__(
        self, environ: Mapping[str, Any], start_response: Callable[..., object]
    ) -> HTTPReply:
        """Serve one request, as WSGI has it."""
        reply = self._serve(environ)
        try:
            phrase = HTTPStatus(reply.status).phrase
        except ValueError:
            phrase = "Unknown"
        start_response(f"{reply.status} {phrase}", list(reply.headers.items()))
        return reply

    def _serve(self, environ: Mapping[str, Any]) -> HTTPReply:
        if environ.get("REQUEST_METHOD") != "POST":
            return _text(405, "Discord POSTs here", {"Allow": "POST"})
        try:
            body = read_body(environ, self._max_body)
        except BadBody as error:
            return self._refuse(error.status, "body", str(error))
        return self.handle(
            body,
            signature=environ.get("HTTP_X_SIGNATURE_ED25519") or "",
            timestamp=environ.get("HTTP_X_SIGNATURE_TIMESTAMP") or "",
        )

    def handle(self, body: bytes, *, signature: str, timestamp: str) -> HTTPReply:
        """Serve a request that a framework has read already.

        Args:
            body: Its body, exactly as it came.
            signature: The header ``X-Signature-Ed25519``.
            timestamp: The header ``X-Signature-Timestamp``.
        """
        born = time.monotonic()
        client = self._client
        if len(body) > self._max_body:
            return self._refuse(413, "body", f"a body of {len(body)} bytes")
        now = self._wall()
        age = self._guard.age(timestamp, now)
        if age is None or len(signature) != _SIGNATURE:  # it is not even worth a look at the key
            return self._refuse(401, "signature", "it is not signed")
        try:
            client._ensure_http()
            key = self._key or self._fetch_key()
        except Exception as error:  # also what the handler's setup raises
            client.counters.add("http.unavailable")
            bug = None if isinstance(error, DisruptionError) else error
            _log.error("A request was turned away: %s", error, exc_info=bug)
            return _text(503, "The bot is not available")
        if not verify_signature(key, signature, timestamp, body):
            return self._refuse(401, "signature", "it is not signed with the application's key")
        if abs(age) > self._guard.window:
            return self._refuse(
                401, "timestamp", f"it was signed {age:.0f} s ago, or a clock is wrong"
            )
        try:
            posted = look_at(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            return self._refuse(400, "body", f"it is none of what Discord sends: {error}")
        client.counters.add("http.requests")
        if posted.event is not None or posted.type == _EVENT_PING:
            # Discord sends an event again that it believes lost, newly signed.
            return self._webhook_event(posted, hashlib.sha256(body).hexdigest(), now)
        if posted.type == _PING:
            return _json({"type": 1})
        return self._interaction(posted, body, born, now)

    def _fetch_key(self) -> str:
        """Ask Discord for the application's key; two threads may, which does no harm."""
        application = self._client.rest.get_current_application(timeout=_KEY_TIMEOUT)
        self._key = check_public_key(application.verify_key or "")
        return self._key

    # Events -----------------------------------------------------------------------------

    def _webhook_event(self, posted: Posted, key: str, now: float) -> HTTPReply:
        if posted.event is None:
            return HTTPReply(204, {})
        client = self._client
        if not self._guard.is_new(key, now):
            client.counters.add("http.replays")
            return HTTPReply(204, {})
        try:
            event = decode_webhook_event(posted.event, client)
        except DecodeError as error:
            return self._refuse(400, "body", str(error))
        if not client.dispatcher.listens(type(event)):
            client.counters.add("http.ignored")
        client.dispatcher.push(event)
        client.dispatcher.flush()
        return HTTPReply(204, {})

    # Interactions -----------------------------------------------------------------------

    def _interaction(self, posted: Posted, body: bytes, born: float, now: float) -> HTTPReply:
        client = self._client
        if not posted.id or not self._guard.is_new(posted.id, now):
            client.counters.add("http.replays")
            return self._refuse(401, "replay", "an interaction came a second time")
        try:
            interaction = decode_interaction(body, client)
        except DecodeError as error:
            return self._refuse(400, "body", str(error))
        if interaction is None:
            return self._refuse(400, "body", "it is no interaction")
        if not client.dispatcher.listens(type(interaction)):
            client.counters.add("http.ignored")
            _log.warning("An interaction came, and nothing in the program listens to any")
            return _text(404, "Nothing listens to interactions")
        inline = InlineResponse()
        responder = interaction._answer_through(inline)
        client.dispatcher.push(interaction, len(body), urgent=True)
        client.dispatcher.flush()
        if not inline.wait(born + self._answer_within):
            self._defer(interaction)
            inline.wait(born + _LATEST)
        answer = inline.close()
        if answer is None:
            client.counters.add("http.unanswered")
            _log.warning("Interaction %d was not answered in time: %r", interaction.id, responder)
            return HTTPReply(202, {})
        client._deferrals.remember(interaction)
        return self._answer(*answer, inline)

    def _defer(self, interaction: InteractionCreate) -> None:
        """Let the response say that the answer comes later, unless somebody is answering."""
        self._client._deferrals.defer(interaction)

    def _answer(
        self, body: Mapping[str, Any], files: Sequence[File], inline: InlineResponse
    ) -> HTTPReply:
        payload = msgspec.json.encode(body)
        self._client.counters.add("http.answers")
        if not files:
            headers = {"Content-Type": "application/json", "Content-Length": str(len(payload))}
            return HTTPReply(200, headers, (payload,), inline.sent)
        form = Multipart(payload, files)
        headers = {"Content-Type": form.content_type}
        if form.length is not None:
            headers["Content-Length"] = str(form.length)
        return HTTPReply(200, headers, form, inline.sent)

    def _refuse(self, status: int, why: str, text: str) -> HTTPReply:
        self._client.counters.add(f"http.refused.{why}")
        if self._refusals(time.monotonic()):
            _log.warning("A request was refused: %s%s", text, self._refusals.tail())
        return _text(status, "invalid request signature" if status == 401 else text)


def _json(value: object) -> HTTPReply:
    body = msgspec.json.encode(value)
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    return HTTPReply(200, headers, (body,))


def _text(status: int, text: str, headers: Mapping[str, str] | None = None) -> HTTPReply:
    body = text.encode()
    kept = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
    return HTTPReply(status, {**kept, **(headers or {})}, (body,))
