"""The bot with this library: `python -m benchmarks.bots.ours REST GATEWAY SCENARIO`."""

from __future__ import annotations

import sys
import threading
import time

from benchmarks.bots.recorder import Recorder, leave
from benchmarks.payloads import TOKEN
from benchmarks.scenario import Scenario


def main() -> None:
    """Connect, report, run through the phases."""
    rest_url, _, text = sys.argv[1:]
    scenario = Scenario.from_json(text)
    recorder = Recorder(scenario)
    guilds = threading.Semaphore(0)

    from disruption import Client, Handler
    from disruption.types import Channel, Guild, Message

    if scenario.listens == "command":
        from disruption import Member, SlashContext
        from disruption.rest.answer import State
        from disruption.rest.responder import Responder

    class Bot(Handler):
        def on_guild_create(self, guild: Guild) -> None:
            guilds.release()

    class Listening(Bot):
        def on_message(self, message: Message) -> None:
            recorder.handle(message.content)

    class Deaf(Bot):
        def on_channel_create(self, channel: Channel) -> None:
            recorder.finish()

    handlers = {"message": Listening, "command": Bot, "nothing": Deaf}
    handler = handlers[scenario.listens]()
    client = Client(
        handler,
        TOKEN,
        rest_url=rest_url,
        compress="zlib-stream" if scenario.compressed else None,
    )
    if scenario.listens == "command":
        # Nobody answers, since only the way to the command's first line is measured: each
        # interaction is then left as an answer would leave it.
        answered = Responder(client.rest, application_id=1, interaction_id=1, token="-", type=2)
        answered._answer.state = State.ANSWERED

        @client.command(description="Time out")
        def timeout(ctx: SlashContext, member: Member, minutes: int, reason: str) -> None:
            recorder.handle(reason)
            ctx.interaction.__dict__["_responder"] = answered
            client._deferrals._waiting.pop(ctx.interaction.id, None)

    recorder.constructed()
    client.connect(timeout=30)
    for _ in range(scenario.guilds):
        if not guilds.acquire(timeout=30):
            raise TimeoutError("a GUILD_CREATE has not arrived within 30 seconds")
    time.sleep(0.5)
    recorder.ready()
    recorder.wait()
    leave()


if __name__ == "__main__":
    main()
