"""Templates: what a guild is made of, for others to make one like it.

See https://discord.com/developers/docs/resources/guild-template
"""

from __future__ import annotations

import builtins
import string
from typing import TYPE_CHECKING, Any

from .errors import WorldError, unknown
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["Templates"]

_LETTERS = string.ascii_letters + string.digits
_GUILD_FIELDS = (
    *("name", "description", "region", "verification_level", "default_message_notifications"),
    *("explicit_content_filter", "preferred_locale", "afk_timeout", "system_channel_flags"),
)
_ROLE_FIELDS = (
    *("name", "permissions", "color", "colors", "hoist", "mentionable", "icon", "unicode_emoji"),
)
_CHANNEL_DEFAULTS: dict[str, Any] = {
    "topic": None,
    "bitrate": 64000,
    "user_limit": 0,
    "nsfw": False,
    "rate_limit_per_user": 0,
    "default_auto_archive_duration": None,
    "available_tags": None,
    "default_reaction_emoji": None,
    "default_thread_rate_limit_per_user": None,
    "default_sort_order": None,
    "default_forum_layout": None,
}


class Templates:
    """Every template; part of a `World`. A guild has at most one."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._templates: dict[str, dict[str, Any]] = {}  # by code

    def create(
        self, guild_id: str, creator_id: str, name: str, description: str | None = None
    ) -> dict[str, Any]:
        """Make a template of a guild as it is now."""
        with self._world.lock:
            if self.of_guild(guild_id):
                raise WorldError(400, 30031, "Guild already has a template")
            code = "".join(self._world.random.choice(_LETTERS) for _ in range(12))
            now = self._world.now()
            self._templates[code] = {
                "code": code,
                "name": name,
                "description": description,
                "usage_count": 0,
                "creator_id": creator_id,
                "created_at": now,
                "updated_at": now,
                "source_guild_id": guild_id,
                "serialized_source_guild": self._serialized(guild_id),
            }
            return self.get(code)

    def get(self, code: str) -> dict[str, Any]:
        """Return a template, with whether the guild has changed since."""
        with self._world.lock:
            template = self._templates.get(code)
            if template is None:
                raise unknown("template")
            data = {key: clone(value) for key, value in template.items()}
            data["creator"] = self._world.users.get(template["creator_id"])
            now = self._serialized(template["source_guild_id"])
            data["is_dirty"] = True if now != template["serialized_source_guild"] else None
            return data

    def of_guild(self, guild_id: str) -> builtins.list[dict[str, Any]]:
        """Return the templates of a guild."""
        with self._world.lock:
            self._world.guilds.state(guild_id)
            codes = [
                code
                for code, item in self._templates.items()
                if item["source_guild_id"] == guild_id
            ]
            return [self.get(code) for code in codes]

    def update(self, guild_id: str, code: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change name or description of a template."""
        with self._world.lock:
            template = self._of(guild_id, code)
            for key in ("name", "description"):
                if key in changes:
                    template[key] = changes[key]
            template["updated_at"] = self._world.now()
            return self.get(code)

    def sync(self, guild_id: str, code: str) -> dict[str, Any]:
        """Make a template what the guild is now."""
        with self._world.lock:
            template = self._of(guild_id, code)
            template["serialized_source_guild"] = self._serialized(guild_id)
            template["updated_at"] = self._world.now()
            return self.get(code)

    def delete(self, guild_id: str, code: str) -> dict[str, Any]:
        """Delete a template, and return it."""
        with self._world.lock:
            self._of(guild_id, code)
            data = self.get(code)
            del self._templates[code]
            return data

    def forget(self, guild_id: str) -> None:
        """Drop the templates of a guild."""
        for code in [
            code for code, item in self._templates.items() if item["source_guild_id"] == guild_id
        ]:
            del self._templates[code]

    def _of(self, guild_id: str, code: str) -> dict[str, Any]:
        self._world.guilds.state(guild_id)
        template = self._templates.get(code)
        if template is None or template["source_guild_id"] != guild_id:
            raise unknown("template")
        return template

    def _serialized(self, guild_id: str) -> dict[str, Any]:
        """Return a guild with small numbers for ids, as they mean nothing elsewhere."""
        guild = self._world.guilds.get(guild_id)
        roles = [role for role in self._world.roles.list(guild_id) if not role["managed"]]
        channels = self._world.channels.list(guild_id)
        role_numbers = {role["id"]: number for number, role in enumerate(roles)}
        numbers = {channel["id"]: number for number, channel in enumerate(channels, start=1)}
        return {
            **{key: guild[key] for key in _GUILD_FIELDS},
            "icon_hash": guild["icon"],
            "afk_channel_id": _text(numbers.get(guild["afk_channel_id"])),
            "system_channel_id": _text(numbers.get(guild["system_channel_id"])),
            "roles": [
                {"id": role_numbers[role["id"]], **{key: role[key] for key in _ROLE_FIELDS}}
                for role in roles
            ],
            "channels": [_channel(channel, numbers, role_numbers) for channel in channels],
        }


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _channel(
    channel: dict[str, Any], numbers: dict[str, int], role_numbers: dict[str, int]
) -> dict[str, Any]:
    tags = channel.get("available_tags")
    return {
        **{key: channel.get(key, value) for key, value in _CHANNEL_DEFAULTS.items()},
        "id": numbers[channel["id"]],
        "type": channel["type"],
        "name": channel["name"],
        "position": channel["position"],
        "parent_id": _text(numbers.get(channel["parent_id"])),
        "permission_overwrites": [
            {**item, "id": str(role_numbers[item["id"]])}
            for item in channel["permission_overwrites"]
            if item["id"] in role_numbers
        ],
        "available_tags": tags
        and [{**tag, "id": number} for number, tag in enumerate(tags, start=1)],
        "template": "",
        "default_tag_setting": None,
        "theme_color": None,
    }
