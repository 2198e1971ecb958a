"""What went over the wire during a test, for those who must find out why it failed."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..local import LocalDiscord
    from ..local.rest.log import Seen
    from ..local.world import Event

__all__ = ["MARK", "Sent", "Traffic"]

_KEPT = 2000  # lines
_SHOWN = 40
_WIDTH = 160  # signs of a body

#: An event of no meaning, by which a test learns that a bot has received all before it.
MARK = "DISRUPTION_TEST_MARK"

#: Events whose receivers nobody wonders about.
_DULL = frozenset({"PRESENCE_UPDATE", MARK})


@dataclass(frozen=True)
class Sent:
    """An event of the gateway.

    Attributes:
        name: Its name on the wire.
        data: Its payload, as somebody who may see everything gets it.
        to: The usernames of the bots that got it.
        unheard: Whether nobody was connected who could have got it.
    """

    name: str
    data: dict[str, Any]
    to: tuple[str, ...]
    unheard: bool = False


class Traffic:
    """The latest events and requests, in their order.

    Every line is taken down on the thread that it happens on, under the lock of its source (the
    world's for events), so nothing here may wait.
    """

    def __init__(self, local: LocalDiscord) -> None:
        self._local = local
        self._lock = threading.Lock()  # guards the two below
        self._lines: deque[tuple[float, Sent | Seen]] = deque(maxlen=_KEPT)
        self._began = time.monotonic()
        self._ends = [
            local.world.subscribe(self._hear),
            local.requests.subscribe(self._add),
        ]

    def close(self) -> None:
        """Take nothing down any more."""
        for end in self._ends:
            end()

    @property
    def events(self) -> list[Sent]:
        """The events so far, oldest first."""
        with self._lock:
            sent = [item for _, item in self._lines if isinstance(item, Sent)]
        return [item for item in sent if item.name != MARK]

    def lines(self, limit: int = _SHOWN) -> list[str]:
        """Return the latest traffic as text, a line an event or request."""
        with self._lock:
            lines = [
                (at, item)
                for at, item in self._lines
                if not (isinstance(item, Sent) and (item.unheard or item.name in _DULL))
            ]
        shown = [f"{at - self._began:7.3f} s  {_line(item)}" for at, item in lines[-limit:]]
        if len(lines) > limit:
            shown.insert(0, f"({len(lines) - limit} earlier lines)")
        return shown

    def _hear(self, event: Event) -> None:
        hub = self._local.gateway.hub
        users = self._local.world.users
        names = {
            str(users.state(session.account.user_id)["username"])
            for session in hub.receivers(event)
            if session.account.is_bot
        }
        unheard = not names and not hub.sessions()
        self._add(Sent(event.name, event.data, tuple(sorted(names)), unheard))

    def _add(self, item: Sent | Seen) -> None:
        with self._lock:
            self._lines.append((time.monotonic(), item))


def _line(item: Sent | Seen) -> str:
    return _event(item) if isinstance(item, Sent) else _request(item)


def _event(sent: Sent) -> str:
    to = ", ".join(sent.to) if sent.to else "no bot"
    return f"{sent.name} → {to}{_detail(sent.data)}"


def _detail(data: dict[str, Any]) -> str:
    if "content" in data and "author" in data:
        return f": {data['author']['username']}: {_cut(repr(data['content']))}"
    inner = data.get("data") or {}
    name = inner.get("name") or inner.get("custom_id") if isinstance(inner, dict) else None
    if name is None:
        emoji = data.get("emoji")
        name = emoji.get("name") if isinstance(emoji, dict) else data.get("name")
    return f": {_cut(str(name))}" if name else ""


def _request(seen: Seen) -> str:
    status = str(seen.status) if seen.status else "connection cut"
    text = f"{seen.method} {_without_token(seen)} → {status}"
    if seen.reason:
        text += f" (reason: {seen.reason})"
    if seen.body is not None:
        text += f"\n             sent {_json(seen.body)}"
    if seen.files:
        text += f"\n             files {', '.join(seen.files)}"
    if seen.error is not None:
        text += f"\n             got {_json(seen.error, wide=True)}"
    return text


def _without_token(seen: Seen) -> str:
    """Return the path, or where it holds a token the route."""
    secret = seen.route is not None and "token}" in seen.route
    return str(seen.route if secret else seen.path)


def _json(value: Any, *, wide: bool = False) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if wide else _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
