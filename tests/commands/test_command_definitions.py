"""What makes a command, and what is refused when it is defined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import disruption
from disruption import (
    ButtonStyle,
    Client,
    Command,
    CommandDefinitionError,
    ComponentContext,
    Context,
    Group,
    InteractionContextType,
    Message,
    MessageContext,
    MessageCreate,
    Permissions,
    Plugin,
    PrefixContext,
    SlashContext,
    User,
    UserContext,
    check,
    command,
    group,
    requires,
)
from disruption.errors import InvalidHandler

HERE = Path(__file__).name


@pytest.fixture
def client() -> Client:
    return Client(token="a.b.c")


def test_a_function_stays_a_function(client: Client) -> None:
    @client.command(description="Add")
    def add(ctx: Any, a: int, b: int = 1) -> int:
        """Not the description."""
        return a + b

    assert add(None, 1) == 2
    assert add(None, a=1, b=5) == 6
    assert isinstance(add, Command)
    assert add.__doc__ == "Not the description."
    assert add.where.endswith(f"{HERE}:{add.callback.__code__.co_firstlineno}")


def test_names_and_texts_come_from_the_function(client: Client) -> None:
    @client.command
    def Roll_(ctx: Context, sides: int) -> None:
        """Roll dice.

        Args:
            sides: How many sides.
        """

    assert Roll_.to_payload() == {
        "type": 1,
        "name": "roll",
        "description": "Roll dice.",
        "options": [
            {"type": 4, "name": "sides", "description": "How many sides.", "required": True}
        ],
    }


def test_settings_are_in_the_body(client: Client) -> None:
    @client.command(
        "say",
        description="Say it",
        name_localizations={"de": "sag"},
        contexts=[InteractionContextType.GUILD],
        integration_types=[0, 1],
        default_member_permissions=Permissions.BAN_MEMBERS,
        nsfw=True,
        guilds=["5"],
    )
    def speak(ctx: Context) -> None: ...

    assert speak.to_payload() == {
        "type": 1,
        "name": "say",
        "description": "Say it",
        "name_localizations": {"de": "sag"},
        "contexts": [0],
        "integration_types": [0, 1],
        "default_member_permissions": "4",
        "nsfw": True,
    }
    assert speak.guilds == (5,)
    assert client.commands.definitions() == []
    assert client.commands.definitions(5) == [speak]


def test_nobody_but_administrators_is_not_lost(client: Client) -> None:
    @client.command(default_member_permissions=0)
    def purge(ctx: Context) -> None: ...

    assert purge.to_payload()["default_member_permissions"] == "0"


def _unnamed() -> Callable[..., None]:
    return lambda ctx: None


async def _asynchronous(ctx: Context) -> None: ...


def _yielding(ctx: Context) -> Iterator[str]:
    yield "nobody would run this"


def _no_context() -> None: ...


def _for_users(ctx: UserContext) -> None: ...


def _number_first(number: int) -> None: ...


def _keyword_context(*, ctx: Context) -> None: ...


def _typed(ctx: Context) -> None: ...


_typed.__name__ = "Very long name that Discord refuses because of spaces"


@pytest.mark.parametrize(
    ("function", "error", "text"),
    [
        (_unnamed(), CommandDefinitionError, "no name"),
        (_asynchronous, InvalidHandler, "async def"),
        (_yielding, CommandDefinitionError, "cannot yield"),
        (_no_context, CommandDefinitionError, "first parameter must be the context"),
        (_keyword_context, CommandDefinitionError, "first parameter must be the context"),
        (_for_users, CommandDefinitionError, "annotated UserContext"),
        (_number_first, CommandDefinitionError, "annotated int"),
        (_typed, CommandDefinitionError, "name"),
    ],
)
def test_what_cannot_be_a_command(
    client: Client, function: Any, error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=text) as caught:
        client.command()(function)
    assert f"{HERE}:{function.__code__.co_firstlineno}" in str(caught.value)
    assert len(client.commands) == 0


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"slash": False}, "prefix=True"),
        ({"aliases": ["r"]}, "prefix=True"),
        ({"prefix": True, "aliases": "r"}, r"\['r'\]"),
        ({"description": "x" * 101}, "description"),
        ({"name_localizations": {"xx-XX": "a"}}, "xx-XX"),
        ({"name": "Upper"}, "name"),
        ({"prefix": True, "aliases": ["r s"]}, "one word"),
        ({"prefix": True, "aliases": [""]}, "one word"),
        ({"guilds": ["no id"]}, "guilds"),
        ({"guilds": 5}, r"write guilds=\[guild_id\]"),
        ({"guilds": "5"}, r"write guilds=\[guild_id\]"),
        ({"contexts": InteractionContextType.GUILD}, r"contexts=\[InteractionContextType.GUILD,"),
        ({"contexts": [99]}, r"contexts=\[99\]"),
        ({"integration_types": ["user"]}, r"integration_types=\['user'\]"),
        ({"default_member_permissions": -1}, "write default_member_permissions=Permissions"),
        ({"default_member_permissions": "BAN_MEMBERS"}, "default_member_permissions='BAN_MEM"),
    ],
)
def test_options_that_cannot_be(client: Client, options: dict[str, Any], text: str) -> None:
    with pytest.raises(CommandDefinitionError, match=rf"{text}.*{HERE}:\d+"):

        @client.command(**options)
        def roll(ctx: Context) -> None: ...


def test_the_same_name_twice(client: Client) -> None:
    @client.command
    def roll(ctx: Context) -> None: ...

    @client.command("roll", guilds=[5])  # there it stands for the other one
    def other(ctx: Context) -> None: ...

    with pytest.raises(CommandDefinitionError, match="there is a command 'roll' already"):
        client.command("roll")(lambda ctx: None)
    with pytest.raises(CommandDefinitionError, match="already"):
        client.command("roll", guilds=[4, 5])(lambda ctx: None)
    with pytest.raises(CommandDefinitionError, match="already"):
        client.group("roll", description="x")


def test_a_context_for_both_kinds_of_a_command(client: Client) -> None:
    with pytest.raises(CommandDefinitionError, match="PrefixContext"):

        @client.command(prefix=True)  # type: ignore[arg-type]  # what mypy says too
        def roll(ctx: SlashContext) -> None: ...

    @client.command(slash=False, prefix=True)
    def ping(ctx: PrefixContext) -> None: ...

    assert client.commands.definitions() == []
    assert client.commands.prefix_commands == {"ping": ping}


def test_menus(client: Client) -> None:
    @client.user_command()
    def say_hello(ctx: UserContext, user: User) -> None: ...

    @client.message_command("Quote it")
    def quote(ctx: MessageContext, message: Message) -> None: ...

    assert say_hello.to_payload() == {"type": 2, "name": "Say hello"}
    assert quote.to_payload() == {"type": 3, "name": "Quote it"}
    with pytest.raises(CommandDefinitionError, match=r"\(ctx, message\)"):

        @client.message_command()
        def nothing(ctx: MessageContext) -> None: ...

    with pytest.raises(CommandDefinitionError, match="annotated MessageContext"):

        @client.user_command()  # type: ignore[arg-type]  # what mypy says too
        def wrong(ctx: MessageContext, user: User) -> None: ...


def test_groups_of_objects(client: Client) -> None:
    settings = client.group("settings", description="What it does", nsfw=True)
    voice = settings.group("voice", description="Voice")

    @settings.command(description="Show", name_localizations={"de": "zeig"})
    def show(ctx: Context) -> None: ...

    @voice.command(description="Loudness")
    def volume(ctx: Context, percent: int) -> None: ...

    assert volume.qualified_name == "settings voice volume"
    assert client.commands.get("settings voice volume") is volume
    assert client.commands.get("settings voice") is voice
    assert list(client.commands.walk()) == [volume, show]
    assert settings.to_payload() == {
        "type": 1,
        "name": "settings",
        "description": "What it does",
        "nsfw": True,
        "options": [
            {
                "type": 2,
                "name": "voice",
                "description": "Voice",
                "options": [
                    {
                        "type": 1,
                        "name": "volume",
                        "description": "Loudness",
                        "options": [
                            {
                                "type": 4,
                                "name": "percent",
                                "description": "Percent",
                                "required": True,
                            }
                        ],
                    }
                ],
            },
            {
                "type": 1,
                "name": "show",
                "description": "Show",
                "name_localizations": {"de": "zeig"},
            },
        ],
    }


def test_groups_of_classes(client: Client) -> None:
    @client.group()
    class Music:
        """Music, of all kinds."""

        def __init__(self) -> None:
            self.played: list[str] = []

        @command(description="Play")
        def play(self, ctx: Any, title: str) -> None:
            self.played.append(title)

        class Queue:
            """What comes next."""

            @command(description="Add")
            def add(self, ctx: Any, title: str) -> None: ...

        @group("named", description="With a decorator")
        class Other:
            @command(description="Do")
            def do(self, ctx: Any) -> None: ...

    assert isinstance(Music, Group)
    body = Music.to_payload()
    assert body["name"] == "music"
    assert body["description"] == "Music, of all kinds."
    assert [option["name"] for option in body["options"]] == ["play", "queue", "named"]
    play = client.commands.get("music play")
    assert isinstance(play, Command)
    play(None, "x")
    assert Music.owner is not None
    assert vars(Music.owner)["played"] == ["x"]


def test_groups_that_cannot_be(client: Client) -> None:
    outer = client.group("outer", description="x")
    inner = outer.group("inner", description="x")
    with pytest.raises(CommandDefinitionError, match="two deep"):
        inner.group("innermost", description="x")
    with pytest.raises(CommandDefinitionError, match="nsfw"):
        outer.command(nsfw=True)(_typed_well)
    with pytest.raises(CommandDefinitionError, match="guilds"):
        outer.group("with", description="x", guilds=[1])
    outer.command("one")(_typed_well)
    with pytest.raises(CommandDefinitionError, match="'outer' has a 'one' already"):
        outer.command("one")(_typed_well)
    with pytest.raises(CommandDefinitionError, match="no commands"):
        outer.to_payload()
    for number in range(23):
        outer.command(f"c{number}")(_typed_well)
    with pytest.raises(CommandDefinitionError, match="25"):
        outer.command("too_many")(_typed_well)


def _typed_well(ctx: Context) -> None: ...


def test_completion_is_for_options_that_are_there(client: Client) -> None:
    @client.command
    def play(ctx: Context, title: str, loud: bool = False) -> None: ...

    @play.autocomplete("title")
    def titles(ctx: Any, value: str) -> list[str]:
        return [value]

    assert play.to_payload()["options"][0]["autocomplete"] is True
    with pytest.raises(CommandDefinitionError, match="no option 'artist'"):
        play.autocomplete("artist")(titles)
    with pytest.raises(CommandDefinitionError, match=rf"loud cannot be completed.*{HERE}:"):
        play.autocomplete("loud")(titles)


def test_guards_above_and_below(client: Client) -> None:
    @requires(Permissions.KICK_MEMBERS)
    @client.command
    @requires(Permissions.BAN_MEMBERS)
    def ban(ctx: Context) -> None: ...

    assert len(ban.guards) == 2


def test_taking_away(client: Client) -> None:
    @client.command(prefix=True, aliases=["r"])
    def roll(ctx: Context) -> None: ...

    client.commands.remove(roll)
    assert list(client.commands) == []
    assert client.commands.prefix_commands == {}
    client.commands.add(roll)
    assert client.commands.get("roll") is roll


def test_plugins_take_what_is_no_method_too() -> None:
    fun = Plugin("fun")

    @fun.command(description="x")
    def joke(ctx: Context) -> None: ...

    client = Client(token="a.b.c")
    client.add_plugin(fun)
    assert client.commands.get("joke") is joke

    @fun.command(description="x")
    def later(ctx: Context) -> None: ...

    assert client.commands.get("later") is later
    assert ButtonStyle.PRIMARY  # the names of the package are all there


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ephemral", "ephemeral"),
        ("guild_ids", "guilds"),
        ("default_permissions", "default_member_"),
    ],
)
def test_settings_that_are_not_there(client: Client, written: str, meant: str) -> None:
    options: dict[str, Any] = {written: True}
    with pytest.raises(CommandDefinitionError, match=rf"{written}=: did you mean {meant}.*test_"):

        @client.command(**options)
        def roll(ctx: Context) -> None: ...


@pytest.mark.parametrize("name", ["user_command", "message_command", "component", "modal"])
def test_decorators_without_their_parentheses(client: Client, name: str) -> None:
    for owner in (client, disruption):
        with pytest.raises(CommandDefinitionError, match="needs its parentheses: @"):
            getattr(owner, name)(_typed)


def test_a_method_with_the_decorator_of_a_client(client: Client) -> None:
    with pytest.raises(CommandDefinitionError, match=r"written in a class.* in Fun\.roll"):

        class Fun:
            @client.command()
            def roll(self, ctx: Context) -> None: ...

    with pytest.raises(CommandDefinitionError, match="written in a class"):

        class Votes:
            @client.component("vote:{number:int}")
            def vote(self, ctx: ComponentContext, number: int) -> None: ...

    assert len(client.commands) == len(client.commands.components) == 0


def test_functions_around_commands_take_what_they_are_given(client: Client) -> None:
    @client.command()
    def roll(ctx: Context, sides: int = 6) -> None: ...

    def nothing() -> None: ...

    for register in (
        roll.error,
        roll.before,
        roll.after,
        roll.autocomplete("sides"),
        client.group("dice").error,
        client.command_error,
        client.command_middleware,
        client.before_command,
        client.after_command,
        client.middleware,
        client.on(MessageCreate),
        check,
    ):
        with pytest.raises(InvalidHandler, match=r"nothing\(\) .* cannot be called with \("):
            register(nothing)


def test_errors_of_groups_tell_where_they_are_written(client: Client) -> None:
    with pytest.raises(CommandDefinitionError, match=rf"'a b'.*{HERE}:\d+\)"):
        client.group("a b")
    settings = client.group("settings")
    assert re.search(rf"{HERE}:\d+$", settings.where)
    with pytest.raises(CommandDefinitionError, match=rf"already \(.*{settings.where}\)"):
        client.group("settings")
    with pytest.raises(CommandDefinitionError, match=rf"no empty group \(.*{settings.where}\)"):
        settings.to_payload()
    with pytest.raises(CommandDefinitionError, match=rf"{HERE}:\d+\)"):

        @client.group("Music")
        class Music: ...
