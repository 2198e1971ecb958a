"""A connection among threads, forks, exits and TLS."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scripted_gateway import PATIENCE, FakeGateway, Peer, until

from disruption.errors import GatewayError
from disruption.gateway import Gateway, SessionResumed, SessionStarted
from disruption.types.events import TypingStart

Connect = Callable[..., Gateway]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_lets_go_in_silence_and_the_parent_goes_on(
    server: FakeGateway, connect: Connect
):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    gateway.connect(PATIENCE)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        verdict = b"ready, " if gateway.is_ready else b""
        try:
            gateway.send({"op": 4, "d": {}})
        except GatewayError as error:
            verdict += b"advice" if b"fork" in str(error).encode() else b"other"
        try:
            gateway._connection.start()
        except GatewayError:
            verdict += b"+start"
        if gateway.close() and gateway._connection._transport is None:
            verdict += b"+closed"
        os.write(write, verdict)
        os._exit(0)
    os.close(write)
    assert os.read(read, 100) == b"advice+start+closed"
    os.close(read)
    os.waitpid(child, 0)
    peer.payload(1)
    assert peer.receive()["op"] == 1  # neither a close frame nor an end came before it
    peer.message()
    until(gateway, TypingStart)


def test_the_interpreter_exits_with_a_connection_open(server: FakeGateway):
    code = textwrap.dedent(f"""
        from disruption.gateway import Gateway, SessionStarted
        gateway = Gateway("fake.token", intents=1, url={server.url!r}, connection_events=True)
        gateway.connect(30)
        print("connected", flush=True)
    """)
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    peer = server.accept()
    peer.identify()
    assert peer.until_end() == 4000
    peer.drop()
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (0, "connected\n", "")


def test_two_gateways_in_one_process(server: FakeGateway, connect: Connect):
    first, second = connect(name="one"), connect(name="two", token="other.token")
    for _ in range(2):
        server.accept().identify()
    first.connect(PATIENCE)
    second.connect(PATIENCE)


def test_commands_of_many_threads_do_not_mix(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    gateway.connect(PATIENCE)
    threads = [
        threading.Thread(target=gateway.update_voice_state, args=(number, 2))
        for number in range(20)
    ]
    for thread in threads:
        thread.start()
    seen = {peer.expect(4)["guild_id"] for _ in threads}
    for thread in threads:
        thread.join(PATIENCE)
    assert seen == {str(number) for number in range(20)}


REQUEST = [
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
    "subjectAltName=DNS:localhost",
]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl command here to make a certificate with")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        [openssl, *REQUEST, "-keyout", str(key), "-out", str(cert)],
        check=True,
        capture_output=True,
    )
    return cert, key


class TLSGateway(FakeGateway):
    """The fake server behind TLS."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context
        super().__init__()
        self.url = f"wss://localhost:{self.port}"

    def _shake_hands(self, sock: socket.socket) -> None:
        wrapped = self.context.wrap_socket(sock, server_side=True)
        self._sockets.append(wrapped)
        super()._shake_hands(wrapped)


@pytest.fixture
def tls_server(certificate: tuple[Path, Path]) -> Any:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server = TLSGateway(context)
    yield server
    server.stop()


def test_talks_through_tls_in_both_directions_at_once(
    tls_server: TLSGateway, connect: Connect, certificate: tuple[Path, Path]
):
    tls = ssl.create_default_context(cafile=str(certificate[0]))
    gateway = connect(url=tls_server.url, tls=tls, connection_events=False)
    peer = tls_server.accept()
    peer.identify()
    gateway.connect(PATIENCE)

    def flood(peer: Peer) -> None:
        for number in range(300):
            peer.message("x" * (60_000 if number % 50 == 0 else 3000))  # also of many records

    thread = threading.Thread(target=flood, args=(peer,))
    thread.start()
    for _ in range(50):
        gateway.update_voice_state(1, 2)
    thread.join(PATIENCE)
    for _ in range(50):
        assert peer.receive()["op"] == 4
    for _ in range(301):
        gateway.next_event(PATIENCE)


def test_resumes_over_tls_and_stops_cleanly(
    tls_server: TLSGateway, connect: Connect, certificate: tuple[Path, Path]
):
    tls = ssl.create_default_context(cafile=str(certificate[0]))
    gateway = connect(url=tls_server.url, tls=tls)
    peer = tls_server.accept()
    peer.identify()
    until(gateway, SessionStarted)
    peer.payload(7)
    assert peer.until_end() == 4000
    tls_server.accept().resume()
    until(gateway, SessionResumed)
    assert gateway.close()


def test_an_unknown_certificate_is_refused_before_anything_is_sent(
    tls_server: TLSGateway, connect: Connect
):
    gateway = connect(url=tls_server.url)
    event = gateway.next_event(PATIENCE)
    assert "certificate" in event.reason  # type: ignore[union-attr]
    assert tls_server._peers.empty()
