"""Plugins: added, taken away, loaded by name and reloaded while the bot runs."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from disruption import (
    ActionRow,
    Button,
    Client,
    CommandDefinitionError,
    ComponentContext,
    Context,
    InvalidArgument,
    Message,
    MessageContext,
    MessageCreate,
    Permissions,
    Plugin,
    User,
    UserContext,
    command,
    component,
    group,
    listener,
    message_command,
    requires,
    user_command,
)
from disruption.testing import Discord


class Fun(Plugin):
    """All that a plugin can hold, and a state."""

    def __init__(self) -> None:
        super().__init__()
        self.told = 0
        self.seen: list[str] = []
        self.log: list[str] = []

    @command(description="Tell a joke")
    def joke(self, ctx: Context) -> None:
        self.told += 1
        row = ActionRow.of(Button.primary("More", self.more.custom_id(number=self.told)))
        ctx.respond(f"joke {self.told}", components=[row])

    @component("more:{number:int}")
    def more(self, ctx: ComponentContext, number: int) -> None:
        ctx.update(f"more of {number}, {self.told} told", components=[])

    @command(description="Break")
    def crash(self, ctx: Context) -> None:
        raise KeyError("x")

    @crash.error
    def crashed(self, ctx: Context, error: Exception) -> None:
        ctx.respond(f"{self.name} took {type(error).__name__}")

    @command(description="Play")
    def play(self, ctx: Context, title: str) -> None: ...

    @play.autocomplete("title")
    def titles(self, ctx: Any, value: str) -> list[str]:
        return [f"{value} of {self.name}"]

    @user_command("Poke")
    def poke(self, ctx: UserContext, user: User) -> None:
        ctx.respond(f"poked {user.username}")

    @message_command("Cite")
    def cite(self, ctx: MessageContext, message: Message) -> None:
        ctx.respond(f"{self.name}: {message.content}")

    @listener(MessageCreate)
    def heard(self, message: MessageCreate) -> None:
        self.seen.append(message.content)

    @group("tools", description="Tools")
    class Tools:
        @command(description="Count")
        def count(self, ctx: Context) -> None:
            ctx.respond("counted")


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)
    client.add_plugin(Fun())
    return client


pytestmark = pytest.mark.bot(factory=make)


def fun_of(client: Client) -> Fun:
    plugin = client.commands.plugins["Fun"]
    assert isinstance(plugin, Fun)
    return plugin


def test_it_keeps_its_state(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    ann.slash("joke").expect("joke 1")
    told = ann.slash("joke")
    told.expect("joke 2", components=["More"])
    ann.click(told.message(), "More").expect("more of 2, 2 told")
    ann.slash("crash").expect("Fun took KeyError")
    assert [c["name"] for c in ann.autocomplete("play", "title", "x")] == ["x of Fun"]
    ann.use_on(bob, "Poke").expect("poked bob")
    ann.use_on(ann.say("hi"), "Cite").expect("Fun: hi")
    ann.slash("tools count").expect("counted")
    assert discord.settle()
    assert "hi" in fun_of(bot).seen


def test_it_is_taken_away_and_added_again(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    fun = bot.remove_plugin("Fun")
    assert isinstance(fun, Fun)
    assert list(bot.commands) == []
    ann.say("unheard")
    assert discord.settle()
    assert fun.seen == []
    bot.add_plugin(fun)
    ann.slash("joke").expect("joke 1")


def test_hooks_and_guards_of_a_plugin() -> None:
    log: list[str] = []

    @requires(Permissions.BAN_MEMBERS)
    class Guarded(Plugin):
        def on_load(self, client: Client) -> None:
            log.append("loaded")

        def on_unload(self, client: Client) -> None:
            log.append("unloaded")

    client = Client(token="a.b.c")
    plugin = Guarded()

    @plugin.command_middleware
    def around(ctx: Context, call_next: Callable[[], object]) -> None:
        call_next()

    assert len(plugin.around.guards) == 1
    assert plugin.around.middleware == [around]
    client.add_plugin(plugin)
    client.remove_plugin(plugin)
    assert log == ["loaded", "unloaded"]


def test_two_of_a_class_are_apart() -> None:
    first, second = Fun(), Fun()
    assert first.joke is first.joke
    assert first.joke is not second.joke
    first.joke.guards.append(first)  # type: ignore[arg-type]
    assert second.joke.guards == []


def test_it_is_added_whole_or_not_at_all() -> None:
    client = Client(token="a.b.c")

    @client.message_command("Cite")
    def cite(ctx: MessageContext, message: Message) -> None: ...

    fun = Fun()
    with pytest.raises(CommandDefinitionError, match="'Cite' already"):
        client.add_plugin(fun)
    assert list(client.commands) == [cite]
    assert client.commands.plugins == {}
    assert fun.client is None


def test_what_cannot_be_added() -> None:
    client = Client(token="a.b.c")
    cls: Any = Fun
    with pytest.raises(InvalidArgument, match=r"Fun\(\)"):
        client.add_plugin(cls)
    nothing: Any = 7
    with pytest.raises(InvalidArgument, match="no Plugin"):
        client.add_plugin(nothing)
    client.add_plugin(Fun())
    with pytest.raises(InvalidArgument, match="already"):
        client.add_plugin(Fun())
    with pytest.raises(InvalidArgument, match="there are: Fun"):
        client.remove_plugin("Other")


class Forgetful(Plugin):
    def __init__(self) -> None:  # without super().__init__()
        self.count = 0

    @command(description="x")
    def up(self, ctx: Context) -> None: ...


@pytest.mark.parametrize("name", ["client", "name", "on", "command_error"])
def test_commands_in_place_of_what_plugins_need_are_refused(name: str) -> None:
    made = command("x")(_anything)
    with pytest.raises(CommandDefinitionError, match=rf"plugins have a '{name}'.*test_plugins"):
        type("Wrong", (Plugin,), {name: made})


def _anything(ctx: Context) -> None: ...


def test_a_plugin_that_forgets_its_base() -> None:
    client = Client(token="a.b.c")
    client.add_plugin(Forgetful())
    assert client.commands.get("up") is not None


# By the names of modules ----------------------------------------------------------------------

FIRST = """
    from disruption import Context, Plugin, command

    class Greeter(Plugin):
        @command(description="Greet")
        def greet(self, ctx: Context) -> None:
            ctx.respond("hello")
"""
SECOND = FIRST.replace("hello", "good day").replace("greet(", "salute(")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("bot_parts")]:
        del sys.modules[name]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(textwrap.dedent(text))


def test_loading_a_module_and_a_package(folder: Path) -> None:
    client = Client(token="a.b.c")
    write(folder / "bot_parts" / "__init__.py", "")
    write(folder / "bot_parts" / "greeting.py", FIRST)
    write(
        folder / "bot_parts" / "more.py",
        """
        from disruption import Plugin

        def setup(client):
            client.add_plugin(Plugin("added"))
            return Plugin("returned")
        """,
    )
    assert {plugin.name for plugin in client.load("bot_parts")} == {"Greeter", "added", "returned"}
    assert client.commands.get("greet") is not None
    assert {plugin.name for plugin in client.unload("bot_parts.more")} == {"added", "returned"}
    assert [plugin.name for plugin in client.unload("bot_parts")] == ["Greeter"]
    assert list(client.commands) == []
    with pytest.raises(InvalidArgument, match="no plugin was loaded"):
        client.unload("bot_parts")


def test_reloading_takes_the_new_text_or_keeps_the_old(folder: Path) -> None:
    client = Client(token="a.b.c")
    path = folder / "bot_parts" / "greeting.py"
    write(folder / "bot_parts" / "__init__.py", "")
    write(path, FIRST)
    client.load("bot_parts.greeting")
    write(path, "raise RuntimeError('not yet')")
    with pytest.raises(RuntimeError, match="not yet"):
        client.reload("bot_parts.greeting")
    assert client.commands.get("greet") is not None
    write(path, SECOND)
    client.reload("bot_parts.greeting")
    assert client.commands.get("greet") is None
    assert client.commands.get("salute") is not None


def test_modules_without_plugins(folder: Path) -> None:
    client = Client(token="a.b.c")
    write(folder / "bot_parts.py", "x = 1")
    with pytest.raises(InvalidArgument, match="no plugin"):
        client.load("bot_parts")
    with pytest.raises(InvalidArgument, match="no module 'nowhere_at_all'"):
        client.load("nowhere_at_all")
    write(folder / "bot_parts_broken.py", "import nowhere_at_all_either")
    with pytest.raises(ModuleNotFoundError, match="nowhere_at_all_either"):
        client.load("bot_parts_broken")
