"""Rules of auto-moderation.

See https://discord.com/developers/docs/resources/auto-moderation
"""

from __future__ import annotations

import re
from typing import Any

from ...world.auto_moderation import ALERT, BLOCK_MESSAGE, TIMEOUT
from ...world.automod_match import KEYWORD, MEMBER_PROFILE, MENTION_SPAM, PRESET, SPAM
from ..errors import form_error
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_RULES = "/guilds/{guild_id}/auto-moderation/rules"
_RULE = "/guilds/{guild_id}/auto-moderation/rules/{rule_id}"

#: Longest timeout in seconds.
LONGEST_TIMEOUT = 28 * 86400


@routes.get(_RULES)
def list_auto_moderation_rules(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the rules of a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    return call.world.auto_moderation.list(guild_id)


@routes.get(_RULE)
def get_auto_moderation_rule(call: Call, guild_id: str, rule_id: str) -> dict[str, Any]:
    """Return one rule."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    return call.world.auto_moderation.get(guild_id, rule_id)


@routes.post(_RULES)
def create_auto_moderation_rule(call: Call, guild_id: str) -> dict[str, Any]:
    """Make a rule, which is off unless `enabled` says otherwise."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    fields = _fields(call, guild_id, None)
    return call.world.auto_moderation.create(guild_id, call.user_id, **fields)


@routes.patch(_RULE)
def modify_auto_moderation_rule(call: Call, guild_id: str, rule_id: str) -> dict[str, Any]:
    """Change a rule."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    rule = call.world.auto_moderation.get(guild_id, rule_id)
    fields = _fields(call, guild_id, rule["trigger_type"])
    return call.world.auto_moderation.update(guild_id, rule_id, fields)


@routes.delete(_RULE)
def delete_auto_moderation_rule(call: Call, guild_id: str, rule_id: str) -> None:
    """Delete a rule."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    call.world.auto_moderation.delete(guild_id, rule_id)


def _fields(call: Call, guild_id: str, kind: int | None) -> dict[str, Any]:
    """Return a rule's fields, checked; `kind` is the trigger of one that exists."""
    create = kind is None
    form = Form()
    body = Body(call.body, form)
    body.string("name", required=create, low=1, high=100)
    body.integer("event_type", required=create, choices=(1, 2))
    body.boolean("enabled")
    body.snowflakes("exempt_roles", high=20)
    body.snowflakes("exempt_channels", high=50)
    if create:
        kinds = (KEYWORD, SPAM, PRESET, MENTION_SPAM, MEMBER_PROFILE)
        body.integer("trigger_type", required=True, choices=kinds)
        kind = body.clean.get("trigger_type")
    if kind is not None:
        _metadata(body, kind)
        _actions(body, kind, create)
    form.check()
    for action in body.clean.get("actions") or ():
        if action["type"] == TIMEOUT:
            call.world.permissions.require_guild(call.user_id, guild_id, "MODERATE_MEMBERS")
        if action["type"] == ALERT:
            _check_alert(call, action["metadata"]["channel_id"])
    return {key: value for key, value in body.clean.items() if value is not None}


def _metadata(body: Body, kind: int) -> None:
    metadata = body.child("trigger_metadata", required=kind == PRESET and "name" in body.clean)
    if metadata is None:
        return
    if kind in (KEYWORD, MEMBER_PROFILE):
        metadata.strings("keyword_filter", high=1000)
        metadata.strings("regex_patterns", high=10)
        metadata.strings("allow_list", high=100)
        _lengths(metadata, "keyword_filter", 60)
        _lengths(metadata, "regex_patterns", 260)
        for index, pattern in enumerate(metadata.clean.get("regex_patterns") or ()):
            if isinstance(pattern, str) and not _compiles(pattern):
                path = (*metadata.path, "regex_patterns", str(index))
                text = "Regex is not valid."
                body.form.fail(path, "AUTO_MODERATION_INVALID_RUST_REGEX", text)
    elif kind == PRESET:
        metadata.integers("presets", choices=(1, 2, 3))
        metadata.strings("allow_list", high=1000)
    elif kind == MENTION_SPAM:
        metadata.integer("mention_total_limit", low=0, high=50)
        metadata.boolean("mention_raid_protection_enabled")
    _lengths(metadata, "allow_list", 60)
    body.clean["trigger_metadata"] = {
        key: value for key, value in metadata.clean.items() if value is not None
    }


def _lengths(metadata: Body, key: str, high: int) -> None:
    for index, text in enumerate(metadata.clean.get(key) or ()):
        if isinstance(text, str) and not 1 <= len(text) <= high:
            message = f"Must be between 1 and {high} in length."
            metadata.form.fail((*metadata.path, key, str(index)), "BASE_TYPE_BAD_LENGTH", message)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _actions(body: Body, kind: int, required: bool) -> None:
    for action in body.children("actions", required=required, low=1, high=5):
        action.integer("type", required=True, choices=(1, 2, 3, 4))
        given = action.clean.get("type")
        if given == TIMEOUT and kind not in (KEYWORD, MENTION_SPAM):
            text = "Timeout is only for keyword and mention spam rules"
            action.fail("type", "AUTO_MODERATION_INVALID_ACTION_TYPE", text)
        metadata = action.child("metadata", required=given in (ALERT, TIMEOUT))
        if metadata is None:
            action.clean["metadata"] = {}
            continue
        if given == BLOCK_MESSAGE:
            metadata.string("custom_message", high=150)
        elif given == ALERT:
            metadata.snowflake("channel_id", required=True)
        elif given == TIMEOUT:
            metadata.integer("duration_seconds", required=True, low=0, high=LONGEST_TIMEOUT)
        action.clean["metadata"] = {
            key: value for key, value in metadata.clean.items() if value is not None
        }


def _check_alert(call: Call, channel_id: str) -> None:
    if not call.world.channels.exists(channel_id) or not call.world.permissions.sees(
        channel_id, call.user_id
    ):
        text = "The channel must be one that you can see and send to"
        code = "INVALID_AUTO_MODERATION_CHANNEL_FLAG_ACTION_ACCESS"
        raise form_error("actions", code, text)
