"""Tables of REST's methods: what each asks for, and with which body."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from rest_fake import Answer, FakeDiscord

from disruption.rest import Rest

NO_BODY = object()

USER = {"id": "3", "username": "bot", "discriminator": "0", "global_name": None, "avatar": None}
CHANNEL = {"id": "2", "type": 0}
THREAD = {"id": "7", "type": 11, "parent_id": "2"}
WEBHOOK = {"id": "1", "type": 1, "name": None, "avatar": None, "application_id": None}
APPLICATION = {"id": "5", "name": "a", "icon": None, "description": "", "verify_key": "k"}
INVITE = {"type": 0, "code": "abc", "channel": CHANNEL, "expires_at": None}
COMMAND = {
    "id": "6",
    "application_id": "5",
    "name": "roll",
    "description": "d",
    "default_member_permissions": None,
    "version": "1",
}
ENTITLEMENT = {
    "id": "8",
    "sku_id": "9",
    "application_id": "5",
    "type": 8,
    "deleted": False,
    "starts_at": None,
    "ends_at": None,
}


@dataclass
class Case:
    """One call of a method, and the request that it makes.

    Attributes:
        method: Its name.
        args: Its arguments.
        asked: ``METHOD /path?query``.
        options: Its keyword arguments.
        body: The JSON that is sent; NO_BODY for none.
        answer: What the server answers, None for 204.
        returns: What the result must equal, where it is given.
    """

    method: str
    args: tuple[Any, ...]
    asked: str
    options: dict[str, Any] = field(default_factory=dict)
    body: Any = NO_BODY
    answer: Any = None
    returns: Any = NO_BODY

    def __str__(self) -> str:
        return f"{self.method}-{self.asked}"


def run(case: Case, discord: FakeDiscord, rest: Rest) -> Any:
    """Make the call of a case and compare the request."""
    discord.answer(Answer(status=204) if case.answer is None else Answer(json=case.answer))
    result = getattr(rest, case.method)(*case.args, **case.options)
    assert len(discord.requests) == 1
    request = discord.requests[0]
    assert f"{request.method} {request.path.removeprefix('/api/v10')}" == case.asked
    if case.body is NO_BODY:
        assert request.body == b""
    else:
        assert request.headers["Content-Type"] == "application/json"
        assert request.json == case.body
    reason = case.options.get("reason")
    assert request.headers.get("X-Audit-Log-Reason") == reason
    if case.returns is not NO_BODY:
        assert result == case.returns
    return result


def form(body: bytes) -> dict[str, tuple[dict[str, str], bytes]]:
    """Return the parts of a multipart form: name → headers (lower-case) and content."""
    boundary = body.split(b"\r\n", 1)[0]
    assert body.endswith(boundary + b"--\r\n")
    parts = {}
    for part in body.split(boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = {}
        for line in head.decode().split("\r\n"):
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
        name = headers["content-disposition"].split('name="')[1].split('"')[0]
        parts[name] = (headers, content.removesuffix(b"\r\n"))
    return parts


def payload(body: bytes) -> Any:
    """Return the JSON of a multipart form."""
    return json.loads(form(body)["payload_json"][1])
