"""``disruption commands``: what a program's commands are, and what of them Discord has."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..client import Client

    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]

__all__ = ["register"]

_SAME, _DIFFERS, _REFUSED, _ERROR = 0, 1, 1, 2
_NO_TOKEN = "none"  # for a client that is looked at and never connects
_TEXTS = {
    "diff": "show what differs between the program's commands and those on Discord",
    "sync": "let Discord have the program's commands; only what differs is sent",
    "export": "print the program's commands as JSON, as Discord takes them",
}


def register(subcommands: Subcommands) -> None:
    """Add the subcommand to the parser."""
    text = "compare a program's commands with those on Discord, send or export them"
    parser = subcommands.add_parser("commands", help=text, description=text)
    actions = parser.add_subparsers(metavar="action", required=True, dest="action")
    for name, told in _TEXTS.items():
        action = actions.add_parser(
            name,
            help=told,
            description=told,
            usage=f"disruption commands {name} [options] (SCRIPT | -m MODULE)",
            epilog=_EPILOGS[name],
        )
        _add_arguments(action, name)
        action.set_defaults(run=run)


_EPILOGS = {
    "diff": "Exit codes: 0 nothing differs, 1 something does, 2 it could not be compared.",
    "sync": "Exit codes: 0 done, 1 Discord refused some, 2 it could not be done.",
    "export": "Exit codes: 0 printed, 2 the program could not be loaded.",
}


def _add_arguments(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("script", nargs="?", metavar="SCRIPT", help="the program, bot.py")
    parser.add_argument("-m", dest="module", metavar="MODULE", help="a module instead")
    parser.add_argument(
        "--client", metavar="NAME", help="which client, where the program has several"
    )
    if name == "export":
        parser.add_argument(
            "--guild", type=int, metavar="ID", help="the commands of this guild alone"
        )
        return
    parser.add_argument(
        "--guild",
        type=int,
        action="append",
        metavar="ID",
        help="a guild to test in: it gets all commands, and nothing else is touched",
    )
    parser.add_argument(
        "--clear",
        type=int,
        action="append",
        default=[],
        metavar="ID",
        help="a guild from which commands are taken that are not defined for it",
    )
    parser.add_argument(
        "--no-delete", action="store_true", help="keep commands that are not defined"
    )
    if name == "sync":
        parser.add_argument(
            "--dry-run", action="store_true", help="send nothing, only say what would be"
        )
    parser.add_argument(
        "--local",
        action="store_true",
        help="with a local Discord: whether it would take them; no token, no internet",
    )
    parser.add_argument("--world", metavar="FILE", help="with --local, the world to go on with")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked and return the exit code."""
    from ..errors import DisruptionError, MissingExtra
    from .load_script import CannotLoad, load_client

    if (arguments.script is None) == (arguments.module is None):
        return _failed("name a program (bot.py) or, with -m, a module")
    try:
        if arguments.action == "export":
            with _environment({"DISCORD_TOKEN": os.environ.get("DISCORD_TOKEN", _NO_TOKEN)}):
                client = load_client(arguments.script, arguments.module, arguments.client)
            return _export(client, arguments)
        with _discord(arguments):
            client = load_client(arguments.script, arguments.module, arguments.client)
            return _sync(client, arguments)
    except MissingExtra:
        raise
    except (CannotLoad, DisruptionError) as error:
        return _failed(str(error))


def _failed(problem: str) -> int:
    print(f"disruption: {problem}", file=sys.stderr)
    return _ERROR


def _sync(client: Client, arguments: argparse.Namespace) -> int:
    from ..commands.sync import SyncFailed, sync_commands

    comparing = arguments.action == "diff"
    try:
        report = sync_commands(
            client,
            guilds=arguments.guild,
            dry_run=comparing or arguments.dry_run,
            delete=not arguments.no_delete,
            clear=arguments.clear,
        )
    except SyncFailed as error:
        print(error.report.text(colour=_coloured()))
        print(f"disruption: {error}", file=sys.stderr)
        return _ERROR if comparing else _REFUSED
    finally:
        client.rest.close()
    print(report.text(colour=_coloured()))
    return _DIFFERS if comparing and not report.is_same else _SAME


def _export(client: Client, arguments: argparse.Namespace) -> int:
    from ..commands.sync.normal import normal, sendable

    guild: int | None = arguments.guild
    commands = [
        sendable(normal(client.commands.payload_of(item), guild=guild is not None))
        for item in client.commands.definitions(guild)
    ]
    print(json.dumps(commands, ensure_ascii=False, indent=2))
    others = sorted(client.commands.guild_ids - {guild})
    if others and guild is None:
        names = ", ".join(map(str, others))
        print(f"disruption: guilds with commands of their own: {names} (--guild)", file=sys.stderr)
    return _SAME


def _coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


@contextlib.contextmanager
def _discord(arguments: argparse.Namespace) -> Iterator[None]:
    """Let the program find the Discord that is meant."""
    if not arguments.local:
        yield
        return
    from ..local import LocalDiscord
    from .run import name_of
    from .run_local import account_of

    with LocalDiscord(world=arguments.world, rate_limits=False) as discord:
        _, token = account_of(discord, name_of(arguments))
        with _environment({"DISRUPTION_REST_URL": discord.rest_url, "DISCORD_TOKEN": token}):
            yield


@contextlib.contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
