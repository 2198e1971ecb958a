"""Which allowed mentions contradict themselves.

See https://discord.com/developers/docs/resources/message#allowed-mentions-object
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ...errors import InvalidArgument
from .limits import listed

__all__ = ["check_mentions"]

_TYPES: Final = frozenset(("roles", "users", "everyone"))
_FIELDS: Final = frozenset(("parse", "roles", "users", "replied_user"))
_MOST: Final = 100


def check_mentions(mentions: Mapping[str, Any], path: str = "allowed_mentions") -> None:
    """Refuse allowed mentions, as JSON-ready data, that Discord would refuse.

    Raises:
        InvalidArgument: With the path of the field and what is wrong.
    """
    if unknown := mentions.keys() - _FIELDS:
        raise InvalidArgument(
            f"{path} has {', '.join(sorted(_FIELDS))}, not {', '.join(sorted(map(str, unknown)))}"
        )
    parse = listed(f"{path}.parse", mentions.get("parse") or (), 0, None)
    if not _TYPES.issuperset(parse):
        raise InvalidArgument(f"{path}.parse takes {sorted(_TYPES)}, not {list(parse)!r}")
    for name in ("roles", "users"):
        ids = listed(f"{path}.{name}", mentions.get(name) or (), 0, None)
        if len(ids) > _MOST:
            raise InvalidArgument(f"{path}.{name} takes at most {_MOST} ids, not {len(ids)}")
        if ids and name in parse:
            raise InvalidArgument(
                f"{path} cannot both parse all {name} and list some: leave one out"
            )
