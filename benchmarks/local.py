"""The local Discord: how fast it starts, answers, sends, and takes many bots and members.

    python -m benchmarks.local hear REST TOKEN COUNT
    python -m benchmarks.local crowd GATEWAY TOKEN…

are the bots, in processes of their own. The first prints a line when it is ready and one when it
has heard `COUNT` messages; the second runs one gateway for each token, and prints a line when all
are ready and one when each has heard a message.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.contenders import OURS
from benchmarks.processes import Child, ChildFailed
from benchmarks.report import Section, Target

CROWD = 100
MEMBERS = 10_000
PATIENCE = 60.0  # seconds for anything


def measure(*, quick: bool) -> Section:
    """Measure the server, each time with bots of this library."""
    section = Section(
        "The local Discord",
        "A fresh world as a test gets it (`disruption.testing.Discord`). Rate limits are off, but "
        "for those of identifying.",
    )
    parts: dict[str, Callable[[], None]] = {
        "start and stop": lambda: _starts(section, 10 if quick else 50),
        "an answer": lambda: _answers(section, 50 if quick else 500),
        "events to one bot": lambda: _events(section, 5_000 if quick else 20_000),
        f"{CROWD} bots": lambda: _crowd(section),
        f"{MEMBERS:,} members": lambda: _members(section, 1 if quick else 3),
    }
    for name, part in parts.items():
        try:
            part()
        except (ChildFailed, TimeoutError) as error:
            section.failures[name] = str(error)
    return section


def _starts(section: Section, rounds: int) -> None:
    from disruption.testing import Discord

    starts, stops = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        discord = Discord().start()
        started = time.perf_counter()
        discord.stop()
        starts.append((started - began) * 1e3)
        stops.append((time.perf_counter() - started) * 1e3)
    section.add("a fresh world starts, median", "ms", {OURS: median(starts)}, _most(20))
    section.add("it stops, median", "ms", {OURS: median(stops)}, _most(20))


def _answers(section: Section, rounds: int) -> None:
    from disruption import Client, Handler
    from disruption.testing import Discord
    from disruption.types import Message

    class Ping(Handler):
        def on_message(self, message: Message) -> None:
            if message.content.startswith("!ping"):
                message.reply(f"Pong {message.content[6:]}")

    with Discord() as discord:
        bot = discord.local.add_bot("bot")
        with Client(Ping(), bot.token, rest_url=discord.local.rest_url):
            ann, channel = discord.user("ann"), discord.channel()
            took = []
            for number in range(rounds):
                began = time.perf_counter()
                ann.say(f"!ping {number}")
                channel.expect(f"Pong {number}")
                took.append((time.perf_counter() - began) * 1e3)
    section.add(
        "a user's message to the bot's answer, median", "ms", {OURS: median(took)}, _most(5)
    )


def _events(section: Section, count: int) -> None:
    from disruption.testing import Discord

    with Discord() as discord:
        bot = discord.local.add_bot("bot")
        with Child(
            "benchmarks.local", "hear", discord.local.rest_url, bot.token, str(count)
        ) as child:
            child.hear(PATIENCE)
            ann = discord.user("ann")
            began = time.monotonic()
            for number in range(count):
                ann.say(f"message {number}")
            written = time.monotonic()
            ended = child.hear(PATIENCE)["at"]
    values = {OURS: count / (ended - began), "written": count / (written - began)}
    section.add("messages to one bot", "a second", values, Target(5_000, base=None, least=True))


def _crowd(section: Section) -> None:
    from disruption.testing import Discord

    with Discord() as discord:
        tokens = [discord.local.add_bot(f"bot{number}").token for number in range(CROWD)]
        began = time.monotonic()
        with Child("benchmarks.local", "crowd", discord.local.gateway_url, *tokens) as child:
            ready = child.hear(PATIENCE)["at"]
            said = time.monotonic()
            discord.user("ann").say("hello")
            heard = child.hear(PATIENCE)["at"]
    section.add(f"{CROWD} bots at once: all are ready", "s", {OURS: ready - began})
    section.add(f"{CROWD} bots at once: all have a message", "ms", {OURS: (heard - said) * 1e3})


def _members(section: Section, rounds: int) -> None:
    from disruption.local import LocalDiscord

    names = [f"member{number}" for number in range(MEMBERS)]
    data = {"users": names, "guilds": [{"name": "Big", "owner": names[0], "members": names[1:]}]}
    planted, loaded = [], []
    with tempfile.TemporaryDirectory() as folder:
        seed, saved = Path(folder, "seed.json"), Path(folder, "saved.db")
        seed.write_text(json.dumps(data))
        for _ in range(rounds):
            began = time.perf_counter()
            with LocalDiscord(world=seed) as discord:
                planted.append(time.perf_counter() - began)
                discord.save(saved)
            began = time.perf_counter()
            with LocalDiscord(world=saved):
                loaded.append(time.perf_counter() - began)
    name = f"a guild of {MEMBERS:,} members loads"
    section.add(f"{name} from a seed", "s", {OURS: median(planted)}, _most(2))
    section.add(f"{name} from a saved world", "s", {OURS: median(loaded)}, _most(2))


def _most(bound: float) -> Target:
    return Target(bound, base=None)


# The bots ------------------------------------------------------------------------------------


def hear(rest_url: str, token: str, count: int) -> None:
    """Report when a client is ready, and when it has heard `count` messages."""
    from disruption import Client, Handler
    from disruption.types import Message

    done = threading.Event()
    heard = itertools.count(1)

    class Ears(Handler):
        def on_message(self, message: Message) -> None:
            if next(heard) == count:
                done.set()

    with Client(Ears(), token, rest_url=rest_url):
        _say(ready=True)
        if done.wait(PATIENCE):
            _say(at=time.monotonic())


def crowd(gateway_url: str, tokens: list[str]) -> None:
    """Report when a gateway for each token is ready, and when each has heard a message."""
    from disruption.gateway import Gateway
    from disruption.types import Intents
    from disruption.types.events import MessageCreate, Ready

    ready, heard = threading.Semaphore(0), threading.Semaphore(0)

    def listen(token: str) -> None:
        intents = Intents.GUILDS | Intents.GUILD_MESSAGES
        with Gateway(token, intents=intents, url=gateway_url) as gateway:
            for event in gateway:
                if isinstance(event, Ready):
                    ready.release()
                elif isinstance(event, MessageCreate):
                    heard.release()

    for token in tokens:
        threading.Thread(target=listen, args=(token,), daemon=True).start()
    for reached in (ready, heard):
        for _ in tokens:
            if not reached.acquire(timeout=PATIENCE):
                raise TimeoutError("not every bot came through")
        _say(at=time.monotonic())


def _say(**line: Any) -> None:
    print(json.dumps(line), flush=True)


def main() -> None:
    """Run bots for a parent, or measure everything."""
    kind = sys.argv[1] if len(sys.argv) > 1 else ""
    if kind == "hear":
        hear(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    elif kind == "crowd":
        crowd(sys.argv[2], sys.argv[3:])
        sys.stdin.read()  # until the parent ends us
    else:
        print(measure(quick="--quick" in sys.argv).to_markdown())


if __name__ == "__main__":
    main()
