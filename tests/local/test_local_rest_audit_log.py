"""The audit log: every change writes it, and it can be read page by page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from local_rest_support import Stage

from disruption.local.world.audit import ACTIONS, differences

STRUCTURES = Path(__file__).parents[2].parent / "shared" / "discord" / "structures.json"


def test_the_kinds_of_entries_are_those_of_the_documentation() -> None:
    if not STRUCTURES.exists():
        pytest.skip(f"The documentation's structures are not at {STRUCTURES}")
    enums = json.loads(STRUCTURES.read_bytes())["enums"]
    documented = next(enum for enum in enums if enum["name"] == "Audit Log Events")
    assert {item["name"]: item["value"] for item in documented["members"]} == ACTIONS


def test_the_differences_between_two_states() -> None:
    assert differences({"id": "1", "name": "a", "topic": None}, {"id": "1", "name": "b"}) == [
        {"key": "name", "new_value": "b", "old_value": "a"}
    ]
    assert differences(None, {"name": "a", "topic": None, "_x": 1}) == [
        {"key": "name", "new_value": "a"}
    ]
    assert differences({"nick": "x"}, None) == [{"key": "nick", "old_value": "x"}]


def last(stage: Stage) -> dict[str, Any]:
    return stage.entries()[-1]


def test_an_entry_says_who_what_and_why(stage: Stage) -> None:
    events = stage.events(audit=True)
    headers = {"X-Audit-Log-Reason": "because %C3%BCn%C3%AF"}
    path = f"/guilds/{stage.guild}/roles"
    role = stage.bot.ok("POST", path, {"name": "mods"}, headers=headers)
    body = stage.bot.ok("GET", f"/guilds/{stage.guild}/audit-logs")
    [entry] = body["audit_log_entries"]
    assert entry["action_type"] == 30
    assert (entry["user_id"], entry["target_id"]) == (stage.bot_id, role["id"])
    assert entry["reason"] == "because ünï"
    assert {"key": "name", "new_value": "mods"} in entry["changes"]
    assert [user["id"] for user in body["users"]] == [stage.bot_id]
    name, data = events[-1]
    assert name == "GUILD_AUDIT_LOG_ENTRY_CREATE"
    assert data == {**entry, "guild_id": stage.guild}


def test_what_nobody_did_is_in_no_audit_log(stage: Stage) -> None:
    stage.world.channels.create(stage.guild, "made-by-the-test")
    assert stage.entries() == []


def test_every_kind_of_change_writes_its_entry(stage: Stage) -> None:
    bot, guild = stage.bot, f"/guilds/{stage.guild}"
    bob = stage.world.users.create("bob")["id"]
    stage.world.members.add(stage.guild, bob)

    def wrote(*names: str) -> None:
        seen = [entry["action_type"] for entry in stage.entries()]
        assert seen[-len(names) :] == [ACTIONS[name] for name in names]

    bot.ok("PATCH", guild, {"name": "House"})
    wrote("GUILD_UPDATE")
    channel = bot("POST", f"{guild}/channels", {"name": "new"}).json()["id"]
    wrote("CHANNEL_CREATE")
    bot.ok("PATCH", f"/channels/{channel}", {"topic": "t"})
    wrote("CHANNEL_UPDATE")
    assert last(stage)["changes"] == [{"key": "topic", "new_value": "t"}]
    overwrite = f"/channels/{channel}/permissions/{stage.guild}"
    bot.ok("PUT", overwrite, {"type": 0, "deny": "2048"})
    wrote("CHANNEL_OVERWRITE_CREATE")
    assert last(stage)["options"] == {"id": stage.guild, "type": "0", "role_name": "@everyone"}
    bot.ok("PUT", overwrite, {"type": 0, "deny": "0"})
    wrote("CHANNEL_OVERWRITE_UPDATE")
    bot.ok("DELETE", overwrite)
    wrote("CHANNEL_OVERWRITE_DELETE")
    hook = bot.ok("POST", f"/channels/{channel}/webhooks", {"name": "hook"})["id"]
    wrote("WEBHOOK_CREATE")
    listed = bot.ok("GET", f"{guild}/audit-logs", params={"action_type": 50})
    assert [item["id"] for item in listed["webhooks"]] == [hook]
    bot.ok("PATCH", f"/webhooks/{hook}", {"name": "hooked"})
    wrote("WEBHOOK_UPDATE")
    bot.ok("DELETE", f"/webhooks/{hook}")
    wrote("WEBHOOK_DELETE")
    bot.ok("DELETE", f"/channels/{channel}")
    wrote("CHANNEL_DELETE")
    role = bot.ok("POST", f"{guild}/roles", {"name": "mods"})["id"]
    bot.ok("PATCH", f"{guild}/roles/{role}", {"color": 255})
    wrote("ROLE_CREATE", "ROLE_UPDATE")
    bot.ok("PUT", f"{guild}/members/{bob}/roles/{role}")
    wrote("MEMBER_ROLE_UPDATE")
    assert last(stage)["changes"] == [{"key": "$add", "new_value": [{"id": role, "name": "mods"}]}]
    bot.ok("DELETE", f"{guild}/members/{bob}/roles/{role}")
    assert last(stage)["changes"][0]["key"] == "$remove"
    bot.ok("DELETE", f"{guild}/roles/{role}")
    wrote("ROLE_DELETE")
    bot.ok("PATCH", f"{guild}/members/{bob}", {"nick": "Bobby"})
    wrote("MEMBER_UPDATE")
    bot.ok("DELETE", f"{guild}/members/{bob}")
    wrote("MEMBER_KICK")
    bot.ok("PUT", f"{guild}/bans/{bob}")
    bot.ok("DELETE", f"{guild}/bans/{bob}")
    wrote("MEMBER_BAN_ADD", "MEMBER_BAN_REMOVE")
    code = bot.ok("POST", f"/channels/{stage.general}/invites", {})["code"]
    bot.ok("DELETE", f"/invites/{code}")
    wrote("INVITE_CREATE", "INVITE_DELETE")
    message = stage.world.messages.create(stage.general, stage.ann, "hi")["id"]
    bot.ok("PUT", f"/channels/{stage.general}/messages/pins/{message}")
    bot.ok("DELETE", f"/channels/{stage.general}/messages/pins/{message}")
    wrote("MESSAGE_PIN", "MESSAGE_UNPIN")
    thread = bot("POST", f"{stage.messages}/{message}/threads", {"name": "t"}).json()["id"]
    bot.ok("PATCH", f"/channels/{thread}", {"archived": True})
    bot.ok("DELETE", f"/channels/{thread}")
    wrote("THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE")
    bot.ok("DELETE", f"{stage.messages}/{message}")
    wrote("MESSAGE_DELETE")
    assert last(stage)["target_id"] == stage.ann
    assert last(stage)["options"] == {"channel_id": stage.general, "count": "1"}


def test_own_messages_and_own_leaving_are_nobodys_business(stage: Stage) -> None:
    own = stage.bot.ok("POST", stage.messages, {"content": "x"})["id"]
    stage.bot.ok("DELETE", f"{stage.messages}/{own}")
    stage.world.user("ann").leave("Home")
    assert stage.entries() == []


def test_a_ban_writes_no_kick(stage: Stage) -> None:
    stage.bot.ok("PUT", f"/guilds/{stage.guild}/bans/{stage.ann}")
    assert [entry["action_type"] for entry in stage.entries()] == [22]


def test_the_audit_log_is_read_by_filters_and_pages(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/audit-logs"
    for number in range(5):
        stage.bot.ok("POST", f"/guilds/{stage.guild}/roles", {"name": f"role {number}"})
    stage.bot.ok("PATCH", f"/guilds/{stage.guild}", {"name": "House"})

    def ids(**params: Any) -> list[str]:
        found = stage.bot.ok("GET", path, params=params)["audit_log_entries"]
        return [entry["id"] for entry in found]

    everything = ids()
    assert everything == sorted(everything, key=int, reverse=True)
    assert len(everything) == 6
    assert ids(limit=2) == everything[:2]
    assert ids(before=everything[1], limit=2) == everything[2:4]
    assert ids(after=everything[4]) == everything[:4][::-1]
    assert ids(before=everything[-1]) == []
    assert ids(action_type=1) == everything[:1]
    assert ids(user_id=stage.ann) == []
    assert ids(user_id=stage.bot_id, action_type=30) == everything[1:]
    assert stage.bot.refused("GET", path, params={"limit": 0}) == (400, 50035)
    stage.may()
    assert stage.weak.refused("GET", path) == (403, 50013)
