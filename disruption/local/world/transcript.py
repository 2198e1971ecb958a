"""What was said, in order, for those who wait for an answer or explain why none came."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from .events import Event

__all__ = ["Line", "Transcript"]

#: Lines that are kept.
LENGTH = 10_000

_SHOWN = ("content", "embeds", "components", "attachments", "poll", "flags")


@dataclass(frozen=True)
class Line:
    """One message as it was sent, or as it was after an edit that changed what it shows."""

    number: int
    edited: bool
    message: dict[str, Any]

    @property
    def channel_id(self) -> str:
        """Where it was said."""
        return str(self.message["channel_id"])

    @property
    def by_bot(self) -> bool:
        """Whether a bot or a webhook said it."""
        return bool(self.message["author"].get("bot"))

    def __str__(self) -> str:
        author = self.message["author"]["username"]
        parts = [repr(self.message["content"])] if self.message["content"] else []
        counted = ("embeds", "components", "attachments")
        parts += [f"{len(self.message[key])} {key}" for key in counted if self.message[key]]
        if self.message["flags"] & 1 << 7:
            parts.append("(is thinking)")
        if self.message["flags"] & 1 << 6:
            parts.append("(only the user sees this)")
        return f"{author}{' (edit)' if self.edited else ''}: {', '.join(parts) or '(empty)'}"


class Transcript:
    """The last messages of all channels; guarded by the world's lock."""

    def __init__(self) -> None:
        self._lines: deque[Line] = deque(maxlen=LENGTH)
        # message id -> what it last showed, and since when on the monotonic clock
        self._shown: dict[str, tuple[tuple[Any, ...], float]] = {}
        self._number = 0

    def hear(self, event: Event) -> None:
        """Take down an event, if it is a message."""
        if event.name not in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            return
        message = event.data
        shown = tuple(message.get(key) for key in _SHOWN)
        if self._shown.get(message["id"], (None,))[0] == shown:
            return  # pinned, or given a thread: nothing that can be read
        if len(self._shown) >= LENGTH:
            self._shown.pop(next(iter(self._shown)))
        self._shown[message["id"]] = (shown, time.monotonic())
        self._number += 1
        self._lines.append(Line(self._number, event.name == "MESSAGE_UPDATE", message))

    def shown_at(self, message_id: str) -> float:
        """Return since when a message has been as it is, on the monotonic clock."""
        return self._shown[message_id][1] if message_id in self._shown else 0.0

    def latest(self, limit: int) -> list[Line]:
        """Return the newest lines of all channels, oldest first."""
        return list(self._lines)[-limit:]

    def since(self, number: int, channel_id: str) -> list[Line]:
        """Return the lines of a channel after a number."""
        found = []
        for line in reversed(self._lines):
            if line.number <= number:
                break
            if line.channel_id == channel_id:
                found.append(line)
        return found[::-1]
