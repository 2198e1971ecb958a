"""From a message to the prefix command that it is."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from ...errors import DisruptionError
from ..command import Command
from ..context import PrefixContext
from ..texts import texts
from .binding import call_arguments, in_order, parse
from .help import help_command, mark_of, names_in, usage
from .matching import Found, Prefixes, find_command, match_prefix

if TYPE_CHECKING:
    from ...types import Message
    from ..group import Group
    from ..registry import Commands

__all__ = ["run_message"]

_log = logging.getLogger("disruption.commands")


def run_message(commands: Commands, message: Message) -> None:
    """Run the prefix command that a message is, if it is one, on this thread.

    Messages of bots and webhooks are none, nor are those whose first word after the prefix is no
    command: nothing is said then, since other bots may have the same prefix; it is counted.
    """
    client = commands.client
    content = message.content
    if not content:
        return
    prefixes = Prefixes.of(client.prefix)
    if (message.author.bot or message.webhook_id is not None) and not prefixes.bots:
        return
    me = client.user if prefixes.bots or content.startswith("<@") else None
    if me is not None and message.author.id == me.id:
        return
    matched = match_prefix(
        content,
        prefixes(message),
        user_id=me.id if me is not None and prefixes.mention else None,
        ignore_case=prefixes.ignore_case,
    )
    if matched is None:
        return
    prefix, text = matched
    found = find_command(text, commands.prefix_commands, ignore_case=prefixes.ignore_case)
    if found is None and prefixes.help is not None:
        helping = {prefixes.help: help_command(prefixes.help)}
        found = find_command(text, helping, ignore_case=prefixes.ignore_case)
    if found is None:
        client.counters.add("commands.unknown_prefix")
        _log.debug("no prefix command begins with %.40r", text)
        return
    command = found.item if isinstance(found.item, Command) else None
    ctx = PrefixContext(client, message, command)
    ctx.prefix, ctx.invoked_with = prefix, found.name
    if isinstance(found.item, Command):
        _run(commands, found.item, found, ctx)
    else:
        _name_what_is_in(found.item, ctx)


def _run(commands: Commands, command: Command[..., Any], found: Found, ctx: PrefixContext) -> None:
    def arguments() -> tuple[tuple[Any, ...], dict[str, Any]]:
        parameters = in_order(command)
        values = parse(found.rest, parameters, ctx, usage(command, ctx))
        return call_arguments(parameters, values)

    commands.runner.run(command, ctx, arguments)


def _name_what_is_in(group: Group, ctx: PrefixContext) -> None:
    """Tell of what is in a group; nothing to those who may use nothing of it."""
    names = names_in(group, ctx)
    if not names:
        return
    shown = f"{mark_of(ctx)}{group.qualified_name}"
    try:
        ctx.respond(texts().subcommand_needed(ctx, shown, names))
    except DisruptionError as error:
        ctx.client.counters.add("commands.unanswered_errors")
        _log.warning("what is in %r could not be told: %s", group.qualified_name, error)
