"""Where a thread is stuck: its stack, without this package's own frames on top."""

from __future__ import annotations

import os
import sys
import traceback

__all__ = ["where"]

_HERE = os.path.dirname(__file__) + os.sep


def where(ident: int | None) -> str:
    """Return the stack of a thread as text, outermost call first.

    Args:
        ident: The thread's `threading.get_ident`.

    Returns:
        The frames below this package's worker loop, indented as in a traceback; a short
        remark where the thread has no stack any more.
    """
    frame = sys._current_frames().get(ident) if ident is not None else None
    if frame is None:
        return "  (the thread has ended)\n"
    stack = traceback.extract_stack(frame)
    del frame
    first = 0  # the bootstrap of `threading` and our loop say nothing about the handler
    for index, summary in enumerate(stack):
        if summary.filename.startswith(_HERE):
            first = index + 1
        elif first:
            break
    return "".join(traceback.format_list(stack[first:] or stack))
