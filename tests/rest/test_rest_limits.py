from __future__ import annotations

import pytest

from disruption.rest.limits import Limits


def test_headers_are_read() -> None:
    headers = {
        "X-RateLimit-Bucket": "abc",
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": "4",
        "X-RateLimit-Reset": "1470173023.123",
        "X-RateLimit-Reset-After": "1.5",
    }
    assert Limits.from_headers(headers) == Limits("abc", 5, 4, 1470173023.123, 1.5)


def test_a_window_longer_than_any_of_discords_is_none() -> None:
    headers = {
        "X-RateLimit-Bucket": "abc",
        "X-RateLimit-Limit": "200",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": "1470173023.123",
        "X-RateLimit-Reset-After": "86400",
    }
    assert Limits.from_headers(headers) is not None
    for after in ("86401", "1e9", "1e300"):
        assert Limits.from_headers({**headers, "X-RateLimit-Reset-After": after}) is None


@pytest.mark.parametrize("bad", ["", "x", "nan", "-1", "inf"])
@pytest.mark.parametrize("name", ["Limit", "Remaining", "Reset", "Reset-After"])
def test_headers_that_make_no_sense_are_ignored(name: str, bad: str) -> None:
    if (name, bad) == ("Reset", "-1"):
        return
    headers = {
        "X-RateLimit-Bucket": "abc",
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": "4",
        "X-RateLimit-Reset": "1470173023.123",
        "X-RateLimit-Reset-After": "1.5",
        f"X-RateLimit-{name}": bad,
    }
    assert Limits.from_headers(headers) is None
