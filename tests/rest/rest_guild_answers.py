"""Objects of guilds as Discord sends them, the smallest that are whole."""

from __future__ import annotations

from typing import Any

from rest_table import CHANNEL, USER

NOW = "2026-11-24T20:00:00+00:00"
PNG = b"\x89PNG\r\n\x1a\n"
PNG_URI = "data:image/png;base64,iVBORw0KGgo="
OGG = b"OggS"
OGG_URI = "data:audio/ogg;base64,T2dnUw=="

ROLE: dict[str, Any] = {
    "id": "6",
    "name": "mods",
    "color": 0,
    "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    "hoist": False,
    "position": 1,
    "permissions": "0",
    "managed": False,
    "mentionable": False,
    "flags": 0,
}
EMOJI: dict[str, Any] = {"id": "7", "name": "ok", "roles": [], "animated": False}
STICKER: dict[str, Any] = {
    "id": "8",
    "name": "wave",
    "description": None,
    "tags": "wave",
    "type": 2,
    "format_type": 1,
    "available": True,
    "guild_id": "4",
}
PACK: dict[str, Any] = {
    "id": "9",
    "stickers": [],
    "name": "pack",
    "sku_id": "10",
    "description": "d",
}
SOUND: dict[str, Any] = {
    "name": "quack",
    "sound_id": "11",
    "volume": 1.0,
    "emoji_id": None,
    "emoji_name": None,
    "guild_id": "4",
    "available": True,
}
MEMBER: dict[str, Any] = {
    "user": USER,
    "roles": ["6"],
    "joined_at": NOW,
    "deaf": False,
    "mute": False,
    "flags": 0,
}
BAN: dict[str, Any] = {"reason": None, "user": USER}
GUILD: dict[str, Any] = {
    "id": "4",
    "name": "home",
    "icon": None,
    "splash": None,
    "discovery_splash": None,
    "owner_id": "3",
    "afk_channel_id": None,
    "afk_timeout": 300,
    "verification_level": 0,
    "default_message_notifications": 0,
    "explicit_content_filter": 0,
    "roles": [ROLE],
    "emojis": [EMOJI],
    "features": [],
    "mfa_level": 0,
    "application_id": None,
    "system_channel_id": None,
    "system_channel_flags": 0,
    "rules_channel_id": None,
    "vanity_url_code": None,
    "description": None,
    "banner": None,
    "premium_tier": 0,
    "preferred_locale": "en-US",
    "public_updates_channel_id": None,
    "nsfw_level": 0,
    "premium_progress_bar_enabled": False,
    "safety_alerts_channel_id": None,
    "incidents_data": None,
}
PREVIEW: dict[str, Any] = {
    "id": "4",
    "name": "home",
    "icon": None,
    "splash": None,
    "discovery_splash": None,
    "emojis": [],
    "features": [],
    "approximate_member_count": 2,
    "approximate_presence_count": 1,
    "description": None,
    "stickers": [],
}
REGION: dict[str, Any] = {
    "id": "us-west",
    "name": "US West",
    "optimal": True,
    "deprecated": False,
    "custom": False,
}
INTEGRATION: dict[str, Any] = {
    "id": "12",
    "name": "tw",
    "type": "twitch",
    "enabled": True,
    "account": {"id": "a", "name": "b"},
}
WIDGET_SETTINGS: dict[str, Any] = {"enabled": True, "channel_id": "2"}
WIDGET: dict[str, Any] = {
    "id": "4",
    "name": "home",
    "instant_invite": None,
    "channels": [],
    "members": [],
    "presence_count": 1,
}
WELCOME: dict[str, Any] = {"description": None, "welcome_channels": []}
ONBOARDING: dict[str, Any] = {
    "guild_id": "4",
    "prompts": [],
    "default_channel_ids": ["2"],
    "enabled": True,
    "mode": 0,
}
NEW_MEMBER_WELCOME: dict[str, Any] = {
    "guild_id": "4",
    "enabled": True,
    "welcome_message": {"author_ids": ["3"], "message": "hi"},
    "new_member_actions": [
        {"channel_id": "2", "action_type": 1, "title": "t", "description": "d", "emoji": EMOJI}
    ],
    "resource_channels": [{"channel_id": "2", "title": "t", "description": "d"}],
}
INCIDENTS: dict[str, Any] = {"invites_disabled_until": NOW, "dms_disabled_until": None}
JOIN_REQUEST: dict[str, Any] = {
    "id": "13",
    "created_at": NOW,
    "reviewed_at": None,
    "application_status": "SUBMITTED",
    "rejection_reason": None,
    "guild_id": "4",
    "user_id": "3",
    "user": USER,
    "form_responses": [{"field_type": "TERMS", "values": ["be nice"], "response": True}],
}
EVENT: dict[str, Any] = {
    "id": "14",
    "guild_id": "4",
    "channel_id": "2",
    "name": "party",
    "scheduled_start_time": NOW,
    "scheduled_end_time": None,
    "privacy_level": 2,
    "status": 1,
    "entity_type": 2,
    "entity_id": None,
    "entity_metadata": None,
    "recurrence_rule": None,
}
EVENT_USER: dict[str, Any] = {"guild_scheduled_event_id": "14", "user": USER}
EXCEPTION: dict[str, Any] = {
    "event_id": "14",
    "event_exception_id": "15",
    "scheduled_start_time": None,
    "scheduled_end_time": NOW,
    "is_canceled": False,
}
STAGE: dict[str, Any] = {
    "id": "16",
    "guild_id": "4",
    "channel_id": "2",
    "topic": "talk",
    "privacy_level": 2,
    "discoverable_disabled": True,
    "guild_scheduled_event_id": None,
}
VOICE_STATE: dict[str, Any] = {
    "channel_id": "2",
    "user_id": "3",
    "session_id": "s",
    "deaf": False,
    "mute": False,
    "self_deaf": False,
    "self_mute": False,
    "self_video": False,
    "suppress": False,
    "request_to_speak_timestamp": None,
}
TEMPLATE: dict[str, Any] = {
    "code": "abc",
    "name": "t",
    "description": None,
    "usage_count": 0,
    "creator_id": "3",
    "creator": USER,
    "created_at": NOW,
    "updated_at": NOW,
    "source_guild_id": "4",
    "serialized_source_guild": {"name": "home"},
    "is_dirty": None,
}
RULE: dict[str, Any] = {
    "id": "17",
    "guild_id": "4",
    "name": "no spam",
    "creator_id": "3",
    "event_type": 1,
    "trigger_type": 1,
    "trigger_metadata": {"keyword_filter": ["spam"]},
    "actions": [{"type": 1, "metadata": {"custom_message": "no"}}],
    "enabled": True,
    "exempt_roles": [],
    "exempt_channels": [],
}
ENTRY: dict[str, Any] = {"id": "18", "target_id": "3", "user_id": "3", "action_type": 22}
AUDIT_LOG: dict[str, Any] = {
    "application_commands": [],
    "audit_log_entries": [ENTRY],
    "auto_moderation_rules": [RULE],
    "guild_scheduled_events": [EVENT],
    "integrations": [],
    "threads": [],
    "users": [USER],
    "webhooks": [],
}
THREADS: dict[str, Any] = {"threads": [CHANNEL | {"type": 11}], "members": []}
