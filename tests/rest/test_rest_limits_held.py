"""No avoidable 429 over 10,000 requests from 64 threads.

The limits are scaled so that it takes seconds. With DISRUPTION_TEST_LIMITS=discord in the
environment they are Discord's own, and it takes about four minutes:

    DISRUPTION_TEST_LIMITS=discord pytest -m slow tests/rest/test_rest_limits_held.py
"""

from __future__ import annotations

import os
import threading
import time
from typing import NamedTuple

import pytest
from rest_fake import TOKEN, Answer, FakeDiscord, Request

from disruption.rest import Rest, Retries
from disruption.rest.buckets import RateLimits
from disruption.rest.limiter import Limiter

REQUESTS = 10_000
THREADS = 64


class Scale(NamedTuple):
    """The limits of the server.

    Attributes:
        limit: Requests in a window of one channel.
        period: Seconds of that window.
        channels: How many.
        everywhere: Requests a second over all channels.
    """

    limit: int
    period: float
    channels: int
    everywhere: int


SCALED = Scale(limit=25, period=0.5, channels=16, everywhere=600)
DISCORD = Scale(limit=5, period=5.0, channels=60, everywhere=50)
SCALE = DISCORD if os.environ.get("DISRUPTION_TEST_LIMITS") == "discord" else SCALED


class Limited:
    """Discord's limits: a window begins with its first request."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.lock = threading.Lock()  # guards the rest
        self.windows: dict[str, tuple[float, int]] = {}
        self.second = (0.0, 0)
        self.served = 0
        self.refused: list[str] = []

    def __call__(self, request: Request) -> Answer:
        scale = self.scale
        with self.lock:
            now = time.time()
            over, count = self.second
            if now >= over:
                over, count = now + 1, 0
            if count >= scale.everywhere:
                self.refused.append("global")
                data = {"message": "slow", "retry_after": over - now, "global": True}
                return Answer(429, data, headers={"X-RateLimit-Global": "true"})
            self.second = (over, count + 1)
            end, used = self.windows.get(request.path, (0.0, 0))
            if now >= end:
                end, used = now + scale.period, 0
            fits = used < scale.limit
            used += fits
            self.windows[request.path] = (end, used)
            self.served += fits
            if not fits:
                self.refused.append(request.path)
        headers = {
            "X-RateLimit-Bucket": "messages",
            "X-RateLimit-Limit": str(scale.limit),
            "X-RateLimit-Remaining": str(scale.limit - used),
            "X-RateLimit-Reset": f"{end:.3f}",
            "X-RateLimit-Reset-After": f"{end - now:.3f}",
        }
        if fits:
            return Answer(204, headers=headers)
        data = {"message": "slow", "retry_after": end - now, "global": False}
        return Answer(429, data, headers=headers)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_ten_thousand_requests_get_no_429(discord: FakeDiscord) -> None:
    limited = Limited(SCALE)
    discord.default = limited
    limiter = Limiter(RateLimits(global_limit=SCALE.everywhere))
    numbers = iter(range(REQUESTS))
    lock = threading.Lock()  # guards numbers
    errors: list[BaseException] = []

    with Rest(TOKEN, base_url=discord.url, limiter=limiter, retries=Retries.none()) as rest:

        def work() -> None:
            try:
                while True:
                    with lock:
                        number = next(numbers, None)
                    if number is None:
                        return
                    rest.trigger_typing_indicator(number % SCALE.channels + 1)
            except BaseException as error:
                errors.append(error)

        workers = [threading.Thread(target=work, name=f"work-{n}") for n in range(THREADS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(800)
    assert limited.refused == []
    assert errors == []
    assert limited.served == REQUESTS
