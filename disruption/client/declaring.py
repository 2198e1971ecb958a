"""The decorators that make commands, components and modals of functions.

`Grouping` is what clients, plugins and groups have; `Declaring` what clients and plugins have.
Nothing of `disruption.commands` is loaded before the first of them is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeVar, overload

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ..commands.command import Command, CommandSettings, MenuCommand
    from ..commands.components import Route
    from ..commands.context import (
        ComponentContext,
        MessageContext,
        ModalContext,
        PrefixContext,
        SlashContext,
        UserContext,
    )
    from ..commands.group import Group
    from ..commands.runnable import ErrorHandler, Hook, Middleware
    from ..types import Message

__all__ = ["Declaring", "Grouping"]

P = ParamSpec("P")
R = TypeVar("R")
_E = TypeVar("_E", bound="ErrorHandler")
_H = TypeVar("_H", bound="Hook")
_M = TypeVar("_M", bound="Middleware")


class Grouping:
    """What clients, plugins and groups have: commands and groups of commands."""

    def _add_command(self, command: Command[..., Any]) -> None:
        raise NotImplementedError

    def _add_group(self, group: Group) -> None:
        raise NotImplementedError

    @overload
    def command(self, name: Callable[Concatenate[SlashContext, P], R], /) -> Command[P, R]: ...

    @overload
    def command(
        self,
        name: str | None = None,
        *,
        description: str | None = None,
        descriptions: Mapping[str, str] | None = None,
        ephemeral: bool = False,
        defer: bool = True,
        slash: Literal[True] = True,
        prefix: Literal[False] = False,
        **settings: Unpack[CommandSettings],
    ) -> Callable[[Callable[Concatenate[SlashContext, P], R]], Command[P, R]]: ...

    @overload
    def command(
        self,
        name: str | None = None,
        *,
        description: str | None = None,
        descriptions: Mapping[str, str] | None = None,
        ephemeral: bool = False,
        defer: bool = True,
        slash: Literal[True] = True,
        prefix: Literal[True],
        aliases: Sequence[str] = (),
        hidden: bool = False,
        **settings: Unpack[CommandSettings],
    ) -> Callable[[Callable[Concatenate[SlashContext | PrefixContext, P], R]], Command[P, R]]: ...

    @overload
    def command(
        self,
        name: str | None = None,
        *,
        description: str | None = None,
        descriptions: Mapping[str, str] | None = None,
        slash: Literal[False],
        prefix: Literal[True],
        aliases: Sequence[str] = (),
        hidden: bool = False,
    ) -> Callable[[Callable[Concatenate[PrefixContext, P], R]], Command[P, R]]: ...

    def command(
        self,
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
        """Make a slash command of a function, a prefix command, or both.

        Its parameters after the context become the command's options.

        ```python
        @client.command(description="Roll dice")
        def roll(ctx: Context, sides: Annotated[int, Range(2, 100)] = 6) -> None:
            ctx.respond(f"You rolled {random.randint(1, sides)}")
        ```

        Args:
            name: Its name; by default the function's.
            description: By default the first line of the docstring.
            descriptions: Of the options; by default those in the docstring (Google, NumPy, reST).
            ephemeral: Its answers are seen by the user alone, where they do not say otherwise.
            defer: Whether it may be deferred by itself where it takes long; False for one whose
                first answer is a modal.
            slash: Whether it is a slash command.
            prefix: Whether it is a prefix command too (``!roll``).
            aliases: Other names of the prefix command.
            hidden: Whether the help of prefix commands leaves it out.
            settings: See `CommandSettings`.

        Raises:
            CommandDefinitionError: Discord would refuse it, or it could not be called; the
                message has the function's file and line.

        See https://discord.com/developers/docs/interactions/application-commands
        """
        from ..commands.command import Command

        def make(function: Callable[..., R]) -> Command[..., R]:
            command: Command[..., R] = Command(
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
            self._add_command(command)
            return command

        return make(name) if callable(name) else make

    def group(
        self,
        name: str | None = None,
        *,
        description: str | None = None,
        aliases: Sequence[str] = (),
        hidden: bool = False,
        **settings: Unpack[CommandSettings],
    ) -> Group:
        """Make a group of commands; also a decorator of a class that holds them.

        Args:
            name: Its name; by default that of the class, in lower case.
            description: By default the first line of the class's docstring.
            aliases: Other names of it before the prefix commands that it holds.
            hidden: Whether the help of prefix commands leaves out all that it holds.
            settings: See `CommandSettings`; only the outermost group has them.

        Raises:
            CommandDefinitionError: Discord would refuse it.
        """
        from ..commands.group import Group

        return Group(
            name,
            description=description,
            aliases=aliases,
            hidden=hidden,
            settings=settings,
            parent=self if isinstance(self, Group) else None,
            registered=self._add_group,
        )


class Declaring(Grouping):
    """What clients and plugins have: everything that runs for a user."""

    def _add_menu(self, command: MenuCommand[..., Any]) -> None:
        raise NotImplementedError

    def _add_route(self, route: Route[..., Any]) -> None:
        raise NotImplementedError

    def _add_handler(self, kind: str, function: Callable[..., object]) -> None:
        raise NotImplementedError

    def user_command(
        self,
        name: str | None = None,
        *,
        ephemeral: bool = False,
        defer: bool = True,
        **settings: Unpack[CommandSettings],
    ) -> Callable[[Callable[Concatenate[UserContext, Any, P], R]], MenuCommand[P, R]]:
        """Make a command in the menu of users; it is given the context and the user.

        Where the function's parameter is annotated as a member, it is given the member.

        Args:
            name: What the menu shows; by default the function's name in words.
            ephemeral, defer, settings: As for `command`.

        Raises:
            CommandDefinitionError: Discord would refuse it, or it could not be called.
        """
        from ..types import ApplicationCommandType

        decorate: Callable[[Callable[Concatenate[UserContext, Any, P], R]], MenuCommand[P, R]] = (
            self._menu(ApplicationCommandType.USER, name, ephemeral, defer, settings)
        )
        return decorate

    def message_command(
        self,
        name: str | None = None,
        *,
        ephemeral: bool = False,
        defer: bool = True,
        **settings: Unpack[CommandSettings],
    ) -> Callable[[Callable[Concatenate[MessageContext, Message, P], R]], MenuCommand[P, R]]:
        """Make a command in the menu of messages; it is given the context and the message.

        Args:
            name: What the menu shows; by default the function's name in words.
            ephemeral, defer, settings: As for `command`.

        Raises:
            CommandDefinitionError: Discord would refuse it, or it could not be called.
        """
        from ..types import ApplicationCommandType

        decorate: Callable[
            [Callable[Concatenate[MessageContext, Message, P], R]], MenuCommand[P, R]
        ] = self._menu(ApplicationCommandType.MESSAGE, name, ephemeral, defer, settings)
        return decorate

    def _menu(
        self, kind: Any, name: str | None, ephemeral: bool, defer: bool, settings: CommandSettings
    ) -> Callable[[Callable[..., Any]], Any]:
        from ..commands.command import MenuCommand
        from ..commands.errors import check_parentheses

        check_parentheses(name, f'@client.{kind.name.lower()}_command("Name")')

        def make(function: Callable[..., R]) -> MenuCommand[..., R]:
            command: MenuCommand[..., R] = MenuCommand(
                function, name, kind, ephemeral=ephemeral, defer=defer, settings=settings
            )
            self._add_menu(command)
            return command

        return make

    def component(
        self, pattern: str, *, ephemeral: bool = False, defer: bool = True
    ) -> Callable[[Callable[Concatenate[ComponentContext, P], R]], Route[P, R]]:
        """Let a function take the clicks of components whose custom id fits a pattern.

        Nothing is kept in memory: the components of messages of last year work as well.

        ```python
        @client.component("vote:{poll_id:int}:{choice}")
        def vote(ctx: ComponentContext, poll_id: int, choice: str) -> None: ...

        Button.primary("Yes", vote.custom_id(poll_id=7, choice="yes"))
        ```

        Args:
            pattern: The custom id, with the function's parameters in braces.
            ephemeral: Its answers are seen by the user alone, where they do not say otherwise.
            defer: Whether it may be deferred by itself; False for one that opens a modal.

        Raises:
            CommandDefinitionError: The pattern cannot be right, or does not fit the function.
        """
        decorate: Callable[[Callable[Concatenate[ComponentContext, P], R]], Route[P, R]] = (
            self._route("component", pattern, ephemeral, defer)
        )
        return decorate

    def modal(
        self, pattern: str, *, ephemeral: bool = False, defer: bool = True
    ) -> Callable[[Callable[Concatenate[ModalContext, P], R]], Route[P, R]]:
        """Let a function take the modals whose custom id fits a pattern; see `component`."""
        decorate: Callable[[Callable[Concatenate[ModalContext, P], R]], Route[P, R]] = self._route(
            "modal", pattern, ephemeral, defer
        )
        return decorate

    def _route(
        self, kind: Literal["component", "modal"], pattern: str, ephemeral: bool, defer: bool
    ) -> Callable[[Callable[..., Any]], Any]:
        from ..commands.components import Route
        from ..commands.errors import check_parentheses

        check_parentheses(pattern, f'@client.{kind}("name:{{number:int}}")')

        def make(function: Callable[..., R]) -> Route[..., R]:
            route: Route[..., R] = Route(function, pattern, kind, ephemeral=ephemeral, defer=defer)
            self._add_route(route)
            return route

        return make

    # Around them --------------------------------------------------------------------------

    def command_error(self, function: _E) -> _E:
        """Let a function take the errors of commands, components and modals that end here.

        It is called with the context and the error. What it raises, the error itself included,
        goes on to the next one: from the command to its groups, the plugin, the client, and
        then to what the library does.
        """
        self._add_handler("error", function)
        return function

    def command_middleware(self, function: _M) -> _M:
        """Let a function be around every command, component and modal.

        ```python
        @client.command_middleware
        def timed(ctx: Context, call_next: Callable[[], object]) -> None:
            with measured(ctx.command):
                call_next()
        ```

        Without ``call_next()`` the command does not run.
        """
        self._add_handler("middleware", function)
        return function

    def before_command(self, function: _H) -> _H:
        """Call a function with the context before each command; what it raises prevents it."""
        self._add_handler("before", function)
        return function

    def after_command(self, function: _H) -> _H:
        """Call a function with the context when a command has ended well."""
        self._add_handler("after", function)
        return function
