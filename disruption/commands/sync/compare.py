"""What must be done so that Discord has the commands that the code defines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ...errors import InvalidArgument
from .normal import CHAT_INPUT, ENTRY_POINT, FIELDS, key_of, normal, sendable

__all__ = ["Create", "Delete", "Edit", "Plan", "compare"]

_GUILD, _BOT_DM, _PRIVATE_CHANNEL = 0, 1, 2
_GUILD_INSTALL, _USER_INSTALL = 0, 1
_SAID_BY_DISCORD: Final = ("contexts", "integration_types")


@dataclass(frozen=True)
class Create:
    """A command that Discord does not have.

    Attributes:
        command: Its body.
    """

    command: dict[str, Any]

    @property
    def key(self) -> tuple[int, str]:
        """Its type and name."""
        return key_of(self.command)


@dataclass(frozen=True)
class Edit:
    """A command that differs, or has another name on Discord.

    Attributes:
        id: The command's id, which stays, and with it who may use it.
        command: What it is to be, all of it.
        registered: What Discord has.
        changes: The fields that differ, as they are to be.
    """

    id: int
    command: dict[str, Any]
    registered: dict[str, Any]
    changes: dict[str, Any]

    @property
    def key(self) -> tuple[int, str]:
        """Its type and (new) name."""
        return key_of(self.command)

    @property
    def renamed_from(self) -> str | None:
        """Its name on Discord where that is another one."""
        name: str = self.registered["name"]
        return name if name != self.command["name"] else None


@dataclass(frozen=True)
class Delete:
    """A command that the code does not define.

    Attributes:
        id: Its id.
        registered: What Discord has.
    """

    id: int
    registered: dict[str, Any]

    @property
    def key(self) -> tuple[int, str]:
        """Its type and name."""
        return key_of(self.registered)


@dataclass(frozen=True)
class Plan:
    """What differs in one place, everywhere or in one guild.

    Attributes:
        guild_id: The guild; None for the commands of all guilds.
        creates: What Discord lacks.
        edits: What differs; renames are among them.
        deletes: What is only on Discord.
        unchanged: What is the same, by type and name.
        kept: What is only on Discord and stays: the entry point of an activity, which Discord
            makes by itself, and where nothing is to be deleted all of it.
    """

    guild_id: int | None = None
    creates: tuple[Create, ...] = ()
    edits: tuple[Edit, ...] = ()
    deletes: tuple[Delete, ...] = ()
    unchanged: tuple[tuple[int, str], ...] = ()
    kept: tuple[Delete, ...] = ()
    defined: tuple[dict[str, Any], ...] = field(default=(), repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.creates or self.edits or self.deletes)

    @property
    def renames(self) -> tuple[Edit, ...]:
        """The edits that give a command another name."""
        return tuple(edit for edit in self.edits if edit.renamed_from is not None)

    def __len__(self) -> int:
        """How many commands differ."""
        return len(self.creates) + len(self.edits) + len(self.deletes)


def compare(
    defined: Iterable[Any],
    registered: Iterable[Any],
    *,
    guild_id: int | None = None,
    delete: bool = True,
    integration_types: Sequence[int] | None = None,
) -> Plan:
    """Return what must be done so that a place has the commands that are defined for it.

    A slash command whose name alone has changed is edited rather than made anew, so that its id
    stays, and with it who may use it and the links to it. Commands in menus have nothing but a
    name to know them by: those are made anew.

    Args:
        defined: The commands as they are to be: bodies or `ApplicationCommand` objects.
        registered: Those that Discord has, with their translations.
        guild_id: The guild whose they are; None for those of all guilds.
        delete: Whether those that are not defined are to be deleted.
        integration_types: The installation contexts of the application, which a command has
            that says none; None where they are not known, so that they are not compared.

    Raises:
        InvalidArgument: Two that are defined have the same type and name.
    """
    guild = guild_id is not None
    wanted: dict[tuple[int, str], dict[str, Any]] = {}
    for each in defined:
        command = normal(each, guild=guild)
        key = key_of(command)
        if key in wanted:
            raise InvalidArgument(f"two commands have the name {key[1]!r}")
        wanted[key] = command
    there: dict[tuple[int, str], tuple[int, dict[str, Any]]] = {}
    for each in registered:
        id = int(each["id"] if isinstance(each, Mapping) else each.id)
        command = normal(each, guild=guild)
        there[key_of(command)] = (id, command)

    creates = [Create(sendable(command)) for key, command in wanted.items() if key not in there]
    deletes = [Delete(*there[key]) for key in there if key not in wanted]
    kept = [one for one in deletes if not delete or one.key[0] == ENTRY_POINT]
    deletes = [one for one in deletes if one not in kept]
    edits: list[Edit] = []
    unchanged: list[tuple[int, str]] = []
    for one, other in _renames(creates, deletes):
        creates.remove(one)
        deletes.remove(other)
        edits.append(_edit(other.id, wanted[one.key], other.registered, integration_types))
    for key, command in wanted.items():
        if key in there:
            edit = _edit(*_with(there[key], command), integration_types)
            if edit.changes:
                edits.append(edit)
            else:
                unchanged.append(key)
    return Plan(
        guild_id=guild_id,
        creates=tuple(creates),
        edits=tuple(edits),
        deletes=tuple(deletes),
        unchanged=tuple(unchanged),
        kept=tuple(kept),
        defined=tuple(sendable(command) for command in wanted.values()),
    )


def _with(
    there: tuple[int, dict[str, Any]], command: dict[str, Any]
) -> tuple[int, dict[str, Any], dict[str, Any]]:
    return there[0], command, there[1]


def _renames(creates: list[Create], deletes: list[Delete]) -> list[tuple[Create, Delete]]:
    """Return the pairs that differ in nothing but the name, where there is no doubt."""
    pairs = []
    for one in creates:
        if one.key[0] != CHAT_INPUT:
            continue
        content = _content(one.command)
        same = [other for other in deletes if _content(other.registered) == content]
        rivals = [rival for rival in creates if _content(rival.command) == content]
        if len(same) == 1 and len(rivals) == 1:
            pairs.append((one, same[0]))
    return pairs


def _content(command: Mapping[str, Any]) -> Any:
    names = ("name", "name_localizations", *_SAID_BY_DISCORD)
    return {key: value for key, value in sendable(command).items() if key not in names}


def _edit(
    id: int,
    command: dict[str, Any],
    registered: dict[str, Any],
    integration_types: Sequence[int] | None,
) -> Edit:
    changes = {
        key: command[key]
        for key in FIELDS
        if key not in _SAID_BY_DISCORD and command[key] != registered[key]
    }
    types = command["integration_types"]
    if types is None:
        # What Discord fills in where the code says nothing has changed over time.
        usual = sorted({int(each) for each in integration_types or ()})
        if usual and registered["integration_types"] not in (None, usual, [_GUILD_INSTALL]):
            types = changes["integration_types"] = usual
    elif types != registered["integration_types"]:
        changes["integration_types"] = types
    contexts = command["contexts"]
    if contexts is None:
        usual = [_GUILD, _BOT_DM]
        everywhere = [*usual, _PRIVATE_CHANNEL]
        if registered["contexts"] not in (None, usual, everywhere):
            by_user = _USER_INSTALL in (types or registered["integration_types"] or ())
            changes["contexts"] = everywhere if by_user else usual
    elif contexts != registered["contexts"]:
        changes["contexts"] = contexts
    return Edit(id, sendable(command), registered, changes)
