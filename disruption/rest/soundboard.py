"""The soundboard.

See https://discord.com/developers/docs/resources/soundboard
"""

from __future__ import annotations

from typing import Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.core import RestCore
from disruption.rest.fields import put_id, put_number, put_text
from disruption.rest.images import FileSource, sound_uri
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import UNSET, SoundboardSound, SoundboardSoundList, Unset

__all__ = ["SoundboardRoutes"]

_SOUNDS: Final = "/guilds/{guild_id}/soundboard-sounds"
_SOUND: Final = _SOUNDS + "/{sound_id}"

_SEND = Route("POST", "/channels/{channel_id}/send-soundboard-sound")
_DEFAULTS = Route("GET", "/soundboard-default-sounds")
_LIST = Route("GET", _SOUNDS)
_GET = Route("GET", _SOUND)
_CREATE = Route("POST", _SOUNDS)
_MODIFY = Route("PATCH", _SOUND)
_DELETE = Route("DELETE", _SOUND)


class SoundboardRoutes(RestCore):
    """The soundboard."""

    def send_soundboard_sound(
        self,
        channel_id: SnowflakeLike,
        *,
        sound_id: SnowflakeLike,
        source_guild_id: SnowflakeLike | None = None,
        timeout: float | None = None,
    ) -> None:
        """Play a sound in a voice channel that the bot is connected to.

        Args:
            channel_id: Where.
            sound_id: Which sound.
            source_guild_id: Whose sound it is, if of another guild.
            timeout: Seconds for the whole call, waits included.

        Raises:
            Forbidden: SPEAK or USE_SOUNDBOARD is missing, or USE_EXTERNAL_SOUNDS for a sound
                of another guild; or the bot is deaf, mute or not connected.

        See https://discord.com/developers/docs/resources/soundboard#send-soundboard-sound
        """
        body: dict[str, Any] = {}
        put_id(body, "sound_id", sound_id)
        if source_guild_id is not None:
            put_id(body, "source_guild_id", source_guild_id)
        self._do(_SEND(channel_id), body, timeout=timeout)

    def list_default_soundboard_sounds(
        self, *, timeout: float | None = None
    ) -> list[SoundboardSound]:
        """Get the sounds that everybody can play.

        See https://discord.com/developers/docs/resources/soundboard#list-default-soundboard-sounds
        """
        return self._fetch(list[SoundboardSound], _DEFAULTS(), timeout=timeout)

    def list_guild_soundboard_sounds(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[SoundboardSound]:
        """Get the sounds of a guild.

        See https://discord.com/developers/docs/resources/soundboard#list-guild-soundboard-sounds
        """
        return self._fetch(SoundboardSoundList, _LIST(guild_id), timeout=timeout).items

    def get_guild_soundboard_sound(
        self, guild_id: SnowflakeLike, sound_id: SnowflakeLike, *, timeout: float | None = None
    ) -> SoundboardSound:
        """Get a sound of a guild.

        Raises:
            NotFound: There is no such sound.

        See https://discord.com/developers/docs/resources/soundboard#get-guild-soundboard-sound
        """
        return self._fetch(SoundboardSound, _GET(guild_id, sound_id), timeout=timeout)

    def create_guild_soundboard_sound(
        self,
        guild_id: SnowflakeLike,
        *,
        name: str,
        sound: FileSource,
        volume: float | None = None,
        emoji_id: SnowflakeLike | None = None,
        emoji_name: str | None = None,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> SoundboardSound:
        """Create a sound of a guild.

        Args:
            guild_id: Where.
            name: 2 to 32 characters.
            sound: An MP3 or Ogg: a path, bytes or an open file; at most 512 KiB and 5.2
                seconds.
            volume: 0 to 1; Discord's default is 1.
            emoji_id: A custom emoji to show.
            emoji_name: Or a standard one.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or it is no sound.
            Forbidden: CREATE_GUILD_EXPRESSIONS is missing.

        See https://discord.com/developers/docs/resources/soundboard#create-guild-soundboard-sound
        """
        body: dict[str, Any] = {"sound": sound_uri(sound, "sound")}
        _put(
            body,
            name,
            UNSET if volume is None else volume,
            UNSET if emoji_id is None else emoji_id,
            UNSET if emoji_name is None else emoji_name,
        )
        target = _CREATE(guild_id)
        return self._fetch(SoundboardSound, target, body, reason=reason, timeout=timeout)

    def modify_guild_soundboard_sound(
        self,
        guild_id: SnowflakeLike,
        sound_id: SnowflakeLike,
        *,
        name: str | Unset = UNSET,
        volume: float | Unset | None = UNSET,
        emoji_id: SnowflakeLike | Unset | None = UNSET,
        emoji_name: str | Unset | None = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> SoundboardSound:
        """Change a sound of a guild; what is not given stays, None clears.

        Args:
            guild_id: Where it is.
            sound_id: Which one.
            name: 2 to 32 characters.
            volume: 0 to 1.
            emoji_id: A custom emoji to show.
            emoji_name: Or a standard one.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: MANAGE_GUILD_EXPRESSIONS is missing, or for a sound of the bot's own
                CREATE_GUILD_EXPRESSIONS.

        See https://discord.com/developers/docs/resources/soundboard#modify-guild-soundboard-sound
        """
        body: dict[str, Any] = {}
        _put(body, name, volume, emoji_id, emoji_name)
        target = _MODIFY(guild_id, sound_id)
        return self._fetch(SoundboardSound, target, body, reason=reason, timeout=timeout)

    def delete_guild_soundboard_sound(
        self,
        guild_id: SnowflakeLike,
        sound_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete a sound of a guild.

        Raises:
            Forbidden: MANAGE_GUILD_EXPRESSIONS is missing, or for a sound of the bot's own
                CREATE_GUILD_EXPRESSIONS.

        See https://discord.com/developers/docs/resources/soundboard#delete-guild-soundboard-sound
        """
        self._do(_DELETE(guild_id, sound_id), reason=reason, timeout=timeout)


def _put(
    body: dict[str, Any],
    name: str | Unset,
    volume: float | Unset | None,
    emoji_id: SnowflakeLike | Unset | None,
    emoji_name: str | Unset | None,
) -> None:
    if emoji_id and emoji_name:
        raise InvalidArgument("give only one of emoji_id, emoji_name")
    put_text(body, "name", name, 32, least=2)
    put_number(body, "volume", volume, 0, 1)
    put_id(body, "emoji_id", emoji_id)
    put_text(body, "emoji_name", emoji_name, 32, least=1)
