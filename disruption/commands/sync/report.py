"""What a synchronisation did, or would do, and what Discord refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...errors import DisruptionError
from .compare import Plan
from .diff import describe, shown_name
from .normal import CHAT_INPUT

if TYPE_CHECKING:
    from ...types import ApplicationCommand

__all__ = ["Refusal", "SyncFailed", "SyncReport"]


@dataclass(frozen=True)
class Refusal:
    """A command, or a whole place, that Discord did not take.

    Attributes:
        guild_id: The guild; None for all guilds.
        key: The command's type and name; None where it was the whole place.
        where: The file and line it is defined in, where that is known.
        reasons: What Discord said, a line each, with the fields by name.
        error: The error.
    """

    guild_id: int | None
    key: tuple[int, str] | None
    where: str
    reasons: tuple[str, ...]
    error: DisruptionError

    def __str__(self) -> str:
        place = "all guilds" if self.guild_id is None else f"guild {self.guild_id}"
        name = f"the commands of {place}" if self.key is None else shown_name(self.key)
        head = f"{name} ({self.where})" if self.where else name
        return f"{head}: {'; '.join(self.reasons)}"


@dataclass
class SyncReport:
    """What a synchronisation did, or with `dry_run` would do. ``str()`` gives it to read.

    Attributes:
        plans: What differed, by place.
        dry_run: Whether nothing was sent.
        commands: What Discord has now; with `dry_run`, what it has.
        warnings: What a person should look at: renames, commands that users see twice.
        refusals: What Discord did not take.
        where: In which file and line commands are defined, by type and name.
    """

    plans: list[Plan] = field(default_factory=list)
    dry_run: bool = False
    commands: list[ApplicationCommand] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    where: Mapping[tuple[int, str], str] = field(default_factory=dict, repr=False)

    @property
    def is_same(self) -> bool:
        """Whether nothing differed."""
        return all(plan.is_empty for plan in self.plans)

    def get(
        self, name: str, *, guild_id: int | None = None, type: int = CHAT_INPUT
    ) -> ApplicationCommand | None:
        """Return a command as Discord has it, to mention it for example; None where it is not.

        Args:
            name: Its name; of commands in groups, the outermost group's.
            guild_id: The guild; None for those of all guilds.
            type: The `ApplicationCommandType`.
        """
        for command in self.commands:
            if (command.name, command.guild_id) == (name, guild_id) and type == (command.type or 1):
                return command
        return None

    def text(self, *, colour: bool = False) -> str:
        """Return it to read, for a terminal with colours if wished."""
        parts = [describe(plan, self.where, colour=colour) for plan in self.plans]
        parts += (f"warning: {warning}" for warning in self.warnings)
        parts += (f"refused: {refusal}" for refusal in self.refusals)
        return "\n".join(parts)

    def __str__(self) -> str:
        return self.text()


class SyncFailed(DisruptionError):
    """Discord did not take some commands; says which, why, and where they are defined.

    Attributes:
        report: All that was done.
    """

    def __init__(self, report: SyncReport) -> None:
        refusals = report.refusals
        head = f"Discord refused {len(refusals)} of the commands:"
        super().__init__("\n  ".join((head, *map(str, refusals))))
        self.report = report
