"""User.

The types of https://discord.com/developers/docs/resources/user
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core.base import Entity, Model, model
from .core.enums import OpenFlag, OpenIntEnum
from .core.snowflake import Snowflake
from .core.unset import UNSET, Unset
from .locales import Locale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..rest import File
    from .allowed_mentions import AllowedMentions
    from .cdn import Asset
    from .channel import Channel
    from .colour import Colour
    from .components import AnyComponent
    from .embed import Embed
    from .message import Message
    from .poll import PollCreateRequest

__all__ = [
    "AvatarDecorationData",
    "Collectibles",
    "Nameplate",
    "PartialUser",
    "PremiumType",
    "User",
    "UserFlags",
    "UserPrimaryGuild",
]


class UserFlags(OpenFlag):
    """See https://discord.com/developers/docs/resources/user#user-object"""

    NONE = 0
    STAFF = 1 << 0
    PARTNER = 1 << 1
    HYPESQUAD = 1 << 2
    BUG_HUNTER_LEVEL_1 = 1 << 3
    HYPESQUAD_ONLINE_HOUSE_1 = 1 << 6
    HYPESQUAD_ONLINE_HOUSE_2 = 1 << 7
    HYPESQUAD_ONLINE_HOUSE_3 = 1 << 8
    PREMIUM_EARLY_SUPPORTER = 1 << 9
    TEAM_PSEUDO_USER = 1 << 10
    BUG_HUNTER_LEVEL_2 = 1 << 14
    VERIFIED_BOT = 1 << 16
    VERIFIED_DEVELOPER = 1 << 17
    CERTIFIED_MODERATOR = 1 << 18
    BOT_HTTP_INTERACTIONS = 1 << 19


class PremiumType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/user#user-object"""

    NONE = 0
    NITRO_CLASSIC = 1
    NITRO = 2
    NITRO_BASIC = 3


@model
class PartialUser(Entity):
    """The part of a user that is known; what is not is None.

    See https://discord.com/developers/docs/resources/user#user-object
    """

    username: str | None = None
    discriminator: str | None = None
    global_name: str | Unset | None = UNSET
    avatar: str | Unset | None = UNSET
    bot: bool | None = None
    system: bool | None = None
    mfa_enabled: bool | None = None
    banner: str | Unset | None = UNSET
    accent_color: int | Unset | None = UNSET
    locale: Locale | None = None
    verified: bool | None = None
    email: str | Unset | None = UNSET
    flags: UserFlags | None = None
    premium_type: PremiumType | None = None
    public_flags: UserFlags | None = None
    avatar_decoration_data: AvatarDecorationData | Unset | None = UNSET
    collectibles: Collectibles | Unset | None = UNSET
    primary_guild: UserPrimaryGuild | Unset | None = UNSET

    def __str__(self) -> str:
        """Return the username."""
        return self.username or str(self.id)

    @property
    def mention(self) -> str:
        """The text that shows as the user's name and pings."""
        return f"<@{self.id}>"

    @property
    def display_name(self) -> str:
        """The name to show: the global name, else the username."""
        return self.global_name or self.username or str(self.id)

    @property
    def avatar_asset(self) -> Asset | None:
        """The avatar the user chose; None where it is not known or there is none."""
        from . import cdn

        return cdn.user_avatar(self.id, self.avatar) if self.avatar else None

    @property
    def default_avatar(self) -> Asset:
        """The avatar Discord gives the user, shown where none was chosen."""
        from . import cdn

        return cdn.default_avatar(self.id, self.discriminator)

    @property
    def display_avatar(self) -> Asset:
        """The avatar to show: the user's own, else the default one."""
        return self.avatar_asset or self.default_avatar

    @property
    def banner_asset(self) -> Asset | None:
        """The banner of the profile; None where it is not known or there is none."""
        from . import cdn

        return cdn.user_banner(self.id, self.banner) if self.banner else None

    @property
    def avatar_decoration_asset(self) -> Asset | None:
        """What frames the avatar, where something does."""
        decoration = self.avatar_decoration_data
        return decoration.image if decoration else None

    @property
    def nameplate_asset(self) -> Asset | None:
        """The background of the name in a member list, where there is one."""
        plate = self.collectibles.nameplate if self.collectibles else None
        return plate.image if plate else None

    @property
    def accent_colour(self) -> Colour | None:
        """The colour of the profile, where the user chose one and Discord says it."""
        from .colour import Colour

        return Colour(self.accent_color) if isinstance(self.accent_color, int) else None

    def fetch(self) -> User:
        """Ask Discord for the user as it is now.

        See https://discord.com/developers/docs/resources/user#get-user
        """
        return self._bound().rest.get_user(self.id)

    def create_dm(self) -> Channel:
        """Open the direct-message channel with the user, or return the one there is.

        See https://discord.com/developers/docs/resources/user#create-dm
        """
        return self._bound().rest.create_dm(self.id)

    def send(
        self,
        content: str | None = None,
        *,
        embeds: Sequence[Embed] = (),
        components: Sequence[AnyComponent] = (),
        files: Sequence[File] = (),
        flags: int = 0,
        allowed_mentions: AllowedMentions | Unset | None = UNSET,
        poll: PollCreateRequest | None = None,
        delete_after: float | None = None,
    ) -> Message:
        """Send the user a direct message; the channel is opened where it is not yet.

        Where there is more to send, keep what `create_dm` returns: it saves a request.

        Args:
            content: The text, at most 2000 characters.
            embeds: At most 10.
            components: Buttons, menus, layouts.
            files: At most 10; or a `VoiceMessage` alone.
            flags: `MessageFlags`.
            allowed_mentions: Whom it may ping; by default the client's rule, which is nobody.
            poll: A poll.
            delete_after: Seconds after which it is deleted again; needs a running `Client`.

        Raises:
            InvalidArgument: A limit is passed, or the message would be empty.
            Forbidden: The user takes no messages from the bot (code 50007).

        See https://discord.com/developers/docs/resources/user#create-dm
        """
        from ..rest.payload import create_body
        from ..rest.purging import may_delete_later

        may_delete_later(self._bound(), delete_after)
        create_body(  # what cannot be sent opens no channel
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            poll=poll,
            flags=flags,
            tts=False,
            allowed_mentions=None,
        )
        return self.create_dm().send(
            content,
            embeds=embeds,
            components=components,
            files=files,
            flags=flags,
            allowed_mentions=allowed_mentions,
            poll=poll,
            delete_after=delete_after,
        )


@model
class User(PartialUser):
    """User.

    See https://discord.com/developers/docs/resources/user#user-object
    """

    username: str
    discriminator: str
    avatar: str | None


@model
class UserPrimaryGuild(Model):
    """User Primary Guild.

    See https://discord.com/developers/docs/resources/user#user-object
    """

    identity_guild_id: Snowflake | None
    identity_enabled: bool | None
    tag: str | None
    badge: str | None

    @property
    def badge_asset(self) -> Asset | None:
        """The badge beside the tag."""
        from . import cdn

        guild_id = self.identity_guild_id
        return cdn.guild_tag_badge(guild_id, self.badge) if guild_id and self.badge else None


@model
class AvatarDecorationData(Model):
    """Avatar Decoration Data.

    See https://discord.com/developers/docs/resources/user#avatar-decoration-data-object
    """

    asset: str
    sku_id: Snowflake | None

    @property
    def image(self) -> Asset:
        """The picture that frames the avatar."""
        from . import cdn

        return cdn.avatar_decoration(self.asset)


@model
class Collectibles(Model):
    """Collectible.

    See https://discord.com/developers/docs/resources/user#collectibles
    """

    nameplate: Nameplate | Unset | None = UNSET


@model
class Nameplate(Model):
    """Nameplate.

    See https://discord.com/developers/docs/resources/user#nameplate
    """

    sku_id: Snowflake | None
    asset: str
    label: str
    palette: str

    @property
    def image(self) -> Asset:
        """The picture, standing still; `cdn.nameplate` has the video too."""
        from . import cdn

        return cdn.nameplate(self.asset)
