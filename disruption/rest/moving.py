"""Where a channel comes to stand: rules for `channel.move`, without I/O.

Clients show channels by position and then id, voice and stage channels below the others of
their category, and categories among themselves.

See https://discord.com/developers/docs/resources/guild#modify-guild-channel-positions
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from disruption.errors import InvalidArgument
from disruption.types import UNSET, Unset

if TYPE_CHECKING:
    from disruption.types import PartialChannel

__all__ = ["moved"]

_CATEGORY: Final = 4
_VOICE: Final = frozenset((2, 13))


def _group(channel: PartialChannel) -> int:
    """Return which channels it is shown among."""
    kind = channel.type
    return 2 if kind == _CATEGORY else int(kind in _VOICE)


def moved(
    channels: Sequence[PartialChannel],
    channel_id: int,
    *,
    before: int | None = None,
    after: int | None = None,
    first: bool = False,
    last: bool = False,
    category: int | Unset | None = UNSET,
    sync_permissions: bool | None = None,
) -> list[dict[str, Any]]:
    """Return what Discord must be told for a channel to stand somewhere else.

    Args:
        channels: All of the guild.
        channel_id: Which one.
        before: Just above this one.
        after: Just below this one.
        first: At the beginning of its category.
        last: At the end of its category.
        category: Into this one, None for none; by default that of `before` or `after`, else
            its own.
        sync_permissions: Let it have the category's permissions.

    Raises:
        InvalidArgument: Not exactly one place is given, or it cannot stand there.
    """
    given = [before is not None, after is not None, first, last]
    if sum(given) != 1:
        raise InvalidArgument("give one of before, after, first and last")
    known = {channel.id: channel for channel in channels}
    target = known.get(channel_id)
    if target is None:
        raise InvalidArgument(f"channel {channel_id} is not one of the guild")
    neighbour_id = before if before is not None else after
    neighbour = None if neighbour_id is None else known.get(neighbour_id)
    if neighbour_id is not None:
        if neighbour is None or neighbour is target:
            raise InvalidArgument(f"channel {neighbour_id} is not another one of the guild")
        if _group(neighbour) != _group(target):
            raise InvalidArgument(
                "channels stand among their own kind: text, voice and categories each apart"
            )
    parent = _parent(target) if neighbour is None else _parent(neighbour)
    if not isinstance(category, Unset):
        if neighbour is not None and category != parent:
            raise InvalidArgument("the channel beside which it is to stand is in another category")
        parent = category
    row = sorted(
        (
            channel
            for channel in channels
            if channel is not target
            and _group(channel) == _group(target)
            and _parent(channel) == parent
        ),
        key=lambda channel: (channel.position or 0, channel.id),
    )
    place = len(row) if last else 0
    if neighbour is not None:
        place = row.index(neighbour) + (after is not None)
    row.insert(place, target)
    # Positions need not be close together; those that fit already stay as they are.
    told: list[dict[str, Any]] = []
    lowest = -1
    for channel in row:
        position = channel.position or 0
        if channel is target or position <= lowest:
            position = lowest + 1
        if channel is target or position != channel.position:
            told.append({"id": channel.id, "position": position})
        lowest = position
    entry = next(entry for entry in told if entry["id"] == target.id)
    if parent != _parent(target):
        entry["parent_id"] = parent
    if sync_permissions is not None:
        entry["lock_permissions"] = sync_permissions
    return told


def _parent(channel: PartialChannel) -> int | None:
    return channel.parent_id or None
