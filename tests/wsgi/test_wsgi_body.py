from __future__ import annotations

import io
from typing import Any

import pytest

from disruption.wsgi.body import BadBody, read_body


def environ(body: bytes = b"hello", **changes: Any) -> dict[str, Any]:
    return {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))} | changes


def test_a_body_is_read_as_it_came() -> None:
    assert read_body(environ(b"\xff\x00 {"), 100) == b"\xff\x00 {"


def test_no_more_is_read_than_was_announced() -> None:
    assert read_body(environ(b"hello", CONTENT_LENGTH="2"), 100) == b"he"


@pytest.mark.parametrize("length", ["x", "-1", "1.0", "٣", "9" * 30, " 5"])
def test_a_length_that_is_none_is_refused(length: str) -> None:
    with pytest.raises(BadBody) as caught:
        read_body(environ(CONTENT_LENGTH=length), 100)
    assert caught.value.status == 401


def test_a_body_that_is_too_large_is_not_read() -> None:
    source = environ(b"x" * 101)
    with pytest.raises(BadBody) as caught:
        read_body(source, 100)
    assert caught.value.status == 413
    assert source["wsgi.input"].tell() == 0


def test_a_body_that_ends_early_is_refused() -> None:
    with pytest.raises(BadBody, match="5 of 9"):
        read_body(environ(CONTENT_LENGTH="9"), 100)


def test_a_chunked_body_is_read_to_its_end() -> None:
    chunked = environ(b"x" * 100, CONTENT_LENGTH="", **{"wsgi.input_terminated": True})
    assert read_body(chunked, 100) == b"x" * 100
    with pytest.raises(BadBody) as caught:
        read_body(environ(b"x" * 101, CONTENT_LENGTH="", **{"wsgi.input_terminated": True}), 100)
    assert caught.value.status == 413


def test_without_a_length_nothing_is_read_that_might_never_end() -> None:
    source = environ(b"hello", CONTENT_LENGTH="")
    assert read_body(source, 100) == b""
    assert source["wsgi.input"].tell() == 0
    assert read_body({}, 100) == b""


def test_a_client_that_goes_away_is_no_bug() -> None:
    class Gone:
        def read(self, size: int) -> bytes:
            raise OSError("connection reset")

    with pytest.raises(BadBody, match="OSError"):
        read_body(environ(**{"wsgi.input": Gone()}), 100)
