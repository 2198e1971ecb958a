"""`Plugin`: a set of commands, components, listeners and tasks, with a state of its own.

Plugins are added to a client and taken away again at run time; `loading.py` does so by the
names of modules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ..client.declaring import Declaring
from ..errors import InvalidArgument
from .around import Around
from .command import Command, MenuCommand
from .components import Route
from .decorators import Listener
from .group import Group
from .guards.guard import guards_of
from .runnable import check_names

if TYPE_CHECKING:
    from ..client import Client

__all__ = ["Plugin"]

_F = TypeVar("_F", bound=Callable[..., object])


class Plugin(Declaring):
    """A set of commands, components, listeners and tasks, with a state of its own.

    ```python
    class Fun(Plugin):
        def __init__(self) -> None:
            super().__init__()
            self.told = 0

        @command(description="Tell a joke")
        def joke(self, ctx: Context) -> None:
            self.told += 1
            ctx.respond("…")

    client.add_plugin(Fun())
    ```

    Without a class, an instance has the decorators of a client: ``fun = Plugin("fun")``, then
    ``@fun.command()``.

    Args:
        name: Its name; by default that of the class.

    Attributes:
        name: Its name.
        client: The client it is added to; None while it is not.
        around: What is registered around its commands.
    """

    def __init__(self, name: str | None = None) -> None:
        self._prepare(name)

    def __init_subclass__(cls, **options: Any) -> None:
        """Refuse commands in place of what a plugin needs itself.

        Raises:
            CommandDefinitionError: One has the name of an attribute of plugins.
        """
        super().__init_subclass__(**options)
        check_names(cls, Plugin, "around", "client", "name")

    def _prepare(self, name: str | None = None) -> None:
        """Collect what the class defines; also where a subclass does not call ours."""
        if "_ready" in self.__dict__:
            if name is not None:
                self.name = name
            return
        self._ready = True
        self.name = name or type(self).__name__
        self.client: Client | None = None
        self._module: str | None = None  # that it was loaded from
        self.around = Around()
        self.around.guards.extend(guards_of(type(self)))
        self._items: list[Command[..., Any] | MenuCommand[..., Any] | Group] = []
        self._routes: list[Route[..., Any]] = []
        self._listeners: list[tuple[Callable[..., object], tuple[type[Any], ...]]] = []
        self._tasks: list[Any] = []
        for attribute, value in _defined(type(self)):
            if isinstance(value, (Command, Group)) and value.parent is not None:
                continue  # its group brings it along
            if isinstance(value, (Command, MenuCommand)):
                self._items.append(getattr(self, attribute))
            elif isinstance(value, Group):
                self._items.append(value.bound_to(self))
            elif isinstance(value, Route):
                self._routes.append(getattr(self, attribute))
            elif isinstance(value, Listener):
                self._listeners.append((getattr(self, attribute), value.classes))
            elif hasattr(type(value), "__disruption_task__"):
                self._tasks.append(getattr(self, attribute))

    def __repr__(self) -> str:
        return f"<Plugin {getattr(self, 'name', type(self).__name__)}>"

    def on_load(self, client: Client) -> None:
        """Do what is to be done when the plugin is added; override it."""

    def on_unload(self, client: Client) -> None:
        """Do what is to be done when the plugin is taken away; override it."""

    def on(self, *classes: type[Any]) -> Callable[[_F], _F]:
        """Call a function with every event of these classes while it is added; see `Client.on`."""
        if not classes:
            raise InvalidArgument("name at least one event class, such as MessageCreate")

        def register(function: _F) -> _F:
            self._prepare()
            self._listeners.append((function, classes))
            if self.client is not None:
                self.client.on(*classes)(function)
            return function

        return register

    # What `Declaring` asks for ----------------------------------------------------------------

    def _add_command(self, command: Command[..., Any]) -> None:
        self._put(command)

    def _add_menu(self, command: MenuCommand[..., Any]) -> None:
        self._put(command)

    def _add_group(self, group: Group) -> None:
        self._put(group)

    def _put(self, item: Command[..., Any] | MenuCommand[..., Any] | Group) -> None:
        self._prepare()
        if self.client is not None:
            self.client.commands.add(item, self)
        self._items.append(item)

    def _add_route(self, route: Route[..., Any]) -> None:
        self._prepare()
        if self.client is not None:
            self.client.commands.add_route(route, self)
        self._routes.append(route)

    def _add_handler(self, kind: str, function: Callable[..., object]) -> None:
        self._prepare()
        self.around.add(kind, function)

    # Adding and taking away ---------------------------------------------------------------------

    def _attach(self, client: Client) -> None:
        """Add all of it to a client, or nothing."""
        self._prepare()
        if self.client is not None:
            raise InvalidArgument(f"the plugin {self.name!r} is added to a client already")
        if self.name in client.commands.plugins:
            raise InvalidArgument(f"the client has a plugin {self.name!r} already")
        try:
            for item in self._items:
                client.commands.add(item, self)
            for route in self._routes:
                client.commands.add_route(route, self)
            for function, classes in self._listeners:
                client.on(*classes)(function)
            for task in self._tasks:
                client.add_task(task)
            client.commands.plugins[self.name] = self
            self.client = client
            self.on_load(client)
        except BaseException:
            self._withdraw(client)
            raise

    def _detach(self) -> None:
        """Take all of it away from its client."""
        client = self.client
        if client is None:
            raise InvalidArgument(f"the plugin {self.name!r} is not added to a client")
        try:
            self.on_unload(client)
        finally:
            self._withdraw(client)

    def _withdraw(self, client: Client) -> None:
        for item in (*self._items, *self._routes):
            client.commands.remove(item)
        for function, _ in self._listeners:
            client.off(function)
        for task in self._tasks:
            client.remove_task(task)
        if client.commands.plugins.get(self.name) is self:
            del client.commands.plugins[self.name]
        self.client = None


def _defined(cls: type) -> list[tuple[str, Any]]:
    """Return what a class and its bases define, bases first, each name once."""
    found: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        found.update(vars(base))
    return list(found.items())
