"""What can be set about a client reaches Discord."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

import pytest
from client_bots import PATIENCE, Heard, Listener, People

from disruption import Client, Handler, MissingExtra
from disruption.gateway import presence_data
from disruption.local import LocalDiscord
from disruption.local.server import Bot

MakeClient = Callable[..., Client]

HAS_ZSTD = importlib.util.find_spec("zstandard") is not None


@pytest.mark.parametrize(
    "compress",
    [
        "zlib-stream",
        None,
        pytest.param("zstd-stream", marks=pytest.mark.skipif(not HAS_ZSTD, reason="needs zstd")),
    ],
)
def test_every_compression_carries_events(make: MakeClient, people: People, compress: str | None):
    listener = Listener()
    make(listener, compress=compress, workers=1).connect(PATIENCE)
    texts = [f"{number} {'wörd ' * number}" for number in range(50)]
    for text in texts:
        people.say(text)
    assert listener.heard.wait_count(50) == texts


@pytest.mark.skipif(HAS_ZSTD, reason="zstandard is installed")
def test_a_compression_that_is_not_installed(make: MakeClient):
    with pytest.raises(MissingExtra, match="zstd"):
        make(compress="zstd-stream")


def test_shards_get_their_own_guilds(
    make: MakeClient, local: LocalDiscord, people: People, bot: Bot, quick: None
):
    world = local.world
    for number in range(6):
        guild = world.guilds.create(f"Guild {number}", people.ann.id)["id"]
        world.members.add(guild, bot.user_id)
    heard: dict[int, Heard] = {}

    for shard in range(2):
        heard[shard] = Heard()

        class Sharded(Handler):
            def __init__(self, mine: Heard) -> None:
                self.mine = mine

            def on_guild_create(self, guild: Any) -> None:
                self.mine.add((guild.name, guild.id))

        make(Sharded(heard[shard]), shard=(shard, 2)).connect(PATIENCE)
    guilds = world.guilds.of_user(bot.user_id)
    for shard in range(2):
        mine = {int(guild) for guild in guilds if (int(guild) >> 22) % 2 == shard}
        found = heard[shard].wait_count(len(mine))
        assert {guild_id for _, guild_id in found} == mine


def test_the_first_presence_is_shown(make: MakeClient, people: People, bot: Bot):
    make(presence=presence_data(status="dnd")).connect(PATIENCE)
    assert people.world.presences.get(people.guild, bot.user_id)["status"] == "dnd"


def test_a_changed_presence_outlives_the_session(
    make: MakeClient, local: LocalDiscord, people: People, bot: Bot, quick: None
):
    class Told(Handler):
        def __init__(self) -> None:
            self.heard = Heard()

        def on_ready(self, ready: Any) -> None:
            self.heard.add("ready")

    told = Told()
    client = make(told)
    client.connect(PATIENCE)
    client.update_presence(status="idle")
    local.faults.now("close", code=4009)  # the next session is a new one
    told.heard.wait_count(2)
    assert people.world.presences.get(people.guild, bot.user_id)["status"] == "idle"


def test_on_ready_tells_the_guilds(make: MakeClient, people: People):
    heard = Heard()

    class Bot(Handler):
        def on_ready(self, ready: Any) -> None:
            heard.add(([guild.id for guild in ready.guilds], ready.user.username))

    make(Bot()).connect(PATIENCE)
    assert heard.wait_count(1) == [([int(people.guild)], "bot")]


def test_rest_can_be_found_through_the_environment(
    local: LocalDiscord, bot: Bot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DISRUPTION_REST_URL", local.rest_url)
    monkeypatch.setenv("DISCORD_TOKEN", bot.token)
    with Client() as client:
        assert client.is_ready


def test_messages_ping_nobody_unless_they_say_so(make: MakeClient, people: People):
    client = make()
    client.connect(PATIENCE)
    text = f"@everyone <@{people.ann.id}>"
    for options, mentioned in (({}, 0), ({"allowed_mentions": {"parse": ["users"]}}, 1)):
        sent = client.channel(int(people.general)).send(text, **options)  # type: ignore[arg-type]
        message = people.world.messages.get(people.general, str(sent.id))
        assert len(message["mentions"]) == mentioned
        assert message["mention_everyone"] is False
