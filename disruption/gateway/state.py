"""A session as it is kept, so that another connection or another process can resume it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

import msgspec

from ..errors import InvalidArgument

__all__ = ["SessionState"]


@dataclass(frozen=True)
class SessionState:
    """All that a RESUME needs, and what READY told that a resume does not tell again.

    Discord keeps a session for a few minutes after its connection is gone.

    Attributes:
        session_id: Names the session; as good as a password together with the token.
        sequence: Events up to this number have been dealt with; a resume replays the rest.
        resume_url: Where to resume, None for the ordinary address.
        shard: Shard number and shard count.
        intents: The intents that the session was started with.
        user: The bot's user as JSON, as READY gave it.
        application: The bot's partial application as JSON, as READY gave it.
        resumed: How many RESUMED events have taken numbers after `sequence`, or may have: none
            of these comes again, so that they are no missing events.
    """

    session_id: str = field(repr=False)
    sequence: int
    resume_url: str | None
    shard: tuple[int, int]
    intents: int
    user: bytes = field(repr=False)
    application: bytes = field(repr=False)
    resumed: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the state as plain JSON types, for a file or a database."""
        return {
            "session_id": self.session_id,
            "sequence": self.sequence,
            "resume_url": self.resume_url,
            "shard": list(self.shard),
            "intents": self.intents,
            "user": base64.b64encode(self.user).decode(),
            "application": base64.b64encode(self.application).decode(),
            "resumed": self.resumed,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> SessionState:
        """Return the state that `to_dict` gave.

        Raises:
            InvalidArgument: `data` is not such a dictionary.
        """
        try:
            number, count = data["shard"]
            url = data["resume_url"]
            if not isinstance(url, str | None):
                raise TypeError("resume_url is no text")
            state = cls(
                session_id=str(data["session_id"]),
                sequence=int(data["sequence"]),
                resume_url=url,
                shard=(int(number), int(count)),
                intents=int(data["intents"]),
                user=_told(data["user"]),
                application=_told(data["application"]),
                resumed=int(data.get("resumed", 0)),
            )
            if not state.session_id or state.sequence < 0 or state.resumed < 0:
                raise ValueError("session_id, sequence or resumed is none")
            return state
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise InvalidArgument(
                f"this is not a saved session ({error!r}); start without one"
            ) from error


def _told(text: str) -> bytes:
    """Return what READY told, which is a JSON object or null."""
    data = base64.b64decode(text)
    if not isinstance(msgspec.json.decode(data), dict | None):
        raise TypeError("what READY told is no object")
    return data
