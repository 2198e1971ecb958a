"""How a connection ends; these never reach a caller, the session turns them into a verdict."""

from __future__ import annotations

__all__ = ["PeerClosed", "ProtocolViolation", "TransportError"]


class TransportError(Exception):
    """The connection broke, or this side cannot go on with it.

    Attributes:
        counter: The name it is counted under.
    """

    def __init__(self, reason: str, counter: str = "gateway.broken_connections") -> None:
        super().__init__(reason)
        self.counter = counter


class ProtocolViolation(TransportError):
    """The peer sent what cannot be read, or more than the limits allow."""

    def __init__(self, reason: str, counter: str = "gateway.malformed_frames") -> None:
        super().__init__(reason, counter)


class PeerClosed(Exception):
    """The peer said goodbye with a close frame.

    Attributes:
        code: Its close code, None where it gave none.
        reason: Its text.
    """

    def __init__(self, code: int | None, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason
