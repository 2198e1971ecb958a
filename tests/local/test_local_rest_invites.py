"""Invites over plain HTTP, in the world, and used by people."""

from __future__ import annotations

import pytest
from local_rest_support import Stage

from disruption.local.driver import DriverError


def test_an_invite_is_made_read_listed_and_deleted(stage: Stage) -> None:
    events = stage.events()
    path = f"/channels/{stage.general}/invites"
    made = stage.bot.ok("POST", path, {"max_age": 60, "max_uses": 2, "unique": True})
    assert (made["uses"], made["max_uses"], made["max_age"]) == (0, 2, 60)
    assert made["inviter"]["id"] == stage.bot_id
    assert made["expires_at"] > made["created_at"]
    code = made["code"]
    read = stage.nobody.ok("GET", f"/invites/{code}", params={"with_counts": "true"})
    assert read["guild"]["name"] == "Home"
    assert read["approximate_member_count"] == 4
    assert "uses" not in read
    assert [item["code"] for item in stage.bot.ok("GET", path)] == [code]
    assert [item["code"] for item in stage.bot.ok("GET", f"/guilds/{stage.guild}/invites")] == [
        code
    ]
    assert stage.bot.ok("DELETE", f"/invites/{code}")["code"] == code
    assert stage.nobody.refused("GET", f"/invites/{code}") == (404, 10006)
    assert [name for name, _ in events] == ["INVITE_CREATE", "INVITE_DELETE"]
    assert events[0][1]["code"] == code
    assert events[1][1] == {"code": code, "channel_id": stage.general, "guild_id": stage.guild}


def test_an_invite_like_one_there_is_is_that_one(stage: Stage) -> None:
    path = f"/channels/{stage.general}/invites"
    first = stage.bot.ok("POST", path, {})
    assert stage.bot.ok("POST", path, {})["code"] == first["code"]
    assert first["max_age"] == 86400
    assert stage.bot.ok("POST", path, {"max_uses": 5})["code"] != first["code"]
    assert stage.bot.ok("POST", path, {"unique": True})["code"] != first["code"]


def test_what_an_invite_may_not_be(stage: Stage) -> None:
    path = f"/channels/{stage.general}/invites"
    assert stage.bot.refused("POST", path, {"max_age": -1}) == (400, 50035)
    assert stage.bot.refused("POST", path, {"max_uses": 101}) == (400, 50035)
    assert stage.bot.refused("POST", path, {"target_type": 1}) == (400, 50035)
    category = stage.world.channels.create(stage.guild, "Cat", 4)["id"]
    assert stage.bot.refused("POST", f"/channels/{category}/invites", {}) == (400, 50024)
    stage.may()
    assert stage.weak.refused("POST", path, {}) == (403, 50013)
    code = stage.bot.ok("POST", path, {})["code"]
    assert stage.weak.refused("GET", path) == (403, 50013)
    assert stage.weak.refused("DELETE", f"/invites/{code}") == (403, 50013)
    assert stage.bot.refused("POST", f"/invites/{code}") == (403, 20001)


def test_people_join_by_an_invite_until_it_is_used_up(stage: Stage) -> None:
    events = stage.events()
    role = stage.world.roles.create(stage.guild, name="guest")["id"]
    body = {"max_uses": 2, "role_ids": [role]}
    made = stage.bot.ok("POST", f"/channels/{stage.general}/invites", body)
    assert [item["id"] for item in made["roles"]] == [role]
    bob, cleo, dan = (stage.world.users.create(name)["id"] for name in ("bob", "cleo", "dan"))
    stage.world.user("bob").join(f"https://discord.gg/{made['code']}")
    assert stage.world.members.get(stage.guild, bob)["roles"] == [role]
    stage.world.user("bob").join(made["code"])  # is there already, and does not count
    assert stage.world.invites.state(made["code"]).uses == 1
    assert stage.person(cleo).ok("POST", f"/invites/{made['code']}")["guild_id"] == stage.guild
    assert [name for name, _ in events][-1] == "INVITE_DELETE"
    with pytest.raises(DriverError, match=r"no guild .* nor an invite"):
        stage.world.user("dan").join(made["code"])
    assert dan not in stage.world.guilds.state(stage.guild).members


def test_an_invite_runs_out_without_a_word(stage: Stage) -> None:
    code = stage.bot.ok("POST", f"/channels/{stage.general}/invites", {"max_age": 30})["code"]
    events = stage.events()
    stage.discord.clock.advance(29)
    stage.bot.ok("GET", f"/invites/{code}")
    stage.discord.clock.advance(1)
    assert stage.bot.refused("GET", f"/invites/{code}") == (404, 10006)
    assert events == []


def test_only_those_who_manage_a_channel_hear_of_its_invites(stage: Stage) -> None:
    stage.may("CREATE_INSTANT_INVITE")
    heard = []
    stage.world.subscribe(lambda event: heard.append((event.name, event.needed)))
    stage.weak.ok("POST", f"/channels/{stage.general}/invites", {})
    assert ("INVITE_CREATE", 1 << 4) in heard


def test_an_invite_can_be_for_some_alone(stage: Stage) -> None:
    path = f"/channels/{stage.general}/invites"
    code = stage.bot.ok("POST", path, {})["code"]
    targets = f"/invites/{code}/target-users"
    assert stage.bot.refused("GET", targets) == (404, 10129)
    assert stage.bot.refused("GET", f"{targets}/job-status") == (404, 10124)
    bob, cleo = (stage.world.users.create(name)["id"] for name in ("bob", "cleo"))
    files = {"target_users_file": ("users.csv", f"user_id\n{bob}\n", "text/csv")}
    assert stage.bot("PUT", targets, files=files).status_code == 204
    answer = stage.bot("GET", targets)
    assert answer.headers["Content-Type"] == "text/csv"
    assert answer.text == f"user_id\n{bob}\n"
    assert stage.bot.ok("GET", f"{targets}/job-status")["processed_users"] == 1
    assert stage.person(cleo).refused("POST", f"/invites/{code}") == (404, 10006)
    stage.person(bob).ok("POST", f"/invites/{code}")


def test_a_guild_can_pause_its_invites(stage: Stage) -> None:
    code = stage.bot.ok("POST", f"/channels/{stage.general}/invites", {})["code"]
    until = "2025-06-15T20:00:00Z"
    path = f"/guilds/{stage.guild}/incident-actions"
    assert stage.bot.ok("PUT", path, {"invites_disabled_until": until})
    bob = stage.world.users.create("bob")["id"]
    assert stage.person(bob).refused("POST", f"/invites/{code}")[0] == 403
    stage.bot.ok("PUT", path, {"invites_disabled_until": None})
    stage.person(bob).ok("POST", f"/invites/{code}")


def test_banned_people_cannot_join(stage: Stage) -> None:
    code = stage.bot.ok("POST", f"/channels/{stage.general}/invites", {})["code"]
    bob = stage.world.users.create("bob")["id"]
    stage.world.members.ban(stage.guild, bob)
    assert stage.person(bob).refused("POST", f"/invites/{code}") == (403, 40007)
