"""Tell those on the gateway what channels a change of permissions has shown to them or hidden.

Bots know every channel and work out for themselves which they may see; they are told only of the
threads they gain. A person's client is shown the channels it may see and no other.

See https://discord.com/developers/docs/topics/threads#gaining-access
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .world import World

__all__ = ["told_what_they_see"]


@contextmanager
def told_what_they_see(world: World, guild_id: str) -> Iterator[None]:
    """Compare what each client sees before and after a change, and tell it; under the lock."""
    guild = world.guilds.state(guild_id)
    threads = [key for key in guild.channel_ids if world.channels.is_thread(key)]
    watchers = [
        user_id
        for user_id in world.connected
        if user_id in guild.members and (threads or world.applications.of_user(user_id) is None)
    ]
    if not watchers:
        yield
        return
    before = {user_id: _seen(world, guild_id, user_id) for user_id in watchers}
    yield
    for user_id in watchers:
        if user_id in guild.members:
            after = _seen(world, guild_id, user_id)
            _tell(world, guild_id, user_id, before[user_id], after)


def _seen(world: World, guild_id: str, user_id: str) -> list[str]:
    ids = world.guilds.state(guild_id).channel_ids
    return [
        key
        for key in ids
        if not world.channels.is_thread(key) and world.permissions.sees(key, user_id)
    ]


def _tell(world: World, guild_id: str, user_id: str, before: list[str], after: list[str]) -> None:
    gained = [key for key in after if key not in before]
    lost = [key for key in before if key not in after and world.channels.exists(key)]
    if world.applications.of_user(user_id) is None:
        for name, ids in (("CHANNEL_CREATE", gained), ("CHANNEL_DELETE", lost)):
            for key in ids:
                data = world.channels.get(key)
                world.announce(name, data, guild_id=guild_id, user_ids=(user_id,))
    threads = [
        thread
        for thread in world.threads.of_guild(guild_id)
        if thread["parent_id"] in gained and world.permissions.sees(thread["id"], user_id)
    ]
    if threads:
        sync: dict[str, Any] = {
            "guild_id": guild_id,
            "channel_ids": gained,
            "threads": threads,
            "members": [
                world.threads.member(thread["id"], user_id)
                for thread in threads
                if user_id in world.threads.member_ids(thread["id"])
            ],
        }
        world.announce("THREAD_LIST_SYNC", sync, guild_id=guild_id, user_ids=(user_id,))
