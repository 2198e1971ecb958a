"""Every method asks for what Discord's OpenAPI description has, and reads what it answers."""

from __future__ import annotations

import inspect
import json
import math
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_arguments import arguments
from rest_fake import TOKEN, Answer, FakeDiscord, Request
from rest_openapi import Described, OpenAPI, description
from rest_operations import Operation, operations, shape
from rest_table import form

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

# What is only documented is looked up where the documentation is at hand as data.
ROUTES = Path(__file__).parents[3] / "shared" / "discord" / "routes.json"
# What is only documented, and what it answers.
DOCUMENTED = {
    "list_skus": [
        {
            "id": "1",
            "type": 5,
            "application_id": "2",
            "name": "Gold",
            "slug": "gold",
            "flags": 1 << 7,
        }
    ]
}

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


@pytest.fixture(scope="module")
def api() -> OpenAPI:
    """Discord's description."""
    return OpenAPI(description())


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
    def call(options: dict[str, Any], seed: int) -> None:
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
        for number, file in enumerate(options.get("files") or ()):
            _, content = form(request.body)[f"files[{number}]"]
            assert content == b"".join(file.chunks())
        assert bool(request.headers.get("X-Audit-Log-Reason")) == bool(options.get("reason"))
        assert request.headers["User-Agent"].startswith("DiscordBot (")
        if described.needs_token:
            assert request.headers.get("Authorization") == f"Bot {TOKEN}"
        assert not counters["types.mended_payloads"], log.messages[-1]

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


def test_the_check_finds_files_that_the_body_does_not_tell_of(api: OpenAPI) -> None:
    described = api.find("POST", "/channels/{channel_id}/messages")
    assert described is not None

    def faults(files: dict[str, str], *attachments: dict[str, Any]) -> list[str]:
        parts = [
            f'name="{name}"; filename="{file}"\r\nContent-Type: a/b' for name, file in files.items()
        ]
        payload = json.dumps({"attachments": attachments})
        parts.append(f'name="payload_json"\r\n\r\n{payload}')
        heads = [f"Content-Disposition: form-data; {part}" for part in parts]
        heads = [head if "payload_json" in head else f"{head}\r\n\r\nx" for head in heads]
        body = "".join(f"--b\r\n{head}\r\n" for head in heads) + "--b--\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        path = "/api/v10/channels/1/messages"
        return list(described.faults(Request("POST", path, headers, body.encode(), 1)))

    one = {"id": 0, "filename": "a"}
    assert faults({"files[0]": "a"}, one) == []
    assert faults({"files[1]": "a"}, one | {"id": 1}) == ["form: files are numbered ['files[1]']"]
    assert faults({"files[0]": "a"}) == [
        "form: attachments tell of [], there are ['files[0]']",
        'form: files[0] is form-data; name="files[0]"; filename="a", but None in the attachments',
    ]
    (fault,) = faults({"files[0]": "b"}, one)
    assert fault.endswith("but a in the attachments")


@pytest.mark.parametrize("operation", [each for each in operations() if each.name == "-"], ids=str)
def test_what_is_only_documented_is_asked_so(
    operation: Operation, server: FakeDiscord, client: Rest
) -> None:
    documented = (
        {
            f"{entry['method']} {shape(entry['path'])}"
            for entry in json.loads(ROUTES.read_text())["documented_routes"]
        }
        if ROUTES.is_file()
        else {operation.key}
    )
    assert operation.key in documented
    for method in operation.methods:
        server.requests.clear()
        server.default = Answer(json=DOCUMENTED[method])
        client.counters = counters = Counters()
        (result, *_) = getattr(client, method)(7)
        (request,) = server.requests
        path = re.sub(r"\{\w+\}", "7", operation.path)
        assert (request.method, request.path) == (operation.method, f"/api/v10{path}")
        assert request.body == b""
        assert request.headers["Authorization"] == f"Bot {TOKEN}"
        assert result.to_dict() == DOCUMENTED[method][0]
        assert not counters["types.mended_payloads"]
