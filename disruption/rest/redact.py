"""Keep tokens out of logs, errors and causes.

Webhook and interaction tokens are part of the path, and urllib3 logs paths and puts
them into its errors; bot tokens can only leak through headers, which nobody prints,
but a stray one in a text is taken out too.
"""

from __future__ import annotations

import logging
import re
from typing import Final

__all__ = ["Redactor", "install", "redact", "root_cause"]

_PATH_TOKEN: Final = re.compile(r"(/(?:webhooks|interactions)/\d+/)([^/?\s\"'),]+)")
_BOT_TOKEN: Final = re.compile(r"\b[\w-]{20,30}\.[\w-]{5,8}\.[\w-]{25,}\b")
_HEADER: Final = re.compile(r"\b(Bot|Bearer) [\w.~+/=-]{8,}")
_LOGGERS: Final = (
    "urllib3.connectionpool",
    "urllib3.connection",
    "urllib3.util.retry",
    "urllib3.poolmanager",
)


def redact(text: str) -> str:
    """Return `text` with every token in it replaced by ``<token>``."""
    text = _PATH_TOKEN.sub(r"\1<token>", text)
    text = _HEADER.sub(r"\1 <token>", text)
    return _BOT_TOKEN.sub("<token>", text)


class Redactor(logging.Filter):
    """A logging filter that redacts a record's message and arguments, and drops none."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact `record` in place."""
        try:
            record.msg = redact(record.getMessage())
        except Exception:  # a broken record of someone else's; logging reports it itself
            return True
        record.args = ()
        return True


_filter = Redactor()


def install() -> None:
    """Put the redactor on urllib3's loggers; more than once does no harm."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_filter)


def root_cause(error: BaseException) -> BaseException | None:
    """Return the innermost error that is of the interpreter's, not of requests or urllib3.

    Those of requests carry the whole request, headers included, and those of urllib3
    the path; what lies beneath (ConnectionRefusedError, TimeoutError, SSLError) has
    neither and says as much.
    """
    seen: set[int] = set()
    found: BaseException | None = None
    todo: list[object] = [error]
    while todo:
        item = todo.pop()
        if not isinstance(item, BaseException) or id(item) in seen:
            continue
        seen.add(id(item))
        if type(item).__module__.partition(".")[0] not in ("requests", "urllib3"):
            found = item
            continue
        todo += [item.__context__, item.__cause__, getattr(item, "reason", None), *item.args]
    if found is None or redact(str(found)) != str(found):
        return None
    # What it was raised from is of requests or urllib3 again: cut.
    found.__context__ = found.__cause__ = None
    return found
