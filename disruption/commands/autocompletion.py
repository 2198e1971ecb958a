"""Answers autocompletions; an error gives no suggestions, and a line in the log."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..errors import BadRequest, ClientStopped, DisruptionError
from ..types import ApplicationCommandOptionChoice, ApplicationCommandOptionType
from ..types.text import truncate

if TYPE_CHECKING:
    from .command import Command
    from .context import AutocompleteContext
    from .parameters import Parameter

__all__ = ["complete"]

_log = logging.getLogger("disruption.commands")
_MOST = 25
_LONGEST = 100


def complete(
    command: Command[..., Any], parameter: Parameter | None, ctx: AutocompleteContext
) -> None:
    """Ask the parameter's function for suggestions, and send them."""
    choices: list[ApplicationCommandOptionChoice] = []
    function = None if parameter is None else parameter.autocomplete
    if function is not None:
        try:
            kind = None if parameter is None else parameter.kind
            choices = [_fitting(one, kind) for one in as_choices(function(ctx, ctx.value))]
        except ClientStopped:
            raise
        except Exception:
            ctx.client.counters.add("commands.autocomplete_errors")
            _log.exception("The completion of %r in %r failed", ctx.focused, command.qualified_name)
    try:
        ctx.responder.autocomplete(choices)
    except ClientStopped:
        raise
    except BadRequest as error:
        ctx.client.counters.add("commands.autocomplete_errors")
        _log.warning("Discord refused the suggestions for %r: %s", ctx.focused, error)
    except DisruptionError as error:  # the user has typed on, or gone
        ctx.client.counters.add("commands.autocomplete_late")
        _log.debug("suggestions for %r came too late: %s", ctx.focused, error)


def as_choices(values: Iterable[Any] | None) -> list[ApplicationCommandOptionChoice]:
    """Return up to 25 choices of values, pairs, a mapping of names, or choices."""
    if values is None:
        return []
    if isinstance(values, dict):
        values = values.items()
    made: list[ApplicationCommandOptionChoice] = []
    for value in values:
        if len(made) == _MOST:
            break
        made.append(_choice(value))
    return made


def _fitting(
    choice: ApplicationCommandOptionChoice, kind: ApplicationCommandOptionType | None
) -> ApplicationCommandOptionChoice:
    """Return a choice whose value is of its option's type, as Discord demands.

    Raises:
        ValueError: It cannot be: it is no number, too long a text, or empty.
    """
    value: Any = choice.value
    if kind is ApplicationCommandOptionType.STRING:
        value = str(value)
        if not 1 <= len(value) <= _LONGEST:
            raise ValueError(
                f"the value of a suggestion has 1 to {_LONGEST} characters, not {len(value)}: "
                f"{value[:_LONGEST]!r}"
            )
    elif kind is ApplicationCommandOptionType.INTEGER:
        value = int(value)
    elif kind is ApplicationCommandOptionType.NUMBER:
        value = float(value)
    return ApplicationCommandOptionChoice(
        name=choice.name, value=value, name_localizations=choice.name_localizations
    )


def _choice(value: Any) -> ApplicationCommandOptionChoice:
    if isinstance(value, ApplicationCommandOptionChoice):
        return value
    if isinstance(value, tuple):
        name, inner = value
    elif hasattr(value, "name") and hasattr(value, "value"):
        name, inner = value.name, value.value
    else:
        name, inner = value, value
    shown = truncate(str(name) or " ", _LONGEST)
    return ApplicationCommandOptionChoice(name=shown, value=inner)
