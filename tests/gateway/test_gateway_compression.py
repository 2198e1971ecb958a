from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.errors import InvalidArgument
from disruption.gateway import check_compression
from disruption.gateway.compression import InflateError, Inflater, make_inflater

LIMIT = 1 << 20


def inflater(compress: str) -> Inflater:
    made = make_inflater(compress, LIMIT)
    assert made is not None
    return made


def test_no_compression_needs_no_inflater():
    assert make_inflater(None, LIMIT) is None


def test_an_unknown_compression_is_refused():
    with pytest.raises(InvalidArgument, match="gzip"):
        check_compression("gzip")


@given(st.lists(st.binary(min_size=1, max_size=2000), max_size=10), st.integers(1, 50))
def test_a_zlib_stream_comes_out_as_it_went_in(payloads: list[bytes], cut: int):
    deflate, inflate = zlib.compressobj(), inflater("zlib-stream")
    for payload in payloads:
        data = deflate.compress(payload) + deflate.flush(zlib.Z_SYNC_FLUSH)
        head, tail = data[:cut], data[cut:]
        if tail and not head.endswith(b"\0\0\xff\xff"):
            assert inflate(head) is None
            assert inflate(tail) == payload
        else:
            assert inflate(data) == payload


def test_a_zlib_bomb_stops_at_the_limit():
    deflate, inflate = zlib.compressobj(), inflater("zlib-stream")
    data = deflate.compress(b"\0" * (LIMIT * 50)) + deflate.flush(zlib.Z_SYNC_FLUSH)
    with pytest.raises(InflateError, match="more than"):
        inflate(data)


def test_a_zlib_bomb_in_small_pieces_stops_too():
    deflate, inflate = zlib.compressobj(), inflater("zlib-stream")
    data = deflate.compress(b"\0" * (LIMIT * 50)) + deflate.flush(zlib.Z_FULL_FLUSH)
    pieces = [data[start : start + 100] for start in range(0, len(data), 100)]
    with pytest.raises(InflateError, match="more than"):
        list(map(inflate, pieces))


@pytest.mark.parametrize("compress", ["zlib-stream", "zstd-stream"])
def test_nonsense_is_an_error(compress: str):
    if compress == "zstd-stream":
        pytest.importorskip("zstandard")
    with pytest.raises(InflateError, match="broken"):
        inflater(compress)(b"nonsense" * 10)


@pytest.mark.parametrize("size", [10, 5000, 500_000])
def test_a_zstd_stream_comes_out_as_it_went_in(size: int):
    zstandard = pytest.importorskip("zstandard")
    stream, inflate = zstandard.ZstdCompressor().compressobj(), inflater("zstd-stream")
    for number in range(5):
        payload = bytes((i * i * number + i) % 251 for i in range(size))
        data = stream.compress(payload) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        assert inflate(data) == payload


def test_a_zstd_bomb_stops_near_the_limit():
    zstandard = pytest.importorskip("zstandard")
    data = zstandard.ZstdCompressor().compress(b"\0" * (LIMIT * 200))
    with pytest.raises(InflateError, match="more than"):
        inflater("zstd-stream")(data)
