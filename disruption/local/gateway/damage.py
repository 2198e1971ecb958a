"""What a gateway fault puts on the wire."""

from __future__ import annotations

import json
from collections.abc import Callable

from ..faults import Fault
from .opcodes import CLOSE_REASONS, Op
from .outbox import Close, Delay, Drop, Freeze, Item, Raw
from .session import control, frame

__all__ = ["damage"]

_OVERSIZED = 80 * 1024 * 1024

#: An event that does nothing, where one is needed.
_TYPING = ("TYPING_START", b'{"channel_id":"1","user_id":"1","timestamp":1}')

_UNKNOWN = b'"disruption_unknown":{"a":[1,null,{"b":"c"}]}'


def damage(
    fault: Fault,
    payload: bytes | None,
    dispatch: Callable[[str, bytes], bytes],
    before: int,
) -> list[Item]:
    """Return what is sent instead of one payload.

    Args:
        fault: What goes wrong.
        payload: The event it happens to; None when it happens between events.
        dispatch: Gives an event of our own making its place in the session's sequence, and
            returns its frame.
        before: Number of the event that came before.
    """
    rest: list[Item] = [] if payload is None else [payload]
    ours = _instead(fault)
    if ours is not None:
        # Nothing gets through after these; the event waits for the resume.
        return [ours]
    first = _before(fault, before)
    if first is not None:
        return [first, *rest]
    if fault.kind == "duplicate":
        return rest * 2
    if fault.kind == "unknown_fields":
        return [_with_unknown(payload if payload is not None else dispatch(*_TYPING))]
    # Events of our own come after the one they were made for: its number is lower.
    if fault.kind == "unknown_event":
        return [*rest, dispatch("DISRUPTION_UNKNOWN", b'{"id":"1","anything":[1,{"a":null}]}')]
    if fault.kind == "wrong_types":
        name = str(fault.get("event_name", "TYPING_START"))
        data = {"channel_id": {}, "user_id": [], "timestamp": "soon", "guild_id": True}
        return [*rest, dispatch(name, json.dumps(fault.get("data", data)).encode())]
    if fault.kind == "oversized":
        size = int(fault.get("size", _OVERSIZED))
        return [*rest, dispatch("DISRUPTION_OVERSIZED", b'"' + b"x" * size + b'"')]
    raise AssertionError(f"no damage for {fault.kind}")


def _with_unknown(payload: bytes) -> bytes:
    head, start, data = payload.partition(b'"d":{')
    if not start:
        return payload  # the data is no object
    return head + start + _UNKNOWN + (b"" if data.startswith(b"}") else b",") + data


def _instead(fault: Fault) -> Item | None:
    if fault.kind == "drop":
        return Drop(bool(fault.get("reset", False)))
    if fault.kind == "close":
        code = int(fault.get("code", 4000))
        return Close(code, str(fault.get("reason", CLOSE_REASONS.get(code, ""))))
    return None


def _before(fault: Fault, before: int) -> Item | None:
    kind = fault.kind
    if kind == "freeze":
        seconds = fault.get("seconds", None)
        return Freeze(None if seconds is None else float(seconds))
    if kind == "delay":
        return Delay(float(fault.get("seconds", 0.1)))
    if kind == "reconnect":
        return control(Op.RECONNECT, None)
    if kind == "invalid_session":
        resumable = bool(fault.get("resumable", False))
        return control(Op.INVALID_SESSION, resumable)
    if kind == "bad_utf8":
        # A client that takes it nevertheless must not go on from another event than it has.
        return frame("DISRUPTION_BAD_UTF8", before, b'{"id":"1","text":"\xff\xfe"}')
    if kind == "bad_zlib":
        return Raw(b"\x00not zlib at all\x00\x00\xff\xff", text=False)
    if kind == "bad_json":
        return b'{"t":null,"s":null,"op":11,"d":'
    if kind == "not_object":
        return b"[1,2,3]"
    if kind == "unknown_opcode":
        return b'{"t":null,"s":null,"op":99,"d":{}}'
    return None
