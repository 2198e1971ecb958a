"""Auto moderation.

See https://discord.com/developers/docs/resources/auto-moderation
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from disruption.rest.checks import at_most, between, mapped, several
from disruption.rest.core import RestCore
from disruption.rest.fields import at_most_items, put_ids, put_text
from disruption.rest.payload import put
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import UNSET, AutoModerationRule, Unset

if TYPE_CHECKING:
    from disruption.types import AutoModerationAction, AutoModerationTriggerMetadata

__all__ = ["AutoModerationRoutes"]

_RULES: Final = "/guilds/{guild_id}/auto-moderation/rules"
_RULE: Final = _RULES + "/{rule_id}"

_LIST = Route("GET", _RULES)
_GET = Route("GET", _RULE)
_CREATE = Route("POST", _RULES)
_MODIFY = Route("PATCH", _RULE)
_DELETE = Route("DELETE", _RULE)

_LISTS: Final = (  # field of the trigger's metadata, items, characters of one
    ("keyword_filter", 1000, 60),
    ("regex_patterns", 10, 260),
    ("allow_list", 1000, 60),
)
_TIMEOUT: Final = 2419200  # seconds


class AutoModerationRoutes(RestCore):
    """Auto moderation."""

    def list_auto_moderation_rules_for_guild(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[AutoModerationRule]:
        """Get the rules of a guild.

        Raises:
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/auto-moderation#list-auto-moderation-rules-for-guild
        """
        return self._fetch(list[AutoModerationRule], _LIST(guild_id), timeout=timeout)

    def get_auto_moderation_rule(
        self, guild_id: SnowflakeLike, rule_id: SnowflakeLike, *, timeout: float | None = None
    ) -> AutoModerationRule:
        """Get a rule.

        Raises:
            NotFound: There is no such rule.
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/auto-moderation#get-auto-moderation-rule
        """
        return self._fetch(AutoModerationRule, _GET(guild_id, rule_id), timeout=timeout)

    def create_auto_moderation_rule(
        self,
        guild_id: SnowflakeLike,
        *,
        name: str,
        event_type: int,
        trigger_type: int,
        actions: Sequence[AutoModerationAction | Mapping[str, Any]],
        trigger_metadata: AutoModerationTriggerMetadata | Mapping[str, Any] | Unset = UNSET,
        enabled: bool | Unset = UNSET,
        exempt_roles: Iterable[SnowflakeLike] | Unset = UNSET,
        exempt_channels: Iterable[SnowflakeLike] | Unset = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> AutoModerationRule:
        """Create a rule.

        Args:
            guild_id: Where.
            name: At most 100 characters.
            event_type: When it is checked, `AutoModerationEventType`.
            trigger_type: What it looks for, `AutoModerationTriggerType`.
            actions: What it does then, 1 to 5: `BlockMessageAction`,
                `SendAlertMessageAction`, `TimeoutAction` (needs MODERATE_MEMBERS), ….
            trigger_metadata: The words, patterns or limits that it looks for.
            enabled: Whether it is at work; Discord's default is False.
            exempt_roles: For whom it is not, at most 20.
            exempt_channels: Where it is not, at most 50.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/auto-moderation#create-auto-moderation-rule
        """
        body = _body(
            name, event_type, actions, trigger_metadata, enabled, exempt_roles, exempt_channels
        )
        put(body, trigger_type=trigger_type)
        target = _CREATE(guild_id)
        return self._fetch(AutoModerationRule, target, body, reason=reason, timeout=timeout)

    def modify_auto_moderation_rule(
        self,
        guild_id: SnowflakeLike,
        rule_id: SnowflakeLike,
        *,
        name: str | Unset = UNSET,
        event_type: int | Unset = UNSET,
        actions: Sequence[AutoModerationAction | Mapping[str, Any]] | Unset = UNSET,
        trigger_metadata: AutoModerationTriggerMetadata | Mapping[str, Any] | Unset = UNSET,
        enabled: bool | Unset = UNSET,
        exempt_roles: Iterable[SnowflakeLike] | Unset = UNSET,
        exempt_channels: Iterable[SnowflakeLike] | Unset = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> AutoModerationRule:
        """Change a rule; what is not given stays.

        Args:
            guild_id: Where it is.
            rule_id: Which one.
            name: At most 100 characters.
            event_type: When it is checked, `AutoModerationEventType`.
            actions: What it does then, 1 to 5.
            trigger_metadata: The words, patterns or limits that it looks for.
            enabled: Whether it is at work.
            exempt_roles: For whom it is not, at most 20.
            exempt_channels: Where it is not, at most 50.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/auto-moderation#modify-auto-moderation-rule
        """
        body = _body(
            name, event_type, actions, trigger_metadata, enabled, exempt_roles, exempt_channels
        )
        target = _MODIFY(guild_id, rule_id)
        return self._fetch(AutoModerationRule, target, body, reason=reason, timeout=timeout)

    def delete_auto_moderation_rule(
        self,
        guild_id: SnowflakeLike,
        rule_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete a rule.

        Raises:
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/auto-moderation#delete-auto-moderation-rule
        """
        self._do(_DELETE(guild_id, rule_id), reason=reason, timeout=timeout)


def _body(
    name: str | Unset,
    event_type: int | Unset,
    actions: Sequence[AutoModerationAction | Mapping[str, Any]] | Unset,
    trigger_metadata: AutoModerationTriggerMetadata | Mapping[str, Any] | Unset,
    enabled: bool | Unset,
    exempt_roles: Iterable[SnowflakeLike] | Unset,
    exempt_channels: Iterable[SnowflakeLike] | Unset,
) -> dict[str, Any]:
    body: dict[str, Any] = {}
    put_text(body, "name", name, 100, least=1)
    at_most_items("actions", actions, 5, least=1)
    put_ids(body, "exempt_roles", exempt_roles, 20)
    put_ids(body, "exempt_channels", exempt_channels, 50)
    put(
        body,
        event_type=event_type,
        actions=actions,
        trigger_metadata=trigger_metadata,
        enabled=enabled,
    )
    _check_trigger(body.get("trigger_metadata"))
    for index, action in enumerate(several("actions", body.get("actions") or ())):
        path = f"actions.{index}.metadata"
        metadata = mapped(path, mapped(f"actions.{index}", action).get("metadata") or {})
        between(f"{path}.duration_seconds", metadata.get("duration_seconds"), 0, _TIMEOUT)
        at_most(f"{path}.custom_message", metadata.get("custom_message"), 150)
    return body


def _check_trigger(metadata: Mapping[str, Any] | None) -> None:
    if metadata is None:
        return
    mapped("trigger_metadata", metadata)
    for name, most, characters in _LISTS:
        texts = metadata.get(name)
        at_most_items(f"trigger_metadata.{name}", texts, most)
        for index, text in enumerate(texts or ()):
            at_most(f"trigger_metadata.{name}.{index}", text, characters, least=1)
    limit = metadata.get("mention_total_limit")
    between("trigger_metadata.mention_total_limit", limit, 0, 50)
