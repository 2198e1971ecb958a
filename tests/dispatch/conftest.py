from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dispatch_bench import Bench


@pytest.fixture
def bench() -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def make(**settings: Any) -> Bench:
        benches.append(Bench(**settings))
        return benches[-1]

    yield make
    for each in benches:
        each.close()
