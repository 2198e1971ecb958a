"""Every method asks for what Discord's OpenAPI description has, and reads what it answers."""

from __future__ import annotations

import inspect
import json
import math
import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_arguments import arguments
from rest_fake import TOKEN, Answer, FakeDiscord, Request
from rest_openapi import FILE, Described, OpenAPI
from rest_operations import Operation, operations

from disruption.counters import Counters
from disruption.errors import InvalidArgument
from disruption.rest import Rest, Retries
from disruption.rest.buckets import RateLimits
from disruption.rest.limiter import Limiter

CALLS = [
    (method, operation)
    for operation in operations()
    for method in operation.methods
    if operation.name != "-"
]

# Where we keep to the documentation and the description says something else: the faults of
# requests that begin so, and why, for all methods …
EXCEPTIONS = {
    "body: allow: ": "permissions go out as strings, as the documentation has them",
    "body: deny: ": "permissions go out as strings, as the documentation has them",
    "body: permissions: '": "permissions go out as strings, as the documentation has them",
    "body: default_member_permissions: '": "permissions go out as strings, as documented",
    "body: nsfw is unknown": "documented for commands",
}

# … and for one.
EXCEPTIONS_OF = {
    "create_guild_channel": {"body: flags is unknown": "documented"},
    "edit_application": {"body: description: ": "a text, as documented; described as localized"},
    "edit_current_application": {
        "body: description: ": "a text, as documented; described as localized"
    },
    "modify_current_user": {"body: : 'username' is a required": "documented as optional"},
    "remove_guild_ban": {"no body": "documented without one"},
    "send_lobby_message": {"body: metadata is unknown": "documented"},
}

# What answers are documented otherwise than described, so that it has to be mended.
MENDED = {
    "Invite.channel.recipients": "documented as partial users, described as names alone",
    "Invite.guild_scheduled_event.entity_metadata": "documented as always there",
    "TargetUsersJobStatus.created_at: Expected `datetime`, got `null`": "documented as never null",
}


@pytest.fixture(scope="module")
def api() -> OpenAPI:
    """Discord's description, where it is."""
    if not FILE.is_file():
        pytest.skip(f"Discord's OpenAPI description is not there ({FILE})")
    return OpenAPI(json.loads(FILE.read_text()))


@pytest.fixture(scope="module")
def server() -> Iterator[FakeDiscord]:
    """One server for all of it."""
    made = FakeDiscord()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def client(server: FakeDiscord) -> Iterator[Rest]:
    """One client without a limit of its own."""
    limiter = Limiter(RateLimits(global_limit=math.inf))
    retries = Retries.none()
    with Rest(TOKEN, base_url=server.url, limiter=limiter, retries=retries) as made:
        yield made


def answer(described: Described, request: Request, rng: random.Random, *, nothing: bool) -> Answer:
    """Return a successful answer as the description has it.

    Args:
        described: The operation.
        request: What was asked.
        rng: Makes it.
        nothing: Whether the documentation has an answer without a body, too.
    """
    statuses = sorted(described.answers)
    if len(statuses) > 1 and 202 in statuses:
        statuses.remove(202)  # to come again later, which the client would do
    if len(statuses) > 1 and {"wait", "with_response"} & {
        parameter["name"] for parameter in described.parameters
    }:
        full = "wait=true" in request.path or "with_response=true" in request.path
        full = full or not nothing
        statuses = [status for status in statuses if (status != 204) == full]
    elif len(statuses) > 1 and not nothing:
        statuses = [status for status in statuses if status != 204]  # not documented
    status = rng.choice(statuses)
    contents = described.answers[status]
    if "application/json" in contents:
        return Answer(
            status, json=described.api.sample(contents["application/json"]["schema"], rng)
        )
    if not contents:
        return Answer(status, body=b"")
    (kind,) = contents
    body = b"user_id\n1\n" if kind == "text/csv" else b"\x89PNG"
    return Answer(status, body=body, headers={"Content-Type": kind})


def mended(logged: str) -> list[str]:
    """Return the places of an answer that had to be mended, as ``Model.field: why``."""
    match = re.search(r"(\w+)\]* did not fit .*?the rest was taken: (.*)", logged)
    assert match is not None, logged
    model, places = match.groups()
    return [re.sub(r"^\$(\[\d+\])?", model, place) for place in places.split("; ")]


def known(place: str) -> bool:
    """Tell whether it is listed that an answer has to be mended there."""
    return place.startswith(tuple(MENDED))


def check(
    examples: int,
    method: str,
    operation: Operation,
    api: OpenAPI,
    server: FakeDiscord,
    client: Rest,
    log: pytest.LogCaptureFixture,
) -> None:
    described = api.find(operation.method, operation.path)
    assert described is not None
    allowed = EXCEPTIONS | EXCEPTIONS_OF.get(method, {})
    nothing = "None" in inspect.signature(getattr(Rest, method)).return_annotation
    refusals: list[str] = []
    sent = 0

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(options=arguments(method, described), seed=st.integers(0, 2**32))
    def call(options: dict[str, object], seed: int) -> None:
        nonlocal sent
        server.requests.clear()
        client.counters = counters = Counters()
        rng = random.Random(seed)
        server.default = lambda request: answer(described, request, rng, nothing=nothing)
        try:
            getattr(client, method)(**options)
        except InvalidArgument as error:
            # It may be right: what is required together, or excludes each other.
            assert not server.requests
            refusals.append(str(error))
            return
        sent += 1
        (request,) = server.requests
        faults = [
            fault
            for fault in described.faults(request)
            if not any(fault.startswith(start) for start in allowed)
        ]
        assert not faults, faults
        assert bool(request.headers.get("X-Audit-Log-Reason")) == bool(options.get("reason"))
        assert request.headers["User-Agent"].startswith("DiscordBot (")
        if described.needs_token:
            assert request.headers.get("Authorization") == f"Bot {TOKEN}"
        if counters["types.mended_payloads"]:
            strange = [place for place in mended(log.messages[-1]) if not known(place)]
            assert not strange, f"the answer had to be mended: {strange}"

    call()
    assert sent, refusals[:5]


@pytest.mark.parametrize(("method", "operation"), CALLS, ids=[method for method, _ in CALLS])
def test_a_method_is_as_described(
    method: str,
    operation: Operation,
    api: OpenAPI,
    server: FakeDiscord,
    client: Rest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    check(6, method, operation, api, server, client, caplog)


@pytest.mark.slow
@pytest.mark.parametrize(("method", "operation"), CALLS, ids=[method for method, _ in CALLS])
def test_a_method_is_as_described_often(
    method: str,
    operation: Operation,
    api: OpenAPI,
    server: FakeDiscord,
    client: Rest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    check(100, method, operation, api, server, client, caplog)


def test_the_check_finds_what_is_not_described(api: OpenAPI) -> None:
    described = api.find("GET", "/channels/{channel_id}/messages")
    assert described is not None

    def faults(path: str, method: str = "GET") -> list[str]:
        return list(described.faults(Request(method, f"/api/v10{path}", {}, b"", 1)))

    assert faults("/channels/1/messages?limit=5&before=7") == []
    assert faults("/channels/1/messages", "PUT") == ["method PUT"]
    assert faults("/channels/1/pins") == ["path /channels/1/pins"]
    assert faults("/channels/x/messages") == ["path: channel_id=x"]
    assert faults("/channels/1/messages?limit=500") == ["query: limit=['500']"]
    assert faults("/channels/1/messages?limits=5") == ["query: limits is unknown"]


def test_the_check_finds_bodies_that_are_not_described(api: OpenAPI) -> None:
    described = api.find("POST", "/channels/{channel_id}/messages")
    assert described is not None

    def faults(body: bytes, kind: str = "application/json") -> list[str]:
        path = "/api/v10/channels/1/messages"
        return list(described.faults(Request("POST", path, {"Content-Type": kind}, body, 1)))

    assert faults(b'{"content": "a"}') == []
    assert faults(b"") == ["no body"]
    assert faults(b"a", "text/plain") == ["content type text/plain"]
    assert faults(b'{"contents": "a"}') == ["body: contents is unknown"]
    (fault,) = faults(b'{"content": 5}')
    assert fault.startswith("body: content: 5 is not of type")
