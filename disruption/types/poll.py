"""Poll.

The types of https://discord.com/developers/docs/resources/poll
"""

from __future__ import annotations

from .core.base import Model, model
from .core.enums import OpenIntEnum
from .core.timestamp import Timestamp
from .emoji import Emoji

__all__ = [
    "Poll",
    "PollAnswer",
    "PollAnswerCount",
    "PollCreateRequest",
    "PollLayoutType",
    "PollMedia",
    "PollResults",
]


class PollLayoutType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/poll#layout-type"""

    DEFAULT = 1


@model
class Poll(Model):
    """Poll.

    See https://discord.com/developers/docs/resources/poll#poll-object
    """

    question: PollMedia
    answers: list[PollAnswer]
    expiry: Timestamp | None
    allow_multiselect: bool
    layout_type: PollLayoutType
    results: PollResults | None = None


@model
class PollCreateRequest(Model):
    """Poll Create Request.

    See https://discord.com/developers/docs/resources/poll#poll-create-request-object
    """

    question: PollMedia
    answers: list[PollAnswer]
    duration: int | None = None
    allow_multiselect: bool | None = None
    layout_type: PollLayoutType | None = None


@model
class PollMedia(Model):
    """Poll Media.

    See https://discord.com/developers/docs/resources/poll#poll-media-object
    """

    text: str | None = None
    emoji: Emoji | None = None


@model
class PollAnswer(Model):
    """Poll Answer.

    See https://discord.com/developers/docs/resources/poll#poll-answer-object
    """

    answer_id: int | None = None
    """Its number; None in a poll that is being made."""
    poll_media: PollMedia


@model
class PollResults(Model):
    """Poll Results.

    See https://discord.com/developers/docs/resources/poll#poll-results-object
    """

    is_finalized: bool
    answer_counts: list[PollAnswerCount]


@model
class PollAnswerCount(Model):
    """Poll Answer Count.

    See https://discord.com/developers/docs/resources/poll#poll-results-object
    """

    id: int
    count: int
    me_voted: bool
