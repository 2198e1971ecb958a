"""Look at a token before anything is sent with it."""

from __future__ import annotations

import logging
import os

from .errors import InvalidToken

__all__ = ["checked_token"]

_log = logging.getLogger("disruption")
_VARIABLE = "DISCORD_TOKEN"
_WHERE = "Copy it from https://discord.com/developers/applications, page Bot"


def checked_token(token: str | None) -> str:
    """Return the token to use: `token`, or else the environment's ``DISCORD_TOKEN``.

    A leading ``Bot `` is taken off with a warning.

    Raises:
        InvalidToken: There is none, or it cannot be one; its text is never in the message.
    """
    source = "token"
    if token is None:
        source = _VARIABLE
        token = os.environ.get(_VARIABLE)
        if token is None:
            raise InvalidToken(f"no token: pass token=… or set {_VARIABLE}. {_WHERE}")
    if not isinstance(token, str):
        raise InvalidToken(f"{source} must be a str, not {type(token).__name__}")
    if token.startswith("Bot "):
        token = token[len("Bot ") :]
        _log.warning("%s starts with 'Bot ', which is added by itself: it was taken off", source)
    if not token:
        raise InvalidToken(f"{source} is empty. {_WHERE}")
    if token != token.strip():
        raise InvalidToken(
            f"{source} has spaces or line breaks around it (a file read with .read() ends in "
            "one): use .strip()"
        )
    if token[0] in "'\"" or token[-1] in "'\"":
        raise InvalidToken(f"{source} has quotes around it that are not part of it: leave them out")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise InvalidToken(
            f"{source} has spaces, line breaks or other characters that no token has. {_WHERE}"
        )
    return token
