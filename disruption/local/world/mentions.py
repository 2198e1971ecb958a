"""Who a message mentions: what its text says, and what `allowed_mentions` lets through.

See https://discord.com/developers/docs/resources/message#allowed-mentions-object
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["Mentions", "find_mentions"]

_PATTERN = re.compile(r"<@!?(?P<user>\d{15,20})>|<@&(?P<role>\d{15,20})>")
_EVERYONE = re.compile(r"@(everyone|here)\b")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


@dataclass(frozen=True)
class Mentions:
    """Ids in the order they appear, each once."""

    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    everyone: bool = False


def find_mentions(
    content: str, allowed: dict[str, Any] | None, replied_to: str | None = None
) -> Mentions:
    """Find the mentions of a text.

    Args:
        content: The text.
        allowed: The `allowed_mentions` of the request; None allows all there are.
        replied_to: The author of the message this one answers, pinged unless
            `replied_user` says otherwise.
    """
    # What stands in code mentions nobody.
    text = _CODE.sub(" ", content)
    users = dict.fromkeys(match["user"] for match in _PATTERN.finditer(text) if match["user"])
    roles = dict.fromkeys(match["role"] for match in _PATTERN.finditer(text) if match["role"])
    everyone = bool(_EVERYONE.search(text))
    reply = replied_to is not None
    if allowed is not None:
        parse = allowed.get("parse") or ()
        users = _only(users, "users" in parse, allowed.get("users"))
        roles = _only(roles, "roles" in parse, allowed.get("roles"))
        everyone = everyone and "everyone" in parse
        reply = reply and bool(allowed.get("replied_user"))
    if reply and replied_to is not None:
        users.setdefault(replied_to)
    return Mentions(tuple(users), tuple(roles), everyone)


def _only(
    found: dict[str, None], everything: bool, listed: Iterable[object] | None
) -> dict[str, None]:
    if everything:
        return found
    wanted = {str(item) for item in listed or ()}
    return {key: None for key in found if key in wanted}
