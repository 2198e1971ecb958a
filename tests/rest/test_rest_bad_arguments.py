"""Whatever is given to a method: it is sent, or refused with an error of ours."""

from __future__ import annotations

import inspect
import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from rest_arguments import arguments
from rest_fake import TOKEN, Answer, FakeDiscord
from rest_openapi import OpenAPI, description
from rest_operations import Operation, operations

from disruption.errors import DisruptionError, InvalidArgument
from disruption.rest import Rest, Retries
from disruption.rest.buckets import RateLimits
from disruption.rest.limiter import Limiter

METHODS = [(method, operation) for operation in operations() for method in operation.methods]

BAD: list[Any] = [
    None, -1, "x", object(), [], {}, [None], [object()], [{}], 10**30, "", b"", math.nan,
    math.inf, "\ud800", True, 1.5, datetime(1, 1, 1), datetime(2030, 1, 1), timedelta.max,
    timedelta(days=-5), "a" * 5000, {"a": object()}, {1: 2}, [[]], (), set(), object, "a\nb",
    "a/b", "..", 0,
]  # fmt: skip


@pytest.fixture(scope="module")
def api() -> OpenAPI:
    """Discord's description."""
    return OpenAPI(description())


@pytest.fixture(scope="module")
def client() -> Iterator[Rest]:
    """A client of a server that answers everything with an empty object."""
    server = FakeDiscord()
    server.default = Answer(json={})
    limiter = Limiter(RateLimits(global_limit=math.inf))
    with Rest(TOKEN, base_url=server.url, limiter=limiter, retries=Retries.none()) as made:
        yield made
    server.stop()


def good(method: str, operation: Operation, api: OpenAPI) -> dict[str, Any]:
    """Return arguments that a method takes, few of them."""
    found: list[dict[str, Any]] = []

    @settings(
        max_examples=3,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(arguments(method, api.find(operation.method, operation.path)))
    def make(options: dict[str, Any]) -> None:
        found.append(options)

    make()
    return min(found, key=len)


def attack(method: str, operation: Operation, api: OpenAPI, client: Rest, step: int) -> None:
    """Put every `step`-th bad thing in the place of each argument."""
    options = good(method, operation, api)
    parameters = inspect.signature(getattr(Rest, method)).parameters.values()
    names = [each.name for each in parameters if each.kind is not each.VAR_KEYWORD]
    for number, name in enumerate(dict.fromkeys([*names, *options])):
        if name == "self":
            continue
        for bad in BAD[number % step :: step]:
            try:
                getattr(client, method)(**options | {name: bad})
            except DisruptionError:
                pass
            except Exception as error:
                raise AssertionError(f"{method}({name}={bad!r})") from error


@pytest.mark.parametrize(("method", "operation"), METHODS, ids=[method for method, _ in METHODS])
def test_bad_arguments_are_refused_as_such(
    method: str, operation: Operation, api: OpenAPI, client: Rest
) -> None:
    attack(method, operation, api, client, 7)


@pytest.mark.slow
@pytest.mark.parametrize(("method", "operation"), METHODS, ids=[method for method, _ in METHODS])
def test_all_bad_arguments_are_refused_as_such(
    method: str, operation: Operation, api: OpenAPI, client: Rest
) -> None:
    attack(method, operation, api, client, 1)


def test_the_field_that_cannot_be_written_is_named(client: Rest) -> None:
    with pytest.raises(InvalidArgument, match=r"^content cannot be written as JSON: .*utf-8"):
        client.create_message(1, content="a \ud800")
    with pytest.raises(InvalidArgument, match=r"^nsfw cannot be written"):
        client.modify_channel(1, nsfw=object())  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument, match=r"^json\.a\.1 cannot|^a\.1 cannot"):
        client.request("POST", "/a", json={"a": [1, object()]})
