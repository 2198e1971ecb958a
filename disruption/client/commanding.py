"""The part of the client that people use: commands, components, dialogues, plugins."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from .declaring import Declaring
from .syncing import Syncing

if TYPE_CHECKING:
    from ..commands.command import Command, MenuCommand
    from ..commands.components import Route
    from ..commands.context import Context
    from ..commands.group import Group
    from ..commands.parameters import Translations
    from ..commands.plugin import Plugin
    from ..commands.registry import Commands
    from ..dispatch import Dispatcher
    from ..types import Interaction, Message

__all__ = ["Commanding"]

_M = TypeVar("_M", bound=Callable[[Any, Callable[[], object]], object])

if TYPE_CHECKING:
    Prefix = str | Sequence[str] | Callable[[Message], str | Iterable[str]] | None


class Commanding(Declaring, Syncing):
    """The part of the client that people use.

    Attributes:
        prefix: What prefix commands begin with: a text, several, a function of the message, or
            None for mentions of the bot alone, which always work.
        translations: Texts of the commands, and of `Context.text`, in other languages.
    """

    dispatcher: Dispatcher
    prefix: Prefix
    translations: Translations | None
    _commands: Commands | None
    _changed: threading.Condition

    @property
    def commands(self) -> Commands:
        """All commands, components and modals, and the plugins."""
        found = self._commands
        if found is None:
            from ..commands.registry import Commands

            made = Commands(self)  # type: ignore[arg-type]  # it is the client
            with self._changed:  # one for all threads
                found = self._commands = self._commands or made
        return found

    @property
    def has_commands(self) -> bool:
        """Whether any command is defined that Discord is to know."""
        commands = self._commands
        return commands is not None and bool(commands.definitions() or commands.guild_ids)

    def _defer_policy(self, interaction: Interaction) -> tuple[bool, bool]:
        """Return whether an interaction may be deferred by itself, and whether ephemerally."""
        commands = self._commands
        return (True, False) if commands is None else commands.defer_policy(interaction)

    # What `Declaring` asks for ----------------------------------------------------------------

    def _add_command(self, command: Command[..., Any]) -> None:
        self.commands.add(command)

    def _add_menu(self, command: MenuCommand[..., Any]) -> None:
        self.commands.add(command)

    def _add_route(self, route: Route[..., Any]) -> None:
        self.commands.add_route(route)

    def _add_handler(self, kind: str, function: Callable[..., object]) -> None:
        self.commands.around.add(kind, function)

    def _add_group(self, group: Group) -> None:
        self.commands.add(group)

    # Around events ------------------------------------------------------------------------------

    def middleware(self, function: _M) -> _M:
        """Let a function be around the handling of every event.

        ```python
        @client.middleware
        def traced(event: Event, call_next: Callable[[], object]) -> None:
            with tracer.span(event.event_name):
                call_next()
        ```

        Without ``call_next()`` nobody gets the event, but those who `wait_for` it.
        `command_middleware` is around commands, components and modals alone.
        """
        from .methods import check_function

        check_function(function, "event", "call_next")
        self.dispatcher.add_middleware(function)
        return function

    # Plugins --------------------------------------------------------------------------------

    def add_plugin(self, plugin: Plugin) -> None:
        """Add a plugin: its commands, components, listeners and tasks.

        Raises:
            InvalidArgument: It is a class, is added already, or another has its name.
            CommandDefinitionError: A command of its names is there already; nothing was added.
        """
        from ..commands.plugin import Plugin
        from ..errors import InvalidArgument

        if isinstance(plugin, type):
            raise InvalidArgument(f"give an instance: add_plugin({plugin.__name__}())")
        if not isinstance(plugin, Plugin):
            raise InvalidArgument(f"{plugin!r} is no Plugin")
        plugin._attach(self)  # type: ignore[arg-type]

    def remove_plugin(self, plugin: Plugin | str) -> Plugin:
        """Take a plugin away; what runs of it goes on to its end.

        Args:
            plugin: The plugin or its name.

        Raises:
            InvalidArgument: It is not added.
        """
        from ..errors import InvalidArgument

        found = self.commands.plugins.get(plugin) if isinstance(plugin, str) else plugin
        if found is None:
            names = ", ".join(sorted(self.commands.plugins)) or "none"
            raise InvalidArgument(f"there is no plugin {plugin!r}; there are: {names}")
        found._detach()
        return found

    def load(self, name: str, *, package: str | None = None) -> list[Plugin]:
        """Add the plugins of a module, or of all modules of a package.

        A module's plugins are its `Plugin` objects, and its subclasses of `Plugin` that can be
        made without arguments; or what its function ``setup(client)`` adds or returns.

        Args:
            name: The module's name, as in an import.
            package: Where a relative name (``.fun``) begins.

        Returns:
            The plugins that were added.

        Raises:
            InvalidArgument: There is no such module, or no plugin in it.
        """
        from ..commands.loading import load

        return load(self, name, package=package)  # type: ignore[arg-type]

    def unload(self, name: str) -> list[Plugin]:
        """Take the plugins away that were loaded from a module or package.

        Raises:
            InvalidArgument: None was loaded from there.
        """
        from ..commands.loading import unload

        return unload(self, name)  # type: ignore[arg-type]

    def reload(self, name: str) -> list[Plugin]:
        """Load the plugins of a module or package anew, from its files as they are now.

        Where that fails, the plugins stay as they were and the error is raised.

        Returns:
            The new plugins.

        Raises:
            InvalidArgument: None was loaded from there.
        """
        from ..commands.loading import reload

        return reload(self, name)  # type: ignore[arg-type]

    # Contexts -------------------------------------------------------------------------------

    def context(self, source: Message | Interaction) -> Context:
        """Return a context for a message or interaction that a handler has received.

        With it a handler asks and answers like a command:

        ```python
        def on_message(self, message: Message) -> None:
            if message.content == "!order":
                size = self.client.context(message).choose(["small", "large"])
        ```
        """
        from ..commands.context import context_of

        return context_of(self, source)  # type: ignore[arg-type]
