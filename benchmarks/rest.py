"""CPU of one create_message, ours beside the same call with bare requests, and the others.

`sustained.py` adds what many threads use that send for a while.

    python -m benchmarks.rest CALLER URL CALLS

prints one round's result as JSON. The answer is read by everybody: as JSON by requests, as the
library's message object by the libraries.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks.contenders import DISCORD_PY, HIKARI, OURS, in_turn, middle
from benchmarks.payloads import CHANNEL_ID, TOKEN
from benchmarks.processes import Child
from benchmarks.report import Section, Target
from benchmarks.scenario import Scenario

REQUESTS, REQUESTS_AS_IT_COMES = "requests", "requests (trust_env)"
CONTENT = "A line of text as bots send it: not long, not short, with a :smile: at its end. " * 3
# What our library sends for this content, so that requests has the same bytes to write.
BODY: Any = {
    "content": CONTENT,
    "nonce": "1234567890123456789012345",
    "enforce_nonce": True,
    "allowed_mentions": {"parse": [], "replied_user": True},
}
WARM_UP = 50


def with_disruption(url: str, calls: int) -> float:
    """`Rest.create_message`, with limits that never make it wait: waiting costs no CPU."""
    from disruption.rest import Rest
    from disruption.rest.buckets import RateLimits
    from disruption.rest.limiter import Limiter

    rest = Rest(TOKEN, base_url=url, limiter=Limiter(RateLimits(global_limit=1_000_000)))
    return _time(lambda: rest.create_message(CHANNEL_ID, content=CONTENT), calls)


def with_requests(url: str, calls: int, *, trust_env: bool = False) -> float:
    """A session that posts and reads the answer's JSON."""
    import requests

    session = requests.Session()
    session.trust_env = trust_env
    session.headers["Authorization"] = f"Bot {TOKEN}"
    target = f"{url}/channels/{CHANNEL_ID}/messages"

    def call() -> None:
        response = session.post(target, json=BODY, timeout=10)
        response.raise_for_status()
        response.json()

    return _time(call, calls)


def with_discordpy(url: str, calls: int) -> float:
    """`PartialMessageable.send` of a client that has logged in."""
    import discord
    from discord.http import Route

    Route.BASE = url

    async def run() -> float:
        async with discord.Client(intents=discord.Intents.default()) as client:
            await client.login(TOKEN)
            channel = client.get_partial_messageable(CHANNEL_ID)
            return await _time_async(lambda: channel.send(CONTENT), calls)

    return asyncio.run(run())


def with_hikari(url: str, calls: int) -> float:
    """`RESTClient.create_message`."""
    import hikari

    async def run() -> float:
        app = hikari.RESTApp(url=url)
        await app.start()
        async with app.acquire(TOKEN, "Bot") as client:
            return await _time_async(lambda: client.create_message(CHANNEL_ID, CONTENT), calls)

    return asyncio.run(run())


CALLERS: dict[str, Callable[[str, int], float]] = {
    OURS: with_disruption,
    REQUESTS: with_requests,
    REQUESTS_AS_IT_COMES: lambda url, calls: with_requests(url, calls, trust_env=True),
    DISCORD_PY: with_discordpy,
    HIKARI: with_hikari,
}


def _time(call: Callable[[], object], calls: int) -> float:
    for _ in range(WARM_UP):
        call()
    start = time.process_time()
    for _ in range(calls):
        call()
    return (time.process_time() - start) / calls * 1e6


async def _time_async(call: Callable[[], Awaitable[object]], calls: int) -> float:
    for _ in range(WARM_UP):
        await call()
    start = time.process_time()
    for _ in range(calls):
        await call()
    return (time.process_time() - start) / calls * 1e6


def main() -> None:
    """Time one caller once and print its CPU a call in microseconds."""
    caller, url, calls = sys.argv[1:]
    print(json.dumps({"cpu_us": CALLERS[caller](url, int(calls))}), flush=True)


def measure(*, quick: bool) -> Section:
    """Compare the callers, in turn, against one local server."""
    from benchmarks import sustained  # which takes the request from here

    section = Section(
        "REST",
        "CPU (user and system, all threads) of one `create_message` on a kept connection, answer "
        "read; the same bytes sent by requests, whose session has `trust_env` off (the stricter "
        "yardstick) or on (as it comes).",
    )
    calls = 300 if quick else 1_000
    with Child("benchmarks.flood", Scenario(()).to_json()) as server:
        url = server.hear(60)["rest"]

        def one(caller: str) -> float:
            with Child("benchmarks.rest", caller, url, str(calls)) as child:
                return float(child.hear(180)["cpu_us"])

        results = in_turn(CALLERS, 3 if quick else 5, section.failures, one)
        values = {caller: middle(found) for caller, found in results.items()}
        section.add("create_message", "µs", values, Target(1.15, base=REQUESTS))
        sustained.add_to(section, url, quick=quick)
    return section


if __name__ == "__main__":
    main()
