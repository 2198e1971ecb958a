"""What people have bought: SKUs, entitlements, subscriptions.

See https://discord.com/developers/docs/resources/entitlement
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import between
from disruption.rest.core import RestCore
from disruption.rest.paging import After, Before, by_id, moment
from disruption.rest.payload import ids
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import SKU, Entitlement, Subscription

__all__ = ["MonetizationRoutes"]

_ENTITLEMENTS: Final = "/applications/{application_id}/entitlements"
_ENTITLEMENT: Final = _ENTITLEMENTS + "/{entitlement_id}"
_SUBSCRIPTIONS: Final = "/skus/{sku_id}/subscriptions"

_SKUS = Route("GET", "/applications/{application_id}/skus")
_LIST = Route("GET", _ENTITLEMENTS)
_GET = Route("GET", _ENTITLEMENT)
_CREATE = Route("POST", _ENTITLEMENTS)
_DELETE = Route("DELETE", _ENTITLEMENT)
_CONSUME = Route("POST", _ENTITLEMENT + "/consume", repeatable=True)
_OWN = Route("GET", "/users/@me/applications/{application_id}/entitlements")
_LIST_SUBSCRIPTIONS = Route("GET", _SUBSCRIPTIONS)
_GET_SUBSCRIPTION = Route("GET", _SUBSCRIPTIONS + "/{subscription_id}")

_PAGE: Final = 100


class MonetizationRoutes(RestCore):
    """What people have bought."""

    def list_skus(
        self, application_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[SKU]:
        """Get what an application sells; of each subscription there are two, use type 5.

        See https://discord.com/developers/docs/resources/sku#list-skus
        """
        return self._fetch(list[SKU], _SKUS(application_id), timeout=timeout)

    # Entitlements ----------------------------------------------------------------------

    def list_entitlements(
        self,
        application_id: SnowflakeLike,
        *,
        user_id: SnowflakeLike | None = None,
        sku_ids: Sequence[SnowflakeLike] | None = None,
        guild_id: SnowflakeLike | None = None,
        before: Before | None = None,
        after: After | None = None,
        limit: int | None = None,
        exclude_ended: bool | None = None,
        exclude_deleted: bool | None = None,
        only_active: bool | None = None,
        timeout: float | None = None,
    ) -> list[Entitlement]:
        """Get what people and guilds have of an application.

        Args:
            application_id: The application.
            user_id: Only this user's.
            sku_ids: Only of these SKUs, at most 100.
            guild_id: Only this guild's.
            before: Those before this one, or made before a time.
            after: Those after this one, or made after a time.
            limit: How many, 1 to 100; Discord's default is 100.
            exclude_ended: Leave out those that have ended (by default they are there).
            exclude_deleted: Leave out those that were deleted (the default).
            only_active: Only those that count now.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/entitlement#list-entitlements
        """
        between("limit", limit, 1, _PAGE)
        query = {
            "user_id": None if user_id is None else snowflake(user_id, "user_id"),
            "sku_ids": _joined(sku_ids),
            "guild_id": None if guild_id is None else snowflake(guild_id, "guild_id"),
            "before": moment(before, "before"),
            "after": moment(after, "after", high=True),
            "limit": limit,
            "exclude_ended": exclude_ended,
            "exclude_deleted": exclude_deleted,
            "only_active": only_active,
        }
        target = _LIST(application_id)
        return self._fetch(list[Entitlement], target, query=query, timeout=timeout)

    def iter_entitlements(
        self,
        application_id: SnowflakeLike,
        *,
        user_id: SnowflakeLike | None = None,
        sku_ids: Sequence[SnowflakeLike] | None = None,
        guild_id: SnowflakeLike | None = None,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = None,
        limit: int | None = None,
        exclude_ended: bool | None = None,
        exclude_deleted: bool | None = None,
        only_active: bool | None = None,
    ) -> Iterator[Entitlement]:
        """Go through what people and guilds have of an application, by id.

        Args:
            application_id: The application.
            user_id: Only this user's.
            sku_ids: Only of these SKUs, at most 100.
            guild_id: Only this guild's.
            before: Those before this one, or made before a time.
            after: Those after this one, or made after a time.
            oldest_first: In which direction.
            limit: How many at most; None for all.
            exclude_ended: Leave out those that have ended (by default they are there).
            exclude_deleted: Leave out those that were deleted (the default).
            only_active: Only those that count now.

        See https://discord.com/developers/docs/resources/entitlement#list-entitlements
        """

        def fetch(before: int | None, after: int | None, size: int) -> list[Entitlement]:
            return self.list_entitlements(
                application_id,
                user_id=user_id,
                sku_ids=sku_ids,
                guild_id=guild_id,
                before=before,
                after=after,
                limit=size,
                exclude_ended=exclude_ended,
                exclude_deleted=exclude_deleted,
                only_active=only_active,
            )

        return by_id(
            fetch,
            lambda entitlement: entitlement.id,
            before=before,
            after=after,
            oldest_first=oldest_first,
            limit=limit,
            page=_PAGE,
        )

    def get_entitlement(
        self,
        application_id: SnowflakeLike,
        entitlement_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> Entitlement:
        """Get one of the things that people and guilds have of an application.

        See https://discord.com/developers/docs/resources/entitlement#get-entitlement
        """
        return self._fetch(Entitlement, _GET(application_id, entitlement_id), timeout=timeout)

    def consume_an_entitlement(
        self,
        application_id: SnowflakeLike,
        entitlement_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> None:
        """Say that what was bought to be used up (a CONSUMABLE) was used.

        See https://discord.com/developers/docs/resources/entitlement#consume-an-entitlement
        """
        self._do(_CONSUME(application_id, entitlement_id), timeout=timeout)

    def create_test_entitlement(
        self,
        application_id: SnowflakeLike,
        *,
        sku_id: SnowflakeLike,
        owner_id: SnowflakeLike,
        owner_type: int,
        timeout: float | None = None,
    ) -> Entitlement:
        """Let a guild or a user have a SKU, to test it.

        Args:
            application_id: The application.
            sku_id: What.
            owner_id: The guild or the user.
            owner_type: 1 for a guild, 2 for a user.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/entitlement#create-test-entitlement
        """
        if owner_type not in (1, 2):
            raise InvalidArgument(
                f"owner_type must be 1 (a guild) or 2 (a user), not {owner_type!r}"
            )
        body = {
            "sku_id": str(snowflake(sku_id, "sku_id")),
            "owner_id": str(snowflake(owner_id, "owner_id")),
            "owner_type": int(owner_type),
        }
        return self._fetch(Entitlement, _CREATE(application_id), body, timeout=timeout)

    def delete_test_entitlement(
        self,
        application_id: SnowflakeLike,
        entitlement_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> None:
        """Take back what a guild or a user has to test it.

        See https://discord.com/developers/docs/resources/entitlement#delete-test-entitlement
        """
        self._do(_DELETE(application_id, entitlement_id), timeout=timeout)

    def get_current_user_application_entitlements(
        self,
        application_id: SnowflakeLike,
        *,
        sku_ids: Sequence[SnowflakeLike] | None = None,
        exclude_consumed: bool | None = None,
        timeout: float | None = None,
    ) -> list[Entitlement]:
        """Get what the user has of an application; for bearer tokens.

        Discord's OpenAPI description has this route, its documentation does not.

        Args:
            application_id: The application.
            sku_ids: Only of these SKUs, at most 100.
            exclude_consumed: Leave out what was used up.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/entitlement
        """
        query = {"sku_ids": _joined(sku_ids), "exclude_consumed": exclude_consumed}
        target = _OWN(application_id)
        return self._fetch(list[Entitlement], target, query=query, timeout=timeout)

    # Subscriptions ---------------------------------------------------------------------

    def list_sku_subscriptions(
        self,
        sku_id: SnowflakeLike,
        *,
        user_id: SnowflakeLike | None = None,
        before: Before | None = None,
        after: After | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> list[Subscription]:
        """Get a user's subscriptions with a SKU.

        Args:
            sku_id: The SKU.
            user_id: Whose; only a bearer token can do without.
            before: Those before this one, or made before a time.
            after: Those after this one, or made after a time.
            limit: How many, 1 to 100; Discord's default is 50.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/subscription#list-sku-subscriptions
        """
        between("limit", limit, 1, _PAGE)
        query = {
            "user_id": None if user_id is None else snowflake(user_id, "user_id"),
            "before": moment(before, "before"),
            "after": moment(after, "after", high=True),
            "limit": limit,
        }
        target = _LIST_SUBSCRIPTIONS(sku_id)
        return self._fetch(list[Subscription], target, query=query, timeout=timeout)

    def iter_sku_subscriptions(
        self,
        sku_id: SnowflakeLike,
        *,
        user_id: SnowflakeLike | None = None,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[Subscription]:
        """Go through a user's subscriptions with a SKU, by id.

        Args:
            sku_id: The SKU.
            user_id: Whose; only a bearer token can do without.
            before: Those before this one, or made before a time.
            after: Those after this one, or made after a time.
            oldest_first: In which direction.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/subscription#list-sku-subscriptions
        """

        def fetch(before: int | None, after: int | None, size: int) -> list[Subscription]:
            return self.list_sku_subscriptions(
                sku_id, user_id=user_id, before=before, after=after, limit=size
            )

        return by_id(
            fetch,
            lambda subscription: subscription.id,
            before=before,
            after=after,
            oldest_first=oldest_first,
            limit=limit,
            page=_PAGE,
        )

    def get_sku_subscription(
        self,
        sku_id: SnowflakeLike,
        subscription_id: SnowflakeLike,
        *,
        user_id: SnowflakeLike | None = None,
        timeout: float | None = None,
    ) -> Subscription:
        """Get a subscription.

        See https://discord.com/developers/docs/resources/subscription#get-sku-subscription
        """
        query = {"user_id": None if user_id is None else snowflake(user_id, "user_id")}
        target = _GET_SUBSCRIPTION(sku_id, subscription_id)
        return self._fetch(Subscription, target, query=query, timeout=timeout)


def _joined(sku_ids: Sequence[SnowflakeLike] | None) -> str | None:
    """Return ids as this page's lists are written: parted by commas."""
    if sku_ids is None:
        return None
    listed = ids(sku_ids, "sku_ids")
    if len(listed) > _PAGE:
        raise InvalidArgument(f"sku_ids: at most {_PAGE}, not {len(listed)}")
    return ",".join(listed)
