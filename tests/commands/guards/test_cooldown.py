from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from guard_stand_in import FakeClient, context
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.commands.errors import OnCooldown
from disruption.commands.guards import Cooldown, admitted, cooldown, guards_of
from disruption.commands.guards.cooldown import CooldownRule
from disruption.errors import InvalidArgument, InvalidHandler
from disruption.types import PartialRole


def test_refuses_the_use_too_many_and_says_how_long() -> None:
    rule = CooldownRule(2, 10)
    assert rule.take("a", 0.0) == 0.0
    assert rule.take("a", 4.0) == 0.0
    assert rule.take("a", 6.0) == 4.0
    assert rule.take("b", 6.0) == 0.0
    assert rule.take("a", 10.0) == 0.0
    assert rule.take("a", 10.0) == 4.0


def test_a_use_that_is_given_back_never_was() -> None:
    rule = CooldownRule(1, 10)
    rule.take("a", 0.0)
    rule.give_back("a", 0.0)
    rule.give_back("a", 0.0)
    assert len(rule) == 0
    assert rule.take("a", 1.0) == 0.0


def test_keys_are_forgotten() -> None:
    rule = CooldownRule(1, 10)
    for user in range(1000):
        rule.take(user, 0.0)
    assert len(rule) == 1000
    rule.take("later", 10.0)
    assert len(rule) == 1


@settings(deadline=None)
@given(
    rate=st.integers(1, 4),
    steps=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 8)), max_size=60),
)
def test_no_window_has_more_uses_than_the_rate_and_no_use_is_refused_for_nothing(
    rate: int, steps: list[tuple[str, int]]
) -> None:
    rule, now = CooldownRule(rate, 10), 0
    used: dict[str, list[int]] = {"a": [], "b": [], "c": []}
    for key, wait in steps:
        now += wait
        recent = [when for when in used[key] if when + 10 > now]
        refused = rule.take(key, now)
        assert bool(refused) == (len(recent) >= rate)
        if refused:
            assert refused == recent[-rate] + 10 - now
        else:
            used[key].append(now)
        assert rule.left(key, now) == rate - len([w for w in used[key] if w + 10 > now])
        assert len(rule) <= sum(any(w + 10 > now for w in whens) for whens in used.values())


def use(guard: Cooldown, ctx: Any) -> bool:
    try:
        with admitted([guard], ctx):
            return True
    except OnCooldown:
        return False


@pytest.mark.parametrize(
    ("by", "same", "other"),
    [
        ("user", {"guild": 11}, {"user": 2}),
        ("member", {"channel_id": 101}, {"guild": 11}),
        ("channel", {"user": 2}, {"channel_id": 101}),
        ("guild", {"user": 2, "channel_id": 101}, {"guild": 11}),
        ("global", {"user": 2, "guild": 11}, None),
    ],
)
def test_for_whom_it_counts(by: Any, same: dict[str, Any], other: dict[str, Any] | None) -> None:
    guard = Cooldown(1, 60, by=by)
    assert use(guard, context())
    assert not use(guard, context(**same))
    assert other is None or use(guard, context(**other))


def test_by_role_counts_those_of_one_highest_role_together() -> None:
    roles = [PartialRole(id=i, name=str(i), position=i, guild_id=10) for i in (5, 6)]
    client = FakeClient(get_guild_roles=roles)
    guard = Cooldown(1, 60, by="role")

    def member(user: int, *held: int) -> Any:
        return context(client, user=user, member=SimpleNamespace(roles=list(held), id=user))

    assert use(guard, member(1, 5, 6))
    assert not use(guard, member(2, 6))
    assert use(guard, member(3, 5))
    assert use(guard, member(4))
    assert not use(guard, member(5))
    assert use(guard, context(client, guild=None, user=7))


def test_in_direct_messages_a_guild_is_the_user() -> None:
    guard = Cooldown(1, 60, by="guild")
    assert use(guard, context(guild=None, user=1))
    assert use(guard, context(guild=None, user=2))
    assert not use(guard, context(guild=None, user=1))


def test_a_function_may_exempt() -> None:
    guard = Cooldown(1, 60, by=lambda ctx: None if ctx.author.id == 1 else ctx.author.id)
    assert use(guard, context(user=1))
    assert use(guard, context(user=1))
    assert guard.left(context(user=1)) is None
    assert use(guard, context(user=2))
    assert not use(guard, context(user=2))


def test_the_error_tells_when_to_try_again() -> None:
    now = 0.0
    guard = Cooldown(1, timedelta(seconds=12), clock=lambda: now)
    assert use(guard, context())
    now = 0.5
    with (
        pytest.raises(OnCooldown, match="Try again in 12 s") as caught,
        admitted([guard], context()),
    ):
        pass
    assert caught.value.retry_after == 11.5
    now = 12.0
    assert use(guard, context())


def test_a_command_that_raises_has_been_used() -> None:
    guard = Cooldown(1, 60)
    with pytest.raises(RuntimeError), admitted([guard], context()):
        raise RuntimeError
    assert not use(guard, context())


@pytest.mark.parametrize(
    "wrong",
    [
        (0, 5),
        (True, 5),
        (1.5, 5),
        (1, 0),
        (1, -1),
        (1, "5"),
        (1, float("nan")),
        (1, timedelta(0)),
        (1, None),
    ],
)
def test_wrong_numbers_are_refused_where_they_are_written(wrong: tuple[Any, Any]) -> None:
    with pytest.raises(InvalidArgument):
        cooldown(*wrong)


def test_an_unknown_by_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="'user'"):
        cooldown(1, 5, by="users")  # type: ignore[arg-type]

    async def later(ctx: Any) -> int:
        return 1

    with pytest.raises(InvalidHandler):
        cooldown(1, 5, by=later)


def test_the_decorator_keeps_the_function() -> None:
    @cooldown(1, 5)
    def roll(ctx: Any, sides: int = 6) -> int:
        return sides

    assert roll(None, 4) == 4
    assert repr(guards_of(roll)[0]) == "cooldown(1, 5, by='user')"
