"""Every session of the gateway: who gets which event, and who may come back for it.

All state here is guarded by the world's lock, so that READY, the guilds after it and the events
that follow fit together: no change falls between them, and none is told twice.
"""

from __future__ import annotations

import logging
import secrets
from collections import Counter
from typing import Any

from ..faults import Faults
from ..traffic import Traffic
from ..world import Account, Event, World, WorldError
from ..world.events import to_json
from .content import HIDEABLE, hides_content, without_content
from .intents import INTENTS
from .limits import IdentifyLimits
from .members import member_chunks
from .opcodes import Op
from .options import GatewayOptions
from .ready import guild_create, ready
from .session import Link, Session

__all__ = ["Hub"]

_log = logging.getLogger("disruption.local.gateway")

_PRIVILEGED = INTENTS["GUILD_PRESENCES"] | INTENTS["GUILD_MEMBERS"] | INTENTS["MESSAGE_CONTENT"]

#: Close codes of a client that will not come back.
_GOODBYE = frozenset({1000, 1001})


class Hub:
    """Knows the sessions and hears the world.

    Attributes:
        url: Where clients connect, for READY; set once the server listens.
        counts: Of what went wrong: `slow_client`.
        traffic: Hears what every connection sends and receives.
    """

    def __init__(
        self,
        world: World,
        faults: Faults,
        options: GatewayOptions,
        traffic: Traffic | None = None,
    ) -> None:
        self.world = world
        self.faults = faults
        self.options = options
        self.traffic = traffic if traffic is not None else Traffic()
        self.url = ""
        self.counts: Counter[str] = Counter()
        self._sessions: dict[str, Session] = {}
        self._by_user: dict[str, list[Session]] = {}
        self._limits: dict[str, IdentifyLimits] = {}  # by user id
        self._end = world.subscribe(self._hear)

    @property
    def heartbeat_interval(self) -> float:
        """Seconds between beats."""
        return self.options.heartbeat_interval

    def close(self) -> None:
        """Forget every session and hear no more of the world."""
        self._end()
        with self.world.lock:
            self._sessions.clear()
            self._by_user.clear()
            self.world.connected.clear()

    def session_start_limit(self, account: Account) -> dict[str, int]:
        """Return how many sessions an account may still start today, in Discord's form."""
        now = self.world.clock.now()
        with self.world.lock:
            limits = self._limits_of(account.user_id)
            return {
                "total": limits.total,
                "remaining": limits.remaining(now),
                "reset_after": round(limits.reset_after(now) * 1000),
                "max_concurrency": limits.max_concurrency,
            }

    def sessions(self, user_id: str | None = None) -> list[Session]:
        """Return the live sessions, of one account if given."""
        with self.world.lock:
            if user_id is not None:
                return list(self._by_user.get(user_id, ()))
            return list(self._sessions.values())

    def links(self, user_id: str | None = None) -> list[Link]:
        """Return the connections that serve a session, of one account if given."""
        with self.world.lock:
            return [item.link for item in self.sessions(user_id) if item.link is not None]

    def disallowed(self, account: Account, intents: int) -> int:
        """Return the privileged intents that are asked for but not switched on."""
        if account.application_id is None:
            return 0
        allowed = self.world.applications.allowed_intents(account.application_id)
        return intents & _PRIVILEGED & ~allowed

    def identify(
        self,
        link: Link,
        account: Account,
        *,
        version: int,
        intents: int,
        shard: tuple[int, int],
        with_shard: bool,
        large_threshold: int,
        presence: Any,
    ) -> int | None:
        """Start a session; returns op 9 or a close code when it cannot be."""
        now = self.world.clock.now()
        with self.world.lock:
            session = Session(
                secrets.token_hex(16),
                account,
                intents=intents,
                shard=shard,
                large_threshold=large_threshold,
                replay_limit=self.options.replay_limit,
            )
            guilds = [
                key for key in self.world.guilds.of_user(account.user_id) if session.serves(key)
            ]
            if len(guilds) > self.options.max_guilds_per_shard:
                return 4011
            if account.application_id is not None:
                limits = self._limits_of(account.user_id)
                if limits.too_soon(shard[0], now):
                    _log.info("Shard %d identified again too soon", shard[0])
                    return Op.INVALID_SESSION
                if not limits.remaining(now):
                    _log.warning("A bot has used up its session starts for today")
                    return 4004
                limits.start(shard[0], now)
            self._expire_old(now)
            given = presence if isinstance(presence, dict) else {}
            self.show(account.user_id, {"status": "online", **given})
            self._sessions[session.id] = session
            self._by_user.setdefault(account.user_id, []).append(session)
            self.world.connected.add(account.user_id)
            session.link = link
            link.attach(session)
            data = ready(self.world, session, guilds, self.url, with_shard=with_shard)
            data["v"] = version
            session.dispatch("READY", to_json(data))
            if intents & INTENTS["GUILDS"]:
                for guild_id in guilds:
                    if self.world.guilds.state(guild_id).available:
                        whole = self.world.guilds.create_payload(guild_id, account.user_id)
                        session.dispatch("GUILD_CREATE", to_json(guild_create(whole, session)))
            self.world.changed.notify_all()
            return None

    def resume(self, link: Link, account: Account, session_id: str, after: int) -> int | None:
        """Take a bot back into its session; returns op 9 or a close code when it cannot be."""
        with self.world.lock:
            self._expire_old(self.world.clock.now())
            session = self._sessions.get(session_id)
            if session is None or session.account != account:
                return Op.INVALID_SESSION
            if not 0 <= after <= session.sequence:
                self._remove(session, "it was resumed with a sequence number from the future")
                return 4007
            if not session.can_replay(after):
                self._remove(session, "events it has missed are no longer kept")
                return Op.INVALID_SESSION
            if session.link is not None:
                # The old connection is dead or about to be: the new one takes over.
                session.link.attach(None)
                session.link.drop()
            session.link = link
            link.attach(session)
            missed = list(session.replay(after))
            resumed = session.number("RESUMED", b'{"_trace":["[\\"disruption-local\\"]"]}')
            link.send_events([*missed, ("RESUMED", resumed)])
            self.world.changed.notify_all()
            return None

    def lost(self, session: Session | None, link: Link, close_code: int | None) -> None:
        """Note that a connection has ended, and with which code its client closed it."""
        with self.world.lock:
            if session is None or session.link is not link:
                return
            session.link = None
            session.away_since = self.world.clock.now()
            if close_code in _GOODBYE:
                self._remove(session, f"its bot closed with {close_code}")
            else:
                # It shows as online until nobody can resume it any more.
                end = session.away_since + self.options.resume_window
                self.world.schedule.at(end, lambda: self._expire_old(self.world.clock.now()))
            self.world.changed.notify_all()

    def forget(self, session_id: str, reason: str) -> None:
        """Drop a session, so that it cannot be resumed."""
        with self.world.lock:
            session = self._sessions.get(session_id)
            if session is not None:
                self._remove(session, reason)

    def expire(self, session: Session | None) -> None:
        """Drop a session whose bot does not beat."""
        if session is not None:
            self.forget(session.id, "its bot sent no heartbeat")

    def invalidate(self, session: Session, resumable: bool) -> None:
        """Let an op 9 take a session from its connection."""
        with self.world.lock:
            link, session.link = session.link, None
            session.away_since = self.world.clock.now()
            if link is not None:
                link.attach(None)
            if not resumable:
                self._remove(session, "a fault made it invalid")

    def show(self, user_id: str, fields: dict[str, Any]) -> None:
        """Show what a client says about itself.

        One that is connected is not offline, and Discord lets it say so in vain, as it does with
        an empty status; invisible is what it may be.
        """
        status = str(fields["status"])
        shown = "online" if status in ("offline", "") else status
        try:
            self.world.presences.set(user_id, shown, fields.get("activities"))
        except WorldError as error:
            _log.info("A presence was ignored: %s", error)

    def request_members(
        self, session: Session, guild_id: str, request: dict[str, Any], *, whole: bool
    ) -> None:
        """Answer op 8 with chunks, or with RATE_LIMITED."""
        world = self.world
        with world.lock:
            if not world.guilds.exists(guild_id) or not session.serves(guild_id):
                return
            if session.account.user_id not in world.guilds.state(guild_id).members:
                return
            if whole and not session.intents & INTENTS["GUILD_MEMBERS"]:
                _log.warning("All members were requested without GUILD_MEMBERS: no answer")
                return
            wait = self._member_wait(session, guild_id) if whole else 0.0
            if wait:
                meta = {"guild_id": guild_id}
                if isinstance(request.get("nonce"), str):
                    meta["nonce"] = request["nonce"]
                data = {"opcode": Op.REQUEST_MEMBERS, "retry_after": wait, "meta": meta}
                session.dispatch("RATE_LIMITED", to_json(data))
                return
            presences = bool(session.intents & INTENTS["GUILD_PRESENCES"])
            for chunk in member_chunks(world, guild_id, request, may_see_presences=presences):
                session.dispatch("GUILD_MEMBERS_CHUNK", to_json(chunk))

    def send_soundboard(self, session: Session, guild_ids: list[str]) -> None:
        """Answer op 31 with one event for each guild the bot is in."""
        with self.world.lock:
            mine = self.world.guilds.of_user(session.account.user_id)
            for guild_id in guild_ids:
                if guild_id in mine:
                    sounds = self.world.soundboard.list(guild_id)
                    data = {"guild_id": guild_id, "soundboard_sounds": sounds}
                    session.dispatch("SOUNDBOARD_SOUNDS", to_json(data))

    def send_channel_info(self, session: Session, guild_id: str, fields: list[str]) -> None:
        """Answer op 43 for the voice channels of a guild."""
        with self.world.lock:
            if guild_id not in self.world.guilds.of_user(session.account.user_id):
                return
            known = [name for name in ("status", "voice_start_time") if name in fields]
            channels = [
                {"id": channel["id"], **{key: info[key] for key in known}}
                for channel in self.world.channels.list(guild_id)
                if channel["type"] == 2
                and (info := self.world.voice.info(channel["id"]))
                and self.world.permissions.sees(channel["id"], session.account.user_id)
            ]
            data = {"guild_id": guild_id, "channels": channels}
            session.dispatch("CHANNEL_INFO", to_json(data))

    def _hear(self, event: Event) -> None:
        if not self._sessions:
            return
        encoded: dict[bool, bytes] = {}
        for session in self.receivers(event):
            if event.name == "GUILD_CREATE":
                data = guild_create(event.data, session)
                session.dispatch(event.name, to_json(data))
                continue
            hidden = event.name in HIDEABLE and hides_content(
                event.data, session.account.user_id, session.intents
            )
            if hidden not in encoded:
                shown = without_content(event.data) if hidden else event.data
                encoded[hidden] = to_json(shown)
            session.dispatch(event.name, encoded[hidden])

    def receivers(self, event: Event) -> list[Session]:
        """Return the sessions that get an event; call it under the world's lock."""
        if event.user_ids is not None:
            named = [item for key in event.user_ids for item in self._by_user.get(key, ())]
            return [session for session in named if session.wants(event)]
        if event.guild_id is None:
            return []
        members = self.world.guilds.state(event.guild_id).members
        # Whoever joins is told of the guild, not of themselves.
        joined = event.data["user"]["id"] if event.name == "GUILD_MEMBER_ADD" else None
        return [
            session
            for user_id, sessions in self._by_user.items()
            if user_id in members and user_id != joined and user_id not in event.excluded
            for session in sessions
            if session.wants(event) and self._may_see(user_id, event)
        ]

    def _may_see(self, user_id: str, event: Event) -> bool:
        permissions = self.world.permissions
        if event.channel_id is not None and not permissions.sees(event.channel_id, user_id):
            return False
        if event.needed and event.channel_id is not None:
            return bool(permissions.in_channel(event.channel_id, user_id) & event.needed)
        if event.needed and event.guild_id is not None:
            return bool(permissions.in_guild(event.guild_id, user_id) & event.needed)
        return True

    def _limits_of(self, user_id: str) -> IdentifyLimits:
        limits = self._limits.get(user_id)
        if limits is None:
            options = self.options
            limits = self._limits[user_id] = IdentifyLimits(
                options.session_starts, options.max_concurrency, options.identify_window
            )
        return limits

    def _member_wait(self, session: Session, guild_id: str) -> float:
        now, window = self.world.clock.now(), self.options.member_request_window
        last = session.member_requests.get(guild_id)
        if last is not None and now - last < window:
            return round(window - (now - last), 3)
        session.member_requests[guild_id] = now
        return 0.0

    def _expire_old(self, now: float) -> None:
        for session in list(self._sessions.values()):
            if session.link is None and now >= session.away_since + self.options.resume_window:
                self._remove(session, "its bot did not come back")

    def _leave_voice(self, ended: Session) -> None:
        """Take a bot out of the voice of guilds that no session of it serves any more.

        A person stays where they are: whoever plays them plays somebody else for a while.
        """
        user_id = ended.account.user_id
        left = self._by_user.get(user_id, ())
        for guild_id in self.world.guilds.of_user(user_id):
            if not ended.serves(guild_id) or any(item.serves(guild_id) for item in left):
                continue
            if self.world.voice.get(guild_id, user_id) is not None:
                self.world.voice.set(guild_id, user_id, channel_id=None)

    def _remove(self, session: Session, reason: str) -> None:
        _log.info("A session of %s ended: %s", session.account.user_id, reason)
        self._sessions.pop(session.id, None)
        others = self._by_user.get(session.account.user_id, [])
        if session in others:
            others.remove(session)
        if session.link is not None:
            session.link.attach(None)
            session.link = None
        if session.account.is_bot:
            self._leave_voice(session)
        if not others:
            self._by_user.pop(session.account.user_id, None)
            self.world.connected.discard(session.account.user_id)
            self.world.presences.set(session.account.user_id, "offline")
