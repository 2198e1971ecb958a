"""A request's place in the queues of the rate limits."""

from __future__ import annotations

import math
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from disruption.rest.buckets import Bucket

__all__ = ["Ticket", "TicketState"]


class TicketState(Enum):
    """Where a ticket is."""

    BUCKET = auto()  # in its bucket's queue
    GATE = auto()  # has a place in its bucket, waits at the gate
    GRANTED = auto()  # may be sent
    DONE = auto()  # reported, or left


class Ticket:
    """A request's place in the queues."""

    __slots__ = (
        "bucket",
        "due",
        "exempt",
        "key",
        "kin",
        "major",
        "number",
        "owner",
        "sent_at",
        "state",
        "straddles",
        "waker",
    )

    def __init__(
        self, number: int, key: str, major: str, exempt: bool, owner: object, kin: str = ""
    ) -> None:
        self.number = number  # order of arrival; kept when a 429 sends it back
        self.key = key
        self.kin = kin  # what routes have in common that are thought to share a bucket
        self.major = major
        self.exempt = exempt  # passes the global gate by
        self.owner = owner  # whose tickets can be taken out together
        self.state = TicketState.BUCKET
        self.bucket: Bucket
        self.due = math.inf  # when to look again; inf: when told to
        self.sent_at = math.inf
        self.straddles = False  # has a place in a window that began while it was under way
        self.waker: object = None  # the shell's: what its thread sleeps on
