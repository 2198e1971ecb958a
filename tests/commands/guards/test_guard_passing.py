from __future__ import annotations

from typing import Any

import pytest
from guard_stand_in import context

from disruption import Client, Plugin
from disruption.commands.errors import CheckFailed, GuildOnly, OnCooldown, UserError
from disruption.commands.guards import (
    Cooldown,
    admitted,
    allows,
    check,
    cooldown,
    guarded,
    guards_of,
    guild_only,
    requires,
    reset_cooldown,
)
from disruption.commands.guards.guard import attach
from disruption.errors import InvalidArgument, InvalidHandler
from disruption.types import Permissions


class Recorder:
    """A guard that writes down what is asked of it."""

    def __init__(self, name: str, log: list[str], refuse: str = "") -> None:
        self.name, self.log, self.refuse = name, log, refuse

    def _note(self, what: str) -> None:
        self.log.append(f"{self.name}.{what}")
        if what == self.refuse:
            raise UserError(f"{self.name} refuses")

    def check(self, ctx: Any) -> None:
        self._note("check")

    def enter(self, ctx: Any) -> None:
        self._note("enter")

    def leave(self, ctx: Any) -> None:
        self._note("leave")

    def undo(self, ctx: Any) -> None:
        self._note("undo")


def test_all_look_before_any_takes_and_leave_in_reverse() -> None:
    log: list[str] = []
    with admitted([Recorder("a", log), Recorder("b", log)], context()):
        log.append("runs")
    assert log == ["a.check", "b.check", "a.enter", "b.enter", "runs", "b.leave", "a.leave"]


def test_a_refusal_while_taking_undoes_what_was_taken() -> None:
    log: list[str] = []
    guards = [Recorder("a", log), Recorder("b", log, "enter")]
    with pytest.raises(UserError, match="b refuses"), admitted(guards, context()):
        log.append("runs")
    assert log == ["a.check", "b.check", "a.enter", "b.enter", "a.undo"]


def test_leaves_when_the_command_raises_and_when_a_guard_fails_to_leave() -> None:
    log: list[str] = []
    ctx = context()
    guards = [Recorder("a", log), Recorder("b", log, "leave")]
    with pytest.raises(RuntimeError), admitted(guards, ctx):
        raise RuntimeError
    assert log[-2:] == ["b.leave", "a.leave"]
    assert ctx.client.counters["commands.guard_errors"] == 1


def test_guards_of_a_function_run_from_top_to_bottom() -> None:
    @requires(Permissions.BAN_MEMBERS)
    @guild_only
    @cooldown(1, 5)
    def ban(ctx: Any) -> None: ...

    names = [repr(guard) for guard in guards_of(ban)]
    assert names == ["requires(BAN_MEMBERS)", "guild_only", "cooldown(1, 5, by='user')"]


def test_above_a_command_they_come_before_those_below() -> None:
    class Made:
        def __init__(self, function: Any) -> None:
            self.guards = guards_of(function)

    @requires(Permissions.BAN_MEMBERS)
    @Made
    @guild_only()
    def ban(ctx: Any) -> None: ...

    assert [repr(guard) for guard in ban.guards] == ["requires(BAN_MEMBERS)", "guild_only"]


def test_a_class_does_not_add_to_the_guards_of_its_base() -> None:
    @guild_only
    class Base: ...

    @requires(Permissions.BAN_MEMBERS)
    class Sub(Base): ...

    assert [repr(guard) for guard in guards_of(Base)] == ["guild_only"]
    assert [repr(guard) for guard in guards_of(Sub)] == ["requires(BAN_MEMBERS)", "guild_only"]


def test_a_client_and_a_plugin_are_given_in_lines_of_their_own() -> None:
    client, plugin = Client(token="MTA.x.y"), Plugin("fun")
    for target in (client, plugin):
        assert guild_only(target) is target
        requires(Permissions.BAN_MEMBERS)(target)
    names = ["guild_only", "requires(BAN_MEMBERS)"]
    assert [repr(guard) for guard in client.commands.around.guards] == names
    assert [repr(guard) for guard in plugin.around.guards] == names


def test_one_decorator_makes_a_guard_of_its_own_for_each_command() -> None:
    slow = cooldown(1, 60)

    @slow
    def one(ctx: Any) -> None: ...

    @slow
    def two(ctx: Any) -> None: ...

    assert guards_of(one)[0] is not guards_of(two)[0]


def test_guarded_shares_its_guard() -> None:
    shared = guarded(Cooldown(1, 60))

    @shared
    def one(ctx: Any) -> None: ...

    @shared
    def two(ctx: Any) -> None: ...

    ctx = context()
    with admitted(guards_of(one), ctx):
        pass
    with pytest.raises(OnCooldown), admitted(guards_of(two), ctx):
        pass


@pytest.mark.parametrize("wrong", [None, 3, Cooldown, object()])
def test_guarded_refuses_what_is_no_guard(wrong: Any) -> None:
    with pytest.raises(InvalidArgument, match=r"check\(ctx\)"):
        guarded(wrong)


def test_a_guard_cannot_be_put_on_a_text() -> None:
    with pytest.raises(InvalidArgument, match="decorate a function"):
        attach("roll", Cooldown(1, 1))


def test_check_says_no_with_its_message_or_the_usual_one() -> None:
    def never(ctx: Any) -> bool:
        return False

    @check(never, message="Not today.")
    def one(ctx: Any) -> None: ...

    @check(never)
    def two(ctx: Any) -> None: ...

    with pytest.raises(CheckFailed, match=r"Not today\."):
        guards_of(one)[0].check(context())
    with pytest.raises(CheckFailed, match="cannot do that here"):
        guards_of(two)[0].check(context())


def test_check_lets_its_own_error_through() -> None:
    def picky(ctx: Any) -> bool:
        raise UserError("Too picky.")

    @check(picky)
    def one(ctx: Any) -> None: ...

    with pytest.raises(UserError, match=r"Too picky\."):
        guards_of(one)[0].check(context())


def test_a_check_that_returns_nothing_is_a_bug_and_lets_nobody_through() -> None:
    def forgot(ctx: Any) -> Any:
        ctx.author.id == 1  # noqa: B015

    @check(forgot)
    def one(ctx: Any) -> None: ...

    with pytest.raises(InvalidArgument, match=r"forgot.*test_guard_passing\.py:\d+.*None"):
        guards_of(one)[0].check(context())


def test_check_takes_no_coroutine_function_and_no_value() -> None:
    async def later(ctx: Any) -> bool:
        return True

    with pytest.raises(InvalidHandler, match="async def"):
        check(later)  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument):
        check(True)  # type: ignore[arg-type]


def test_allows_asks_without_taking() -> None:
    guard = Cooldown(1, 60)
    ctx = context()
    assert allows([guard], ctx)
    assert allows([guard], ctx)
    assert guard.left(ctx) == 1


def test_allows_says_no_where_a_check_refuses_or_fails() -> None:
    @guild_only
    def one(ctx: Any) -> None: ...

    def broken(ctx: Any) -> bool:
        raise ZeroDivisionError

    @check(broken)
    def two(ctx: Any) -> None: ...

    assert not allows(guards_of(one), context(guild=None))
    ctx = context()
    assert not allows(guards_of(two), ctx)
    assert ctx.client.counters["commands.check_errors"] == 1


def test_a_cooldown_is_given_back_when_a_later_guard_refuses() -> None:
    slow = Cooldown(1, 60)
    ctx = context(guild=None)
    log: list[str] = []
    with pytest.raises(UserError), admitted([slow, Recorder("full", log, "enter")], ctx):
        pass
    assert slow.left(ctx) == 1
    with pytest.raises(GuildOnly), admitted([slow, *guards_of(guild_only(lambda c: None))], ctx):
        pass
    assert slow.left(ctx) == 1


def test_reset_cooldown_gives_the_use_back_also_afterwards() -> None:
    slow = Cooldown(2, 60)
    ctx = context()
    with admitted([slow], ctx):
        assert slow.left(ctx) == 1
    reset_cooldown(ctx)
    reset_cooldown(ctx)
    assert slow.left(ctx) == 2
