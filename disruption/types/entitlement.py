"""Entitlement.

The types of https://discord.com/developers/docs/resources/entitlement
"""

from __future__ import annotations

from .core.base import Entity, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset

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
class Entitlement(Entity):
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

    def fetch(self) -> Entitlement:
        """Ask Discord for it as it is now.

        See https://discord.com/developers/docs/resources/entitlement#get-entitlement
        """
        return self._bound().rest.get_entitlement(self.application_id, self.id)

    def consume(self) -> None:
        """Say that what was bought to be used up was used.

        See https://discord.com/developers/docs/resources/entitlement#consume-an-entitlement
        """
        self._bound().rest.consume_an_entitlement(self.application_id, self.id)

    def delete(self) -> None:
        """Take it back; only of those that were made to test.

        See https://discord.com/developers/docs/resources/entitlement#delete-test-entitlement
        """
        self._bound().rest.delete_test_entitlement(self.application_id, self.id)
