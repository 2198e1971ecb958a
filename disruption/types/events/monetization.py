"""Events: monetization."""

from __future__ import annotations

from ..core.base import model
from ..entitlement import Entitlement
from ..subscription import Subscription
from .base import Event

__all__ = [
    "EntitlementCreate",
    "EntitlementDelete",
    "EntitlementUpdate",
    "SubscriptionCreate",
    "SubscriptionDelete",
    "SubscriptionUpdate",
]


@model
class EntitlementCreate(Entitlement, Event):
    """Entitlement Create.

    See https://discord.com/developers/docs/events/gateway-events#entitlement-create
    """


@model
class EntitlementDelete(Entitlement, Event):
    """Entitlement Delete.

    See https://discord.com/developers/docs/events/gateway-events#entitlement-delete
    """


@model
class EntitlementUpdate(Entitlement, Event):
    """Entitlement Update.

    See https://discord.com/developers/docs/events/gateway-events#entitlement-update
    """


@model
class SubscriptionCreate(Subscription, Event):
    """Subscription Create.

    See https://discord.com/developers/docs/events/gateway-events#subscription-create
    """


@model
class SubscriptionDelete(Subscription, Event):
    """Subscription Delete.

    See https://discord.com/developers/docs/events/gateway-events#subscription-delete
    """


@model
class SubscriptionUpdate(Subscription, Event):
    """Subscription Update.

    See https://discord.com/developers/docs/events/gateway-events#subscription-update
    """
