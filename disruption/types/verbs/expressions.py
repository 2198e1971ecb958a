"""What can be done with emojis, stickers and sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import InvalidArgument
from ..core.base import Bound, Entity
from ..core.unset import UNSET
from .owner import guild_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...rest.route import SnowflakeLike
    from ..core.unset import Unset
    from ..emoji import Emoji
    from ..soundboard import SoundboardSound
    from ..sticker import Sticker, StickerPack

__all__ = ["EmojiVerbs", "SoundVerbs", "StickerVerbs"]


class EmojiVerbs(Bound):
    """What can be done with emojis of guilds and applications."""

    def edit(
        self,
        *,
        name: str | Unset = UNSET,
        roles: Iterable[SnowflakeLike] | Unset | None = UNSET,
        reason: str | None = None,
    ) -> Emoji:
        """Change the emoji; what is not given stays.

        Args:
            name: 2 to 32 letters, digits or underscores.
            roles: Whose members can use it, None for everybody (in guilds).
            reason: Shown in the audit log (of guilds), at most 512 characters.

        Raises:
            InvalidArgument: It is of Unicode, came without its guild, or (for an emoji of an
                application) something else than the name is given.

        See https://discord.com/developers/docs/resources/emoji#modify-guild-emoji
        """
        rest = self._bound().rest
        if application_id := self._application():
            if isinstance(name, str) and roles is UNSET and reason is None:
                return rest.modify_application_emoji(application_id, self._number(), name=name)
            raise InvalidArgument("of an emoji of an application give the name, and nothing else")
        return rest.modify_guild_emoji(
            guild_of(self), self._number(), name=name, roles=roles, reason=reason
        )

    def delete(self, *, reason: str | None = None) -> None:
        """Delete the emoji.

        Args:
            reason: Shown in the audit log (of guilds), at most 512 characters.

        Raises:
            InvalidArgument: It is of Unicode, or came without its guild.

        See https://discord.com/developers/docs/resources/emoji#delete-guild-emoji
        """
        rest = self._bound().rest
        if application_id := self._application():
            rest.delete_application_emoji(application_id, self._number())
        else:
            rest.delete_guild_emoji(guild_of(self), self._number(), reason=reason)

    def _application(self) -> int | None:
        application_id: int | None = getattr(self, "application_id", None)
        return application_id

    def _number(self) -> int:
        number: int | None = getattr(self, "id", None)
        if number is None:
            raise InvalidArgument("this emoji is of Unicode, and nobody's to change")
        return number


class StickerVerbs(Entity):
    """What can be done with stickers."""

    def fetch(self) -> Sticker:
        """Ask Discord for the sticker as it is now.

        See https://discord.com/developers/docs/resources/sticker#get-sticker
        """
        return self._bound().rest.get_sticker(self.id)

    def fetch_pack(self) -> StickerPack:
        """Ask Discord for the pack of its own that the sticker is in.

        Raises:
            InvalidArgument: It is a guild's, which has none.

        See https://discord.com/developers/docs/resources/sticker#get-sticker-pack
        """
        pack_id: int | None = getattr(self, "pack_id", None)
        if pack_id is None:
            raise InvalidArgument("this sticker is in no pack: only Discord's own are")
        return self._bound().rest.get_sticker_pack(pack_id)

    def edit(
        self,
        *,
        name: str | Unset = UNSET,
        description: str | Unset | None = UNSET,
        tags: str | Unset = UNSET,
        reason: str | None = None,
    ) -> Sticker:
        """Change the sticker; what is not given stays.

        Args:
            name: 2 to 30 characters.
            description: 2 to 100 characters; None for none.
            tags: What it is suggested for; at most 200 characters.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            InvalidArgument: It is Discord's own, or a limit is passed.

        See https://discord.com/developers/docs/resources/sticker#modify-guild-sticker
        """
        return self._bound().rest.modify_guild_sticker(
            guild_of(self), self.id, name=name, description=description, tags=tags, reason=reason
        )

    def delete(self, *, reason: str | None = None) -> None:
        """Delete the sticker.

        Raises:
            InvalidArgument: It is Discord's own.

        See https://discord.com/developers/docs/resources/sticker#delete-guild-sticker
        """
        self._bound().rest.delete_guild_sticker(guild_of(self), self.id, reason=reason)


class SoundVerbs(Bound):
    """What can be done with sounds."""

    def play(self, channel_id: SnowflakeLike) -> None:
        """Play the sound in a voice channel that the bot is connected to.

        See https://discord.com/developers/docs/resources/soundboard#send-soundboard-sound
        """
        self._bound().rest.send_soundboard_sound(
            channel_id, sound_id=self._number(), source_guild_id=getattr(self, "guild_id", None)
        )

    def edit(
        self,
        *,
        name: str | Unset = UNSET,
        volume: float | Unset | None = UNSET,
        emoji_id: SnowflakeLike | Unset | None = UNSET,
        emoji_name: str | Unset | None = UNSET,
        reason: str | None = None,
    ) -> SoundboardSound:
        """Change the sound; what is not given stays, None clears.

        Args:
            name: 2 to 32 characters.
            volume: 0 to 1.
            emoji_id: A custom emoji to show.
            emoji_name: Or a standard one.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            InvalidArgument: It is one of Discord's own, or a limit is passed.

        See https://discord.com/developers/docs/resources/soundboard#modify-guild-soundboard-sound
        """
        return self._bound().rest.modify_guild_soundboard_sound(
            guild_of(self),
            self._number(),
            name=name,
            volume=volume,
            emoji_id=emoji_id,
            emoji_name=emoji_name,
            reason=reason,
        )

    def delete(self, *, reason: str | None = None) -> None:
        """Delete the sound.

        Raises:
            InvalidArgument: It is one of Discord's own.

        See https://discord.com/developers/docs/resources/soundboard#delete-guild-soundboard-sound
        """
        rest = self._bound().rest
        rest.delete_guild_soundboard_sound(guild_of(self), self._number(), reason=reason)

    def _number(self) -> int:
        number: int = self.sound_id  # type: ignore[attr-defined]  # a field of the class below
        return number
