"""A world that is saved and goes on the next day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests

from disruption.local import Clock, LocalDiscord, World, WorldFileError
from disruption.local.world import store

START = 1_767_225_600.0


def furnished() -> World:
    """Return a world with something of everything in it."""
    world = World(Clock(START, running=False))
    admin = world.users.create("admin")["id"]
    ann = world.users.create("ann", global_name="Ann")["id"]
    guild = world.guilds.create("Home", admin)["id"]
    bot = world.applications.create_bot("helper", token="secret-token")["id"]
    world.members.add(guild, bot)
    role = world.roles.create(guild, name="mods")["id"]
    world.members.add(guild, ann, nick="Annie", roles=[role])
    text = world.channels.create(guild, "general", topic="x")["id"]
    voice = world.channels.create(guild, "voice", 2)["id"]
    poll = {
        "question": {"text": "?"},
        "answers": [{"answer_id": 1, "poll_media": {"text": "a"}}],
        "expiry": "2026-01-01T01:00:00.000000+00:00",
        "allow_multiselect": False,
        "layout_type": 1,
        "results": {"is_finalized": False, "answer_counts": []},
    }
    asked = world.messages.create(text, bot, poll=poll)["id"]
    world.polls.vote(text, asked, ann, [1])
    message = world.messages.create(text, ann, "hello", extra={"$": "odd"})["id"]
    world.reactions.add(text, message, ann, "👍")
    world.threads.create(text, ann, "talk", message_id=message)
    world.webhooks.create(text, "hook", ann)
    world.commands.create(bot, {"name": "roll", "description": "d"})
    world.commands.create(bot, {"name": "here", "description": "d"}, guild)
    world.invites.create(text, ann, max_age=7200)
    world.emojis.create(guild, "party")
    world.voice.set(guild, ann, channel_id=voice)
    world.presences.set(ann, "online")
    world.oauth.grant(bot, ann, ["identify"])
    world.oauth.authorize(bot, ann, ["identify"])
    world.role_connections.set(bot, ann, {"platform_name": "p"})
    world.files.put(("attachment", text, "5"), "text/plain", b"\x00bytes")
    with world.acting(admin, "why"):
        world.members.ban(guild, world.users.create("troll")["id"])
    return world


def everything(world: World) -> dict[str, Any]:
    """Return all that is kept of a world, as JSON."""
    parts = store.parts(world)
    return {
        name: {key: store.encode(value) for key, value in vars(part).items() if key != "_world"}
        for name, part in parts.items()
    }


def test_what_was_saved_is_what_is_loaded(tmp_path: Path) -> None:
    world = furnished()
    world.save(tmp_path / "world.json")
    copy = World(Clock(START, running=False))
    copy.load(tmp_path / "world.json")
    before, after = everything(world), everything(copy)
    for state in (before, after):  # nobody is connected to a world that was just loaded
        for guild in state["guilds"]["_guilds"].values():
            guild["of"]["presences"] = guild["of"]["voice_states"] = {}
    assert after == before
    assert copy.files.all() == world.files.all()
    assert int(copy.ids.next()) > int(world.ids.next()) - 2**23
    # What is random goes on, so that no code or token is made twice.
    assert copy.random.random() != World(seed=0).random.random()
    account = copy.authenticate("secret-token")
    assert account is not None
    assert account.is_bot


def test_new_ids_are_larger_than_the_old_ones(tmp_path: Path) -> None:
    world = furnished()
    world.clock.advance(86400)
    last = world.ids.next()
    world.save(tmp_path / "world.json")
    copy = World(Clock(START, running=False))  # a clock that is behind
    copy.load(tmp_path / "world.json")
    assert int(copy.ids.next()) > int(last)


def test_what_was_scheduled_still_happens(tmp_path: Path) -> None:
    furnished().save(tmp_path / "world.json")
    copy = World(Clock(START, running=False))
    copy.load(tmp_path / "world.json")
    channel = copy.channels.find("general") or ""
    assert len(copy.invites.of_channel(channel)) == 1
    copy.clock.advance(3600)
    [ended] = [item for item in copy.messages.list(channel) if "poll" in item]
    assert ended["poll"]["results"]["is_finalized"] is True
    assert ended["poll"]["results"]["answer_counts"][0]["count"] == 1
    copy.clock.advance(3600)
    assert copy.invites.of_channel(channel) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "cannot be read"),
        ("{}", "no world that was saved"),
        ('{"format": "disruption local world", "version": 99}', "version 99"),
        ('{"format": "disruption local world", "version": 1}', "damaged"),
    ],
)
def test_a_file_that_is_no_world(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "world.json"
    path.write_text(text)
    with pytest.raises(WorldFileError, match=why):
        World().load(path)
    with pytest.raises(WorldFileError, match="cannot be read"):
        World().load(tmp_path / "missing.json")


def test_parts_that_a_file_does_not_know_stay_as_they_are(tmp_path: Path) -> None:
    world = furnished()
    world.save(tmp_path / "world.json")
    data = json.loads((tmp_path / "world.json").read_text())
    del data["world"]["lobbies"]
    data["world"]["users"]["_gone"] = 1
    data["world"]["future"] = {"x": 1}
    (tmp_path / "world.json").write_text(json.dumps(data))
    copy = World(Clock(START, running=False))
    copy.load(tmp_path / "world.json")
    assert copy.users.find("ann")
    assert not hasattr(copy.users, "_gone")


def test_a_local_discord_goes_on_the_next_day(tmp_path: Path) -> None:
    path = tmp_path / "world.json"
    with LocalDiscord(world=path) as first:
        bot = first.add_bot("helper")
        channel = first.world.channels.find("general")
        headers = {"Authorization": f"Bot {bot.token}"}
        url = f"{first.rest_url}/channels/{channel}/messages"
        files = {"files[0]": ("note.txt", b"kept")}
        sent = requests.post(url, headers=headers, files=files, timeout=20).json()
    assert path.exists()
    with LocalDiscord(world=path) as second:
        url = f"{second.rest_url}/channels/{channel}/messages/{sent['id']}"
        again = requests.get(url, headers=headers, timeout=20).json()
        address = again["attachments"][0]["url"]
        assert address.startswith(second.rest_url.removesuffix("/api/v10"))
        assert requests.get(address, timeout=20).content == b"kept"
        assert second.world.guilds.all() == first.world.guilds.all()


def test_a_world_of_ones_own_is_neither_furnished_nor_saved() -> None:
    world = World(Clock(START, running=False))
    discord = LocalDiscord(world=world)
    assert discord.clock is world.clock
    assert world.guilds.all() == []
