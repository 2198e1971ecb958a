from __future__ import annotations

import socket
import threading

import pytest

from disruption.gateway.failures import TransportError
from disruption.gateway.proxy import Proxy, open_tunnel, proxy_for

URL = "wss://gateway.discord.gg/?v=10"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_a_proxy_the_connection_is_direct():
    assert proxy_for(URL) is None


@pytest.mark.parametrize("address", ["http://proxy.example:3128", "proxy.example:3128"])
def test_the_environment_names_the_proxy(monkeypatch: pytest.MonkeyPatch, address: str):
    monkeypatch.setenv("HTTPS_PROXY", address)
    assert proxy_for(URL) == Proxy("proxy.example", 3128)
    assert proxy_for("ws://gateway.example") is None
    assert proxy_for("wss://127.0.0.1:1") is None
    monkeypatch.setenv("NO_PROXY", "discord.gg")
    assert proxy_for(URL) is None


def test_a_login_is_passed_on_and_not_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://me:p%40ss@proxy.example")
    proxy = proxy_for(URL)
    assert proxy == Proxy("proxy.example", 80, "Basic bWU6cEBzcw==")
    assert "bWU" not in repr(proxy)


@pytest.mark.parametrize("address", ["socks5://proxy.example:1", "http://", "http://x:port"])
def test_a_proxy_that_cannot_be_used_is_reported(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, address: str
):
    monkeypatch.setenv("HTTPS_PROXY", address)
    assert proxy_for(URL) is None
    assert "proxy" in caplog.text


def tunnel(answer: bytes) -> bytes:
    """Open a tunnel through a proxy that gives `answer`; return what it was asked."""
    ours, theirs = socket.socketpair()
    asked = []

    def serve() -> None:
        data = b""
        while not data.endswith(b"\r\n\r\n"):
            data += theirs.recv(4096)
        asked.append(data)
        theirs.sendall(answer)
        theirs.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        ours.settimeout(30)
        open_tunnel(ours, "gateway.discord.gg", 443, Proxy("proxy.example", 3128, "Basic abc"))
    finally:
        thread.join(30)
        ours.close()
    return asked[0]


def test_asks_the_proxy_to_connect():
    assert tunnel(b"HTTP/1.1 200 Connection established\r\nX: y\r\n\r\n") == (
        b"CONNECT gateway.discord.gg:443 HTTP/1.1\r\nHost: gateway.discord.gg:443\r\n"
        b"Proxy-Authorization: Basic abc\r\n\r\n"
    )


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", b"", b"\r\n\r\n", b"x" * 100_000],
    ids=["407", "nothing", "empty", "endless"],
)
def test_a_proxy_that_refuses_is_an_error(answer: bytes):
    with pytest.raises(TransportError, match="proxy") as info:
        tunnel(answer)
    assert "abc" not in str(info.value)
