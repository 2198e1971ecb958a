"""The addresses of Discord's images and sounds.

```python
str(user.display_avatar.with_size(256).with_format("png"))
```

The functions make an `Asset` from ids and hashes; entities offer the same as
properties that end in ``_asset``, and `None` where there is no image.

See https://discord.com/developers/docs/reference#image-formatting
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import quote

from ..errors import InvalidArgument
from .snowflakes import HasId, snowflake_of

if TYPE_CHECKING:
    from pathlib import Path

    from ..rest.cdn import Target

__all__ = [
    "CDN",
    "MEDIA",
    "Asset",
    "AssetFormat",
    "achievement_icon",
    "activity_image",
    "application_asset",
    "application_cover",
    "application_icon",
    "avatar_decoration",
    "channel_icon",
    "custom_emoji",
    "default_avatar",
    "default_avatar_index",
    "guild_banner",
    "guild_discovery_splash",
    "guild_icon",
    "guild_splash",
    "guild_tag_badge",
    "member_avatar",
    "member_banner",
    "nameplate",
    "role_icon",
    "scheduled_event_cover",
    "soundboard_sound",
    "sticker",
    "sticker_pack_banner",
    "store_page_asset",
    "team_icon",
    "user_avatar",
    "user_banner",
]

CDN = "https://cdn.discordapp.com"
MEDIA = "https://media.discordapp.net"
"""Where sticker GIFs and proxied images are."""

AssetFormat: TypeAlias = Literal["png", "jpeg", "webp", "gif", "json"]
"""How an image can be asked for; ``json`` is Lottie."""

_Id: TypeAlias = int | str | HasId
_STILL: tuple[AssetFormat, ...] = ("png", "jpeg", "webp")
_MOVING: tuple[AssetFormat, ...] = ("png", "jpeg", "webp", "gif")
_STICKER_PACKS = 710982414301790216
"""The application that holds the banners of all sticker packs."""


@dataclass(frozen=True)
class Asset:
    """One image of Discord's, as an address; ``str()`` is the URL. Nothing is downloaded.

    Attributes:
        base: The address without ending and size.
        key: The hash or id that names the image; it changes when the image does.
        animated: Whether it moves.
        format: The ending of the address; None where it has none.
        formats: What `with_format` takes.
        size: The longer side in pixels; None leaves it to Discord.
        resizable: Whether `with_size` has an effect.
    """

    base: str
    key: str
    animated: bool = False
    format: AssetFormat | None = "png"
    formats: tuple[AssetFormat, ...] = _STILL
    size: int | None = None
    resizable: bool = True

    @property
    def url(self) -> str:
        """The address."""
        host = MEDIA if self.format == "gif" and self.base.startswith("/stickers/") else CDN
        base = self.base if self.base.startswith("https:") else host + self.base
        address = base if self.format is None else f"{base}.{self.format}"
        query = []
        if self.animated and self.format == "webp":
            query.append("animated=true")
        if self.size is not None:
            query.append(f"size={self.size}")
        return f"{address}?{'&'.join(query)}" if query else address

    def with_size(self, size: int | None) -> Asset:
        """Return the same image in another size.

        Args:
            size: The longer side in pixels: a power of two from 16 to 4096; None leaves it to
                Discord.

        Raises:
            InvalidArgument: The size is none of those, or the image comes in one size only.
        """
        if size is None:
            return replace(self, size=None)
        if not self.resizable:
            raise InvalidArgument(f"{self.url} comes in one size only")
        if isinstance(size, bool) or not 16 <= size <= 4096 or size & (size - 1):
            raise InvalidArgument(f"size must be a power of two from 16 to 4096, not {size}")
        return replace(self, size=size)

    def with_format(self, format: AssetFormat) -> Asset:
        """Return the same image in another format.

        An image that moves goes on moving as WebP and GIF and stands still as PNG and JPEG.
        Images that were uploaded as WebP or AVIF make poor GIFs: prefer WebP.

        Raises:
            InvalidArgument: The image does not come in it.
        """
        if format not in self.formats:
            known = ", ".join(self.formats) or "no other"
            raise InvalidArgument(f"{self.url} comes in {known} format, not {format!r}")
        if format == "gif" and not self.animated:
            raise InvalidArgument(f"{self.url} does not move, so there is no GIF of it")
        return replace(self, format=format)

    def as_static(self) -> Asset:
        """Return the image standing still."""
        if not self.animated:
            return self
        if "png" not in self.formats:
            raise InvalidArgument(f"{self.url} has no picture that stands still")
        return replace(self, animated=False, format="png")

    def read(self, *, timeout: float = 600.0) -> bytes:
        """Download the image and return its content.

        Args:
            timeout: Seconds for all of it.

        Raises:
            NotFound: There is no such image (any more).
            RequestFailed: It did not come whole, or not in time.
        """
        from ..rest.cdn import default_cdn

        return default_cdn().read(self.url, timeout=timeout)

    def save(self, target: Target, *, timeout: float = 600.0) -> Path | None:
        """Download the image to a file, never over another one.

        Args:
            target: A folder, where it is named after its key; a path where no file is yet; or
                a file open for writing.
            timeout: Seconds for all of it.

        Returns:
            Where it is now, None for an open file.

        Raises:
            InvalidArgument: There is a file at that path.
            NotFound: There is no such image (any more).
            RequestFailed: It did not come whole, or not in time; what came is deleted.
        """
        from ..rest.cdn import default_cdn

        return default_cdn().save(self.url, target, timeout=timeout)

    def __str__(self) -> str:
        return self.url


def user_avatar(user: _Id, key: str) -> Asset:
    """Return the avatar that a user or webhook chose."""
    return _hashed(f"/avatars/{_id(user)}", key, moving=True)


def default_avatar(user: _Id, discriminator: str | int | None = "0") -> Asset:
    """Return the avatar of a user who chose none.

    Args:
        user: The user or the id.
        discriminator: The four digits of users who still have them; ``"0"`` otherwise.
    """
    return _default(default_avatar_index(_id(user), discriminator))


def default_avatar_index(user_id: int, discriminator: str | int | None = "0") -> int:
    """Return which of the default avatars a user has."""
    if discriminator in ("0", 0, None, ""):
        return (user_id >> 22) % 6
    text = str(discriminator)
    return int(text) % 5 if text.isascii() and text.isdigit() else (user_id >> 22) % 6


def user_banner(user: _Id, key: str) -> Asset:
    """Return the banner of a user's profile."""
    return _hashed(f"/banners/{_id(user)}", key, moving=True)


def member_avatar(guild: _Id, user: _Id, key: str) -> Asset:
    """Return the avatar that a member has in one guild."""
    return _hashed(f"/guilds/{_id(guild)}/users/{_id(user)}/avatars", key, moving=True)


def member_banner(guild: _Id, user: _Id, key: str) -> Asset:
    """Return the banner that a member has in one guild."""
    return _hashed(f"/guilds/{_id(guild)}/users/{_id(user)}/banners", key, moving=True)


def avatar_decoration(key: str) -> Asset:
    """Return what frames an avatar; as PNG it moves, where it does."""
    return _hashed("/avatar-decoration-presets", key, formats=("png",))


def nameplate(path: str, *, animated: bool = False) -> Asset:
    """Return the background of a name in the member list.

    Discord's documentation gives the path alone; the rest of the address is what its
    client asks for.

    Args:
        path: The nameplate's ``asset``, ``nameplates/nameplates/twilight/``.
        animated: Return the WebM video instead of the picture.
    """
    folder = "/".join(_segment(part) for part in path.strip("/").split("/"))
    file = "asset.webm" if animated else "static.png"
    return _whole(f"{CDN}/assets/collectibles/{folder}/{file}", path, animated)


def guild_icon(guild: _Id, key: str) -> Asset:
    """Return a guild's icon."""
    return _hashed(f"/icons/{_id(guild)}", key, moving=True)


def guild_splash(guild: _Id, key: str) -> Asset:
    """Return the background of a guild's invites."""
    return _hashed(f"/splashes/{_id(guild)}", key)


def guild_discovery_splash(guild: _Id, key: str) -> Asset:
    """Return a guild's picture in the server discovery."""
    return _hashed(f"/discovery-splashes/{_id(guild)}", key)


def guild_banner(guild: _Id, key: str) -> Asset:
    """Return a guild's banner."""
    return _hashed(f"/banners/{_id(guild)}", key, moving=True)


def guild_tag_badge(guild: _Id, key: str) -> Asset:
    """Return the badge beside a guild's tag."""
    return _hashed(f"/guild-tag-badges/{_id(guild)}", key)


def channel_icon(channel: _Id, key: str) -> Asset:
    """Return the icon of a group of direct messages (not in Discord's table)."""
    return _hashed(f"/channel-icons/{_id(channel)}", key)


def role_icon(role: _Id, key: str) -> Asset:
    """Return a role's icon."""
    return _hashed(f"/role-icons/{_id(role)}", key)


def scheduled_event_cover(event: _Id, key: str) -> Asset:
    """Return the picture of a scheduled event."""
    return _hashed(f"/guild-events/{_id(event)}", key)


def team_icon(team: _Id, key: str) -> Asset:
    """Return the icon of a developer team."""
    return _hashed(f"/team-icons/{_id(team)}", key)


def application_icon(application: _Id, key: str) -> Asset:
    """Return an application's icon."""
    return _hashed(f"/app-icons/{_id(application)}", key)


def application_cover(application: _Id, key: str) -> Asset:
    """Return the picture of an application's rich-presence invites."""
    return _hashed(f"/app-icons/{_id(application)}", key)


def application_asset(application: _Id, asset: _Id) -> Asset:
    """Return an image that an application uploaded for rich presence."""
    return _hashed(f"/app-assets/{_id(application)}", str(_id(asset)))


def activity_image(application: _Id | None, text: str) -> Asset | None:
    """Return what an activity's ``large_image`` or ``small_image`` stands for.

    Returns:
        None where the text is no id of an uploaded image and no proxied image: users can set
        it to anything.

    See https://discord.com/developers/docs/events/gateway-events#activity-object-activity-asset-image
    """
    if text.startswith("mp:"):
        parts = text[3:].split("/")
        if not all(parts) or any(part in (".", "..") for part in parts):
            return None
        return _whole(f"{MEDIA}/{quote(text[3:], safe='/?=&%:')}", text)
    if application is not None and text.isascii() and text.isdigit() and len(text) <= 20:
        return application_asset(application, text)
    return None


def achievement_icon(application: _Id, achievement: _Id, key: str) -> Asset:
    """Return the icon of an achievement."""
    return _hashed(f"/app-assets/{_id(application)}/achievements/{_id(achievement)}/icons", key)


def store_page_asset(application: _Id, asset: _Id) -> Asset:
    """Return an image of an application's page in the store."""
    return _hashed(f"/app-assets/{_id(application)}/store", str(_id(asset)))


def sticker_pack_banner(asset: _Id) -> Asset:
    """Return the banner of a pack of stickers."""
    return store_page_asset(_STICKER_PACKS, asset)


def sticker(sticker: _Id, format_type: int | None = 1) -> Asset:
    """Return a sticker's image, in the one format it has and the one size.

    Args:
        sticker: The sticker or its id.
        format_type: Its `StickerFormatType`: PNG and APNG (which moves) are PNG files, the
            others Lottie and GIF.
    """
    form: AssetFormat = {3: "json", 4: "gif"}.get(format_type or 1, "png")  # type: ignore[assignment]
    key = str(_id(sticker))
    return Asset(
        f"/stickers/{key}",
        key,
        animated=format_type in (2, 3, 4),
        format=form,
        formats=(form,),
        resizable=False,
    )


def custom_emoji(emoji: _Id, *, animated: bool = False) -> Asset:
    """Return the image of a custom emoji.

    Discord asks for WebP: those that were uploaded as WebP or AVIF convert badly.
    """
    key = str(_id(emoji))
    return Asset(f"/emojis/{key}", key, animated, "webp", _MOVING)


def soundboard_sound(sound: _Id) -> Asset:
    """Return a sound of the soundboard (MP3 or Ogg; the address does not say which)."""
    key = str(_id(sound))
    return _whole(f"{CDN}/soundboard-sounds/{key}", key)


def _default(index: int) -> Asset:
    return Asset(f"/embed/avatars/{index}", str(index), formats=("png",), resizable=False)


def _hashed(
    folder: str, key: str, *, moving: bool = False, formats: tuple[AssetFormat, ...] = _STILL
) -> Asset:
    if moving and key.startswith("a_"):
        return Asset(f"{folder}/{_segment(key)}", key, True, "webp", _MOVING)
    return Asset(f"{folder}/{_segment(key)}", key, formats=_MOVING if moving else formats)


def _whole(url: str, key: str, animated: bool = False) -> Asset:
    return Asset(url, key, animated, None, (), resizable=False)


def _segment(text: str) -> str:
    if not text or text in (".", ".."):
        raise InvalidArgument(f"an image is named by a hash, not by {text!r}")
    return quote(text, safe="", errors="replace")


def _id(value: _Id) -> int:
    return snowflake_of(value)
