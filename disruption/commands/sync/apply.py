"""Sending a plan to Discord: single requests for a few differences, one for many."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from ...errors import BadRequest, DisruptionError, HTTPError, InvalidArgument
from .compare import Plan
from .normal import sendable
from .report import Refusal

if TYPE_CHECKING:
    from ...rest import Rest
    from ...types import ApplicationCommand

__all__ = ["Place", "apply"]

_log = logging.getLogger("disruption.commands")

_SINGLE: Final = 4
"""So many differences are sent one by one; Discord takes about five such requests in 20 seconds.

More go in one request that replaces all. A command that is in it under its type and name keeps
its id, and counts among the 200 that may be made a day only if it is new: it costs no more.
"""

_DAILY: Final = 30034  # 200 commands were made today
_FULL: Final = 30032
_ADVICE: Final = {
    _DAILY: "Discord lets an app make 200 commands a day in one place: try again tomorrow",
    50001: "the app is not in this guild, or was added without the applications.commands scope",
}


class Place:
    """The commands of one application everywhere, or in one guild, behind REST.

    Args:
        rest: REST.
        application_id: The application.
        guild_id: The guild; None for everywhere.
        deadline: When all has to be done, on the monotonic clock; None for no deadline.
    """

    def __init__(
        self, rest: Rest, application_id: int, guild_id: int | None, deadline: float | None
    ) -> None:
        self._rest = rest
        self._application_id = application_id
        self.guild_id = guild_id
        self._deadline = deadline

    def registered(self) -> list[ApplicationCommand]:
        """Return what is registered, with all translations."""
        app, guild = self._application_id, self.guild_id
        options: dict[str, Any] = {"with_localizations": True, **self._left()}
        if guild is None:
            return self._rest.get_global_application_commands(app, **options)
        return self._rest.get_guild_application_commands(app, guild, **options)

    def create(self, command: Mapping[str, Any]) -> ApplicationCommand:
        """Make a command."""
        app, guild = self._application_id, self.guild_id
        body: dict[str, Any] = {**command, **self._left()}
        if guild is None:
            return self._rest.create_global_application_command(app, **body)
        return self._rest.create_guild_application_command(app, guild, **body)

    def edit(self, command_id: int, changes: Mapping[str, Any]) -> ApplicationCommand:
        """Change a command."""
        app, guild = self._application_id, self.guild_id
        body: dict[str, Any] = {**changes, **self._left()}
        if guild is None:
            return self._rest.edit_global_application_command(app, command_id, **body)
        return self._rest.edit_guild_application_command(app, guild, command_id, **body)

    def delete(self, command_id: int) -> None:
        """Delete a command."""
        app, guild = self._application_id, self.guild_id
        if guild is None:
            self._rest.delete_global_application_command(app, command_id, **self._left())
        else:
            self._rest.delete_guild_application_command(app, guild, command_id, **self._left())

    def overwrite(self, commands: Sequence[Mapping[str, Any]]) -> list[ApplicationCommand]:
        """Make these the only commands."""
        app, guild = self._application_id, self.guild_id
        rest = self._rest
        if guild is None:
            return rest.bulk_overwrite_global_application_commands(app, commands, **self._left())
        return rest.bulk_overwrite_guild_application_commands(app, guild, commands, **self._left())

    def _left(self) -> dict[str, float | None]:
        if self._deadline is None:
            return {"timeout": None}
        return {"timeout": max(0.001, self._deadline - time.monotonic())}


class Applied:
    """What came of applying a plan.

    Attributes:
        commands: What Discord answered, by type and name.
        refusals: What it did not take.
    """

    def __init__(self) -> None:
        self.commands: dict[tuple[int, str], ApplicationCommand] = {}
        self.refusals: list[Refusal] = []


def apply(
    plan: Plan, place: Place, where: Callable[[tuple[int, str], tuple[str, ...]], str]
) -> Applied:
    """Do what a plan says: deletions and renames first, since they make room.

    A command that Discord refuses does not keep the others from being sent one by one; where all
    go together, none is taken.

    Args:
        plan: The plan.
        place: Where.
        where: Returns the file and line of a command, given its type and name and the names of
            the options that lead to the part in question.

    Raises:
        HTTPError: It is not one command that was refused: a permission is missing, for example.
        RequestFailed: There was no answer.
    """
    done = Applied()
    renames = plan.renames
    rest = len(plan) - len(renames)
    if rest <= _SINGLE:
        for delete in plan.deletes:
            _attempt(done, plan, delete.key, delete.registered, where, place.delete, delete.id)
        for edit in plan.edits:
            _attempt(done, plan, edit.key, edit.command, where, place.edit, edit.id, edit.changes)
        for create in plan.creates:
            if any(_is_limit(refusal.error) for refusal in done.refusals):
                break  # the others would be refused as well
            _attempt(done, plan, create.key, create.command, where, place.create, create.command)
        return done
    for edit in renames:  # in a request for all they would lose their ids
        _attempt(done, plan, edit.key, edit.command, where, place.edit, edit.id, edit.changes)
    if done.refusals:
        return done  # a refused rename would be made anew, and its old self deleted
    everything = [*plan.defined, *(sendable(kept.registered) for kept in plan.kept)]
    try:
        answer = place.overwrite(everything)
    except (BadRequest, InvalidArgument) as error:
        _refuse_all(done, plan, everything, error, where)
    else:
        done.commands.update({(int(one.type or 1), one.name): one for one in answer})
    return done


def _attempt(
    done: Applied,
    plan: Plan,
    key: tuple[int, str],
    command: Mapping[str, Any],
    where: Callable[[tuple[int, str], tuple[str, ...]], str],
    send: Callable[..., ApplicationCommand | None],
    *arguments: Any,
) -> None:
    try:
        answer = send(*arguments)
    except (BadRequest, InvalidArgument) as error:
        texts, path = _reasons(error, command)
        done.refusals.append(Refusal(plan.guild_id, key, where(key, path), texts, error))
        _log.debug("Discord refused %s: %s", key[1], error)
    else:
        if answer is not None:
            done.commands[key] = answer


def _refuse_all(
    done: Applied,
    plan: Plan,
    everything: list[dict[str, Any]],
    error: BadRequest | InvalidArgument,
    where: Callable[[tuple[int, str], tuple[str, ...]], str],
) -> None:
    """Find out which of the commands that were sent together it is about."""
    by_index: dict[int, dict[str, tuple[str, ...]]] = {}
    if isinstance(error, HTTPError):
        for path, texts in error.errors.items():
            index, _, rest = path.partition(".")
            if index.isdecimal() and int(index) < len(everything):
                by_index.setdefault(int(index), {})[rest] = texts
    for number, errors in by_index.items():
        command = everything[number]
        key = (int(command.get("type", 1)), command["name"])
        reasons, names = _named_reasons(errors, command)
        done.refusals.append(Refusal(plan.guild_id, key, where(key, names), reasons, error))
    if not by_index:
        reasons, _ = _reasons(error, {})
        done.refusals.append(Refusal(plan.guild_id, None, "", reasons, error))


def _is_limit(error: DisruptionError) -> bool:
    return isinstance(error, HTTPError) and error.code in (_DAILY, _FULL)


def explained(error: DisruptionError) -> str:
    """Return an error in one line, with what to do about it where that is known."""
    if not isinstance(error, HTTPError):
        return str(error)
    advice = _ADVICE.get(error.code)
    text = error.message or f"status {error.status}"
    return f"{text} (code {error.code})" + (f": {advice}" if advice else "")


def _reasons(
    error: BadRequest | InvalidArgument, command: Mapping[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if isinstance(error, HTTPError) and error.errors:
        return _named_reasons(error.errors, command)
    return (explained(error),), ()


def _named_reasons(
    errors: Mapping[str, tuple[str, ...]], command: Mapping[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what Discord says of a command, and the options that lead to the first of it."""
    reasons: list[str] = []
    first: tuple[str, ...] | None = None
    for path, texts in errors.items():
        shown, names = _named(path, command)
        first = names if first is None else first
        reasons += (f"{shown}: {text}" if shown else text for text in texts)
    return tuple(reasons), first or ()


def _named(path: str, command: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return a path with names in place of numbers, and the names of the options on it."""
    at: Any = command
    parts: list[str] = []
    names: list[str] = []
    for part in path.split(".") if path else ():
        if part.isdecimal() and isinstance(at, list) and int(part) < len(at):
            at = at[int(part)]
            name = str(at.get("name", part)) if isinstance(at, Mapping) else part
            if parts[-1:] == ["options"]:
                names.append(name)
            parts.append(name)
        else:
            at = at.get(part) if isinstance(at, Mapping) else None
            parts.append(part)
    return ".".join(parts), tuple(names)
