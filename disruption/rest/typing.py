"""The typing indicator, kept up while a block runs."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from ..errors import DisruptionError

if TYPE_CHECKING:
    from typing_extensions import Self

    from .rest import Rest

__all__ = ["Typing"]

_log = logging.getLogger("disruption.rest")
_INTERVAL = 8.0  # seconds; Discord shows the indicator for ten


class Typing:
    """Shows the typing indicator at once, and again while its block runs.

    The thread ``disruption-typing`` lives from the start of a block to its end and is
    joined there; without a block there is none. It is a daemon: a request that
    hangs must not keep the process alive.
    """

    def __init__(self, rest: Rest, channel_id: int) -> None:
        self._rest = rest
        self._channel_id = channel_id
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        rest.trigger_typing_indicator(channel_id)

    def __enter__(self) -> Self:
        self._over.clear()
        self._thread = threading.Thread(target=self._repeat, name="disruption-typing", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _repeat(self) -> None:
        while not self._over.wait(_INTERVAL):
            try:
                self._rest.trigger_typing_indicator(self._channel_id, timeout=_INTERVAL)
            except DisruptionError as error:
                self._rest.counters.add("rest.typing_failures")
                _log.warning("The typing indicator could not be shown: %s", error)
