"""Poll.

The types of https://discord.com/developers/docs/resources/poll
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InvalidArgument
from .core.base import Model, model
from .core.enums import OpenIntEnum
from .core.timestamp import Timestamp
from .emoji import Emoji, as_emoji

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typing_extensions import Self

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

    @classmethod
    def build(
        cls,
        question: str,
        answers: Iterable[str | PollMedia | PollAnswer],
        *,
        hours: int = 24,
        multiselect: bool = False,
    ) -> Self:
        """Return a poll to send.

        ```python
        PollCreateRequest.build("Lunch?", ["Pizza", PollMedia.of("Salad", emoji="🥗")], hours=2)
        ```

        Args:
            question: At most 300 characters.
            answers: Up to 10, of at most 55 characters each.
            hours: How long it is open, at most 32 days.
            multiselect: Whether people may choose several answers.

        Raises:
            InvalidArgument: A limit is passed; it names the field.
        """
        if isinstance(answers, str):
            raise InvalidArgument("poll.answers must be a list of texts, not one text")
        made = cls(
            question=PollMedia(text=question),
            answers=[_answer(answer) for answer in answers],
            duration=hours,
            allow_multiselect=multiselect,
        )
        made.validate()
        return made

    def validate(self, path: str = "poll") -> None:
        """Refuse what Discord would refuse; sending does so too.

        Args:
            path: What the error calls the poll.

        Raises:
            InvalidArgument: With the path of the field and the limit.
        """
        from .core.codec import to_plain
        from .rules.polls import check_poll

        check_poll(to_plain(self), path)


@model
class PollMedia(Model):
    """Poll Media.

    See https://discord.com/developers/docs/resources/poll#poll-media-object
    """

    text: str | None = None
    emoji: Emoji | None = None

    @classmethod
    def of(cls, text: str, *, emoji: Emoji | str | None = None) -> Self:
        """Return the text of an answer, with an emoji before it.

        Raises:
            InvalidArgument: The emoji's text is none.
        """
        return cls(text=text, emoji=as_emoji(emoji))


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


def _answer(answer: str | PollMedia | PollAnswer) -> PollAnswer:
    if isinstance(answer, PollAnswer):
        return answer
    return PollAnswer(poll_media=PollMedia.of(answer) if isinstance(answer, str) else answer)
