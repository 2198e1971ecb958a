"""Discord's gateway rules, with no socket, no thread and no clock in them.

A `Session` is told what happened (a payload came, time passed, the connection
ended) and when, and returns what to do. `Connection` does it.

See https://discord.com/developers/docs/events/gateway#connection-lifecycle
"""

from __future__ import annotations

import logging
import random
import sys
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from .actions import Action, Close, GiveUp, Note, Opened, Retry, Send, Started, Verdict
from .backoff import Backoff
from .closecodes import (
    FATAL,
    KEEP_SESSION,
    NEW_SESSION,
    OWN_FAULT,
    close_name,
    fatal_error,
)
from .envelope import encode
from .heartbeat import Beat, Heartbeat
from .limiter import SlidingWindow, check_size
from .numbering import Numbering
from .phases import Phase, Timeouts
from .state import SessionState
from .urls import resume_url_allowed

__all__ = ["Session"]

RESUMES_IN_A_ROW = 3  # that may fail before a new session is started instead
REPLAY_EXTENSIONS = 4  # deadlines that a replay may take before it is no replay any more
OWN_FAULTS_IN_A_ROW = 3  # the same close of our own making, after which we give up
LONG_ENOUGH = 900.0  # seconds after which an own fault is no longer in a row with the last
SETTLED = 1.0  # seconds a session must have lasted for Discord's wish to be met at once
SHORTEST_INTERVAL = 0.05  # seconds between beats, whatever HELLO says
LONGEST_INTERVAL = 120.0  # seconds between beats: they also tell whether anyone is there
BEATS_ASKED_FOR = 5  # that are sent in ASKING_PERIOD; more would use up what may be sent at all
ASKING_PERIOD = 5.0  # seconds


class _Hello(msgspec.Struct):
    heartbeat_interval: float  # milliseconds


class _Ready(msgspec.Struct):
    session_id: str
    resume_gateway_url: Any = None
    user: msgspec.Raw = msgspec.Raw(b"null")
    application: msgspec.Raw = msgspec.Raw(b"null")


def _object(raw: msgspec.Raw) -> bytes:
    """Return a JSON object as it is, and null for anything else."""
    data = bytes(raw)
    return data if data.startswith(b"{") else b"null"


@dataclass(frozen=True)
class _Plan:
    """What follows a close that this side decided on."""

    reason: str
    prompt: bool = False  # Discord asked for it: come back at once
    wait: float = 0.0  # seconds that Discord asks to wait


class Session:
    """The rules of one shard's connections, from the first IDENTIFY to the end.

    Not locked: `Connection` guards it. Only `sequence` is read and written
    outside that lock, by the reader thread.

    Args:
        token: The bot's token, without ``Bot``.
        intents: The gateway intents to identify with.
        shard: Shard number and shard count.
        url: The gateway's ordinary address.
        presence: The presence to identify with, as Discord's JSON.
        large_threshold: Members above which a guild's offline members are left out, 50 to 250.
        properties: Replaces the connection properties (os, browser, device).
        state: A session to resume instead of starting a new one.
        timeouts: The deadlines.
        random: Returns floats in [0, 1); replaceable for tests.

    Raises:
        PayloadTooLarge: The IDENTIFY would be too large; the presence is too long.
    """

    def __init__(
        self,
        token: str,
        *,
        intents: int,
        shard: tuple[int, int] = (0, 1),
        url: str = "wss://gateway.discord.gg",
        presence: Mapping[str, Any] | None = None,
        large_threshold: int | None = None,
        properties: Mapping[str, str] | None = None,
        state: SessionState | None = None,
        timeouts: Timeouts | None = None,
        random: Callable[[], float] = random.random,
    ) -> None:
        self._token = token
        self._random = random
        self.timeouts = timeouts or Timeouts()
        self._large_threshold = large_threshold
        self._properties = dict(properties or _PROPERTIES, os=sys.platform)
        self.intents = int(intents)
        self.shard = shard
        self.url = url  # the ordinary address; /gateway/bot may change it
        self.presence: Mapping[str, Any] | None = presence  # kept for the next IDENTIFY
        self.phase = Phase.IDLE
        self.sequence = 0  # of the last event that arrived; 0 before the first
        self.heartbeat = Heartbeat()
        self.backoff = Backoff(random=random)

        self._session_id: str | None = None
        self._resume_url: str | None = None
        self._user = b"null"  # from READY
        self._application = b"null"  # from READY
        self._deadline: float | None = None  # when the present phase has taken too long
        self._deadline_sequence = 0  # `sequence` when `_deadline` was set
        self._extensions = 0  # of the deadline for READY or RESUMED
        self._plan: _Plan | None = None  # set when this side decided to close
        self._lost: tuple[str, int] | None = None  # a session given up, not yet reported
        self._started_at: float | None = None  # when this connection's session was established
        self._resumed_from = 0  # `sequence` when RESUME was sent
        self._failed_resumes = 0  # in a row, without any event replayed
        self._unheard = 0  # RESUMED events that may have been sent and never arrived
        self._used: deque[int] = deque(maxlen=100)  # the last numbers of RESUMED events
        self._own_faults = (0, 0)  # close code of our own making, times in a row
        self._numbering = Numbering()  # of one connection
        self._asked = SlidingWindow(BEATS_ASKED_FOR, ASKING_PERIOD)  # beats, by the server

        check_size(self._identify())
        self.state_refused = self._adopt(state)  # why `state` could not be used, empty if it could

    # What is known --------------------------------------------------------------------------

    def __repr__(self) -> str:
        return f"<Session shard={self.shard} {self.phase.name} sequence={self.sequence}>"

    @property
    def can_resume(self) -> bool:
        """Whether there is a session to resume."""
        return self._session_id is not None

    @property
    def target(self) -> str:
        """The address to connect to next."""
        return self._resume_url if self.can_resume and self._resume_url else self.url

    @property
    def latency(self) -> float | None:
        """Seconds from the last answered beat to its answer."""
        return self.heartbeat.latency

    @property
    def user(self) -> bytes:
        """The bot's user as JSON, from READY or from the state that is being resumed."""
        return self._user

    @property
    def application(self) -> bytes:
        """The bot's application as JSON, from READY or from the state that is being resumed."""
        return self._application

    def export(self, sequence: int | None = None) -> SessionState | None:
        """Return what another process needs to resume, or None without a session.

        Args:
            sequence: The highest number below which every event has been handled; a resume
                replays what came after it. Left out, what has arrived counts as handled.
        """
        if self._session_id is None:
            return None
        handled = self.sequence if sequence is None else min(sequence, self.sequence)
        return SessionState(
            session_id=self._session_id,
            sequence=handled,
            resume_url=self._resume_url,
            shard=self.shard,
            intents=self.intents,
            user=self._user,
            application=self._application,
            resumed=self._unheard
            + (self.phase is Phase.RESUMING)
            + sum(number > handled for number in self._used),
        )

    def _adopt(self, state: SessionState | None) -> str:
        if state is None:
            return ""
        if tuple(state.shard) != tuple(self.shard):
            return f"it is of shard {state.shard}, not {self.shard}"
        if state.intents != self.intents:
            return "it was started with other intents"
        self._session_id = state.session_id
        self.sequence = state.sequence
        self._user = state.user
        self._application = state.application
        self._unheard = state.resumed
        if state.resume_url and resume_url_allowed(state.resume_url, self.url):
            self._resume_url = state.resume_url
        return ""

    # Opening --------------------------------------------------------------------------------

    def dialling(self, now: float) -> None:
        """The TCP connection is being opened."""
        self._plan = None
        self._started_at = None
        self._numbering = Numbering()
        self._asked = SlidingWindow(BEATS_ASKED_FOR, ASKING_PERIOD)
        self._enter(Phase.DIALLING, now, self.timeouts.tcp)

    def upgrading(self, now: float) -> None:
        """TLS and the WebSocket upgrade have begun."""
        self._enter(Phase.UPGRADING, now, self.timeouts.upgrade)

    def opened(self, now: float) -> None:
        """The WebSocket is open; HELLO must follow."""
        self._enter(Phase.GREETING, now, self.timeouts.hello)

    def _enter(self, phase: Phase, now: float, timeout: float | None) -> None:
        self.phase = phase
        self._deadline = None if timeout is None else now + timeout
        self._deadline_sequence = self.sequence

    # Payloads -------------------------------------------------------------------------------

    def received(self, op: int, data: bytes | msgspec.Raw, now: float) -> list[Action]:
        """Handle a payload that is no event (op 0 goes to `ready` and `resumed`)."""
        if self.phase in (Phase.CLOSING, Phase.IDLE, Phase.OVER):
            return []
        if op == 11:
            self.heartbeat.answered(now)
            return []
        if op == 1:
            return [self._asked_to_beat(now)]
        if op == 10:
            return self._hello(data, now)
        if op == 7:
            return [
                self._close(
                    _Plan("Discord asked to reconnect (op 7)", prompt=True),
                    "gateway.reconnect_requests",
                    logging.INFO,
                )
            ]
        if op == 9:
            return [self._invalid(data)]
        return [Note("gateway.unknown_opcodes", f"a payload with the unknown opcode {op} came")]

    def _asked_to_beat(self, now: float) -> Action:
        if self._asked.delay(now) > 0:
            text = f"more than {BEATS_ASKED_FOR} heartbeats in {ASKING_PERIOD:g} s were asked for"
            return Note("gateway.beats_refused", text)
        self._asked.take(now)
        self.heartbeat.sent(now)
        return self._beat()

    def _hello(self, data: bytes | msgspec.Raw, now: float) -> list[Action]:
        if self.phase is not Phase.GREETING:
            return [Note("gateway.unexpected", "a second HELLO came and was ignored")]
        try:
            hello = msgspec.json.decode(data, type=_Hello, strict=False)
            interval = hello.heartbeat_interval / 1000
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            plan = _Plan(f"HELLO cannot be read: {error}")
            return [self._close(plan, "gateway.bad_payloads")]
        if not interval > 0:
            plan = _Plan(f"HELLO asks for a beat every {interval} s")
            return [self._close(plan, "gateway.bad_payloads")]
        actions: list[Action] = []
        if interval > LONGEST_INTERVAL:
            text = f"HELLO asks for a beat every {interval:g} s: beating every {LONGEST_INTERVAL:g}"
            actions.append(Note("gateway.unexpected", text))
        interval = min(max(interval, SHORTEST_INTERVAL), LONGEST_INTERVAL)
        self.heartbeat.start(interval, self._random(), now)
        self._extensions = 0
        if self._session_id is None:
            self.sequence = 0
            self._enter(Phase.IDENTIFYING, now, self.timeouts.ready)
            return [*actions, Opened(resuming=False), Send(self._identify(), "identify")]
        self._resumed_from = self.sequence
        self._enter(Phase.RESUMING, now, self.timeouts.ready)
        return [*actions, Opened(resuming=True), Send(self._resume(), "resume")]

    def _invalid(self, data: bytes | msgspec.Raw) -> Close:
        if bytes(data).strip() == b"true" and self.can_resume:
            plan = _Plan("Discord interrupted the session (op 9, resumable)", prompt=True)
            return self._close(plan, "gateway.invalid_sessions")
        refused = self.phase is Phase.RESUMING
        what = "refused the resume" if refused else "ended the session"
        plan = _Plan(f"Discord {what} (op 9)", wait=1 + 4 * self._random())
        self.forget()
        counter = "gateway.resumes_refused" if refused else "gateway.invalid_sessions"
        return self._close(plan, counter)

    def ready(self, data: bytes | msgspec.Raw, now: float) -> list[Action]:
        """Handle the READY event."""
        if self.phase not in (Phase.IDENTIFYING, Phase.RESUMING):
            return [Note("gateway.unexpected", "a READY came that nobody asked for")]
        try:
            ready = msgspec.json.decode(data, type=_Ready)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            self.forget()
            return [self._close(_Plan(f"READY cannot be read: {error}"), "gateway.bad_payloads")]
        actions: list[Action] = []
        lost = None
        if self._session_id is not None:
            if self._resumed_from == 0 and self._session_id == ready.session_id:
                return []  # it had not been handled and is replayed; RESUMED follows
            lost = (self._session_id, self._resumed_from)
        self.forget()
        self._lost = None
        self._session_id = ready.session_id
        self._user = _object(ready.user)
        self._application = _object(ready.application)
        url = ready.resume_gateway_url
        if isinstance(url, str) and resume_url_allowed(url, self.url):
            self._resume_url = url
        elif url is not None:
            text = "the resume_gateway_url in READY is no address of Discord's; it is not used"
            actions.append(Note("gateway.resume_urls_refused", text))
        self._start(now)
        actions.append(Started(ready.session_id, resumed=False, lost=lost))
        return actions

    def resumed(self, now: float) -> list[Action]:
        """Handle the RESUMED event."""
        if self.phase is not Phase.RESUMING or self._session_id is None:
            return [Note("gateway.unexpected", "a RESUMED came that nobody asked for")]
        # RESUMED takes a number of its own.
        self._used.append(self.sequence)
        return [self._resume_done(self._session_id, self.sequence - 1, now)]

    def _resume_done(self, session_id: str, sequence: int, now: float) -> Started:
        self._start(now)
        replayed = max(0, sequence - self._resumed_from)
        return Started(session_id, resumed=True, replayed=replayed)

    def _start(self, now: float) -> None:
        self._enter(Phase.READY, now, None)
        self._started_at = now
        self._failed_resumes = 0
        self._unheard = 0
        self.backoff.reset()

    def odd_sequence(
        self, sequence: int | None, name: str | None
    ) -> tuple[int | None, Note | None]:
        """Judge an event whose number is not the next one.

        Args:
            sequence: Its number.
            name: Its name. RESUMED is taken with any number, since without it no resume ends.

        Returns:
            The number that `sequence` shall have once the event is delivered, None where it
            must not be delivered, and what to note.
        """
        resuming = self.phase is Phase.RESUMING
        first = self.phase is Phase.IDENTIFYING or (resuming and name == "READY")
        number, note = self._numbering.judge(
            sequence,
            self.sequence,
            first=first,
            live=self.phase is Phase.READY,
            unheard=self._unheard,
        )
        if number is None and name == "RESUMED" and resuming:
            return self.sequence, None
        if not first and number is not None and number > self.sequence + 1:
            missing = number - self.sequence - 1
            explained = min(missing, self._unheard)
            self._used.extend(range(number - explained, number))
            self._unheard -= explained
            self._resumed_from += missing  # these were not replayed
        return number, note

    # Time -----------------------------------------------------------------------------------

    def wake_at(self) -> float | None:
        """Return when `tick` must be called next, None when nothing is due."""
        times = [t for t in (self._deadline, self.heartbeat.next_at) if t is not None]
        return min(times) if times else None

    def tick(self, now: float) -> list[Action]:
        """Return what is due at `now`."""
        if self._deadline is not None and now >= self._deadline:
            if not self._progressing():
                return [self._too_late()]
            if self._extensions >= REPLAY_EXTENSIONS and self._replaying and self._session_id:
                return self._resumed_unsaid(self._session_id, now)
            self._extensions += 1
            self._enter(self.phase, now, self.timeouts.ready)
        beat = self.heartbeat.due(now)
        if beat is Beat.SEND:
            return [self._beat()]
        if beat is Beat.ZOMBIE:
            plan = _Plan("Discord did not answer a heartbeat before the next was due")
            return [self._close(plan, "gateway.zombies")]
        return []

    def _progressing(self) -> bool:
        """Whether a deadline has passed only because much is being replayed, or we are slow."""
        if self._replaying:
            return True
        return self.heartbeat.paused and self.phase in (Phase.RESUMING, Phase.IDENTIFYING)

    @property
    def _replaying(self) -> bool:
        """Whether a resume has brought events since its deadline was set."""
        return self.phase is Phase.RESUMING and self.sequence > self._deadline_sequence

    def _resumed_unsaid(self, session_id: str, now: float) -> list[Action]:
        """Take the session as resumed: events came all the time, though RESUMED never did."""
        text = "RESUMED never came, though events do: the session is taken as resumed"
        note = Note("gateway.resumes_unsaid", text)
        return [note, self._resume_done(session_id, self.sequence, now)]

    def _too_late(self) -> Close:
        counters = {
            Phase.DIALLING: "gateway.timeouts.tcp",
            Phase.UPGRADING: "gateway.timeouts.upgrade",
            Phase.GREETING: "gateway.timeouts.hello",
            Phase.IDENTIFYING: "gateway.timeouts.ready",
            Phase.RESUMING: "gateway.timeouts.resumed",
        }
        plan = _Plan(f"took too long: {self.phase.value}")
        counter = counters.get(self.phase, "gateway.timeouts")
        if self.phase is Phase.RESUMING:
            self.forget()  # a resume that nobody answers ends in an identify
        elif self.phase is not Phase.IDENTIFYING:
            self._resume_url = None
        return self._close(plan, counter)

    # Ending ---------------------------------------------------------------------------------

    def leaving(self) -> None:
        """The connection is being ended for good: nothing is due in its last moments."""
        self._deadline = None
        self.heartbeat.stop()

    def fail(self, reason: str, counter: str) -> Close:
        """Close because this side cannot go on with the connection; the session is kept."""
        return self._close(_Plan(reason), counter)

    def _close(self, plan: _Plan, counter: str, level: int = logging.WARNING) -> Close:
        if self.phase is Phase.RESUMING:
            self._count_failed_resume()
        self._plan = plan
        self.phase = Phase.CLOSING
        self._deadline = None
        self.heartbeat.stop()
        return Close(KEEP_SESSION, plan.reason, counter, level)

    def ended(self, code: int | None, reason: str, now: float) -> Verdict:
        """The connection is gone, or could not be opened; return what follows.

        Args:
            code: Discord's close code, None when there was none.
            reason: Discord's text, or what broke.
            now: Monotonic seconds.
        """
        phase, plan = self.phase, self._plan
        self._plan = None
        self._enter(Phase.IDLE, now, None)
        self.heartbeat.stop()
        lasted = now - self._started_at if self._started_at is not None else 0.0
        if plan is None:
            plan = _Plan(self._describe(code, reason))
            if code in FATAL:
                return self._give_up(code, reason)
            if self._own_fault_again(code, lasted):
                return self._give_up(code or 0, reason)
            if code in NEW_SESSION:
                self.forget()
            elif phase is Phase.RESUMING:
                self._count_failed_resume()
            elif phase in (Phase.DIALLING, Phase.UPGRADING, Phase.GREETING):
                self._resume_url = None  # unreachable: the ordinary address is next
        else:
            self._own_faults = (0, 0)
        lost, self._lost = self._lost, None
        prompt = plan.prompt and lasted >= SETTLED
        delay = 0.0 if prompt else max(self.backoff.next(), plan.wait)
        return Retry(delay, self.can_resume, plan.reason, lost)

    def _give_up(self, code: int, reason: str) -> GiveUp:
        self.phase = Phase.OVER
        self._session_id = None
        return GiveUp(fatal_error(code, reason, self.intents))

    def _own_fault_again(self, code: int | None, lasted: float) -> bool:
        if code is None or code not in OWN_FAULT:
            self._own_faults = (0, 0)
            return False
        last, times = self._own_faults
        times = times + 1 if code == last and lasted < LONG_ENOUGH else 1
        self._own_faults = (code, times)
        return times >= OWN_FAULTS_IN_A_ROW

    def _count_failed_resume(self) -> None:
        self._unheard += 1  # its RESUMED may be on the way, with a number that it has used up
        if self.sequence > self._resumed_from:
            self._failed_resumes = 0
            return
        self._failed_resumes += 1
        if self._failed_resumes >= RESUMES_IN_A_ROW:
            self.forget()

    def forget(self) -> None:
        """Give the session up; the next connection identifies."""
        if self._session_id is not None:
            self._lost = (self._session_id, self.sequence)
        self._session_id = None
        self._resume_url = None
        self._failed_resumes = 0
        self._used.clear()

    @staticmethod
    def _describe(code: int | None, reason: str) -> str:
        if code is None:
            return reason or "the connection broke"
        name = close_name(code)
        text = f"Discord closed the connection with {code}"
        details = ", ".join(part for part in (name, reason) if part)
        return f"{text} ({details})" if details else text

    # Payloads to send -----------------------------------------------------------------------

    def _beat(self) -> Send:
        return Send(b'{"op":1,"d":%s}' % (str(self.sequence or "null").encode()), "heartbeat")

    def _identify(self) -> bytes:
        data: dict[str, Any] = {
            "token": self._token,
            "intents": self.intents,
            "properties": self._properties,
            "shard": list(self.shard),
        }
        if self.presence is not None:
            data["presence"] = self.presence
        if self._large_threshold is not None:
            data["large_threshold"] = self._large_threshold
        return encode({"op": 2, "d": data})

    def _resume(self) -> bytes:
        data = {"token": self._token, "session_id": self._session_id, "seq": self.sequence}
        return encode({"op": 6, "d": data})


_PROPERTIES = {"browser": "disruption", "device": "disruption"}
