"""`Commands`: all that a client's users can use, and what each interaction goes to."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..dispatch.waiters import WAITED_FOR
from ..errors import DisruptionError
from ..types import ApplicationCommandType, InteractionType
from ..types.events import InteractionCreate, MessageCreate
from .arguments import find_focused, leaf_of, slash_arguments
from .around import Around
from .autocompletion import complete
from .command import Command, MenuCommand
from .components import Route, Routes
from .context import (
    AutocompleteContext,
    ComponentContext,
    Context,
    MessageContext,
    ModalContext,
    SlashContext,
    UserContext,
    context_of,
)
from .dialogue.prompt import MARK, Prompts
from .errors import BadArgument, definition_error
from .group import Group
from .parameters import localize
from .prefix.matching import Prefixes
from .runnable import Runnable, check_owned
from .running import Runner
from .texts import texts

if TYPE_CHECKING:
    from ..client import Client
    from ..types import Interaction
    from ..types.interaction import ApplicationCommandInteractionDataOption as Option
    from .plugin import Plugin

__all__ = ["Commands"]

_log = logging.getLogger("disruption.commands")

Item = Command[..., Any] | MenuCommand[..., Any] | Group
_SLASH = ApplicationCommandType.CHAT_INPUT
_EVERYWHERE = 0


class Commands:
    """All commands, components and modals of a client.

    ``client.commands`` is one. Iterating gives every command that is in no group, and every
    group, in the order in which they were defined.

    Attributes:
        client: Whose they are.
        around: What is registered on the client: guards, middleware, hooks, error handlers.
        prompts: The open questions of dialogues.
        components: The routes of components.
        modals: The routes of modals.
        plugins: The plugins, by name.
        runner: Runs them.
    """

    def __init__(self, client: Client) -> None:
        self.client = client
        self.around = Around()
        self.prompts = Prompts(client)
        self.components = Routes()
        self.modals = Routes()
        self.plugins: dict[str, Plugin] = {}
        self.runner = Runner(client, self.around, self._around_of)
        self._items: tuple[Item, ...] = ()  # replaced, never changed
        self._by_key: dict[tuple[int, str, int], Item] = {}  # type, name, guild or 0
        self._prefix: dict[str, Command[..., Any] | Group] = {}
        self._owners: dict[int, Plugin] = {}  # id of a runnable -> its plugin
        self._listening = False
        self._reading = False

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def walk(self) -> Iterator[Command[..., Any] | MenuCommand[..., Any]]:
        """Iterate over all commands, those in groups included."""
        for item in self._items:
            if isinstance(item, Group):
                yield from item.walk()
            else:
                yield item

    def get(self, name: str) -> Command[..., Any] | MenuCommand[..., Any] | Group | None:
        """Return a command or group by its name, groups before it: ``"music queue add"``."""
        for item in self._items:
            if item.qualified_name == name:
                return item
            if isinstance(item, Group):
                for command in item.walk():
                    if command.qualified_name == name:
                        return command
                for child in item.children.values():
                    if child.qualified_name == name:
                        return child
        return None

    @property
    def prefix_commands(self) -> dict[str, Command[..., Any] | Group]:
        """The prefix commands by name and alias, groups by name."""
        return self._prefix

    def definitions(self, guild_id: int | None = None) -> list[Item]:
        """Return what Discord is to know: of all guilds (None), or of one guild alone."""
        return [
            item
            for item in self._items
            if _is_known(item) and (guild_id in item.guilds if guild_id else not item.guilds)
        ]

    @property
    def guild_ids(self) -> set[int]:
        """The guilds that have commands of their own."""
        return {guild for item in self._items if _is_known(item) for guild in item.guilds}

    def payload_of(self, item: Item) -> dict[str, Any]:
        """Return a command or group as Discord wants it, with the client's translations.

        Raises:
            InvalidArgument: A translation is too long, or no name that Discord takes.
        """
        payload = item.to_payload()
        translations = self.client.translations
        return payload if translations is None else localize(payload, translations)

    # Defining ---------------------------------------------------------------------------------

    def add(self, item: Item, plugin: Plugin | None = None) -> None:
        """Take a command or group in.

        Raises:
            CommandDefinitionError: There is one of its kind and name, or it is a method of
                nobody.
        """
        if isinstance(item, Runnable):
            check_owned(item)
        source = item.callback if isinstance(item, Runnable) else item
        keys = _keys(item)
        for key in keys:
            other = self._by_key.get(key)
            if other is not None and other is not item:
                raise definition_error(
                    f"there is a command {item.name!r} already ({other.where})", source
                )
        names = self._free_names(item, source)
        if isinstance(item, Group):
            item._changed = self._regroup
        self._items = (*self._items, item)
        self._by_key = {**self._by_key, **dict.fromkeys(keys, item)}
        if isinstance(item, (Command, Group)):
            self._prefix = {**self._prefix, **dict.fromkeys(names, item)}
        if plugin is not None:
            self._owners[id(item)] = plugin
        if keys:
            self.listen()
        if names:
            self._read()

    def add_route(self, route: Route[..., Any], plugin: Plugin | None = None) -> None:
        """Take the route of a component or modal in.

        Raises:
            CommandDefinitionError: There is one with its pattern.
        """
        check_owned(route)
        (self.components if route.type == "component" else self.modals).add(route)
        if plugin is not None:
            self._owners[id(route)] = plugin
        self.listen()

    def _regroup(self, group: Group) -> None:
        """See to a group that has grown: it may have its first prefix command now."""
        names = self._free_names(group, group)
        if not names:
            return
        if group.name not in self._prefix:
            self._prefix = {**self._prefix, **dict.fromkeys(names, group)}
        self._read()

    def _free_names(self, item: Item, source: object) -> list[str]:
        """Return the prefix names of an item; those of another one are refused."""
        names = _prefix_names(item)
        for name in names:
            other = self._prefix.get(name, item)
            if other is not item:
                raise definition_error(
                    f"there is a prefix command {name!r} already ({other.where})", source
                )
        return names

    def remove(self, item: Item | Route[..., Any]) -> None:
        """Take a command, group or route away, if it is there."""
        self._owners.pop(id(item), None)
        if isinstance(item, Route):
            self.components.remove(item)
            self.modals.remove(item)
            return
        if isinstance(item, Group):
            item._changed = None
        self._items = tuple(each for each in self._items if each is not item)
        self._by_key = {key: each for key, each in self._by_key.items() if each is not item}
        self._prefix = {name: each for name, each in self._prefix.items() if each is not item}

    def listen(self) -> None:
        """See to interactions from now on."""
        if not self._listening:
            self._listening = True
            self.client.on(InteractionCreate)(self.interaction)

    def _read(self) -> None:
        if not self._reading:
            self._reading = True
            Prefixes.of(self.client.prefix)  # refuses what can be none
            self.client.on(MessageCreate)(self.message)

    def _around_of(self, runnable: Runnable[..., Any]) -> Around | None:
        if not self._owners:
            return None
        top: Any = runnable
        while getattr(top, "parent", None) is not None:
            top = top.parent
        plugin = self._owners.get(id(top))
        return None if plugin is None else plugin.around

    # Running ------------------------------------------------------------------------------------

    def interaction(self, interaction: InteractionCreate) -> None:
        """Run what an interaction is for, on this thread."""
        kind = interaction.type
        if kind is InteractionType.APPLICATION_COMMAND:
            self._command(interaction)
        elif kind is InteractionType.MESSAGE_COMPONENT or kind is InteractionType.MODAL_SUBMIT:
            self._route(interaction)
        elif kind is InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE:
            self._autocomplete(interaction)

    def message(self, message: MessageCreate) -> None:
        """Run the prefix command that a message is, if it is one, on this thread."""
        from .prefix.runner import run_message

        run_message(self, message)

    def find(self, interaction: Interaction) -> Runnable[..., Any] | None:
        """Return what an interaction is for, None where there is nothing."""
        data = interaction.data
        if data is None:
            return None
        if data.custom_id is not None:
            modal = interaction.type is InteractionType.MODAL_SUBMIT
            found = (self.modals if modal else self.components).find(data.custom_id)
            return None if found is None else found[0]
        item = self._item(interaction)
        if isinstance(item, Group):
            return leaf_of(item, data.options)[0]
        return item

    def defer_policy(self, interaction: Interaction) -> tuple[bool, bool]:
        """Return whether an interaction may be deferred by itself, and whether ephemerally."""
        runnable = self.find(interaction)
        return (True, False) if runnable is None else (runnable.defer, runnable.ephemeral)

    def _item(self, interaction: Interaction) -> Item | None:
        data = interaction.data
        if data is None or data.name is None:
            return None
        kind = int(data.type or _SLASH)
        by_key = self._by_key
        found = by_key.get((kind, data.name, int(data.guild_id or _EVERYWHERE)))
        if found is None:
            found = by_key.get((kind, data.name, _EVERYWHERE))
        return found

    def _command(self, interaction: Interaction) -> None:
        item = self._item(interaction)
        data = interaction.data
        options: Sequence[Option] | None = None if data is None else data.options
        if isinstance(item, Group):
            item, options = leaf_of(item, options)
        if item is None or data is None:
            self._unknown(interaction)
        elif isinstance(item, Command):
            ctx = SlashContext(self.client, interaction, item)
            parameters, resolved, given = item.parameters, data.resolved, options or ()
            self.runner.run(
                item, ctx, lambda: ((), slash_arguments(parameters, given, resolved, ctx))
            )
        else:
            self._menu(interaction, item)

    def _menu(self, interaction: Interaction, item: MenuCommand[..., Any]) -> None:
        if item.type is ApplicationCommandType.USER:
            of_user = UserContext(self.client, interaction)
            _use_settings(of_user, item)
            self.runner.run(item, of_user, lambda: ((_user_target(of_user, item),), {}))
        else:
            of_message = MessageContext(self.client, interaction)
            _use_settings(of_message, item)
            self.runner.run(item, of_message, lambda: ((_message_target(of_message),), {}))

    def _route(self, interaction: Interaction) -> None:
        data = interaction.data
        if data is None or data.custom_id is None:
            return
        if data.custom_id.startswith(MARK):
            self.prompts.stray(interaction)
            return
        modal = interaction.type is InteractionType.MODAL_SUBMIT
        found = (self.modals if modal else self.components).find(data.custom_id)
        if found is None:
            self._untaken(interaction, data.custom_id)
            return
        route, values = found
        kind = ModalContext if modal else ComponentContext
        ctx = kind(self.client, interaction)
        _use_settings(ctx, route)
        self.runner.run(route, ctx, lambda: ((), dict(values)))

    def _untaken(self, interaction: Interaction, custom_id: str) -> None:
        """Tell the user of a component or modal that nothing takes, where nobody else may."""
        self.client.counters.add("commands.unknown_custom_ids")
        if self._others_listen(interaction):
            _log.debug("no component or modal takes %r; others may", custom_id)
            return
        _log.warning("no component or modal of this program takes the custom id %r", custom_id)
        ctx = context_of(self.client, interaction)
        try:
            ctx.respond(texts().unknown_component(ctx), ephemeral=True)
        except DisruptionError as error:
            _log.warning("the user of %r could not be told: %s", custom_id, error)

    def _autocomplete(self, interaction: Interaction) -> None:
        item = self._item(interaction)
        data = interaction.data
        options: Sequence[Option] | None = None if data is None else data.options
        if isinstance(item, Group):
            item, options = leaf_of(item, options)
        if not isinstance(item, Command):
            return
        ctx = AutocompleteContext(self.client, interaction, item)
        parameter = find_focused(item, options or (), ctx)
        complete(item, parameter, ctx)

    def _others_listen(self, interaction: Interaction) -> bool:
        """Tell whether a handler is told of interactions, or a thread has waited for this one."""
        listeners = self.client._router.targets(InteractionCreate)
        return len(listeners) > 1 or WAITED_FOR in interaction.__dict__

    def _unknown(self, interaction: Interaction) -> None:
        """Tell the user of a command that is not defined, where nobody else may answer."""
        self.client.counters.add("commands.unknown")
        data = interaction.data
        name = "?" if data is None else data.name
        if self._others_listen(interaction):
            return  # they may take it
        _log.warning(
            "The command %r is on Discord but not defined here: client.sync_commands() removes it",
            name,
        )
        ctx = SlashContext(self.client, interaction)
        try:
            ctx.respond(texts().unknown_command(ctx), ephemeral=True)
        except DisruptionError as error:
            _log.warning("the user of %r could not be told: %s", name, error)


def _use_settings(ctx: Context, runnable: Runnable[..., Any]) -> None:
    if runnable.ephemeral:
        ctx.ephemeral = True


def _is_known(item: Item) -> bool:
    """Tell whether Discord is to know of it; prefix commands are ours alone."""
    return isinstance(item, MenuCommand) or (
        item.slash and not (isinstance(item, Group) and not item.children)
    )


def _keys(item: Item) -> list[tuple[int, str, int]]:
    if not isinstance(item, MenuCommand) and not item.slash:
        return []
    kind = int(item.type if isinstance(item, MenuCommand) else _SLASH)
    return [(kind, item.name, guild) for guild in item.guilds or (_EVERYWHERE,)]


def _prefix_names(item: Item) -> list[str]:
    if isinstance(item, (Command, Group)) and item.prefix:
        return [item.name, *item.aliases]
    return []


def _user_target(ctx: UserContext, item: MenuCommand[..., Any]) -> Any:
    data = ctx.source.data
    resolved = None if data is None else data.resolved
    target = None if data is None else data.target_id
    user = (resolved.users or {}).get(target) if resolved and target else None
    if user is None or target is None or resolved is None:
        raise BadArgument("Discord did not say which user was chosen.")
    ctx.target = user
    member = (resolved.members or {}).get(target)
    if member is not None:
        member.user = user
        member.guild_id = ctx.guild_id
        ctx.target_member = member
    wanted = item.target
    if member is not None and wanted.wants_member:
        return member
    if wanted.wants_user or not wanted.wants_member:
        return user
    if not wanted.optional:
        raise BadArgument(f"{user.mention} is not a member of this server.")
    return None


def _message_target(ctx: MessageContext) -> Any:
    data = ctx.source.data
    resolved = None if data is None else data.resolved
    target = None if data is None else data.target_id
    message = (resolved.messages or {}).get(target) if resolved and target else None
    if message is None:
        raise BadArgument("Discord did not say which message was chosen.")
    if message.guild_id is None:
        message.guild_id = ctx.guild_id
    ctx.target = message
    return message
