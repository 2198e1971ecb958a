"""Lobbies: groups of players of an application's game.

See https://discord.com/developers/docs/resources/lobby
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import WorldError, missing_access, unknown
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["CAN_LINK", "Lobbies"]

#: Flag of a member who may link a channel.
CAN_LINK = 1

#: Members of a lobby.
MOST_MEMBERS = 1000


class Lobbies:
    """The lobbies of all applications; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lobbies: dict[str, dict[str, Any]] = {}

    def create(
        self,
        application_id: str,
        *,
        metadata: dict[str, str] | None = None,
        members: list[dict[str, Any]] | None = None,
        flags: int = 0,
        secret: str | None = None,
    ) -> dict[str, Any]:
        """Open a lobby."""
        with self._world.lock:
            lobby_id = self._world.ids.next()
            self._lobbies[lobby_id] = {
                "id": lobby_id,
                "application_id": application_id,
                "metadata": clone(metadata),
                "flags": flags,
                "_members": {},
                "_linked_id": None,
                "_messages": [],
                "_secret": secret,
            }
            for member in members or ():
                self.put_member(application_id, lobby_id, member["id"], member)
            return self.get(application_id, lobby_id)

    def join(self, application_id: str, user_id: str, secret: str, **fields: Any) -> dict[str, Any]:
        """Join the lobby with a secret, which is opened for the first who comes."""
        with self._world.lock:
            for lobby in self._lobbies.values():
                if (lobby["application_id"], lobby["_secret"]) == (application_id, secret):
                    lobby_id: str = lobby["id"]
                    break
            else:
                metadata = fields.get("lobby_metadata")
                lobby_id = self.create(application_id, metadata=metadata, secret=secret)["id"]
            member = {"metadata": fields.get("member_metadata")}
            self.put_member(application_id, lobby_id, user_id, member)
            return self.get(application_id, lobby_id)

    def get(self, application_id: str, lobby_id: str) -> dict[str, Any]:
        """Return a lobby of an application."""
        with self._world.lock:
            lobby = self._state(application_id, lobby_id)
            data = {key: clone(value) for key, value in lobby.items() if key[0] != "_"}
            data["members"] = [clone(member) for member in lobby["_members"].values()]
            linked_id = lobby["_linked_id"]
            if linked_id is not None and self._world.channels.exists(linked_id):
                data["linked_channel"] = self._world.channels.get(linked_id)
            return data

    def update(self, application_id: str, lobby_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change a lobby; `members`, when given, become its only ones."""
        with self._world.lock:
            lobby = self._state(application_id, lobby_id)
            if "metadata" in changes:
                lobby["metadata"] = clone(changes["metadata"])
            if changes.get("flags") is not None:
                lobby["flags"] = changes["flags"]
            if changes.get("members") is not None:
                lobby["_members"] = {}
                for member in changes["members"]:
                    self.put_member(application_id, lobby_id, member["id"], member)
            return self.get(application_id, lobby_id)

    def delete(self, application_id: str, lobby_id: str) -> None:
        """Close a lobby."""
        with self._world.lock:
            self._state(application_id, lobby_id)
            del self._lobbies[lobby_id]

    def put_member(
        self, application_id: str, lobby_id: str, user_id: str, fields: dict[str, Any]
    ) -> dict[str, Any]:
        """Take somebody into a lobby, or change them in it."""
        with self._world.lock:
            lobby = self._state(application_id, lobby_id)
            self._world.users.state(user_id)
            if user_id not in lobby["_members"] and len(lobby["_members"]) >= MOST_MEMBERS:
                raise WorldError(400, 0, "The lobby is full")
            member = {
                "id": user_id,
                "metadata": clone(fields.get("metadata")),
                "flags": fields.get("flags") or 0,
            }
            if fields.get("additional_name"):
                member["additional_name"] = fields["additional_name"]
            lobby["_members"][user_id] = member
            return dict(member)

    def remove_member(self, application_id: str, lobby_id: str, user_id: str) -> None:
        """Put somebody out of a lobby; one who is not in it does not matter."""
        with self._world.lock:
            self._state(application_id, lobby_id)["_members"].pop(user_id, None)

    def member(self, application_id: str, lobby_id: str, user_id: str) -> dict[str, Any]:
        """Return a member.

        Raises:
            WorldError: 50001 for somebody who is not in the lobby.
        """
        with self._world.lock:
            found = self._state(application_id, lobby_id)["_members"].get(user_id)
            if found is None:
                raise missing_access()
            return dict(found)

    def link(self, application_id: str, lobby_id: str, channel_id: str | None) -> dict[str, Any]:
        """Link a lobby with a channel; None ends it."""
        with self._world.lock:
            self._state(application_id, lobby_id)["_linked_id"] = channel_id
            return self.get(application_id, lobby_id)

    def say(
        self,
        application_id: str,
        lobby_id: str,
        author_id: str,
        content: str,
        metadata: dict[str, str] | None = None,
        flags: int = 0,
    ) -> dict[str, Any]:
        """Write a message into a lobby, and into the channel it is linked with."""
        with self._world.lock:
            lobby = self._state(application_id, lobby_id)
            member = self.member(application_id, lobby_id, author_id)
            linked_id = lobby["_linked_id"]
            message: dict[str, Any] = {
                "id": self._world.ids.next(),
                "type": 0,
                "content": content,
                "lobby_id": lobby_id,
                "channel_id": linked_id or lobby_id,
                "author": self._world.users.get(author_id),
                "flags": flags,
                "application_id": application_id,
            }
            if metadata:
                message["metadata"] = clone(metadata)
            if "additional_name" in member:
                message["lobby_member"] = {"additional_name": member["additional_name"]}
            lobby["_messages"].append(message)
            if linked_id is not None and self._world.channels.exists(linked_id):
                self._world.messages.create(linked_id, author_id, content)
            copy: dict[str, Any] = clone(message)
            return copy

    def messages(self, application_id: str, lobby_id: str, limit: int) -> list[dict[str, Any]]:
        """Return the newest messages of a lobby, newest first."""
        with self._world.lock:
            kept = self._state(application_id, lobby_id)["_messages"]
            return [clone(message) for message in kept[::-1][:limit]]

    def moderate(
        self, application_id: str, lobby_id: str, message_id: str, metadata: dict[str, str]
    ) -> None:
        """Attach what a moderator thinks to a message."""
        with self._world.lock:
            for message in self._state(application_id, lobby_id)["_messages"]:
                if message["id"] == message_id:
                    message["moderation_metadata"] = clone(metadata)
                    return
            raise unknown("message")

    def _state(self, application_id: str, lobby_id: str) -> dict[str, Any]:
        lobby = self._lobbies.get(lobby_id)
        if lobby is None or lobby["application_id"] != application_id:
            raise unknown("lobby")
        return lobby
