"""Up to which sequence everything has been handled."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from disruption.dispatch.progress import Progress, SessionProgress


def test_holds_at_the_first_event_that_is_not_handled() -> None:
    session = SessionProgress()
    assert session.handled == 0
    for sequence in (1, 2, 3):
        session.begin(sequence)
    session.skip(4)
    session.done(1)
    session.done(3)
    assert (session.handled, session.received, session.pending) == (1, 4, 1)
    session.done(2)
    assert session.handled == 4


def test_a_resumed_session_starts_where_it_was() -> None:
    progress = Progress()
    session = progress.session(3, start=41)
    assert progress.handled(3) == 41
    session.begin(42)
    assert progress.snapshot() == {3: 41}
    assert progress.handled(0) == 0


def test_events_of_an_old_session_do_not_count_for_the_new_one() -> None:
    progress = Progress()
    old = progress.session(0)
    old.begin(900)
    new = progress.session(0)
    new.begin(1)
    old.done(900)
    assert progress.handled(0) == 0
    new.done(1)
    assert progress.handled(0) == 1


@given(st.lists(st.booleans(), max_size=40), st.randoms(use_true_random=False))
def test_never_runs_ahead_and_ends_at_the_last(heard: list[bool], random: object) -> None:
    session = SessionProgress()
    pending: list[int] = []
    for sequence, listened in enumerate(heard, start=1):
        if listened:
            session.begin(sequence)
            pending.append(sequence)
        else:
            session.skip(sequence)
        if pending and random.random() < 0.5:  # type: ignore[attr-defined]
            done = random.choice(pending)  # type: ignore[attr-defined]
            pending.remove(done)
            session.done(done)
        assert session.handled == (min(pending) - 1 if pending else sequence)
    for sequence in pending:
        session.done(sequence)
    assert session.handled == len(heard)
