"""The help: a line for each command that a user may use, and all about one of them."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from ...types import ApplicationCommandOptionType
from ...types.text import split_text
from ..command import Command
from ..context import PrefixContext
from ..errors import UserError
from ..group import Group
from ..guards.guard import allows
from ..texts import said, texts
from .binding import in_order, is_flag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..context import Context
    from ..parameters import Parameter

__all__ = ["help_command", "help_pages", "mark_of", "names_in", "usage"]

_FEW_CHOICES: Final = 40  # characters
_BOOLEAN: Final = ApplicationCommandOptionType.BOOLEAN


def usage(command: Command[..., Any], ctx: Context) -> str:
    """Return what to write to use a command: ``!roll <sides> [times]``."""
    shape = _shapes if isinstance(ctx, PrefixContext) else _option_shapes
    return " ".join((f"{mark_of(ctx)}{command.qualified_name}", *shape(in_order(command))))


def help_pages(ctx: Context, name: str = "") -> list[str]:
    """Return the help for a user, in pages that are each short enough for a message.

    In a slash command it is about slash commands, else about prefix commands:

    ```python
    @client.command(description="What I can do")
    def help(ctx: SlashContext, command: str = "") -> None:
        for page in help_pages(ctx, command):
            ctx.respond(page, ephemeral=True)
    ```

    Args:
        ctx: The context, whose author is asked for.
        name: A command's or group's name, groups before it, or an alias; empty for all.

    Raises:
        UserError: There is none of this name that they may use.
    """
    wanted = name.strip().removeprefix(mark_of(ctx)).casefold()
    visible = list(_visible(ctx))
    if not wanted:
        return _all(ctx, visible)
    for command in visible:
        if wanted in _names(command):
            return split_text("\n".join(_about(command, ctx)))
    inside = [one for one in visible if any(wanted in _names(group) for group in _groups(one))]
    if not inside:
        raise UserError(texts().no_such_command(ctx, name.strip()))
    group = next(group for group in _groups(inside[0]) if wanted in _names(group))
    return _all(ctx, inside, group.aliases)


def _visible(ctx: Context, within: Group | None = None) -> Iterator[Command[..., Any]]:
    """Iterate over the commands that the author of a context may use there.

    Args:
        ctx: The context.
        within: A group whose commands alone are looked at; that it is hidden itself, or in a
            hidden group, does not count then.
    """
    commands = ctx.client.commands
    prefixed = isinstance(ctx, PrefixContext)
    outside = set() if within is None else {within, *_groups(within)}
    for command in commands.walk() if within is None else within.walk():
        if not isinstance(command, Command) or command.hidden:
            continue
        if any(group.hidden and group not in outside for group in _groups(command)):
            continue
        if command.prefix if prefixed else command.slash:
            plugin = commands._around_of(command)
            around = (*commands.around.guards, *(() if plugin is None else plugin.guards))
            if allows((*around, *command.all_guards), ctx):
                yield command


def _all(
    ctx: Context, visible: Sequence[Command[..., Any]], aliases: Sequence[str] = ()
) -> list[str]:
    if not visible:
        return [texts().help_empty(ctx)]
    lines = [f"`{usage(one, ctx)}` {one.description}" for one in visible]
    if isinstance(ctx, PrefixContext):
        if aliases:
            lines.append(texts().help_aliases(ctx, aliases))
        lines += ("", texts().help_intro(ctx, f"{mark_of(ctx)}{ctx.invoked_with} …"))
    return split_text("\n".join(lines))


def _about(command: Command[..., Any], ctx: Context) -> Iterator[str]:
    yield f"`{usage(command, ctx)}`"
    yield command.description
    for one in in_order(command):
        about = [f"{one.description}{'' if one.description.endswith('.') else '.'}"]
        accepts = said(ctx, one.accepts)
        about.append(f"{accepts[:1].upper()}{accepts[1:]}.")
        if not one.required and one.default not in (None, "", [], ()):
            about.append(f"{texts().help_default(ctx, _shown(one.default))}.")
        yield f"- `{one.name}`: {' '.join(about)}"
    if command.aliases and isinstance(ctx, PrefixContext):
        yield texts().help_aliases(ctx, command.aliases)


def _shown(default: Any) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return str(getattr(default, "name", default))


def _names(item: Command[..., Any] | Group) -> set[str]:
    """Return all that a command or group can be called, its groups before it."""
    heads = {""} if item.parent is None else {f"{head} " for head in _names(item.parent)}
    own = (item.name, *item.aliases)
    return {f"{head}{name}".casefold() for head in heads for name in own}


def _groups(item: Command[..., Any] | Group) -> Iterator[Group]:
    """Iterate over the groups that something is in, the innermost first."""
    while item.parent is not None:
        item = item.parent
        yield item


def mark_of(ctx: Context) -> str:
    """Return what stands before a command's name."""
    if not isinstance(ctx, PrefixContext):
        return "/"
    if ctx.prefix.startswith("<@"):  # in code it would not show as the bot's name
        me = ctx.client.user
        return f"@{me.username if me is not None else 'bot'} "
    return ctx.prefix


def _shapes(parameters: Sequence[Parameter]) -> Iterator[str]:
    for one in parameters:
        if is_flag(one, parameters):
            flag = one.attribute.replace("_", "-")
            inner = f"--{flag}" if one.kind is _BOOLEAN else f"--{flag} {_value(one)}"
            yield inner if one.required else f"[{inner}]"
            continue
        inner = _value(one)
        if one.consumes != "word" or one.keyword_only:
            inner += " (file)" if one.consumes == "file" else "…"
        yield f"<{inner}>" if one.required else f"[{inner}]"


def _option_shapes(parameters: Sequence[Parameter]) -> Iterator[str]:
    for one in parameters:
        yield f"<{_value(one)}>" if one.required else f"[{_value(one)}]"


def _value(one: Parameter) -> str:
    choices = "|".join(choice.name for choice in one.choices)
    return choices if 0 < len(choices) <= _FEW_CHOICES else one.name


@functools.lru_cache(maxsize=8)
def help_command(name: str) -> Command[..., Any]:
    """Return the command that explains the others."""
    return Command(_help, name, description="What I can do", slash=False, prefix=True)


def _help(ctx: PrefixContext, *, command: str = "") -> None:
    first, *others = help_pages(ctx, command)
    ctx.respond(first)
    for page in others:
        ctx.send(page)


def names_in(group: Group, ctx: Context) -> list[str]:
    """Return the names in a group, of what the author of a context may use."""
    depth = len(group.qualified_name.split())
    names = [one.qualified_name.split()[depth] for one in _visible(ctx, group)]
    return list(dict.fromkeys(names))
