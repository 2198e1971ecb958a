"""What a user did with a command or a component, and what the bot made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..world.interactions import CHOICES, MODAL
from ..world.messages import LOADING
from .errors import ExpectationFailed
from .message import MessageView

if TYPE_CHECKING:
    from ..world import World
    from ..world.interactions import InteractionRecord

__all__ = ["InteractionView"]


class InteractionView:
    """One interaction.

    Attributes:
        id: Its id.
    """

    def __init__(self, world: World, record: InteractionRecord) -> None:
        self.world = world
        self.record = record
        self.id = record.id

    def answer(self, timeout: float = 5.0, *, within: str | None = None) -> int:
        """Wait for the bot's first answer and return its callback type.

        Args:
            timeout: Seconds.
            within: How a failure says how long was waited; None says `timeout`.

        Raises:
            ExpectationFailed: There was none in time.
        """
        if not self.world.wait_until(lambda: self.record.answer is not None, timeout):
            waited = f" within {timeout:g} s" if within is None else within
            raise ExpectationFailed(
                f"The bot has not answered{waited}: the user reads "
                '"The application did not respond".'
            )
        assert self.record.answer is not None
        return self.record.answer

    def message(self, timeout: float = 5.0, *, within: str | None = None) -> MessageView:
        """Wait for the answer's message; a deferred one until it is complete.

        Args:
            timeout: Seconds.
            within: How a failure says how long was waited; None says `timeout`.

        Raises:
            ExpectationFailed: There was none in time, or the answer has none.
        """
        answer = self.answer(timeout, within=within)
        if not self.world.wait_until(self._is_complete, timeout):
            waited = f" within {timeout:g} s" if within is None else within
            raise ExpectationFailed(
                f'The answer (type {answer}) has no message, or shows "thinking..." still{waited}.'
            )
        message_id = self._message_id()
        assert message_id is not None
        return MessageView(self.world, self.record.channel_id, message_id)

    def modal(self, timeout: float = 5.0) -> dict[str, Any]:
        """Wait for a modal and return it, `{custom_id, title, components}`.

        Raises:
            ExpectationFailed: The bot sent none in time (seconds), or something else.
        """
        answer = self.answer(timeout)
        if answer != MODAL:
            raise ExpectationFailed(f"The bot answered with type {answer}, not with a modal (9).")
        return dict(self.record.answer_data)

    def choices(self, timeout: float = 5.0) -> list[dict[str, Any]]:
        """Wait for the choices of an autocomplete.

        Raises:
            ExpectationFailed: The bot sent none in time (seconds), or something else.
        """
        answer = self.answer(timeout)
        if answer != CHOICES:
            raise ExpectationFailed(f"The bot answered with type {answer}, not with choices (8).")
        return list(self.record.answer_data.get("choices") or ())

    def _is_complete(self) -> bool:
        message_id = self._message_id()
        if message_id is None:
            return False
        message = self.world.messages.get(self.record.channel_id, message_id)
        return not message["flags"] & LOADING

    def _message_id(self) -> str | None:
        """Return the answer's message: the original, or what came after it was deleted."""
        record = self.record
        follow_ups = record.follow_up_ids
        return record.original_id or (follow_ups[0] if follow_ups else None)
