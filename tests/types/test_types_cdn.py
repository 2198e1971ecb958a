"""The addresses of images: every kind, and what entities offer."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import disruption.types as T
from disruption.errors import InvalidArgument
from disruption.types import cdn
from disruption.types.cdn import Asset

STILL = ("png", "jpeg", "webp")
MOVING = (*STILL, "gif")

KINDS: list[tuple[Asset, str, tuple[str, ...], bool]] = [
    # asset, path, formats, whether a size counts
    (cdn.custom_emoji(1), "/emojis/1.webp", MOVING, True),
    (cdn.guild_icon(1, "h"), "/icons/1/h.png", MOVING, True),
    (cdn.guild_splash(1, "h"), "/splashes/1/h.png", STILL, True),
    (cdn.guild_discovery_splash(1, "h"), "/discovery-splashes/1/h.png", STILL, True),
    (cdn.guild_banner(1, "h"), "/banners/1/h.png", MOVING, True),
    (cdn.user_banner(1, "h"), "/banners/1/h.png", MOVING, True),
    (cdn.default_avatar(1 << 22), "/embed/avatars/1.png", ("png",), False),
    (cdn.user_avatar(1, "h"), "/avatars/1/h.png", MOVING, True),
    (cdn.member_avatar(1, 2, "h"), "/guilds/1/users/2/avatars/h.png", MOVING, True),
    (cdn.member_banner(1, 2, "h"), "/guilds/1/users/2/banners/h.png", MOVING, True),
    (cdn.avatar_decoration("h"), "/avatar-decoration-presets/h.png", ("png",), True),
    (cdn.application_icon(1, "h"), "/app-icons/1/h.png", STILL, True),
    (cdn.application_cover(1, "h"), "/app-icons/1/h.png", STILL, True),
    (cdn.application_asset(1, 2), "/app-assets/1/2.png", STILL, True),
    (cdn.achievement_icon(1, 2, "h"), "/app-assets/1/achievements/2/icons/h.png", STILL, True),
    (cdn.store_page_asset(1, 2), "/app-assets/1/store/2.png", STILL, True),
    (cdn.sticker_pack_banner(2), "/app-assets/710982414301790216/store/2.png", STILL, True),
    (cdn.team_icon(1, "h"), "/team-icons/1/h.png", STILL, True),
    (cdn.sticker(1, 1), "/stickers/1.png", ("png",), False),
    (cdn.sticker(1, 2), "/stickers/1.png", ("png",), False),
    (cdn.sticker(1, 3), "/stickers/1.json", ("json",), False),
    (cdn.role_icon(1, "h"), "/role-icons/1/h.png", STILL, True),
    (cdn.scheduled_event_cover(1, "h"), "/guild-events/1/h.png", STILL, True),
    (cdn.guild_tag_badge(1, "h"), "/guild-tag-badges/1/h.png", STILL, True),
    (cdn.channel_icon(1, "h"), "/channel-icons/1/h.png", STILL, True),
    (cdn.soundboard_sound(1), "/soundboard-sounds/1", (), False),
    (cdn.nameplate("a/b/"), "/assets/collectibles/a/b/static.png", (), False),
    (cdn.nameplate("a/b/", animated=True), "/assets/collectibles/a/b/asset.webm", (), False),
]


@pytest.mark.parametrize(("asset", "path", "formats", "sized"), KINDS)
def test_every_kind_has_its_address(
    asset: Asset, path: str, formats: tuple[str, ...], sized: bool
) -> None:
    assert str(asset) == asset.url == f"https://cdn.discordapp.com{path}"
    assert asset.formats == formats
    if sized:
        assert asset.with_size(64).url.endswith("size=64")
    else:
        with pytest.raises(InvalidArgument, match="one size"):
            asset.with_size(64)
    for form in ("png", "jpeg", "webp", "json"):
        if form in formats:
            assert asset.with_format(form).url.split("?")[0].endswith(f".{form}")
        else:
            with pytest.raises(InvalidArgument, match="format"):
                asset.with_format(form)


def test_a_gif_sticker_is_elsewhere() -> None:
    assert str(cdn.sticker(5, 4)) == "https://media.discordapp.net/stickers/5.gif"


def test_an_animated_image_moves_as_webp_and_gif() -> None:
    asset = cdn.user_avatar(1, "a_h")
    assert asset.animated
    assert asset.url == "https://cdn.discordapp.com/avatars/1/a_h.webp?animated=true"
    assert asset.with_size(32).url.endswith("a_h.webp?animated=true&size=32")
    assert asset.with_format("gif").url.endswith("a_h.gif")
    assert asset.with_format("png").url.endswith("a_h.png")
    still = asset.with_size(32).as_static()
    assert still.url.endswith("a_h.png?size=32")
    assert still.as_static() is still
    assert cdn.custom_emoji(9, animated=True).url.endswith("/emojis/9.webp?animated=true")


def test_a_still_image_has_no_gif() -> None:
    with pytest.raises(InvalidArgument, match="does not move"):
        cdn.user_avatar(1, "h").with_format("gif")
    assert not cdn.guild_splash(1, "a_h").animated  # splashes never move


@given(st.integers(-10, 10_000))
def test_sizes_are_powers_of_two_from_16_to_4096(size: int) -> None:
    asset = cdn.guild_icon(1, "h")
    if size in {1 << power for power in range(4, 13)}:
        assert asset.with_size(size).size == size
    else:
        with pytest.raises(InvalidArgument, match="power of two"):
            asset.with_size(size)
    assert asset.with_size(64).with_size(None) == asset


def test_assets_are_values() -> None:
    asset = cdn.guild_icon(1, "a_h").with_size(64)
    assert asset == cdn.guild_icon("1", "a_h").with_size(64)
    assert len({asset, cdn.guild_icon(1, "a_h")}) == 2
    assert pickle.loads(pickle.dumps(asset)) == copy.deepcopy(asset) == asset


@pytest.mark.parametrize(
    ("user_id", "discriminator", "index"),
    [
        (80351110224678912, "1337", 2),
        (80351110224678912, "0", (80351110224678912 >> 22) % 6),
        (80351110224678912, None, (80351110224678912 >> 22) % 6),
        (5, "0000", 0),  # webhooks
        (5 << 22, "x", 5),
    ],
)
def test_the_default_avatar_follows_the_kind_of_name(
    user_id: int, discriminator: str | None, index: int
) -> None:
    assert cdn.default_avatar_index(user_id, discriminator) == index


@pytest.mark.parametrize("key", ["", ".", ".."])
def test_a_hash_cannot_lead_elsewhere(key: str) -> None:
    with pytest.raises(InvalidArgument):
        cdn.user_avatar(1, key)
    with pytest.raises(InvalidArgument):
        cdn.nameplate(f"a/{key}/b")


@given(st.text(min_size=1))
def test_whatever_a_hash_holds_stays_in_its_place(key: str) -> None:
    if key in (".", ".."):
        return
    url = cdn.user_avatar(1, key).url
    tail = url.removeprefix("https://cdn.discordapp.com/avatars/1/")
    assert url.isascii()
    assert not set(tail.removesuffix("?animated=true")) & set("/?#\\ ")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("123", "https://cdn.discordapp.com/app-assets/7/123.png"),
        (
            "mp:external/x/https/a.b/c.png",
            "https://media.discordapp.net/external/x/https/a.b/c.png",
        ),
        ("mp:../../x", None),
        ("spotify:abc", None),
        ("", None),
        ("٣", None),
    ],
)
def test_an_activity_image_is_what_its_text_says(text: str, url: str | None) -> None:
    activity = T.convert(
        T.Activity,
        {"name": "x", "type": 0, "application_id": "7", "assets": {"large_image": text}},
    )
    assert (activity.large_image_asset and str(activity.large_image_asset)) == url
    assert activity.small_image_asset is None


def test_people_show_the_avatar_they_chose() -> None:
    data: dict[str, Any] = {"id": "4194304", "username": "ann", "discriminator": "0"}
    user = T.convert(T.User, {**data, "avatar": None, "global_name": None})
    assert user.avatar_asset is None
    assert str(user.display_avatar) == "https://cdn.discordapp.com/embed/avatars/1.png"
    user.avatar = "h"
    assert str(user.display_avatar) == "https://cdn.discordapp.com/avatars/4194304/h.png"

    member = T.GuildMember(user=user, roles=[], joined_at=None, guild_id=T.Snowflake(9))
    assert member.display_avatar == user.display_avatar
    member.avatar = "m"
    assert str(member.display_avatar).endswith("/guilds/9/users/4194304/avatars/m.png")
    assert T.PartialUser(id=4194304).display_avatar == user.default_avatar


def test_decorations_badges_and_nameplates() -> None:
    user = T.convert(
        T.PartialUser,
        {
            "id": "1",
            "avatar_decoration_data": {"asset": "a_d", "sku_id": "1"},
            "collectibles": {
                "nameplate": {"sku_id": "1", "asset": "n/n/x/", "label": "", "palette": "sky"}
            },
            "primary_guild": {
                "identity_guild_id": "5",
                "identity_enabled": True,
                "tag": "TAG",
                "badge": "b",
            },
            "banner": "a_b",
            "accent_color": 255,
        },
    )
    assert str(user.avatar_decoration_asset).endswith("/avatar-decoration-presets/a_d.png")
    assert str(user.nameplate_asset).endswith("/assets/collectibles/n/n/x/static.png")
    assert user.primary_guild
    assert str(user.primary_guild.badge_asset).endswith("/guild-tag-badges/5/b.png")
    assert str(user.banner_asset).endswith("/banners/1/a_b.webp?animated=true")
    assert user.accent_colour == 255
    member = T.GuildMember(user=None, roles=[], joined_at=None)
    assert member.avatar_decoration_asset is None
    assert member.nameplate_asset is None
    bare = T.PartialUser(id=1)
    assert bare.avatar_decoration_asset is None
    assert bare.nameplate_asset is None
    assert bare.banner_asset is None
    assert bare.accent_colour is None


@pytest.mark.parametrize(
    ("cls", "data", "name", "path"),
    [
        (T.Application, {"icon": "h"}, "icon_asset", "/app-icons/1/h.png"),
        (T.Application, {"cover_image": "h"}, "cover_image_asset", "/app-icons/1/h.png"),
        (T.IntegrationApplication, {"icon": "h"}, "icon_asset", "/app-icons/1/h.png"),
        (T.Team, {"icon": "h"}, "icon_asset", "/team-icons/1/h.png"),
        (T.PartialRole, {"icon": "h"}, "icon_asset", "/role-icons/1/h.png"),
        (T.PartialChannel, {"icon": "h"}, "icon_asset", "/channel-icons/1/h.png"),
        (T.Webhook, {"avatar": "h"}, "avatar_asset", "/avatars/1/h.png"),
        (T.StickerPack, {"banner_asset_id": "2"}, "banner_asset", "/store/2.png"),
        (T.Sticker, {"format_type": 3}, "asset", "/stickers/1.json"),
        (T.StickerItem, {"format_type": 1}, "asset", "/stickers/1.png"),
        (T.SoundboardSound, {"sound_id": "1"}, "asset", "/soundboard-sounds/1"),
        (T.Emoji, {"name": "x", "animated": True}, "asset", "/emojis/1.webp?animated=true"),
        (T.PartialGuild, {"icon": "h"}, "icon_asset", "/icons/1/h.png"),
        (T.PartialGuild, {"splash": "h"}, "splash_asset", "/splashes/1/h.png"),
        (T.PartialGuild, {"discovery_splash": "h"}, "discovery_splash_asset", "/1/h.png"),
        (T.PartialGuild, {"banner": "h"}, "banner_asset", "/banners/1/h.png"),
        (T.GuildPreview, {"icon": "h"}, "icon_asset", "/icons/1/h.png"),
        (T.GuildPreview, {"splash": "h"}, "splash_asset", "/splashes/1/h.png"),
        (T.GuildPreview, {"discovery_splash": "h"}, "discovery_splash_asset", "/1/h.png"),
        (T.GuildScheduledEvent, {"image": "h"}, "image_asset", "/guild-events/1/h.png"),
    ],
)
def test_entities_offer_their_images(cls: Any, data: Any, name: str, path: str) -> None:
    entity = T.convert(cls, {"id": "1", **data})
    assert str(getattr(entity, name)).endswith(path)
    if name != "asset":
        assert getattr(T.convert(cls, {"id": "1"}), name) is None
