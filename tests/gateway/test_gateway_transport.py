"""The traps of a socket that two threads use, each seen with websocket-client alone."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from scripted_gateway import PATIENCE, FakeGateway, Peer

from disruption.gateway import Timeouts
from disruption.gateway.failures import PeerClosed, TransportError
from disruption.gateway.transport import Transport


class Opened:
    """A transport whose reader runs in a thread and notes how it ended."""

    def __init__(self, url: str, **timeouts: float) -> None:
        self.drained: queue.Queue[bool] = queue.Queue()  # what was told before each read
        self.transport = Transport(
            url + "/?v=10", timeouts=Timeouts(**timeouts), drained=self.drained.put
        )
        self.ended: list[BaseException] = []
        self.opened = threading.Event()
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def _read(self) -> None:
        try:
            self.transport.open(lambda: None)
            self.opened.set()
            while True:
                self.transport.receive()
        except (PeerClosed, TransportError) as error:
            self.ended.append(error)
        finally:
            self.transport.close()

    def join(self) -> Any:
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()
        return self.ended[0]


@pytest.fixture
def pair(server: FakeGateway) -> Iterator[Callable[..., tuple[Opened, Peer]]]:
    made: list[Opened] = []

    def make(**timeouts: float) -> tuple[Opened, Peer]:
        client = Opened(server.url, **timeouts)
        made.append(client)
        peer = server.accept()
        assert client.opened.wait(PATIENCE)
        return client, peer

    yield make
    for client in made:
        client.transport.end(4000, "")
        client.join()


Pair = Callable[..., tuple[Opened, Peer]]


def test_end_wakes_a_reader_that_waits_for_a_silent_peer(pair: Pair):
    client, _ = pair()
    client.transport.end(4000, "enough")
    assert isinstance(client.join(), TransportError)


def test_a_send_that_the_peer_does_not_take_ends_the_connection(pair: Pair):
    client, peer = pair(send=0.3)
    with pytest.raises(TransportError, match="takes nothing"):
        client.transport.send(b"x" * (64 << 20))
    with pytest.raises(TransportError):
        client.transport.send(b"this must not land inside the broken frame")
    assert "takes nothing" in str(client.join())
    received = b""
    while True:
        try:
            data = peer.sock.recv(1 << 20)
        except OSError:
            break
        if not data:
            break
        received = (received + data)[-200:]
    assert b"inside" not in received


def test_nothing_is_sent_after_the_close_frame(pair: Pair):
    client, peer = pair()
    client.transport.end(4000, "bye")
    with pytest.raises(TransportError):
        client.transport.send(b"{}")
    assert peer.receive_frame() == (8, b"\x0f\xa0bye")
    with pytest.raises((EOFError, OSError)):
        peer.receive_frame()


def test_a_stop_waits_for_the_peers_half_of_the_close(pair: Pair):
    client, peer = pair(close=PATIENCE)
    stopper = threading.Thread(
        target=client.transport.end, args=(1000, ""), kwargs={"linger": True}
    )
    stopper.start()
    assert peer.receive_frame() == (8, b"\x03\xe8")
    peer.close(1000)
    stopper.join(PATIENCE)
    assert not stopper.is_alive()
    assert isinstance(client.join(), PeerClosed)


@pytest.mark.parametrize(("theirs", "answer"), [(1000, 4000), (1001, 4000), (4009, 4009)])
def test_the_peers_close_is_never_answered_with_a_code_that_ends_the_session(
    pair: Pair, theirs: int, answer: int
):
    client, peer = pair()
    peer.close(theirs, "reason")
    assert peer.until_end() == answer
    ended = client.join()
    assert (ended.code, ended.reason) == (theirs, "reason")


@pytest.mark.parametrize("data", [b"", b"\x03", b"\x03\xe8\xff\xfe"])
def test_odd_close_frames_are_still_closes(pair: Pair, data: bytes):
    client, peer = pair()
    peer.frame(8, data)
    assert isinstance(client.join(), PeerClosed)


def test_many_threads_may_end_it_at_once(pair: Pair):
    client, _ = pair(close=0.2)
    threads = [threading.Thread(target=client.transport.end, args=(4000, "")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    client.join()


def test_the_reader_tells_before_a_read_whether_it_will_wait(pair: Pair):
    client, peer = pair()
    peer.frame(2, b"x" * (8 << 20))  # many times what one read takes
    told = [client.drained.get(timeout=PATIENCE)]
    while not told[-1] or told.count(True) < 10:
        told.append(client.drained.get(timeout=PATIENCE))
    while told[-1]:  # until the last read has emptied the socket
        told.append(client.drained.get(timeout=PATIENCE))
    assert not client.ended


def test_a_name_that_does_not_exist_says_so():
    client = Opened("ws://no-such-host.invalid")
    assert "no-such-host.invalid" in str(client.join())
