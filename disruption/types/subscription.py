"""Subscription.

The types of https://discord.com/developers/docs/resources/subscription
"""

from __future__ import annotations

from .core.base import Entity, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset

__all__ = ["Subscription", "SubscriptionStatus"]


class SubscriptionStatus(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/subscription#subscription-statuses"""

    ACTIVE = 0
    INACTIVE = 1
    ENDING = 2


@model
class Subscription(Entity):
    """Subscription.

    See https://discord.com/developers/docs/resources/subscription#subscription-object
    """

    user_id: Snowflake
    sku_ids: list[Snowflake]
    entitlement_ids: list[Snowflake]
    renewal_sku_ids: list[Snowflake] | None
    current_period_start: Timestamp
    current_period_end: Timestamp
    status: SubscriptionStatus
    canceled_at: Timestamp | None
    country: str | Unset | None = UNSET
