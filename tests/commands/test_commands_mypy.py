"""What a strict type checker knows of commands: types in their bodies, and what is wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# A line that ends in a comment is to be found wrong, with that text.
CODE = """
from dataclasses import dataclass
from typing_extensions import assert_type

from disruption import (
    AutocompleteContext, Client, ComponentContext, Context, GuildMember, Interaction, Message,
    MessageContext, ModalContext, Permissions, Plugin, PrefixContext, SlashContext, User,
    UserContext, command, group, requires,
)

client = Client()

@dataclass
class Form:
    text: str

@client.command
def good(ctx: Context, a: int, b: str = "x") -> None:
    assert_type(ctx.choose("?", ["a", "b"]), str)
    assert_type(ctx.choose("?", {"a": 1}), int)
    assert_type(ctx.choose_many("?", {"a": 1}), list[int])
    assert_type(ctx.ask("?"), str)
    assert_type(ctx.ask("?", convert=int), int)
    assert_type(ctx.confirm("?"), bool)
    assert_type(ctx.form(Form), Form)
    assert_type(ctx.member, GuildMember | None)
    with ctx.clicks("?", {"a": 1}) as clicks:
        for click in clicks:
            assert_type(click.choice, int)
    ctx.choose("?", 7)  # No overload variant of "choose"
    ctx.respond(7)  # incompatible type "int"

good(None, 1)
good(None, "x")  # incompatible type "str"; expected "int"
good(None, 1, c=2)  # Unexpected keyword argument "c"

@client.command()  # incompatible type "Callable[[MessageContext], None]"
def for_messages(ctx: MessageContext) -> None: ...

@client.command(prefix=True)  # incompatible type "Callable[[SlashContext], None]"
def for_both(ctx: SlashContext) -> None: ...

@client.command(slash=False, prefix=True)
def for_text(ctx: PrefixContext, word: str) -> None: ...

@client.command(nsf=True)  # Unexpected keyword argument "nsf"
def misspelt(ctx: Context) -> None: ...

@client.component("x:{n:int}")
def component(ctx: ComponentContext, n: int) -> None:
    assert_type(ctx.message, Message)

@client.component("y:{n:int}")  # incompatible type "Callable[[ModalContext, int], None]"
def not_a_component(ctx: ModalContext, n: int) -> None: ...

@client.user_command("x")
def user_menu(ctx: UserContext, user: User) -> None:
    assert_type(ctx.target, User)

@client.message_command("x")  # incompatible type "Callable[[MessageContext, User], None]"
def not_of_messages(ctx: MessageContext, message: User) -> None: ...

@client.command(description="x")
@requires(Permissions.BAN_MEMBERS)
def guarded(ctx: SlashContext, who: GuildMember) -> None:
    assert_type(ctx.interaction, Interaction)

guarded(None, 7)  # incompatible type "int"; expected "GuildMember"

class Fun(Plugin):
    shop = group("shop", description="x", aliases=["s"])
    inner = shop.group("inner", description="x")

    @command(description="x")
    def joke(self, ctx: Context) -> None:
        client.channel(ctx.require_channel().id)

    @joke.error
    def failed(self, ctx: Context, error: Exception) -> None: ...

    @joke.before
    def before(self, ctx: Context) -> None: ...

    @joke.autocomplete("x")
    def suggest(self, ctx: AutocompleteContext, value: str) -> list[str]:
        return [value]

    @joke.error  # cannot be "Callable[[Fun], None]"
    def too_few(self) -> None: ...

    @shop.fallback
    @shop.command(prefix=True)
    def sell(self, ctx: Context, what: str) -> None: ...

    @inner.command
    def deep(self, ctx: SlashContext) -> None: ...

    @shop.error
    def shop_failed(self, ctx: Context, error: Exception) -> None: ...

    @shop.command(nsf=True)  # Unexpected keyword argument "nsf"
    def misspelt(self, ctx: Context) -> None: ...

@good.error
def good_failed(ctx: Context, error: Exception) -> None: ...

@good.error  # cannot be "Callable[[int], None]"
def good_wrong(ctx: int) -> None: ...

client.add_plugin(Fun())
client.add_plugin(Fun)  # incompatible type "type[Fun]"; expected "Plugin"
"""


@pytest.mark.slow
def test_what_a_type_checker_finds(tmp_path: Path) -> None:
    path = tmp_path / "bot.py"
    path.write_text(CODE)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--hide-error-context", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    found: dict[int, str] = {}
    for line in done.stdout.splitlines():
        matched = re.match(r".*bot\.py:(\d+): error: (.*)", line)
        if matched and "untyped" not in matched[2]:
            found[int(matched[1])] = found.get(int(matched[1]), "") + matched[2]
    expected = {
        number: line.partition("  # ")[2]
        for number, line in enumerate(CODE.splitlines(), 1)
        if "  # " in line
    }
    assert found.keys() == expected.keys(), done.stdout
    for number, text in expected.items():
        assert text in found[number]
