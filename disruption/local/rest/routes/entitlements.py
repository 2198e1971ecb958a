"""Entitlements, SKUs and subscriptions: what can be bought, and who has it.

See https://discord.com/developers/docs/resources/entitlement
"""

from __future__ import annotations

from typing import Any

from ...world.entitlements import SUBSCRIPTION
from ..errors import WorldError, form_error, unknown
from ..routing import Call, Routes
from ..validate import Body, Form
from .applications import own_application

routes = Routes()

_SCOPE = "applications.entitlements"
_ENTITLEMENTS = "/applications/{application_id}/entitlements"
_ENTITLEMENT = "/applications/{application_id}/entitlements/{entitlement_id}"
_SUBSCRIPTIONS = "/skus/{sku_id}/subscriptions"


@routes.get("/applications/{application_id}/skus")
def list_skus(call: Call, application_id: str) -> list[dict[str, Any]]:
    """Return what an application offers."""
    own_application(call, application_id)
    return call.world.entitlements.skus(application_id)


@routes.get(_ENTITLEMENTS, scope=_SCOPE)
def list_entitlements(call: Call, application_id: str) -> list[dict[str, Any]]:
    """Return who has what, in the order of the entitlements' ids."""
    own_application(call, application_id)
    only_active = call.flag("only_active")
    found = call.world.entitlements.list(
        application_id,
        ended=not (call.flag("exclude_ended") or only_active),
        deleted=not (call.text("exclude_deleted") is None or call.flag("exclude_deleted")),
    )
    user_id, guild_id = call.snowflake("user_id"), call.snowflake("guild_id")
    sku_ids = call.snowflakes("sku_ids")
    chosen = [
        item
        for item in found
        if user_id in (None, item["user_id"])
        and (guild_id is None or item.get("guild_id") == guild_id)
        and (not sku_ids or item["sku_id"] in sku_ids)
    ]
    return _page(call, chosen)


@routes.get(_ENTITLEMENT, scope=_SCOPE)
def get_entitlement(call: Call, application_id: str, entitlement_id: str) -> dict[str, Any]:
    """Return one entitlement."""
    own_application(call, application_id)
    entitlement = call.world.entitlements.get(entitlement_id)
    if entitlement["application_id"] != application_id:
        raise unknown("entitlement")
    return entitlement


@routes.post(_ENTITLEMENTS)
def create_test_entitlement(call: Call, application_id: str) -> dict[str, Any]:
    """Give a user or a guild a subscription for a test."""
    own_application(call, application_id)
    form = Form()
    body = Body(call.body, form)
    body.snowflake("sku_id", required=True)
    body.snowflake("owner_id", required=True)
    body.integer("owner_type", required=True, choices=(1, 2))
    form.check()
    clean, world = body.clean, call.world
    sku = world.entitlements.sku(clean["sku_id"])
    if sku["application_id"] != application_id or sku["type"] != SUBSCRIPTION:
        raise WorldError(400, 50057, "Invalid SKU")
    for_guild = clean["owner_type"] == 1
    if not (world.guilds if for_guild else world.users).exists(clean["owner_id"]):
        raise form_error("owner_id", "ENTITLEMENT_OWNER_INVALID", "Unknown owner")
    owner = {"guild_id" if for_guild else "user_id": clean["owner_id"]}
    return world.entitlements.grant(clean["sku_id"], test=True, **owner)


@routes.post(_ENTITLEMENT + "/consume", scope=_SCOPE)
def consume_entitlement(call: Call, application_id: str, entitlement_id: str) -> None:
    """Use up what was bought for one use."""
    get_entitlement(call, application_id, entitlement_id)
    call.world.entitlements.consume(entitlement_id)


@routes.delete(_ENTITLEMENT, scope=_SCOPE)
def delete_test_entitlement(call: Call, application_id: str, entitlement_id: str) -> None:
    """Take a test entitlement away."""
    get_entitlement(call, application_id, entitlement_id)
    call.world.entitlements.delete(entitlement_id)


@routes.get("/users/@me/applications/{application_id}/entitlements", scope=_SCOPE)
def get_current_user_application_entitlements(
    call: Call, application_id: str
) -> list[dict[str, Any]]:
    """Return what the token's user has of an application."""
    found = call.world.entitlements.list(application_id)
    return _page(call, [item for item in found if item["user_id"] == call.user_id])


@routes.get(_SUBSCRIPTIONS, scope="")
def list_sku_subscriptions(call: Call, sku_id: str) -> list[dict[str, Any]]:
    """Return the subscriptions to an SKU; a bot says of whom, a person sees their own."""
    found = _subscriptions(call, sku_id)
    user_id = call.snowflake("user_id")
    if call.account is not None and call.account.grant is not None:
        user_id = call.user_id
    if user_id is None:
        raise form_error("user_id", "BASE_TYPE_REQUIRED", "This field is required")
    return _page(call, [item for item in found if item["user_id"] == user_id], 50)


@routes.get(_SUBSCRIPTIONS + "/{subscription_id}", scope="")
def get_sku_subscription(call: Call, sku_id: str, subscription_id: str) -> dict[str, Any]:
    """Return one subscription."""
    for item in _subscriptions(call, sku_id):
        if item["id"] == subscription_id:
            return item
    raise WorldError(404, 0, "404: Not Found")


def _subscriptions(call: Call, sku_id: str) -> list[dict[str, Any]]:
    own_application(call, call.world.entitlements.sku(sku_id)["application_id"])
    return call.world.entitlements.subscriptions(sku_id)


def _page(call: Call, items: list[dict[str, Any]], default: int = 100) -> list[dict[str, Any]]:
    limit = call.integer("limit", default, 1, 100)
    before, after = call.snowflake("before"), call.snowflake("after")
    if before is not None:
        return [item for item in items if int(item["id"]) < int(before)][-limit:]
    if after is not None:
        items = [item for item in items if int(item["id"]) > int(after)]
    return items[:limit]
