"""Lobbies, the groups of players of Discord's Social SDK, as its servers use them.

See https://discord.com/developers/docs/resources/lobby
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, between, mapped, several
from disruption.rest.core import RestCore
from disruption.rest.fields import Duration, put_seconds, put_text
from disruption.rest.payload import put
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import (
    UNSET,
    Lobby,
    LobbyInvite,
    LobbyMember,
    LobbyMessage,
    Unset,
    to_plain,
)
from disruption.types.core.base import Model

__all__ = ["LobbyRoutes"]

_LOBBY: Final = "/lobbies/{lobby_id}"
_MEMBER: Final = _LOBBY + "/members/{user_id}"
_ME: Final = _LOBBY + "/members/@me"
_MESSAGES: Final = _LOBBY + "/messages"

_CREATE = Route("POST", "/lobbies")
_CREATE_OR_JOIN = Route("PUT", "/lobbies")
_GET = Route("GET", _LOBBY)
_MODIFY = Route("PATCH", _LOBBY)
_DELETE = Route("DELETE", _LOBBY)
_LINK = Route("PATCH", _LOBBY + "/channel-linking")
_ADD = Route("PUT", _MEMBER)
_REMOVE = Route("DELETE", _MEMBER)
_BULK = Route("POST", _LOBBY + "/members/bulk", repeatable=True)
_LEAVE = Route("DELETE", _ME)
_INVITE_SELF = Route("POST", _ME + "/invites")
_INVITE = Route("POST", _MEMBER + "/invites")
_SEND = Route("POST", _MESSAGES)
_LIST = Route("GET", _MESSAGES)
_MODERATE = Route("PUT", _MESSAGES + "/{message_id}/moderation-metadata")

_MEMBERS: Final = 25
_METADATA: Final = 1000  # characters in all
_IDLE: Final = (5, 604_800)  # seconds

Metadata = Mapping[str, str]
LobbyMemberLike = Model | Mapping[str, Any] | SnowflakeLike
"""A `LobbyMember`, its data, or just who."""


class LobbyRoutes(RestCore):
    """Lobbies."""

    def create_lobby(
        self,
        *,
        metadata: Metadata | Unset | None = UNSET,
        members: Sequence[LobbyMemberLike] | Unset = UNSET,
        idle_timeout: Duration | Unset = UNSET,
        flags: int | Unset = UNSET,
        override_event_webhooks_url: str | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> Lobby:
        """Make a lobby.

        Args:
            metadata: Of at most 1000 characters in all.
            members: Who is in it, at most 25.
            idle_timeout: Seconds (or a timedelta) without anybody after which it ends, from 5
                to a week.
            flags: Its flags.
            override_event_webhooks_url: Where its events go, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/resources/lobby#create-lobby
        """
        body = _body(metadata, members, idle_timeout, flags, override_event_webhooks_url)
        return self._fetch(Lobby, _CREATE(), body, timeout=timeout)

    def create_or_join_lobby(
        self,
        *,
        secret: str,
        idle_timeout: Duration | Unset = UNSET,
        lobby_metadata: Metadata | Unset | None = UNSET,
        member_metadata: Metadata | Unset | None = UNSET,
        flags: int | Unset = UNSET,
        timeout: float | None = None,
    ) -> Lobby:
        """Join the lobby with a secret, or make it where there is none; for bearer tokens.

        Args:
            secret: At most 250 characters.
            idle_timeout: Seconds (or a timedelta) without anybody after which it ends, from 5
                to a week.
            lobby_metadata: Of at most 1000 characters in all; takes the place of what is there.
            member_metadata: The same, of the user in it.
            flags: Its flags.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/resources/lobby#create-or-join-lobby
        """
        body: dict[str, Any] = {}
        put_text(body, "secret", secret, 250, least=1)
        put_seconds(body, "idle_timeout_seconds", idle_timeout, *_IDLE)
        _put_metadata(body, "lobby_metadata", lobby_metadata)
        _put_metadata(body, "member_metadata", member_metadata)
        put(body, flags=flags)
        return self._fetch(Lobby, _CREATE_OR_JOIN(), body, timeout=timeout)

    def get_lobby(self, lobby_id: SnowflakeLike, *, timeout: float | None = None) -> Lobby:
        """Get a lobby.

        See https://discord.com/developers/docs/resources/lobby#get-lobby
        """
        return self._fetch(Lobby, _GET(lobby_id), timeout=timeout)

    def modify_lobby(
        self,
        lobby_id: SnowflakeLike,
        *,
        metadata: Metadata | Unset | None = UNSET,
        members: Sequence[LobbyMemberLike] | Unset = UNSET,
        idle_timeout: Duration | Unset = UNSET,
        flags: int | Unset = UNSET,
        override_event_webhooks_url: str | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> Lobby:
        """Change a lobby; what is not given stays.

        Args:
            lobby_id: Which one.
            metadata: Takes the place of what is there.
            members: All that are to be in it; others leave.
            idle_timeout: As for `create_lobby`, like the others.
            flags: Its flags.
            override_event_webhooks_url: Where its events go.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/resources/lobby#modify-lobby
        """
        body = _body(metadata, members, idle_timeout, flags, override_event_webhooks_url)
        return self._fetch(Lobby, _MODIFY(lobby_id), body, timeout=timeout)

    def delete_lobby(self, lobby_id: SnowflakeLike, *, timeout: float | None = None) -> None:
        """Delete a lobby; also where it is gone already.

        See https://discord.com/developers/docs/resources/lobby#delete-lobby
        """
        self._do(_DELETE(lobby_id), timeout=timeout)

    def link_channel_to_lobby(
        self,
        lobby_id: SnowflakeLike,
        *,
        channel_id: SnowflakeLike,
        timeout: float | None = None,
    ) -> Lobby:
        """Link a text channel to a lobby; for bearer tokens of members who may.

        See https://discord.com/developers/docs/resources/lobby#link-channel-to-lobby
        """
        body = {"channel_id": str(snowflake(channel_id, "channel_id"))}
        return self._fetch(Lobby, _LINK(lobby_id), body, timeout=timeout)

    def unlink_channel_from_lobby(
        self, lobby_id: SnowflakeLike, *, timeout: float | None = None
    ) -> Lobby:
        """Unlink the channel from a lobby; for bearer tokens of members who may.

        See https://discord.com/developers/docs/resources/lobby#unlink-channel-from-lobby
        """
        return self._fetch(Lobby, _LINK(lobby_id), {}, timeout=timeout)

    # Members ---------------------------------------------------------------------------

    def add_a_member_to_a_lobby(
        self,
        lobby_id: SnowflakeLike,
        user_id: SnowflakeLike,
        *,
        metadata: Metadata | Unset | None = UNSET,
        flags: int | Unset = UNSET,
        additional_name: str | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> LobbyMember:
        """Add somebody to a lobby, or change what they are in it.

        Args:
            lobby_id: Which one.
            user_id: Whom.
            metadata: Of at most 1000 characters in all.
            flags: `LobbyMemberFlags`.
            additional_name: A name in the game, 1 to 80 characters; None removes it.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/resources/lobby#add-a-member-to-a-lobby
        """
        body: dict[str, Any] = {}
        _put_metadata(body, "metadata", metadata)
        put(body, flags=flags)
        put_text(body, "additional_name", additional_name, 80, least=1)
        return self._fetch(LobbyMember, _ADD(lobby_id, user_id), body, timeout=timeout)

    def bulk_update_lobby_members(
        self,
        lobby_id: SnowflakeLike,
        members: Sequence[LobbyMemberLike],
        *,
        timeout: float | None = None,
    ) -> list[LobbyMember]:
        """Add, change and remove up to 25 members of a lobby at once.

        Args:
            lobby_id: Which one.
            members: Each a `LobbyMember`, or a dict of `id`, `metadata`, `flags`,
                `additional_name` and `remove_member` (True removes), or just who.
            timeout: Seconds for the whole call, waits included.

        Returns:
            Those that were added or changed, without those whom Discord left out.

        Raises:
            InvalidArgument: A limit is passed.
            NotFound: Discord does not know one of them.

        See https://discord.com/developers/docs/resources/lobby#bulk-update-lobby-members
        """
        body = _members(members, least=1)
        return self._fetch(list[LobbyMember], _BULK(lobby_id), body, timeout=timeout)

    def remove_a_member_from_a_lobby(
        self, lobby_id: SnowflakeLike, user_id: SnowflakeLike, *, timeout: float | None = None
    ) -> None:
        """Remove somebody from a lobby; also where they are no member any more.

        See https://discord.com/developers/docs/resources/lobby#remove-a-member-from-a-lobby
        """
        self._do(_REMOVE(lobby_id, user_id), timeout=timeout)

    def leave_lobby(self, lobby_id: SnowflakeLike, *, timeout: float | None = None) -> None:
        """Leave a lobby; for bearer tokens.

        See https://discord.com/developers/docs/resources/lobby#leave-lobby
        """
        self._do(_LEAVE(lobby_id), timeout=timeout)

    def create_lobby_channel_invite_for_self(
        self, lobby_id: SnowflakeLike, *, timeout: float | None = None
    ) -> LobbyInvite:
        """Make an invite to the linked channel, once and for an hour; for bearer tokens.

        See https://discord.com/developers/docs/resources/lobby#create-lobby-channel-invite-for-self
        """
        return self._fetch(LobbyInvite, _INVITE_SELF(lobby_id), timeout=timeout)

    def create_lobby_channel_invite_for_user(
        self, lobby_id: SnowflakeLike, user_id: SnowflakeLike, *, timeout: float | None = None
    ) -> LobbyInvite:
        """Make an invite to the linked channel for one user, once and for an hour.

        See https://discord.com/developers/docs/resources/lobby#create-lobby-channel-invite-for-user
        """
        return self._fetch(LobbyInvite, _INVITE(lobby_id, user_id), timeout=timeout)

    # Messages --------------------------------------------------------------------------

    def send_lobby_message(
        self,
        lobby_id: SnowflakeLike,
        *,
        content: str,
        metadata: Metadata | Unset | None = UNSET,
        flags: int | Unset = UNSET,
        timeout: float | None = None,
    ) -> LobbyMessage:
        """Send a message to a lobby, and to the channel linked to it; for bearer tokens.

        Args:
            lobby_id: Which one.
            content: The text, 1 to 2000 characters.
            metadata: Given to the players' clients with it.
            flags: `MessageFlags` that the Social SDK can make.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/resources/lobby#send-lobby-message
        """
        body: dict[str, Any] = {}
        put_text(body, "content", content, 2000, least=1)
        _put_metadata(body, "metadata", metadata)
        put(body, flags=flags)
        return self._fetch(LobbyMessage, _SEND(lobby_id), body, timeout=timeout)

    def get_lobby_messages(
        self,
        lobby_id: SnowflakeLike,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> list[LobbyMessage]:
        """Get the newest messages of a lobby; for bearer tokens.

        Args:
            lobby_id: Which one.
            limit: How many, 1 to 200; Discord's default is 50.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/lobby#get-lobby-messages
        """
        between("limit", limit, 1, 200)
        query = {"limit": limit}
        return self._fetch(list[LobbyMessage], _LIST(lobby_id), query=query, timeout=timeout)

    def update_lobby_message_moderation_metadata(
        self,
        lobby_id: SnowflakeLike,
        message_id: SnowflakeLike,
        metadata: Metadata,
        *,
        timeout: float | None = None,
    ) -> None:
        """Say what moderation made of a message of a lobby.

        Args:
            lobby_id: Where it is.
            message_id: Which one.
            metadata: At most 5 keys of 1024 characters, with texts of 2000.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/resources/lobby#update-lobby-message-moderation-metadata
        """
        if len(mapped("metadata", metadata)) > 5:
            raise InvalidArgument(f"metadata: at most 5 keys, not {len(metadata)}")
        for key, value in metadata.items():
            at_most("metadata's key", key, 1024)
            at_most(f"metadata.{key[:40]}", value, 2000)
        self._do(_MODERATE(lobby_id, message_id), dict(metadata), timeout=timeout)


def _body(
    metadata: Metadata | Unset | None,
    members: Sequence[LobbyMemberLike] | Unset,
    idle_timeout: Duration | Unset,
    flags: int | Unset,
    url: str | Unset | None,
) -> dict[str, Any]:
    body: dict[str, Any] = {}
    _put_metadata(body, "metadata", metadata)
    if not isinstance(members, Unset):
        body["members"] = _members(members)
    put_seconds(body, "idle_timeout_seconds", idle_timeout, *_IDLE)
    put_text(body, "override_event_webhooks_url", url, 512)
    put(body, flags=flags)
    return body


def _members(members: Sequence[LobbyMemberLike], *, least: int = 0) -> list[dict[str, Any]]:
    members = several("members", members)
    if not least <= len(members) <= _MEMBERS:
        raise InvalidArgument(f"members: {least} to {_MEMBERS}, not {len(members)}")
    listed: list[dict[str, Any]] = []
    for index, member in enumerate(members):
        name = f"members[{index}]"
        if isinstance(member, LobbyMember):
            entry = to_plain(member)
        elif isinstance(member, Mapping):
            entry = dict(to_plain(member))
            entry["id"] = str(snowflake(entry.get("id", ""), f"{name}.id"))
        else:
            entry = {"id": str(snowflake(member, name))}
        _put_metadata({}, f"{name}.metadata", entry.get("metadata"))
        at_most(f"{name}.additional_name", entry.get("additional_name"), 80, least=1)
        listed.append(entry)
    return listed


def _put_metadata(body: dict[str, Any], name: str, value: Metadata | Unset | None) -> None:
    if isinstance(value, Unset):
        return
    if value is not None:
        for key, text in mapped(name, value).items():
            if not isinstance(key, str) or not isinstance(text, str):
                raise InvalidArgument(f"{name} must map str to str, not {key!r} to {text!r:.40}")
        total = sum(len(key) + len(text) for key, text in value.items())
        if total > _METADATA:
            raise InvalidArgument(f"{name}: at most {_METADATA} characters in all, not {total}")
        value = dict(value)
    body[name] = value
