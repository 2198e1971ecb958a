"""Scheduled events over plain HTTP, and those who come."""

from __future__ import annotations

from typing import Any

from local_rest_support import START, Stage

from disruption.local.clock import iso


def external(**more: Any) -> dict[str, Any]:
    return {
        "name": "Picnic",
        "privacy_level": 2,
        "entity_type": 3,
        "scheduled_start_time": iso(START + 3600),
        "scheduled_end_time": iso(START + 7200),
        "entity_metadata": {"location": "The park"},
        **more,
    }


def test_an_event_is_scheduled_changed_and_deleted(stage: Stage) -> None:
    events = stage.events()
    path = f"/guilds/{stage.guild}/scheduled-events"
    made = stage.bot.ok("POST", path, external(description="Bring food"))
    assert (made["status"], made["creator"]["id"]) == (1, stage.bot_id)
    assert made["entity_metadata"] == {"location": "The park"}
    own = f"{path}/{made['id']}"
    assert stage.bot.ok("PATCH", own, {"name": "Feast"})["name"] == "Feast"
    [listed] = stage.bot.ok("GET", path, params={"with_user_count": "true"})
    assert listed["user_count"] == 0
    assert stage.bot.ok("DELETE", own) is None
    assert stage.bot.refused("GET", own) == (404, 10070)
    assert [name for name, _ in events] == [
        "GUILD_SCHEDULED_EVENT_CREATE",
        "GUILD_SCHEDULED_EVENT_UPDATE",
        "GUILD_SCHEDULED_EVENT_DELETE",
    ]
    assert [item["action_type"] for item in stage.entries()] == [100, 101, 102]


def test_an_event_in_a_channel(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/scheduled-events"
    voice = stage.world.channels.create(stage.guild, "voice", 2)["id"]
    body = external(entity_type=2, channel_id=voice)
    del body["scheduled_end_time"]
    made = stage.bot.ok("POST", path, body)
    assert (made["channel_id"], made["entity_metadata"]) == (voice, None)
    wrong = external(entity_type=2, channel_id=stage.general)
    assert stage.bot.refused("POST", path, wrong) == (400, 50024)
    hidden = [{"id": stage.guild, "type": 0, "allow": "0", "deny": str(1 << 10)}]
    stage.world.channels.update(voice, {"permission_overwrites": hidden})
    assert stage.weak.refused("GET", f"{path}/{made['id']}") == (403, 50001)
    assert stage.weak.ok("GET", path) == []


def test_what_an_event_needs(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/scheduled-events"
    for wrong in (
        {"entity_metadata": None},
        {"scheduled_end_time": None},
        {"scheduled_start_time": iso(START - 1)},
        {"scheduled_end_time": iso(START + 60)},
        {"privacy_level": 1},
        {"name": ""},
        {"channel_id": stage.general},
    ):
        assert stage.bot.refused("POST", path, external(**wrong)) == (400, 50035), wrong
    assert stage.weak.refused("POST", path, external()) == (403, 50013)


def test_an_event_begins_and_ends_by_the_clock(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/scheduled-events"
    made = stage.bot.ok("POST", path, external())
    own = f"{path}/{made['id']}"
    stage.discord.clock.advance(1800)
    later = {"scheduled_start_time": iso(START + 5400)}
    stage.bot.ok("PATCH", own, later)
    stage.discord.clock.advance(1800)
    assert stage.bot.ok("GET", own)["status"] == 1  # it was put off
    stage.discord.clock.advance(1800)
    assert stage.bot.ok("GET", own)["status"] == 2
    stage.discord.clock.advance(1800)
    assert stage.bot.ok("GET", own)["status"] == 3
    assert stage.bot.refused("PATCH", own, {"name": "Late"}) == (400, 180000)
    assert stage.bot.ok("GET", path) == []


def test_an_event_is_started_and_cancelled_by_hand(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/scheduled-events"
    own = f"{path}/{stage.bot.ok('POST', path, external())['id']}"
    assert stage.bot.refused("PATCH", own, {"status": 3}) == (400, 50035)
    assert stage.bot.ok("PATCH", own, {"status": 2})["status"] == 2
    assert stage.bot.refused("PATCH", own, {"status": 4}) == (400, 50035)
    assert stage.bot.ok("PATCH", own, {"status": 3})["status"] == 3


def test_people_are_interested(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/scheduled-events"
    made = stage.bot.ok("POST", path, external())
    users = f"{path}/{made['id']}/users"
    events = stage.events()
    stage.world.user("ann").attend("Picnic")
    stage.world.user("bob").attend("Picnic", guild="Home")
    bob = stage.world.user("bob").id
    found = stage.bot.ok("GET", users, params={"with_member": "true"})
    assert [item["user"]["id"] for item in found] == [stage.ann, bob]
    assert found[0]["member"]["user"]["id"] == stage.ann
    assert [item["user_id"] for item in stage.bot.ok("GET", users, params={"limit": 1})] == [
        stage.ann
    ]
    after = stage.bot.ok("GET", users, params={"after": stage.ann})
    assert [item["user_id"] for item in after] == [bob]
    before = stage.bot.ok("GET", users, params={"before": bob})
    assert [item["user_id"] for item in before] == [stage.ann]
    assert stage.bot.ok("GET", f"{users}/counts")["guild_scheduled_event_count"] == 2
    stage.person(stage.ann).ok("DELETE", f"{users}/@me")
    assert [name for name, _ in events if "USER" in name] == [
        *("GUILD_SCHEDULED_EVENT_USER_ADD", "GUILD_SCHEDULED_EVENT_USER_ADD"),
        "GUILD_SCHEDULED_EVENT_USER_REMOVE",
    ]
    assert events[0][1] == {
        "guild_scheduled_event_id": made["id"],
        "user_id": stage.ann,
        "guild_id": stage.guild,
    }


def test_an_event_that_recurs_has_exceptions(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/scheduled-events"
    rule = {"start": iso(START + 3600), "frequency": 2, "interval": 1, "by_weekday": [6]}
    made = stage.bot.ok("POST", path, external(recurrence_rule=rule))
    assert made["recurrence_rule"]["by_n_weekday"] is None
    exceptions = f"{path}/{made['id']}/exceptions"
    original = iso(START + 3600 + 7 * 86400)
    body = {"original_scheduled_start_time": original, "is_canceled": True}
    exception = stage.bot.ok("POST", exceptions, body)
    key = exception["event_exception_id"]
    assert (exception["event_id"], exception["is_canceled"]) == (made["id"], True)
    moved = {"is_canceled": False, "scheduled_start_time": iso(START + 9 * 86400)}
    assert stage.bot.ok("PATCH", f"{exceptions}/{key}", moved)["is_canceled"] is False
    whole = stage.bot.ok("GET", f"{path}/{made['id']}")
    assert len(whole["guild_scheduled_event_exceptions"]) == 1
    assert stage.bot.ok("GET", f"{path}/{made['id']}/{key}/users") == []
    assert stage.bot.ok("DELETE", f"{exceptions}/{key}") is None
    assert stage.bot.refused("DELETE", f"{exceptions}/{key}") == (404, 10070)
    bad = external(recurrence_rule={**rule, "frequency": 9})
    assert stage.bot.refused("POST", path, bad) == (400, 50035)


def test_an_invite_shows_the_event_it_is_for(stage: Stage) -> None:
    made = stage.bot.ok("POST", f"/guilds/{stage.guild}/scheduled-events", external())
    code = stage.bot.ok("POST", f"/channels/{stage.general}/invites", {})["code"]
    params = {"guild_scheduled_event_id": made["id"]}
    invite = stage.bot.ok("GET", f"/invites/{code}", params=params)
    assert invite["guild_scheduled_event"]["name"] == "Picnic"
