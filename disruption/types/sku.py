"""Sku.

The types of https://discord.com/developers/docs/resources/sku
"""

from __future__ import annotations

from .core.base import model
from .core.enums import OpenFlag, OpenIntEnum
from .core.snowflake import Snowflake
from .verbs.application import SKUVerbs

__all__ = ["SKU", "SKUFlags", "SKUType"]


class SKUType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/sku#sku-object"""

    DURABLE = 2
    CONSUMABLE = 3
    SUBSCRIPTION = 5
    SUBSCRIPTION_GROUP = 6


class SKUFlags(OpenFlag):
    """See https://discord.com/developers/docs/resources/sku#sku-object"""

    NONE = 0
    AVAILABLE = 1 << 2
    GUILD_SUBSCRIPTION = 1 << 7
    USER_SUBSCRIPTION = 1 << 8


@model
class SKU(SKUVerbs):
    """SKU.

    See https://discord.com/developers/docs/resources/sku#sku-object
    """

    type: SKUType
    application_id: Snowflake
    name: str
    slug: str
    flags: SKUFlags
