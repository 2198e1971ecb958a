"""Groups of commands: ``/settings show``, ``/music queue add``, ``!settings show``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from ..client.declaring import Grouping
from ..types import ApplicationCommandOptionType, ApplicationCommandType
from .command import Command, CommandSettings, Registered, checked_aliases, checked_body
from .errors import CommandDefinitionError, called_at, definition_error
from .guards.guard import Guard, guards_of
from .parameters import fit_description
from .parameters.hints import as_method
from .runnable import ErrorHandler, OwnErrorHandler, check_given

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Group"]

_C = TypeVar("_C", bound=type)
_E = TypeVar("_E", bound=OwnErrorHandler)
P = ParamSpec("P")
R = TypeVar("R")
_MOST = 25


class Group(Grouping, Registered):
    """A slash command that holds others; two groups deep at most, as Discord has them.

    ```python
    settings = client.group("settings", description="What the bot does here")

    @settings.command(description="Show them")
    def show(ctx: Context) -> None: ...
    ```

    or as a class, whose instance keeps the group's state:

    ```python
    @client.group(description="Music")
    class Music:
        @command(description="Play a song")
        def play(self, ctx: Context, title: str) -> None: ...
    ```

    Attributes:
        name: Its name; empty until a class gives it one.
        description: What Discord demands and hardly shows.
        parent: The group it is in.
        children: What is in it, by name.
        guards: What must let every command in it run.
        aliases: Other names of it in prefix commands.
        hidden: Whether the help of prefix commands leaves it out, with all that is in it.
        where: Where it is written, as ``file.py:12``.
    """

    def __init__(
        self,
        name: str | None = None,
        *,
        description: str | None = None,
        aliases: Sequence[str] = (),
        hidden: bool = False,
        settings: CommandSettings | None = None,
        parent: Group | None = None,
        registered: Callable[[Group], object] | None = None,
    ) -> None:
        self.name = name or ""
        self.description = description or ""
        self.parent = parent
        self.children: dict[str, Command[..., Any] | Group] = {}
        self.guards: list[Guard] = []
        self.error_handlers: list[ErrorHandler] = []
        self.owner: object | None = None
        self._fallback: str | None = None  # the name of a command in it
        self._given = settings or {}
        self._registered = registered  # told once it has a name
        self.where = called_at()
        self.aliases = checked_aliases(aliases, self)
        self.hidden = hidden
        self._changed: Callable[[Group], object] | None = None  # told when it grows
        self._take(self._given)
        if parent is not None:
            self._check_inner()
        if parent is not None and parent.parent is not None:
            raise self._wrong("groups are two deep at most: a group, a group in it, its commands")
        if self.name:
            self._named()

    def __call__(self, cls: _C) -> Self:
        """Fill the group with the commands and groups of a class; a decorator."""
        if not isinstance(cls, type):
            raise definition_error("a group is made of a class, or filled with its .command()", cls)
        self.guards.extend(guards_of(cls))
        self.description = self.description or _first_line(cls)
        if not self.name:
            self.name = cls.__name__.lower()
            self._named()
        self.owner = cls()
        for attribute, value in _members(cls).items():
            if isinstance(value, (Command, Group)) and value.parent is not None:
                continue  # the group in the class's body brings it along
            if isinstance(value, Command):
                self._add_command(value.bound_to(self.owner))
            elif isinstance(value, Group):
                self._adopt(value.bound_to(self.owner))
            elif isinstance(value, type) and _holds_commands(value):
                self.group(attribute.lower())(value)
        return self

    def __repr__(self) -> str:
        return f"<Group {self.qualified_name!r}: {', '.join(self.children) or 'empty'}>"

    @property
    def qualified_name(self) -> str:
        """Its name with that of the group it is in before it."""
        return self.name if self.parent is None else f"{self.parent.qualified_name} {self.name}"

    @property
    def all_guards(self) -> tuple[Guard, ...]:
        """The guards of the group it is in, and its own."""
        return (*(() if self.parent is None else self.parent.all_guards), *self.guards)

    @property
    def all_error_handlers(self) -> tuple[ErrorHandler, ...]:
        """Its own error handlers, then those of the group it is in."""
        return (
            *self.error_handlers,
            *(() if self.parent is None else self.parent.all_error_handlers),
        )

    def error(self, function: _E) -> _E:
        """Let a function take what commands of this group raise; see `Command.error`."""
        check_given(function, "ctx", "error")
        self.error_handlers.append(cast("ErrorHandler", function))
        return function

    def fallback(self, command: Command[P, R]) -> Command[P, R]:
        """Let a command of this group run where a prefix command names none that is in it.

        ``!note tea`` is ``!note show tea`` then, if there is no ``!note tea``. Slash commands,
        of which Discord has no such thing, are not changed by it.

        ```python
        @note.fallback
        @note.command(prefix=True)
        def show(ctx: Context, name: str) -> None: ...
        ```

        Raises:
            CommandDefinitionError: It is no prefix command of this group, or there is another.
        """
        if not isinstance(command, Command) or self.children.get(command.name) is not command:
            raise self._wrong("its fallback is a command of it: @group.fallback above its own")
        if not command.prefix:
            raise definition_error("only a prefix command can be a fallback", command.callback)
        if self._fallback is not None:
            raise self._wrong(f"its fallback is {self._fallback!r} already")
        self._fallback = command.name
        return command

    @property
    def fallback_command(self) -> Command[..., Any] | None:
        """The prefix command that runs where none in it is named; None for none."""
        found = None if self._fallback is None else self.children[self._fallback]
        return found if isinstance(found, Command) else None

    def walk(self) -> Iterator[Command[..., Any]]:
        """Iterate over all commands in it, those of inner groups included."""
        for child in self.children.values():
            if isinstance(child, Group):
                yield from child.walk()
            else:
                yield child

    @property
    def children_by_name(self) -> dict[str, Command[..., Any] | Group]:
        """What is in it, by name and alias."""
        every = self.children.values()
        aliases = {alias: child for child in every for alias in child.aliases}
        return {**aliases, **self.children}

    @property
    def slash(self) -> bool:
        """Whether any command in it is a slash command; an empty group is to hold some."""
        return not self.children or any(command.slash for command in self.walk())

    @property
    def prefix(self) -> bool:
        """Whether any command in it is a prefix command."""
        return any(command.prefix for command in self.walk())

    def to_payload(self) -> dict[str, Any]:
        """Return the group as Discord wants it, with all that is in it.

        Raises:
            CommandDefinitionError: It is empty, or Discord would refuse something of it.
        """
        options = self._options()
        if not options:
            raise self._wrong("it has no commands, and Discord takes no empty group")
        return checked_body(
            self,
            type=ApplicationCommandType.CHAT_INPUT.value,
            name=self.name,
            description=self._text(),
            options=options,
            **self.settings,
        )

    def bound_to(self, owner: object) -> Self:
        """Return a copy whose commands are methods of `owner`, where they are methods."""
        twin = type(self)(
            self.name,
            description=self.description,
            aliases=self.aliases,
            hidden=self.hidden,
            settings=self._given,
        )
        twin.where = self.where
        twin.guards = list(self.guards)
        twin.error_handlers = [as_method(each, owner) for each in self.error_handlers]
        twin.owner = self.owner
        twin._fallback = self._fallback
        for child in self.children.values():
            if isinstance(child, Group):
                twin._adopt(child.bound_to(owner))
            else:
                twin._add_command(child if child.owner is not None else child.bound_to(owner))
        return twin

    # What `Grouping` asks for -----------------------------------------------------------------

    def _add_command(self, command: Command[..., Any]) -> None:
        wrong = command.outer_settings
        if wrong:
            raise definition_error(
                f"only the outermost group can have {', '.join(wrong)}, not a command in it",
                command.callback,
            )
        self._admit(command, command.callback)
        command.parent = self
        self.children[command.name] = command
        self._grown()

    def _add_group(self, group: Group) -> None:
        self._admit(group, group)
        self.children[group.name] = group
        self._grown()

    def _adopt(self, group: Group) -> None:
        """Take in a group that was made without one."""
        if self.parent is not None:
            raise self._wrong("groups are two deep at most: a group, a group in it, its commands")
        group._check_inner()
        for child in group.children.values():
            if isinstance(child, Group):
                raise group._wrong("groups are two deep at most")
        group.parent = self
        self._add_group(group)

    def _admit(self, child: Command[..., Any] | Group, what: object) -> None:
        taken = self.children_by_name
        for name in (child.name, *child.aliases):
            if name in taken:
                raise definition_error(f"{self.qualified_name!r} has a {name!r} already", what)
        if len(self.children) >= _MOST:
            raise definition_error(f"{self.qualified_name!r} has {_MOST} commands already", what)

    # -----------------------------------------------------------------------------------------

    def _named(self) -> None:
        checked_body(
            self,
            type=ApplicationCommandType.CHAT_INPUT.value,
            name=self.name,
            description=self._text(),
            **self.settings,
        )
        if self._registered is not None:
            self._registered(self)

    def _text(self) -> str:
        return self.description or f"{self.name.replace('_', ' ')} commands."

    def _options(self) -> list[dict[str, Any]]:
        options = []
        for child in self.children.values():
            if isinstance(child, Group):
                inner = child._options()
                if not inner:
                    raise child._wrong("it has no commands, and Discord takes no empty group")
                kind = ApplicationCommandOptionType.SUB_COMMAND_GROUP
                option = {
                    "name": child.name,
                    "description": child._text(),
                    **child.settings,
                    "options": inner,
                }
            elif not child.slash:
                continue
            else:
                kind = ApplicationCommandOptionType.SUB_COMMAND
                option = child.to_payload()
            options.append({**option, "type": kind.value})
        return options

    def _grown(self) -> None:
        """Tell the registry, which may have to listen for messages from now on."""
        top = self if self.parent is None else self.parent
        if top._changed is not None:
            top._changed(top)

    def _check_inner(self) -> None:
        wrong = self.outer_settings
        if wrong:
            raise self._wrong(f"only the outermost group can have {', '.join(wrong)}")

    def _wrong(self, text: str) -> CommandDefinitionError:
        return definition_error(f"group {self.qualified_name!r}: {text}", self)


def _holds_commands(cls: type) -> bool:
    return any(isinstance(value, (Command, Group)) for value in _members(cls).values())


def _members(cls: type) -> dict[str, Any]:
    """Return what is written in a class and in those that it inherits from, theirs first."""
    found: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        found.update(vars(base))
    return found


def _first_line(cls: type) -> str:
    return fit_description((cls.__doc__ or "").strip().split("\n", 1)[0])
