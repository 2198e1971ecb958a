"""Payloads as Discord sends them in shape and size, made from a seed: the same on every machine.

Nothing here is copied from a real guild: names, texts and ids come out of a seeded generator.
`Payloads(seed)` gives dictionaries; `frame` wraps one in the envelope of the gateway.
"""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta, timezone
from typing import Any

Json = dict[str, Any]

SEED = 20_260
DISCORD_EPOCH_MS = 1_420_070_400_000
BOT_ID = 1_003_330_000_000_000_001
GUILD_ID = 1_003_330_000_000_000_100
CHANNEL_ID = 1_003_330_000_000_000_200
# hikari reads the bot's id out of the token: its first part is base64 of that id.
TOKEN = "MTAwMzMzMDAwMDAwMDAwMDAwMQ.Bench1.a-token-for-the-benchmarks-only-0000000000"

_SYLLABLES = "ba ke mi lo tu ra ne si do ku fa ve ri so mu la pe ti go nu za xe vi ho"
_WORDS = (
    "the a build deploy again release friday nobody lunch cat server channel thread guild raid "
    "maybe probably tonight works broken merge branch review test green red why because version "
    "python thanks please someone update role event music video stream soon later never always"
)
_FEATURES = [
    "ANIMATED_ICON",
    "AUTO_MODERATION",
    "BANNER",
    "COMMUNITY",
    "INVITE_SPLASH",
    "NEWS",
    "PREVIEW_ENABLED",
    "ROLE_ICONS",
    "SEVEN_DAY_THREAD_ARCHIVE",
    "SOUNDBOARD",
    "WELCOME_SCREEN_ENABLED",
]


class Payloads:
    """A seeded source of payloads; one instance gives one repeatable sequence."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = random.Random(seed)
        self._count = 0
        self._syllables = _SYLLABLES.split()
        self._words = _WORDS.split()
        self._home: Json | None = None  # the channel of every command

    # -- small parts ---------------------------------------------------------------------------

    def snowflake(self) -> str:
        """A new id whose time lies in 2025, as a string."""
        self._count += 1
        milliseconds = 1_740_000_000_000 + self._count * 977
        low = self._random.getrandbits(22)
        return str(((milliseconds - DISCORD_EPOCH_MS) << 22) | low)

    def name(self, syllables: int = 3) -> str:
        """A pronounceable name."""
        return "".join(self._random.choice(self._syllables) for _ in range(syllables))

    def text(self, words: int) -> str:
        """A sentence of so many words."""
        return " ".join(self._random.choice(self._words) for _ in range(words))

    def hash(self) -> str:
        """What an image hash looks like."""
        return f"{self._random.getrandbits(128):032x}"

    def when(self) -> str:
        """A timestamp with microseconds and zone, as Discord writes it."""
        moment = datetime(2025, 1, 1, tzinfo=timezone.utc)
        moment += timedelta(microseconds=self._random.randrange(30_000_000_000_000))
        return moment.isoformat(timespec="microseconds")

    def chance(self, share: float) -> bool:
        """True in about this share of the calls."""
        return self._random.random() < share

    def user(self, user_id: str | None = None) -> Json:
        """A user as it stands in a message or a member."""
        decorated = self.chance(0.1)
        tagged = self.chance(0.1)
        tag = {
            "identity_guild_id": self.snowflake(),
            "identity_enabled": True,
            "tag": self.name(2).upper()[:4],
            "badge": self.hash(),
        }
        return {
            "id": user_id or self.snowflake(),
            "username": self.name(4),
            "global_name": self.name(2).title() if self.chance(0.8) else None,
            "avatar": self.hash() if self.chance(0.8) else None,
            "discriminator": "0",
            "public_flags": 64 if self.chance(0.2) else 0,
            "avatar_decoration_data": (
                {"asset": f"a_{self.hash()}", "sku_id": self.snowflake(), "expires_at": None}
                if decorated
                else None
            ),
            "collectibles": None,
            "display_name_styles": None,
            "primary_guild": tag if tagged else None,
            "clan": tag if tagged else None,
        }

    def member(self, roles: list[str]) -> Json:
        """A member without its user, as it comes with a message."""
        return {
            "nick": self.name(3).title() if self.chance(0.3) else None,
            "avatar": None,
            "banner": None,
            "roles": self._random.sample(roles, self._random.randint(0, 3)),
            "joined_at": self.when(),
            "premium_since": self.when() if self.chance(0.05) else None,
            "communication_disabled_until": None,
            "flags": 0,
            "pending": False,
            "mute": False,
            "deaf": False,
        }

    def emoji(self) -> Json:
        """A custom emoji of a guild."""
        return {
            "id": self.snowflake(),
            "name": self.name(3),
            "roles": [],
            "require_colons": True,
            "managed": False,
            "animated": self.chance(0.2),
            "available": True,
        }

    # -- messages ------------------------------------------------------------------------------

    def attachment(self, channel_id: str) -> Json:
        """An image that somebody uploaded."""
        own, filename = self.snowflake(), f"{self.name(3)}.png"
        path = f"attachments/{channel_id}/{own}/{filename}?ex=68a1b2c3&is=68a06143&hm={self.hash()}"
        return {
            "id": own,
            "filename": filename,
            "size": self._random.randint(10_000, 900_000),
            "url": f"https://cdn.discordapp.com/{path}",
            "proxy_url": f"https://media.discordapp.net/{path}",
            "content_type": "image/png",
            "content_scan_version": 2,
            "width": 1280,
            "height": 720,
            "placeholder": "2fcFDIJ4eIeAeHiAd3d3eHePBw==",
            "placeholder_version": 1,
        }

    def embed(self) -> Json:
        """A link preview or a bot's embed."""
        return {
            "type": "rich",
            "title": self.text(5),
            "description": self.text(30),
            "url": f"https://example.com/{self.name(4)}",
            "color": self._random.randrange(0x1000000),
            "timestamp": self.when(),
            "author": {"name": self.name(3), "url": f"https://example.com/{self.name(2)}"},
            "footer": {"text": self.text(4)},
            "thumbnail": {
                "url": f"https://example.com/{self.name(3)}.png",
                "proxy_url": f"https://images-ext-1.discordapp.net/external/{self.hash()}",
                "width": 256,
                "height": 256,
                "flags": 0,
            },
            "fields": [
                {"name": self.text(2), "value": self.text(6), "inline": True} for _ in range(3)
            ],
        }

    def message(
        self,
        roles: list[str],
        *,
        content: str,
        channel_id: str,
        author: Json | None = None,
        reply: bool = False,
    ) -> Json:
        """A message as REST gives it: no guild_id, no member."""
        mentions = [self.user() for _ in range(self._random.choice((0, 0, 0, 1)))]
        data: Json = {
            "type": 19 if reply else 0,
            "id": self.snowflake(),
            "channel_id": channel_id,
            "author": author or self.user(),
            "content": content,
            "timestamp": self.when(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": mentions,
            "mention_roles": [self._random.choice(roles)] if self.chance(0.1) else [],
            "attachments": [self.attachment(channel_id)] if self.chance(0.25) else [],
            "embeds": [self.embed()] if self.chance(0.3) else [],
            "components": [],
            "pinned": False,
            "flags": 0,
        }
        if self.chance(0.1):
            data["reactions"] = [
                {
                    "emoji": {"id": None, "name": "\N{THUMBS UP SIGN}"},
                    "count": 3,
                    "count_details": {"burst": 0, "normal": 3},
                    "burst_colors": [],
                    "me_burst": False,
                    "burst_me": False,
                    "me": False,
                    "burst_count": 0,
                }
            ]
        return data

    def message_create(self, index: int, guild: Json) -> Json:
        """The `d` of a MESSAGE_CREATE in this guild by one of its members, about 2 kB on average.

        The content starts with `index` in seven digits and a space, so that a bot can tell which
        events it has seen.
        """
        roles = roles_of(guild)
        channel_id = self._random.choice(text_channels_of(guild))
        sender = self._random.choice(guild["members"])
        reply = self.chance(0.3)
        data = self.message(
            roles,
            content=f"{index:07d} {self.text(self._random.randint(5, 60))}",
            channel_id=channel_id,
            author=sender["user"],
            reply=reply,
        )
        data["nonce"] = self.snowflake()
        data["guild_id"] = guild["id"]
        data["channel_type"] = 0
        data["member"] = {key: value for key, value in sender.items() if key != "user"}
        for mentioned in data["mentions"]:
            mentioned["member"] = self.member(roles)
        if reply:
            answered = self.message(roles, content=self.text(20), channel_id=channel_id)
            data["referenced_message"] = answered
            data["message_reference"] = {
                "type": 0,
                "channel_id": channel_id,
                "message_id": answered["id"],
                "guild_id": guild["id"],
            }
        return data

    # -- guilds --------------------------------------------------------------------------------

    def role(self, role_id: str, position: int) -> Json:
        """A role; position 0 is @everyone's."""
        color = self._random.randrange(0x1000000) if position else 0
        return {
            "id": role_id,
            "name": self.name(3) if position else "@everyone",
            "description": None,
            "color": color,
            "colors": {"primary_color": color, "secondary_color": None, "tertiary_color": None},
            "hoist": self.chance(0.2),
            "icon": None,
            "unicode_emoji": None,
            "position": position,
            "permissions": str(self._random.getrandbits(50)),
            "managed": False,
            "mentionable": self.chance(0.3),
            "flags": 0,
            "tags": {},
        }

    def channel(self, channel_id: str, kind: int, position: int, roles: list[str]) -> Json:
        """A channel of a guild: text (0), voice (2) or category (4)."""
        data: Json = {
            "id": channel_id,
            "type": kind,
            "name": self.name(4),
            "position": position,
            "flags": 0,
            "parent_id": None,
            "permission_overwrites": [
                {"id": role, "type": 0, "allow": "1024", "deny": str(self._random.getrandbits(40))}
                for role in self._random.sample(roles, 3)
            ],
        }
        if kind == 0:
            data.update(
                topic=self.text(8) if self.chance(0.5) else None,
                nsfw=False,
                last_message_id=self.snowflake(),
                rate_limit_per_user=0,
                last_pin_timestamp=self.when(),
                icon_emoji={"id": None, "name": "\N{SPEECH BALLOON}"},
                theme_color=None,
            )
        elif kind == 2:
            data.update(
                bitrate=64_000,
                user_limit=0,
                rtc_region=None,
                nsfw=False,
                last_message_id=None,
                rate_limit_per_user=0,
            )
        return data

    def guild_member(self, roles: list[str], user_id: str | None = None) -> Json:
        """A member with its user, as it comes with a guild."""
        data = self.member(roles)
        data["user"] = self.user(user_id)
        return data

    def guild_create(self, guild_id: int = GUILD_ID, members: int = 1_000) -> Json:
        """The `d` of a GUILD_CREATE: about 500 kB with 1,000 members, the bot among them."""
        own = str(guild_id)
        roles = [own] + [str(guild_id + 1_000 + i) for i in range(60)]
        first_channel = guild_id - GUILD_ID + CHANNEL_ID
        kinds = [0] * 55 + [2] * 10 + [4] * 10
        people = [self.guild_member(roles[1:], str(BOT_ID))]
        people += [self.guild_member(roles[1:]) for _ in range(members - 1)]
        return {
            "id": own,
            "name": self.text(3).title(),
            "icon": self.hash(),
            "description": self.text(12),
            "home_header": None,
            "splash": None,
            "discovery_splash": None,
            "banner": self.hash(),
            "features": list(_FEATURES),
            "owner_id": people[-1]["user"]["id"],
            "application_id": None,
            "region": "deprecated",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "system_channel_id": str(first_channel),
            "system_channel_flags": 0,
            "widget_enabled": False,
            "widget_channel_id": None,
            "verification_level": 2,
            "default_message_notifications": 1,
            "mfa_level": 1,
            "explicit_content_filter": 2,
            "max_presences": None,
            "max_members": 500_000,
            "max_video_channel_users": 25,
            "max_stage_video_channel_users": 50,
            "vanity_url_code": None,
            "premium_tier": 2,
            "premium_subscription_count": 9,
            "preferred_locale": "en-US",
            "rules_channel_id": str(first_channel + 1),
            "public_updates_channel_id": str(first_channel + 2),
            "safety_alerts_channel_id": None,
            "hub_type": None,
            "premium_progress_bar_enabled": False,
            "nsfw": False,
            "nsfw_level": 0,
            "latest_onboarding_question_id": None,
            "incidents_data": None,
            "inventory_settings": None,
            "embedded_activities": [],
            "application_command_counts": {"1": 4, "2": 0, "3": 0},
            "roles": [self.role(role, i) for i, role in enumerate(roles)],
            "emojis": [self.emoji() for _ in range(50)],
            "stickers": [],
            "joined_at": self.when(),
            "large": False,
            "lazy": True,
            "unavailable": False,
            "member_count": members,
            "version": 1_740_000_000_123,
            "voice_states": [],
            "members": people,
            "channels": [
                self.channel(str(first_channel + i), kind, i, roles) for i, kind in enumerate(kinds)
            ],
            "threads": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    # -- other events --------------------------------------------------------------------------

    def interaction_create(self, guild: Json) -> Json:
        """The `d` of an INTERACTION_CREATE: a slash command with options and a resolved member."""
        roles = roles_of(guild)
        target = self.user()
        permissions = str((1 << 50) - 1)
        member = self.guild_member(roles)
        member |= {"permissions": permissions, "unusual_dm_activity_until": None}
        return {
            "id": self.snowflake(),
            "application_id": str(BOT_ID),
            "type": 2,
            "version": 1,
            "token": f"aW50ZXJhY3Rpb246{self.hash()}{self.hash()}{self.hash()}{self.hash()}",
            "data": {
                "id": self.snowflake(),
                "name": "timeout",
                "type": 1,
                "options": [
                    {"name": "member", "type": 6, "value": target["id"]},
                    {"name": "minutes", "type": 4, "value": self._random.randint(1, 600)},
                    {"name": "reason", "type": 3, "value": self.text(8)},
                ],
                "resolved": {
                    "users": {target["id"]: target},
                    "members": {
                        target["id"]: {
                            key: value
                            for key, value in (
                                self.member(roles) | {"permissions": permissions}
                            ).items()
                            if key not in ("mute", "deaf")
                        }
                    },
                },
            },
            "guild_id": str(GUILD_ID),
            "guild": {"id": str(GUILD_ID), "locale": "en-US", "features": list(_FEATURES)},
            "channel_id": str(CHANNEL_ID),
            "channel": self._home_channel(roles)
            | {"guild_id": str(GUILD_ID), "permissions": permissions},
            "member": member,
            "locale": "en-US",
            "guild_locale": "en-US",
            "app_permissions": permissions,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": {"0": str(GUILD_ID)},
            "context": 0,
            "attachment_size_limit": 10_485_760,
        }

    def _home_channel(self, roles: list[str]) -> Json:
        """The channel of every command; an interaction does not tell its overwrites."""
        if self._home is None:
            self._home = self.channel(str(CHANNEL_ID), 0, 0, roles)
            del self._home["permission_overwrites"]
        return self._home

    def channel_create(self, guild: Json) -> Json:
        """The `d` of a CHANNEL_CREATE; a flood that nobody listens to ends with one, as a mark."""
        return self.channel(self.snowflake(), 0, 0, roles_of(guild)) | {"guild_id": guild["id"]}


def bot_user() -> Json:
    """The bot's own user, as /users/@me and READY give it."""
    return {
        "id": str(BOT_ID),
        "username": "bench",
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "bot": True,
        "verified": True,
        "email": None,
        "mfa_enabled": True,
        "flags": 0,
        "public_flags": 0,
    }


def application() -> Json:
    """The bot's application, with every gateway intent switched on."""
    limited = (1 << 13) | (1 << 15) | (1 << 19)
    return {
        "id": str(BOT_ID),
        "name": "bench",
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": limited,
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "owner": bot_user() | {"id": str(BOT_ID + 1), "username": "owner", "bot": False},
        "bot": bot_user(),
        "team": None,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
    }


def ready(gateway_url: str, guild_ids: list[int]) -> Json:
    """The `d` of READY; every guild is unavailable until its GUILD_CREATE."""
    return {
        "v": 10,
        "user": bot_user(),
        "guilds": [{"id": str(guild_id), "unavailable": True} for guild_id in guild_ids],
        "session_id": "0123456789abcdef0123456789abcdef",
        "session_type": "normal",
        "resume_gateway_url": gateway_url,
        "shard": [0, 1],
        "application": {"id": str(BOT_ID), "flags": application()["flags"]},
        "private_channels": [],
        "relationships": [],
        "user_settings": {},
        "presences": [],
        "geo_ordered_rtc_regions": [],
        "_trace": ["benchmark"],
    }


def frame(name: str, sequence: int, data: Json) -> bytes:
    """The bytes of a dispatch frame; keys in the order Discord sends them."""
    return dumps(_as_sent({"t": name, "s": sequence, "op": 0, "d": data}))


def _as_sent(value: Any) -> Any:
    """Put the keys of all objects in the order of Discord's gateway, the last one first."""
    if isinstance(value, dict):
        return {key: _as_sent(value[key]) for key in sorted(value, reverse=True)}
    return [_as_sent(item) for item in value] if isinstance(value, list) else value


def dumps(value: object) -> bytes:
    """JSON without spaces, characters outside ASCII as they are: what Discord sends."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def roles_of(guild: Json) -> list[str]:
    """The ids of a guild's roles without @everyone."""
    return [role["id"] for role in guild["roles"][1:]]


def text_channels_of(guild: Json) -> list[str]:
    """The ids of a guild's text channels."""
    return [channel["id"] for channel in guild["channels"] if channel["type"] == 0]
