"""What the session's rules ask the connection to do."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from ..errors import GatewayError

__all__ = ["Action", "Close", "GiveUp", "Note", "Opened", "Retry", "Send", "Started", "Verdict"]


@dataclass(frozen=True)
class Send:
    """Send this payload at once; `kind` is heartbeat, identify or resume."""

    payload: bytes = field(repr=False)  # identify and resume hold the token
    kind: str


@dataclass(frozen=True)
class Close:
    """End this connection with `code`; `counter` says why in the statistics."""

    code: int
    reason: str
    counter: str
    level: int = logging.WARNING


@dataclass(frozen=True)
class Note:
    """Something odd that changes nothing: count it and log it."""

    counter: str
    message: str
    level: int = logging.WARNING


@dataclass(frozen=True)
class Opened:
    """HELLO has come."""

    resuming: bool


@dataclass(frozen=True)
class Started:
    """READY or RESUMED has come: commands may be sent from now on.

    Attributes:
        session_id: The session.
        resumed: Whether it goes on with what there was before.
        replayed: How many events a resume has brought.
        lost: Session id and sequence of the session in whose place this one was begun.
    """

    session_id: str = field(repr=False)
    resumed: bool
    replayed: int = 0
    lost: tuple[str, int] | None = field(default=None, repr=False)


Action = Send | Close | Note | Opened | Started


@dataclass(frozen=True)
class Retry:
    """Connect again after `delay` seconds.

    Attributes:
        delay: Seconds to wait first.
        resume: Whether the session is kept.
        reason: Why the connection ended.
        lost: Session id and sequence of a session that is given up, where there was one.
    """

    delay: float
    resume: bool
    reason: str
    lost: tuple[str, int] | None = None


@dataclass(frozen=True)
class GiveUp:
    """Do not connect again; `error` says what to do."""

    error: GatewayError


Verdict = Retry | GiveUp
