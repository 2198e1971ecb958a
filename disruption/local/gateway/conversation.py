"""What one connection says to the gateway, and what the gateway makes of it: rules, no threads.

See https://discord.com/developers/docs/events/gateway#connection-lifecycle
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from ..world import WorldError
from ..world.events import from_json
from .intents import ALL
from .limits import SendLimit
from .members import is_whole
from .opcodes import Op
from .session import Link, Session, control

if TYPE_CHECKING:
    from .hub import Hub

__all__ = ["MAX_PAYLOAD", "Conversation"]

_log = logging.getLogger("disruption.local.gateway")

#: Bytes a client may send in one payload.
MAX_PAYLOAD = 4096

#: The versions of the gateway that are spoken; events are the same in both.
VERSIONS = ("9", "10")


class Conversation:
    """One connection from HELLO on. Its methods are called by the connection's reader alone."""

    def __init__(self, hub: Hub, link: Link, version: str | None) -> None:
        self._hub = hub
        self._link = link
        self._version = version if version is not None else VERSIONS[-1]
        self._limit = SendLimit()
        self.beat_at = time.monotonic()  # when the client last showed a sign of life
        self.session: Session | None = None
        self._handlers = {
            Op.HEARTBEAT: self._heartbeat,
            Op.IDENTIFY: self._identify,
            Op.PRESENCE: self._presence,
            Op.VOICE_STATE: self._voice_state,
            Op.RESUME: self._resume,
            Op.REQUEST_MEMBERS: self._request_members,
            Op.REQUEST_SOUNDBOARD: self._request_soundboard,
            Op.REQUEST_CHANNEL_INFO: self._request_channel_info,
        }

    def open(self) -> None:
        """Say HELLO."""
        if self._version not in VERSIONS:
            self._link.close(4012)
            return
        if self._hub.faults.for_gateway("hello") is not None:
            return
        interval = round(self._hub.heartbeat_interval * 1000)
        self._send(Op.HELLO, {"heartbeat_interval": interval, "_trace": ['["disruption-local"]']})

    def receive(self, message: str | bytes) -> None:
        """Take one message of the client."""
        raw = message.encode(errors="surrogatepass") if isinstance(message, str) else message
        if not self._limit.allows(time.monotonic()):
            self._link.close(4008)
            return
        if len(raw) > MAX_PAYLOAD:
            self._link.close(4002, f"Payloads may have {MAX_PAYLOAD} bytes.")
            return
        try:
            payload = from_json(raw)
        except ValueError:
            payload = None
        if not isinstance(payload, dict) or type(payload.get("op")) is not int:
            self._link.close(4002)
            return
        handler = self._handlers.get(payload["op"])
        if handler is None:
            self._link.close(4001)
            return
        if self.session is None and payload["op"] not in (Op.HEARTBEAT, Op.IDENTIFY, Op.RESUME):
            self._link.close(4003)
            return
        try:
            handler(payload.get("d"))
        except _Malformed as error:
            self._link.close(4002, str(error))

    def _heartbeat(self, data: Any) -> None:
        if data is not None and type(data) is not int:
            raise _Malformed("A heartbeat carries the last sequence number, or null.")
        self.beat_at = time.monotonic()
        if self._hub.faults.for_gateway("heartbeat", user_id=self._user_id()) is None:
            self._send(Op.ACK, None)

    def _identify(self, data: Any) -> None:
        fields = _object(data)
        if self.session is not None:
            self._link.close(4005)
            return
        account = self._hub.world.authenticate(str(fields.get("token", "")).strip())
        if account is None or account.grant is not None:  # OAuth2 gives nobody a gateway
            self._link.close(4004)
            return
        if not isinstance(fields.get("properties"), dict):
            raise _Malformed("properties are missing.")
        threshold = fields.get("large_threshold", 50)
        if type(threshold) is not int or not 50 <= threshold <= 250:
            raise _Malformed("large_threshold is between 50 and 250.")
        shard = _shard(fields.get("shard"))
        if shard is None:
            self._link.close(4010)
            return
        intents = fields.get("intents")
        if type(intents) is not int or intents < 0 or intents & ~ALL:
            self._link.close(4013)
            return
        if account.application_id is None:
            intents = ALL  # a person sees what a person sees
        elif self._hub.disallowed(account, intents):
            self._link.close(4014)
            return
        fault = self._hub.faults.for_gateway("identify", user_id=account.user_id)
        if fault is not None:
            if fault.kind == "refuse_identify":
                self._send(Op.INVALID_SESSION, False)
            return
        if fields.get("compress") is True:
            self._link.compress_payloads()
        refusal = self._hub.identify(
            self._link,
            account,
            version=int(self._version),
            intents=intents,
            shard=shard,
            with_shard="shard" in fields,
            large_threshold=threshold,
            presence=fields.get("presence"),
        )
        self._answer(refusal)

    def _resume(self, data: Any) -> None:
        fields = _object(data)
        if self.session is not None:
            self._link.close(4005)
            return
        sequence = fields.get("seq")
        if type(sequence) is not int or not isinstance(fields.get("session_id"), str):
            raise _Malformed("A resume needs token, session_id and seq.")
        account = self._hub.world.authenticate(str(fields.get("token", "")).strip())
        if account is None:
            self._link.close(4004)
            return
        fault = self._hub.faults.for_gateway("resume", user_id=account.user_id)
        if fault is not None and fault.kind == "no_resumed":
            return
        if fault is not None:
            self._hub.forget(fields["session_id"], "a fault refused its resume")
        self._answer(self._hub.resume(self._link, account, fields["session_id"], sequence))

    def _answer(self, refusal: int | None) -> None:
        """Answer with op 9 or a close code; None means that the session is served."""
        if refusal == Op.INVALID_SESSION:
            self._send(Op.INVALID_SESSION, False)
        elif refusal is not None:
            self._link.close(refusal)

    def _presence(self, data: Any) -> None:
        fields = _object(data)
        activities = fields.get("activities")
        if not isinstance(fields.get("status"), str) or not isinstance(activities or [], list):
            raise _Malformed("A presence has a status and a list of activities.")
        self._hub.show(self._user_id(), fields)

    def _voice_state(self, data: Any) -> None:
        fields = _object(data)
        guild_id = _snowflake(fields.get("guild_id"))
        channel = fields.get("channel_id")
        channel_id = None if channel is None else _snowflake(channel)
        world, user_id = self._hub.world, self._user_id()
        try:
            with world.lock:
                world.voice.set(
                    guild_id,
                    user_id,
                    channel_id=channel_id,
                    self_mute=bool(fields.get("self_mute")),
                    self_deaf=bool(fields.get("self_deaf")),
                )
                if channel_id is not None:
                    # There is no voice server to go to, which a null endpoint says.
                    server = {"token": "local", "guild_id": guild_id, "endpoint": None}
                    world.announce(
                        "VOICE_SERVER_UPDATE", server, guild_id=guild_id, user_ids=(user_id,)
                    )
        except WorldError as error:
            _log.info("A voice state update was ignored: %s", error)

    def _request_members(self, data: Any) -> None:
        fields = _object(data)
        guild = fields.get("guild_id")
        # Clients written for older versions send a list of one.
        guild_id = _snowflake(guild[0] if isinstance(guild, list) and guild else guild)
        if fields.get("user_ids") is None and type(fields.get("limit", 0)) is not int:
            raise _Malformed("limit is a number.")
        session = self.session  # a fault or a resume elsewhere may take it at any moment
        if session is not None:
            self._hub.request_members(session, guild_id, fields, whole=is_whole(fields))

    def _request_soundboard(self, data: Any) -> None:
        guild_ids = _object(data).get("guild_ids")
        if not isinstance(guild_ids, list):
            raise _Malformed("guild_ids is a list.")
        wanted = [_snowflake(guild) for guild in guild_ids]
        session = self.session
        if session is not None:
            self._hub.send_soundboard(session, wanted)

    def _request_channel_info(self, data: Any) -> None:
        fields = _object(data)
        wanted = fields.get("fields")
        if not isinstance(wanted, list):
            raise _Malformed("fields is a list.")
        guild_id = _snowflake(fields.get("guild_id"))
        session = self.session
        if session is not None:
            self._hub.send_channel_info(session, guild_id, [str(item) for item in wanted])

    def _send(self, opcode: int, data: Any) -> None:
        self._link.send(control(opcode, data))

    def _user_id(self) -> str:
        return self.session.account.user_id if self.session is not None else ""


class _Malformed(Exception):
    """A payload that does not have its documented form."""


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise _Malformed("d is an object.")
    return data


def _snowflake(value: Any) -> str:
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal()):
        raise _Malformed("An id is missing or is not a snowflake.")
    return text


def _shard(value: Any) -> tuple[int, int] | None:
    if value is None:
        return 0, 1
    if not isinstance(value, list) or len(value) != 2:
        return None
    shard_id, count = value
    if type(shard_id) is not int or type(count) is not int or not 0 <= shard_id < count:
        return None
    return shard_id, count
