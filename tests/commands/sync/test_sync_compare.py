from __future__ import annotations

import json
from typing import Any

import pytest
from command_bodies import Store, sets
from hypothesis import given, settings

from disruption.commands.sync import compare
from disruption.commands.sync.normal import normal
from disruption.errors import InvalidArgument
from disruption.types import ApplicationCommand

ROLL = {"name": "roll", "description": "Roll dice"}
SIDES = {"type": 4, "name": "sides", "description": "How many", "min_value": 2}


def registered(*bodies: dict[str, Any], guild: bool = False) -> list[dict[str, Any]]:
    return Store(guild=guild).fill(bodies).registered


@settings(deadline=None)
@given(sets())
def test_what_was_registered_from_the_code_is_unchanged(defined: list[dict[str, Any]]) -> None:
    for guild in (False, True):
        there = Store(guild=guild).fill(defined).registered
        plan = compare(defined, there, guild_id=9 if guild else None)
        assert plan.is_empty, plan
        assert len(plan.unchanged) == len(defined)


@settings(deadline=None)
@given(sets(), sets())
def test_applying_a_plan_gives_what_is_defined(
    defined: list[dict[str, Any]], before: list[dict[str, Any]]
) -> None:
    for guild in (False, True):
        store = Store(guild=guild).fill(before)
        guild_id = 9 if guild else None
        plan = compare(defined, store.registered, guild_id=guild_id, integration_types=[0])
        store.apply(plan)
        after = compare(defined, store.registered, guild_id=guild_id, integration_types=[0])
        assert after.is_empty, after
        assert len(store.commands) == len(defined)


@settings(deadline=None)
@given(sets(), sets())
def test_without_deleting_all_that_was_there_stays(
    defined: list[dict[str, Any]], before: list[dict[str, Any]]
) -> None:
    store = Store().fill(before)
    ids = set(store.commands)
    plan = compare(defined, store.registered, delete=False)
    store.apply(plan)
    assert ids <= set(store.commands)
    assert compare(defined, store.registered, delete=False).is_empty


@settings(deadline=None)
@given(sets())
def test_json_and_models_compare_alike(defined: list[dict[str, Any]]) -> None:
    there = json.loads(json.dumps(Store().fill(defined).registered))
    models = [ApplicationCommand.from_dict(one) for one in there]
    assert compare(defined, models).is_empty
    assert [normal(one) for one in models] == [normal(one) for one in there]


def test_creates_edits_and_deletes() -> None:
    there = registered({"name": "ban", "description": "Ban"}, {"name": "old", "description": "Old"})
    plan = compare([ROLL, {"name": "ban", "description": "Ban a member"}], there)
    assert [one.command for one in plan.creates] == [{**ROLL, "type": 1}]
    assert [(one.id, one.changes) for one in plan.edits] == [(1, {"description": "Ban a member"})]
    assert [one.id for one in plan.deletes] == [2]
    assert len(plan) == 3


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ({"nsfw": True}, {}, {"nsfw": False}),
        ({"options": [SIDES]}, {}, {"options": []}),
        ({"name_localizations": {"de": "wurf"}}, {}, {"name_localizations": None}),
        ({"default_member_permissions": "8"}, {}, {"default_member_permissions": None}),
        ({}, {"default_member_permissions": 0}, {"default_member_permissions": "0"}),
        ({"contexts": [0]}, {}, {"contexts": [0, 1]}),
        ({"contexts": [0], "integration_types": [0, 1]}, {}, None),
        ({}, {"contexts": [2, 0]}, {"contexts": [0, 2]}),
        ({}, {"integration_types": [1]}, {"integration_types": [1]}),
    ],
)
def test_only_what_differs_is_changed(
    before: dict[str, Any], after: dict[str, Any], changes: dict[str, Any] | None
) -> None:
    plan = compare([{**ROLL, **after}], registered({**ROLL, **before}), integration_types=[0])
    if changes is None:
        changes = {"contexts": [0, 1], "integration_types": [0]}
    assert [edit.changes for edit in plan.edits] == [changes]


@pytest.mark.parametrize("filled_in", [None, [0, 1], [0, 1, 2], [2, 1, 0]])
def test_contexts_that_the_code_does_not_say_are_what_discord_fills_in(filled_in: Any) -> None:
    [one] = registered(ROLL)
    assert compare([ROLL], [{**one, "contexts": filled_in}]).is_empty


def test_the_deprecated_way_to_forbid_direct_messages_is_a_context() -> None:
    [one] = registered(ROLL)
    there = [{**one, "dm_permission": False}]
    assert compare([{**ROLL, "contexts": [0]}], there).is_empty
    assert compare([ROLL], there).edits[0].changes == {"contexts": [0, 1]}


def test_installation_contexts_that_the_code_does_not_say_are_the_applications() -> None:
    there = registered({**ROLL, "integration_types": [0, 1]})
    assert compare([ROLL], there, integration_types=[0, 1]).is_empty
    assert compare([ROLL], there).is_empty
    assert compare([ROLL], there, integration_types=[0]).edits[0].changes == {
        "integration_types": [0]
    }


def test_a_guilds_commands_have_no_contexts() -> None:
    there = registered(ROLL, guild=True)
    plan = compare([{**ROLL, "contexts": [0], "integration_types": [1]}], there, guild_id=9)
    assert plan.is_empty
    assert "contexts" not in plan.defined[0]


def test_the_order_of_options_and_choices_matters_that_of_channel_types_does_not() -> None:
    other = {"type": 3, "name": "name", "description": "Whose"}
    there = registered({**ROLL, "options": [SIDES, other]})
    assert compare([{**ROLL, "options": [other, SIDES]}], there).edits
    channel = {"type": 7, "name": "where", "description": "Where", "channel_types": [0, 2]}
    there = registered({**ROLL, "options": [channel]})
    assert compare([{**ROLL, "options": [{**channel, "channel_types": [2, 0]}]}], there).is_empty


def test_a_bound_may_come_as_a_float() -> None:
    there = registered({**ROLL, "options": [SIDES]})
    there[0]["options"][0]["min_value"] = 2.0
    assert compare([{**ROLL, "options": [SIDES]}], there).is_empty


def test_a_new_name_for_the_same_command_keeps_its_id() -> None:
    there = registered({**ROLL, "options": [SIDES]})
    plan = compare([{**ROLL, "name": "dice", "options": [SIDES]}], there)
    assert not plan.creates
    assert not plan.deletes
    [edit] = plan.renames
    assert (edit.id, edit.renamed_from, edit.changes) == (1, "roll", {"name": "dice"})


def test_two_that_might_be_the_renamed_one_are_made_anew() -> None:
    there = registered(ROLL)
    plan = compare([{**ROLL, "name": "dice"}, {**ROLL, "name": "die"}], there)
    assert (len(plan.creates), len(plan.deletes), plan.renames) == (2, 1, ())


def test_commands_in_menus_have_nothing_to_be_recognised_by() -> None:
    there = registered({"type": 3, "name": "Quote"})
    plan = compare([{"type": 3, "name": "Report"}], there)
    assert (len(plan.creates), len(plan.deletes), plan.renames) == (1, 1, ())


def test_another_type_is_another_command() -> None:
    there = registered({"type": 3, "name": "roll"})
    plan = compare([ROLL], there)
    assert (len(plan.creates), len(plan.deletes)) == (1, 1)


def test_the_entry_point_that_discord_makes_is_kept() -> None:
    there = registered(ROLL, {"type": 4, "name": "launch"})
    plan = compare([ROLL], there)
    assert plan.is_empty
    assert [one.key for one in plan.kept] == [(4, "launch")]


def test_two_of_one_name_cannot_be_defined() -> None:
    with pytest.raises(InvalidArgument, match="two commands have the name 'roll'"):
        compare([ROLL, {**ROLL, "type": 1}], [])
