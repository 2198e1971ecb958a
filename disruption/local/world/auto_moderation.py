"""Rules of auto-moderation, and what they do when somebody breaks them.

See https://discord.com/developers/docs/resources/auto-moderation
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..clock import iso
from .automod_match import KEYWORD, MEMBER_PROFILE, MENTION_SPAM, PRESET, SPAM, Match, find
from .errors import WorldError, form_error, unknown
from .ids import clone
from .permissions import BITS

if TYPE_CHECKING:
    from .world import World

__all__ = ["AutoModeration", "Broken"]

BLOCK_MESSAGE, ALERT, TIMEOUT, BLOCK_INTERACTION = 1, 2, 3, 4
MESSAGE_SEND, MEMBER_UPDATE = 1, 2

#: Rules of one kind in a guild.
MOST_RULES = {KEYWORD: 6, SPAM: 1, PRESET: 1, MENTION_SPAM: 1, MEMBER_PROFILE: 1}

#: Flag of a member whose name is against the rules.
QUARANTINED = 1 << 7

#: Type of the message that tells moderators.
ALERT_MESSAGE = 24

_METADATA: dict[int, dict[str, Any]] = {
    KEYWORD: {"keyword_filter": [], "regex_patterns": [], "allow_list": []},
    SPAM: {},
    PRESET: {"presets": [], "allow_list": []},
    MENTION_SPAM: {"mention_total_limit": 0, "mention_raid_protection_enabled": False},
    MEMBER_PROFILE: {"keyword_filter": [], "regex_patterns": [], "allow_list": []},
}
_ACTIONS = {
    BLOCK_MESSAGE: "AUTO_MODERATION_BLOCK_MESSAGE",
    ALERT: "AUTO_MODERATION_FLAG_TO_CHANNEL",
    TIMEOUT: "AUTO_MODERATION_USER_COMMUNICATION_DISABLED",
    BLOCK_INTERACTION: "AUTO_MODERATION_QUARANTINE_USER",
}
_FIELDS = (
    *("name", "event_type", "trigger_type", "trigger_metadata", "actions", "enabled"),
    *("exempt_roles", "exempt_channels"),
)
_MANAGE = BITS["MANAGE_GUILD"]


@dataclass(frozen=True)
class Broken:
    """A rule that somebody broke."""

    rule: dict[str, Any]
    match: Match
    user_id: str
    channel_id: str | None
    content: str

    @property
    def blocks(self) -> bool:
        """Whether the message must not be sent."""
        return any(action["type"] == BLOCK_MESSAGE for action in self.rule["actions"])


class AutoModeration:
    """The rules of all guilds; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rules: dict[str, dict[str, Any]] = {}

    def create(self, guild_id: str, creator_id: str, **fields: Any) -> dict[str, Any]:
        """Make a rule; `fields` are those of the API."""
        with self._world.lock:
            self._world.guilds.state(guild_id)
            kind = fields["trigger_type"]
            count = sum(rule["trigger_type"] == kind for rule in self._where(guild_id))
            if count >= MOST_RULES[kind]:
                text = f"Maximum number of rules with trigger type {kind} is {MOST_RULES[kind]}"
                code = "AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED"
                raise form_error("trigger_type", code, text)
            rule_id = self._world.ids.next()
            rule: dict[str, Any] = {
                "id": rule_id,
                "guild_id": guild_id,
                "name": "",
                "creator_id": creator_id,
                "event_type": MESSAGE_SEND,
                "trigger_type": kind,
                "trigger_metadata": {},
                "actions": [],
                "enabled": False,
                "exempt_roles": [],
                "exempt_channels": [],
            }
            self._rules[rule_id] = rule
            self._apply(rule, fields)
            self._announce("AUTO_MODERATION_RULE_CREATE", rule)
            self._world.audit.record(guild_id, "AUTO_MODERATION_RULE_CREATE", rule_id, after=rule)
            return self.get(guild_id, rule_id)

    def get(self, guild_id: str, rule_id: str) -> dict[str, Any]:
        """Return a rule."""
        with self._world.lock:
            return {key: clone(value) for key, value in self._state(guild_id, rule_id).items()}

    def list(self, guild_id: str) -> builtins.list[dict[str, Any]]:
        """Return the rules of a guild."""
        with self._world.lock:
            self._world.guilds.state(guild_id)
            return [self.get(guild_id, rule["id"]) for rule in self._where(guild_id)]

    def update(self, guild_id: str, rule_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change a rule; what it is triggered by stays."""
        with self._world.lock:
            rule = self._state(guild_id, rule_id)
            before = clone(rule)
            self._apply(rule, {key: item for key, item in changes.items() if item is not None})
            self._announce("AUTO_MODERATION_RULE_UPDATE", rule)
            self._world.audit.record(
                guild_id, "AUTO_MODERATION_RULE_UPDATE", rule_id, before=before, after=rule
            )
            return self.get(guild_id, rule_id)

    def delete(self, guild_id: str, rule_id: str) -> None:
        """Delete a rule."""
        with self._world.lock:
            rule = self._state(guild_id, rule_id)
            del self._rules[rule_id]
            self._announce("AUTO_MODERATION_RULE_DELETE", rule)
            self._world.audit.record(guild_id, "AUTO_MODERATION_RULE_DELETE", rule_id, before=rule)

    def forget(self, guild_id: str) -> None:
        """Drop the rules of a guild."""
        for rule in self._where(guild_id):
            del self._rules[rule["id"]]

    def judge(self, channel_id: str, author_id: str, content: str) -> builtins.list[Broken]:
        """Return the rules a message breaks, having acted on those that block it.

        Raises:
            WorldError: 200000 when it must not be sent.
        """
        channel = self._world.channels.state(channel_id)
        guild_id = channel.get("guild_id")
        if guild_id is None or not content:
            return []
        places = (channel_id, channel.get("parent_id"))
        broken = self._broken(guild_id, MESSAGE_SEND, author_id, content, channel_id, places)
        if any(item.blocks for item in broken):
            for item in broken:
                self.act(item, None)
            raise WorldError(400, 200000, "Message was blocked by automatic moderation")
        return broken

    def judge_title(self, parent_id: str, author_id: str, title: str) -> None:
        """Refuse the name of a thread that breaks a rule.

        Raises:
            WorldError: 200001.
        """
        guild_id = self._world.channels.state(parent_id)["guild_id"]
        broken = self._broken(guild_id, MESSAGE_SEND, author_id, title, parent_id, (parent_id,))
        if any(item.blocks for item in broken):
            for item in broken:
                self.act(item, None)
            raise WorldError(400, 200001, "Title was blocked by automatic moderation")

    def judge_profile(self, guild_id: str, user_id: str) -> None:
        """Look whether a member's names break a rule, and act on it."""
        member = self._world.guilds.state(guild_id).members[user_id]
        user = self._world.users.state(user_id)
        names = [name for name in (member["nick"], user["global_name"], user["username"]) if name]
        if not self._where(guild_id):
            return
        broken = self._broken(guild_id, MEMBER_UPDATE, user_id, " ".join(names), None, ())
        if broken:
            member["flags"] |= QUARANTINED
        else:
            member["flags"] &= ~QUARANTINED
        for item in broken:
            self.act(item, None)

    def act(self, broken: Broken, message_id: str | None) -> None:
        """Do what a rule says is to be done, and tell those who may know."""
        rule, guild_id = broken.rule, broken.rule["guild_id"]
        for action in rule["actions"]:
            kind, metadata = action["type"], action["metadata"]
            data: dict[str, Any] = {
                "guild_id": guild_id,
                "action": clone(action),
                "rule_id": rule["id"],
                "rule_trigger_type": rule["trigger_type"],
                "user_id": broken.user_id,
                "content": broken.content,
                "matched_keyword": broken.match.keyword,
                "matched_content": broken.match.content,
            }
            if broken.channel_id is not None:
                data["channel_id"] = broken.channel_id
            if message_id is not None:
                data["message_id"] = message_id
            if kind == ALERT:
                alert = self._alert(broken, metadata["channel_id"])
                if alert is None:
                    continue
                data["alert_system_message_id"] = alert
            elif kind == TIMEOUT:
                self._time_out(guild_id, broken.user_id, metadata["duration_seconds"])
            self._world.announce(
                "AUTO_MODERATION_ACTION_EXECUTION", data, guild_id=guild_id, needed=_MANAGE
            )
            options = {
                "auto_moderation_rule_name": rule["name"],
                "auto_moderation_rule_trigger_type": str(rule["trigger_type"]),
            }
            if broken.channel_id is not None:
                options["channel_id"] = broken.channel_id
            self._world.audit.record(
                guild_id,
                _ACTIONS[kind],
                broken.user_id,
                options=options,
                user_id=broken.user_id,
            )

    def _broken(
        self,
        guild_id: str,
        event_type: int,
        user_id: str,
        text: str,
        channel_id: str | None,
        places: tuple[str | None, ...],
    ) -> builtins.list[Broken]:
        rules = [
            rule
            for rule in self._where(guild_id)
            if rule["enabled"] and rule["event_type"] == event_type
        ]
        if not rules or self._is_exempt(guild_id, user_id):
            return []
        roles = set(self._world.guilds.state(guild_id).members[user_id]["roles"])
        found = []
        for rule in rules:
            if roles & set(rule["exempt_roles"]) or set(places) & set(rule["exempt_channels"]):
                continue
            match = find(rule["trigger_type"], rule["trigger_metadata"], text)
            if match is not None:
                found.append(Broken(rule, match, user_id, channel_id, text))
        return found

    def _is_exempt(self, guild_id: str, user_id: str) -> bool:
        """Tell whether rules do not apply: to bots, webhooks and those who manage the guild."""
        if user_id not in self._world.guilds.state(guild_id).members:
            return True
        if self._world.applications.of_user(user_id) is not None:
            return True
        return bool(self._world.permissions.in_guild(guild_id, user_id) & _MANAGE)

    def _alert(self, broken: Broken, channel_id: str) -> str | None:
        if not self._world.channels.exists(channel_id):
            return None
        texts = {
            "rule_name": broken.rule["name"],
            "channel_id": broken.channel_id,
            "keyword": broken.match.keyword,
            "keyword_matched_content": broken.match.content,
        }
        fields = [
            {"name": key, "value": value, "inline": False}
            for key, value in texts.items()
            if value is not None
        ]
        embed = {
            "type": "auto_moderation_message",
            "description": broken.content,
            "fields": fields,
        }
        sent = self._world.messages.create(
            channel_id, broken.user_id, embeds=[embed], type=ALERT_MESSAGE
        )
        return str(sent["id"])

    def _time_out(self, guild_id: str, user_id: str, duration: int) -> None:
        until = iso(self._world.clock.now() + duration)
        with self._world.acting(None):
            changes = {"communication_disabled_until": until}
            self._world.members.update(guild_id, user_id, changes)

    def _apply(self, rule: dict[str, Any], fields: dict[str, Any]) -> None:
        for key in _FIELDS:
            if key in fields:
                rule[key] = clone(fields[key])
        rule["trigger_metadata"] = {**_METADATA[rule["trigger_type"]], **rule["trigger_metadata"]}
        for action in rule["actions"]:
            action["metadata"] = action.get("metadata") or {}

    def _state(self, guild_id: str, rule_id: str) -> dict[str, Any]:
        self._world.guilds.state(guild_id)
        rule = self._rules.get(rule_id)
        if rule is None or rule["guild_id"] != guild_id:
            raise unknown("auto moderation rule")
        return rule

    def _where(self, guild_id: str) -> builtins.list[dict[str, Any]]:
        return [rule for rule in self._rules.values() if rule["guild_id"] == guild_id]

    def _announce(self, name: str, rule: dict[str, Any]) -> None:
        self._world.announce(name, clone(rule), guild_id=rule["guild_id"], needed=_MANAGE)
