"""Scheduled events of a guild.

See https://discord.com/developers/docs/resources/guild-scheduled-event
"""

from __future__ import annotations

from typing import Any

from ...world.channels import STAGE
from ...world.channels import VOICE as VOICE_CHANNEL
from ...world.permissions import BITS
from ...world.scheduled_events import EXTERNAL, STAGE_INSTANCE, VOICE
from ..errors import WorldError, form_error, missing_permissions
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_EVENTS = "/guilds/{guild_id}/scheduled-events"
_EVENT = "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}"
_EXCEPTION = _EVENT + "/exceptions/{exception_id}"

_CHANNEL_TYPE = {STAGE_INSTANCE: STAGE, VOICE: VOICE_CHANNEL}


@routes.get(_EVENTS)
def list_scheduled_events_for_guild(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the events of a guild that are not over."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    events = call.world.scheduled_events.list(guild_id, with_count=call.flag("with_user_count"))
    return [event for event in events if _sees(call, event)]


@routes.post(_EVENTS)
def create_guild_scheduled_event(call: Call, guild_id: str) -> dict[str, Any]:
    """Schedule an event."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    fields = _fields(call, create=True)
    _check_place(call, guild_id, fields)
    _require(call, guild_id, fields.get("channel_id"), "CREATE_EVENTS")
    if call.body.get("image") is not None:
        fields["image"] = call.server.files.image("image", call.body["image"])
    return call.world.scheduled_events.create(guild_id, call.user_id, **fields)


@routes.get(_EVENT)
def get_guild_scheduled_event(
    call: Call, guild_id: str, guild_scheduled_event_id: str
) -> dict[str, Any]:
    """Return one event."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    event = call.world.scheduled_events.get(
        guild_id, guild_scheduled_event_id, with_count=call.flag("with_user_count")
    )
    if not _sees(call, event):
        raise WorldError(403, 50001, "Missing Access")
    return event


@routes.patch(_EVENT)
def modify_guild_scheduled_event(
    call: Call, guild_id: str, guild_scheduled_event_id: str
) -> dict[str, Any]:
    """Change an event, or start, end or cancel it."""
    event = _managed(call, guild_id, guild_scheduled_event_id)
    fields = _fields(call, create=False)
    if fields.get("entity_type") == EXTERNAL:
        fields["channel_id"] = None
    if {"entity_type", "channel_id", "entity_metadata", "scheduled_end_time"} & set(fields):
        _check_place(call, guild_id, {**event, **fields})
    if "image" in call.body:
        fields["image"] = call.server.files.image("image", call.body["image"])
    return call.world.scheduled_events.update(guild_id, guild_scheduled_event_id, fields)


@routes.delete(_EVENT)
def delete_guild_scheduled_event(call: Call, guild_id: str, guild_scheduled_event_id: str) -> None:
    """Delete an event."""
    _managed(call, guild_id, guild_scheduled_event_id)
    call.world.scheduled_events.delete(guild_id, guild_scheduled_event_id)


@routes.get(_EVENT + "/users")
def get_guild_scheduled_event_users(
    call: Call, guild_id: str, guild_scheduled_event_id: str
) -> list[dict[str, Any]]:
    """Return who is interested, in the order of their ids."""
    get_guild_scheduled_event(call, guild_id, guild_scheduled_event_id)
    return _users(call, guild_id, guild_scheduled_event_id, None)


@routes.get(_EVENT + "/{guild_scheduled_event_exception_id}/users")
def get_guild_scheduled_event_exception_users(
    call: Call,
    guild_id: str,
    guild_scheduled_event_id: str,
    guild_scheduled_event_exception_id: str,
) -> list[dict[str, Any]]:
    """Return who is interested in one recurrence."""
    get_guild_scheduled_event(call, guild_id, guild_scheduled_event_id)
    key = guild_scheduled_event_exception_id
    return _users(call, guild_id, guild_scheduled_event_id, key)


@routes.get(_EVENT + "/users/counts")
def get_guild_scheduled_event_user_counts(
    call: Call, guild_id: str, guild_scheduled_event_id: str
) -> dict[str, Any]:
    """Return how many are interested, in the event and in recurrences of it."""
    get_guild_scheduled_event(call, guild_id, guild_scheduled_event_id)
    count = call.world.scheduled_events.count
    asked = call.snowflakes("guild_scheduled_event_exception_ids")
    counts = {key: count(guild_scheduled_event_id, key) for key in asked}
    return {
        "guild_scheduled_event_count": count(guild_scheduled_event_id),
        "guild_scheduled_event_exception_counts": counts,
    }


@routes.post(_EVENT + "/exceptions")
def create_guild_scheduled_event_exception(
    call: Call, guild_id: str, guild_scheduled_event_id: str
) -> dict[str, Any]:
    """Move or cancel one recurrence of an event."""
    _managed(call, guild_id, guild_scheduled_event_id)
    fields = _exception_fields(call, create=True)
    start = fields.pop("original_scheduled_start_time")
    events = call.world.scheduled_events
    return events.add_exception(guild_id, guild_scheduled_event_id, start, **fields)


@routes.patch(_EXCEPTION)
def modify_guild_scheduled_event_exception(
    call: Call, guild_id: str, guild_scheduled_event_id: str, exception_id: str
) -> dict[str, Any]:
    """Change what is different about one recurrence."""
    _managed(call, guild_id, guild_scheduled_event_id)
    changes = _exception_fields(call, create=False)
    events = call.world.scheduled_events
    return events.update_exception(guild_id, guild_scheduled_event_id, exception_id, changes)


@routes.delete(_EXCEPTION)
def delete_guild_scheduled_event_exception(
    call: Call, guild_id: str, guild_scheduled_event_id: str, exception_id: str
) -> None:
    """Let a recurrence be like the others again."""
    _managed(call, guild_id, guild_scheduled_event_id)
    events = call.world.scheduled_events
    events.delete_exception(guild_id, guild_scheduled_event_id, exception_id)


@routes.put(_EVENT + "/users/@me")
def join_guild_scheduled_event(call: Call, guild_id: str, guild_scheduled_event_id: str) -> None:
    """Be interested in an event, as a person's client says it."""
    _interest(call, guild_id, guild_scheduled_event_id, True)


@routes.delete(_EVENT + "/users/@me")
def leave_guild_scheduled_event(call: Call, guild_id: str, guild_scheduled_event_id: str) -> None:
    """Be interested no longer, as a person's client says it."""
    _interest(call, guild_id, guild_scheduled_event_id, False)


def _interest(call: Call, guild_id: str, event_id: str, interested: bool) -> None:
    if call.account is None or call.account.is_bot:
        raise WorldError(403, 20001, "Bots cannot use this endpoint")
    get_guild_scheduled_event(call, guild_id, event_id)
    call.world.scheduled_events.interest(guild_id, event_id, call.user_id, interested)


def _fields(call: Call, *, create: bool) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    body.string("name", required=create, low=1, high=100)
    body.string("description", low=0, high=1000)
    body.integer("privacy_level", required=create, choices=(2,))
    body.integer("entity_type", required=create, choices=(1, 2, 3))
    body.timestamp("scheduled_start_time", required=create)
    body.timestamp("scheduled_end_time")
    body.snowflake("channel_id")
    metadata = body.child("entity_metadata")
    if metadata is not None:
        metadata.string("location", low=1, high=100)
    if not create:
        body.integer("status", choices=(1, 2, 3, 4))
    _recurrence(body)
    form.check()
    clean = dict(body.clean)
    start, end = clean.get("scheduled_start_time"), clean.get("scheduled_end_time")
    if create and start and Body.moment(start).timestamp() <= call.world.clock.now():
        text = "Cannot schedule event in the past."
        raise form_error("scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", text)
    if start and end and Body.moment(end) <= Body.moment(start):
        text = "Cannot end event before start."
        raise form_error("scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START", text)
    keep_null = ("description", "scheduled_end_time", "channel_id", "recurrence_rule")
    return {key: value for key, value in clean.items() if value is not None or key in keep_null}


def _recurrence(body: Body) -> None:
    rule = body.child("recurrence_rule")
    if rule is None:
        return
    rule.timestamp("start", required=True)
    rule.timestamp("end")
    rule.integer("frequency", required=True, choices=(0, 1, 2, 3))
    rule.integer("interval", low=1)
    rule.integers("by_weekday", choices=tuple(range(7)))
    for item in rule.children("by_n_weekday", high=7):
        item.integer("n", required=True, low=1, high=5)
        item.integer("day", required=True, low=0, high=6)
    rule.integers("by_month", choices=tuple(range(1, 13)))
    rule.integers("by_month_day", choices=(-1, *range(1, 32)))
    rule.integers("by_year_day", choices=(-1, *range(1, 366)))
    rule.integer("count", low=1)
    nullable = ("end", "by_weekday", "by_n_weekday", "by_month", "by_month_day", "by_year_day")
    rule.clean = {**dict.fromkeys((*nullable, "count")), "interval": 1, **rule.clean}
    body.clean["recurrence_rule"] = rule.clean


def _check_place(call: Call, guild_id: str, event: dict[str, Any]) -> None:
    """Check that an event has what its kind needs: a channel, or a place and an end."""
    kind, required = event["entity_type"], "This field is required"
    if kind == EXTERNAL:
        if not (event.get("entity_metadata") or {}).get("location"):
            raise form_error("entity_metadata.location", "BASE_TYPE_REQUIRED", required)
        if event.get("scheduled_end_time") is None:
            raise form_error("scheduled_end_time", "BASE_TYPE_REQUIRED", required)
        if event.get("channel_id") is not None:
            text = "External events have no channel"
            raise form_error("channel_id", "GUILD_SCHEDULED_EVENT_CHANNEL_INVALID", text)
        return
    channel_id = event.get("channel_id")
    if channel_id is None:
        raise form_error("channel_id", "BASE_TYPE_REQUIRED", required)
    channel = call.world.channels.get(channel_id)
    if channel.get("guild_id") != guild_id or channel["type"] != _CHANNEL_TYPE[kind]:
        raise WorldError(400, 50024, "Cannot execute action on this channel type")
    event["entity_metadata"] = None


def _require(call: Call, guild_id: str, channel_id: str | None, permission: str) -> None:
    if channel_id is None:
        call.world.permissions.require_guild(call.user_id, guild_id, permission)
    else:
        call.world.permissions.require(call.user_id, channel_id, permission)


def _managed(call: Call, guild_id: str, event_id: str) -> dict[str, Any]:
    """Return an event that the caller may change: anyone's, or one of their own."""
    event = get_guild_scheduled_event(call, guild_id, event_id)
    permissions, channel_id = call.world.permissions, event["channel_id"]
    allowed = (
        permissions.in_guild(guild_id, call.user_id)
        if channel_id is None
        else permissions.in_channel(channel_id, call.user_id)
    )
    own = event["creator_id"] == call.user_id
    needed = BITS["MANAGE_EVENTS"] | (BITS["CREATE_EVENTS"] if own else 0)
    if not allowed & needed:
        raise missing_permissions()
    return event


def _sees(call: Call, event: dict[str, Any]) -> bool:
    channel_id = event["channel_id"]
    if channel_id is None or not call.world.channels.exists(channel_id):
        return True
    return call.world.permissions.sees(channel_id, call.user_id)


def _users(
    call: Call, guild_id: str, event_id: str, exception_id: str | None
) -> list[dict[str, Any]]:
    limit = call.integer("limit", 100, 1, 100)
    before, after = call.snowflake("before"), call.snowflake("after")
    users = call.world.scheduled_events.users(
        guild_id, event_id, exception_id=exception_id, with_member=call.flag("with_member")
    )
    if before is not None:
        return [item for item in users if int(item["user_id"]) < int(before)][-limit:]
    if after is not None:
        users = [item for item in users if int(item["user_id"]) > int(after)]
    return users[:limit]


def _exception_fields(call: Call, *, create: bool) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    if create:
        body.timestamp("original_scheduled_start_time", required=True)
    body.timestamp("scheduled_start_time")
    body.timestamp("scheduled_end_time")
    body.boolean("is_canceled")
    form.check()
    clean = dict(body.clean)
    if clean.get("is_canceled", False) is None:
        clean["is_canceled"] = False
    return clean
