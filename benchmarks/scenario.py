"""What one run of a bot against the flood server consists of; both are given it as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

Listens = Literal["message", "command", "nothing"]


@dataclass(frozen=True)
class Phase:
    """A number of events that are sent when the bot is idle.

    Attributes:
        count: How many.
        rate: Events a second; 0 means as fast as the bot reads.
        name: What the phase is called in results.
    """

    count: int
    rate: int = 0
    name: str = "flood"


@dataclass(frozen=True)
class Scenario:
    """A connection from HELLO to the last event.

    Attributes:
        phases: Sent one after another; each begins when the bot has handled the one before.
        compressed: Whether the gateway speaks zlib-stream or plain text.
        listens: What the bot listens to: MESSAGE_CREATE, or (and is then sent) uses of a slash
            command. A bot that listens to nothing gets a CHANNEL_CREATE after each phase, which it
            listens to, so that the end can be seen.
        guilds: How many guilds follow READY.
        members: How many members each has.
    """

    phases: tuple[Phase, ...]
    compressed: bool = True
    listens: Listens = "message"
    guilds: int = 1
    members: int = 1_000

    def to_json(self) -> str:
        """Text for a command line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Scenario:
        """Read back what `to_json` wrote."""
        data = json.loads(text)
        data["phases"] = tuple(Phase(**phase) for phase in data["phases"])
        return cls(**data)


WARM_UP = Phase(1_000, name="warm-up")
