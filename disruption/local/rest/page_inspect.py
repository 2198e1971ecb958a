"""What the page's inspector shows: traffic, sessions, rate-limit buckets and faults."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..traffic import Record

if TYPE_CHECKING:
    from ..server import LocalDiscord

__all__ = ["shown", "state"]


def shown(record: Record) -> dict[str, Any]:
    """Return a record as JSON, without tokens."""
    data: dict[str, Any] = {
        "number": record.number,
        "at": record.at,
        "kind": record.kind,
        "user_id": record.user_id,
        "connection": record.connection,
        "size": record.size,
        "facts": record.facts,
    }
    if record.kind == "posted" and record.facts is not None:
        data["facts"] = {**record.facts, "body": json.loads(record.facts["body"])}
    try:
        payload = json.loads(record.payload)
    except ValueError:
        payload = None
        data["text"] = record.payload.decode(errors="replace")
    if isinstance(payload, dict):
        inner = payload.get("d")
        if record.kind == "received" and isinstance(inner, dict) and "token" in inner:
            payload = {**payload, "d": {**inner, "token": "(hidden)"}}
    data["payload"] = payload
    return data


def state(server: LocalDiscord) -> dict[str, Any]:
    """Return sessions, buckets and faults as they are now."""
    world, faults = server.world, server.faults
    now = server.clock.now()
    with world.lock:
        sessions = [
            {
                "id": session.id[:8],
                "user": world.users.get(session.account.user_id),
                "intents": session.intents,
                "shard": session.shard,
                "sequence": session.sequence,
                "connected": session.link is not None,
                "away": None if session.link is not None else now - session.away_since,
            }
            for session in server.gateway.hub.sessions()
        ]
        names = {user["id"]: user["username"] for user in world.users.all()}
    return {
        "sessions": sessions,
        "buckets": [
            {**bucket, "who": names.get(bucket["who"], bucket["who"])}
            for bucket in server.limits.windows(now)
        ],
        "limits_enabled": server.limits.enabled,
        "faults": [
            {
                "key": str(id(rule)),
                "kind": rule.kind,
                "params": rule.params,
                "left": rule.left,
                "every": rule.every,
                "probability": rule.probability,
                "method": rule.method,
                "route": rule.route,
                "event": rule.event,
                "user_id": rule.user_id,
                "used": rule.used,
            }
            for rule in faults.rules()
        ],
        "counts": dict(faults.counts),
        "now": world.now(),
    }
