from __future__ import annotations

import base64
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from rest_fake import TOKEN, FakeDiscord

from disruption.errors import RequestFailed
from disruption.rest import Rest, Retries

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs the openssl command")


class Tunnel:
    """A proxy that knows CONNECT and nothing else.

    Attributes:
        heads: What it was asked, one text a connection.
        answer: The status line that it answers with.
    """

    def __init__(self) -> None:
        self.heads: list[str] = []
        self.answer = "200 Connection established"
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, name="tunnel")
        self._thread.start()

    def _accept(self) -> None:
        pipes: list[threading.Thread] = []
        while True:
            client, _ = self._listener.accept()
            head = b""
            while b"\r\n\r\n" not in head:
                piece = client.recv(4096)
                if not piece:
                    break
                head += piece
            if not head:  # from `stop`
                client.close()
                break
            self.heads.append(head.decode())
            client.sendall(f"HTTP/1.1 {self.answer}\r\n\r\n".encode())
            if not self.answer.startswith("200"):
                client.close()
                continue
            host, _, port = head.split()[1].decode().partition(":")
            server = socket.create_connection((host, int(port)))
            for source, sink in ((client, server), (server, client)):
                pipe = threading.Thread(target=self._pipe, args=(source, sink), name="tunnel-pipe")
                pipe.start()
                pipes.append(pipe)
        for pipe in pipes:
            pipe.join(20)

    @staticmethod
    def _pipe(source: socket.socket, sink: socket.socket) -> None:
        try:
            while piece := source.recv(65536):
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the other side has gone

    def stop(self) -> None:
        socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join(30)
        self._listener.close()


@pytest.fixture
def tunnel() -> Iterator[Tunnel]:
    """A proxy."""
    made = Tunnel()
    yield made
    made.stop()


@pytest.fixture
def certificate(tmp_path: Path, discord: FakeDiscord) -> Path:
    """Make the fake server speak TLS, and return the certificate to trust."""
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=IP:127.0.0.1,DNS:localhost",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    discord.use_tls(context)
    return cert


def test_a_bundle_of_ones_own_is_trusted(discord: FakeDiscord, certificate: Path) -> None:
    with Rest(TOKEN, base_url=discord.url, verify=str(certificate)) as rest:
        rest.trigger_typing_indicator(2)
        rest.trigger_typing_indicator(2)
    assert discord.url.startswith("https:")
    assert len({request.connection for request in discord.requests}) == 1


def test_the_environments_bundle_is_trusted(
    discord: FakeDiscord, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with Rest(TOKEN, base_url=discord.url) as rest:
        monkeypatch.delenv("REQUESTS_CA_BUNDLE")
        rest.trigger_typing_indicator(2)


def test_nobody_else_gets_the_token(discord: FakeDiscord, certificate: Path) -> None:
    with Rest(TOKEN, base_url=discord.url, retries=Retries.none()) as rest:
        with pytest.raises(RequestFailed) as caught:
            rest.trigger_typing_indicator(2)
        assert isinstance(caught.value.__cause__, ssl.SSLError)
        assert not caught.value.maybe_processed
    assert not discord.requests


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_checking_can_be_switched_off(discord: FakeDiscord, certificate: Path) -> None:
    with Rest(TOKEN, base_url=discord.url, verify=False) as rest:
        rest.trigger_typing_indicator(2)
    assert len(discord.requests) == 1


def test_a_proxy_is_asked_for_a_tunnel(
    discord: FakeDiscord, certificate: Path, tunnel: Tunnel
) -> None:
    proxy = f"http://me:s3cret@127.0.0.1:{tunnel.port}"
    with Rest(TOKEN, base_url=discord.url, verify=certificate, proxy=proxy) as rest:
        for _ in range(2):
            rest.request("POST", "/x", json={"a": 1})
    (head,) = tunnel.heads
    assert head.startswith(f"CONNECT 127.0.0.1:{discord.port} HTTP/1.")
    secret = base64.b64encode(b"me:s3cret").decode()
    assert f"Proxy-Authorization: Basic {secret}".lower() in head.lower()
    assert TOKEN not in head
    assert [request.json for request in discord.requests] == [{"a": 1}, {"a": 1}]
    assert "Proxy-Authorization" not in discord.requests[0].headers


def test_a_proxy_that_refuses_is_told_without_its_password(
    discord: FakeDiscord, certificate: Path, tunnel: Tunnel
) -> None:
    tunnel.answer = "407 Proxy Authentication Required"
    proxy = f"http://me:s3cret@127.0.0.1:{tunnel.port}"
    retries = Retries.none()
    with (
        Rest(TOKEN, base_url=discord.url, verify=certificate, proxy=proxy, retries=retries) as rest,
        pytest.raises(RequestFailed, match="407 Proxy Authentication") as caught,
    ):
        rest.trigger_typing_indicator(2)
    assert not caught.value.maybe_processed
    assert "s3cret" not in f"{caught.value!r} {caught.value.__cause__!r}"
    assert discord.requests == []
