"""Where one payload ends and the next begins."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.gateway.envelope import encode
from disruption.gateway.joined import one_by_one, take_apart

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(
    st.lists(st.dictionaries(st.text(), JSON).map(encode), min_size=2),
    st.sampled_from([b"", b" ", b"\r\n"]),
)
def test_what_was_joined_is_taken_apart(payloads: list[bytes], between: bytes):
    assert take_apart(between + between.join(payloads) + between) == payloads


@pytest.mark.parametrize(
    "data",
    [b"", b"  ", b'{"op":11}', b"{", b"[1][2]", b"11{}", b"\xff{}", b'{"d":' * 100_000],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_two_payloads_is_left_alone(data: bytes):
    assert take_apart(data) == []


def test_bytes_that_are_no_text_stay_what_they_were():
    parts = [b'{"a":"\xff"}', b'{"b":"\xed\xa0\x80 \xc3\xa9"}', b'{"c":' + b"9" * 5000 + b"}"]
    assert take_apart(b"".join(parts)) == parts


def test_what_follows_and_is_no_payload_comes_last():
    assert take_apart(b"{}{}] {}") == [b"{}", b"{}", b"] {}"]


def test_a_message_of_nothing_else_does_not_fill_the_memory():
    parts = take_apart(b"{}" * 5000)
    assert len(parts) == 1001
    assert parts[-1] == b"{}" * 4000


def test_parts_go_before_what_is_received():
    parts: deque[bytes] = deque()
    receive = one_by_one(parts, lambda: b"received").__next__
    assert receive() == b"received"
    parts.extend([b"1", b"2"])
    assert [receive() for _ in range(3)] == [b"1", b"2", b"received"]
