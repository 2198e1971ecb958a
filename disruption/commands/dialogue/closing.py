"""What is left to do to a question that was answered: take its buttons out of use.

It is done with the next thing that the dialogue does, because that decides how: a click can be
answered by changing the message it is on, unless a modal is to be its answer.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import DisruptionError
from ...types import UNSET

if TYPE_CHECKING:
    from ...rest.responder import Responder
    from ...types import Interaction, Message, Unset

__all__ = ["Asked", "Closing"]

_log = logging.getLogger("disruption.commands")


class Asked:
    """A message that asks something, and how it can be changed.

    Args:
        message: The message; None where Discord did not say.
        responder: Whose answer or follow-up it is; None for an ordinary message.
    """

    def __init__(self, message: Message | None, responder: Responder | None) -> None:
        self.message = message
        self._responder = responder

    def edit(self, content: str | Unset | None, components: Sequence[Any]) -> None:
        """Change it; where that cannot be done any more it stays, and the log says so."""
        try:
            if self.message is None:
                if self._responder is not None:
                    self._responder.edit_response(content, components=components)
            elif self._responder is not None:
                self._responder.edit_followup(self.message, content, components=components)
            else:
                self.message.edit(content, components=components)
        except DisruptionError as error:
            _log.info("the question of a dialogue stays as it is: %s", error)


class Closing:
    """What is left to do to a question that was answered by a click.

    Args:
        asked: The question.
        click: What answered it.
        components: What its components shall be.
        content: What its text shall be.

    Attributes:
        components: What its components shall be.
        content: What its text shall be.
    """

    def __init__(
        self,
        asked: Asked,
        click: Interaction,
        components: Sequence[Any],
        content: str | Unset | None = UNSET,
    ) -> None:
        self._asked = asked
        self._click = click
        self.components = components
        self.content = content

    def answer(self) -> None:
        """Do it by answering the click."""
        try:
            self._click.responder.update(self.content, components=self.components)
        except DisruptionError as error:
            _log.info("the question of a dialogue stays as it is: %s", error)

    def edit(self) -> None:
        """Do it beside the click, which has another answer."""
        self._asked.edit(self.content, self.components)
