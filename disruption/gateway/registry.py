"""The live connections of this process: one a token and shard, closed at exit, dropped on fork."""

from __future__ import annotations

import atexit
import hashlib
import os
import threading
import weakref
from typing import Protocol

from ..errors import AlreadyConnected
from .identify import forget_gates

__all__ = ["register", "unregister"]


class _Live(Protocol):
    def close_at_exit(self) -> None: ...

    def abandon(self) -> None: ...


_Key = tuple[bytes, int, int]

_lock = threading.Lock()  # guards _live
_live: dict[_Key, weakref.ref[_Live]] = {}


def _key(token: str, shard: tuple[int, int]) -> _Key:
    return hashlib.sha256(token.encode()).digest(), shard[0], shard[1]


def register(connection: _Live, token: str, shard: tuple[int, int]) -> None:
    """Note that `connection` is live.

    Raises:
        AlreadyConnected: Another one of this process holds the same token and shard.
    """
    key = _key(token, shard)
    with _lock:
        other = _live.get(key)
        holder = other() if other is not None else None
        if holder is not None and holder is not connection:
            raise AlreadyConnected(
                f"shard {shard[0]} of {shard[1]} is already connected with this token in this "
                "process; stop the other client first (in a notebook: the one of an earlier cell)"
            )
        _live[key] = weakref.ref(connection)


def unregister(connection: _Live, token: str, shard: tuple[int, int]) -> None:
    """Note that `connection` has ended."""
    key = _key(token, shard)
    with _lock:
        other = _live.get(key)
        if other is not None and other() in (connection, None):
            del _live[key]


def _connections() -> list[_Live]:
    return [live for live in (reference() for reference in list(_live.values())) if live]


def _close_all() -> None:
    """End what is still live when the interpreter exits; starts no thread."""
    for connection in _connections():
        connection.close_at_exit()


def _forked() -> None:
    """In a forked child the sockets are the parent's and the threads are gone."""
    global _lock
    _lock = threading.Lock()  # another thread may have held it in the parent
    for connection in _connections():
        connection.abandon()
    _live.clear()
    forget_gates()


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
