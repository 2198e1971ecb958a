"""What newcomers to a community see: onboarding and the welcome screen.

See https://discord.com/developers/docs/resources/guild#guild-onboarding-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import unknown
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["Community"]

_ENABLED = "WELCOME_SCREEN_ENABLED"


class Community:
    """Onboarding and welcome screens of all guilds; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._onboarding: dict[str, dict[str, Any]] = {}  # by guild id
        self._welcome: dict[str, dict[str, Any]] = {}  # by guild id

    def onboarding(self, guild_id: str) -> dict[str, Any]:
        """Return a guild's onboarding, which is off and empty until it is set."""
        with self._world.lock:
            self._world.guilds.state(guild_id)
            empty = {"prompts": [], "default_channel_ids": [], "enabled": False, "mode": 0}
            return {"guild_id": guild_id, **clone(self._onboarding.get(guild_id, empty))}

    def set_onboarding(self, guild_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change a guild's onboarding; prompts and options are given whole."""
        with self._world.lock:
            before = self.onboarding(guild_id)
            known = {prompt["id"] for prompt in before["prompts"]}
            after = {**before, **clone(changes)}
            if "prompts" in changes:
                after["prompts"] = [self._prompt(item, known) for item in changes["prompts"]]
            after.pop("guild_id")
            self._onboarding[guild_id] = after
            action = "ONBOARDING_UPDATE" if before["prompts"] else "ONBOARDING_CREATE"
            self._world.audit.record(guild_id, action, guild_id, before=before, after=after)
            return self.onboarding(guild_id)

    def welcome_screen(self, guild_id: str, *, edited: bool = False) -> dict[str, Any]:
        """Return a guild's welcome screen.

        Args:
            guild_id: Of which guild.
            edited: Also one that is switched off, for those who manage it.

        Raises:
            WorldError: 10069 when there is none to see.
        """
        with self._world.lock:
            features = self._world.guilds.state(guild_id).data["features"]
            screen = self._welcome.get(guild_id)
            if not edited and (screen is None or _ENABLED not in features):
                raise unknown("welcome screen")
            whole: dict[str, Any] = clone(screen or {"description": None, "welcome_channels": []})
            return whole

    def set_welcome_screen(self, guild_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change a guild's welcome screen, or switch it on or off by `enabled`."""
        with self._world.lock:
            screen = self.welcome_screen(guild_id, edited=True)
            for key in ("description", "welcome_channels"):
                if key in changes:
                    screen[key] = clone(changes[key])
            self._welcome[guild_id] = screen
            enabled = changes.get("enabled")
            features = self._world.guilds.state(guild_id).data["features"]
            if enabled is not None and enabled != (_ENABLED in features):
                rest = [item for item in features if item != _ENABLED]
                self._world.guilds.update(
                    guild_id, {"features": [*rest, _ENABLED] if enabled else rest}
                )
            return self.welcome_screen(guild_id, edited=True)

    def forget(self, guild_id: str) -> None:
        """Drop what a guild shows to newcomers."""
        self._onboarding.pop(guild_id, None)
        self._welcome.pop(guild_id, None)

    def _prompt(self, prompt: dict[str, Any], known: set[str]) -> dict[str, Any]:
        given = str(prompt.get("id") or "")
        # Clients number new prompts as they like; Discord gives them ids of its own.
        return {
            "id": given if given in known else self._world.ids.next(),
            "title": prompt["title"],
            "type": prompt.get("type") or 0,
            "single_select": bool(prompt.get("single_select")),
            "required": bool(prompt.get("required")),
            "in_onboarding": bool(prompt.get("in_onboarding")),
            "options": [self._option(option) for option in prompt["options"]],
        }

    def _option(self, option: dict[str, Any]) -> dict[str, Any]:
        given = option.get("emoji") or {}
        return {
            "id": option.get("id") or self._world.ids.next(),
            "title": option["title"],
            "description": option.get("description") or "",
            "emoji": {
                "id": option.get("emoji_id", given.get("id")),
                "name": option.get("emoji_name", given.get("name")),
                "animated": bool(option.get("emoji_animated", given.get("animated"))),
            },
            "role_ids": list(option.get("role_ids") or ()),
            "channel_ids": list(option.get("channel_ids") or ()),
        }
