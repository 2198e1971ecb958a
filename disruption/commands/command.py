"""Commands: slash commands, and those in the menus of users and messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec, TypedDict, TypeVar

from ..errors import InvalidArgument
from ..rest.command_body import command_body
from ..rest.route import SnowflakeLike, snowflake
from ..types import (
    UNSET,
    ApplicationCommandType,
    ApplicationIntegrationType,
    InteractionContextType,
)
from .context import MessageContext, PrefixContext, SlashContext, UserContext
from .errors import CommandDefinitionError, definition_error
from .parameters import Parameter, fit_description, read_docstring, read_parameters
from .runnable import ErrorHandler, Runnable, check_context, check_given
from .target import Target

if TYPE_CHECKING:
    from typing_extensions import Self

    from ..types import Permissions
    from .group import Group
    from .guards.guard import Guard

__all__ = ["Command", "CommandSettings", "MenuCommand", "Registered", "checked_aliases"]

P = ParamSpec("P")
R = TypeVar("R")
_F = TypeVar("_F", bound=Callable[..., object])
_INNER = frozenset(("name_localizations", "description_localizations"))


class CommandSettings(TypedDict, total=False):
    """What a command on Discord may have besides its name, description and options.

    Attributes:
        name_localizations: Its name in other languages, by locale.
        description_localizations: Its description in other languages, by locale.
        guilds: Where it is; everywhere where none are named.
        contexts: In what surroundings it can be used.
        integration_types: For guilds that installed the app, for users that did, or both.
        default_member_permissions: What a member needs to see it; 0 for administrators only.
        nsfw: Whether it is in age-restricted channels only.
    """

    name_localizations: Mapping[str, str] | None
    description_localizations: Mapping[str, str] | None
    guilds: Iterable[SnowflakeLike] | None
    contexts: Sequence[InteractionContextType | int] | None
    integration_types: Sequence[ApplicationIntegrationType | int] | None
    default_member_permissions: Permissions | int | None
    nsfw: bool


class Registered:
    """What Discord knows by a name of its own: a command that is in no group, or a group.

    Attributes:
        guilds: The guilds it is in; empty for everywhere.
        settings: What its body has besides name, description and options.
    """

    settings: dict[str, Any]
    guilds: tuple[int, ...]

    @property
    def outer_settings(self) -> list[str]:
        """The settings it has that nothing inside a group can have."""
        return [*(set(self.settings) - _INNER), *(["guilds"] if self.guilds else [])]

    def _take(self, settings: CommandSettings) -> None:
        for name in settings.keys() - CommandSettings.__annotations__.keys():
            raise definition_error(_no_setting(name), getattr(self, "callback", self))
        self.guilds = self._guild_ids(settings.get("guilds"))
        self.settings: dict[str, Any] = {
            key: value
            for key, value in settings.items()
            if key != "guilds" and value is not None and value is not False
        }
        permissions = self.settings.get("default_member_permissions")
        if permissions is not None:
            if not isinstance(permissions, int) or permissions < 0:
                raise self._refused(
                    "default_member_permissions", "Permissions.BAN_MEMBERS", permissions
                )
            self.settings["default_member_permissions"] = int(permissions)
        for key, kind in (
            ("contexts", InteractionContextType),
            ("integration_types", ApplicationIntegrationType),
        ):
            given = self.settings.get(key)
            if given is None:
                continue
            chosen: list[Any] = list(given) if isinstance(given, Iterable) else [None]
            if any(one not in list(kind) for one in chosen):
                example = ", ".join(f"{kind.__name__}.{one.name}" for one in kind)
                raise self._refused(key, f"[{example}]", given)
            self.settings[key] = [int(one) for one in chosen]

    def _guild_ids(self, guilds: object) -> tuple[int, ...]:
        if guilds is None:
            return ()
        if isinstance(guilds, str) or not isinstance(guilds, Iterable):
            raise self._refused("guilds", "[guild_id]", guilds)
        try:
            return tuple(int(snowflake(guild, "guilds")) for guild in guilds)
        except InvalidArgument as error:
            raise definition_error(str(error), getattr(self, "callback", self)) from None

    def _refused(self, key: str, example: str, given: object) -> CommandDefinitionError:
        return definition_error(
            f"{key}={given!r} cannot be: write {key}={example}", getattr(self, "callback", self)
        )


def _no_setting(name: str) -> str:
    import difflib

    known = (*CommandSettings.__annotations__, "description", "ephemeral", "defer", "aliases")
    near = difflib.get_close_matches(name, known, n=1)
    return f"there is no {name}=" + (f": did you mean {near[0]}=?" if near else "")


def checked_body(function: object, **body: Any) -> dict[str, Any]:
    """Return the body of a command; what Discord would refuse is an error of its definition.

    Raises:
        CommandDefinitionError: With the field, the rule, the file and the line.
    """
    try:
        return command_body(**body)
    except InvalidArgument as error:
        raise definition_error(str(error), function) from None


def checked_aliases(aliases: Sequence[str], what: object) -> tuple[str, ...]:
    """Return the other names of a prefix command or a group of them.

    Raises:
        CommandDefinitionError: They are no list of words.
    """
    if isinstance(aliases, str):
        raise definition_error(f"aliases={aliases!r}: write a list, [{aliases!r}]", what)
    for alias in aliases:
        if not isinstance(alias, str) or not alias or any(map(str.isspace, alias)):
            raise definition_error(f"the alias {alias!r} must be one word", what)
    return tuple(aliases)


class Command(Runnable[P, R], Registered):
    """A slash command, a prefix command, or both: a function whose signature is its schema.

    Attributes:
        description: What Discord shows below its name.
        parameters: What users fill in, in order.
        parent: The group it is in.
        slash: Whether it is a slash command.
        prefix: Whether it is a prefix command.
        aliases: Other names of the prefix command.
        hidden: Whether the help leaves it out.
    """

    def __init__(
        self,
        callback: Callable[..., R],
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
        settings: CommandSettings | None = None,
    ) -> None:
        super().__init__(
            callback,
            name=_name_of(callback) if name is None else name,
            ephemeral=ephemeral,
            defer=defer,
        )
        if not (slash or prefix):
            raise definition_error("slash=False needs prefix=True, or nobody can use it", callback)
        self.aliases = checked_aliases(aliases, callback)
        if aliases and not prefix:
            raise definition_error("aliases are for prefix commands: add prefix=True", callback)
        self.slash = slash
        self.prefix = prefix
        self.hidden = hidden
        self.parent: Group | None = None
        kinds = (SlashContext,) * slash + (PrefixContext,) * prefix
        skip = check_context(callback, kinds)
        self.description = description or _described(callback, self.name)
        self.parameters: list[Parameter] = read_parameters(
            callback, skip=skip, slash=slash, descriptions=descriptions
        )
        self._take(settings or {})
        if slash:
            self.to_payload()  # refuses what Discord would

    @property
    def qualified_name(self) -> str:
        """Its name with those of its groups before it, as users write it."""
        return self.name if self.parent is None else f"{self.parent.qualified_name} {self.name}"

    @property
    def all_guards(self) -> tuple[Guard, ...]:
        """The guards of its groups and its own."""
        return (*(() if self.parent is None else self.parent.all_guards), *self.guards)

    @property
    def all_error_handlers(self) -> tuple[ErrorHandler, ...]:
        """Its own error handlers, then those of its groups."""
        return (
            *self.error_handlers,
            *(() if self.parent is None else self.parent.all_error_handlers),
        )

    def autocomplete(self, name: str) -> Callable[[_F], _F]:
        """Let a function suggest values for an option while a user writes.

        ```python
        @play.autocomplete("title")
        def titles(ctx: AutocompleteContext, value: str) -> list[str]: ...
        ```

        It returns at most 25 values, `Choice` objects or pairs of name and value.

        Args:
            name: The name of the option, or of the function's parameter.

        Raises:
            CommandDefinitionError: There is no such option, or it cannot be completed.
        """

        def register(function: _F) -> _F:
            check_given(function, "ctx", "value", yields=True)
            for parameter in self.parameters:
                if name in (parameter.name, parameter.attribute):
                    try:
                        parameter.complete_with(function)
                    except InvalidArgument as error:
                        raise definition_error(str(error), self.callback) from None
                    break
            else:
                raise definition_error(f"it has no option {name!r} to complete", self.callback)
            if self.slash:
                self.to_payload()
            return function

        return register

    def to_payload(self) -> dict[str, Any]:
        """Return the command as Discord wants it, or as an option of the group it is in."""
        options = [parameter.to_option() for parameter in self.parameters]
        body = checked_body(
            self.callback,
            type=ApplicationCommandType.CHAT_INPUT.value,
            name=self.name,
            description=self.description,
            options=options or UNSET,
            **self.settings,
        )
        return body

    def bound_to(self, owner: object) -> Self:
        """Return a copy that is a method of `owner`."""
        twin = super().bound_to(owner)
        twin.parameters = [parameter.bound_to(owner) for parameter in self.parameters]
        return twin


class MenuCommand(Runnable[P, R], Registered):
    """A command in the menu of users or of messages.

    Attributes:
        type: Of users or of messages.
        target: What its function takes.
    """

    def __init__(
        self,
        callback: Callable[..., R],
        name: str | None,
        type: ApplicationCommandType,
        *,
        ephemeral: bool = False,
        defer: bool = True,
        settings: CommandSettings | None = None,
    ) -> None:
        words = getattr(callback, "__name__", "command").strip("_").replace("_", " ").capitalize()
        super().__init__(callback, name=name or words, ephemeral=ephemeral, defer=defer)
        self.type = type
        of_users = type is ApplicationCommandType.USER
        skip = check_context(callback, (UserContext if of_users else MessageContext,))
        self.target = Target(callback, skip, of_users=of_users)
        self._take(settings or {})
        self.to_payload()

    def to_payload(self) -> dict[str, Any]:
        """Return the command as Discord wants it."""
        return checked_body(self.callback, type=self.type.value, name=self.name, **self.settings)


def _described(callback: Callable[..., object], name: str) -> str:
    summary = fit_description(read_docstring(callback)[0])
    return summary or f"{name.replace('_', ' ').capitalize()}."


def _name_of(callback: Callable[..., object]) -> str:
    name = getattr(callback, "__name__", "")
    if not name or not name.strip("_") or name == "<lambda>":
        raise definition_error("it has no name of its own: give it one, command('name')", callback)
    return name.strip("_").lower()
