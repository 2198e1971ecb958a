from __future__ import annotations

from typing import Any

import pytest

from disruption import Client
from disruption.commands.context import Context
from disruption.commands.prefix import Prefixes
from disruption.commands.prefix.matching import find_command, match_prefix
from disruption.errors import InvalidArgument, InvalidHandler
from disruption.testing import make_message


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("!roll 20", ("!", "roll 20")),
        ("!!roll", ("!!", "roll")),
        ("roll", None),
        ("! roll", ("!", " roll")),
        ("hey bot roll", ("hey bot ", "roll")),
        ("<@42> roll", ("<@42>", "roll")),
        ("<@!42>roll", ("<@!42>", "roll")),
        ("<@43> roll", None),
        ("hello <@42>", None),
        ("", None),
    ],
)
def test_prefixes_and_mentions(content: str, expected: Any) -> None:
    prefixes = Prefixes("!", "!!", "hey bot ")(make_message())
    assert match_prefix(content, prefixes, user_id=42) == expected


def test_without_an_id_a_mention_is_no_prefix() -> None:
    assert match_prefix("<@42> roll", ["!"]) is None


def test_case_can_be_ignored() -> None:
    assert match_prefix("HEY roll", ["hey "], ignore_case=True) == ("HEY ", "roll")
    assert match_prefix("HEY roll", ["hey "]) is None


def test_a_function_gives_the_prefixes_of_a_guild() -> None:
    prefixes = Prefixes(lambda message: "?" if message.guild_id == 5 else ["!", "!!"])
    assert prefixes(make_message(guild_id=5)) == ("?",)
    assert prefixes(make_message(guild_id=6)) == ("!!", "!")


@pytest.mark.parametrize("wrong", ["", " ", 3, None])
def test_a_prefix_is_a_text(wrong: Any) -> None:
    with pytest.raises(InvalidArgument, match="a prefix is a text"):
        Prefixes("!", wrong)


def test_a_function_must_give_texts_and_be_no_coroutine() -> None:
    async def later(message: Any) -> str:
        return "!"

    with pytest.raises(InvalidHandler):
        Prefixes(later)  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument):
        Prefixes(lambda message: [5])(make_message())  # type: ignore[list-item]
    assert Prefixes(lambda message: ())(make_message()) == ()


@pytest.mark.parametrize("given", ["!", ["!"], ("!",), Prefixes("!"), lambda message: "!"])
def test_what_a_client_may_be_given(given: Any) -> None:
    assert tuple(Prefixes.of(given)(make_message())) == ("!",)


def test_none_is_mentions_alone() -> None:
    assert tuple(Prefixes.of(None)(make_message())) == ()
    assert Prefixes.of(None).mention


@pytest.fixture
def commands() -> Any:
    client = Client(token="MTA.x.y")

    @client.command(prefix=True, aliases=["r", "würfeln"])
    def roll(ctx: Context, sides: int = 6) -> None: ...

    @client.command()
    def slash(ctx: Context) -> None: ...

    music = client.group("music", description="Music")
    queue = music.group("queue", description="Queue")

    @queue.command(prefix=True, aliases=["a"])
    def add(ctx: Context, title: str) -> None: ...

    @queue.command()
    def clear(ctx: Context) -> None: ...

    return client.commands.prefix_commands


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("roll 20 x", "roll", "20 x"),
        ("roll", "roll", ""),
        ("r\n20", "roll", "20"),
        ("würfeln  20", "roll", "20"),
        ("music queue add a  b", "music queue add", "a  b"),
        ("music queue a song", "music queue add", "song"),
        ("music queue", "music queue", ""),
        ("music nothing", "music", "nothing"),
        ("music queue clear", "music queue", "clear"),
    ],
)
def test_commands_are_found_through_groups_and_aliases(
    commands: Any, text: str, name: str, rest: str
) -> None:
    found = find_command(text, commands)
    assert found is not None
    assert (found.item.qualified_name, found.rest) == (name, rest)


@pytest.mark.parametrize("text", ["", " ", "slash", "rolls", "ROLL", "add"])
def test_what_is_no_command_is_none(commands: Any, text: str) -> None:
    assert find_command(text, commands) is None


def test_names_may_be_written_in_any_case(commands: Any) -> None:
    found = find_command("Music QUEUE Add x", commands, ignore_case=True)
    assert found is not None
    assert found.item.qualified_name == "music queue add"
    assert found.name == "Music QUEUE Add"
