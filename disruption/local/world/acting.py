"""Who is behind a change: the audit log asks this, so that no operation needs to be told.

    with world.acting(user_id, reason="spam"):
        world.members.ban(guild_id, other_id)

A change that nobody is behind, such as a test furnishing its world, is in no audit log.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

__all__ = ["Actor", "acting", "actor"]


@dataclass(frozen=True)
class Actor:
    """Somebody who changes something, and the reason they gave."""

    user_id: str
    reason: str | None = None


_actor: ContextVar[Actor | None] = ContextVar("disruption_local_actor", default=None)


def actor() -> Actor | None:
    """Return who acts in this thread, None for nobody."""
    return _actor.get()


@contextmanager
def acting(user_id: str | None, reason: str | None = None) -> Iterator[None]:
    """Let somebody (None: nobody) be behind every change that this thread makes inside."""
    token = _actor.set(None if user_id is None else Actor(user_id, reason))
    try:
        yield
    finally:
        _actor.reset(token)
