from __future__ import annotations

import pytest

from disruption.errors import InvalidArgument
from disruption.gateway.urls import check_gateway_url, connection_url, is_loopback


@pytest.mark.parametrize(
    ("base", "compress", "url"),
    [
        ("wss://gateway.discord.gg", None, "wss://gateway.discord.gg/?v=10&encoding=json"),
        (
            "wss://gateway.discord.gg/",
            "zlib-stream",
            "wss://gateway.discord.gg/?v=10&encoding=json&compress=zlib-stream",
        ),
        ("ws://127.0.0.1:80/?v=6#x", None, "ws://127.0.0.1:80/?v=10&encoding=json"),
    ],
)
def test_the_query_is_completed(base: str, compress: str | None, url: str):
    assert connection_url(base, compress) == url


@pytest.mark.parametrize(
    "url", ["", "https://discord.gg", "wss://", "gateway", "wss://a:b@c", "wss://["]
)
def test_what_is_no_gateway_address_is_refused(url: str):
    with pytest.raises(InvalidArgument, match="wss://gateway"):
        check_gateway_url(url)


def test_loopback():
    assert all(map(is_loopback, ["localhost", "127.0.0.1", "127.1.2.3", "::1"]))
    assert not any(map(is_loopback, [None, "", "10.0.0.1", "localhost.example", "0.0.0.0"]))
