"""People who ask to join a guild."""

from __future__ import annotations

from local_rest_support import Stage


def test_a_request_is_approved(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/requests"
    assert stage.bot.ok("GET", path) == {"total": 0, "guild_join_requests": []}
    bob = stage.world.users.create("bob")["id"]
    request_id = stage.world.join_requests.create(stage.guild, bob)["id"]
    assert stage.world.join_requests.create(stage.guild, bob)["id"] == request_id
    (asked,) = stage.bot.ok("GET", path, params={"status": "SUBMITTED"})["guild_join_requests"]
    assert (asked["id"], asked["user"]["username"]) == (request_id, "bob")
    seen = stage.events()
    decided = stage.bot.ok("PATCH", f"{path}/{request_id}", {"action": "APPROVED"})
    assert decided["application_status"] == "APPROVED"
    assert decided["actioned_by_user"]["id"] == stage.bot_id
    assert bob in [data["user"]["id"] for name, data in seen if name == "GUILD_MEMBER_ADD"]
    assert stage.bot.refused("PATCH", f"{path}/{request_id}", {"action": "REJECTED"}) == (
        *(400, 50035),
    )


def test_a_request_is_rejected_with_a_reason(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/requests"
    stage.world.users.create("bob")
    request_id = stage.world.user("bob").ask_to_join("Home")
    body = {"action": "REJECTED", "rejection_reason": "Not now"}
    decided = stage.bot.ok("PATCH", f"{path}/{request_id}", body)
    assert decided["rejection_reason"] == "Not now"
    (again,) = stage.bot.ok("GET", path, params={"status": "REJECTED"})["guild_join_requests"]
    assert again["id"] == request_id


def test_what_is_refused(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/requests"
    assert stage.weak.refused("GET", path) == (403, 50013)
    assert stage.bot.refused("GET", path, params={"status": "LOST"}) == (400, 50035)
    assert stage.bot.refused("PATCH", f"{path}/1", {"action": "APPROVED"}) == (404, 0)
    assert stage.bot.refused("PATCH", f"{path}/1", {"action": "SUBMITTED"}) == (400, 50035)
