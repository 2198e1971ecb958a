"""What members can do, or rather what can be done to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import InvalidArgument
from ..core.base import Bound
from .owner import guild_of

if TYPE_CHECKING:
    from datetime import timedelta

    from typing_extensions import Unpack

    from ...rest.fields import Duration
    from ...rest.route import SnowflakeLike
    from ..member import GuildMember
    from ..voice import VoiceState
    from .options import MemberOptions

__all__ = ["MemberVerbs"]

_TIMEOUT = 28  # days


class MemberVerbs(Bound):
    """What can be done to members."""

    def _user_id(self) -> int:
        number: int = self.id  # type: ignore[attr-defined]  # a field, or a property
        return number

    def fetch(self) -> GuildMember:
        """Ask Discord for the member as they are now.

        Raises:
            NotFound: The user is no member any more.

        See https://discord.com/developers/docs/resources/guild#get-guild-member
        """
        return self._bound().rest.get_guild_member(guild_of(self), self._user_id())

    def edit(self, **changes: Unpack[MemberOptions]) -> GuildMember:
        """Change the member; what is not given stays, None clears.

        Args:
            changes: As `Rest.modify_guild_member` takes them: nick, roles, mute, deaf,
                channel_id, communication_disabled_until, flags, reason.

        See https://discord.com/developers/docs/resources/guild#modify-guild-member
        """
        rest = self._bound().rest
        return rest.modify_guild_member(guild_of(self), self._user_id(), **changes)

    def set_nick(self, nick: str | None, *, reason: str | None = None) -> GuildMember:
        """Change the nickname, or take it away.

        Args:
            nick: At most 32 characters; None for none.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            Forbidden: MANAGE_NICKNAMES is missing, or the bot ranks below the member.

        See https://discord.com/developers/docs/resources/guild#modify-guild-member
        """
        return self.edit(nick=nick, reason=reason)

    def timeout(self, duration: timedelta | None, *, reason: str | None = None) -> GuildMember:
        """Stop this member from talking for a while, or let them talk again.

        Args:
            duration: How long, at most 28 days; None ends a running timeout.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            InvalidArgument: The duration is negative or longer than 28 days.
            Forbidden: The bot lacks MODERATE_MEMBERS or ranks below the member.

        See https://discord.com/developers/docs/resources/guild#modify-guild-member
        """
        if duration is not None:
            seconds = getattr(duration, "total_seconds", None)
            if seconds is None:
                raise InvalidArgument(
                    f"duration must be a timedelta or None, not {type(duration).__name__}"
                )
            if not 0 < seconds() <= _TIMEOUT * 86400:
                raise InvalidArgument(
                    f"duration must be above 0 and at most {_TIMEOUT} days, not {duration}"
                )
        return self.edit(communication_disabled_until=duration, reason=reason)

    def add_role(self, role: SnowflakeLike, *, reason: str | None = None) -> None:
        """Give the member a role.

        Raises:
            Forbidden: MANAGE_ROLES is missing, or the role is not below the bot's highest.

        See https://discord.com/developers/docs/resources/guild#add-guild-member-role
        """
        self._bound().rest.add_guild_member_role(
            guild_of(self), self._user_id(), role, reason=reason
        )

    def remove_role(self, role: SnowflakeLike, *, reason: str | None = None) -> None:
        """Take a role from the member.

        Raises:
            Forbidden: MANAGE_ROLES is missing, or the role is not below the bot's highest.

        See https://discord.com/developers/docs/resources/guild#remove-guild-member-role
        """
        self._bound().rest.remove_guild_member_role(
            guild_of(self), self._user_id(), role, reason=reason
        )

    def kick(self, *, reason: str | None = None) -> None:
        """Remove the member, who can come back with an invite.

        Raises:
            Forbidden: KICK_MEMBERS is missing, or the bot ranks below the member.

        See https://discord.com/developers/docs/resources/guild#remove-guild-member
        """
        self._bound().rest.remove_guild_member(guild_of(self), self._user_id(), reason=reason)

    def ban(self, *, delete_messages: Duration = 0, reason: str | None = None) -> None:
        """Ban the member.

        Args:
            delete_messages: Delete their messages of the last so many seconds, at most 7 days.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            Forbidden: BAN_MEMBERS is missing, or the bot ranks below the member.

        See https://discord.com/developers/docs/resources/guild#create-guild-ban
        """
        self._bound().rest.create_guild_ban(
            guild_of(self), self._user_id(), delete_messages=delete_messages, reason=reason
        )

    def unban(self, *, reason: str | None = None) -> None:
        """Lift the ban of who was a member.

        Raises:
            NotFound: They are not banned.

        See https://discord.com/developers/docs/resources/guild#remove-guild-ban
        """
        self._bound().rest.remove_guild_ban(guild_of(self), self._user_id(), reason=reason)

    # Voice -----------------------------------------------------------------------------

    def move_to(self, channel: SnowflakeLike | None, *, reason: str | None = None) -> GuildMember:
        """Move the member to another voice channel, or (None) disconnect them.

        Raises:
            Forbidden: MOVE_MEMBERS is missing.

        See https://discord.com/developers/docs/resources/guild#modify-guild-member
        """
        return self.edit(channel_id=channel, reason=reason)

    def set_mute(self, muted: bool, *, reason: str | None = None) -> GuildMember:
        """Mute the member in voice channels, or let them be heard again.

        Raises:
            BadRequest: The member is not connected.
            Forbidden: MUTE_MEMBERS is missing.

        See https://discord.com/developers/docs/resources/guild#modify-guild-member
        """
        return self.edit(mute=muted, reason=reason)

    def set_deaf(self, deafened: bool, *, reason: str | None = None) -> GuildMember:
        """Deafen the member in voice channels, or let them hear again.

        Raises:
            BadRequest: The member is not connected.
            Forbidden: DEAFEN_MEMBERS is missing.

        See https://discord.com/developers/docs/resources/guild#modify-guild-member
        """
        return self.edit(deaf=deafened, reason=reason)

    def set_speaker(self, speaks: bool) -> None:
        """Invite the member to speak on the stage that they are on, or end it.

        Raises:
            Forbidden: MUTE_MEMBERS is missing.

        See https://discord.com/developers/docs/resources/voice#modify-user-voice-state
        """
        self._bound().rest.modify_user_voice_state(
            guild_of(self), self._user_id(), suppress=not speaks
        )

    def fetch_voice_state(self) -> VoiceState:
        """Ask Discord where the member is connected.

        Raises:
            NotFound: The member is not connected.

        See https://discord.com/developers/docs/resources/voice#get-user-voice-state
        """
        return self._bound().rest.get_user_voice_state(guild_of(self), self._user_id())
