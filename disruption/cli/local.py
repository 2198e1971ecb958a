"""``disruption local``: a Discord on this machine, for bots of any library, until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
import textwrap
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .other_libraries import SETTINGS

if TYPE_CHECKING:
    from ..local import LocalDiscord

    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]

__all__ = ["register"]


def register(subcommands: Subcommands) -> None:
    """Add the subcommand to the parser."""
    text = "run a Discord on this machine: no token, no internet, bots of any library"
    parser = subcommands.add_parser("local", help=text, description=text)
    parser.add_argument(
        "--world",
        metavar="FILE",
        help="a world to go on with (.json; made if it is not there, and kept), or a seed "
        "(.yml or .json) to begin with",
    )
    parser.add_argument("--save", metavar="FILE", help="keep the world in this file at the end")
    parser.add_argument(
        "--port", type=_port, default=0, help="port of REST (default: one that is free)"
    )
    parser.add_argument(
        "--gateway-port", type=_port, default=0, help="port of the gateway (default: a free one)"
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="where to listen (default: %(default)s)"
    )
    parser.add_argument(
        "--exposed",
        action="store_true",
        help="allow a host that other machines can reach; who has the page's address or a token "
        "can do anything in this Discord",
    )
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        help="a name by which other machines address it, a container's say; the first is in the "
        "addresses that are given out; can be given several times",
    )
    parser.add_argument(
        "--secret",
        help="what the page and /local/ demand, 16 letters and digits or more (default: a new one)",
    )
    parser.add_argument(
        "--bot",
        action="append",
        default=[],
        metavar="NAME[:TOKEN]",
        help="add a bot to every guild; can be given several times",
    )
    parser.add_argument(
        "--no-rate-limits", action="store_true", help="let bots ask as fast as they like"
    )
    parser.add_argument(
        "--env", action="store_true", help="print how each library is pointed at it"
    )
    parser.set_defaults(run=run)


def _port(text: str) -> int:
    if text.isdecimal() and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port, which is a number from 0 to 65535")


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM, then keep the world where it was asked for."""
    import signal
    import threading

    from ..local import LocalDiscord, SeedError, WorldFileError

    ended = threading.Event()
    try:
        discord = LocalDiscord(
            host=arguments.host,
            rest_port=arguments.port,
            gateway_port=arguments.gateway_port,
            rate_limits=not arguments.no_rate_limits,
            exposed=arguments.exposed,
            hosts=arguments.name,
            secret=arguments.secret,
            seed=None,
            world=arguments.world,
        )
        _add_bots(discord, arguments.bot)
        discord.start()
    except (SeedError, WorldFileError, ValueError, OSError) as error:
        print(f"disruption: {error}", file=sys.stderr)
        return 2
    try:
        before = signal.signal(signal.SIGTERM, lambda *_: ended.set())
        try:
            _tell(discord, with_settings=arguments.env)
            ended.wait()
        except KeyboardInterrupt:
            print()  # the terminal has written ^C
        finally:
            signal.signal(signal.SIGTERM, before)
    finally:
        discord.stop()
    if arguments.save:
        discord.save(arguments.save)
        print(f"The world is kept in {arguments.save}")
    return 0


def _add_bots(discord: LocalDiscord, wanted: list[str]) -> None:
    """Add the bots that were asked for, and one if there is none at all."""
    names = wanted if wanted or discord.world.applications.all() else ["bot"]
    for item in names:
        name, _, token = item.partition(":")
        if discord.world.users.find(name) is None:
            discord.add_bot(name, token or None)


def _tell(discord: LocalDiscord, *, with_settings: bool) -> None:
    world = discord.world
    print("A Discord of your own is running; Ctrl-C ends it.")
    print(f"  page     {discord.page_url}")
    print(f"  REST     {discord.rest_url}")
    print(f"  gateway  {discord.gateway_url}")
    guilds = ", ".join(world.guilds.get(guild_id)["name"] for guild_id in world.guilds.all())
    print(f"  guilds   {guilds or 'none'}")
    for application_id in world.applications.all():
        name = world.users.get(application_id)["username"]
        print(f"  bot      {name}: {world.applications.token(application_id)}")
    if with_settings:
        _tell_settings(discord)
    sys.stdout.flush()


def _tell_settings(discord: LocalDiscord) -> None:
    """Print the lines that point each library at the running server."""
    print("\nWhat points a bot at it; nothing else of its program has to change:")
    address = urlsplit(discord.rest_url)
    for library, setting in SETTINGS.items():
        filled = setting.format(
            rest=discord.rest_url,
            gateway=discord.gateway_url,
            origin=discord.rest_url.removesuffix("/api/v10"),
            host=address.hostname,
            port=address.port,
        )
        print(f"\n  {library}")
        print(textwrap.indent(filled, " " * 6))
