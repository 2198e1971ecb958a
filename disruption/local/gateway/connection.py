"""The threads of one connection: a reader, which obeys the client, and a writer.

The reader is the thread in which `websockets` calls its handler; the writer is started and joined
by it. They share the outbox and nothing else. A third thread, of `websockets`, moves bytes.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..faults import Fault
from .compression import Encoder, PayloadZlib, Plain
from .conversation import Conversation
from .damage import damage
from .opcodes import CLOSE_REASONS
from .outbox import Close, Delay, Drop, Freeze, Item, Outbox, Raw
from .session import Session, number_of
from .wire import CLOSE_TIMEOUT, Gone, Wire

if TYPE_CHECKING:
    from .hub import Hub

__all__ = ["Connection"]

_log = logging.getLogger("disruption.local.gateway")


class Connection:
    """One open connection; a `Link` for the session it serves."""

    def __init__(
        self, hub: Hub, wire: Wire, encoder: Encoder, version: str | None, number: int
    ) -> None:
        self._hub = hub
        self._number = number
        self._user_id: str | None = None  # of the last session, for the record
        self._wire = wire
        self._encoder = encoder
        self._outbox = Outbox(hub.options.send_limit)
        self._frozen = False  # set by the writer while nothing is read or written
        self._held: list[bytes] = []  # events kept back by a "reorder", under the world's lock
        self.conversation = Conversation(hub, self, version)
        self._writer = threading.Thread(
            target=self._write, name=f"disruption-local-writer-{number}", daemon=True
        )

    def serve(self) -> None:
        """Serve the client until the connection ends; called in the reader thread."""
        self._writer.start()
        try:
            self.conversation.open()
            self._read()
        finally:
            self._outbox.close()
            self._record("closed", "", {"code": self._wire.close_code})
            self._hub.lost(self.conversation.session, self, self._wire.close_code)
            self._wire.drop()
            self._writer.join()

    def _read(self) -> None:
        patience = self._hub.options.heartbeat_patience
        ending = False
        while True:
            left = self.conversation.beat_at + patience - time.monotonic()
            try:
                message = self._wire.read(CLOSE_TIMEOUT if ending else max(0.0, left))
            except TimeoutError:
                if ending or self._frozen:
                    return
                if self.conversation.beat_at + patience > time.monotonic():
                    continue
                _log.info("A client has not sent a heartbeat for %.1f s", patience)
                self._hub.expire(self.conversation.session)
                self.close(4009)
                ending = True
            except Gone as error:
                _log.debug("Connection ended: %s", error)
                return
            else:
                self._record("received", message)
                self.conversation.receive(message)

    def attach(self, session: Session | None) -> None:
        """Serve this session from now on; None serves none."""
        self.conversation.session = session
        if session is not None:
            self._user_id = session.account.user_id

    def send_events(self, events: Iterable[tuple[str, bytes]]) -> None:
        """Queue dispatches, damaged where a fault says so; called under the world's lock."""
        session = self.conversation.session
        user_id = session.account.user_id if session is not None else None
        items: list[Item] = []
        for name, payload in events:
            fault = self._hub.faults.for_gateway("event", user_id=user_id, event=name)
            if fault is not None and fault.kind == "reorder":
                self._held.append(payload)
                continue
            items += [payload] if fault is None else self._damaged(fault, payload)
            items += self._held
            self._held.clear()
        if items:
            self._put(*items)

    def send(self, payload: bytes) -> None:
        """Queue a payload that is no dispatch."""
        with self._hub.world.lock:
            held = [*self._held]
            self._held.clear()
            self._put(payload, *held)

    def close(self, code: int, reason: str = "") -> None:
        """Close after what is queued."""
        self._put(Close(code, reason or CLOSE_REASONS.get(code, "")))

    def drop(self) -> None:
        """Cut the connection at once."""
        self._wire.drop()

    def strike(self, fault: Fault) -> None:
        """Let a fault happen between two events; called under the world's lock."""
        self._put(*self._damaged(fault, None))

    def compress_payloads(self) -> None:
        """Compress large payloads each by itself, unless the transport is compressed."""
        if isinstance(self._encoder, Plain):
            self._encoder = PayloadZlib()

    def _damaged(self, fault: Fault, payload: bytes | None) -> list[Item]:
        session = self.conversation.session
        before = session.sequence if session is not None else 0
        if payload is not None:
            before = number_of(payload) - 1
        if fault.kind == "invalid_session" and session is not None:
            self._hub.invalidate(session, bool(fault.get("resumable", False)))
        return damage(fault, payload, self._own_event, before)

    def _own_event(self, name: str, data: bytes) -> bytes:
        session = self.conversation.session
        return session.number(name, data) if session is not None else data

    def _record(
        self, kind: str, payload: bytes | str, facts: dict[str, object] | None = None
    ) -> None:
        self._hub.traffic.add(
            kind, payload, user_id=self._user_id, connection=self._number, facts=facts
        )

    def _put(self, *items: Item) -> None:
        if self._outbox.put(*items) or self._outbox.closed:
            return  # what a dying connection does not take waits for the resume
        self._outbox.close()
        limit = self._hub.options.send_limit
        _log.warning("A client is too slow: %d bytes wait for it; it is cut off", limit)
        self._hub.counts["slow_client"] += 1
        self._wire.drop()

    def _write(self) -> None:
        try:
            while True:
                items = self._outbox.take()
                if not items:
                    return
                for item in items:
                    self._do(item)
        except Gone as error:
            _log.debug("Nothing more can be written: %s", error)
        except Exception:
            _log.exception("The writer of a connection failed")
        finally:
            self._outbox.close()
            self._wire.drop()

    def _do(self, item: Item) -> None:
        if isinstance(item, bytes):
            self._record("sent", item)
            body, text = self._encoder.encode(item)
            self._wire.write(body, text)
        elif isinstance(item, Raw):
            self._record("sent", item.body)
            self._wire.write(item.body, item.text)
        elif isinstance(item, Close):
            self._record("closed", item.reason, {"code": item.code})
            self._wire.close(item.code, item.reason)
            raise Gone(f"closed with {item.code}")
        elif isinstance(item, Drop):
            self._wire.drop(item.reset)
            raise Gone("dropped")
        elif isinstance(item, Freeze):
            self._frozen = True
            self._wire.freeze(item.seconds)
            self._frozen = False
        elif isinstance(item, Delay):
            self._wire.pause(item.seconds)
