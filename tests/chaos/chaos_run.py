"""Chaos: a client on a local Discord that does everything wrong, and the books of what came.

One thread sends numbered messages, one lets faults happen, the client's handler
keeps what it gets. The faults and their order follow from the seed; when exactly
they strike depends on the machine.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from disruption import Client, DecodeError, Handler, RequestFailed, ServerError
from disruption.gateway import Timeouts
from disruption.local import LocalDiscord
from disruption.local.faults import GATEWAY_KINDS
from disruption.local.gateway import GatewayOptions

PATIENCE = 60.0  # seconds for what must come at last
BEAT = 0.5  # seconds between heartbeats
RATE = 200  # messages a second
CHANNELS = 8
REPLY_EVERY = 40  # the handler answers each so manieth message by REST
LIMIT = 1 << 20  # bytes of one gateway message

#: What strikes where it is told to; the rest must be waited for, or brought about.
_BROUGHT_ABOUT = {
    "refuse_connection": "drop",
    "no_hello": "drop",
    "refuse_resume": "drop",
    "no_resumed": "drop",
    "no_ready": "invalid_session",
    "refuse_identify": "invalid_session",
}
#: What takes seconds to recover from: Discord wants them to pass before the next identify.
_LONG = frozenset(
    {"refuse_resume", "no_resumed", "no_ready", "refuse_identify", "invalid_session", "oversized"}
)
#: Close codes after which a client comes back, resuming or not.
_CODES = (1000, 1001, 1012, 4000, 4003, 4007, 4009)


class Keeper(Handler):
    """Keeps the numbers of the messages it gets, by channel, in the order it gets them."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.got: dict[int, list[int]] = {}
        self.answered: list[int] = []
        self.refused: list[int] = []  # where the library said that the answer may not be out
        self.failed: list[BaseException] = []
        self._running: set[int] = set()  # channels whose handler runs
        self.overlaps = 0

    def on_message(self, message: Any) -> None:
        if message.author.bot or not message.content.isdecimal():
            return
        number, channel = int(message.content), message.channel_id
        with self._changed:
            self.overlaps += channel in self._running
            self._running.add(channel)
        if number % REPLY_EVERY == 0:
            try:
                message.channel.send(f"answer {number}")
                self.answered.append(number)
            except (RequestFailed, ServerError, DecodeError):
                self.refused.append(number)  # faults enough to fail all five attempts
        with self._changed:
            self._running.discard(channel)
            self.got.setdefault(channel, []).append(number)
            self._changed.notify_all()

    def on_typing_start(self, event: Any) -> None: ...

    def on_error(self, error: BaseException, event: Any) -> None:
        super().on_error(error, event)
        self.failed.append(error)

    def wait_for_all(self, channel: int, number: int, timeout: float) -> bool:
        """Wait until a message of a channel has come."""
        with self._changed:
            return self._changed.wait_for(lambda: number in self.got.get(channel, ()), timeout)


class Losses(logging.Handler):
    """Counts the losses that the log announces."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "lost its session" in record.getMessage():
            self.lines.append(record.getMessage())


@dataclass
class Books:
    """What was sent, what came, and what was announced as lost."""

    sent: list[tuple[int, int]] = field(default_factory=list)  # (number, channel), in order
    got: dict[int, list[int]] = field(default_factory=dict)
    answered: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)  # what the channels have of the bot
    failed: list[BaseException] = field(default_factory=list)
    overlaps: int = 0
    losses: list[str] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def missing_runs(self) -> list[list[int]]:
        """Return the numbers that did not come, those next to each other together."""
        came = {number for numbers in self.got.values() for number in numbers}
        runs: list[list[int]] = []
        last = -2
        for index, (number, _) in enumerate(self.sent):
            if number in came:
                continue
            if last == index - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
            last = index
        return runs


class Chaos:
    """One run.

    Args:
        kinds: The faults that happen, each many times.
        seconds: How long they do.
        seed: Of their order and their parameters.
    """

    def __init__(self, kinds: Sequence[str], *, seconds: float, seed: int) -> None:
        self._kinds = list(kinds)
        self._seconds = seconds
        self._random = random.Random(seed)
        self._over = threading.Event()
        self._books = Books()
        # Session starts are plenty: a bot of flesh and blood would be stopped at 1,000 a day.
        options = GatewayOptions(heartbeat_interval=BEAT, session_starts=10_000_000)
        self._discord = LocalDiscord(seed=seed, rate_limits=False, gateway=options)

    def run(self) -> Books:
        """Let it happen, let it end, and return the books."""
        with self._discord as discord:
            channels = self._make_channels()
            keeper, losses = Keeper(), Losses()
            logger = logging.getLogger("disruption.client")
            logger.addHandler(losses)
            client = Client(
                keeper,
                discord.add_bot().token,
                rest_url=discord.rest_url,
                ordering="channel",
                max_message_size=LIMIT,
                timeouts=Timeouts(tcp=5, upgrade=5, hello=1, ready=2, send=5, close=0.2),
                name="chaos",
            )
            try:
                client.connect(PATIENCE)
                sender = threading.Thread(target=self._send, args=(channels,), name="sender")
                sender.start()
                try:
                    self._strike(time.monotonic() + self._seconds)
                finally:
                    self._over.set()
                    sender.join()
                    discord.faults.clear()
                self._finish(keeper, channels)
                client.stop(PATIENCE)
            finally:
                client.stop()
                logger.removeHandler(losses)
            self._close_books(client, keeper, losses)
        return self._books

    def _make_channels(self) -> list[dict[str, Any]]:
        """Return a message of each channel, to be sent again with other numbers."""
        world = self._discord.world
        ann = world.user("ann").id
        guild = world.guilds.all()[0]
        made = []
        for number in range(CHANNELS):
            channel = world.channels.create(guild, f"chaos-{number}")["id"]
            made.append({**world.messages.create(channel, ann, "x"), "guild_id": guild})
        return made

    def _say(self, number: int, template: dict[str, Any]) -> None:
        """Send a message as the gateway tells it, without keeping it for ever."""
        world = self._discord.world
        with world.lock:
            data = {**template, "id": world.ids.next(), "content": str(number)}
            world.announce(
                "MESSAGE_CREATE",
                data,
                guild_id=template["guild_id"],
                channel_id=template["channel_id"],
                author_id=template["author"]["id"],
            )
        self._books.sent.append((number, int(template["channel_id"])))

    def _send(self, channels: list[dict[str, Any]]) -> None:
        began, number = time.monotonic(), 0
        while not self._over.is_set():
            due = int((time.monotonic() - began) * RATE)
            while number < due:
                self._say(number, channels[number % CHANNELS])
                number += 1
            self._over.wait(1 / RATE)

    def _strike(self, end: float) -> None:
        """Let faults happen: each kind once, then those that take no seconds more often."""
        bag = list(self._kinds)
        self._random.shuffle(bag)
        while time.monotonic() < end:
            if not bag:
                bag = [*self._kinds, *[kind for kind in self._kinds if kind not in _LONG] * 3]
                self._random.shuffle(bag)
            self._discord.world.wait_until(self._connected, PATIENCE)
            self._do(bag.pop())
            self._over.wait(self._random.uniform(0.05, 0.4))

    def _connected(self) -> bool:
        return any(session.link is not None for session in self._discord.gateway.hub.sessions())

    def _do(self, kind: str) -> None:
        faults, chance = self._discord.faults, self._random
        options: dict[str, Any] = {
            "close": {"code": chance.choice(_CODES)},
            "drop": {"reset": chance.random() < 0.5},
            "freeze": {"seconds": chance.choice((0.2, 1.0, None))},
            "delay": {"seconds": chance.uniform(0.05, 0.3)},
            "invalid_session": {"resumable": chance.random() < 0.5},
            "oversized": {"size": 2 * LIMIT},
            "rate_limit": {
                "scope": chance.choice(("user", "shared", "global")),
                "retry_after": 0.05,
            },
            "reset": {"before": chance.random() < 0.5},
        }.get(kind, {})
        moment = GATEWAY_KINDS.get(kind, ("", ""))[0]
        if moment == "event" and kind not in ("duplicate", "reorder"):
            faults.now(kind, **options)
            return
        if kind in ("duplicate", "reorder"):
            options["event"] = "MESSAGE_CREATE"
        faults.add(kind, **options)
        if kind in _BROUGHT_ABOUT:
            faults.now(_BROUGHT_ABOUT[kind])

    def _finish(self, keeper: Keeper, channels: list[dict[str, Any]]) -> None:
        """Send until every channel has had a last message that came."""
        number = 10_000_000
        end = time.monotonic() + PATIENCE
        for template in channels:
            while True:
                number += 1
                self._say(number, template)
                if keeper.wait_for_all(int(template["channel_id"]), number, 5.0):
                    break
                assert time.monotonic() < end, "the client did not come back from the chaos"

    def _close_books(self, client: Client, keeper: Keeper, losses: Losses) -> None:
        books, world = self._books, self._discord.world
        books.got = keeper.got
        books.answered = keeper.answered
        books.refused = keeper.refused
        books.failed = keeper.failed
        books.overlaps = keeper.overlaps
        books.losses = losses.lines
        books.faults = dict(self._discord.faults.counts)
        books.counts = client.stats.counts
        for channel in {channel for _, channel in books.sent}:
            for message in world.messages.list(str(channel), limit=1_000_000):
                if message["author"].get("bot"):
                    books.answers.append(message["content"])
