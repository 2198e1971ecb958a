"""Guilds, channels, threads, roles, members, commands, users and applications, over plain HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from local_rest_support import Stage


def test_the_login_of_every_library_is_answered(stage: Stage) -> None:
    assert stage.nobody.ok("GET", "/gateway") == {"url": stage.discord.gateway_url}
    info = stage.bot.ok("GET", "/gateway/bot")
    assert info["url"] == stage.discord.gateway_url
    assert info["shards"] == 1
    assert set(info["session_start_limit"]) == {
        "total",
        "remaining",
        "reset_after",
        "max_concurrency",
    }
    me = stage.bot.ok("GET", "/users/@me")
    assert {"id", "username", "discriminator", "avatar", "verified", "bot"} <= set(me)
    application = stage.bot.ok("GET", "/oauth2/applications/@me")
    assert {
        *("id", "name", "icon", "description", "bot_public", "bot_require_code_grant", "summary"),
        *("verify_key", "owner", "flags", "approximate_guild_count"),
        "approximate_user_install_count",
    } <= set(application)
    assert stage.bot.ok("GET", "/applications/@me") == application
    assert stage.bot.ok("GET", "/soundboard-default-sounds")
    [guild] = stage.bot.ok("GET", "/users/@me/guilds")
    assert guild["id"] == stage.guild


def test_a_guild_is_read_and_changed(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}"
    assert "approximate_member_count" not in stage.bot.ok("GET", path)
    assert stage.bot.ok("GET", path, params={"with_counts": "1"})["approximate_member_count"] == 4
    assert stage.bot.ok("PATCH", path, {"name": "House"})["name"] == "House"
    assert stage.bot.refused("PATCH", path, {"name": "x"}) == (400, 50035)
    assert stage.weak.refused("PATCH", path, {"name": "Mine"}) == (403, 50013)
    assert stage.bot.refused("GET", "/guilds/5") == (404, 10004)


def test_channels_are_made_changed_moved_and_deleted(stage: Stage) -> None:
    events = stage.events()
    path = f"/guilds/{stage.guild}/channels"
    answer = stage.bot("POST", path, {"name": "New Channel", "topic": "t"})
    assert answer.status_code == 201
    made = answer.json()
    assert (made["name"], made["type"], made["topic"]) == ("new-channel", 0, "t")
    own = f"/channels/{made['id']}"
    category = stage.bot.ok("POST", path, {"name": "Cat", "type": 4})
    changed = stage.bot.ok("PATCH", own, {"topic": None, "parent_id": category["id"]})
    assert (changed["topic"], changed["parent_id"]) == (None, category["id"])
    assert stage.bot.refused("PATCH", own, {"parent_id": stage.general}) == (400, 50035)
    assert stage.bot.ok("PATCH", path, [{"id": made["id"], "position": 7}]) is None
    assert stage.bot.ok("GET", own)["position"] == 7
    assert made["id"] in [item["id"] for item in stage.bot.ok("GET", path)]
    assert stage.bot.ok("DELETE", own)["id"] == made["id"]
    assert stage.bot.refused("GET", own) == (404, 10003)
    assert stage.weak.refused("POST", path, {"name": "x"}) == (403, 50013)
    names = [name for name, _ in events]
    assert names[0] == "CHANNEL_CREATE"
    assert names[-1] == "CHANNEL_DELETE"


def test_overwrites_hide_a_channel(stage: Stage) -> None:
    path = f"/channels/{stage.general}/permissions/{stage.guild}"
    assert stage.bot.ok("PUT", path, {"type": 0, "deny": str(1 << 10)}) is None
    assert stage.weak.refused("GET", f"/channels/{stage.general}") == (403, 50001)
    assert stage.bot.ok("DELETE", path) is None
    assert stage.weak.ok("GET", f"/channels/{stage.general}")["id"] == stage.general
    assert stage.bot.refused("DELETE", path) == (404, 10009)


def test_threads_are_started_joined_archived_and_listed(stage: Stage) -> None:
    message = stage.world.messages.create(stage.general, stage.ann, "talk")
    path = f"{stage.messages}/{message['id']}/threads"
    answer = stage.bot("POST", path, {"name": "Talk", "auto_archive_duration": 60})
    assert answer.status_code == 201
    thread = answer.json()
    assert (thread["id"], thread["type"], thread["name"]) == (message["id"], 11, "Talk")
    assert stage.bot.refused("POST", path, {"name": "Again"}) == (400, 160004)
    own = f"/channels/{thread['id']}"
    assert stage.bot.ok("PUT", f"{own}/thread-members/{stage.ann}") is None
    members = stage.bot.ok("GET", f"{own}/thread-members")
    assert {item["user_id"] for item in members} == {stage.ann, stage.bot_id}
    assert stage.bot.ok("POST", f"{own}/messages", {"content": "in"})["channel_id"] == thread["id"]
    active = stage.bot.ok("GET", f"/guilds/{stage.guild}/threads/active")
    assert [item["id"] for item in active["threads"]] == [thread["id"]]
    archived = stage.bot.ok("PATCH", own, {"archived": True})
    assert archived["thread_metadata"]["archived"] is True
    listed = stage.bot.ok("GET", f"/channels/{stage.general}/threads/archived/public")
    assert [item["id"] for item in listed["threads"]] == [thread["id"]]
    assert listed["has_more"] is False
    assert stage.weak.refused("PATCH", own, {"name": "Mine"}) == (403, 50013)
    assert stage.bot.ok("DELETE", own)["id"] == thread["id"]


def test_a_forum_takes_posts_not_messages(stage: Stage) -> None:
    forum = stage.world.channels.create(stage.guild, "forum", 15)["id"]
    body: dict[str, Any] = {"name": "Post", "message": {"content": "first"}}
    post = stage.bot.ok("POST", f"/channels/{forum}/threads", body)
    assert post["message"]["id"] == post["id"]
    own = f"/channels/{post['id']}/messages"
    assert stage.bot.ok("POST", own, {"content": "more"})["id"] != post["id"]
    assert post["message"]["content"] == "first"
    assert post["message"]["channel_id"] == post["id"]
    assert stage.bot.refused("POST", f"/channels/{forum}/threads", {"name": "x"}) == (400, 50035)
    body["message"] = {"content": ""}
    assert stage.bot.refused("POST", f"/channels/{forum}/threads", body) == (400, 50006)
    assert len(stage.world.threads.of_channel(forum, archived=False)) == 1


def test_roles_are_made_given_moved_and_taken(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/roles"
    role = stage.bot.ok("POST", path, {"name": "Red", "colors": {"primary_color": 0xFF0000}})
    assert (role["color"], role["colors"]["primary_color"]) == (0xFF0000, 0xFF0000)
    own, given = f"{path}/{role['id']}", f"/guilds/{stage.guild}/members/{stage.ann}"
    assert stage.bot.ok("PATCH", own, {"color": 255})["colors"]["primary_color"] == 255
    assert stage.bot.ok("PUT", f"{given}/roles/{role['id']}") is None
    assert stage.bot.ok("GET", given)["roles"] == [role["id"]]
    assert stage.bot.ok("GET", f"{path}/member-counts")[role["id"]] == 1
    assert stage.bot.ok("DELETE", f"{given}/roles/{role['id']}") is None
    assert stage.bot.ok("PATCH", given, {"roles": [role["id"]]})["roles"] == [role["id"]]
    assert stage.weak.refused("PUT", f"{given}/roles/{role['id']}") == (403, 50013)
    assert stage.bot.ok("DELETE", own) is None
    assert stage.bot.ok("GET", given)["roles"] == []
    assert stage.bot.refused("DELETE", own) == (404, 10011)


def test_nobody_moves_a_role_above_their_own(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/roles"
    low = stage.bot.ok("POST", path, {"name": "low"})["id"]
    above = stage.world.permissions.rank(stage.guild, stage.bot_id)
    assert stage.bot.refused("PATCH", path, [{"id": low, "position": above}]) == (403, 50013)
    everything = [
        {"id": item["id"], "position": item["position"]}
        for item in stage.world.roles.list(stage.guild)
    ]
    stage.bot.ok("PATCH", path, everything)  # what stays where it is does not count


def test_nobody_changes_roles_above_their_own(stage: Stage) -> None:
    top = stage.world.roles.create(stage.guild, name="top")["id"]
    # New roles come in at the bottom, so it is moved above the bot's.
    stage.world.roles.move(stage.guild, {top: 50})
    path = f"/guilds/{stage.guild}/roles/{top}"
    assert stage.bot.refused("PATCH", path, {"name": "x"}) == (403, 50013)
    assert stage.bot.refused("DELETE", path) == (403, 50013)
    stage.world.members.give_role(stage.guild, stage.ann, top)
    member = f"/guilds/{stage.guild}/members/{stage.ann}"
    assert stage.bot.refused("DELETE", member) == (403, 50013)
    assert stage.bot.refused("PATCH", member, {"nick": "x"}) == (403, 50013)
    assert stage.bot.refused("PUT", f"/guilds/{stage.guild}/bans/{stage.ann}", {}) == (403, 50013)


@pytest.mark.parametrize("none", ["", None])
def test_a_nick_is_set_and_reset_in_both_spellings(stage: Stage, none: str | None) -> None:
    path = f"/guilds/{stage.guild}/members/{stage.ann}"
    assert stage.bot.ok("PATCH", path, {"nick": "Annie"})["nick"] == "Annie"
    assert stage.bot.ok("PATCH", path, {"nick": none})["nick"] is None
    own = f"/guilds/{stage.guild}/members/@me"
    assert stage.weak.ok("PATCH", own, {"nick": "Weakling"})["nick"] == "Weakling"


def test_timeouts_last_at_most_28_days(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/members/{stage.ann}"
    changed = stage.bot.ok(
        "PATCH", path, {"communication_disabled_until": "2025-06-16T02:00:00.25+02:00"}
    )
    assert changed["communication_disabled_until"] == "2025-06-16T00:00:00.250000+00:00"
    far = {"communication_disabled_until": "2026-06-16T00:00:00Z"}
    assert stage.bot.refused("PATCH", path, far) == (400, 50035)
    person = stage.world.permissions.in_channel(stage.general, stage.ann)
    assert not person & (1 << 11)


def test_members_are_listed_paged_searched_and_kicked(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/members"
    everyone = stage.bot.ok("GET", path, params={"limit": 1000})
    assert len(everyone) == 4
    first = stage.bot.ok("GET", path, params={"limit": 3})
    rest = stage.bot.ok("GET", path, params={"limit": 3, "after": first[-1]["user"]["id"]})
    assert [*first, *rest] == everyone
    found = stage.bot.ok("GET", path + "/search", params={"query": "AN", "limit": 10})
    assert [item["user"]["id"] for item in found] == [stage.ann]
    assert stage.bot.ok("DELETE", f"{path}/{stage.ann}") is None
    assert stage.bot.refused("GET", f"{path}/{stage.ann}") == (404, 10007)
    assert stage.bot.refused("GET", f"{path}/5") == (404, 10013)


def test_bans_are_made_listed_paged_and_lifted(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/bans"
    stage.world.messages.create(stage.general, stage.ann, "spam")
    ban = {"delete_message_seconds": 60}
    assert stage.bot.ok("PUT", f"{path}/{stage.ann}", ban) is None
    assert stage.world.messages.list(stage.general) == []
    assert [item["user"]["id"] for item in stage.bot.ok("GET", path)] == [stage.ann]
    assert stage.bot.ok("GET", path, params={"after": stage.ann, "limit": 1000}) == []
    assert stage.bot.ok("GET", path, params={"before": stage.ann}) == []
    assert stage.bot.ok("DELETE", f"{path}/{stage.ann}") is None
    assert stage.bot.refused("DELETE", f"{path}/{stage.ann}") == (404, 10026)
    assert stage.bot.refused("GET", f"{path}/{stage.ann}") == (404, 10026)
    bulk = stage.bot.ok("POST", f"/guilds/{stage.guild}/bulk-ban", {"user_ids": [stage.ann, "5"]})
    assert bulk == {"banned_users": [stage.ann], "failed_users": ["5"]}


def command(name: str = "roll", **more: Any) -> dict[str, Any]:
    return {"name": name, "description": "d", **more}


@pytest.mark.parametrize("place", ["", "/guilds/{guild}"])
def test_commands_are_made_replaced_changed_and_deleted(stage: Stage, place: str) -> None:
    path = f"/applications/{stage.bot_id}{place.format(guild=stage.guild)}/commands"
    made = stage.bot("POST", path, command(name_localizations={"de": "wurf"}))
    assert made.status_code == 201
    first = made.json()
    again = stage.bot("POST", path, command(description="other"))
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    [listed] = stage.bot.ok("GET", path)
    assert "name_localizations" not in listed
    [listed] = stage.bot.ok("GET", path, params={"with_localizations": "true"})
    assert "name_localizations" in listed
    own = f"{path}/{first['id']}"
    assert stage.bot.ok("PATCH", own, {"description": "new"})["description"] == "new"
    assert stage.bot.ok("GET", own)["description"] == "new"
    kept, new = stage.bot.ok("PUT", path, [command(), command("other")])
    assert kept["id"] == first["id"]
    assert stage.bot.ok("DELETE", f"{path}/{new['id']}") is None
    assert stage.bot.refused("GET", f"{path}/{new['id']}") == (404, 10063)
    assert stage.bot.ok("PUT", path, []) == []
    assert stage.bot.refused("POST", path, command("Not Allowed")) == (400, 50035)


def test_commands_of_others_and_of_foreign_guilds_are_refused(stage: Stage) -> None:
    assert stage.weak.refused("GET", f"/applications/{stage.bot_id}/commands") == (403, 20012)
    foreign = f"/applications/{stage.bot_id}/guilds/5/commands"
    assert stage.bot.refused("PUT", foreign, []) == (403, 50001)


def test_a_bot_changes_its_name_and_leaves(stage: Stage) -> None:
    image = "data:image/png;base64,iVBORw0KGgo="
    me = stage.bot.ok("PATCH", "/users/@me", {"username": "robot", "avatar": image})
    assert me["username"] == "robot"
    assert len(me["avatar"]) == 32
    bad = {"avatar": "data:text/html;base64,AAAA"}
    assert stage.bot.refused("PATCH", "/users/@me", bad) == (400, 50035)
    assert stage.bot.ok("DELETE", f"/users/@me/guilds/{stage.guild}") is None
    assert stage.bot.ok("GET", "/users/@me/guilds") == []


def test_emojis_are_made_served_renamed_and_deleted(stage: Stage) -> None:
    events = stage.events()
    path = f"/guilds/{stage.guild}/emojis"
    image = "data:image/png;base64,iVBORw0KGgo="
    answer = stage.bot("POST", path, {"name": "party", "image": image})
    assert answer.status_code == 201
    emoji = answer.json()
    assert (emoji["name"], emoji["animated"], emoji["user"]["id"]) == ("party", False, stage.bot_id)
    picture = stage.nobody.session.get(
        stage.bot.base.removesuffix("/api/v10") + f"/emojis/{emoji['id']}.png", timeout=20
    )
    assert picture.content == b"\x89PNG\r\n\x1a\n"
    own = f"{path}/{emoji['id']}"
    assert stage.bot.ok("PATCH", own, {"name": "fiesta"})["name"] == "fiesta"
    assert [item["name"] for item in stage.bot.ok("GET", path)] == ["fiesta"]
    assert stage.bot.ok("DELETE", own) is None
    assert stage.bot.refused("GET", own) == (404, 10014)
    assert stage.bot.refused("POST", path, {"name": "a b", "image": image}) == (400, 50035)
    assert [name for name, _ in events] == ["GUILD_EMOJIS_UPDATE"] * 3


def test_typing_is_shown(stage: Stage) -> None:
    events = stage.events()
    assert stage.bot.ok("POST", f"/channels/{stage.general}/typing") is None
    assert [name for name, _ in events] == ["TYPING_START"]


def test_new_tags_get_ids_and_known_ones_keep_them(stage: Stage) -> None:
    body = {"name": "forum", "type": 15, "available_tags": [{"id": "0", "name": "a"}]}
    forum = stage.bot.ok("POST", f"/guilds/{stage.guild}/channels", body)
    [tag] = forum["available_tags"]
    assert tag["id"] != "0"
    tags = [{"id": "0", "name": "b"}, {**tag, "name": "c"}]
    changed = stage.bot.ok("PATCH", f"/channels/{forum['id']}", {"available_tags": tags})
    new, old = changed["available_tags"]
    assert (old["id"], old["name"]) == (tag["id"], "c")
    assert new["id"] not in ("0", tag["id"])


def test_posts_have_the_tags_of_their_forum(stage: Stage) -> None:
    tags = [{"name": "a"}, {"name": "b", "moderated": True}]
    body = {"name": "forum", "type": 15, "available_tags": tags, "flags": 1 << 4}
    forum = stage.bot.ok("POST", f"/guilds/{stage.guild}/channels", body)
    plain, moderated = (tag["id"] for tag in forum["available_tags"])
    path = f"/channels/{forum['id']}/threads"
    post = {"name": "post", "message": {"content": "x"}}
    assert stage.bot.refused("POST", path, post) == (400, 40067)
    assert stage.bot.refused("POST", path, {**post, "applied_tags": ["1"]}) == (404, 10087)
    stage.may()
    mine = {**post, "applied_tags": [moderated]}
    assert stage.weak.refused("POST", path, mine) == (403, 50013)
    made = stage.weak.ok("POST", path, {**post, "applied_tags": [plain]})
    thread = f"/channels/{made['id']}"
    assert stage.weak.refused("PATCH", thread, {"applied_tags": [moderated]}) == (403, 50013)
    stage.bot.ok("PATCH", thread, {"applied_tags": [plain, moderated]})
