"""What a bot may send over the gateway, checked before it is sent.

Each function returns a whole payload. See
https://discord.com/developers/docs/events/gateway-events#send-events
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from ..errors import InvalidArgument
from ..types.snowflakes import SnowflakeLike, snowflake_of

__all__ = [
    "CommandSender",
    "Payload",
    "SnowflakeLike",
    "Status",
    "presence_data",
    "request_channel_info",
    "request_guild_members",
    "request_soundboard_sounds",
    "snowflake",
    "update_presence",
    "update_voice_state",
]

Payload = dict[str, Any]
Status = Literal["online", "dnd", "idle", "invisible", "offline"]

MAX_NONCE = 32  # bytes
MAX_IDS = 100

_STATUSES = ("online", "dnd", "idle", "invisible", "offline")
_CHANNEL_FIELDS = ("status", "voice_start_time")


def snowflake(value: SnowflakeLike, what: str = "id") -> str:
    """Return an id as Discord's JSON has it.

    Raises:
        InvalidArgument: It is no id and has none.
    """
    return str(snowflake_of(value, what))


def presence_data(
    *,
    status: Status = "online",
    activities: Iterable[Mapping[str, Any] | Any] = (),
    since: int | None = None,
    afk: bool = False,
) -> Payload:
    """Return a presence, for an IDENTIFY or inside `update_presence`.

    Args:
        status: What the dot beside the bot's name shows.
        activities: Activities, or dictionaries with at least ``name`` and ``type``.
        since: When the bot went idle, in Unix milliseconds.
        afk: Whether the bot is away.

    Raises:
        InvalidArgument: The status does not exist, or an activity has no name.
    """
    if status not in _STATUSES:
        raise InvalidArgument(f"status={status!r} is none of {', '.join(_STATUSES)}")
    plain = [_activity(activity) for activity in activities]
    return {"status": str(status), "activities": plain, "since": since, "afk": bool(afk)}


def _activity(activity: Mapping[str, Any] | Any) -> Payload:
    to_dict = getattr(activity, "to_dict", None)
    data: Any = to_dict() if callable(to_dict) else activity
    if not isinstance(data, Mapping) or not data.get("name"):
        raise InvalidArgument(f"an activity needs a name: {activity!r}")
    return {"type": 0, **data}


def update_presence(
    *,
    status: Status = "online",
    activities: Iterable[Mapping[str, Any] | Any] = (),
    since: int | None = None,
    afk: bool = False,
) -> Payload:
    """Change what users see of the bot; the arguments are those of `presence_data`."""
    data = presence_data(status=status, activities=activities, since=since, afk=afk)
    return {"op": 3, "d": data}


def update_voice_state(
    guild_id: SnowflakeLike,
    channel_id: SnowflakeLike | None,
    *,
    self_mute: bool = False,
    self_deaf: bool = False,
) -> Payload:
    """Join, move to or (with None) leave a voice channel."""
    data = {
        "guild_id": snowflake(guild_id, "guild_id"),
        "channel_id": None if channel_id is None else snowflake(channel_id, "channel_id"),
        "self_mute": bool(self_mute),
        "self_deaf": bool(self_deaf),
    }
    return {"op": 4, "d": data}


def request_guild_members(
    guild_id: SnowflakeLike,
    *,
    query: str | None = None,
    limit: int = 0,
    user_ids: Iterable[SnowflakeLike] | None = None,
    presences: bool = False,
    nonce: str | None = None,
) -> Payload:
    """Ask for members; they come as GUILD_MEMBERS_CHUNK events.

    Args:
        guild_id: Of which guild.
        query: What the names begin with; empty, with a limit of 0, for all members.
        limit: How many at most.
        user_ids: Which ones, at most 100; instead of `query`.
        presences: Whether to send their presences too.
        nonce: Comes back in the chunks, at most 32 bytes.

    Raises:
        InvalidArgument: Neither or both of `query` and `user_ids` were given, or a limit of
            Discord's is passed.
    """
    if (query is None) == (user_ids is None):
        raise InvalidArgument("give either query (empty for all members) or user_ids")
    if limit < 0:
        raise InvalidArgument(f"limit={limit} is negative")
    data: Payload = {"guild_id": snowflake(guild_id, "guild_id"), "limit": limit}
    if query is not None:
        if query and not 1 <= limit <= MAX_IDS:
            raise InvalidArgument(f"a query needs a limit of 1 to {MAX_IDS}, not {limit}")
        data["query"] = query
    if user_ids is not None:
        ids = [snowflake(user, "user_ids") for user in user_ids]
        if not 1 <= len(ids) <= MAX_IDS:
            raise InvalidArgument(f"user_ids takes 1 to {MAX_IDS} ids, not {len(ids)}")
        data["user_ids"] = ids
    if presences:
        data["presences"] = True
    if nonce is not None:
        if len(nonce.encode()) > MAX_NONCE:
            raise InvalidArgument(f"a nonce has at most {MAX_NONCE} bytes")
        data["nonce"] = nonce
    return {"op": 8, "d": data}


def request_soundboard_sounds(guild_ids: Iterable[SnowflakeLike]) -> Payload:
    """Ask for the soundboard sounds of guilds; they come as SOUNDBOARD_SOUNDS events."""
    ids = [snowflake(guild, "guild_ids") for guild in guild_ids]
    if not ids:
        raise InvalidArgument("guild_ids is empty")
    return {"op": 31, "d": {"guild_ids": ids}}


def request_channel_info(
    guild_id: SnowflakeLike, fields: Sequence[str] = _CHANNEL_FIELDS
) -> Payload:
    """Ask for fields of a guild's channels that no other event tells; a CHANNEL_INFO comes."""
    if isinstance(fields, str) or not fields or not all(isinstance(f, str) and f for f in fields):
        raise InvalidArgument("fields takes a list of field names, as in ['status']")
    return {"op": 43, "d": {"guild_id": snowflake(guild_id, "guild_id"), "fields": list(fields)}}


class CommandSender:
    """The commands as methods, for a class that can `send` a payload."""

    def send(self, payload: Mapping[str, Any] | bytes, *, timeout: float | None = 30.0) -> None:
        """Send a whole payload, waiting for a session and for the send limit."""
        raise NotImplementedError

    def update_presence(
        self,
        *,
        status: Status = "online",
        activities: Iterable[Mapping[str, Any] | Any] = (),
        since: int | None = None,
        afk: bool = False,
        timeout: float | None = 30.0,
    ) -> None:
        """Change what users see of the bot, also after later reconnects.

        Args:
            status: What the dot beside the bot's name shows.
            activities: Activities, or dictionaries with at least ``name`` and ``type``.
            since: When the bot went idle, in Unix milliseconds.
            afk: Whether the bot is away.
            timeout: Seconds to wait for a session and for the limit of 5 in 20 s.

        See https://discord.com/developers/docs/events/gateway-events#update-presence
        """
        payload = update_presence(status=status, activities=activities, since=since, afk=afk)
        self.send(payload, timeout=timeout)

    def update_voice_state(
        self,
        guild_id: SnowflakeLike,
        channel_id: SnowflakeLike | None,
        *,
        self_mute: bool = False,
        self_deaf: bool = False,
        timeout: float | None = 30.0,
    ) -> None:
        """Join, move to or (with None) leave a voice channel.

        See https://discord.com/developers/docs/events/gateway-events#update-voice-state
        """
        payload = update_voice_state(guild_id, channel_id, self_mute=self_mute, self_deaf=self_deaf)
        self.send(payload, timeout=timeout)

    def request_soundboard_sounds(
        self, guild_ids: Iterable[SnowflakeLike], *, timeout: float | None = 30.0
    ) -> None:
        """Ask for the soundboard sounds of guilds; they come as SOUNDBOARD_SOUNDS events.

        See https://discord.com/developers/docs/events/gateway-events#request-soundboard-sounds
        """
        self.send(request_soundboard_sounds(guild_ids), timeout=timeout)

    def request_channel_info(
        self,
        guild_id: SnowflakeLike,
        fields: Sequence[str] = _CHANNEL_FIELDS,
        *,
        timeout: float | None = 30.0,
    ) -> None:
        """Ask for fields of a guild's channels that no other event tells; a CHANNEL_INFO comes.

        See https://discord.com/developers/docs/events/gateway-events#request-channel-info
        """
        self.send(request_channel_info(guild_id, fields), timeout=timeout)
