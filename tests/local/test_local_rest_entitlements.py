"""SKUs, entitlements and subscriptions over plain HTTP."""

from __future__ import annotations

from local_rest_support import Stage

from disruption.local.world.entitlements import CONSUMABLE


def test_a_subscription_is_tested(stage: Stage) -> None:
    sku = stage.world.entitlements.create_sku(stage.bot_id, "Gold Pass")
    assert (sku["slug"], sku["flags"]) == ("gold-pass", 4 | 1 << 8)
    found = stage.bot.ok("GET", f"/applications/{stage.bot_id}/skus")
    assert [item["id"] for item in found] == [sku["id"]]
    events = stage.events()
    path = f"/applications/{stage.bot_id}/entitlements"
    body = {"sku_id": sku["id"], "owner_id": stage.ann, "owner_type": 2}
    made = stage.bot.ok("POST", path, body)
    assert (made["user_id"], made["starts_at"], made["deleted"]) == (stage.ann, None, False)
    assert stage.bot.ok("GET", f"{path}/{made['id']}")["id"] == made["id"]
    interaction = stage.interact()
    payload = stage.world.interactions.payload(interaction)
    assert [item["id"] for item in payload["entitlements"]] == [made["id"]]
    assert stage.bot.refused("POST", f"{path}/{made['id']}/consume") == (400, 40018)
    assert stage.bot.ok("DELETE", f"{path}/{made['id']}") is None
    assert stage.bot.refused("GET", f"{path}/{made['id']}") == (404, 10029)
    names = [name for name, _ in events if name != "INTERACTION_CREATE"]
    assert names == ["ENTITLEMENT_CREATE", "ENTITLEMENT_DELETE"]
    wrong = {**body, "sku_id": "5"}
    assert stage.bot.refused("POST", path, wrong) == (404, 10027)
    assert stage.weak.refused("GET", path) == (403, 20012)


def test_entitlements_are_listed_by_filters_and_pages(stage: Stage) -> None:
    entitlements = stage.world.entitlements
    sku = entitlements.create_sku(stage.bot_id, "Pass")["id"]
    other = entitlements.create_sku(stage.bot_id, "Guild Pass", for_guilds=True)["id"]
    made = [entitlements.grant(sku, user_id=stage.ann)["id"] for _ in range(3)]
    guild = entitlements.grant(other, guild_id=stage.guild)["id"]
    path = f"/applications/{stage.bot_id}/entitlements"

    def ids(**params: object) -> list[str]:
        return [item["id"] for item in stage.bot.ok("GET", path, params=params)]

    assert ids() == [*made, guild]
    assert ids(user_id=stage.ann, limit=2) == made[:2]
    assert ids(guild_id=stage.guild) == [guild]
    assert ids(sku_ids=f"{other},5") == [guild]
    assert ids(after=made[1]) == [made[2], guild]
    assert ids(before=made[2], limit=1) == [made[1]]
    stage.discord.clock.advance(31 * 86400)
    assert ids(exclude_ended="true") == []


def test_something_is_consumed(stage: Stage) -> None:
    sku = stage.world.entitlements.create_sku(stage.bot_id, "Potion", CONSUMABLE)["id"]
    bought = stage.world.entitlements.grant(sku, user_id=stage.ann)["id"]
    path = f"/applications/{stage.bot_id}/entitlements/{bought}"
    assert stage.bot.ok("POST", f"{path}/consume") is None
    # The documentation knows purchases, type 1; the OpenAPI description does not.
    shown = stage.bot("GET", path).json()
    assert (shown["consumed"], shown["type"]) == (True, 1)
    assert stage.bot.refused("DELETE", path) == (400, 40019)


def test_subscriptions(stage: Stage) -> None:
    sku = stage.world.entitlements.create_sku(stage.bot_id, "Pass")["id"]
    path = f"/skus/{sku}/subscriptions"
    assert stage.bot.ok("GET", path, params={"user_id": stage.ann}) == []
    made = stage.world.entitlements.subscribe(sku, stage.ann)
    [found] = stage.bot.ok("GET", path, params={"user_id": stage.ann})
    assert (found["id"], found["status"]) == (made["id"], 0)
    stage.world.entitlements.cancel(made["id"])
    assert stage.bot.ok("GET", f"{path}/{made['id']}")["status"] == 1
    assert stage.bot.refused("GET", path) == (400, 50035)
    assert stage.bot.refused("GET", "/skus/5/subscriptions") == (404, 10027)
    own = stage.world.oauth.grant(stage.bot_id, stage.ann, ["applications.entitlements"])
    answer = stage.nobody(
        "GET",
        f"/users/@me/applications/{stage.bot_id}/entitlements",
        headers={"Authorization": f"Bearer {own}"},
    )
    assert [item["sku_id"] for item in answer.json()] == [sku]
