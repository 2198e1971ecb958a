"""What guilds can do: themselves, their channels, roles and members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.base import handle
from ..core.unset import UNSET
from ..rules.uploads import upload_limit
from .guild_expressions import GuildExpressionVerbs
from .guild_moderation import GuildModerationVerbs
from .guild_settings import GuildSettingVerbs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, TypeVar

    from typing_extensions import Unpack

    from ...rest.images import FileSource
    from ...rest.message_search import SearchOptions
    from ...rest.paging import After, Before
    from ...rest.route import SnowflakeLike
    from ..channel import Channel
    from ..core.snowflake import Snowflake
    from ..core.unset import Unset
    from ..guild import Guild
    from ..lists import ThreadList
    from ..member import GuildMember, PartialMember
    from ..message import Message
    from ..permissions import PartialRole, Role
    from .options import ChannelOptions, GuildOptions, RoleOptions

    _Key = TypeVar("_Key", bound=SnowflakeLike)

__all__ = ["GuildVerbs"]


class GuildVerbs(GuildExpressionVerbs, GuildModerationVerbs, GuildSettingVerbs):
    """What guilds can do."""

    @property
    def upload_limit(self) -> int:
        """How large a file may be that is sent there, in bytes; its boosts raise it.

        See https://discord.com/developers/docs/reference#uploading-files
        """
        return upload_limit(getattr(self, "premium_tier", None))

    def edit(self, **changes: Unpack[GuildOptions]) -> Guild:
        """Change its settings; what is not given stays, None clears.

        Args:
            changes: As `Rest.modify_guild` takes them: name, icon, afk_timeout, ….

        See https://discord.com/developers/docs/resources/guild#modify-guild
        """
        return self._bound().rest.modify_guild(self.id, **changes)

    def leave(self) -> None:
        """Leave it.

        See https://discord.com/developers/docs/resources/user#leave-guild
        """
        self._bound().rest.leave_guild(self.id)

    # Channels --------------------------------------------------------------------------

    def fetch_channels(self) -> list[Channel]:
        """Ask Discord for its channels, without threads.

        See https://discord.com/developers/docs/resources/guild#get-guild-channels
        """
        return self._bound().rest.get_guild_channels(self.id)

    def fetch_active_threads(self) -> ThreadList:
        """Ask Discord for its active threads.

        See https://discord.com/developers/docs/resources/guild#list-active-guild-threads
        """
        return self._bound().rest.list_active_guild_threads(self.id)

    def create_channel(
        self, name: str, *, type: int = 0, **options: Unpack[ChannelOptions]
    ) -> Channel:
        """Create a channel, a text channel by default.

        Args:
            name: 1 to 100 characters.
            type: `ChannelType`.
            options: As `Rest.create_guild_channel` takes them: topic, parent_id, ….

        Raises:
            Forbidden: MANAGE_CHANNELS is missing.

        See https://discord.com/developers/docs/resources/guild#create-guild-channel
        """
        return self._bound().rest.create_guild_channel(self.id, name=name, type=type, **options)

    def create_category(self, name: str, **options: Unpack[ChannelOptions]) -> Channel:
        """Create a category; see `create_channel`."""
        return self.create_channel(name, type=4, **options)

    def create_voice_channel(self, name: str, **options: Unpack[ChannelOptions]) -> Channel:
        """Create a voice channel; see `create_channel`."""
        return self.create_channel(name, type=2, **options)

    def create_stage_channel(self, name: str, **options: Unpack[ChannelOptions]) -> Channel:
        """Create a stage; see `create_channel`."""
        return self.create_channel(name, type=13, **options)

    def create_forum(self, name: str, **options: Unpack[ChannelOptions]) -> Channel:
        """Create a forum; see `create_channel`."""
        return self.create_channel(name, type=15, **options)

    def move_channels(self, positions: Iterable[Mapping[str, Any]]) -> None:
        """Move channels about; those that are not named stay.

        Args:
            positions: As `Rest.modify_guild_channel_positions` takes them.

        See https://discord.com/developers/docs/resources/guild#modify-guild-channel-positions
        """
        self._bound().rest.modify_guild_channel_positions(self.id, positions)

    # Roles -----------------------------------------------------------------------------

    def role(self, role_id: int) -> PartialRole:
        """Return a handle of one of its roles; no request is made."""
        from ..permissions import PartialRole

        return handle(PartialRole, self, id=role_id, guild_id=self.id)

    def fetch_roles(self) -> list[Role]:
        """Ask Discord for its roles.

        See https://discord.com/developers/docs/resources/guild#get-guild-roles
        """
        return self._bound().rest.get_guild_roles(self.id)

    def fetch_role(self, role_id: SnowflakeLike) -> Role:
        """Ask Discord for a role.

        See https://discord.com/developers/docs/resources/guild#get-guild-role
        """
        return self._bound().rest.get_guild_role(self.id, role_id)

    def count_role_members(self) -> dict[Snowflake, int]:
        """Ask Discord how many members each role has, by the role's id.

        See https://discord.com/developers/docs/resources/guild#get-guild-role-member-counts
        """
        return self._bound().rest.get_guild_role_member_counts(self.id)

    def create_role(self, name: str, **options: Unpack[RoleOptions]) -> Role:
        """Create a role.

        Args:
            name: 1 to 100 characters.
            options: As `Rest.create_guild_role` takes them: permissions, color, ….

        Raises:
            Forbidden: MANAGE_ROLES is missing.

        See https://discord.com/developers/docs/resources/guild#create-guild-role
        """
        return self._bound().rest.create_guild_role(self.id, name=name, **options)

    def move_roles(
        self,
        positions: Iterable[Mapping[str, Any]] | Mapping[_Key, int],
        *,
        reason: str | None = None,
    ) -> list[Role]:
        """Move roles up or down.

        Args:
            positions: ``{role: 3}`` or a list of ``{"id": role, "position": 3}``.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/guild#modify-guild-role-positions
        """
        rest = self._bound().rest
        return rest.modify_guild_role_positions(self.id, positions, reason=reason)

    # Members ---------------------------------------------------------------------------

    def member(self, user_id: int) -> PartialMember:
        """Return a handle of one of its members; no request is made."""
        from ..member import PartialMember

        return handle(PartialMember, self, id=user_id, guild_id=self.id)

    def iter_members(
        self, *, after: After | None = None, limit: int | None = None
    ) -> Iterator[GuildMember]:
        """Go through its members, by id, a page at a time; needs the GUILD_MEMBERS intent.

        Args:
            after: Members after this user.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/guild#list-guild-members
        """
        return self._bound().rest.iter_guild_members(self.id, after=after, limit=limit)

    def search_members(self, query: str, *, limit: int = 100) -> list[GuildMember]:
        """Ask Discord for members whose username or nickname begins with a text.

        Args:
            query: The text, 1 to 100 characters.
            limit: How many at most, up to 1000.

        See https://discord.com/developers/docs/resources/guild#search-guild-members
        """
        return self._bound().rest.search_guild_members(self.id, query, limit=limit)

    def add_member(
        self,
        user: SnowflakeLike,
        *,
        access_token: str,
        nick: str | Unset = UNSET,
        roles: Iterable[SnowflakeLike] | Unset = UNSET,
        mute: bool | Unset = UNSET,
        deaf: bool | Unset = UNSET,
    ) -> GuildMember | None:
        """Add a user who allowed it; return the member, None where they were one already.

        Args:
            user: Who.
            access_token: The user's OAuth2 token, with the scope ``guilds.join``.
            nick: At most 32 characters.
            roles: Which roles they get.
            mute: In voice channels.
            deaf: In voice channels.

        Raises:
            Forbidden: CREATE_INSTANT_INVITE is missing, or what the others need.

        See https://discord.com/developers/docs/resources/guild#add-guild-member
        """
        return self._bound().rest.add_guild_member(
            self.id, user, access_token=access_token, nick=nick, roles=roles, mute=mute, deaf=deaf
        )

    def edit_me(
        self,
        *,
        nick: str | Unset | None = UNSET,
        avatar: FileSource | Unset | None = UNSET,
        banner: FileSource | Unset | None = UNSET,
        bio: str | Unset | None = UNSET,
        reason: str | None = None,
    ) -> GuildMember:
        """Change how the bot looks in it; what is not given stays, None clears.

        Args:
            nick: At most 32 characters.
            avatar: An image: a path, bytes or an open file.
            banner: An image.
            bio: At most 190 characters.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/guild#modify-current-member
        """
        return self._bound().rest.modify_current_member(
            self.id, nick=nick, avatar=avatar, banner=banner, bio=bio, reason=reason
        )

    # Messages --------------------------------------------------------------------------

    def search_messages(
        self,
        *,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool = False,
        limit: int | None = None,
        **options: Unpack[SearchOptions],
    ) -> Iterator[Message]:
        """Go through the messages that fit, newest first; needs the MESSAGE_CONTENT intent.

        ```python
        for message in guild.search_messages(content="invoice", has=["file"]):
            ...
        ```

        Args:
            before: Messages before this one, or before a time.
            after: Messages after this one, or after a time.
            oldest_first: In which direction.
            limit: How many at most; None for all.
            options: What to look for, as `Rest.search_guild_messages` takes it: content,
                channel_id, author_id, mentions, has, pinned, ….

        Raises:
            SearchNotReady: Discord has not made its index in time.
            Forbidden: READ_MESSAGE_HISTORY is missing.

        See https://discord.com/developers/docs/resources/message#search-guild-messages
        """
        return self._bound().rest.iter_guild_message_search(
            self.id,
            max_id=before,
            min_id=after,
            oldest_first=oldest_first,
            limit=limit,
            **options,
        )
