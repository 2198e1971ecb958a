"""`Recorder`: what takes the place of Discord where a test looks only at what was asked of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, TypeVar, get_origin

from ..rest import File, Rest
from ..rest.core import Query
from ..rest.route import Target
from ..types import Message, to_plain
from ..types.core.base import current
from ..types.core.plan import Faults, plan_for
from .models import APPLICATION_ID, message_payload, new_id

__all__ = ["Recorded", "Recorder"]

_T = TypeVar("_T")

_OURS, _HERE = "disruption.", "disruption.testing"
_NO_TOKEN = "the.token.of.a.recorder"


@dataclass(frozen=True)
class Recorded:
    """One request that would have been made.

    Attributes:
        verb: The method that was called, `reply` or `create_message`.
        method: `POST`, ….
        route: In the documentation's notation, `/channels/{channel_id}/messages`.
        path: The same with its values; empty where it holds a token.
        json: The body.
        query: The query.
        files: The names of the files.
        reason: For the audit log.
    """

    verb: str
    method: str
    route: str
    path: str = ""
    json: Any = None
    query: dict[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    reason: str | None = None

    def __getitem__(self, name: str) -> Any:
        """Return a field of the body.

        Raises:
            KeyError: It has none of this name.
        """
        return self.json[name]


class Recorder(Rest):
    """A `Rest` that asks nobody: it takes calls down and gives answers that fit.

    ```python
    message = make_message("!ping", recorder=recorder)
    MyBot().on_message(message)
    assert recorder.last.verb == "reply"
    assert recorder.last["content"] == "Pong!"
    ```

    Arguments are checked as ever, so a call that `Rest` would refuse is refused here too. A
    message that is sent or edited comes back as it was sent; every other answer has what was in
    the request, and otherwise fields that say nothing, unless `answer` has said what it is.

    Attributes:
        calls: What was asked, in order.
    """

    def __init__(self) -> None:
        super().__init__(_NO_TOKEN, base_url="http://127.0.0.1:9/api/v10")
        self.calls: list[Recorded] = []
        self._answers: dict[tuple[str, str], list[Any]] = {}

    def answer(self, method: str, route: str, *answers: Any) -> None:
        """Say what a route answers.

        Args:
            method: `GET`, ….
            route: In the documentation's notation, `/channels/{channel_id}`.
            answers: One a call, the last one for all further calls: a model, data as Discord
                writes it, or an exception that is raised.
        """
        self._answers[method.upper(), route] = list(answers)

    @property
    def last(self) -> Recorded:
        """The latest call.

        Raises:
            AssertionError: There was none.
        """
        if not self.calls:
            raise AssertionError("Nothing was asked of Discord.")
        return self.calls[-1]

    def find(self, verb: str) -> list[Recorded]:
        """Return the calls of one verb or method."""
        return [call for call in self.calls if call.verb == verb]

    def _fetch(
        self,
        cls: type[_T],
        target: Target,
        body: object = None,
        *,
        query: Query | None = None,
        files: Sequence[File] = (),
        reason: str | None = None,
        timeout: float | None = None,
        repeatable: bool | None = None,
    ) -> _T:
        plain = self._record(target, body, query, files, reason)
        given = self._answer_of(target)
        return self._completed(cls, self._default(cls, target, plain) if given is None else given)

    def _call(
        self,
        parse: Callable[[bytes], _T],
        target: Target,
        body: object = None,
        *,
        query: Query | None = None,
        files: Sequence[File] = (),
        reason: str | None = None,
        timeout: float | None = None,
        repeatable: bool | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> _T:
        plain = self._record(target, body, query, files, reason)
        given = self._answer_of(target)
        if given is None and query and query.get("with_response") and isinstance(plain, dict):
            made = self._default(Message, target, plain.get("data"))
            interaction = {"id": str(new_id()), "type": 2}
            given = {
                "interaction": interaction,
                "resource": {"type": plain["type"], "message": made},
            }
        return parse(b"" if given is None else _encoded(given))

    def _record(
        self,
        target: Target,
        body: object,
        query: Query | None,
        files: Sequence[File],
        reason: str | None,
    ) -> Any:
        route = target.route
        plain = to_plain(body) if isinstance(body, (dict, list)) else None
        secret = "token}" in route.name
        self.calls.append(
            Recorded(
                verb=_verb(sys._getframe(2)),
                method=route.method,
                route=route.name,
                path="" if secret else target.path,
                json=plain,
                query={key: value for key, value in (query or {}).items() if value is not None},
                files=tuple(file.filename for file in files),
                reason=reason,
            )
        )
        return plain

    def _answer_of(self, target: Target) -> Any:
        answers = self._answers.get((target.route.method, target.route.name))
        if not answers:
            return None
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return to_plain(answer)

    def _default(self, cls: Any, target: Target, sent: Any) -> Any:
        """Return what a route answers of itself: what it was sent, and an id."""
        if get_origin(cls) is list or cls is list:
            return []
        known = {key: value for key, value in (sent or {}).items() if value is not None}
        if isinstance(sent, list) or not isinstance(cls, type):
            known = {}
        if issubclass(cls, Message):
            me = {
                "id": APPLICATION_ID,
                "username": "bot",
                "discriminator": "0001",
                "avatar": None,
                "bot": True,
            }
            known.pop("attachments", None)
            known.pop("poll", None)
            return {**message_payload("", me), **known}
        named = target.route.name.endswith("_id}")
        return {"id": target.path.rpartition("/")[2] if named else str(new_id()), **known}

    def _completed(self, cls: type[_T], value: Any) -> _T:
        """Return an object with what is known; what is missing gets a value that says nothing."""
        token = current.set(self.api or self)
        try:
            made: _T = plan_for(cls).mend(value, "$", Faults(), 0)
            return made
        finally:
            current.reset(token)


def _verb(frame: FrameType | None) -> str:
    """Return the outermost function of the library that leads to a call."""
    verb = ""
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if not module.startswith(_OURS) or module.startswith(_HERE):
            break
        if not frame.f_code.co_name.startswith(("_", "<")):
            verb = frame.f_code.co_name
        frame = frame.f_back
    return verb


def _encoded(value: Any) -> bytes:
    import msgspec

    return msgspec.json.encode(value)
