"""Whom a message may ping.

Discord's own default is everybody that its text names, so that a bot that echoes
"@everyone" pings a server. The default here is nobody but the author of the message
that is replied to; a call or the client can allow more.

See https://discord.com/developers/docs/resources/message#allowed-mentions-object
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from disruption.errors import InvalidArgument
from disruption.types import UNSET, Unset, to_plain
from disruption.types.rules.mentions import check_mentions

if TYPE_CHECKING:
    from disruption.types import AllowedMentions

__all__ = ["DEFAULT_MENTIONS", "choose_mentions", "mentions_body"]


DEFAULT_MENTIONS: Final[Mapping[str, Any]] = {"parse": [], "replied_user": True}


def mentions_body(mentions: AllowedMentions | Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return allowed mentions JSON-ready, None for Discord's own default.

    Raises:
        InvalidArgument: Discord would refuse them.
    """
    if mentions is None:
        return None
    plain = to_plain(mentions)
    if not isinstance(plain, Mapping):
        raise InvalidArgument(
            f"allowed_mentions must be AllowedMentions, not {type(mentions).__name__}"
        )
    body: dict[str, Any] = dict(plain)
    check_mentions(body)
    for name in ("roles", "users"):
        if body.get(name) is not None:
            body[name] = [str(single) for single in body[name]]
    return body


def choose_mentions(
    mentions: AllowedMentions | Mapping[str, Any] | Unset | None, default: dict[str, Any] | None
) -> dict[str, Any] | None:
    """Return what a call sends: its own, or else the client's default."""
    return default if mentions is UNSET else mentions_body(mentions or None)
