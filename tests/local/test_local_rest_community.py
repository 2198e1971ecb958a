"""Templates, onboarding, welcome screen, widget, prune, integrations and followed channels."""

from __future__ import annotations

from typing import Any

from local_rest_support import Stage


def test_a_template_is_made_synced_and_deleted(stage: Stage) -> None:
    stage.world.channels.create(stage.guild, "Cat", 4)
    path = f"/guilds/{stage.guild}/templates"
    made = stage.bot.ok("POST", path, {"name": "Ours", "description": "d"})
    serialized = made["serialized_source_guild"]
    assert [role["name"] for role in serialized["roles"]] == ["@everyone"]
    assert {channel["name"] for channel in serialized["channels"]} == {"general", "Cat"}
    assert made["is_dirty"] is None
    assert stage.bot.refused("POST", path, {"name": "Again"}) == (400, 30031)
    assert stage.weak.ok("GET", f"/guilds/templates/{made['code']}")["name"] == "Ours"
    stage.world.channels.create(stage.guild, "more")
    own = f"{path}/{made['code']}"
    assert stage.bot.ok("GET", path)[0]["is_dirty"] is True
    assert stage.bot.ok("PUT", own)["is_dirty"] is None
    assert stage.bot.ok("PATCH", own, {"name": "Theirs"})["name"] == "Theirs"
    assert stage.bot.ok("DELETE", own)["code"] == made["code"]
    assert stage.bot.refused("GET", f"/guilds/templates/{made['code']}") == (404, 10057)
    assert stage.weak.refused("GET", path) == (403, 50013)


def test_onboarding_needs_channels_to_be_switched_on(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/onboarding"
    empty = stage.bot.ok("GET", path)
    assert (empty["enabled"], empty["prompts"]) == (False, [])
    option: dict[str, Any] = {"title": "Red", "emoji_name": "🔴", "channel_ids": [stage.general]}
    prompt = {"id": "0", "title": "Colour?", "options": [option], "single_select": True}
    changed = stage.bot.ok("PUT", path, {"prompts": [prompt]})
    assert changed["prompts"][0]["id"] != "0"
    assert changed["prompts"][0]["options"][0]["emoji"]["name"] == "🔴"
    assert stage.bot.refused("PUT", path, {"enabled": True}) == (400, 350000)
    ids = [stage.world.channels.create(stage.guild, f"c{number}")["id"] for number in range(7)]
    body = {"enabled": True, "default_channel_ids": ids}
    assert stage.bot.ok("PUT", path, body)["enabled"] is True
    assert stage.bot.ok("GET", path)["prompts"] == changed["prompts"]
    bad = {"prompts": [{"id": "0", "title": "?", "options": []}]}
    assert stage.bot.refused("PUT", path, bad) == (400, 50035)
    assert [entry["action_type"] for entry in stage.entries()] == [166, 167]


def test_a_welcome_screen_is_switched_on(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/welcome-screen"
    assert stage.weak.refused("GET", path) == (404, 10069)
    channel = {"channel_id": stage.general, "description": "Talk", "emoji_name": "👋"}
    body = {"enabled": True, "description": "Hello", "welcome_channels": [channel]}
    changed = stage.bot.ok("PATCH", path, body)
    assert changed["welcome_channels"] == [{**channel, "emoji_id": None}]
    assert stage.weak.ok("GET", path) == changed
    assert "WELCOME_SCREEN_ENABLED" in stage.bot.ok("GET", f"/guilds/{stage.guild}")["features"]
    stage.bot.ok("PATCH", path, {"enabled": False, "welcome_channels": None})
    assert stage.weak.refused("GET", path) == (404, 10069)
    assert stage.bot.ok("GET", path)["welcome_channels"] == []
    assert stage.bot.ok("GET", f"/guilds/{stage.guild}/new-member-welcome") is None


def test_the_widget_shows_who_is_there(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/widget"
    assert stage.bot.ok("GET", path) == {"enabled": False, "channel_id": None}
    assert stage.nobody.refused("GET", f"{path}.json") == (403, 50004)
    body = {"enabled": True, "channel_id": stage.general}
    assert stage.bot.ok("PATCH", path, body) == body
    stage.world.presences.set(stage.ann, "idle")
    shown = stage.nobody.ok("GET", f"{path}.json")
    assert [member["username"] for member in shown["members"]] == ["ann"]
    assert shown["presence_count"] == 1
    code = shown["instant_invite"].rpartition("/")[2]
    assert stage.nobody.ok("GET", f"/invites/{code}")["guild_id"] == stage.guild
    image = stage.nobody("GET", f"{path}.png", params={"style": "banner1"})
    assert image.content.startswith(b"\x89PNG")
    assert stage.nobody.refused("GET", f"{path}.png", params={"style": "x"}) == (400, 50035)
    assert stage.bot.refused("PATCH", path, {"channel_id": "5"}) == (400, 50035)


def test_who_has_not_been_seen_is_pruned(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/prune"
    bob = stage.world.users.create("bob")["id"]
    stage.world.members.add(stage.guild, bob)
    role = stage.world.roles.create(stage.guild, name="old")["id"]
    cleo = stage.world.users.create("cleo")["id"]
    stage.world.members.add(stage.guild, cleo, roles=[role])
    assert stage.bot.ok("GET", path) == {"pruned": 0}
    stage.discord.clock.advance(8 * 86400)
    stage.world.user("ann").say("#general", "still here")
    # The bot without a role of its own has not been seen either.
    assert stage.bot.ok("GET", path) == {"pruned": 2}
    assert stage.bot.ok("GET", path, params={"include_roles": role}) == {"pruned": 3}
    assert stage.bot.ok("GET", path, params={"days": 10}) == {"pruned": 0}
    events = stage.events()
    assert stage.bot.ok("POST", path, {"days": 7, "compute_prune_count": False}) == {"pruned": None}
    gone = [data["user"]["id"] for name, data in events if name == "GUILD_MEMBER_REMOVE"]
    assert set(gone) == {bob, stage.weak_id}
    [entry] = stage.entries()
    assert entry["action_type"] == 21
    assert entry["options"] == {"delete_member_days": "7", "members_removed": "2"}
    assert stage.bot.refused("GET", path, params={"days": 31}) == (400, 50035)


def test_bots_are_integrations(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/integrations"
    found = stage.bot.ok("GET", path)
    assert {item["application"]["id"] for item in found} == {stage.bot_id, stage.weak_id}
    weak = next(item for item in found if item["application"]["id"] == stage.weak_id)
    events = stage.events()
    assert stage.bot.ok("DELETE", f"{path}/{weak['id']}") is None
    assert stage.weak_id not in stage.world.guilds.state(stage.guild).members
    names = [name for name, _ in events]
    assert {"INTEGRATION_DELETE", "GUILD_INTEGRATIONS_UPDATE", "GUILD_MEMBER_REMOVE"} <= set(names)
    assert stage.bot.refused("DELETE", f"{path}/{weak['id']}") == (404, 10005)
    assert [entry["action_type"] for entry in stage.entries()] == [20, 82]


def test_a_channel_follows_another(stage: Stage) -> None:
    news = stage.world.channels.create(stage.guild, "news", 5)["id"]
    path = f"/channels/{news}/followers"
    followed = stage.bot.ok("POST", path, {"webhook_channel_id": stage.general})
    assert followed["channel_id"] == news
    hook = stage.bot.ok("GET", f"/webhooks/{followed['webhook_id']}")
    assert (hook["type"], hook["source_channel"]["id"]) == (2, news)
    assert "token" not in hook
    sent = stage.bot.ok("POST", f"/channels/{news}/messages", {"content": "extra!"})
    stage.bot.ok("POST", f"/channels/{news}/messages/{sent['id']}/crosspost")
    [copy] = stage.bot.ok("GET", stage.messages, params={"limit": 1})
    assert (copy["content"], copy["flags"], copy["webhook_id"]) == (
        *("extra!", 2, followed["webhook_id"]),
    )
    assert copy["message_reference"]["message_id"] == sent["id"]
    wrong = f"/channels/{stage.general}/followers"
    assert stage.bot.refused("POST", wrong, {"webhook_channel_id": news}) == (400, 50024)
    assert stage.weak.refused("POST", path, {"webhook_channel_id": stage.general})[0] == 403
