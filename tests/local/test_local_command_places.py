"""Where a command is offered: its contexts, and channels for adults."""

from __future__ import annotations

from typing import Any

import pytest

from disruption.local import LocalDiscord
from disruption.local.driver.errors import DriverError

GUILD, BOT_DM, PRIVATE = 0, 1, 2


def offered(local: LocalDiscord, channel_id: str, **fields: Any) -> bool:
    """Tell whether ann is offered a command with these fields there."""
    world = local.world
    [application_id] = world.applications.all()
    data = {"name": "here", "description": "x", **fields}
    command, _ = world.commands.create(application_id, data)
    return world.commands.allows(command, world.user("ann").id, channel_id)


@pytest.fixture
def places(local: LocalDiscord) -> dict[str, str]:
    bot = local.add_bot("bot")
    world = local.world
    ann, bob = world.user("ann"), world.user("bob")
    return {
        "guild": world.channel("#general").id,
        "own": str(world.channels.dm(ann.id, bot.user_id)["id"]),
        "other": str(world.channels.dm(ann.id, bob.id)["id"]),
    }


@pytest.mark.parametrize(
    ("contexts", "expected"),
    [
        (None, {"guild", "own", "other"}),
        ([GUILD], {"guild"}),
        ([BOT_DM], {"own"}),
        ([BOT_DM, PRIVATE], {"own", "other"}),
    ],
)
def test_contexts(
    local: LocalDiscord, places: dict[str, str], contexts: list[int] | None, expected: set[str]
) -> None:
    found = {name for name, place in places.items() if offered(local, place, contexts=contexts)}
    assert found == expected


def test_channels_for_adults(local: LocalDiscord, places: dict[str, str]) -> None:
    assert not offered(local, places["guild"], nsfw=True)
    local.world.channels.update(places["guild"], {"nsfw": True})
    assert offered(local, places["guild"], nsfw=True)


def test_a_user_is_refused(local: LocalDiscord, places: dict[str, str]) -> None:
    offered(local, places["guild"], contexts=[BOT_DM])
    ann = local.world.user("ann")
    with pytest.raises(DriverError, match="may not use"):
        ann.use(local.world.channel("#general"), "here", {})
