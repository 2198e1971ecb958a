"""The order of roles, what a role is, and who ranks above whom."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from guild_makers import ANN, GUILD, OWNER, guild, member, role
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.errors import InvalidArgument
from disruption.types import PartialGuild, PartialRole, Permissions
from disruption.types.colour import Colour

BOB = 3


def test_roles_are_ordered_by_position_and_the_older_one_is_higher() -> None:
    low, old, young = role(30, 0, 1), role(10, 0, 2), role(20, 0, 2)
    assert sorted([young, old, low]) == [low, young, old]
    assert old > young > low
    assert old >= old
    assert low <= young
    assert max(young, old) == old


def test_everyone_is_the_lowest_whatever_its_position() -> None:
    everyone = role(GUILD, 0, 0, guild_id=str(GUILD))
    new = role(GUILD + 50, 0, 0, guild_id=str(GUILD))
    assert everyone.is_default
    assert everyone < new
    assert not everyone.is_assignable


def test_a_role_is_compared_with_roles_alone() -> None:
    with pytest.raises(TypeError):
        assert role(1, 0) < 5  # type: ignore[operator]
    with pytest.raises(AttributeError, match="position"):
        assert PartialRole(id=1) < PartialRole(id=2)


@pytest.mark.parametrize(
    ("tags", "true"),
    [
        ({"premium_subscriber": None}, {"is_premium_subscriber"}),
        ({"guild_connections": None}, {"is_linked"}),
        ({"bot_id": "5"}, {"is_bot_managed"}),
        (
            {"integration_id": "5", "subscription_listing_id": "6", "available_for_purchase": None},
            {"is_integration", "is_available_for_purchase"},
        ),
        ({}, set()),
        (None, set()),
    ],
)
def test_tags_that_are_null_are_true(tags: dict[str, Any] | None, true: set[str]) -> None:
    more = {} if tags is None else {"tags": tags}
    made = role(5, 0, 1, managed=bool(true), **more)
    names = {
        "is_premium_subscriber", "is_linked", "is_bot_managed", "is_integration",
        "is_available_for_purchase",
    }  # fmt: skip
    assert {name for name in names if getattr(made, name)} == true
    assert made.is_assignable is not bool(true)


def test_the_highest_role_is_found() -> None:
    here = guild(role(11, 0, 1), role(12, 0, 5))
    assert member(ANN, 11, 12).top_role(here).id == 12
    assert member(ANN).top_role(here).id == GUILD
    with pytest.raises(InvalidArgument, match="roles"):
        member().top_role(PartialGuild(id=GUILD))


def test_who_ranks_above_whom() -> None:
    here = guild(role(11, 0, 1), role(12, 0, 5))
    ann, bob, nobody = member(ANN, 12), member(BOB, 11), member(4)
    assert ann.can_interact(bob, here)
    assert not bob.can_interact(ann, here)
    assert bob.can_interact(nobody, here)
    assert not nobody.can_interact(member(5), here)
    assert not ann.can_interact(member(BOB, 12), here)
    assert not ann.can_interact(ann, here)


def test_the_owner_ranks_above_all_but_not_above_themselves() -> None:
    here = guild(role(11, 0, 9))
    owner, ann = member(OWNER), member(ANN, 11)
    assert owner.can_interact(ann, here)
    assert not ann.can_interact(owner, here)
    assert not owner.can_interact(owner, here)
    assert owner.can_interact(role(11, 0, 9), here)


def test_roles_are_given_by_who_ranks_above_them_and_may() -> None:
    low, high = role(11, 0, 1), role(12, 0, 5)
    here = guild(low, high, role(13, Permissions.MANAGE_ROLES, 3))
    ann = member(ANN, 13)
    assert ann.can_assign(low, here)
    assert not ann.can_assign(high, here)
    assert not member(BOB, 12).can_assign(low, here)
    assert not ann.can_assign(role(14, 0, 1, managed=True), here)
    assert here.roles is not None
    assert not ann.can_assign(here.roles[0], here)


def test_a_name_has_the_colour_of_the_highest_role_that_has_one() -> None:
    plain = role(12, 0, 5)
    red = role(11, 0, 2, color=0xE74C3C, colors={"primary_color": 0xE74C3C})
    here = guild(plain, red, role(13, 0, 1, color=5, colors={"primary_color": 5}))
    assert member(ANN, 11, 12, 13).color_in(here) is Colour.RED
    assert member(ANN, 12).color_in(here) == 0


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 99)), unique_by=lambda each: each[1]))
def test_the_order_is_total_and_everyone_is_below(pairs: list[tuple[int, int]]) -> None:
    roles = [role(number, 0, position) for position, number in pairs]
    here = guild(*roles)
    ordered = sorted(roles, reverse=True)
    for one, other in pairwise(ordered):
        assert one > other
        assert not one < other
        assert member(ANN, one.id).can_interact(member(BOB, other.id), here)
        assert not member(ANN, other.id).can_interact(member(BOB, one.id), here)
    if ordered:
        assert member(ANN, *(each.id for each in roles)).top_role(here) == ordered[0]
        assert member(ANN, ordered[-1].id).can_interact(member(BOB), here)
