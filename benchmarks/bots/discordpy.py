"""The bot with discord.py: `python -m benchmarks.bots.discordpy REST GATEWAY SCENARIO`.

A server without compression needs nothing from it: it takes text frames as they come.
"""

from __future__ import annotations

import asyncio
import sys

from benchmarks.bots.recorder import Recorder, leave
from benchmarks.payloads import TOKEN
from benchmarks.scenario import Scenario


def main() -> None:
    """Connect, report, run through the phases."""
    rest_url, gateway_url, text = sys.argv[1:]
    scenario = Scenario.from_json(text)
    recorder = Recorder(scenario)

    import discord
    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    Route.BASE = rest_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)

    class Bot(discord.Client):
        async def on_ready(self) -> None:
            await asyncio.sleep(0.5)
            recorder.ready()
            if recorder.finished:
                leave()

    class Listening(Bot):
        async def on_message(self, message: discord.Message) -> None:
            recorder.handle(message.content)
            if recorder.finished:
                leave()

    class Deaf(Bot):
        async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
            recorder.finish()
            if recorder.finished:
                leave()

    client = (Listening if scenario.listens == "message" else Deaf)(intents=discord.Intents.all())
    if scenario.listens == "command":
        client = Bot(intents=discord.Intents.all())
        globals()["discord"] = discord  # where it looks the annotations up

        @discord.app_commands.CommandTree(client).command(description="Time out")
        async def timeout(
            interaction: discord.Interaction, member: discord.Member, minutes: int, reason: str
        ) -> None:
            recorder.handle(reason)
            if recorder.finished:
                leave()

    recorder.constructed()
    asyncio.run(client.start(TOKEN))


if __name__ == "__main__":
    main()
