"""Voice states, stages and regions over plain HTTP."""

from __future__ import annotations

from local_rest_support import Stage


def test_the_regions(stage: Stage) -> None:
    assert stage.bot.ok("GET", "/voice/regions")[0]["id"] == "local"
    assert stage.bot.ok("GET", f"/guilds/{stage.guild}/regions")


def test_moderators_move_mute_and_disconnect(stage: Stage) -> None:
    first = stage.world.channels.create(stage.guild, "first", 2)["id"]
    second = stage.world.channels.create(stage.guild, "second", 2)["id"]
    stage.world.voice.set(stage.guild, stage.ann, channel_id=first, self_mute=True)
    path = f"/guilds/{stage.guild}/members/{stage.ann}"
    events = stage.events()
    stage.bot.ok("PATCH", path, {"channel_id": second})
    state = stage.bot.ok("GET", f"/guilds/{stage.guild}/voice-states/{stage.ann}")
    assert (state["channel_id"], state["self_mute"]) == (second, True)
    stage.bot.ok("PATCH", path, {"mute": True})
    assert stage.world.voice.get(stage.guild, stage.ann)["mute"] is True
    stage.bot.ok("PATCH", path, {"channel_id": None})
    missing = f"/guilds/{stage.guild}/voice-states/{stage.ann}"
    assert stage.bot.refused("GET", missing) == (404, 10065)
    assert [item["action_type"] for item in stage.entries()] == [26, 24, 27]
    assert stage.entries()[0]["options"] == {"count": "1", "channel_id": second}
    starts = [data for name, data in events if name == "VOICE_CHANNEL_START_TIME_UPDATE"]
    assert {(data["id"], data["voice_start_time"] is None) for data in starts} == {
        (first, True),
        (second, False),
        (second, True),
    }


def test_nobody_goes_into_a_text_channel(stage: Stage) -> None:
    voice = stage.world.channels.create(stage.guild, "voice", 2)["id"]
    stage.world.voice.set(stage.guild, stage.ann, channel_id=voice)
    path = f"/guilds/{stage.guild}/members/{stage.ann}"
    assert stage.bot.refused("PATCH", path, {"channel_id": stage.general}) == (400, 50024)


def test_the_audience_of_a_stage_asks_to_speak(stage: Stage) -> None:
    channel = stage.world.channels.create(stage.guild, "stage", 13)["id"]
    stage.world.voice.set(stage.guild, stage.ann, channel_id=channel)
    assert stage.world.voice.get(stage.guild, stage.ann)["suppress"] is True
    own = f"/guilds/{stage.guild}/voice-states/@me"
    ann = stage.person(stage.ann)
    moment = "2025-06-15T15:06:40.297561+00:00"
    assert ann.ok("PATCH", own, {"request_to_speak_timestamp": moment}) is None
    assert ann.ok("GET", own)["request_to_speak_timestamp"] == moment
    assert ann.refused("PATCH", own, {"suppress": False}) == (403, 50013)
    path = f"/guilds/{stage.guild}/voice-states/{stage.ann}"
    assert stage.bot.ok("PATCH", path, {"suppress": False, "channel_id": channel}) is None
    state = stage.bot.ok("GET", path)
    assert (state["suppress"], state["request_to_speak_timestamp"]) == (False, None)
    elsewhere = {"suppress": True, "channel_id": stage.general}
    assert stage.bot.refused("PATCH", path, elsewhere) == (400, 40032)


def test_a_stage_is_opened_changed_and_closed(stage: Stage) -> None:
    channel = stage.world.channels.create(stage.guild, "stage", 13)["id"]
    events = stage.events()
    body = {"channel_id": channel, "topic": "News"}
    made = stage.bot.ok("POST", "/stage-instances", body)
    assert (made["topic"], made["privacy_level"]) == ("News", 2)
    assert stage.bot.refused("POST", "/stage-instances", body) == (400, 150006)
    own = f"/stage-instances/{channel}"
    assert stage.bot.ok("PATCH", own, {"topic": "Weather"})["topic"] == "Weather"
    assert stage.bot.ok("GET", own)["topic"] == "Weather"
    assert stage.weak.refused("DELETE", own) == (403, 50013)
    assert stage.bot.ok("DELETE", own) is None
    assert stage.bot.refused("GET", own) == (404, 10067)
    wrong = {"channel_id": stage.general, "topic": "x"}
    assert stage.bot.refused("POST", "/stage-instances", wrong) == (400, 50024)
    assert [name for name, _ in events] == [
        *("STAGE_INSTANCE_CREATE", "STAGE_INSTANCE_UPDATE", "STAGE_INSTANCE_DELETE")
    ]
    assert [item["action_type"] for item in stage.entries()] == [83, 84, 85]


def test_a_voice_channel_has_a_status(stage: Stage) -> None:
    channel = stage.world.channels.create(stage.guild, "voice", 2)["id"]
    path = f"/channels/{channel}/voice-status"
    events = stage.events()
    assert stage.bot.ok("PUT", path, {"status": "Chess"}) is None
    assert stage.world.voice.info(channel)["status"] == "Chess"
    assert stage.bot.ok("PUT", path, {"status": None}) is None
    assert [data["status"] for _, data in events] == ["Chess", None]
    assert [item["action_type"] for item in stage.entries()] == [192, 193]
    text = f"/channels/{stage.general}/voice-status"
    assert stage.bot.refused("PUT", text, {"status": "x"}) == (400, 50024)
