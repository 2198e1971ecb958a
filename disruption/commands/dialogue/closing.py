"""What is left to do to a question that was answered: take its buttons out of use.

It is done with the next thing that the dialogue does, because that decides how: a click can be
answered by changing the message it is on, unless a modal is to be its answer.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import ClientStopped, DisruptionError
from ...types import UNSET
from ...types.components.tree import disable_all

if TYPE_CHECKING:
    from ...rest import Rest
    from ...rest.payload import EditOptions
    from ...rest.responder import Responder
    from ...types import Interaction, Message, Unset

__all__ = ["Asked", "Closing"]

_log = logging.getLogger("disruption.commands")
_AT_A_STOP = 2.0  # seconds; a stop is not to wait for a rate limit, or for a slow Discord


class Asked:
    """A message that asks something, and how it can be changed.

    Args:
        message: The message; None where Discord did not say.
        rest: What changes it where it is an ordinary message.
        responder: Whose answer or follow-up it is; None for an ordinary message.
    """

    def __init__(
        self, message: Message | None, rest: Rest, responder: Responder | None = None
    ) -> None:
        self.message = message
        self._rest = rest
        self._responder = responder

    def edit(
        self,
        content: str | Unset | None,
        components: Sequence[Any],
        *,
        timeout: float | None = None,
    ) -> None:
        """Change it; where that cannot be done any more it stays, and the log says so."""
        message, responder = self.message, self._responder
        parts: EditOptions = {"components": components, "timeout": timeout}
        try:
            if message is None:
                if responder is not None:
                    responder.edit_response(content, **parts)
            elif responder is not None:
                responder.edit_followup(message, content, **parts)
            else:
                self._rest.edit_message(
                    message.channel_id,
                    message.id,
                    content=content,
                    components=components,
                    timeout=timeout,
                )
        except DisruptionError as error:
            _log.info("the question of a dialogue stays as it is: %s", error)

    def disable(self, components: Sequence[Any], why: BaseException | None = None) -> None:
        """Take its components out of use, because of this; at a stop if it takes no time."""
        timeout = _AT_A_STOP if isinstance(why, ClientStopped) else None
        self.edit(UNSET, disable_all(components), timeout=timeout)


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
