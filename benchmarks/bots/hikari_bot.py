"""The bot with hikari: `python -m benchmarks.bots.hikari_bot REST GATEWAY SCENARIO`."""

from __future__ import annotations

import asyncio
import functools
import sys
from typing import Any

from benchmarks.bots.recorder import Recorder, leave
from benchmarks.payloads import TOKEN
from benchmarks.scenario import Scenario


def main() -> None:
    """Connect, report, run through the phases."""
    rest_url, _, text = sys.argv[1:]
    scenario = Scenario.from_json(text)
    recorder = Recorder(scenario)

    import hikari
    from hikari.impl import shard

    if not scenario.compressed:
        # The bot has no option for it, the shard has; one that expects zlib cannot read text.
        module: Any = shard
        module.GatewayShardImpl = functools.partial(shard.GatewayShardImpl, compression=None)

    bot = hikari.GatewayBot(
        TOKEN,
        rest_url=rest_url,
        intents=hikari.Intents.ALL,
        banner=None,
        logs="WARNING",
        suppress_optimization_warning=True,
    )

    @bot.listen(hikari.StartedEvent)
    async def on_started(_: hikari.StartedEvent) -> None:
        await asyncio.sleep(0.5)
        recorder.ready()
        if recorder.finished:
            leave()

    if scenario.listens == "message":

        @bot.listen(hikari.GuildMessageCreateEvent)
        async def on_message(event: hikari.GuildMessageCreateEvent) -> None:
            recorder.handle(event.message.content or "")
            if recorder.finished:
                leave()
    else:

        @bot.listen(hikari.GuildChannelCreateEvent)
        async def on_channel_create(_: hikari.GuildChannelCreateEvent) -> None:
            recorder.finish()
            if recorder.finished:
                leave()

    recorder.constructed()
    bot.run(check_for_updates=False)


if __name__ == "__main__":
    main()
