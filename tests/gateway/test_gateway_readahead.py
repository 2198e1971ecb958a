from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.gateway.failures import ProtocolViolation
from disruption.gateway.readahead import ReadAhead

LIMIT = 1 << 20


def frame(opcode: int, data: bytes) -> bytes:
    head = bytes([0x80 | opcode])
    if len(data) < 126:
        return head + bytes([len(data)]) + data
    if len(data) < 1 << 16:
        return head + b"\x7e" + struct.pack("!H", len(data)) + data
    return head + b"\x7f" + struct.pack("!Q", len(data)) + data


def reader(*chunks: bytes) -> ReadAhead:
    rest = iter(chunks)
    return ReadAhead(lambda: next(rest), LIMIT)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536, 300_000])
def test_frames_of_every_kind_of_length(size: int):
    data = bytes(range(256)) * (size // 256 + 1)
    data = data[:size]
    frames = reader(frame(2, data) + frame(1, b"next"))
    assert frames.recv_frame() == (0x82, data)
    assert frames.recv_frame() == (0x81, b"next")


@given(
    st.lists(
        st.one_of(st.binary(max_size=300), st.integers(65530, 65540).map(lambda n: b"x" * n)),
        min_size=1,
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_however_the_bytes_are_cut_the_frames_are_the_same(payloads, random):
    stream = b"".join(frame(2, payload) for payload in payloads)
    chunks = []
    while stream:
        size = random.choice([1, 2, 3, 10, 1000, 65536])
        chunks.append(stream[:size])
        stream = stream[size:]
    frames = reader(*chunks)
    assert [frames.recv_frame()[1] for _ in payloads] == payloads


def test_a_frame_over_the_limit_is_refused_before_it_is_read():
    frames = reader(b"\x82\x7f" + struct.pack("!Q", LIMIT + 1))
    with pytest.raises(ProtocolViolation, match=str(LIMIT + 1)) as info:
        frames.recv_frame()
    assert info.value.counter == "gateway.oversized"
