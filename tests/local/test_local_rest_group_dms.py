"""Direct messages of a group, which a bot opens with its users' access tokens."""

from __future__ import annotations

from typing import Any

from local_rest_support import Stage


def token(stage: Stage, name: str, *scopes: str) -> tuple[str, str]:
    """Return a person's id and an access token of theirs for the bot."""
    known = stage.world.users.find(name)
    user_id = known if known is not None else stage.world.users.create(name)["id"]
    return user_id, stage.world.oauth.grant(stage.bot_id, user_id, scopes or ("gdm.join",))


def opened(stage: Stage, *names: str) -> dict[str, Any]:
    tokens = [token(stage, name)[1] for name in names]
    body = {"access_tokens": tokens, "nicks": {}}
    return stage.bot.ok("POST", "/users/@me/channels", body)


def test_a_group_has_those_who_allowed_it(stage: Stage) -> None:
    tokens = [token(stage, name)[1] for name in ("ann", "bob")]
    seen = stage.events()
    group = stage.bot.ok("POST", "/users/@me/channels", {"access_tokens": tokens})
    assert group["type"] == 3
    assert group["owner_id"] == stage.bot_id
    assert [user["username"] for user in group["recipients"]] == ["ann", "bob"]
    assert [name for name, _ in seen] == ["CHANNEL_CREATE"] * 3
    stage.bot.ok("POST", f"/channels/{group['id']}/messages", {"content": "hello"})
    assert stage.person(stage.ann).ok("GET", f"/channels/{group['id']}")["type"] == 3
    assert stage.weak.refused("GET", f"/channels/{group['id']}") == (403, 50001)


def test_people_come_and_go(stage: Stage) -> None:
    group = opened(stage, "ann")
    bob, allowed = token(stage, "bob")
    path = f"/channels/{group['id']}/recipients/{bob}"
    added = stage.bot.ok("PUT", path, {"access_token": allowed, "nick": "Bobby"})
    assert [user["username"] for user in added["recipients"]] == ["ann", "bob"]
    assert stage.bot("PUT", path, {"access_token": allowed}).status_code == 204
    stage.bot.ok("DELETE", path)
    assert stage.bot.refused("DELETE", path) == (404, 10013)
    types = [item["type"] for item in stage.world.messages.list(group["id"])]
    assert types == [2, 1]


def test_a_group_is_renamed(stage: Stage) -> None:
    group = opened(stage, "ann")
    renamed = stage.bot.ok("PATCH", f"/channels/{group['id']}", {"name": "Friends"})
    assert renamed["name"] == "Friends"
    assert stage.bot.ok("DELETE", f"/channels/{group['id']}")["id"] == group["id"]


def test_nobody_comes_without_having_allowed_it(stage: Stage) -> None:
    group = opened(stage, "ann")
    bob, other = token(stage, "bob", "identify")
    _, anns = token(stage, "ann")
    path = f"/channels/{group['id']}/recipients/{bob}"
    assert stage.bot.refused("PUT", path, {"access_token": "nonsense"}) == (403, 50025)
    assert stage.bot.refused("PUT", path, {"access_token": other}) == (403, 50026)
    assert stage.bot.refused("PUT", path, {"access_token": anns}) == (403, 50025)
    assert stage.bot.refused("PUT", path, {}) == (400, 50035)
    elsewhere = f"/channels/{stage.general}/recipients/{bob}"
    assert stage.bot.refused("PUT", elsewhere, {"access_token": other}) == (400, 50024)


def test_a_group_has_ten_recipients(stage: Stage) -> None:
    group = opened(stage, *[f"user{number}" for number in range(10)])
    late, allowed = token(stage, "late")
    path = f"/channels/{group['id']}/recipients/{late}"
    assert stage.bot.refused("PUT", path, {"access_token": allowed}) == (400, 30004)
