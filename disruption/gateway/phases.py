"""Where a connection stands, and how long it may stand there."""

from __future__ import annotations

import enum
from dataclasses import dataclass

__all__ = ["Phase", "Timeouts"]


class Phase(enum.Enum):
    """Where a connection stands; every phase but IDLE, READY and OVER has a deadline."""

    IDLE = "between connections"
    DIALLING = "opening the TCP connection"
    UPGRADING = "TLS and the WebSocket upgrade"
    GREETING = "waiting for HELLO"
    IDENTIFYING = "waiting for READY"
    RESUMING = "waiting for RESUMED"
    READY = "established"
    CLOSING = "closing"
    OVER = "given up or stopped"


@dataclass(frozen=True)
class Timeouts:
    """How long each step may take, in seconds.

    Attributes:
        tcp: All addresses together.
        upgrade: TLS and the WebSocket upgrade.
        hello: From the upgrade to HELLO.
        ready: From IDENTIFY to READY; from RESUME, or the last replayed event, to RESUMED.
        send: Until the peer takes what is sent.
        close: For the close frame, and for the peer's answer to it.
    """

    tcp: float = 10.0
    upgrade: float = 10.0
    hello: float = 10.0
    ready: float = 30.0
    send: float = 10.0
    close: float = 0.5
