"""The rules by example, with a clock that the test moves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from disruption.errors import AuthenticationFailed, DisallowedIntents, FatalClose, PayloadTooLarge
from disruption.gateway import Phase, Session, SessionState, Timeouts
from disruption.gateway.actions import Close, GiveUp, Note, Opened, Retry, Send, Started

URL = "wss://gateway.discord.gg"
RESUME_URL = "wss://us-east1-b.discord.gg"


def new(**options: Any) -> Session:
    options = {"intents": 513, "random": lambda: 0.5, **options}
    return Session("secret-token", **options)


def raw(data: Any) -> bytes:
    return json.dumps(data).encode()


def open_to_hello(session: Session, now: float = 0.0) -> list[Any]:
    session.dialling(now)
    session.upgrading(now)
    session.opened(now)
    return session.received(10, raw({"heartbeat_interval": 40000}), now)


def ready(session: Session, now: float = 0.0, url: str | None = RESUME_URL) -> list[Any]:
    session.sequence = 1
    data = {
        "session_id": "abc",
        "resume_gateway_url": url,
        "user": {"id": "1"},
        "application": {"id": "2"},
    }
    return session.ready(raw(data), now)


def established(now: float = 0.0, **options: Any) -> Session:
    session = new(**options)
    open_to_hello(session, now)
    ready(session, now)
    return session


def retry(verdict: Any) -> Retry:
    assert isinstance(verdict, Retry)
    return verdict


# Beginning


def test_hello_is_answered_with_an_identify():
    presence = {"status": "idle", "activities": [], "since": None, "afk": False}
    session = new(shard=(3, 8), presence=presence, large_threshold=250)
    opened, send = open_to_hello(session)
    assert opened == Opened(resuming=False)
    assert isinstance(send, Send)
    payload = json.loads(send.payload)
    assert payload["op"] == 2
    assert payload["d"]["token"] == "secret-token"
    assert payload["d"]["intents"] == 513
    assert payload["d"]["shard"] == [3, 8]
    assert payload["d"]["presence"] == presence
    assert payload["d"]["large_threshold"] == 250
    assert set(payload["d"]["properties"]) == {"os", "browser", "device"}


def test_the_token_is_in_no_repr():
    session = new()
    actions = open_to_hello(session)
    assert "secret-token" not in repr(session) + repr(actions)


def test_an_identify_that_is_too_large_is_refused_before_anything_is_sent():
    with pytest.raises(PayloadTooLarge):
        new(presence={"activities": [{"name": "x" * 5000}]})


def test_ready_establishes_the_session():
    session = new()
    open_to_hello(session)
    assert ready(session) == [Started("abc", resumed=False)]
    assert session.phase is Phase.READY
    assert session.can_resume
    assert session.target == RESUME_URL
    assert session.user == b'{"id": "1"}'
    assert session.application == b'{"id": "2"}'


@pytest.mark.parametrize(
    "url",
    [
        "wss://evil.example",
        "ws://us-east1-b.discord.gg",
        "wss://discord.gg.evil.example",
        "wss://notdiscord.gg",
        "wss://discord.gg@evil.example",
        "https://discord.gg",
        "ws://10.0.0.1",
        "wss://[",
        "",
        7,
    ],
)
def test_a_resume_url_elsewhere_is_refused_and_the_ordinary_one_used(url: Any):
    session = new()
    open_to_hello(session)
    note, started = ready(session, url=url)
    assert isinstance(note, Note)
    assert note.counter == "gateway.resume_urls_refused"
    assert isinstance(started, Started)
    assert session.target == URL


@pytest.mark.parametrize(
    "url",
    [
        "wss://us-east1-b.discord.gg",
        "wss://discord.gg:443/",
        "ws://127.0.0.1:9",
        "ws://localhost:9",
        "ws://[::1]:9",
        "wss://own.example:1",
    ],
)
def test_a_resume_url_of_discords_or_of_this_machine_is_taken(url: str):
    session = new(url="wss://own.example")
    open_to_hello(session)
    ready(session, url=url)
    assert session.target == url


@pytest.mark.parametrize(
    "data", [b"null", b"[]", b"{}", b'{"heartbeat_interval":0}', b'{"heartbeat_interval":"x"}']
)
def test_a_hello_without_a_usable_interval_ends_the_connection(data: bytes):
    session = new()
    session.opened(0.0)
    (close,) = session.received(10, data, 0.0)
    assert isinstance(close, Close)
    assert retry(session.ended(None, "", 0.0)).delay >= 1


def test_a_ready_without_a_session_id_ends_in_a_new_identify():
    session = new()
    open_to_hello(session)
    (close,) = session.ready(b"{}", 0.0)
    assert isinstance(close, Close)
    assert not retry(session.ended(None, "", 0.0)).resume


@pytest.mark.parametrize("data", ["text", [], 7, None])
def test_a_bot_without_a_user_is_one_whose_user_is_not_known(data: Any):
    session = new()
    open_to_hello(session)
    session.ready(raw({"session_id": "abc", "user": data, "application": data}), 0.0)
    assert session.phase is Phase.READY
    assert session.user == b"null"
    assert session.application == b"null"


# Beats


@pytest.mark.parametrize("interval", ["1e300", "1e30", "3000000000"])
def test_an_interval_of_years_still_notices_a_dead_peer(interval: str):
    session = new()
    session.opened(0.0)
    note, *_ = session.received(10, b'{"heartbeat_interval":%s}' % interval.encode(), 0.0)
    assert isinstance(note, Note)
    assert session.heartbeat.interval == 120.0


def test_the_server_cannot_have_all_that_may_be_sent():
    session = established()
    asked = [session.received(1, b"null", 5.0)[0] for _ in range(500)]
    assert [isinstance(action, Send) for action in asked].count(True) == 5
    assert isinstance(asked[-1], Note)
    (beat,) = session.received(1, b"null", 10.0)
    assert isinstance(beat, Send)


def test_beats_carry_the_last_sequence_or_null():
    session = new()
    open_to_hello(session)
    (beat,) = session.tick(20.0)
    assert json.loads(beat.payload) == {"op": 1, "d": None}
    session.received(11, b"null", 20.1)
    ready(session, 21.0)
    session.sequence = 42
    (beat,) = session.tick(60.0)
    assert json.loads(beat.payload) == {"op": 1, "d": 42}


def test_beats_at_once_when_asked_to():
    session = established()
    (beat,) = session.received(1, b"null", 5.0)
    assert json.loads(beat.payload) == {"op": 1, "d": 1}
    assert session.wake_at() == 20.0


def test_a_zombie_is_closed_so_that_it_can_be_resumed():
    session = established()
    session.tick(20.0)
    (close,) = session.tick(60.0)
    assert isinstance(close, Close)
    assert close.code not in (1000, 1001)
    assert close.counter == "gateway.zombies"
    assert retry(session.ended(None, "", 60.0)).resume


# Deadlines


def test_every_phase_has_a_deadline():
    timeouts = Timeouts(tcp=1, upgrade=2, hello=3, ready=4)
    session = new(timeouts=timeouts)
    for step, wait in ((session.dialling, 1), (session.upgrading, 2), (session.opened, 3)):
        step(100.0)
        assert session.wake_at() == 100.0 + wait
        assert session.tick(100.0 + wait - 0.1) == []
    (close,) = session.tick(103.0)
    assert isinstance(close, Close)
    assert close.counter == "gateway.timeouts.hello"
    session.ended(None, "", 103.0)
    open_to_hello(session, 200.0)
    (close,) = session.tick(204.0)
    assert isinstance(close, Close)
    assert close.counter == "gateway.timeouts.ready"


def test_a_resume_that_is_never_answered_ends_in_an_identify():
    session = established()
    session.ended(None, "", 1.0)
    open_to_hello(session, 10.0)
    assert session.phase is Phase.RESUMING
    (close,) = session.tick(45.0)
    assert isinstance(close, Close)
    verdict = retry(session.ended(None, "", 45.0))
    assert not verdict.resume
    assert verdict.lost == ("abc", 1)
    _, send = open_to_hello(session, 50.0)
    assert send.kind == "identify"


def test_a_resume_may_take_as_long_as_events_are_being_replayed():
    session = established()
    session.ended(None, "", 1.0)
    open_to_hello(session, 10.0)
    session.received(11, b"null", 30.0)
    session.sequence += 1000
    assert not any(isinstance(action, Close) for action in session.tick(40.0))
    assert any(isinstance(action, Close) for action in session.tick(75.0))


def test_a_session_whose_events_come_is_resumed_though_resumed_never_comes():
    session = established()
    session.ended(None, "", 1.0)
    now = 10.0
    open_to_hello(session, now)
    done: list[Any] = []
    while session.phase is Phase.RESUMING and now < 600.0:
        session.received(11, b"null", now)
        session.sequence += 7
        wake = session.wake_at()
        assert wake is not None
        now = wake
        done = session.tick(now)
        assert not any(isinstance(action, Close) for action in done)
    note, started = done
    assert isinstance(note, Note)
    assert note.counter == "gateway.resumes_unsaid"
    assert started == Started("abc", resumed=True, replayed=session.sequence - 1)
    assert 100.0 < now < 300.0, "no replay takes minutes"
    assert session.phase is Phase.READY
    (late,) = session.resumed(now)
    assert isinstance(late, Note)


# Resuming


def test_resumes_with_token_session_and_sequence():
    session = established()
    session.sequence = 7
    assert retry(session.ended(None, "cut", 1.0)).resume
    opened, send = open_to_hello(session, 2.0)
    assert opened == Opened(resuming=True)
    assert json.loads(send.payload) == {
        "op": 6,
        "d": {"token": "secret-token", "session_id": "abc", "seq": 7},
    }
    session.sequence = 10  # two events and RESUMED
    assert session.resumed(3.0) == [Started("abc", resumed=True, replayed=2)]
    assert session.phase is Phase.READY


@pytest.mark.parametrize("code", [None, 1000, 1001, 1006, 4000, 4001, 4002, 4003, 4005, 4008, 4999])
def test_most_closes_resume(code: int | None):
    session = established()
    assert retry(session.ended(code, "", 5.0)).resume


@pytest.mark.parametrize("code", [4007, 4009])
def test_closes_that_end_the_session_identify(code: int):
    session = established()
    verdict = retry(session.ended(code, "", 5.0))
    assert not verdict.resume
    assert verdict.lost == ("abc", 1)


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4012, 4013, 4014])
def test_fatal_closes_say_what_to_do(code: int):
    session = established()
    verdict = session.ended(code, "no.", 5.0)
    assert isinstance(verdict, GiveUp)
    assert isinstance(verdict.error, FatalClose)
    assert verdict.error.code == code
    assert verdict.error.reason == "no."
    assert verdict.error.advice
    assert session.phase is Phase.OVER


def test_a_wrong_token_and_missing_intents_have_errors_of_their_own():
    assert isinstance(established().ended(4004, "", 0.0).error, AuthenticationFailed)  # type: ignore[union-attr]
    verdict = established(intents=1 | 2 | 1 << 15).ended(4014, "", 0.0)
    assert isinstance(verdict, GiveUp)
    assert isinstance(verdict.error, DisallowedIntents)
    assert verdict.error.intents == ("GUILD_MEMBERS", "MESSAGE_CONTENT")


def test_op_7_resumes_at_once():
    session = established()
    (close,) = session.received(7, b"null", 60.0)
    assert isinstance(close, Close)
    assert close.code not in (1000, 1001)
    verdict = retry(session.ended(None, "", 60.0))
    assert verdict.resume
    assert verdict.delay == 0


def test_a_server_that_sends_nothing_but_op_7_is_not_dialled_in_a_tight_loop():
    session = established()
    delays = []
    for _ in range(4):
        open_to_hello(session, 0.0)
        session.received(7, b"null", 0.0)
        delays.append(retry(session.ended(None, "", 0.0)).delay)
    assert min(delays) >= 1


def test_op_9_with_true_resumes():
    session = established()
    session.received(9, b"true", 60.0)
    assert retry(session.ended(None, "", 60.0)).resume


def test_op_9_with_false_waits_one_to_five_seconds_and_identifies():
    for share in (0.0, 0.5, 0.999):
        session = established(random=lambda share=share: share)
        session.received(9, b"false", 60.0)
        verdict = retry(session.ended(None, "", 60.0))
        assert not verdict.resume
        assert 1 <= verdict.delay <= 5
        assert verdict.lost == ("abc", 1)


def test_a_refused_resume_identifies():
    session = established()
    session.ended(None, "", 1.0)
    open_to_hello(session, 2.0)
    (close,) = session.received(9, b"false", 2.0)
    assert isinstance(close, Close)
    assert close.counter == "gateway.resumes_refused"
    assert not retry(session.ended(None, "", 2.0)).resume


def test_op_9_before_there_is_a_session_identifies_again():
    session = new()
    open_to_hello(session)
    session.received(9, b"true", 0.0)
    verdict = retry(session.ended(None, "", 0.0))
    assert not verdict.resume
    assert verdict.delay >= 1


def test_a_resume_that_is_answered_with_a_new_session_is_reported():
    session = established()
    session.ended(None, "", 1.0)
    open_to_hello(session, 2.0)
    assert session.odd_sequence(1, "READY") == (1, None)
    assert ready(session, 3.0) == [Started("abc", resumed=False, lost=("abc", 1))]
    assert session.phase is Phase.READY
    assert retry(session.ended(None, "", 4.0)).lost is None


def test_a_ready_that_is_replayed_is_no_new_session():
    state = SessionState("abc", 0, RESUME_URL, (0, 1), 513, b"null", b"null")
    session = new(state=state)
    open_to_hello(session)
    assert ready(session) == []
    assert session.phase is Phase.RESUMING
    session.sequence = 2
    assert session.resumed(1.0) == [Started("abc", resumed=True, replayed=1)]


def test_three_resumes_that_break_in_a_row_end_in_an_identify():
    session = established()
    session.ended(None, "", 1.0)
    outcomes = []
    for _ in range(3):
        open_to_hello(session, 2.0)
        outcomes.append(retry(session.ended(None, "", 2.0)).resume)
    assert outcomes == [True, True, False]


def test_a_resume_that_broke_in_the_middle_of_a_replay_is_progress():
    session = established()
    session.ended(None, "", 1.0)
    for _ in range(10):
        open_to_hello(session, 2.0)
        session.sequence += 5
        assert retry(session.ended(None, "", 2.0)).resume


def test_a_resume_url_that_cannot_be_reached_gives_way_to_the_ordinary_one():
    session = established()
    session.ended(None, "", 1.0)
    assert session.target == RESUME_URL
    session.dialling(2.0)
    assert retry(session.ended(None, "refused", 2.0)).resume
    assert session.target == URL


def test_a_resume_url_that_does_not_say_hello_gives_way_too():
    session = established()
    session.ended(None, "", 1.0)
    session.opened(2.0)
    session.tick(12.0)
    assert retry(session.ended(None, "", 12.0)).resume
    assert session.target == URL


@pytest.mark.parametrize("code", [4001, 4002, 4005, 4008])
def test_the_same_close_of_our_own_making_three_times_is_fatal(code: int):
    session = established()
    assert isinstance(session.ended(code, "", 5.0), Retry)
    for expected in (Retry, GiveUp):
        open_to_hello(session, 10.0)
        session.resumed(10.0)
        assert isinstance(session.ended(code, "", 15.0), expected)


def test_other_closes_in_between_break_the_row():
    session = established()
    for code in (4008, 4008, 4000, 4008, 4001, 4008, 4008):
        assert isinstance(session.ended(code, "", 5.0), Retry)
        open_to_hello(session, 10.0)
        session.resumed(10.0)


def test_a_long_life_in_between_breaks_the_row():
    session = established()
    for i in range(6):
        assert isinstance(session.ended(4008, "", (i + 1) * 5000.0), Retry)
        open_to_hello(session, (i + 1) * 5000.0)
        session.resumed((i + 1) * 5000.0)


def test_failed_connections_wait_longer_and_longer():
    session = new(random=lambda: 0.0)
    delays = []
    for _ in range(8):
        session.dialling(0.0)
        delays.append(retry(session.ended(None, "refused", 0.0)).delay)
    assert delays == [1, 2, 4, 8, 16, 32, 60, 60]
    open_to_hello(session)
    ready(session)
    assert retry(session.ended(None, "", 9.0)).delay == 1


# Odd payloads


def test_an_unknown_opcode_is_noted_and_nothing_else():
    session = established()
    (note,) = session.received(99, b"{}", 5.0)
    assert isinstance(note, Note)
    assert note.counter == "gateway.unknown_opcodes"
    assert session.phase is Phase.READY


def test_a_second_hello_and_an_uncalled_for_ready_or_resumed_change_nothing():
    session = established()
    for (action,) in (
        session.received(10, raw({"heartbeat_interval": 1}), 5.0),
        session.ready(raw({"session_id": "other"}), 5.0),
        session.resumed(5.0),
    ):
        assert isinstance(action, Note)
    state = session.export()
    assert state is not None
    assert state.session_id == "abc"


def test_a_missing_number_is_reported_and_a_repeated_one_dropped():
    session = established()
    session.sequence = 5
    number, note = session.odd_sequence(9, "TYPING_START")
    assert number == 9
    assert note is not None
    assert note.counter == "gateway.gaps"
    assert "3 event" in note.message
    number, note = session.odd_sequence(5, "TYPING_START")
    assert number is None
    assert note is not None
    assert note.counter == "gateway.duplicates"


def unanswered_resume(session: Session, now: float) -> None:
    session.ended(None, "", now)
    open_to_hello(session, now)
    session.ended(None, "", now)


def test_the_number_of_a_resumed_that_never_arrived_is_no_missing_event():
    session = established()
    unanswered_resume(session, 1.0)
    open_to_hello(session, 2.0)
    number, note = session.odd_sequence(3, "TYPING_START")
    assert number == 3
    assert note is not None
    assert note.counter == "gateway.resumed_gaps"
    session.sequence = 4
    (started,) = session.resumed(2.0)
    assert started == Started("abc", resumed=True, replayed=1)
    _, note = session.odd_sequence(6, "TYPING_START")
    assert note is not None
    assert note.counter == "gateway.gaps"


def test_a_resumed_explains_one_missing_number():
    session = established()
    unanswered_resume(session, 1.0)
    unanswered_resume(session, 2.0)
    open_to_hello(session, 3.0)
    for number, counter in ((3, "resumed_gaps"), (5, "resumed_gaps"), (7, "gaps")):
        _, note = session.odd_sequence(number, "TYPING_START")
        assert note is not None
        assert note.counter == f"gateway.{counter}"
        session.sequence = number


def test_more_missing_numbers_than_resumes_are_missing_events():
    session = established()
    unanswered_resume(session, 1.0)
    open_to_hello(session, 2.0)
    _, note = session.odd_sequence(4, "TYPING_START")
    assert note is not None
    assert note.counter == "gateway.gaps"
    assert "2 event" in note.message


def test_a_new_session_knows_of_no_resumes_that_were_not_answered():
    session = established()
    unanswered_resume(session, 1.0)
    session.forget()
    open_to_hello(session, 2.0)
    ready(session, 2.0)
    _, note = session.odd_sequence(3, "TYPING_START")
    assert note is not None
    assert note.counter == "gateway.gaps"


def test_a_ready_may_begin_with_any_number():
    session = new()
    open_to_hello(session)
    assert session.odd_sequence(17, "READY") == (17, None)


def test_nothing_is_due_while_a_connection_is_left_for_good():
    session = established()
    assert session.tick(25.0)  # a beat, which is not answered
    session.leaving()
    assert session.wake_at() is None
    assert session.tick(500.0) == []


# Kept sessions


def test_a_session_can_be_given_to_another_process():
    session = established()
    session.sequence = 12
    state = session.export(sequence=9)
    assert state is not None
    assert state == SessionState.from_dict(json.loads(json.dumps(state.to_dict())))
    other = new(state=state)
    assert other.state_refused == ""
    assert other.user == b'{"id": "1"}'
    _, send = open_to_hello(other)
    assert json.loads(send.payload)["d"] == {
        "token": "secret-token",
        "session_id": "abc",
        "seq": 9,
    }


def heard(session: Session, *numbers: int) -> None:
    """Let events with these numbers come, none of which may be reported as missing."""
    for number in numbers:
        if number != session.sequence + 1:
            taken, note = session.odd_sequence(number, "TYPING_START")
            assert taken == number
            assert note is not None
            assert note.counter == "gateway.resumed_gaps"
        session.sequence = number


def taken_over(session: Session, handled: int) -> Session:
    """Return the session that another process goes on with, about to get what it missed."""
    state = session.export(handled)
    assert state is not None
    other = new(state=SessionState.from_dict(json.loads(json.dumps(state.to_dict()))))
    open_to_hello(other)
    return other


def test_another_process_knows_of_resumes_that_were_not_answered():
    session = established()
    unanswered_resume(session, 1.0)
    open_to_hello(session, 2.0)  # on the way when the process ends
    heard(taken_over(session, 1), 4, 5)


def test_another_process_knows_of_resumes_after_what_was_handled():
    session = established()
    unanswered_resume(session, 1.0)
    open_to_hello(session, 2.0)
    heard(session, 3, 4, 5)
    session.resumed(2.0)  # with the number 5
    heard(session, 6)
    heard(taken_over(session, 1), 3, 4, 6)
    heard(taken_over(session, 3), 4, 6)
    other = taken_over(session, 5)
    _, note = other.odd_sequence(7, "TYPING_START")
    assert note is not None
    assert note.counter == "gateway.gaps"


def test_an_exported_sequence_is_never_ahead_of_what_arrived():
    session = established()
    state = session.export(sequence=1000)
    assert state is not None
    assert state.sequence == 1


@pytest.mark.parametrize("options", [{"shard": (1, 2)}, {"intents": 1}])
def test_a_session_of_another_shard_or_other_intents_is_not_resumed(options: dict[str, Any]):
    state = established().export()
    session = new(state=state, **options)
    assert session.state_refused
    assert not session.can_resume


def test_a_saved_session_does_not_bring_a_foreign_address():
    state = SessionState("abc", 1, "wss://evil.example", (0, 1), 513, b"{}", b"{}")
    assert new(state=state).target == URL


def test_there_is_nothing_to_export_before_ready():
    assert new().export() is None
