"""``disruption demo``: a local Discord, an example bot, and a person to talk to it."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..client import Client
    from ..local import LocalDiscord

    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]

__all__ = ["CHANNEL", "register"]

CHANNEL = "#general"
_BOT = "demo-bot"
_START = 30.0  # seconds for the local Discord and the bot to find each other


def register(subcommands: Subcommands) -> None:
    """Add the subcommand to the parser."""
    text = "talk to an example bot on a local Discord: no token, no internet"
    parser = subcommands.add_parser("demo", help=text, description=text)
    parser.add_argument(
        "--script",
        action="store_true",
        help="play a short conversation instead, and exit with 0 only if every answer came",
    )
    parser.add_argument(
        "--user", default="ann", metavar="NAME", help="whom you play (default: %(default)s)"
    )
    parser.add_argument(
        "--deadline",
        type=float,
        default=10.0,
        metavar="SECONDS",
        help="with --script: how long each answer may take (default: %(default)g)",
    )
    parser.add_argument("--log", action="store_true", help="show what the library logs")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Start everything, hold the conversation, stop everything."""
    import sys

    from ..local import LocalDiscord
    from .demo_view import View

    if arguments.log:
        import logging

        logging.basicConfig(
            level=logging.INFO, format="%(threadName)s %(name)s %(levelname)s: %(message)s"
        )
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an emoji must not end a demo on an old console
            stream.reconfigure(errors="replace")
    with ExitStack() as stack:
        discord = stack.enter_context(LocalDiscord())
        client = _bot(discord)
        person = discord.world.user(arguments.user)
        stack.callback(client.stop)
        client.connect(timeout=_START)
        view = stack.enter_context(View(discord.world, person.id))
        if arguments.script:
            from .demo_script import play

            return play(person, view, arguments.deadline)
        from .demo_chat import chat

        print(f"A Discord of your own; its page: {discord.page_url}")
        return chat(person, view)


def _bot(discord: LocalDiscord) -> Client:
    from ..client import Client
    from .demo_bot import DemoBot

    account = discord.add_bot(_BOT)
    return Client(DemoBot(), token=account.token, rest_url=discord.rest_url, name="demo-bot")
