"""Look at a token before it is used."""

from __future__ import annotations

import logging
import os

from ..errors import InvalidToken

__all__ = ["clean_token"]

log = logging.getLogger("disruption.gateway")


def clean_token(token: str | None) -> str:
    """Return the bare token; None means the environment's ``DISCORD_TOKEN``.

    Raises:
        InvalidToken: There is none, or it cannot be one. Its text is not in the message.
    """
    if token is None:
        token = os.environ.get("DISCORD_TOKEN", "")
        if not token:
            raise InvalidToken("no token was given and DISCORD_TOKEN is not set")
    if not isinstance(token, str):
        raise InvalidToken(f"the token must be a string, not {type(token).__name__}")
    if token.startswith("Bot "):
        log.warning("the token starts with 'Bot ': give the bare token, the prefix was removed")
        token = token[len("Bot ") :]
    if not token:
        raise InvalidToken("the token is empty")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise InvalidToken(
            "the token holds spaces, line breaks or other characters that no token has: copy it "
            "again (a file read with .read() ends in a line break: use .strip())"
        )
    return token
