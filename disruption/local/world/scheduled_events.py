"""Scheduled events of guilds, and who is interested in them.

See https://discord.com/developers/docs/resources/guild-scheduled-event
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..clock import DISCORD_EPOCH, seconds
from .errors import WorldError, unknown
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["MOST_EVENTS", "ScheduledEvents"]

STAGE_INSTANCE, VOICE, EXTERNAL = 1, 2, 3
SCHEDULED, ACTIVE, COMPLETED, CANCELED = 1, 2, 3, 4

#: Events of one guild that are neither over nor cancelled.
MOST_EVENTS = 100

_OVER = frozenset({COMPLETED, CANCELED})
#: What may follow each status.
_NEXT = {SCHEDULED: {SCHEDULED, ACTIVE, CANCELED}, ACTIVE: {ACTIVE, COMPLETED}}
_FIELDS = (
    *("channel_id", "name", "description", "image", "scheduled_start_time", "scheduled_end_time"),
    *("privacy_level", "status", "entity_type", "entity_metadata", "recurrence_rule"),
)


class ScheduledEvents:
    """The scheduled events of all guilds; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._events: dict[str, dict[str, Any]] = {}
        # event id, or "event id/exception id" -> user id -> whether they come
        self._answers: dict[str, dict[str, bool]] = {}

    def create(self, guild_id: str, creator_id: str | None, **fields: Any) -> dict[str, Any]:
        """Schedule an event; `fields` are those of the API."""
        with self._world.lock:
            self._world.guilds.state(guild_id)
            running = [item for item in self._where(guild_id) if item["status"] not in _OVER]
            if len(running) >= MOST_EVENTS:
                text = (
                    f"Maximum number of uncompleted guild scheduled events reached ({MOST_EVENTS})"
                )
                raise WorldError(400, 30038, text)
            event_id = self._world.ids.next()
            event: dict[str, Any] = {
                "id": event_id,
                "guild_id": guild_id,
                "channel_id": None,
                "creator_id": creator_id,
                "name": "",
                "description": None,
                "image": None,
                "scheduled_start_time": None,
                "scheduled_end_time": None,
                "privacy_level": 2,
                "status": SCHEDULED,
                "entity_type": EXTERNAL,
                "entity_id": None,
                "entity_metadata": None,
                "recurrence_rule": None,
                "guild_scheduled_event_exceptions": [],
            }
            event.update({key: clone(value) for key, value in fields.items() if key in _FIELDS})
            self._events[event_id] = event
            self._answers[event_id] = {}
            self.set_alarm(event_id)
            self._announce("GUILD_SCHEDULED_EVENT_CREATE", event)
            self._record("CREATE", event_id, guild_id, after=event)
            return self.get(guild_id, event_id)

    def get(self, guild_id: str, event_id: str, *, with_count: bool = False) -> dict[str, Any]:
        """Return an event."""
        with self._world.lock:
            event = self._state(guild_id, event_id)
            data = {key: clone(value) for key, value in event.items()}
            if event["creator_id"] is not None:
                data["creator"] = self._world.users.get(event["creator_id"])
            if with_count:
                data["user_count"] = self.count(event_id)
            return data

    def list(self, guild_id: str, *, with_count: bool = False) -> builtins.list[dict[str, Any]]:
        """Return the events of a guild that are not over."""
        with self._world.lock:
            self._world.guilds.state(guild_id)
            return [
                self.get(guild_id, item["id"], with_count=with_count)
                for item in self._where(guild_id)
                if item["status"] not in _OVER
            ]

    def update(self, guild_id: str, event_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change an event, or start, end or cancel it by its status.

        Raises:
            WorldError: 180000 when it is over, 50035 for a status that cannot follow.
        """
        with self._world.lock:
            event = self._state(guild_id, event_id)
            if event["status"] in _OVER:
                raise WorldError(400, 180000, "Cannot update a finished event")
            status = changes.get("status")
            if status is not None and status not in _NEXT[event["status"]]:
                errors = {"code": "TRANSITION_INVALID", "message": "Invalid status transition"}
                raise WorldError(400, 50035, "Invalid Form Body", {"status": {"_errors": [errors]}})
            before = clone(event)
            event.update({key: clone(value) for key, value in changes.items() if key in _FIELDS})
            self.set_alarm(event_id)
            self._announce("GUILD_SCHEDULED_EVENT_UPDATE", event)
            self._record("UPDATE", event_id, guild_id, before=before, after=event)
            return self.get(guild_id, event_id)

    def delete(self, guild_id: str, event_id: str) -> None:
        """Delete an event."""
        with self._world.lock:
            event = self._state(guild_id, event_id)
            self._drop(event_id)
            self._announce("GUILD_SCHEDULED_EVENT_DELETE", event)
            self._record("DELETE", event_id, guild_id, before=event)

    def interest(self, guild_id: str, event_id: str, user_id: str, interested: bool) -> None:
        """Note that a user is interested in an event, or no longer is."""
        with self._world.lock:
            self._state(guild_id, event_id)
            answers = self._answers[event_id]
            if (user_id in answers) == interested:
                return
            if interested:
                answers[user_id] = True
            else:
                del answers[user_id]
            data = {
                "guild_scheduled_event_id": event_id,
                "user_id": user_id,
                "guild_id": guild_id,
            }
            name = "ADD" if interested else "REMOVE"
            self._world.announce(f"GUILD_SCHEDULED_EVENT_USER_{name}", data, guild_id=guild_id)

    def users(
        self,
        guild_id: str,
        event_id: str,
        *,
        exception_id: str | None = None,
        with_member: bool = False,
    ) -> builtins.list[dict[str, Any]]:
        """Return who is interested in an event, in the order of their ids."""
        with self._world.lock:
            self._state(guild_id, event_id)
            key = event_id if exception_id is None else f"{event_id}/{exception_id}"
            members = self._world.guilds.state(guild_id).members
            found = []
            for user_id in sorted(self._answers.get(key, {}), key=int):
                data: dict[str, Any] = {
                    "guild_scheduled_event_id": event_id,
                    "guild_scheduled_event_exception_id": exception_id,
                    "user_id": user_id,
                    "user": self._world.users.get(user_id),
                    "response": 1,
                }
                if with_member and user_id in members:
                    data["member"] = self._world.members.get(guild_id, user_id)
                found.append(data)
            return found

    def count(self, event_id: str, exception_id: str | None = None) -> int:
        """Return how many are interested in an event, or in one of its recurrences."""
        key = event_id if exception_id is None else f"{event_id}/{exception_id}"
        return len(self._answers.get(key, {}))

    def add_exception(
        self, guild_id: str, event_id: str, original_start: str, **fields: Any
    ) -> dict[str, Any]:
        """Move or cancel one recurrence of an event; its id is made of the time it replaces."""
        with self._world.lock:
            event = self._state(guild_id, event_id)
            if event["recurrence_rule"] is None:
                raise WorldError(400, 50035, "Only recurring events have exceptions")
            milliseconds = int((seconds(original_start) - DISCORD_EPOCH) * 1000)
            exception: dict[str, Any] = {
                "event_id": event_id,
                "event_exception_id": str(milliseconds << 22),
                "scheduled_start_time": fields.get("scheduled_start_time"),
                "scheduled_end_time": fields.get("scheduled_end_time"),
                "is_canceled": bool(fields.get("is_canceled")),
            }
            exceptions = event["guild_scheduled_event_exceptions"]
            key = exception["event_exception_id"]
            exceptions[:] = [item for item in exceptions if item["event_exception_id"] != key]
            exceptions.append(exception)
            self._announce("GUILD_SCHEDULED_EVENT_UPDATE", event)
            return dict(exception)

    def update_exception(
        self, guild_id: str, event_id: str, exception_id: str, changes: dict[str, Any]
    ) -> dict[str, Any]:
        """Change an exception."""
        with self._world.lock:
            event, exception = self._exception(guild_id, event_id, exception_id)
            exception.update(changes)
            self._announce("GUILD_SCHEDULED_EVENT_UPDATE", event)
            return dict(exception)

    def delete_exception(self, guild_id: str, event_id: str, exception_id: str) -> None:
        """Let a recurrence be like the others again."""
        with self._world.lock:
            event, exception = self._exception(guild_id, event_id, exception_id)
            event["guild_scheduled_event_exceptions"].remove(exception)
            self._announce("GUILD_SCHEDULED_EVENT_UPDATE", event)

    def forget(self, guild_id: str) -> None:
        """Drop the events of a guild."""
        for event in self._where(guild_id):
            self._drop(event["id"])

    def set_alarm(self, event_id: str) -> None:
        """Let an event that is nowhere on Discord begin and end by itself, in its time."""
        event = self._events[event_id]
        if event["entity_type"] != EXTERNAL:
            return
        for key, status in (("scheduled_start_time", ACTIVE), ("scheduled_end_time", COMPLETED)):
            if event[key] is not None and event["status"] < status:
                self._world.schedule.at(seconds(event[key]), self._turn(event_id, key, status))

    def restore(self) -> None:
        """Set the alarms of a world that was loaded."""
        for event_id in self._events:
            self.set_alarm(event_id)

    def _turn(self, event_id: str, key: str, status: int) -> Callable[[], None]:
        def turn() -> None:
            event = self._events.get(event_id)
            if event is None or event["status"] != status - 1 or event[key] is None:
                return
            if seconds(event[key]) <= self._world.clock.now():  # it may have been put off
                self.update(event["guild_id"], event_id, {"status": status})

        return turn

    def _exception(
        self, guild_id: str, event_id: str, exception_id: str
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        event = self._state(guild_id, event_id)
        for exception in event["guild_scheduled_event_exceptions"]:
            if exception["event_exception_id"] == exception_id:
                return event, exception
        raise unknown("scheduled event")

    def _drop(self, event_id: str) -> None:
        del self._events[event_id]
        for key in [key for key in self._answers if key.partition("/")[0] == event_id]:
            del self._answers[key]

    def _state(self, guild_id: str, event_id: str) -> dict[str, Any]:
        self._world.guilds.state(guild_id)
        event = self._events.get(event_id)
        if event is None or event["guild_id"] != guild_id:
            raise unknown("scheduled event")
        return event

    def _where(self, guild_id: str) -> builtins.list[dict[str, Any]]:
        return [event for event in self._events.values() if event["guild_id"] == guild_id]

    def _announce(self, name: str, event: dict[str, Any]) -> None:
        data = {**clone(event), "user_count": self.count(event["id"])}
        self._world.announce(name, data, guild_id=event["guild_id"])

    def _record(
        self,
        verb: str,
        event_id: str,
        guild_id: str,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        action = f"GUILD_SCHEDULED_EVENT_{verb}"
        before, after = before and _audited(before), after and _audited(after)
        self._world.audit.record(guild_id, action, event_id, before=before, after=after)


def _audited(event: dict[str, Any]) -> dict[str, Any]:
    return {key: event[key] for key in _FIELDS}
