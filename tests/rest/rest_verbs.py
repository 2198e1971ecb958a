"""Verbs: the one request that each makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rest_fake import Answer, FakeDiscord

import disruption.types as T
from disruption.rest import Rest


def made(cls: type[Any], data: dict[str, Any], **more: Any) -> Any:
    thing = T.convert(cls, data)
    for name, value in more.items():
        setattr(thing, name, value)
    return thing


@dataclass
class Verb:
    """One call of a verb, and the request that it makes; as in `rest_table.Case`."""

    thing: str
    verb: str
    asked: str
    args: tuple[Any, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    answer: Any = None

    def __str__(self) -> str:
        return f"{self.thing}.{self.verb}"


def run_verb(case: Verb, thing: Any, discord: FakeDiscord, rest: Rest) -> Any:
    """Let a thing do what the case says and compare the request."""
    discord.answer(Answer(status=204) if case.answer is None else Answer(json=case.answer))
    result = getattr(rest.bind(thing), case.verb)(*case.args, **case.options)
    if isinstance(result, Iterator):
        result = list(result)
    (request,) = discord.requests
    assert f"{request.method} {request.path.removeprefix('/api/v10')}" == case.asked
    assert (request.json if request.body else None) == case.body
    assert request.headers.get("X-Audit-Log-Reason") == case.options.get("reason")
    return result
