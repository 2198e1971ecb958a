"""What applications sell, and who has bought it: for tests, no money changes hands.

See https://discord.com/developers/docs/resources/entitlement
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from ..clock import iso, seconds
from .errors import WorldError, unknown

if TYPE_CHECKING:
    from .world import World

__all__ = ["CONSUMABLE", "DURABLE", "SUBSCRIPTION", "Entitlements"]

#: Types of SKUs.
DURABLE, CONSUMABLE, SUBSCRIPTION, SUBSCRIPTION_GROUP = 2, 3, 5, 6

#: Types of entitlements.
PURCHASE, TEST_MODE_PURCHASE, APPLICATION_SUBSCRIPTION = 1, 4, 8

#: Statuses of subscriptions.
ACTIVE, ENDING, INACTIVE = 0, 1, 2

_AVAILABLE, _FOR_GUILDS, _FOR_USERS = 1 << 2, 1 << 7, 1 << 8

#: Seconds that a subscription is paid for at a time.
PERIOD = 30 * 86400


class Entitlements:
    """SKUs, entitlements and subscriptions of all applications; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._skus: dict[str, dict[str, Any]] = {}
        self._entitlements: dict[str, dict[str, Any]] = {}
        self._subscriptions: dict[str, dict[str, Any]] = {}

    def create_sku(
        self, application_id: str, name: str, type: int = SUBSCRIPTION, *, for_guilds: bool = False
    ) -> dict[str, Any]:
        """Offer something: a subscription unless another type is given."""
        with self._world.lock:
            self._world.applications.state(application_id)
            sku_id = self._world.ids.next()
            flags = _AVAILABLE
            if type == SUBSCRIPTION:
                flags |= _FOR_GUILDS if for_guilds else _FOR_USERS
            self._skus[sku_id] = {
                "id": sku_id,
                "type": type,
                "application_id": application_id,
                "name": name,
                "slug": "-".join(name.lower().split()),
                "flags": flags,
                "dependent_sku_id": None,
                "manifest_labels": None,
                "access_type": 1,
                "features": [],
                "release_date": None,
                "premium": False,
                "show_age_gate": False,
            }
            return dict(self._skus[sku_id])

    def skus(self, application_id: str) -> list[dict[str, Any]]:
        """Return what an application offers."""
        with self._world.lock:
            return [
                dict(sku) for sku in self._skus.values() if sku["application_id"] == application_id
            ]

    def sku(self, sku_id: str) -> dict[str, Any]:
        """Return one SKU."""
        with self._world.lock:
            found = self._skus.get(sku_id)
            if found is None:
                raise unknown("sku")
            return dict(found)

    def grant(
        self,
        sku_id: str,
        *,
        user_id: str | None = None,
        guild_id: str | None = None,
        test: bool = False,
    ) -> dict[str, Any]:
        """Give a user or a guild what they have bought, or, in a test, have not."""
        with self._world.lock:
            sku = self.sku(sku_id)
            entitlement_id = self._world.ids.next()
            owned = sku["type"] == SUBSCRIPTION
            now = self._world.clock.now()
            entitlement: dict[str, Any] = {
                "id": entitlement_id,
                "sku_id": sku_id,
                "application_id": sku["application_id"],
                "user_id": user_id if user_id is not None else self._payer(guild_id),
                "promotion_id": None,
                "type": APPLICATION_SUBSCRIPTION if owned or test else PURCHASE,
                "deleted": False,
                "gift_code_flags": 0,
                "consumed": False,
                # A test entitlement has no end, and no start.
                "starts_at": None if test else iso(now),
                "ends_at": None if test or not owned else iso(now + PERIOD),
                "_test": test,
            }
            if guild_id is not None:
                entitlement["guild_id"] = guild_id
            self._entitlements[entitlement_id] = entitlement
            self._announce("CREATE", entitlement)
            return self.get(entitlement_id)

    def get(self, entitlement_id: str) -> dict[str, Any]:
        """Return one entitlement."""
        with self._world.lock:
            return _shown(self._state(entitlement_id))

    def list(
        self, application_id: str, *, ended: bool = True, deleted: bool = True
    ) -> builtins.list[dict[str, Any]]:
        """Return the entitlements of an application in the order of their ids."""
        with self._world.lock:
            return [
                _shown(item)
                for item in self._entitlements.values()
                if item["application_id"] == application_id
                and (deleted or not item["deleted"])
                and (ended or not self._is_over(item))
            ]

    def active(
        self, application_id: str, user_id: str, guild_id: str | None
    ) -> builtins.list[dict[str, Any]]:
        """Return what counts for a user in a guild, as interactions carry it."""
        return [
            item
            for item in self.list(application_id, ended=False, deleted=False)
            if (item["user_id"] == user_id and "guild_id" not in item)
            or (guild_id is not None and item.get("guild_id") == guild_id)
        ]

    def consume(self, entitlement_id: str) -> None:
        """Use up something that was bought for one use.

        Raises:
            WorldError: 40018 for anything else.
        """
        with self._world.lock:
            entitlement = self._state(entitlement_id)
            if self.sku(entitlement["sku_id"])["type"] != CONSUMABLE:
                raise WorldError(400, 40018, "Only consumable SKUs can be consumed")
            entitlement["consumed"] = True
            self._announce("UPDATE", entitlement)

    def delete(self, entitlement_id: str) -> None:
        """Take a test entitlement away.

        Raises:
            WorldError: 40019 for one that is no test.
        """
        with self._world.lock:
            entitlement = self._state(entitlement_id)
            if not entitlement["_test"]:
                raise WorldError(400, 40019, "You can only delete sandbox entitlements.")
            self._take_away(entitlement)

    def subscribe(self, sku_id: str, user_id: str, guild_id: str | None = None) -> dict[str, Any]:
        """Let a user subscribe, which also gives them the entitlement."""
        with self._world.lock:
            entitlement = self.grant(sku_id, user_id=user_id, guild_id=guild_id)
            subscription_id = self._world.ids.next()
            subscription = self._subscriptions[subscription_id] = {
                "id": subscription_id,
                "user_id": user_id,
                "sku_ids": [sku_id],
                "renewal_sku_ids": None,
                "entitlement_ids": [entitlement["id"]],
                "current_period_start": entitlement["starts_at"],
                "current_period_end": entitlement["ends_at"],
                "status": ACTIVE,
                "canceled_at": None,
            }
            self._world.announce(
                "SUBSCRIPTION_CREATE",
                dict(subscription),
                user_ids=(entitlement["application_id"],),
            )
            return dict(subscription)

    def cancel(self, subscription_id: str) -> dict[str, Any]:
        """Cancel a subscription; what was paid for stays until its end."""
        with self._world.lock:
            subscription = self._subscriptions[subscription_id]
            subscription.update(status=ENDING, canceled_at=self._world.now())
            application_id = self.sku(subscription["sku_ids"][0])["application_id"]
            data = dict(subscription)
            self._world.announce("SUBSCRIPTION_UPDATE", data, user_ids=(application_id,))
            return dict(subscription)

    def refund(self, subscription_id: str) -> dict[str, Any]:
        """Undo a subscription: it is deleted, and what it gave is taken away at once."""
        with self._world.lock:
            subscription = self._subscriptions.pop(subscription_id)
            application_id = self.sku(subscription["sku_ids"][0])["application_id"]
            for entitlement_id in subscription["entitlement_ids"]:
                self._take_away(self._state(entitlement_id))
            subscription["status"] = INACTIVE
            subscription["canceled_at"] = subscription["canceled_at"] or self._world.now()
            data = dict(subscription)
            self._world.announce("SUBSCRIPTION_DELETE", data, user_ids=(application_id,))
            return dict(subscription)

    def subscriptions(self, sku_id: str) -> builtins.list[dict[str, Any]]:
        """Return the subscriptions to an SKU in the order of their ids."""
        with self._world.lock:
            self.sku(sku_id)
            return [
                dict(item) for item in self._subscriptions.values() if sku_id in item["sku_ids"]
            ]

    def _take_away(self, entitlement: dict[str, Any]) -> None:
        entitlement["deleted"] = True
        del self._entitlements[entitlement["id"]]
        self._announce("DELETE", entitlement)

    def _payer(self, guild_id: str | None) -> str | None:
        if guild_id is None:
            return None
        owner_id: str = self._world.guilds.state(guild_id).data["owner_id"]
        return owner_id

    def _is_over(self, entitlement: dict[str, Any]) -> bool:
        end = entitlement["ends_at"]
        return end is not None and seconds(end) <= self._world.clock.now()

    def _state(self, entitlement_id: str) -> dict[str, Any]:
        entitlement = self._entitlements.get(entitlement_id)
        if entitlement is None:
            raise unknown("entitlement")
        return entitlement

    def _announce(self, verb: str, entitlement: dict[str, Any]) -> None:
        name = f"ENTITLEMENT_{verb}"
        data = _shown(entitlement)
        self._world.announce(name, data, user_ids=(entitlement["application_id"],))


def _shown(entitlement: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entitlement.items() if key[0] != "_"}
