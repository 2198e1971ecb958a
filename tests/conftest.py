"""A local Discord for every part's tests."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from disruption.local import LocalDiscord
from disruption.rest.limiter import forget_limits

# A shell without job control starts what it puts in the background deaf to Ctrl-C, and every
# program that a test starts would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A machine with much to do may stand still for as long as an example may otherwise take.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def limits_of_its_own() -> Iterator[None]:
    """A server gets a port that an earlier test's may have had: nothing is known of it."""
    yield
    forget_limits()


@pytest.fixture
def local() -> Iterator[LocalDiscord]:
    """A running local Discord; when it has stopped, no thread may be left."""
    before = set(threading.enumerate())
    with LocalDiscord() as discord:
        yield discord
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(10)
    assert not [thread.name for thread in left if thread.is_alive()]
