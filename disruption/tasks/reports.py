"""What happens with an error that a task or a stored job raised."""

from __future__ import annotations

import logging
from collections.abc import Callable

from ..counters import Counters

__all__ = ["report"]

log = logging.getLogger("disruption.tasks")


def report(
    error: BaseException,
    context: object,
    what: str,
    handler: tuple[Callable[..., object], int] | None,
    counters: Counters,
    *,
    log_it: bool = True,
    more: str = "",
) -> None:
    """Give an error to its handler, or log it with its traceback.

    Args:
        error: What was raised.
        context: What raised it.
        what: Its name, for the log.
        handler: A function, and whether it takes the error (1) or the context too (2).
        counters: Where a handler that fails is counted.
        log_it: Whether to log it where there is no handler.
        more: What happens next, for the log.
    """
    if handler is None:
        if log_it:
            log.error("%s failed%s", what, more, exc_info=error)
        return
    function, wanted = handler
    try:
        function(*(error, context)[:wanted])
    except BaseException as second:
        counters.add("tasks.error_handler_errors")
        log.error("%s failed%s", what, more, exc_info=error)
        log.error("Its error handler failed on that error", exc_info=second)
