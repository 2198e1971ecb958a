"""What the function of a command in a menu is given: a user, a member or a message."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from ..types import GuildMember, Message, User
from .errors import CommandDefinitionError, definition_error
from .parameters.hints import peel, resolve, shown

__all__ = ["Target"]


class Target:
    """What a function takes after the context.

    Attributes:
        wants_member: Whether it takes a member; whoever is none is refused where it takes
            nothing else.
        wants_user: Whether it takes a user, too or alone.
        optional: Whether it takes None for who is no member.

    Args:
        function: The function.
        skip: How many of its parameters come before.
        of_users: Whether the menu is that of users rather than of messages.

    Raises:
        CommandDefinitionError: It takes something else.
    """

    def __init__(self, function: Callable[..., object], skip: int, *, of_users: bool) -> None:
        what = "user" if of_users else "message"
        parameters = list(inspect.signature(function).parameters.values())[skip:]
        needed = [one for one in parameters if one.default is one.empty]
        wrong = not parameters or parameters[0].kind in (
            inspect.Parameter.KEYWORD_ONLY,
            inspect.Parameter.VAR_KEYWORD,
        )
        if wrong or any(
            one.kind is not inspect.Parameter.VAR_KEYWORD for one in needed if one != parameters[0]
        ):
            raise definition_error(
                f"it is given the context and the {what}: (ctx, {what}), not "
                f"{inspect.signature(function)}",
                function,
            )
        classes = _classes(function, parameters[0])
        given = (User, GuildMember) if of_users else (Message,)
        for cls in classes:
            if isinstance(cls, type) and not any(issubclass(each, cls) for each in given):
                raise definition_error(
                    f"{parameters[0].name} is the {what} that was chosen, but it is annotated "
                    f"{shown(cls)}: write {' or '.join(shown(each) for each in given)}",
                    function,
                )
        self.wants_member = GuildMember in classes
        self.wants_user = any(cls is not GuildMember and cls is not None for cls in classes)
        self.optional = None in classes


def _classes(function: Callable[..., object], one: inspect.Parameter) -> tuple[object, ...]:
    """Return the classes that a parameter is annotated with, None for an optional one."""
    if one.annotation is one.empty:
        return ()
    try:
        annotation = resolve(function, one.name, one.annotation, None)
    except CommandDefinitionError:  # it may be imported for the type checker only
        name = str(one.annotation).rsplit(".", 1)[-1].strip("\"'")
        return (GuildMember,) if name in ("GuildMember", "Member") else ()
    classes, _, optional = peel(annotation)
    return (*classes, None) if optional else classes
