from __future__ import annotations

from typing import Any

from command_bodies import Store, sets
from hypothesis import given, settings

from disruption.commands.sync import compare, describe, diff_lines

SIDES = {"type": 4, "name": "sides", "description": "How many", "min_value": 2}
WHO = {"type": 6, "name": "who", "description": "Whose", "required": True}


def text(defined: list[dict[str, Any]], before: list[dict[str, Any]], **options: Any) -> str:
    return describe(compare(defined, Store().fill(before).registered), **options)


def test_a_plan_reads_well() -> None:
    before = [
        {"name": "ban", "description": "Ban", "default_member_permissions": "4"},
        {"name": "old", "description": "Old"},
        {"type": 3, "name": "Quote"},
        {"name": "roll", "description": "Roll dice", "options": [SIDES]},
    ]
    sides = {**SIDES, "min_value": 3, "max_value": 9, "name_localizations": {"de": "seiten"}}
    defined = [
        {"name": "ban", "description": "Ban a member"},
        {"type": 3, "name": "Quote"},
        {"type": 2, "name": "Say hello"},
        {"name": "roll", "description": "Roll dice", "options": [WHO, sides]},
    ]
    assert text(defined, before, where={(1, "ban"): "bot.py:12"}) == (
        "All guilds: 1 to create, 2 to change, 1 to delete, 1 unchanged\n"
        "  - /old\n"
        "  ~ /ban  (bot.py:12)\n"
        '      ~ description: "Ban" → "Ban a member"\n'
        "      - default_member_permissions: BAN_MEMBERS\n"
        "  ~ /roll\n"
        '      + options.who (USER, required) "Whose"\n'
        "      ~ options.sides.min_value: 2 → 3\n"
        '      + options.sides.name_localizations.de: "seiten"\n'
        "      + options.sides.max_value: 9\n"
        '  + user menu "Say hello"'
    )


def test_renames_choices_and_order() -> None:
    red, blue = {"name": "Red", "value": "r"}, {"name": "Blue", "value": "b"}
    colour = {"type": 3, "name": "colour", "description": "Which", "choices": [red, blue]}
    before = [
        {"name": "roll", "description": "Roll", "options": [SIDES]},
        {"name": "paint", "description": "Paint", "options": [colour, SIDES]},
    ]
    changed = {**colour, "choices": [blue, {**red, "value": "x"}, {"name": "Pink", "value": "p"}]}
    defined = [
        {"name": "dice", "description": "Roll", "options": [SIDES]},
        {"name": "paint", "description": "Paint", "options": [SIDES, changed]},
    ]
    assert text(defined, before).splitlines()[1:] == [
        "  ~ /dice (was /roll)",
        '      ~ name: "roll" → "dice"',
        "  ~ /paint",
        '      ~ options.colour.choices.Red.value: "r" → "x"',
        '      + options.colour.choices.Pink = "p"',
        "      ~ options.colour.choices in another order: Red, Blue → Blue, Red",
        "      ~ options in another order: colour, sides → sides, colour",
    ]


def test_fields_that_are_numbers_are_shown_by_name() -> None:
    before = [{"name": "roll", "description": "Roll", "contexts": [0]}]
    defined = [
        {
            "name": "roll",
            "description": "Roll",
            "contexts": [0, 2],
            "integration_types": [1],
            "default_member_permissions": 0,
        }
    ]
    lines = text(defined, before)
    assert "~ contexts: GUILD → GUILD, PRIVATE_CHANNEL" in lines
    assert "~ integration_types: GUILD_INSTALL → USER_INSTALL" in lines
    assert "+ default_member_permissions: administrators only" in lines


def test_nothing_to_do_and_nothing_at_all() -> None:
    roll = {"name": "roll", "description": "Roll"}
    assert text([roll], [roll]) == "All guilds: 1 unchanged"
    assert describe(compare([], [], guild_id=9)) == "Guild 9: no commands"


def test_colours_are_by_the_sign() -> None:
    lines = text([{"name": "roll", "description": "Roll"}], [], colour=True)
    assert "\x1b[32m+ /roll  Roll\x1b[0m" in lines


@settings(deadline=None)
@given(sets(), sets())
def test_every_difference_has_a_line(
    defined: list[dict[str, Any]], before: list[dict[str, Any]]
) -> None:
    plan = compare(defined, Store().fill(before).registered)
    lines = list(diff_lines(plan))
    heads = [line for line in lines if not line.startswith(" ")]
    assert len(heads) == len(plan)
    for position, line in enumerate(lines):
        if line.startswith("~"):
            assert lines[position + 1].startswith("    "), line
