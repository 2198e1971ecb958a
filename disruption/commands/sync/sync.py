"""`client.sync_commands()`: which places there are, and what is done in each."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from ...errors import DisruptionError, Forbidden, InvalidArgument, NotFound
from ...rest.route import SnowflakeLike, snowflake
from .apply import Place, apply, explained
from .compare import Plan, compare
from .diff import shown_name
from .report import Refusal, SyncFailed, SyncReport

if TYPE_CHECKING:
    from ...client import Client
    from ...types import Application, ApplicationCommand
    from ..command import Command, MenuCommand
    from ..group import Group

    Item: TypeAlias = Command[..., Any] | MenuCommand[..., Any] | Group

__all__ = ["SyncMode", "sync_at_start", "sync_commands"]

_log = logging.getLogger("disruption.commands")

SyncMode: TypeAlias = Literal["warn", "apply"]

_FEW: Final = 10
"""In so many guilds at most it is looked for commands that a test has left behind."""


def sync_commands(
    client: Client,
    *,
    guilds: Iterable[SnowflakeLike] | None = None,
    dry_run: bool = False,
    delete: bool = True,
    clear: Iterable[SnowflakeLike] = (),
    timeout: float | None = None,
) -> SyncReport:
    """Let Discord have the commands that a client defines; only what differs is sent.

    Args:
        client: The client.
        guilds: Guilds to test in: they get all commands, those for everywhere too, at once, and
            nothing else is touched. None for every command where it belongs.
        dry_run: Send nothing; the report says what would be done.
        delete: Delete commands that are on Discord and not defined.
        clear: Guilds from which commands are taken that are not defined for them, those that
            tests have left.
        timeout: Seconds for everything.

    Raises:
        SyncFailed: Discord refused some; the others are done.
        InvalidArgument: A guild is none.
        HTTPError: Discord refused the token, or the application is not there.
        RequestFailed: Discord did not answer.
    """
    deadline = None if timeout is None else time.monotonic() + timeout
    testing = None if guilds is None else [int(snowflake(guild, "guilds")) for guild in guilds]
    clearing = [int(snowflake(guild, "clear")) for guild in clear]
    if testing is not None and not testing:
        raise InvalidArgument("guilds=[] names no guild: leave it out, or name one to test in")
    return _Sync(client, dry_run, delete, deadline).run(testing, clearing)


def _look_over(client: Client, dry_run: bool) -> SyncReport:
    """Synchronise, but look for nothing that tests have left: a start is to cost little."""
    return _Sync(client, dry_run, True, None, look=False).run(None, [])


class _Sync:
    """One synchronisation."""

    def __init__(
        self,
        client: Client,
        dry_run: bool,
        delete: bool,
        deadline: float | None,
        look: bool = True,
    ) -> None:
        self._client = client
        self._commands = client.commands
        self._deadline = deadline
        self._delete = delete
        self._looks = look
        self._items: dict[tuple[int | None, int, str], Item] = {}
        self._report = SyncReport(dry_run=dry_run, where={})
        application = client.rest.get_current_application(timeout=self._left())
        self._application_id = int(application.id)
        self._types = _types_of(application)
        self._there: dict[int | None, list[ApplicationCommand]] = {}  # before

    def run(self, testing: list[int] | None, clearing: list[int]) -> SyncReport:
        report = self._report
        for guild_id, items in self._wanted(testing, clearing):
            self._place(guild_id, items)
        for guild_id in self._others() if self._looks and testing is None else ():
            self._look(guild_id)
        if testing is not None and None not in self._there:
            self._read(None)  # only to warn of commands that show twice
        report.warnings += self._warnings()
        for warning in report.warnings:
            _log.warning("%s", warning)
        if report.refusals:
            raise SyncFailed(report)
        return report

    def _wanted(
        self, testing: list[int] | None, clearing: list[int]
    ) -> Iterator[tuple[int | None, list[Item]]]:
        commands = self._commands
        everywhere = commands.definitions(None)
        if testing is not None:
            for guild_id in dict.fromkeys(testing):
                own = commands.definitions(guild_id)
                names = {_key(item) for item in own}
                yield guild_id, [*own, *(one for one in everywhere if _key(one) not in names)]
        else:
            yield None, everywhere
            for guild_id in sorted(commands.guild_ids):
                yield guild_id, commands.definitions(guild_id)
        named = commands.guild_ids if testing is None else set(testing)
        for guild_id in dict.fromkeys(clearing):
            if guild_id not in named:
                yield guild_id, commands.definitions(guild_id)

    def _place(self, guild_id: int | None, items: list[Item]) -> None:
        report = self._report
        where = dict(report.where)
        for item in items:
            kind, name = _key(item)
            self._items[(guild_id, kind, name)] = item
            where.setdefault((kind, name), _where(item, ()))
        report.where = where
        place = Place(self._client.rest, self._application_id, guild_id, self._deadline)
        try:
            there = self._read(guild_id)
            plan = compare(
                [self._commands.payload_of(item) for item in items],
                there,
                guild_id=guild_id,
                delete=self._delete,
                integration_types=self._types,
            )
            report.plans.append(plan)
            if report.dry_run or plan.is_empty:
                report.commands += there
                return
            self._apply(plan, place, there)
        except (Forbidden, NotFound) as error:
            if guild_id is None:
                raise
            refusal = Refusal(guild_id, None, "", (explained(error),), error)
            report.refusals.append(refusal)

    def _apply(self, plan: Plan, place: Place, there: list[ApplicationCommand]) -> None:
        guild_id = plan.guild_id

        def where(key: tuple[int, str], path: tuple[str, ...]) -> str:
            item = self._items.get((guild_id, key[0], key[1]))
            return "" if item is None else _where(item, path)

        counters = self._client.counters
        done = apply(plan, place, where)
        counters.add("commands.synced", len(plan) - len(done.refusals))
        if done.refusals:
            counters.add("commands.sync_refused", len(done.refusals))
        gone = {edit.id for edit in plan.edits} | {one.id for one in plan.deletes}
        known = {(int(one.type or 1), one.name): one for one in there if int(one.id) not in gone}
        self._report.commands += {**known, **done.commands}.values()
        self._report.refusals += done.refusals

    def _read(self, guild_id: int | None) -> list[ApplicationCommand]:
        place = Place(self._client.rest, self._application_id, guild_id, self._deadline)
        there = self._there[guild_id] = place.registered()
        return there

    # What a person should look at -----------------------------------------------------------

    def _others(self) -> Iterator[int]:
        """Iterate over the guilds of a bot that is in few, but for those that were seen to."""
        try:
            guilds = self._client.rest.get_current_user_guilds(limit=_FEW + 1, timeout=self._left())
        except DisruptionError as error:
            _log.debug("not looked for commands that tests have left: %s", error)
            return
        if len(guilds) <= _FEW:
            yield from (int(one.id) for one in guilds if int(one.id) not in self._there)

    def _look(self, guild_id: int) -> None:
        try:
            self._read(guild_id)
        except DisruptionError as error:
            _log.debug("not looked for left commands in guild %s: %s", guild_id, error)

    def _warnings(self) -> Iterator[str]:
        report = self._report
        for plan in report.plans:
            for edit in plan.renames:
                was = shown_name((edit.key[0], edit.renamed_from or ""))
                yield (
                    f"{was} is now {shown_name(edit.key)}: it keeps its id, and with it who may "
                    "use it"
                )
        done = {plan.guild_id: plan for plan in report.plans}
        everywhere = self._keys(None, done)
        for guild_id in sorted(one for one in self._there if one is not None):
            twice = sorted(self._keys(guild_id, done) & everywhere)
            if not twice:
                continue
            names = ", ".join(shown_name(key) for key in twice[:5])
            more = f" and {len(twice) - 5} more" if len(twice) > 5 else ""
            yield (
                f"{names}{more}: both for all guilds and in guild {guild_id}, where people see "
                f"them twice; sync_commands(clear=[{guild_id}]) takes away what a test has left"
            )

    def _keys(self, guild_id: int | None, done: dict[int | None, Plan]) -> set[tuple[int, str]]:
        """Return what a place has after all this."""
        plan = done.get(guild_id)
        if plan is None:
            return {(int(one.type or 1), one.name) for one in self._there.get(guild_id, ())}
        made = {(int(one.get("type", 1)), one["name"]) for one in plan.defined}
        return made | {one.key for one in plan.kept}

    def _left(self) -> float | None:
        return None if self._deadline is None else max(0.001, self._deadline - time.monotonic())


def sync_at_start(client: Client, mode: SyncMode) -> SyncReport | None:
    """Compare when a client starts: warn of what differs, or make it the same.

    What goes wrong is logged and counted; a bot whose commands could not be compared runs.

    Args:
        client: The client.
        mode: ``"warn"`` sends nothing and logs what differs; ``"apply"`` sends it.

    Returns:
        The report; None where it could not be done.
    """
    try:
        report = _look_over(client, dry_run=mode == "warn")
    except SyncFailed as error:
        _log.error("%s", error)
        return error.report
    except DisruptionError as error:
        client.counters.add("commands.sync_errors")
        _log.warning("the commands could not be compared with those on Discord: %s", error)
        return None
    if report.is_same:
        _log.debug("the commands on Discord are those of the code")
    elif mode == "warn":
        _log.warning(
            "The commands on Discord differ from the code; client.sync_commands() or "
            "`disruption commands sync` makes them the same:\n%s",
            report,
        )
    else:
        _log.info("the commands on Discord were made those of the code:\n%s", report)
    return report


def _types_of(application: Application) -> list[int]:
    """Return the installation contexts that the application is set to."""
    return sorted(int(each) for each in application.integration_types_config or ())


def _key(item: Item) -> tuple[int, str]:
    return int(getattr(item, "type", 1)), item.name


def _where(item: Any, path: tuple[str, ...]) -> str:
    """Return where a command is written, or the one in a group that a path of names leads to."""
    for name in path:
        inner = getattr(item, "children", {}).get(name)
        if inner is None:
            break
        item = inner
    return str(item.where)
