"""What a poll that is being made may hold.

See https://discord.com/developers/docs/resources/poll
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ...errors import InvalidArgument
from .limits import between, listed, shown

__all__ = ["LONGEST", "check_poll"]

LONGEST: Final = 32 * 24
"""Hours a poll can be open."""

_QUESTION: Final = 300
_ANSWER: Final = 55
_ANSWERS: Final = 10


def check_poll(poll: Mapping[str, Any], path: str = "poll") -> None:
    """Refuse a poll, as JSON-ready data, that breaks a limit.

    Raises:
        InvalidArgument: With the path of the field and the limit.
    """
    if not isinstance(poll, Mapping):
        raise InvalidArgument(
            f"{path} must be a PollCreateRequest, not {type(poll).__name__}: "
            "PollCreateRequest.build(question, answers)"
        )
    if "expiry" in poll:
        raise InvalidArgument(
            f"{path} is a poll that was received; make a new one with PollCreateRequest.build"
        )
    shown(f"{path}.question.text", _text(poll.get("question")), _QUESTION, least=1)
    answers = listed(f"{path}.answers", poll.get("answers"), 1, _ANSWERS)
    for index, answer in enumerate(answers):
        media = answer.get("poll_media") if isinstance(answer, Mapping) else None
        shown(f"{path}.answers.{index}.poll_media.text", _text(media), _ANSWER, least=1)
    between(f"{path}.duration", poll.get("duration"), 1, LONGEST)


def _text(media: Any) -> Any:
    return (media.get("text") or "") if isinstance(media, Mapping) else ""
