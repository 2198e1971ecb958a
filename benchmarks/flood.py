"""The flood server: a gateway that sends as fast as a client reads, in a process of its own.

    python -m benchmarks.flood '<scenario as JSON>'

Its first line of output is `{"rest": url, "gateway": url}`. On each line `go` of its input it
sends the next phase to the newest connection and answers with a line
`{"phase": name, "cpu_us": server's CPU an event, "times": when each event was sent (monotonic
nanoseconds; only of paced phases)}`. It ends with its input.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator

from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

from benchmarks import payloads
from benchmarks.payloads import GUILD_ID, Payloads
from benchmarks.scenario import Phase, Scenario
from benchmarks.stub_rest import RestStub
from benchmarks.wire import RUN, Template, Wire, fill_run

FIRST_SEQUENCE = 1_000_001
DISTINCT = 512
HEARTBEAT_MS = 41_250


class Script:
    """Everything that is sent on a connection, made before the first one comes."""

    def __init__(self, scenario: Scenario, gateway_url: str) -> None:
        source = Payloads()
        wire = self.wire = Wire(compressed=scenario.compressed)
        guild_ids = [GUILD_ID + 10_000 * i for i in range(scenario.guilds)]
        guilds = [source.guild_create(own, scenario.members) for own in guild_ids]
        opening = [payloads.frame("READY", FIRST_SEQUENCE, payloads.ready(gateway_url, guild_ids))]
        opening += [
            payloads.frame("GUILD_CREATE", FIRST_SEQUENCE + 1 + i, guild)
            for i, guild in enumerate(guilds)
        ]
        hello = {"t": None, "s": None, "op": 10, "d": {"heartbeat_interval": HEARTBEAT_MS}}
        self.hello = wire.first(payloads.dumps(hello))
        self.ack = wire.one(payloads.dumps({"t": None, "s": None, "op": 11, "d": None}))
        self.opening = b"".join(wire.one(payload) for payload in opening)
        home = guilds[0] if guilds else source.guild_create(members=1_000)
        self._templates = [
            Template(
                source.interaction_create(home)
                if scenario.listens == "command"
                else source.message_create(i, home)
            )
            for i in range(DISTINCT)
        ]
        self._marked = scenario.listens == "nothing"
        self._mark = source.channel_create(home)
        sequence = FIRST_SEQUENCE + len(opening)
        self._first: dict[int, int] = {}
        for number, phase in enumerate(scenario.phases):
            self._first[number] = sequence
            sequence += phase.count + self._marked
        self._ready = {
            number: list(self._make(number, phase))
            for number, phase in enumerate(scenario.phases)
            if phase.rate or scenario.compressed
        }

    def runs(self, number: int, phase: Phase) -> Iterator[list[bytes]]:
        """The frames of a phase, in runs; plain floods are made while they are sent."""
        return iter(self._ready[number]) if number in self._ready else self._make(number, phase)

    def _make(self, number: int, phase: Phase) -> Iterator[list[bytes]]:
        first = self._first[number]
        for start in range(0, phase.count, RUN):
            count = min(RUN, phase.count - start)
            yield self.wire.run(fill_run(self._templates, first + start, start, count))
        if self._marked:
            frame = payloads.frame("CHANNEL_CREATE", first + phase.count, self._mark)
            yield [self.wire.one(frame)]


class Connection:
    """One client: a thread reads it, whoever calls `send_phase` floods it."""

    def __init__(self, sock: socket.socket, script: Script) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock = sock
        self._script = script
        self._protocol = ServerProtocol()
        self._outbox: deque[bytes] = deque()
        self._lock = threading.Lock()  # held while bytes go out, so that runs stay whole

    def serve(self) -> None:
        """Read until the client goes; runs in a daemon thread that ends with the socket."""
        try:
            while data := self._sock.recv(1 << 16):
                self._protocol.receive_data(data)
                for event in self._protocol.events_received():
                    if isinstance(event, Request):
                        self._protocol.send_response(self._protocol.accept(event))
                        self._outbox.extend(self._protocol.data_to_send())
                        self._outbox.append(self._script.hello)
                    elif isinstance(event, Frame) and event.opcode in (Opcode.TEXT, Opcode.BINARY):
                        self._receive(json.loads(bytes(event.data))["op"])
                self._outbox.extend(self._protocol.data_to_send())
                with self._lock:
                    self._drain()
        except OSError:
            pass  # the bot has ended; that is how every run ends
        finally:
            self._sock.close()

    def _receive(self, op: int) -> None:
        if op == 1:
            self._outbox.append(self._script.ack)
        elif op == 2:
            self._outbox.append(self._script.opening)

    def _drain(self) -> None:
        while self._outbox:
            self._sock.sendall(self._outbox.popleft())

    def send_phase(self, number: int, phase: Phase) -> list[int]:
        """Send a phase whole; of a paced one, return when each event was sent."""
        times: list[int] = []
        due = time.monotonic()
        for run in self._script.runs(number, phase):
            with self._lock:
                self._drain()
                if not phase.rate:
                    self._sock.sendall(b"".join(run))
                    continue
                for frame in run:
                    due += 1 / phase.rate
                    time.sleep(max(0.0, due - time.monotonic()))
                    times.append(time.monotonic_ns())
                    self._sock.sendall(frame)
        with self._lock:
            self._drain()
        return times


class FloodServer:
    """Accepts connections on a free port and keeps the newest."""

    def __init__(self, scenario: Scenario) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.gateway_url = f"ws://127.0.0.1:{self._listener.getsockname()[1]}"
        self.rest = RestStub(self.gateway_url)
        self._scenario = scenario
        self._script = Script(scenario, self.gateway_url)
        self._newest: Connection | None = None
        self._next_phase = 0
        threading.Thread(target=self._accept, name="flood-accept", daemon=True).start()

    def _accept(self) -> None:
        while True:
            sock, _ = self._listener.accept()
            self._newest = Connection(sock, self._script)
            self._next_phase = 0
            threading.Thread(target=self._newest.serve, name="flood-reader", daemon=True).start()

    def go(self) -> dict[str, object]:
        """Send the newest connection its next phase."""
        if self._newest is None:
            raise RuntimeError("no bot is connected")
        number, self._next_phase = self._next_phase, self._next_phase + 1
        phase = self._scenario.phases[number]
        before = time.process_time()
        times = self._newest.send_phase(number, phase)
        used = time.process_time() - before
        return {"phase": phase.name, "cpu_us": used / phase.count * 1e6, "times": times}


def main() -> None:
    """Serve one scenario until the input ends."""
    server = FloodServer(Scenario.from_json(sys.argv[1]))
    print(json.dumps({"rest": server.rest.url, "gateway": server.gateway_url}), flush=True)
    for line in sys.stdin:
        if line.strip() == "go":
            print(json.dumps(server.go()), flush=True)


if __name__ == "__main__":
    main()
