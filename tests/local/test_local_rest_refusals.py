"""What the local Discord refuses as Discord does, where it would be easy to let it pass."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
import requests
from local_rest_support import Stage


def upload(stage: Stage, body: dict[str, Any], *names: str) -> requests.Response:
    """Send a message with files of these names."""
    files = {f"files[{index}]": (name, b"bytes") for index, name in enumerate(names)}
    data = {"payload_json": json.dumps(body)}
    return stage.bot("POST", stage.messages, data=data, files=files)


def errors(answer: requests.Response, *path: str) -> str:
    """Return the code of the form error at a path."""
    body = answer.json()
    assert (answer.status_code, body["code"]) == (400, 50035), body
    found = body["errors"]
    for part in path:
        found = found[part]
    return str(found["_errors"][0]["code"])


def test_a_voice_message_is_one_recording_and_nothing_else(stage: Stage) -> None:
    voice = 1 << 13
    described = {"id": 0, "filename": "v.ogg", "duration_secs": 1.5, "waveform": "AAAA"}
    whole = {"flags": voice, "attachments": [described]}

    def code(body: dict[str, Any], *names: str) -> int:
        return int(upload(stage, body, *names).json()["code"])

    assert code({**whole, "content": "hey"}, "v.ogg") == 50159
    assert code({"flags": voice, "attachments": []}, "v.ogg", "w.ogg") == 50160
    assert code({"flags": voice}, "v.txt") == 50160
    assert code({"flags": voice}, "v.ogg") == 50161
    sent = upload(stage, whole, "v.ogg").json()
    assert sent["flags"] & voice
    [recording] = sent["attachments"]
    assert (recording["duration_secs"], recording["waveform"]) == (1.5, "AAAA")
    path = f"{stage.messages}/{sent['id']}"
    assert stage.bot.refused("PATCH", path, {"content": "x"}) == (400, 50162)
    stage.may("ATTACH_FILES")
    data = {"payload_json": json.dumps(whole)}
    files = {"files[0]": ("v.ogg", b"bytes")}
    assert stage.weak("POST", stage.messages, data=data, files=files).json()["code"] == 50173


def test_what_a_poll_asks_cannot_be_changed(stage: Stage) -> None:
    poll = {"question": {"text": "Where?"}, "answers": [{"poll_media": {"text": "Here"}}]}
    message = stage.bot.ok("POST", stage.messages, {"poll": poll})
    path = f"{stage.messages}/{message['id']}"
    assert stage.bot.refused("PATCH", path, {"content": "x"}) == (400, 520003)
    stage.bot.ok("PATCH", path, {"flags": 4})


@pytest.mark.parametrize(
    ("component", "path"),
    [
        ({"type": 13, "file": {"url": "attachment://b.txt"}}, ("0", "file", "url")),
        (
            {"type": 12, "items": [{"media": {"url": "attachment://b.png"}}]},
            ("0", "items", "0", "media", "url"),
        ),
        (
            {
                "type": 9,
                "components": [{"type": 10, "content": "a"}],
                "accessory": {"type": 11, "media": {"url": "attachment://b.png"}},
            },
            ("0", "accessory", "media", "url"),
        ),
    ],
)
def test_components_show_only_files_of_their_message(
    stage: Stage, component: dict[str, Any], path: tuple[str, ...]
) -> None:
    body = {"flags": 1 << 15, "components": [component]}
    code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
    assert errors(upload(stage, body, "a.txt"), "components", *path) == code
    assert upload(stage, body, "b.txt", "b.png").status_code == 200


def test_a_menu_has_as_many_options_as_may_be_chosen(stage: Stage) -> None:
    options = [{"label": name, "value": name} for name in "ab"]
    menu: dict[str, Any] = {"type": 3, "custom_id": "m", "max_values": 3, "options": options}
    body = {"content": "a", "components": [{"type": 1, "components": [menu]}]}
    answer = stage.bot("POST", stage.messages, body)
    code = errors(answer, "components", "0", "components", "0", "options")
    assert code == "BASE_TYPE_BAD_LENGTH"
    menu["max_values"] = 2
    stage.bot.ok("POST", stage.messages, body)


def test_a_forward_says_that_it_has_a_snapshot(stage: Stage) -> None:
    message = stage.bot.ok("POST", stage.messages, {"content": "a"})
    reference = {"type": 1, "channel_id": stage.general, "message_id": message["id"]}
    # Discord's description of its API knows replies alone.
    forward = stage.bot("POST", stage.messages, {"message_reference": reference}).json()
    assert forward["flags"] == 1 << 14


def test_only_text_and_announcement_channels_become_each_other(stage: Stage) -> None:
    path = f"/channels/{stage.general}"
    assert stage.bot.ok("PATCH", path, {"type": 5})["type"] == 5
    assert stage.bot.ok("PATCH", path, {"type": 0})["type"] == 0
    assert errors(stage.bot("PATCH", path, {"type": 2}), "type")
    voice = stage.bot.ok("POST", f"/guilds/{stage.guild}/channels", {"name": "v", "type": 2})
    assert errors(stage.bot("PATCH", f"/channels/{voice['id']}", {"type": 0}), "type")
    stage.bot.ok("PATCH", f"/channels/{voice['id']}", {"type": 2, "name": "w"})


def test_a_forum_has_one_pinned_post_and_tags_of_different_names(stage: Stage) -> None:
    body: dict[str, Any] = {"name": "forum", "type": 15}
    same = {**body, "available_tags": [{"name": "bug"}, {"name": "bug"}]}
    assert stage.bot.refused("POST", f"/guilds/{stage.guild}/channels", same) == (400, 40061)
    forum = stage.bot.ok("POST", f"/guilds/{stage.guild}/channels", body)["id"]
    assert stage.bot.refused("PATCH", f"/channels/{forum}", same) == (400, 40061)
    post = {"name": "post", "message": {"content": "a"}}
    first = stage.bot.ok("POST", f"/channels/{forum}/threads", post)["id"]
    second = stage.bot.ok("POST", f"/channels/{forum}/threads", post)["id"]
    stage.bot.ok("PATCH", f"/channels/{first}", {"flags": 2})
    assert stage.bot.refused("PATCH", f"/channels/{second}", {"flags": 2}) == (400, 30047)
    stage.bot.ok("PATCH", f"/channels/{first}", {"flags": 2})
    stage.bot.ok("PATCH", f"/channels/{first}", {"flags": 0})
    stage.bot.ok("PATCH", f"/channels/{second}", {"flags": 2})
    thread = stage.world.threads.create(stage.general, stage.ann, "side")["id"]
    assert stage.bot.refused("PATCH", f"/channels/{thread}", {"flags": 2}) == (400, 50024)


def test_a_community_keeps_the_channels_it_needs(stage: Stage) -> None:
    rules = stage.bot.ok("POST", f"/guilds/{stage.guild}/channels", {"name": "rules"})["id"]
    community = {
        "features": ["COMMUNITY"],
        "rules_channel_id": rules,
        "public_updates_channel_id": stage.general,
    }
    path = f"/guilds/{stage.guild}"
    for missing in ("rules_channel_id", "public_updates_channel_id"):
        lacking = {**community, missing: None}
        assert stage.bot.refused("PATCH", path, lacking) == (403, 40006)
    assert stage.bot.refused("PATCH", path, {"features": ["COMMUNITY"]}) == (403, 40006)
    stage.may("MANAGE_GUILD")
    assert stage.weak.refused("PATCH", path, community) == (403, 50013)
    stage.bot.ok("PATCH", path, community)
    stage.weak.ok("PATCH", path, {"features": ["COMMUNITY", "INVITES_DISABLED"]})
    assert stage.bot.refused("DELETE", f"/channels/{rules}") == (400, 50074)
    stage.bot.ok("PATCH", f"/guilds/{stage.guild}", {"features": []})
    stage.bot.ok("DELETE", f"/channels/{rules}")


def test_who_manages_threads_writes_in_one_that_is_locked(stage: Stage) -> None:
    stage.may("SEND_MESSAGES_IN_THREADS")
    thread = stage.world.threads.create(stage.general, stage.ann, "side")["id"]
    path = f"/channels/{thread}/messages"
    stage.bot.ok("PATCH", f"/channels/{thread}", {"locked": True, "archived": True})
    assert stage.weak.refused("POST", path, {"content": "a"}) == (400, 160005)
    stage.bot.ok("POST", path, {"content": "closed by a moderator"})
    metadata = stage.bot.ok("GET", f"/channels/{thread}")["thread_metadata"]
    assert (metadata["archived"], metadata["locked"]) == (False, True)


def test_bots_write_to_those_they_share_a_guild_with(stage: Stage) -> None:
    dm = stage.bot.ok("POST", "/users/@me/channels", {"recipient_id": stage.ann})["id"]
    path = f"/channels/{dm}/messages"
    stage.bot.ok("POST", path, {"content": "a"})
    stage.world.members.remove(stage.guild, stage.ann)
    assert stage.bot.refused("POST", path, {"content": "b"}) == (403, 50278)
    # Who has installed the bot for themselves is written to wherever they are.
    stage.world.oauth.authorize(stage.bot_id, stage.ann, ["applications.commands"])
    stage.bot.ok("POST", path, {"content": "c"})


def test_a_command_cannot_take_the_name_of_another(stage: Stage) -> None:
    path = f"/applications/{stage.bot_id}/commands"
    stage.bot.ok("POST", path, {"name": "one", "description": "1"})
    two = stage.bot.ok("POST", path, {"name": "two", "description": "2"})["id"]
    assert stage.bot.refused("PATCH", f"{path}/{two}", {"name": "one"}) == (400, 40041)
    stage.bot.ok("PATCH", f"{path}/{two}", {"name": "two", "description": "still two"})


def test_slowmode_holds_up_people_and_nobody_else(stage: Stage) -> None:
    stage.bot.ok("PATCH", f"/channels/{stage.general}", {"rate_limit_per_user": 30})
    ann, owner = stage.person(stage.ann), stage.person(stage.world.users.find("admin") or "")
    for caller in (ann, owner, stage.bot):
        assert caller("POST", stage.messages, {"content": "a"}).status_code == 200
    stage.discord.clock.advance(10)
    refused = ann("POST", stage.messages, {"content": "b"})
    # The time in an id may be a moment ahead of a clock that stands still.
    assert (refused.status_code, refused.headers["Retry-After"] in ("20", "21")) == (429, True)
    body = refused.json()
    assert (body["code"], round(body["retry_after"]), body["global"]) == (20016, 20, False)
    for caller in (owner, stage.bot):
        assert caller("POST", stage.messages, {"content": "b"}).status_code == 200
    stage.discord.clock.advance(21)
    assert ann("POST", stage.messages, {"content": "b"}).status_code == 200


def test_a_guild_uses_channels_and_languages_that_there_are(stage: Stage) -> None:
    path, channels = f"/guilds/{stage.guild}", f"/guilds/{stage.guild}/channels"
    voice = stage.bot.ok("POST", channels, {"name": "v", "type": 2})["id"]
    for key in ("system_channel_id", "rules_channel_id", "afk_channel_id"):
        assert stage.bot.refused("PATCH", path, {key: "5"}) == (404, 10003)
    assert stage.bot.refused("PATCH", path, {"afk_channel_id": stage.general}) == (400, 50024)
    assert stage.bot.refused("PATCH", path, {"system_channel_id": voice}) == (400, 50024)
    right = {"afk_channel_id": voice, "system_channel_id": None, "preferred_locale": "de"}
    guild = stage.bot.ok("PATCH", path, right)
    assert {key: guild[key] for key in right} == right
    code = errors(stage.bot("PATCH", path, {"preferred_locale": "xx"}), "preferred_locale")
    assert code == "BASE_TYPE_CHOICES"


def test_pictures_have_only_sizes_and_formats_that_discord_has(stage: Stage) -> None:
    origin = stage.bot.base.removesuffix("/api/v10")
    picture = b"\x89PNG\r\n\x1a\n" + bytes(20)
    uri = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    icon = stage.bot.ok("PATCH", f"/guilds/{stage.guild}", {"icon": uri})["icon"]

    def status(path: str) -> int:
        return requests.get(f"{origin}/icons/{stage.guild}/{path}", timeout=20).status_code

    for path in (f"{icon}.png", f"{icon}.webp?size=4096", f"{icon}.jpg?size=64", icon):
        assert status(path) == 200
    assert status(f"{icon}.png?size=65") == 400
    assert status(f"{icon}.png?size=big") == 400
    assert status(f"{icon}.gif") == 415
    assert status(f"{icon}.html") == 415
