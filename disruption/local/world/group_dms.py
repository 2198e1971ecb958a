"""Direct messages of a group, which applications open for those who have allowed it.

See https://discord.com/developers/docs/resources/user#create-group-dm
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .channels import GROUP_DM
from .errors import WorldError, unknown

if TYPE_CHECKING:
    from .world import World

__all__ = ["MOST_RECIPIENTS", "GroupDMs"]

#: People in a group besides the bot that made it.
MOST_RECIPIENTS = 10

#: Types of the messages that tell who came and who went.
_CAME, _WENT = 1, 2


class GroupDMs:
    """The groups of all applications; part of a `World`. Their records lie with the channels."""

    def __init__(self, world: World) -> None:
        self._world = world

    def create(
        self,
        application_id: str,
        owner_id: str,
        user_ids: Sequence[str],
        nicks: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Open a group; it belongs to the application's bot."""
        with self._world.lock:
            members = list(dict.fromkeys((owner_id, *user_ids)))
            self._refuse_too_many(members)
            channel = {
                "id": self._world.ids.next(),
                "type": GROUP_DM,
                "name": None,
                "icon": None,
                "owner_id": owner_id,
                "application_id": application_id,
                "managed": True,
                "last_message_id": None,
                "flags": 0,
                "_members": members,
                "_nicks": dict(nicks or {}),
            }
            self._world.channels.put(channel)
            self._tell("CHANNEL_CREATE", channel, members)
            return self._world.channels.get(str(channel["id"]), owner_id)

    def add(self, channel_id: str, user_id: str, nick: str | None = None) -> bool:
        """Let somebody in; False when they have been there before."""
        with self._world.lock:
            channel = self.state(channel_id)
            if nick is not None:
                channel["_nicks"][user_id] = nick
            if user_id in channel["_members"]:
                return False
            self._refuse_too_many([*channel["_members"], user_id])
            channel["_members"].append(user_id)
            self._tell("CHANNEL_CREATE", channel, [user_id])
            self._say(channel, _CAME, user_id)
            return True

    def remove(self, channel_id: str, user_id: str) -> None:
        """Send somebody away."""
        with self._world.lock:
            channel = self.state(channel_id)
            if user_id not in channel["_members"]:
                raise unknown("user")
            self._say(channel, _WENT, user_id)
            self._tell("CHANNEL_DELETE", channel, [user_id])
            channel["_members"].remove(user_id)

    def update(self, channel_id: str, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Change name and icon."""
        with self._world.lock:
            channel = self.state(channel_id)
            channel.update({key: changes[key] for key in ("name", "icon") if key in changes})
            self._tell("CHANNEL_UPDATE", channel, channel["_members"])
            return self._world.channels.get(channel_id, channel["owner_id"])

    def state(self, channel_id: str) -> dict[str, Any]:
        """Return a group's live record.

        Raises:
            WorldError: 50024 for a channel of another type.
        """
        channel = self._world.channels.state(channel_id)
        if channel["type"] != GROUP_DM:
            raise WorldError(400, 50024, "Cannot execute action on this channel type")
        return channel

    def _refuse_too_many(self, members: Sequence[str]) -> None:
        for user_id in members:
            self._world.users.state(user_id)
        if len(members) > MOST_RECIPIENTS + 1:
            text = f"Maximum number of recipients reached ({MOST_RECIPIENTS})"
            raise WorldError(400, 30004, text)

    def _tell(self, name: str, channel: dict[str, Any], user_ids: Sequence[str]) -> None:
        for user_id in user_ids:
            data = self._world.channels.get(channel["id"], user_id)
            self._world.announce(name, data, user_ids=(user_id,))

    def _say(self, channel: dict[str, Any], type: int, user_id: str) -> None:
        mentioned = {"mentions": [self._world.users.get(user_id)]}
        owner_id = channel["owner_id"]
        self._world.messages.create(channel["id"], owner_id, type=type, extra=mentioned)
