from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.errors import HTTPError, RateLimitExceeded
from disruption.rest.errors_map import flatten, http_error, parse_body
from disruption.rest.http import Reply

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=6) | st.just("_errors"), inner, max_size=4)
    ),
    max_leaves=20,
)


def test_nested_errors_are_flattened_in_order() -> None:
    entry = {"code": "C", "message": "M"}
    nested = {
        "_errors": [entry],
        "embeds": {"0": {"title": {"_errors": [entry, {"message": "N"}]}, "url": {"_errors": []}}},
        "content": {"_errors": [entry]},
    }
    assert flatten(nested) == {
        "": ("M (C)",),
        "embeds.0.title": ("M (C)", "N"),
        "content": ("M (C)",),
    }


@given(JSON)
def test_whatever_is_nested_is_survived(nested: Any) -> None:
    flatten(nested)


@given(st.binary(max_size=200) | st.builds(lambda text: text.encode(), st.text(max_size=100)))
def test_whatever_the_body_is_there_is_an_error(body: bytes) -> None:
    reply = Reply(429, {}, body)
    error = http_error(reply, method="GET", route="/x", reason=None)
    assert isinstance(error, RateLimitExceeded)
    assert error.retry_after >= 0


@pytest.mark.parametrize(
    ("header", "body", "wait"),
    [("65", 64.57, 64.57), ("2", 1500, 2.0), ("0", 1500, 1500.0), ("x", 1500, 1500.0), ("1", 3, 3)],
)
def test_a_wait_in_milliseconds_is_told_by_the_header(
    header: str, body: float, wait: float
) -> None:
    reply = Reply(429, {"Retry-After": header}, b'{"retry_after":%a}' % body)
    error = http_error(reply, method="GET", route="/x", reason=None)
    assert isinstance(error, RateLimitExceeded)
    assert error.retry_after == wait


def test_depth_does_not_matter() -> None:
    body = b'{"errors":' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}"
    assert isinstance(
        http_error(Reply(400, {}, body), method="GET", route="/x", reason=None), HTTPError
    )
    parse_body(Reply(400, {}, b"[" * 100_000))
