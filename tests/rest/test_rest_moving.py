from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.errors import InvalidArgument
from disruption.rest.moving import moved
from disruption.types import ChannelType, PartialChannel, Snowflake

TEXT, VOICE, CATEGORY = ChannelType.GUILD_TEXT, ChannelType.GUILD_VOICE, ChannelType.GUILD_CATEGORY


def channel(
    number: int, position: int, kind: ChannelType = TEXT, parent: int | None = None
) -> PartialChannel:
    return PartialChannel(
        id=number,
        type=kind,
        position=position,
        parent_id=None if parent is None else Snowflake(parent),
    )


GUILD = [
    channel(1, 0, CATEGORY),
    channel(2, 1, CATEGORY),
    channel(10, 0, parent=1),
    channel(11, 1, parent=1),
    channel(12, 2, parent=1),
    channel(13, 3, parent=2),
    channel(14, 0, VOICE, parent=1),
    channel(15, 4),
]


def after_moving(channels: list[PartialChannel], told: list[dict[str, Any]]) -> list[int]:
    """Return how clients show them: by category, kind, position and id."""
    changes = {entry["id"]: entry for entry in told}

    def place(each: PartialChannel) -> tuple[int, int, int, int]:
        entry = changes.get(each.id, {})
        parent = entry.get("parent_id", each.parent_id) or 0
        kind = {CATEGORY: 2, VOICE: 1}.get(each.type or TEXT, 0)
        return parent, kind, entry.get("position", each.position), each.id

    return [each.id for each in sorted(channels, key=place)]


@pytest.mark.parametrize(
    ("number", "where", "row"),
    [
        (12, {"before": 10}, [12, 10, 11]),
        (12, {"first": True}, [12, 10, 11]),
        (10, {"after": 11}, [11, 10, 12]),
        (10, {"last": True}, [11, 12, 10]),
        (13, {"after": 10}, [10, 13, 11, 12]),
        (13, {"last": True, "category": 1}, [10, 11, 12, 13]),
        (15, {"before": 11}, [10, 15, 11, 12]),
    ],
)
def test_a_channel_stands_where_it_was_told(
    number: int, where: dict[str, Any], row: list[int]
) -> None:
    told = moved(GUILD, number, **where)
    shown = [each for each in after_moving(GUILD, told) if each in row]
    assert shown == row
    assert sum("parent_id" in entry for entry in told) <= 1


def test_categories_stand_among_themselves() -> None:
    told = moved(GUILD, 2, first=True)
    assert [each for each in after_moving(GUILD, told) if each < 10] == [2, 1]


def test_a_category_is_left() -> None:
    told = moved(GUILD, 10, last=True, category=None, sync_permissions=False)
    entry = next(entry for entry in told if entry["id"] == 10)
    assert entry["parent_id"] is None
    assert entry["lock_permissions"] is False


@given(st.lists(st.integers(0, 5), min_size=2, max_size=8), st.data())
def test_the_others_keep_their_order(positions: list[int], data: st.DataObject) -> None:
    channels = [channel(n + 1, position) for n, position in enumerate(positions)]
    before = after_moving(channels, [])
    number = data.draw(st.sampled_from(before))
    other = data.draw(st.sampled_from([n for n in before if n != number]))
    after = after_moving(channels, moved(channels, number, after=other))
    assert [n for n in after if n != number] == [n for n in before if n != number]
    assert after.index(number) == after.index(other) + 1


@pytest.mark.parametrize(
    ("number", "where", "says"),
    [
        (10, {}, "give one"),
        (10, {"first": True, "last": True}, "give one"),
        (99, {"first": True}, "not one of the guild"),
        (10, {"before": 99}, "not another one"),
        (10, {"before": 10}, "not another one"),
        (10, {"before": 14}, "own kind"),
        (10, {"before": 13, "category": 1}, "another category"),
    ],
)
def test_a_place_that_is_none(number: int, where: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidArgument, match=says):
        moved(GUILD, number, **where)
