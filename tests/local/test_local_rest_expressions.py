"""Emojis, stickers and sounds over plain HTTP."""

from __future__ import annotations

import base64

import pytest
from local_rest_support import Stage

from disruption.local import WorldError

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
IMAGE = "data:image/png;base64," + base64.b64encode(PNG).decode()
SOUND = "data:audio/ogg;base64," + base64.b64encode(b"OggS").decode()


def cdn(stage: Stage, path: str) -> bytes:
    base = stage.bot.base.removesuffix("/api/v10")
    answer = stage.nobody.session.get(base + path, timeout=20)
    assert answer.status_code == 200
    return answer.content


def test_an_application_has_emojis_of_its_own(stage: Stage) -> None:
    events = stage.events()
    path = f"/applications/{stage.bot_id}/emojis"
    emoji = stage.bot.ok("POST", path, {"name": "mine", "image": IMAGE})
    assert emoji["user"]["id"] == stage.bot_id
    own = f"{path}/{emoji['id']}"
    assert stage.bot.ok("PATCH", own, {"name": "ours"})["name"] == "ours"
    assert [item["name"] for item in stage.bot.ok("GET", path)["items"]] == ["ours"]
    assert cdn(stage, f"/emojis/{emoji['id']}.png") == PNG
    assert stage.bot.ok("DELETE", own) is None
    assert stage.bot.refused("GET", own) == (404, 10014)
    assert stage.weak.refused("GET", path) == (403, 20012)
    assert events == []  # nobody's guild has changed


def test_emojis_are_in_the_guild_and_in_its_audit_log(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/emojis"
    made = stage.bot.ok("POST", path, {"name": "party", "image": IMAGE})
    assert [item["id"] for item in stage.bot.ok("GET", f"/guilds/{stage.guild}")["emojis"]] == [
        made["id"]
    ]
    stage.bot.ok("PATCH", f"{path}/{made['id']}", {"name": "fiesta"})
    stage.bot.ok("DELETE", f"{path}/{made['id']}")
    assert [(item["action_type"], item["changes"]) for item in stage.entries()] == [
        (60, [{"key": "name", "new_value": "party"}]),
        (61, [{"key": "name", "new_value": "fiesta", "old_value": "party"}]),
        (62, [{"key": "name", "old_value": "fiesta"}]),
    ]


def test_a_picture_is_what_its_bytes_are(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/emojis"
    gif = "data:image/jpg;base64," + base64.b64encode(b"GIF89a").decode()
    assert stage.bot.ok("POST", path, {"name": "moves", "image": gif})["animated"] is True
    other = {"name": "html", "image": "data:text/html;base64,AAAA"}
    assert stage.bot.refused("POST", path, other) == (400, 50035)


def test_ones_own_emoji_needs_less_than_anothers(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/emojis"
    theirs = stage.bot.ok("POST", path, {"name": "theirs", "image": IMAGE})
    stage.may("CREATE_GUILD_EXPRESSIONS")
    own = stage.weak.ok("POST", path, {"name": "own", "image": IMAGE})
    assert stage.weak.refused("DELETE", f"{path}/{theirs['id']}") == (403, 50013)
    assert stage.weak.ok("DELETE", f"{path}/{own['id']}") is None


def test_there_is_room_for_so_many_emojis(stage: Stage) -> None:
    for number in range(50):
        stage.world.emojis.create(stage.guild, f"e{number}")
    path = f"/guilds/{stage.guild}/emojis"
    assert stage.bot.refused("POST", path, {"name": "more", "image": IMAGE}) == (400, 30008)
    stage.world.emojis.create(stage.guild, "moving", animated=True)


def test_stickers_are_made_sent_changed_and_deleted(stage: Stage) -> None:
    events = stage.events()
    path = f"/guilds/{stage.guild}/stickers"
    form = {"name": "wave", "tags": "wave", "description": "hello"}
    made = stage.bot.ok("POST", path, data=form, files={"file": ("wave.png", PNG, "image/png")})
    assert (made["name"], made["format_type"], made["type"]) == ("wave", 1, 2)
    assert made["user"]["id"] == stage.bot_id
    own = f"{path}/{made['id']}"
    assert stage.bot.ok("GET", f"/stickers/{made['id']}")["guild_id"] == stage.guild
    sent = stage.bot.ok("POST", stage.messages, {"sticker_ids": [made["id"]]})
    assert sent["sticker_items"] == [{"id": made["id"], "name": "wave", "format_type": 1}]
    assert cdn(stage, f"/stickers/{made['id']}.png") == PNG
    assert stage.bot.ok("PATCH", own, {"description": None})["description"] is None
    assert [item["id"] for item in stage.bot.ok("GET", path)] == [made["id"]]
    assert stage.bot.ok("DELETE", own) is None
    assert stage.bot.refused("GET", own) == (404, 10060)
    assert stage.bot.refused("POST", stage.messages, {"sticker_ids": ["5"]}) == (400, 50081)
    assert [name for name, _ in events] == [
        *("GUILD_STICKERS_UPDATE", "MESSAGE_CREATE", "GUILD_STICKERS_UPDATE"),
        "GUILD_STICKERS_UPDATE",
    ]
    assert [item["action_type"] for item in stage.entries()] == [90, 91, 92]


def test_what_a_sticker_may_not_be(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/stickers"
    form = {"name": "wave", "tags": "wave", "description": ""}
    text = {"file": ("x.txt", b"hello", "text/plain")}
    assert stage.bot("POST", path, data=form, files=text).json()["code"] == 50046
    lottie = {"file": ("x.json", b'{"layers": []}', "application/json")}
    assert stage.bot("POST", path, data=form, files=lottie).json()["code"] == 50046
    assert stage.bot("POST", path, data=form).json()["code"] == 50035
    short = {"name": "w", "tags": "wave"}
    answer = stage.bot("POST", path, data=short, files={"file": ("x.png", PNG, "image/png")})
    assert "name" in answer.json()["errors"]


def test_the_standard_stickers(stage: Stage) -> None:
    [pack] = stage.bot.ok("GET", "/sticker-packs")["sticker_packs"]
    assert stage.bot.ok("GET", f"/sticker-packs/{pack['id']}") == pack
    assert stage.bot.refused("GET", "/sticker-packs/5") == (404, 10061)
    sticker = pack["stickers"][0]
    assert stage.bot.ok("GET", f"/stickers/{sticker['id']}")["pack_id"] == pack["id"]
    drawn = {cdn(stage, f"/stickers/{item['id']}.png") for item in pack["stickers"]}
    assert len(drawn) == len(pack["stickers"])
    assert all(picture.startswith(b"\x89PNG") for picture in drawn)
    sent = stage.bot.ok("POST", stage.messages, {"sticker_ids": [sticker["id"]]})
    assert sent["sticker_items"][0]["name"] == sticker["name"]


def test_sounds_are_made_played_changed_and_deleted(stage: Stage) -> None:
    events = stage.events()
    path = f"/guilds/{stage.guild}/soundboard-sounds"
    made = stage.bot.ok("POST", path, {"name": "horn", "sound": SOUND, "emoji_name": "📯"})
    assert (made["volume"], made["user"]["id"]) == (1.0, stage.bot_id)
    own = f"{path}/{made['sound_id']}"
    assert cdn(stage, f"/soundboard-sounds/{made['sound_id']}") == b"OggS"
    assert stage.bot.ok("PATCH", own, {"volume": 0.5})["volume"] == 0.5
    assert [item["name"] for item in stage.bot.ok("GET", path)["items"]] == ["horn"]
    assert stage.bot.ok("GET", own)["name"] == "horn"
    voice = stage.world.channels.create(stage.guild, "voice", 2)["id"]
    play = f"/channels/{voice}/send-soundboard-sound"
    body = {"sound_id": made["sound_id"]}
    assert stage.bot.refused("POST", play, body) == (400, 40032)
    stage.world.voice.set(stage.guild, stage.bot_id, channel_id=voice)
    assert stage.bot.ok("POST", play, body) is None
    assert stage.bot.ok("POST", play, {"sound_id": "1"}) is None
    assert stage.bot.refused("POST", play, {"sound_id": "99"}) == (404, 10097)
    assert stage.bot.ok("DELETE", own) is None
    assert stage.bot.refused("GET", own) == (404, 10097)
    names = [name for name, _ in events if "SOUND" in name or "EFFECT" in name]
    assert names == [
        *("GUILD_SOUNDBOARD_SOUND_CREATE", "GUILD_SOUNDBOARD_SOUND_UPDATE"),
        *("VOICE_CHANNEL_EFFECT_SEND", "VOICE_CHANNEL_EFFECT_SEND"),
        "GUILD_SOUNDBOARD_SOUND_DELETE",
    ]
    effect = next(data for name, data in events if name == "VOICE_CHANNEL_EFFECT_SEND")
    assert (effect["sound_id"], effect["sound_volume"]) == (made["sound_id"], 0.5)
    assert effect["emoji"]["name"] == "📯"
    assert stage.bot.refused("POST", path, {"name": "x", "sound": "no"}) == (400, 50035)


def test_sounds_have_their_limits(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/soundboard-sounds"
    assert stage.bot.refused("POST", path, {"name": "horn", "sound": "no"}) == (400, 50035)
    for number in range(8):
        stage.world.soundboard.create(stage.guild, f"sound {number}")
    with pytest.raises(WorldError, match="30045"):
        stage.world.soundboard.create(stage.guild, "one more")
