"""Showing the bot as typing while something takes its time."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from disruption.errors import DisruptionError
from disruption.slices import join

if TYPE_CHECKING:
    from typing_extensions import Self

    from disruption.rest.channels import ChannelRoutes
    from disruption.rest.route import SnowflakeLike

__all__ = ["Typing"]

_log = logging.getLogger("disruption.rest")
_EVERY: Final = 8.0  # seconds; Discord shows it for ten
_JOIN: Final = 5.0  # seconds


class Typing:
    """Shows the bot as typing: once, or again and again until a block ends.

    Args:
        rest: What to ask with.
        channel_id: Where.
        every: Seconds between two times.

    See https://discord.com/developers/docs/resources/channel#trigger-typing-indicator
    """

    def __init__(
        self, rest: ChannelRoutes, channel_id: SnowflakeLike, *, every: float = _EVERY
    ) -> None:
        self._rest = rest
        self._channel_id = channel_id
        self._every = every
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        rest.trigger_typing_indicator(channel_id)

    def __enter__(self) -> Self:
        # Ours until __exit__, which ends and joins it; a daemon, so that a block that
        # never ends does not keep the interpreter.
        self._over.clear()
        self._thread = threading.Thread(target=self._repeat, name="disruption-typing", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread is not None:
            join(self._thread, _JOIN)

    def _repeat(self) -> None:
        while not self._over.wait(self._every):
            try:
                self._rest.trigger_typing_indicator(self._channel_id, timeout=self._every)
            except DisruptionError as error:
                self._rest.counters.add("rest.typing_failures")
                _log.warning("the typing indicator could not be shown: %s", error)
