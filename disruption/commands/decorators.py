"""The decorators for the bodies of classes: plugins and groups of commands.

Outside of classes take those of a client, a plugin or a group, which know where to put them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from ..types import ApplicationCommandType
from .command import Command, CommandSettings, MenuCommand
from .components import Route
from .errors import check_parentheses
from .group import Group

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = [
    "Listener",
    "command",
    "component",
    "group",
    "listener",
    "message_command",
    "modal",
    "user_command",
]

R = TypeVar("R")


@overload
def command(name: Callable[..., R], /) -> Command[..., R]: ...


@overload
def command(
    name: str | None = None,
    *,
    description: str | None = None,
    descriptions: Mapping[str, str] | None = None,
    ephemeral: bool = False,
    defer: bool = True,
    slash: bool = True,
    prefix: bool = False,
    aliases: Sequence[str] = (),
    hidden: bool = False,
    **settings: Unpack[CommandSettings],
) -> Callable[[Callable[..., R]], Command[..., R]]: ...


def command(
    name: Any = None,
    *,
    description: str | None = None,
    descriptions: Mapping[str, str] | None = None,
    ephemeral: bool = False,
    defer: bool = True,
    slash: bool = True,
    prefix: bool = False,
    aliases: Sequence[str] = (),
    hidden: bool = False,
    **settings: Unpack[CommandSettings],
) -> Any:
    """Make a command of a method; see `Client.command`."""

    def make(function: Callable[..., R]) -> Command[..., R]:
        return Command(
            function,
            None if callable(name) else name,
            description=description,
            descriptions=descriptions,
            ephemeral=ephemeral,
            defer=defer,
            slash=slash,
            prefix=prefix,
            aliases=aliases,
            hidden=hidden,
            settings=settings,
        )

    return make(name) if callable(name) else make


def user_command(
    name: str | None = None,
    *,
    ephemeral: bool = False,
    defer: bool = True,
    **settings: Unpack[CommandSettings],
) -> Callable[[Callable[..., R]], MenuCommand[..., R]]:
    """Make a command in the menu of users of a method; see `Client.user_command`."""
    return _menu(ApplicationCommandType.USER, name, ephemeral, defer, settings)


def message_command(
    name: str | None = None,
    *,
    ephemeral: bool = False,
    defer: bool = True,
    **settings: Unpack[CommandSettings],
) -> Callable[[Callable[..., R]], MenuCommand[..., R]]:
    """Make a command in the menu of messages of a method; see `Client.message_command`."""
    return _menu(ApplicationCommandType.MESSAGE, name, ephemeral, defer, settings)


def _menu(
    kind: ApplicationCommandType,
    name: str | None,
    ephemeral: bool,
    defer: bool,
    settings: CommandSettings,
) -> Callable[[Callable[..., R]], MenuCommand[..., R]]:
    check_parentheses(name, f'@{kind.name.lower()}_command("Name")')

    def make(function: Callable[..., R]) -> MenuCommand[..., R]:
        return MenuCommand(
            function, name, kind, ephemeral=ephemeral, defer=defer, settings=settings
        )

    return make


class ClassGroup(Group):
    """A group in the body of a class: its commands are methods, which begin with ``self``."""

    if TYPE_CHECKING:
        # Of a method it is not known which of its parameters is the context.
        @overload  # type: ignore[override]
        def command(self, name: Callable[..., R], /) -> Command[..., R]: ...

        @overload
        def command(
            self,
            name: str | None = None,
            *,
            description: str | None = None,
            descriptions: Mapping[str, str] | None = None,
            ephemeral: bool = False,
            defer: bool = True,
            slash: bool = True,
            prefix: bool = False,
            aliases: Sequence[str] = (),
            hidden: bool = False,
            **settings: Unpack[CommandSettings],
        ) -> Callable[[Callable[..., R]], Command[..., R]]: ...

        def command(self, name: Any = None, **options: Any) -> Any:
            """Make a command of a method; see `Client.command`."""

        def group(
            self,
            name: str | None = None,
            *,
            description: str | None = None,
            aliases: Sequence[str] = (),
            hidden: bool = False,
            **settings: Unpack[CommandSettings],
        ) -> ClassGroup:
            """Make a group in it; see `Client.group`."""


def group(
    name: str | None = None,
    *,
    description: str | None = None,
    aliases: Sequence[str] = (),
    hidden: bool = False,
    **settings: Unpack[CommandSettings],
) -> ClassGroup:
    """Make a group of a class inside a class; see `Client.group`."""
    return ClassGroup(
        name, description=description, aliases=aliases, hidden=hidden, settings=settings
    )


def component(
    pattern: str, *, ephemeral: bool = False, defer: bool = True
) -> Callable[[Callable[..., R]], Route[..., R]]:
    """Let a method take the clicks of components; see `Client.component`."""
    return _route("component", pattern, ephemeral, defer)


def modal(
    pattern: str, *, ephemeral: bool = False, defer: bool = True
) -> Callable[[Callable[..., R]], Route[..., R]]:
    """Let a method take modals; see `Client.modal`."""
    return _route("modal", pattern, ephemeral, defer)


def _route(
    kind: Literal["component", "modal"], pattern: str, ephemeral: bool, defer: bool
) -> Callable[[Callable[..., R]], Route[..., R]]:
    check_parentheses(pattern, f'@{kind}("name:{{number:int}}")')

    def make(function: Callable[..., R]) -> Route[..., R]:
        return Route(function, pattern, kind, ephemeral=ephemeral, defer=defer)

    return make


class Listener:
    """A method that is to be called with events, in the body of a plugin's class."""

    def __init__(self, function: Callable[..., object], classes: tuple[type[Any], ...]) -> None:
        self.function = function
        self.classes = classes

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        if instance is None:
            return self
        return self.function.__get__(instance, owner)


def listener(*classes: type[Any]) -> Callable[[Callable[..., object]], Listener]:
    """Call a method of a plugin with every event of these classes; see `Client.on`.

    ```python
    class Greeter(Plugin):
        @listener(GuildMemberAdd)
        def greet(self, member: GuildMemberAdd) -> None: ...
    ```
    """
    from ..errors import InvalidArgument

    if not classes or not all(isinstance(cls, type) for cls in classes):
        raise InvalidArgument("name event classes: @listener(MessageCreate)")
    return lambda function: Listener(function, classes)
