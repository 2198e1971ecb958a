"""What a person did with a command or a component, and what is expected of the answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..local.driver import InteractionView, MessageView
from .matching import Text, Wanted

if TYPE_CHECKING:
    from .discord import Discord

__all__ = ["Interaction"]

__tracebackhide__ = True  # pytest shows the line of the test, not ours


class Interaction:
    """One interaction; its methods wait for what the bot makes of it.

    Attributes:
        discord: The Discord it happened in.
        view: The same interaction, as the local Discord's own driver sees it.
    """

    def __init__(self, discord: Discord, view: InteractionView) -> None:
        self.discord = discord
        self.view = view

    @property
    def id(self) -> str:
        """Its id."""
        return self.view.id

    def expect(
        self,
        what: Text | Callable[[dict[str, Any]], object] | None = None,
        *,
        embed: Any = None,
        components: str | Sequence[str] | bool | None = None,
        files: Sequence[str] | None = None,
        ephemeral: bool | None = None,
        timeout: float | None = None,
    ) -> MessageView:
        """Wait until its answer is this; the arguments are as for `Channel.expect`.

        Returns:
            The answer's message, or for a component that was updated the component's.

        Raises:
            ExpectationFailed: There was no answer in time, or it is something else.
        """
        wanted = Wanted(what, embed=embed, components=components, files=files, ephemeral=ephemeral)
        seconds = self.discord.seconds(timeout)
        end = time.monotonic() + seconds
        message = self.message(seconds)
        discord = self.discord

        def fits() -> bool:
            return not wanted.misses(message.data) or discord.errors.fatal is not None

        discord.world.wait_until(fits, end - time.monotonic())
        misses = wanted.misses(message.data)
        if misses:
            within = discord.within(seconds)
            raise discord.failure(f"The answer is not {wanted}{within}: {', '.join(misses)}.")
        return message

    def message(self, timeout: float | None = None) -> MessageView:
        """Wait for the answer's message; a deferred one until it is complete.

        Raises:
            ExpectationFailed: There was none in time, or the answer has none.
        """
        seconds = self.discord.seconds(timeout)
        end = time.monotonic() + seconds
        discord, record = self.discord, self.view.record

        def answered() -> bool:
            return record.answer is not None or discord.errors.fatal is not None

        discord.world.wait_until(answered, seconds)
        with discord.explaining():
            left = 0.0 if discord.errors.fatal is not None else end - time.monotonic()
            return self.view.message(max(0.0, left), within=discord.within(seconds))

    def modal(self, timeout: float | None = None) -> dict[str, Any]:
        """Wait for a modal and return it, `{custom_id, title, components}`.

        Raises:
            ExpectationFailed: The bot sent none in time, or something else.
        """
        with self.discord.explaining():
            return self.view.modal(self.discord.seconds(timeout))

    def expect_defer(self, timeout: float | None = None) -> None:
        """Wait until the bot has said that its answer will come later.

        Raises:
            ExpectationFailed: It did not in time, or it answered at once.
        """
        with self.discord.explaining():
            answer = self.view.answer(self.discord.seconds(timeout))
        if answer not in (5, 6):
            raise self.discord.failure(f"The bot answered with type {answer}, it did not defer.")
