"""The WSGI server on real sockets: keep-alive, chunked bodies, cuts, a clean stop."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from disruption.local.rest.serve import CUT_KEY, SENT_KEY, WAIT_KEY, RestServer, serve

Environ = dict[str, Any]

sent = threading.Event()


def echo(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()
    if environ["PATH_INFO"] == "/cut":
        environ[CUT_KEY](5 if environ["QUERY_STRING"] == "middle" else None)
        body = b"0123456789"
    if environ["PATH_INFO"] == "/sent":
        environ[SENT_KEY].append(sent.set)
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
    start("200 OK", headers)
    return [body]


@pytest.fixture
def server() -> Iterator[RestServer]:
    running = serve(echo)
    yield running
    running.stop()


def connect(server: RestServer) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)


def test_one_connection_carries_many_requests(server: RestServer) -> None:
    connection = connect(server)
    for text in (b"one", b"", b"three" * 50_000):
        connection.request("POST", "/", body=text)
        assert connection.getresponse().read() == text
        assert connection.sock is not None
    connection.close()


def test_chunked_bodies_are_read_and_the_connection_goes_on(server: RestServer) -> None:
    connection = connect(server)
    for _ in range(2):
        connection.request("POST", "/", body=iter([b"ab", b"c" * 70_000]), encode_chunked=True)
        assert connection.getresponse().read() == b"ab" + b"c" * 70_000
    connection.close()


def test_connection_close_is_obeyed(server: RestServer) -> None:
    connection = connect(server)
    connection.request("POST", "/", body=b"x", headers={"Connection": "close"})
    answer = connection.getresponse()
    assert answer.getheader("Connection") == "close"
    assert answer.read() == b"x"
    assert answer.isclosed()


@pytest.mark.parametrize(("query", "received"), [("middle", b"01234"), ("before", b"")])
def test_a_cut_is_a_tcp_reset(server: RestServer, query: str, received: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        raw.sendall(f"GET /cut?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        data = bytearray()

        def drain() -> None:
            while part := raw.recv(4096):
                data.extend(part)

        with pytest.raises(ConnectionResetError):
            drain()
    # A reset may overtake what was sent just before it.
    assert received.startswith(bytes(data).rpartition(b"\r\n\r\n")[2][:5]) or not data


def test_what_waits_for_the_answer_to_be_sent_is_called_then(server: RestServer) -> None:
    connection = connect(server)
    connection.request("POST", "/sent", body=b"x")
    assert connection.getresponse().read() == b"x"
    assert sent.wait(10)
    connection.close()


def test_nonsense_is_answered_with_json_and_a_closed_connection(server: RestServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        raw.sendall(b"NONSENSE\r\n\r\n")
        received = b""
        while part := raw.recv(4096):
            received += part
    assert b"400: Bad Request" in received


def test_stop_closes_idle_connections_and_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    running = serve(echo)
    connections = [connect(running) for _ in range(5)]
    for connection in connections:
        connection.request("POST", "/", body=b"x")
        connection.getresponse().read()
    assert len(set(threading.enumerate()) - before) == 6
    running.stop()
    running.stop()
    assert set(threading.enumerate()) - before == set()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", running.port), timeout=10)
    for connection in connections:
        connection.close()


def test_stop_ends_what_waits_in_a_request() -> None:
    waiting, ended = threading.Event(), threading.Event()

    def slow(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        waiting.set()
        environ[WAIT_KEY](3600.0)
        ended.set()
        start("200 OK", [("Content-Length", "0")])
        return []

    before = set(threading.enumerate())
    running = serve(slow)
    connection = connect(running)
    connection.request("GET", "/")
    assert waiting.wait(10)
    running.stop()
    assert ended.is_set()
    assert set(threading.enumerate()) - before == set()
    connection.close()
