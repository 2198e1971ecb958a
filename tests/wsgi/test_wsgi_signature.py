from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wsgi_requests import KEY, PUBLIC_KEY, sign

from disruption import InvalidArgument, verify_signature

BODY = b'{"type": 1}'


def test_what_discord_signed_is_true() -> None:
    assert verify_signature(PUBLIC_KEY, sign(BODY, "1700000000"), "1700000000", BODY)
    assert verify_signature(PUBLIC_KEY.upper(), sign(BODY, "1"), "1", BODY)


@pytest.mark.parametrize(
    ("signature", "timestamp", "body"),
    [
        (sign(BODY, "2"), "1", BODY),
        (sign(BODY, "1"), "1", BODY + b" "),
        (sign(BODY, "1"), " 1", BODY),
        (sign(BODY, "1")[:-1], "1", BODY),
        (sign(BODY, "1") + "00", "1", BODY),
        (" " + sign(BODY, "1")[1:], "1", BODY),
        (sign(BODY, "1", type(KEY)(bytes(32))), "1", BODY),
        ("", "1", BODY),
        ("00" * 64, "1", BODY),
        ("zz" * 64, "1", BODY),
        ("é" * 128, "1", BODY),
        (sign(BODY, "1"), "\ud800", BODY),
    ],
)
def test_anything_else_is_false(signature: str, timestamp: str, body: bytes) -> None:
    assert verify_signature(PUBLIC_KEY, signature, timestamp, body) is False


@given(st.text(), st.text(), st.binary())
def test_nothing_raises(signature: str, timestamp: str, body: bytes) -> None:
    assert verify_signature(PUBLIC_KEY, signature, timestamp, body) is False


@pytest.mark.parametrize("key", ["", "00", "zz" * 32, "00" * 33, None])
def test_a_key_that_cannot_be_one_is_refused(key: str) -> None:
    with pytest.raises(InvalidArgument, match="64 hexadecimal"):
        verify_signature(key, sign(BODY, "1"), "1", BODY)


def test_without_the_package_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['nacl'] = None\n"
        "from disruption import MissingExtra, verify_signature\n"
        "try: verify_signature('00' * 32, '', '', b'')\n"
        "except MissingExtra as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert "disruption[http]" in done.stdout
