from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.errors import InvalidArgument
from disruption.rest import Retries


@given(attempt=st.integers(1, 10), sent=st.booleans(), repeatable=st.booleans())
def test_nothing_that_may_have_been_done_is_done_twice(
    attempt: int, sent: bool, repeatable: bool
) -> None:
    retries = Retries(attempts=5)
    again = retries.after_failure(attempt, sent=sent, repeatable=repeatable)
    assert again is (attempt < 5 and (repeatable or not sent))
    for status in (500, 502, 503, 504):
        assert retries.after_status(attempt, status, repeatable=repeatable) is (
            attempt < 5 and repeatable
        )
    assert not retries.after_body(attempt, repeatable=False)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 501, 505])
def test_answers_that_will_not_change_are_final(status: int) -> None:
    assert not Retries().after_status(1, status, repeatable=True)


@given(attempt=st.integers(1, 1000), rand=st.floats(0, 1, exclude_max=True))
def test_the_backoff_doubles_within_its_bounds(attempt: int, rand: float) -> None:
    retries = Retries(backoff=0.5, backoff_max=30.0, jitter=0.5)
    full = min(30.0, 0.5 * 2.0 ** min(attempt - 1, 60))
    assert full / 2 <= retries.wait(attempt, lambda: rand) <= full


def test_is_a_value() -> None:
    assert Retries(attempts=3) == pickle.loads(pickle.dumps(Retries(attempts=3)))
    assert hash(Retries()) == hash(Retries())
    assert not Retries.none().after_failure(1, sent=False, repeatable=True)
    assert not Retries.none().after_rate_limit(1)


@pytest.mark.parametrize(
    "bad", [{"attempts": 0}, {"rate_limited": -1}, {"backoff": -1}, {"jitter": 2}]
)
def test_refuses_nonsense(bad: dict[str, float]) -> None:
    with pytest.raises(InvalidArgument):
        Retries(**bad)  # type: ignore[arg-type]
