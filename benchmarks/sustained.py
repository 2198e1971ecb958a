"""CPU of 50 requests a second, Discord's global limit, that many threads send for as long as told.

    python -m benchmarks.sustained CALLER URL SECONDS

prints one round's result as JSON. Our threads call without a pause: what makes them wait is the
global limit, whose waits are part of what is measured. The threads of requests are told when to
send by a timetable, which costs them next to nothing.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from benchmarks.contenders import OURS, in_turn, middle
from benchmarks.payloads import CHANNEL_ID, TOKEN
from benchmarks.processes import Child
from benchmarks.report import Section, Target
from benchmarks.rest import BODY, CONTENT, REQUESTS

THREADS = 32
RATE = 50
MOST = 10.0  # percent of a core
WARM_UP = 2.0  # seconds: all connections are made, the first window is over

Work = Callable[[], object]


@contextmanager
def with_disruption(url: str) -> Iterator[Work]:
    """`Rest.create_message`, as it comes: the global limit is Discord's."""
    from disruption.rest import Rest

    with Rest(TOKEN, base_url=url) as rest:
        yield lambda: rest.create_message(CHANNEL_ID, content=CONTENT)


@contextmanager
def with_requests(url: str) -> Iterator[Work]:
    """A session as wide as the threads, each of whose calls has its time."""
    import requests
    from requests.adapters import HTTPAdapter

    session = requests.Session()
    session.trust_env = False
    session.mount("http://", HTTPAdapter(pool_maxsize=THREADS))
    session.headers["Authorization"] = f"Bot {TOKEN}"
    target = f"{url}/channels/{CHANNEL_ID}/messages"
    lock = threading.Lock()  # guards the timetable
    start = due = time.monotonic()

    def work() -> None:
        nonlocal due
        with lock:
            due = max(due, start) + 1 / RATE
            mine = due
        time.sleep(max(0.0, mine - time.monotonic()))
        response = session.post(target, json=BODY, timeout=10)
        response.raise_for_status()
        response.json()

    yield work
    session.close()


CALLERS = {OURS: with_disruption, REQUESTS: with_requests}


def run(caller: str, url: str, seconds: float) -> dict[str, float]:
    """Let the threads work; return the share of a core in percent, and calls a second."""
    done = threading.Event()
    lock = threading.Lock()  # guards calls and errors
    calls = 0
    errors: list[Exception] = []

    def loop(work: Work) -> None:
        nonlocal calls
        try:
            while not done.is_set():
                work()
                with lock:
                    calls += 1
        except Exception as error:
            with lock:
                errors.append(error)

    with CALLERS[caller](url) as work:
        threads = [
            threading.Thread(target=loop, args=(work,), name=f"work-{number}")
            for number in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        time.sleep(WARM_UP)
        start, cpu, before = time.monotonic(), time.process_time(), calls
        time.sleep(seconds)
        took, used, made = time.monotonic() - start, time.process_time() - cpu, calls - before
        done.set()
        for thread in threads:
            thread.join(30)
    if errors:
        raise errors[0]
    return {"percent": used / took * 100, "rate": made / took}


def main() -> None:
    """Time one caller once and print what it used."""
    caller, url, seconds = sys.argv[1:]
    print(json.dumps(run(caller, url, float(seconds))), flush=True)


def add_to(section: Section, url: str, *, quick: bool) -> None:
    """Add the share of a core and the rate to a section.

    Args:
        section: Where to.
        url: The REST of a server that runs.
        quick: Shorter and fewer rounds.
    """
    seconds = 5 if quick else 20

    def one(caller: str) -> dict[str, float]:
        with Child("benchmarks.sustained", caller, url, str(seconds)) as child:
            return {name: float(value) for name, value in child.hear(seconds + 90).items()}

    results = in_turn(CALLERS, 3, section.failures, one)
    name = f"{RATE} a second from {THREADS} threads"
    values = {
        caller: middle(found["percent"] for found in rounds) for caller, rounds in results.items()
    }
    section.add(f"{name}: CPU", "% of a core", values, Target(MOST, base=None))
    values = {
        caller: middle(found["rate"] for found in rounds) for caller, rounds in results.items()
    }
    section.add(f"{name}: sent", "a second", values)


if __name__ == "__main__":
    main()
