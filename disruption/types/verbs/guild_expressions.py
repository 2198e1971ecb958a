"""What guilds can do with their emojis, stickers, sounds and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.base import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from ...rest.fields import When
    from ...rest.images import FileSource
    from ...rest.route import SnowflakeLike
    from ..emoji import Emoji
    from ..guild_scheduled_event import GuildScheduledEvent, GuildScheduledEventRecurrenceRule
    from ..soundboard import SoundboardSound
    from ..sticker import Sticker

__all__ = ["GuildExpressionVerbs"]


class GuildExpressionVerbs(Entity):
    """What guilds can do with their emojis, stickers, sounds and events."""

    def fetch_emojis(self) -> list[Emoji]:
        """Ask Discord for its emojis.

        See https://discord.com/developers/docs/resources/emoji#list-guild-emojis
        """
        return self._bound().rest.list_guild_emojis(self.id)

    def fetch_emoji(self, emoji_id: SnowflakeLike) -> Emoji:
        """Ask Discord for one of its emojis.

        See https://discord.com/developers/docs/resources/emoji#get-guild-emoji
        """
        return self._bound().rest.get_guild_emoji(self.id, emoji_id)

    def create_emoji(
        self,
        name: str,
        image: FileSource,
        *,
        roles: Iterable[SnowflakeLike] = (),
        reason: str | None = None,
    ) -> Emoji:
        """Create an emoji.

        Args:
            name: 2 to 32 letters, digits or underscores.
            image: A path, bytes or an open file; at most 256 KiB.
            roles: Whose members can use it; everybody where there is none.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/emoji#create-guild-emoji
        """
        return self._bound().rest.create_guild_emoji(
            self.id, name=name, image=image, roles=roles, reason=reason
        )

    def fetch_stickers(self) -> list[Sticker]:
        """Ask Discord for its stickers.

        See https://discord.com/developers/docs/resources/sticker#list-guild-stickers
        """
        return self._bound().rest.list_guild_stickers(self.id)

    def fetch_sticker(self, sticker_id: SnowflakeLike) -> Sticker:
        """Ask Discord for one of its stickers.

        See https://discord.com/developers/docs/resources/sticker#get-guild-sticker
        """
        return self._bound().rest.get_guild_sticker(self.id, sticker_id)

    def create_sticker(
        self,
        name: str,
        file: FileSource,
        *,
        tags: str,
        description: str = "",
        reason: str | None = None,
    ) -> Sticker:
        """Create a sticker.

        Args:
            name: 2 to 30 characters.
            file: A PNG, APNG, GIF or Lottie JSON: a path, bytes or an open file; at most
                512 KiB.
            tags: What it is suggested for, an emoji's name say; at most 200 characters.
            description: Empty, or 2 to 100 characters.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/sticker#create-guild-sticker
        """
        return self._bound().rest.create_guild_sticker(
            self.id, name=name, file=file, tags=tags, description=description, reason=reason
        )

    def fetch_sounds(self) -> list[SoundboardSound]:
        """Ask Discord for the sounds of its soundboard.

        See https://discord.com/developers/docs/resources/soundboard#list-guild-soundboard-sounds
        """
        return self._bound().rest.list_guild_soundboard_sounds(self.id)

    def fetch_sound(self, sound_id: SnowflakeLike) -> SoundboardSound:
        """Ask Discord for one sound of its soundboard.

        See https://discord.com/developers/docs/resources/soundboard#get-guild-soundboard-sound
        """
        return self._bound().rest.get_guild_soundboard_sound(self.id, sound_id)

    def create_sound(
        self,
        name: str,
        sound: FileSource,
        *,
        volume: float | None = None,
        emoji_id: SnowflakeLike | None = None,
        emoji_name: str | None = None,
        reason: str | None = None,
    ) -> SoundboardSound:
        """Create a sound of the soundboard.

        Args:
            name: 2 to 32 characters.
            sound: An MP3 or Ogg: a path, bytes or an open file; at most 512 KiB and 5.2
                seconds.
            volume: 0 to 1; Discord's default is 1.
            emoji_id: A custom emoji to show.
            emoji_name: Or a standard one.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/soundboard#create-guild-soundboard-sound
        """
        return self._bound().rest.create_guild_soundboard_sound(
            self.id,
            name=name,
            sound=sound,
            volume=volume,
            emoji_id=emoji_id,
            emoji_name=emoji_name,
            reason=reason,
        )

    # Scheduled events ------------------------------------------------------------------

    def fetch_events(self, *, with_user_count: bool | None = None) -> list[GuildScheduledEvent]:
        """Ask Discord for its scheduled events.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#list-scheduled-events-for-guild
        """
        rest = self._bound().rest
        return rest.list_scheduled_events_for_guild(self.id, with_user_count=with_user_count)

    def fetch_event(
        self, event_id: SnowflakeLike, *, with_user_count: bool | None = None
    ) -> GuildScheduledEvent:
        """Ask Discord for one of its scheduled events.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#get-guild-scheduled-event
        """
        return self._bound().rest.get_guild_scheduled_event(
            self.id, event_id, with_user_count=with_user_count
        )

    def create_event(
        self,
        name: str,
        start: When,
        end: When | None = None,
        *,
        channel_id: SnowflakeLike | None = None,
        on_stage: bool = False,
        location: str | None = None,
        description: str | None = None,
        image: FileSource | None = None,
        recurrence_rule: GuildScheduledEventRecurrenceRule | Mapping[str, Any] | None = None,
        reason: str | None = None,
    ) -> GuildScheduledEvent:
        """Schedule an event: in a voice channel, on a stage, or elsewhere.

        Args:
            name: 1 to 100 characters.
            start: When it begins, or how long from now.
            end: When it ends; an event elsewhere needs it.
            channel_id: The voice channel or stage.
            on_stage: Whether that is a stage.
            location: Where else, 1 to 100 characters.
            description: At most 1000 characters.
            image: Its cover: a path, bytes or an open file.
            recurrence_rule: How it is repeated.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            InvalidArgument: Not exactly one of channel_id and location, or a limit is passed.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#create-guild-scheduled-event
        """
        return self._bound().rest.create_guild_scheduled_event(
            self.id,
            name=name,
            entity_type=3 if location is not None else 1 if on_stage else 2,
            scheduled_start_time=start,
            scheduled_end_time=end,
            channel_id=channel_id,
            entity_metadata=None if location is None else {"location": location},
            description=description,
            image=image,
            recurrence_rule=recurrence_rule,
            reason=reason,
        )
