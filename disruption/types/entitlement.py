"""Entitlement.

The types of https://discord.com/developers/docs/resources/entitlement
"""

from __future__ import annotations

from .core.base import Entity, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .created import Created

__all__ = ["Entitlement", "EntitlementType"]


class EntitlementType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/entitlement#entitlement-object"""

    PURCHASE = 1
    PREMIUM_SUBSCRIPTION = 2
    DEVELOPER_GIFT = 3
    TEST_MODE_PURCHASE = 4
    FREE_PURCHASE = 5
    USER_GIFT = 6
    PREMIUM_PURCHASE = 7
    APPLICATION_SUBSCRIPTION = 8


@model
class Entitlement(Entity, Created):
    """Entitlement.

    See https://discord.com/developers/docs/resources/entitlement#entitlement-object
    """

    sku_id: Snowflake
    application_id: Snowflake
    user_id: Snowflake | None = None
    type: EntitlementType
    deleted: bool
    starts_at: Timestamp | None
    ends_at: Timestamp | None
    guild_id: Snowflake | Unset | None = UNSET
    consumed: bool | None = None
    fulfilled_at: Timestamp | Unset | None = UNSET
    fulfillment_status: int | Unset | None = UNSET
    gifter_user_id: Snowflake | Unset | None = UNSET
    parent_id: Snowflake | Unset | None = UNSET
