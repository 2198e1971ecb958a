"""What may be in a command: each rule of Discord's, by example."""

from __future__ import annotations

from typing import Any

import pytest

from disruption.errors import InvalidArgument
from disruption.types.rules.application_commands import (
    check_command,
    check_command_name,
    check_options,
    check_size,
    command_size,
)

STRING, INTEGER, BOOLEAN, USER, CHANNEL, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 10, 11


def option(kind: int = STRING, name: str = "option", **fields: Any) -> dict[str, Any]:
    return {"type": kind, "name": name, "description": "What it is", **fields}


def choices(*values: Any) -> list[dict[str, Any]]:
    return [{"name": str(value), "value": value} for value in values]


@pytest.mark.parametrize(
    "name",
    [
        "roll",
        "roll-dice",
        "roll_dice",
        "don't",
        "würfeln",
        "サイコロ",
        "주사위",
        "चुनाव",
        "เลือก",
        "2048",
        "½",
    ],
)
def test_names_are_letters_and_digits_of_every_script(name: str) -> None:
    check_command_name("name", name)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Roll", "must be lower-case, 'roll'"),
        ("ÜBER", "must be lower-case, 'über'"),
        ("roll dice", "without spaces"),
        ("roll!", "letters, digits"),
        ("a.b", "letters, digits"),
        ("🎲", "letters, digits"),
        ("", "at least 1"),
        ("r" * 33, "at most 32"),
    ],
)
def test_names_that_discord_refuses(name: str, says: str) -> None:
    with pytest.raises(InvalidArgument, match=says):
        check_command_name("name", name)


@pytest.mark.parametrize(
    "good",
    [
        option(min_length=0, max_length=6000),
        option(INTEGER, min_value=-(2**53) + 1, max_value=2**53 - 1),
        option(NUMBER, min_value=-(2**53), max_value=0.5),
        option(choices=choices(*map(str, range(25)))),
        option(INTEGER, choices=choices(1, 2)),
        option(NUMBER, choices=choices(1, 2.5)),
        option(CHANNEL, channel_types=[0, 2]),
        option(ATTACHMENT, file_types=["image", ".pdf"]),
        option(autocomplete=True),
        option(USER, choices=[], channel_types=[], autocomplete=False, min_value=None),
        option(autocomplete=False, choices=choices("a")),
        option(name_localizations={"de": "wahl"}, description_localizations={"pt-BR": "O que é"}),
    ],
)
def test_options_that_discord_takes(good: dict[str, Any]) -> None:
    check_options([good])


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"type": 3, "description": "x"}, r"options\[0\].name is missing"),
        ({"type": 3, "name": "x"}, "description is missing"),
        (option(description="x" * 101), "description must be at most 100"),
        (option(INTEGER, min_value=2**53), "min_value must be between"),
        (option(INTEGER, min_value=1.5), "min_value must be an int"),
        (option(INTEGER, min_value=3, max_value=2), r"min_value \(3\) is more than max_value"),
        (option(NUMBER, max_value=float("inf")), "must be between"),
        (option(NUMBER, max_value="1"), "must be a number"),
        (option(min_value=0), "min_value is for whole numbers"),
        (option(min_value=1), "min_value is for whole numbers and numbers only"),
        (option(INTEGER, max_length=1), "max_length is for texts only"),
        (option(min_length=6001), "between 0 and 6000"),
        (option(max_length=0), "between 1 and 6000"),
        (option(min_length=2, max_length=1), "is more than max_length"),
        (option(channel_types=[0]), "is for channels only"),
        (option(file_types=["image"]), "is for attachments only"),
        (option(ATTACHMENT, file_types=["pdf"]), "extension with a dot"),
        (option(ATTACHMENT, file_types=[f".{n}" for n in range(11)]), "at most 10"),
        (option(USER, choices=choices("a")), "choices is for texts and whole numbers and numbers"),
        (option(BOOLEAN, autocomplete=True), "autocomplete is for"),
        (option(choices=choices(*map(str, range(26)))), "at most 25, not 26; autocomplete"),
        (option(choices=choices("a"), autocomplete=True), "with choices cannot have it"),
        (option(choices=choices("a", "a")), "two of the name 'a'"),
        (option(choices=[{"name": "", "value": "a"}]), "at least 1"),
        (option(choices=[{"name": "x" * 101, "value": "a"}]), "at most 100"),
        (option(choices=[{"name": "a", "value": "x" * 101}]), "at most 100"),
        (option(choices=[{"name": "a"}]), "value is missing"),
        (option(choices=[{"value": "a"}]), "name is missing"),
        (option(choices=choices(1)), "must be a str"),
        (option(INTEGER, choices=choices("a")), "must be an int"),
        (option(INTEGER, choices=choices(True)), "must be an int"),
        (option(name_localizations={"xx": "a"}), "no locale 'xx'"),
        (option(name_localizations={"de": "Wahl"}), "name_localizations.de must be lower-case"),
        (option(description_localizations={"de": ""}), "at least 1"),
        (option(description_localizations=["de"]), "must be a mapping"),
    ],
)
def test_options_that_discord_refuses(bad: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidArgument, match=says):
        check_options([bad])


def test_options_are_checked_together() -> None:
    with pytest.raises(InvalidArgument, match="at most 25, not 26"):
        check_options([option(name=f"o{n}") for n in range(26)])
    with pytest.raises(InvalidArgument, match="two of the name 'a'"):
        check_options([option(name="a"), option(name="a")])
    with pytest.raises(InvalidArgument, match="required options come before"):
        check_options([option(name="a"), option(name="b", required=True)])
    with pytest.raises(InvalidArgument, match="either subcommands or options"):
        check_options([option(name="a"), option(1, name="b")])


def test_commands_are_nested_three_deep_at_most() -> None:
    leaf = option(1, "leaf", options=[option()])
    check_options([option(2, "group", options=[leaf])])
    with pytest.raises(InvalidArgument, match="cannot be in another group"):
        check_options([option(2, "outer", options=[option(2, "inner", options=[leaf])])])
    with pytest.raises(InvalidArgument, match="cannot be nested this deep"):
        check_options([option(2, "g", options=[option(1, "c", options=[leaf])])])


def test_menu_commands_may_have_spaces_and_capitals() -> None:
    check_command({"type": 2, "name": "Say Hello", "name_localizations": {"de": "Sag Hallo"}})
    with pytest.raises(InvalidArgument, match="description must be empty"):
        check_command({"type": 2, "name": "Say Hello", "description": "No"})


def test_the_size_counts_the_longest_of_translations() -> None:
    command = {
        "name": "roll",  # 4
        "description": "Roll",  # 7, of the translation
        "description_localizations": {"de": "Würfeln"},
        "options": [option(name="ab", description="abc", choices=choices("xyz"))],  # 2 + 3 + 3 + 3
    }
    assert command_size(command) == 4 + 7 + 2 + 3 + 3 + 3


def test_a_command_of_more_than_8000_characters_is_refused() -> None:
    many = [
        option(
            name=f"o{n}", description="x" * 100, choices=choices(*(str(n) * 90 for n in range(2)))
        )
        for n in range(20)
    ]
    command = {"type": 1, "name": "roll", "description": "Roll", "options": many}
    check_command(command)
    with pytest.raises(InvalidArgument, match="too large: its names"):
        check_size(command)
