"""The rules under random histories: whatever happens, the session comes back or says why not."""

from __future__ import annotations

import json

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from disruption.gateway import Phase, Session
from disruption.gateway.actions import Action, Close, GiveUp, Retry, Send, Started
from disruption.gateway.closecodes import FATAL

CODES = st.sampled_from(
    [None, 1000, 1001, 1006, *range(4000, 4015), 4999]
)  # fmt: skip


class History(RuleBasedStateMachine):
    """A connection whose peer and network do as they please."""

    @initialize(jitter=st.floats(0, 1, exclude_max=True))
    def begin(self, jitter: float) -> None:
        self.now = 1000.0
        self.session = Session("token", intents=1, random=lambda: jitter)
        self.sent: list[str] = []
        self.known: str | None = None  # the session that the server believes in
        self.numbers = 0
        self.over = False

    def perform(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                payload = json.loads(action.payload)
                self.sent.append(action.kind)
                if payload["op"] == 6:
                    assert payload["d"]["session_id"] == self.known
                    assert payload["d"]["seq"] == self.session.sequence
            elif isinstance(action, Close):
                assert action.code == 4000
                assert self.session.phase is Phase.CLOSING
            elif isinstance(action, Started):
                assert self.session.phase is Phase.READY
                assert self.session.backoff.failures == 0

    @property
    def open(self) -> bool:
        return self.session.phase not in (Phase.IDLE, Phase.OVER)

    @precondition(lambda self: self.session.phase is Phase.IDLE)
    @rule()
    def dial(self) -> None:
        self.session.dialling(self.now)

    @precondition(lambda self: self.session.phase is Phase.DIALLING)
    @rule()
    def upgrade(self) -> None:
        self.session.upgrading(self.now)
        self.session.opened(self.now)

    @precondition(lambda self: self.open)
    @rule(interval=st.sampled_from([45000, 500, 0, -1, None]))
    def hello(self, interval: int | None) -> None:
        data = json.dumps({"heartbeat_interval": interval}).encode()
        self.perform(self.session.received(10, data, self.now))

    @precondition(lambda self: self.session.phase is Phase.IDENTIFYING)
    @rule()
    def ready(self) -> None:
        self.numbers += 1
        self.known = f"session-{self.numbers}"
        self.session.sequence = 1
        data = {"session_id": self.known, "resume_gateway_url": "wss://x.discord.gg"}
        self.perform(self.session.ready(json.dumps(data).encode(), self.now))

    @precondition(lambda self: self.session.phase is Phase.RESUMING)
    @rule()
    def resumed(self) -> None:
        self.session.sequence += 1
        self.perform(self.session.resumed(self.now))

    @precondition(lambda self: self.session.phase in (Phase.READY, Phase.RESUMING))
    @rule(count=st.integers(1, 5))
    def events(self, count: int) -> None:
        self.session.sequence += count

    @precondition(lambda self: self.open)
    @rule(op=st.sampled_from([1, 3, 7, 9, 11, 99]), data=st.sampled_from([b"true", b"false"]))
    def payload(self, op: int, data: bytes) -> None:
        self.perform(self.session.received(op, data, self.now))

    @rule(seconds=st.floats(0, 100))
    def time_passes(self, seconds: float) -> None:
        end = self.now + seconds
        while True:
            wake = self.session.wake_at()
            if wake is None or wake > end:
                break
            self.now = max(self.now, wake)
            self.perform(self.session.tick(self.now))
        self.now = end

    @precondition(lambda self: self.open)
    @rule(code=CODES)
    def end(self, code: int | None) -> None:
        ours = self.session.phase is Phase.CLOSING
        could_resume = self.session.can_resume
        verdict = self.session.ended(code, "", self.now)
        if isinstance(verdict, GiveUp):
            assert code is not None
            assert not ours
            assert code in FATAL or code in (4001, 4002, 4005, 4008)
            self.over = True
            return
        assert isinstance(verdict, Retry)
        assert code not in FATAL or ours
        assert 0 <= verdict.delay <= 72
        assert verdict.resume == self.session.can_resume
        if could_resume and not verdict.resume:
            assert verdict.lost is not None, "a session was lost without a word"

    @invariant()
    def something_is_always_due(self) -> None:
        session = self.session
        if session.phase in (Phase.IDLE, Phase.CLOSING, Phase.OVER):
            assert session.wake_at() is None
        else:
            assert session.wake_at() is not None

    @invariant()
    def beats_only_while_open(self) -> None:
        if self.session.phase in (Phase.IDLE, Phase.CLOSING, Phase.OVER):
            assert self.session.heartbeat.next_at is None


History.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestHistory = History.TestCase
