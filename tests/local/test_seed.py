"""Worlds from files that people write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from disruption.local import Clock, LocalDiscord, SeedError, World
from disruption.local.seed import plant, read
from disruption.local.world.permissions import bits

SEED: dict[str, Any] = {
    "users": ["ann", {"name": "bob", "global_name": "Bob", "token": "bobs-token"}],
    "bots": [{"name": "helper", "token": "my-token", "privileged_intents": ["GUILD_MEMBERS"]}],
    "guilds": [
        {
            "name": "Home",
            "owner": "ann",
            "roles": [
                {"name": "mods", "permissions": ["KICK_MEMBERS"], "color": "#3498db"},
                {"name": "vips", "color": 255},
                {"name": "@everyone", "permissions": ["VIEW_CHANNEL", "SEND_MESSAGES"]},
            ],
            "members": ["cleo", {"user": "bob", "nick": "Bobby", "roles": ["mods"]}],
            "emojis": ["party"],
            "channels": [
                {
                    "name": "general",
                    "topic": "Anything",
                    "messages": [
                        {"author": "ann", "content": "Hello", "reactions": {"👍": ["bob"]}},
                        {"author": "helper", "content": "Hi", "reply_to": 0, "pinned": True},
                    ],
                },
                {
                    "name": "Staff",
                    "type": "category",
                    "overwrites": {
                        "@everyone": {"deny": ["VIEW_CHANNEL"]},
                        "mods": {"allow": ["VIEW_CHANNEL"]},
                        "cleo": {"allow": "1024"},
                    },
                    "channels": ["office", {"name": "lounge", "type": "voice"}],
                },
                {"name": "ideas", "type": "forum", "tags": ["bug", "wish"]},
            ],
        }
    ],
}


@pytest.fixture
def world() -> World:
    return World(Clock(1_767_225_600, running=False))


def test_a_seed_grows_into_a_world(world: World) -> None:
    plant(world, SEED)
    guild = world.guilds.find("Home") or ""
    bob, cleo = world.users.find("bob") or "", world.users.find("cleo") or ""
    account = world.authenticate("bobs-token")
    assert account is not None
    assert account.user_id == bob
    assert world.authenticate("my-token") is not None
    names = [role["name"] for role in reversed(world.roles.list(guild))]
    assert names == ["mods", "vips", "helper", "@everyone"]
    roles = {role["name"]: role for role in world.roles.list(guild)}
    assert roles["mods"]["color"] == 0x3498DB
    assert roles["@everyone"]["permissions"] == str(bits("VIEW_CHANNEL", "SEND_MESSAGES"))
    assert world.members.get(guild, bob)["roles"] == [roles["mods"]["id"]]
    assert [item["name"] for item in world.emojis.list(guild)] == ["party"]
    general = world.channels.find("general", guild) or ""
    pinned, hi, hello = world.messages.list(general)
    assert (hello["content"], hello["reactions"][0]["count"]) == ("Hello", 1)
    assert hi["referenced_message"]["id"] == hello["id"]
    assert (hi["pinned"], pinned["type"]) == (True, 6)
    office = world.channels.find("office", guild) or ""
    assert world.permissions.sees(office, bob)
    assert world.permissions.sees(office, cleo)
    assert not world.permissions.sees(office, world.users.create("stranger")["id"])
    ideas = world.channels.get(world.channels.find("ideas", guild) or "")
    assert [tag["name"] for tag in ideas["available_tags"]] == ["bug", "wish"]
    assert world.guilds.get(guild)["system_channel_id"] == general


@pytest.mark.parametrize(
    ("seed", "why"),
    [
        ([], "the seed is an object"),
        ({"guild": []}, "'guild', which is none of users, bots, guilds"),
        ({"users": "ann"}, "users of the seed is a list"),
        ({"guilds": [{"owner": "ann"}]}, r"guilds\[0\] needs a name"),
        ({"guilds": [{"name": "a", "roles": [{"name": "r", "color": "red"}]}]}, "color"),
        ({"guilds": [{"name": "a", "channels": [{"name": "c", "type": "x"}]}]}, "no type 'x'"),
        ({"guilds": [{"name": "a", "members": [{"user": "b", "roles": ["r"]}]}]}, "no role 'r'"),
        ({"guilds": [{"name": "a", "roles": [{"name": "r", "permissions": ["X"]}]}]}, "'X'"),
        ({"guilds": [{"name": "a", "bots": ["nobody"]}]}, "nobody called 'nobody'"),
        ({"bots": [{"name": "a", "privileged_intents": ["X"]}]}, "No privileged intents"),
        (
            {"guilds": [{"name": "a", "channels": [{"name": "c", "messages": [{}]}]}]},
            r"channels\[0\].messages\[0\] needs an author",
        ),
        (
            {
                "guilds": [
                    {
                        "name": "a",
                        "channels": [
                            {"name": "c", "type": "category", "messages": [{"author": "b"}]}
                        ],
                    }
                ]
            },
            "what Discord would refuse",
        ),
    ],
)
def test_a_seed_that_cannot_grow_says_where_and_why(world: World, seed: Any, why: str) -> None:
    with pytest.raises(SeedError, match=why):
        plant(world, seed)


def test_a_local_discord_from_a_seed(tmp_path: Path) -> None:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(SEED))
    with LocalDiscord(world=path) as discord:
        assert discord.world.guilds.find("Home")
        discord.world.user("ann").say("#general", "new")
    assert json.loads(path.read_text()) == SEED  # what a person wrote is never written over


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    with pytest.raises(SeedError, match="no JSON"):
        read(bad)
    with pytest.raises(SeedError, match="cannot be read"):
        read(tmp_path / "missing.yml")


def test_yaml(tmp_path: Path, world: World) -> None:
    path = tmp_path / "world.yml"
    path.write_text(yaml.safe_dump(SEED, allow_unicode=True))
    plant(world, read(path))
    assert world.guilds.find("Home")
    path.write_text("a: [")
    with pytest.raises(SeedError, match="no YAML"):
        read(path)


def test_yaml_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "yaml", None)
    path = tmp_path / "world.yml"
    path.write_text("users: [ann]")
    with pytest.raises(SeedError, match="pip install pyyaml"):
        read(path)
