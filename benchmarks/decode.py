"""How fast each library turns the bytes of a frame into its objects, against orjson.loads.

    python -m benchmarks.decode LIBRARY SECONDS

prints one round's result as JSON; the runner interleaves rounds of fresh processes, each of which
times orjson.loads too, so that a slow moment of the machine touches both sides of a ratio.

Everybody starts at the frame's bytes and ends with what a handler is given. discord.py and hikari
parse JSON with orjson, which both pick up when it is installed. Their objects are made by their
own code in the way a gateway event makes them: discord.py's `ConnectionState.parse_…` with the
guild in its cache (and its caching, which cannot be had without), hikari's event factory without
its cache. Dispatching to handlers is left out on every side.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import orjson

from benchmarks import kinds, payloads
from benchmarks.contenders import DISCORD_PY, HIKARI, LIBRARIES, OURS, in_turn, middle
from benchmarks.payloads import BOT_ID, TOKEN, Payloads
from benchmarks.processes import Child
from benchmarks.report import Section, Target

MESSAGE, GUILD, INTERACTION = "MESSAGE_CREATE", "GUILD_CREATE", "INTERACTION_CREATE"
TARGETS = {MESSAGE: 0.45, GUILD: 0.45, INTERACTION: 0.35}
DISTINCT = 64

Parse = Callable[[bytes], Any]


def frames() -> dict[str, list[bytes]]:
    """The frames that are decoded, by event."""
    source = Payloads()
    guild = source.guild_create()
    messages = [source.message_create(i, guild) for i in range(DISTINCT)]
    interactions = [source.interaction_create(guild) for _ in range(DISTINCT)]
    return {
        GUILD: [payloads.frame(GUILD, 2, guild)],
        MESSAGE: [payloads.frame(MESSAGE, 3 + i, data) for i, data in enumerate(messages)],
        INTERACTION: [payloads.frame(INTERACTION, 3, data) for data in interactions],
    }


def with_disruption() -> Parse:
    """This library: what its client does with the frame of an event that it listens to."""
    from disruption import Client
    from disruption.client.onepass import OnePass
    from disruption.client.sink import APART
    from disruption.gateway.envelope import Envelope
    from disruption.types.events import decode_event

    client = Client(token=TOKEN)
    opener = OnePass(lambda cls: True, client, apart=APART, largest=1 << 20)
    opener.begin()
    read = opener.open

    def parse(frame: bytes) -> object:
        payload = read(frame)
        if type(payload) is not Envelope:
            return payload.d
        assert payload.t is not None
        return decode_event(payload.t, payload.d, client)

    return parse


def with_discordpy() -> Parse:
    """discord.py: a connection's state that knows the bot and, but for GUILD_CREATE, the guild."""
    import discord

    state: Any = discord.Client(intents=discord.Intents.all())._connection
    own: Any = payloads.bot_user()
    state.user = discord.ClientUser(state=state, data=own)
    state.dispatch = lambda *_: None
    loads = discord.utils._from_json
    parsers = state.parsers

    def parse(frame: bytes) -> None:
        message = loads(frame)
        name, data = message["t"], message["d"]
        if name == GUILD:
            # As on a first connection: else cached users and the guild would only be updated.
            state._guilds.clear()
            state._users.clear()
        parsers[name](data)

    return parse


def with_hikari() -> Parse:
    """hikari: its event factory, which makes every object its event holds."""
    import hikari
    from hikari.impl.event_factory import EventFactoryImpl
    from hikari.internal.data_binding import default_json_loads

    app = hikari.GatewayBot(TOKEN, banner=None, logs=None, suppress_optimization_warning=True)
    factory: Any = EventFactoryImpl(app)
    makers = {
        MESSAGE: factory.deserialize_message_create_event,
        GUILD: factory.deserialize_guild_available_event,
        INTERACTION: factory.deserialize_interaction_create_event,
    }

    class Shard:
        def get_user_id(self) -> hikari.Snowflake:
            return hikari.Snowflake(BOT_ID)

    shard = Shard()

    def parse(frame: bytes) -> object:
        message: Any = default_json_loads(frame)
        return makers[message["t"]](shard, message["d"])

    return parse


MAKERS = {OURS: with_disruption, DISCORD_PY: with_discordpy, HIKARI: with_hikari}


def time_once(parse: Parse, items: Iterable[bytes], seconds: float) -> float:
    """Nanoseconds a frame, over at least `seconds` of whole passes after a warming one."""
    items = list(items)
    for item in items:
        parse(item)
    passes = 0
    start = now = time.perf_counter_ns()
    while now - start < seconds * 1e9:
        for item in items:
            parse(item)
        passes += 1
        now = time.perf_counter_ns()
    return (now - start) / passes / len(items)


def main() -> None:
    """Time one library once and print `{event: [orjson, library]}` in nanoseconds a frame."""
    library, seconds = sys.argv[1], float(sys.argv[2])
    parse = MAKERS[library]()
    parse(frames()[GUILD][0])
    result = {}
    for name, items in frames().items():
        times = [time_once(one, items, seconds) for one in (orjson.loads, parse)]
        result[name] = times
    print(json.dumps(result))


def measure(*, quick: bool) -> Section:
    """Compare the libraries."""
    section = Section(
        "Typed decode",
        "Speed relative to `orjson.loads` of the same frame (1 would be as fast), envelope "
        "included; more is better. discord.py leaves an interaction's options raw.",
    )
    seconds = 0.1 if quick else 0.5

    def one(library: str) -> dict[str, list[float]]:
        with Child("benchmarks.decode", library, str(seconds)) as child:
            return child.hear(120)

    rounds = in_turn(LIBRARIES, 3 if quick else 5, section.failures, one)
    for name, items in frames().items():
        speeds, times = {}, {}
        for library, results in rounds.items():
            speeds[library] = middle(found[name][0] / found[name][1] for found in results)
            times[library] = middle(found[name][1] for found in results) / 1e3
        alike = (HIKARI,) if name == INTERACTION else (DISCORD_PY, HIKARI)
        size = sum(map(len, items)) / len(items) / 1e3
        section.add(
            f"{name}, {size:.1f} kB",
            "of orjson",
            speeds,
            Target(TARGETS[name], base=None, least=True),
            *(Target(2.0, base=peer, least=True) for peer in alike),
        )
        section.add(f"{name}, time a frame", "µs", times)
    kinds.add_to(section, quick=quick)
    return section


if __name__ == "__main__":
    main()
