"""Lobbies, and webhooks in others' formats, over plain HTTP."""

from __future__ import annotations

from local_rest_support import Caller, Stage


def player(stage: Stage, user_id: str) -> Caller:
    token = stage.world.oauth.grant(stage.bot_id, user_id, ["lobbies.write"])
    return Caller(stage.discord.rest_url, f"Bearer {token}")


def test_a_lobby_is_opened_filled_and_closed(stage: Stage) -> None:
    bob = stage.world.users.create("bob")["id"]
    body = {"metadata": {"map": "lake"}, "members": [{"id": stage.ann, "flags": 1}]}
    lobby = stage.bot.ok("POST", "/lobbies", body)
    path = f"/lobbies/{lobby['id']}"
    assert lobby["members"] == [{"id": stage.ann, "metadata": None, "flags": 1}]
    assert stage.bot.ok("PUT", f"{path}/members/{bob}", {"metadata": {"a": "b"}})["id"] == bob
    bulk = [{"id": bob, "remove_member": True}, {"id": stage.ann, "additional_name": "Ace"}]
    assert [item["id"] for item in stage.bot.ok("POST", f"{path}/members/bulk", bulk)] == [
        stage.ann
    ]
    assert len(stage.bot.ok("GET", path)["members"]) == 1
    assert stage.bot.ok("PATCH", path, {"metadata": {}, "members": []})["members"] == []
    assert stage.weak.refused("GET", path) == (404, 10031)
    assert stage.bot.ok("DELETE", path) is None
    assert stage.bot.refused("GET", path) == (404, 10031)


def test_players_meet_by_a_secret_and_talk(stage: Stage) -> None:
    bob_id = stage.world.users.create("bob")["id"]
    ann, bob = player(stage, stage.ann), player(stage, bob_id)
    first = ann.ok("PUT", "/lobbies", {"secret": "s", "lobby_metadata": {"x": "y"}})
    second = bob.ok("PUT", "/lobbies", {"secret": "s"})
    assert second["id"] == first["id"]
    assert second["metadata"] == {"x": "y"}
    path = f"/lobbies/{first['id']}"
    said = ann.ok("POST", f"{path}/messages", {"content": "hi", "metadata": {"k": "v"}})
    assert said["author"]["id"] == stage.ann
    assert (
        stage.bot.ok("PUT", f"{path}/messages/{said['id']}/moderation-metadata", {"ok": "1"})
        is None
    )
    [heard] = bob.ok("GET", f"{path}/messages")
    assert heard["moderation_metadata"] == {"ok": "1"}
    assert bob.ok("DELETE", f"{path}/members/@me") is None
    assert bob.refused("POST", f"{path}/messages", {"content": "x"}) == (403, 50001)
    assert stage.bot.refused("PUT", "/lobbies", {"secret": "s"}) == (403, 20001)


def test_a_lobby_is_linked_with_a_channel(stage: Stage) -> None:
    admin = stage.world.users.find("admin") or ""
    members = [{"id": admin, "flags": 1}, {"id": stage.ann}]
    lobby = stage.bot.ok("POST", "/lobbies", {"members": members})
    path = f"/lobbies/{lobby['id']}"
    link = {"channel_id": stage.general}
    assert player(stage, stage.ann).refused("PATCH", f"{path}/channel-linking", link)[0] == 403
    linked = player(stage, admin).ok("PATCH", f"{path}/channel-linking", link)
    assert linked["linked_channel"]["id"] == stage.general
    player(stage, stage.ann).ok("POST", f"{path}/messages", {"content": "to both"})
    [newest] = stage.bot.ok("GET", stage.messages, params={"limit": 1})
    assert newest["content"] == "to both"
    code = player(stage, stage.ann).ok("POST", f"{path}/members/@me/invites")["code"]
    assert stage.nobody.ok("GET", f"/invites/{code}")["guild_id"] == stage.guild
    assert stage.bot.ok("POST", f"{path}/members/{stage.ann}/invites")["code"] == code
    ended = player(stage, admin).ok("PATCH", f"{path}/channel-linking", {})
    assert "linked_channel" not in ended


def test_slack_and_github_speak_to_a_webhook(stage: Stage) -> None:
    hook = stage.bot.ok("POST", f"/channels/{stage.general}/webhooks", {"name": "hook"})
    path = f"/webhooks/{hook['id']}/{hook['token']}"
    slack = {
        "text": "hi",
        "username": "CI",
        "attachments": [{"title": "Build", "color": "#ff0000", "fields": [{"title": "a"}]}],
    }
    assert stage.nobody.ok("POST", f"{path}/slack", slack) == "ok"
    [sent] = stage.bot.ok("GET", stage.messages)
    assert (sent["content"], sent["author"]["username"]) == ("hi", "CI")
    assert sent["embeds"][0]["color"] == 0xFF0000
    assert stage.nobody.refused("POST", f"{path}/slack", {}) == (400, 50035)
    github = {"action": "opened", "issue": {"title": "Bug"}, "repository": {"full_name": "a/b"}}
    headers = {"X-GitHub-Event": "issues"}
    assert stage.nobody.ok("POST", f"{path}/github", github, headers=headers) is None
    newest = stage.bot.ok("GET", stage.messages)[0]
    assert newest["embeds"][0]["title"] == "[a/b] issues opened Bug"
    assert stage.nobody.refused("POST", f"{path}/github", github) == (400, 50035)


def test_an_application_keeps_an_attachment(stage: Stage) -> None:
    path = f"/applications/{stage.bot_id}/attachment"
    made = stage.bot.ok("POST", path, files={"file": ("a.txt", b"hello")})["attachment"]
    assert stage.nobody.session.get(made["url"], timeout=20).content == b"hello"
    assert stage.bot.refused("POST", path) == (400, 50035)
    assert stage.bot.ok("GET", f"/guilds/{stage.guild}/requests") == {
        "total": 0,
        "guild_join_requests": [],
    }
