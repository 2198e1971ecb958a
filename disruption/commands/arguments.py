"""From the options of an interaction to the arguments of a function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from .errors import BadArgument
from .group import Group
from .texts import texts

if TYPE_CHECKING:
    from ..types.interaction import ApplicationCommandInteractionDataOption as Option
    from ..types.message import ResolvedData
    from .command import Command
    from .context import AutocompleteContext, Context
    from .parameters import Parameter

__all__ = ["find_focused", "leaf_of", "slash_arguments"]


def leaf_of(
    group: Group, options: Sequence[Option] | None
) -> tuple[Command[..., Any] | None, Sequence[Option] | None]:
    """Follow the path in a group to the command; return it and its options."""
    item: Any = group
    while isinstance(item, Group):
        if not options:
            return None, None
        item = item.children.get(options[0].name)
        options = options[0].options
    return item, options


def slash_arguments(
    parameters: Iterable[Parameter],
    options: Iterable[Option],
    resolved: ResolvedData | None,
    ctx: Context,
) -> dict[str, Any]:
    """Return the arguments by the function's names; what is not given is its default.

    Raises:
        BadArgument: A value does not fit, or a required one is missing.
    """
    given = {option.name: option.value for option in options}
    arguments: dict[str, Any] = {}
    for parameter in parameters:
        if parameter.name in given:
            arguments[parameter.attribute] = parameter.from_option(
                given[parameter.name], resolved, ctx
            )
        elif parameter.required:
            raise BadArgument(texts().outdated(ctx, parameter.name), parameter.name)
        else:  # one that is ``X | None`` has a default here, though it may have none in Python
            arguments[parameter.attribute] = parameter.default
    return arguments


def find_focused(
    command: Command[..., Any], options: Iterable[Option], ctx: AutocompleteContext
) -> Parameter | None:
    """Fill in what the context of an autocompletion tells; return the focused parameter."""
    ctx.options = {option.name: option.value for option in options}
    ctx.focused, ctx.value = "", ""
    found = None
    for option in options:
        if option.focused:
            ctx.focused = option.name
            ctx.value = "" if option.value is None else str(option.value)
            found = next((p for p in command.parameters if p.name == option.name), None)
    return found
