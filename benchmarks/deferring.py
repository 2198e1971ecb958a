"""How soon interactions are deferred that find every handler busy.

    python -m benchmarks.deferring [--quick]         prints the table
    python -m benchmarks.deferring URL COUNT SECONDS is one round: a client that COUNT interactions
                                                     reach within SECONDS

The client has eight workers, all of them stuck, and REST takes as long to answer as Discord does.
Interactions go where the reader puts them; their token says when. What arrives after Discord's
3 seconds is refused, as Discord does, and counts as failed.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks import payloads
from benchmarks.contenders import OURS
from benchmarks.payloads import TOKEN, Payloads
from benchmarks.processes import Child, ChildFailed
from benchmarks.report import Section, Target

LATENCY = 0.2  # seconds that Discord takes to answer
FIRST_LIMIT = 3.0  # seconds for the first answer
EPOCH = 1_420_070_400_000
ROUNDS = {  # name -> interactions, seconds within which they come
    "one at a time": (20, 20.0),
    "40 at once": (40, 0.0),
    "150 at once": (150, 0.0),
    "1,000 in a minute": (1_000, 60.0),
}


class Discord:
    """Takes callbacks, and remembers how old the interactions were by then."""

    def __init__(self) -> None:
        ages = self.ages = list[float]()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                now = time.monotonic()
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                age = now - int(self.path.split("/")[5]) / 1e9
                ages.append(age)
                time.sleep(LATENCY)
                self.send_response(204 if age < FIRST_LIMIT else 404)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 512

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/api/v10"
        threading.Thread(target=self._server.serve_forever, name="discord", daemon=True).start()

    def stop(self) -> None:
        """Take nothing more."""
        self._server.shutdown()
        self._server.server_close()


def run(url: str, count: int, seconds: float) -> dict[str, Any]:
    """Let interactions come to a busy client; say what was deferred, and what the reader took."""
    from disruption import Client, InteractionCreate

    source = Payloads()
    payload = source.interaction_create(source.guild_create(members=10))
    client = Client(None, TOKEN, rest_url=url, workers=8, max_threads=8)
    gate = threading.Event()
    client.on(InteractionCreate)(lambda interaction: gate.wait())
    client.start_http()  # the parts without a connection
    spent = 0.0
    start = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, start + number * seconds / count - time.monotonic()))
        made = int(time.time() * 1000 - EPOCH) << 22
        born = time.monotonic_ns()
        raw = payloads.dumps({**payload, "id": str(made + number), "token": str(born)})
        begin = time.perf_counter()
        client._sink.push("INTERACTION_CREATE", number + 1, raw, 0)
        client._sink.flush()
        spent += time.perf_counter() - begin
    time.sleep(FIRST_LIMIT + 1)
    deferred = client.counters["rest.auto_defers"]
    gate.set()
    client.stop(1.0)
    return {"deferred": deferred, "reader": spent / count * 1e6}


def measure(*, quick: bool) -> Section:
    """Measure all rounds."""
    section = Section(
        "Auto-defer",
        f"Eight workers, all stuck; REST answers after {LATENCY:g} s. Age is an interaction's "
        "when its deferral reached Discord.",
    )
    for name, (count, seconds) in ROUNDS.items():
        if quick:
            count, seconds = max(count // 4, 5), seconds / 4
        discord = Discord()
        try:
            with Child("benchmarks.deferring", discord.url, str(count), str(seconds)) as child:
                found = child.hear(seconds + 60)
        except ChildFailed as error:
            section.failures[name] = str(error)
            continue
        finally:
            discord.stop()
        ages = sorted(discord.ages)
        failed = count - found["deferred"] + sum(age >= FIRST_LIMIT for age in ages)
        section.add(f"{name}: failed", "of them", {OURS: float(failed)}, Target(0, base=None))
        if ages:
            half = ages[len(ages) // 2]
            section.add(f"{name}: age, p50", "s", {OURS: half})
            section.add(f"{name}: age, most", "s", {OURS: ages[-1]}, Target(2.5, base=None))
    return section


def main() -> None:
    """Run one round, or all of them."""
    if len(sys.argv) == 4:
        url, count, seconds = sys.argv[1:]
        print(json.dumps(run(url, int(count), float(seconds))), flush=True)
        return
    print(measure(quick="--quick" in sys.argv).to_markdown())


if __name__ == "__main__":
    main()
